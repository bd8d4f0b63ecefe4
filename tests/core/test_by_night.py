"""Nothing that the bot starts itself reaches a citizen by night, also after a standstill or at short notice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import bridges, by_night, dialogue, drafting, kept_offers, meetings, survey
from bot.core.effects import DropTimer, SetTimer
from bot.core.events import Fell
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Move, World
from tests.core.roster_town import whole_step
from tests.core.test_meetings import by_aase, proposed, timer
from tests.core.town import AASE, FRAME, GROUP, ZONE, Story, an_idea, keys, said

LATE = datetime(2026, 11, 9, 22, tzinfo=ZONE)
MORNING = datetime(2026, 11, 10, 7, tzinfo=ZONE)
LINE = "mødetid: tirsdag 10/11 kl. 8, onsdag 11/11 kl. 10 · Byens Hus"


def falls(story: Story, due: SetTimer, at: datetime) -> list[object]:
    """What comes of a timer that falls at that moment, in the whole step."""
    story.now = at
    event = Fell(due.key, due.kind, due.about, due.chat, due.due, at)
    return list(story.step(whole_step, event).effects)


ONES = ("draft_remind", "draft_warn", "follow_week", bridges.SILENT, kept_offers.KIND, meetings.REMIND, survey.KIND)


@pytest.mark.parametrize("kind", ONES)
def test_what_fell_due_during_a_standstill_waits_for_the_morning_and_is_looked_at_then(kind: str) -> None:
    due = SetTimer(f"{kind}:1:1:0", kind, LATE - timedelta(hours=8), about=1, chat=AASE)
    assert falls(Story(an_idea()), due, LATE) == [replace(due, due=MORNING)]
    assert kind in by_night.KINDS
    assert replace(due, due=MORNING) not in falls(Story(an_idea()), due, MORNING), "and does not wait for ever"


def test_an_appointment_made_the_evening_before_reminds_nobody_in_their_sleep() -> None:
    story = Story(an_idea())
    asked = proposed(story, LINE)
    story.now = LATE.replace(hour=18)
    remind = timer(by_aase(story, asked.buttons[0][0].data), meetings.REMIND)
    (waits,) = falls(story, remind, remind.due)
    assert isinstance(waits, SetTimer)
    assert (waits.key, waits.due) == (remind.key, MORNING)
    before = len(story.effects)
    falls(story, waits, MORNING)
    assert keys(AASE, story.effects[before:]) == ["citizen_step.meeting_remind"]
    assert keys(GROUP, story.effects[before:]) == ["desk.meeting.remind"]


def test_one_that_was_called_off_by_night_reminds_nobody_in_the_morning() -> None:
    story = Story(an_idea())
    asked = proposed(story, LINE)
    remind = timer(by_aase(story, asked.buttons[1][0].data), meetings.REMIND)
    (waits,) = falls(story, remind, LATE)
    assert isinstance(waits, SetTimer)
    by_aase(story, "meet_off:1:1")
    before = len(story.effects)
    falls(story, waits, MORNING)
    assert keys(AASE, story.effects[before:]) == []


class Waiting:
    """Aase's draft after a standstill, with the timers that the store would hold."""

    def __init__(self, at: datetime) -> None:
        month_ago = at - timedelta(days=31)
        draft = Draft((Utterance("flere stativer", 5, month_ago),), since=month_ago, touched=month_ago, reminded=True)
        self.talk = Talk(lang="da", draft=draft)
        self.due = {f"{kind}:{AASE}": at - timedelta(hours=1) for kind in ("draft_warn", "draft_delete")}

    def step(self, event: object, at: datetime) -> Move:
        """One step of hers, with what follows for the timers."""
        world = World(now=at, frame=FRAME, person=Person(AASE, "Aase", noticed=True), talk=self.talk)
        move = dialogue.step(world, event)  # type: ignore[arg-type]
        self.talk = move.talk
        for effect in move.effects:
            if isinstance(effect, SetTimer):
                self.due[effect.key] = effect.due
            elif isinstance(effect, DropTimer):
                self.due.pop(effect.key, None)
        return move

    def falls(self, kind: str, at: datetime) -> list[str]:
        """The texts that Aase reads when that timer falls."""
        due = self.due.pop(f"{kind}:{AASE}")
        return keys(AASE, self.step(Fell(f"{kind}:{AASE}", kind, 0, AASE, due, at), at).effects)


@pytest.mark.parametrize("order", [("draft_warn", "draft_delete"), ("draft_delete", "draft_warn")])
@pytest.mark.parametrize("at", [LATE, MORNING + timedelta(hours=3)])
def test_a_draft_is_not_deleted_before_the_days_are_over_that_its_warning_names(
    order: tuple[str, str], at: datetime
) -> None:
    aase = Waiting(at)
    told = [text for kind in order for text in aase.falls(kind, at)]
    assert aase.talk.draft is not None, "nobody has read the warning yet"
    warned = max(at, MORNING)
    if not told:
        assert aase.due[f"draft_warn:{AASE}"] == warned
        told = aase.falls("draft_warn", warned)
    assert told == ["citizen.draft_warning"], "once"
    assert aase.step(Fell("draft_warn", "draft_warn", 0, AASE, warned, warned), warned).effects == []
    assert aase.due[f"draft_delete:{AASE}"].date() >= (warned + timedelta(days=4)).date()
    early = warned + timedelta(days=3)
    assert aase.falls("draft_delete", early) == []
    assert aase.talk.draft is not None
    assert drafting.goes(aase.talk.draft, at - timedelta(days=31), FRAME.promises) == warned + timedelta(days=4)
    aase.falls("draft_delete", aase.due[f"draft_delete:{AASE}"])
    assert aase.talk.draft is None
    assert aase.due == {}


def test_whoever_writes_again_is_warned_again_another_time() -> None:
    aase = Waiting(LATE)
    aase.falls("draft_warn", MORNING)
    aase.step(said(AASE, "og en bænk", chat=AASE), MORNING)
    assert aase.talk.draft is not None
    assert aase.talk.draft.warned is None
