"""The mirror of a month by hand count; what is too few to count is not told, and the coordinator gets it once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.core import looking_back
from bot.core.events import Fell
from bot.core.initiative import Stage, Turn
from bot.core.mirror import Happened, Heard, Mirror, last_month, next_month, reflect
from bot.core.tally import Counted
from bot.core.world import Move
from tests.book import BOOK
from tests.core.roster_town import Roster
from tests.core.town import FRAME, PETER, ZONE, says

NOVEMBER = date(2026, 11, 1)
SENT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
NOW = datetime(2026, 12, 1, 9, tzinfo=ZONE)
HEARD = Heard({"trafik": 4, "natur": 0}, {"Ordrup": 4, "Vangede": 0})


def one(number: int, hours: float | None, *, sent: datetime = SENT, stage: Stage = Stage.DEVELOPING) -> Counted:
    answered = None if hours is None else sent + timedelta(hours=hours)
    return Counted(number, sent, sent + timedelta(days=2), answered, stage, Turn.AGENT, "trafik", False)


def november(*rows: Counted, happened: tuple[Happened, ...] = ()) -> Mirror:
    return reflect(NOVEMBER, rows, happened, HEARD, NOW)


def test_a_month_is_counted_by_what_happened_in_it() -> None:
    lines = [("helper", 3), ("helper", 4), ("show_ok", 5), ("meeting", 6), ("on_yes", 7), ("form_trial", 8)]
    lines += [("form_trial", 9), ("form_done", 30), ("citizen_said", 10)]
    happened = [Happened(kind, datetime(2026, 11, day, 12, tzinfo=ZONE)) for kind, day in lines]
    happened += [
        Happened("form_may_not", datetime(2026, 11, 9, tzinfo=ZONE), instead) for instead in (True, True, False)
    ]
    happened += [Happened("helper", datetime(2026, 10, 31, 23, 59, tzinfo=ZONE)), Happened("meeting", NOW)]
    before = datetime(2026, 10, 20, 9, tzinfo=ZONE)
    rows = [
        one(1, 1),
        one(2, 26),
        one(3, 30),
        one(4, 50),
        one(5, None),
        one(6, 10, sent=before),
        one(7, 24 * 13, sent=before),
    ]
    seen = november(*rows, happened=tuple(happened))
    assert (seen.sent, seen.answered, seen.hours) == (5, 5, 30)
    assert seen.waits == (1, 2, 1, 0, 1)
    assert (seen.kept, seen.promised) == (3, 5)
    assert (seen.contacts, seen.meetings, seen.goes_on) == (3, 1, 1)
    assert seen.stages == {Stage.TRIAL: 2, Stage.DONE: 1, Stage.MAY_NOT: 3}
    assert (seen.helped, seen.noes) == (2, 3)
    assert (seen.silent_topics, seen.silent_places) == (("natur",), ("Vangede",))


def told(seen: Mirror) -> list[str]:
    return [BOOK.speak(part).plain for part in looking_back.tell(seen, FRAME, SENT).parts]


def test_it_is_told_in_words_for_each_principle_and_without_what_is_too_few() -> None:
    many = [one(n, 4) for n in range(10)] + [one(n, 60) for n in range(10, 14)]
    paragraphs = told(november(*many))
    assert paragraphs[0] == "Spejlet for november 2026. Nye idéer: 14."
    assert paragraphs[1] == "Lytter først. Halvdelen af 14 fik det første svar fra et menneske inden for 4 timer."
    assert paragraphs[3] == "Skaber fremdrift. 10 af 14 løfter om første svar blev holdt."
    assert len(paragraphs) == 7, "no stage was reached"
    few = told(november(one(1, 4), one(2, 60)))
    assert few[0].endswith("Nye idéer: under 3.")
    assert few[3].startswith("Skaber fremdrift. Der er så få løfter")
    assert told(november())[5].endswith("Trukket tilbage: 0.")


def test_the_stages_that_were_reached_are_told_and_one_or_two_are_not_counted_out() -> None:
    seen = replace(november(), stages={Stage.TRIAL: 4, Stage.DONE: 1}, silent_topics=("trafik",))
    assert told(seen)[3].endswith("Trin, der blev nået: Vi prøver i det små: 4, Gennemført: under 3.")
    topic = replace(FRAME.topics["trafik"], label={"da": "Trafik", "en": "Traffic"})
    frame = replace(FRAME, topics={"trafik": topic})
    english = [BOOK.speak(part).plain for part in looking_back.tell(seen, frame, SENT, "en").parts]
    assert "Stages reached: We are trying it out: 4" in english[3]
    assert "Topics: Traffic." in english[4]


@pytest.mark.parametrize(("part", "whole"), [(1, 9), (2, 9), (7, 9), (8, 9), (1, 2)])
def test_a_share_that_would_count_one_or_two_out_is_not_told(part: int, whole: int) -> None:
    assert looking_back.share("mirror.progress", part, whole, "da").key == "mirror.progress.few"


@pytest.mark.parametrize(("part", "whole"), [(0, 9), (3, 9), (9, 9), (6, 9)])
def test_a_share_that_hides_nobody_is_told(part: int, whole: int) -> None:
    assert looking_back.share("mirror.progress", part, whole, "da").key == "mirror.progress.some"


def test_months_follow_each_other_over_the_year() -> None:
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert last_month(date(2027, 1, 4)) == date(2026, 12, 1)


def test_the_timer_is_for_the_first_working_day_at_nine() -> None:
    story = Roster(now=datetime(2026, 12, 30, 12, tzinfo=ZONE))
    story.wakes()
    assert story.timers["mirror:2027-01"].due == datetime(2027, 1, 4, 9, tzinfo=ZONE)


def falls(story: Roster, mirror: Callable[[date], Mirror] | None) -> list[str]:
    """What the coordinator reads when the timer falls."""
    event = Fell("mirror:2026-12", looking_back.KIND, 0, 0, NOW, NOW)

    def act(move: Move, fell: Any) -> None:
        move.world = replace(move.world, mirror=mirror)
        looking_back.on_fell(move, fell)

    return [BOOK.speak(one.content).plain for one in says(PETER, story.step(act, event).effects)]


def test_the_coordinator_reads_last_months() -> None:
    asked: list[date] = []

    def seen(month: date) -> Mirror:
        asked.append(month)
        return november()

    (told,) = falls(Roster(now=NOW), seen)
    assert told.startswith("Spejlet for november 2026.")
    assert asked == [NOVEMBER]
    assert falls(Roster(now=NOW), None) == []
