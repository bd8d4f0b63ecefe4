"""The lists by which work is seen: what is late, what is due today, who has what, and the day's list in the morning."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import desk, marks, presses, public, queue, traces
from bot.core.effects import Effect
from bot.core.events import Fell, Said
from bot.core.initiative import NextStep, Stage, Turn
from bot.core.people import Talk
from bot.core.world import Move
from tests.book import BOOK
from tests.core.roster_town import Roster
from tests.core.town import (
    BO,
    DUE,
    GROUP,
    JONAS,
    KAREN,
    METTE,
    NANNA,
    NOW,
    PETER,
    ZONE,
    an_idea,
    answer,
    for_signe,
    keys,
    pressed,
    said,
    says,
)

AFTER = DUE + timedelta(hours=1)


def plain(chat: int, effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, effects))


def three(now: datetime = AFTER) -> Roster:
    """Mette's is overdue, Signe's is due in a week, and Bo waits for his citizen."""
    later = NextStep("Signe Krag", DUE + timedelta(days=7), Turn.AGENT, what="tegner en plan")
    waits = NextStep("Bo Lind", DUE, Turn.CITIZEN, key="step.your_answer")
    bos = an_idea(3, title="Bier", responsible="bo", responsible_name="Bo Lind", step=waits, answered=NOW)
    return Roster(an_idea(1, title="Cykler"), for_signe(2, step=later, answered=NOW), bos, now=now)


def test_what_is_late_is_listed_with_who_has_it_and_since_when_and_nothing_else() -> None:
    text = plain(PETER, three().says(PETER, "", command="overskredet").effects)
    assert "1 idé er forsinket" in text
    assert "Mette Holm" in text
    assert "siden onsdag den 4. november kl. 16" in text
    assert "Bænke" not in text
    assert "Bier" not in text, "waiting for the citizen is no delay"


def test_what_is_due_today_is_an_agents_own_and_everybodys_for_the_coordinator() -> None:
    story = three(NOW.replace(day=4))
    assert "Cykler" in plain(METTE, story.says(METTE, "", command="i_dag").effects)
    assert keys(BO, story.says(BO, "", command="i_dag").effects) == ["colleague.view.today_none"]
    assert "Cykler" in plain(PETER, story.says(PETER, "", command="i_dag").effects)


def test_the_coordinator_sees_who_has_how_much_and_how_much_of_it_is_late() -> None:
    text = plain(PETER, three().says(PETER, "", command="personer").effects)
    assert "Mette Holm. Åbne: 1. Forsinkede: 1." in text
    assert "Signe Krag. Åbne: 1. Forsinkede: 0." in text
    assert "Bo Lind. Åbne: 1. Forsinkede: 0." in text


def test_a_new_date_does_not_take_an_idea_off_the_late_ones() -> None:
    story = three()
    idea = story.initiatives[1]
    story.initiatives[1] = replace(idea, step=replace(idea.step, due=DUE + timedelta(days=5)))
    assert "Mette Holm. Åbne: 1. Forsinkede: 1." in plain(PETER, story.says(PETER, "", command="personer").effects)


@pytest.mark.parametrize("command", ["overskredet", "i_dag", "personer", "mine", "koe", "morgen", "videre", "vaek"])
def test_a_stranger_sees_no_list(command: str) -> None:
    story = three()
    move = story.says(NANNA, "8", chat=GROUP, command=command)
    assert keys(GROUP, move.effects) == ["desk.stranger.said"]
    assert story.kept == {}


def test_the_days_list_comes_at_the_hour_that_was_chosen_on_working_days_with_something_on_them() -> None:
    story = three(NOW)
    assert "kl. 7.30" in plain(METTE, story.says(METTE, "7.30", command="morgen").effects)
    heard = [(move.world.now, plain(METTE, move.effects)) for move in story.until(NOW + timedelta(days=7))]
    mornings = [(at, text) for at, text in heard if "Godmorgen" in text]
    assert [at.day for at, _ in mornings] == [4, 5, 6, 9], "no day before it is due, and no weekend"
    assert {at.strftime("%H:%M") for at, _ in mornings} == {"07:30"}
    assert "Cykler" in mornings[0][1]
    story.says(METTE, "fra", command="morgen")
    assert not [move for move in story.until(NOW + timedelta(days=10)) if says(METTE, move.effects)]


def test_the_coordinators_day_is_everybodys() -> None:
    story = three(NOW)
    story.says(PETER, "8", command="morgen")
    mornings = [
        text for move in story.until(NOW + timedelta(days=2)) if "Godmorgen" in (text := plain(PETER, move.effects))
    ]
    assert len(mornings) == 1
    assert "Cykler" in mornings[0]
    needed = desk.desk_needs(Fell("digest:peter", "digest", 0, PETER, NOW, NOW), Talk(), None, 0, story.frame)
    assert not needed.queue, "only what it shows is read"


@pytest.mark.parametrize("words", ["", "25", "8.75", "om lidt"])
def test_an_hour_that_is_none_is_asked_for_again(words: str) -> None:
    story = three()
    assert keys(METTE, story.says(METTE, words, command="morgen").effects) == ["colleague.digest.how"]
    assert story.timers == {}


def test_the_days_list_keeps_its_hour_when_the_clocks_change() -> None:
    story = Roster(an_idea(), now=datetime(2027, 3, 25, 12, tzinfo=ZONE))
    story.says(METTE, "8", command="morgen")
    story.until(datetime(2027, 3, 31, 12, tzinfo=ZONE))
    timer = story.timers["digest:mette"]
    assert timer.due == datetime(2027, 4, 1, 8, tzinfo=ZONE)


def test_everybody_who_follows_reads_since_when_an_answer_is_late() -> None:
    late = an_idea(1, public=True, extra={"late_since": DUE.isoformat()})
    moved = replace(late, step=replace(late.step, due=DUE + timedelta(days=2), key="citizen_step.next.after_late"))
    story = Roster(moved, now=AFTER)

    def looks(move: Move, _: object) -> None:
        public.tell(move)

    text = plain(JONAS, story.step(looks, said(JONAS, chat=JONAS)).effects)
    assert "Svar forsinket siden onsdag den 4. november" in text
    assert "Mette Holm, senest fredag den 6. november" in text


def test_a_forged_press_on_another_persons_idea_is_refused_and_noted_without_a_word_of_it() -> None:
    story = Roster(an_idea())
    move = story.step(presses.on_pressed, pressed(JONAS, "i_withdraw:1", chat=JONAS))
    noted = [effect for effect in move.effects if type(effect).__name__ == "Suspect"]
    assert len(noted) == 1
    assert "cyklerne" not in repr(noted)
    assert story.initiatives[1] == an_idea()


def test_each_line_of_a_list_can_be_opened_by_a_press_and_any_by_its_number() -> None:
    story = three()
    (listed,) = says(PETER, story.says(PETER, "", command="koe").effects)
    assert [row[0].data for row in listed.buttons] == ["show:1", "show:3", "show:2"], "the soonest date first"
    assert all(len(BOOK.label(row[0])) <= 28 for row in listed.buttons)
    pressed_on = story.presses(PETER, "show:2")
    (card,) = says(PETER, pressed_on.effects)
    assert "Ansvarlig: Signe Krag" in BOOK.speak(card.content).plain
    assert card.tag is not None
    assert card.tag.role != "card", "the card at its own desk is still the one that changes"
    (card,) = says(PETER, story.says(PETER, "1", command="vis").effects)
    assert card.buttons[0][0].data == "take:1"
    assert keys(PETER, story.says(PETER, "99", command="vis").effects) == ["desk.unknown_number"]


LISTED = {"koe": PETER, "mine": METTE, "i_dag": METTE, "overskredet": PETER}


@pytest.mark.parametrize(("command", "who"), LISTED.items())
def test_a_long_list_comes_in_short_ones_each_line_with_its_button_and_none_is_left_out(command: str, who: int) -> None:
    ideas = [an_idea(n, title="En meget lang titel om cykelstativer og bænke" * 2) for n in range(1, 41)]
    story = Roster(*ideas, now=AFTER)
    seen: list[str] = []
    (listed,) = says(who, story.says(who, "", command=command).effects)
    while True:
        text = BOOK.speak(listed.content).plain
        assert len(text) <= 4096, "one message"
        assert all(len(BOOK.label(row[0])) <= 28 for row in listed.buttons)
        shown = [row[0].data for row in listed.buttons if row[0].data.startswith("show:")]
        assert len(shown) <= queue.A_PAGE
        assert all(f"Nr. {number.removeprefix('show:')} " in text for number in shown)
        seen += shown
        if not (onward := [row[0].data for row in listed.buttons if row[0].data not in shown]):
            break
        assert len(onward[0].encode()) <= 64
        (listed,) = says(KAREN, story.presses(KAREN, onward[0]).effects)
    assert seen == [f"show:{n}" for n in range(1, 41)], "and whoever presses reads the list of the one who asked"


def test_a_list_goes_on_from_its_last_line_though_lines_have_left_it_since() -> None:
    story = Roster(*(an_idea(n) for n in range(1, 13)))
    (listed,) = says(PETER, story.says(PETER, "", command="koe").effects)
    onward = listed.buttons[-1][0].data
    for ended in (2, 8):
        story.initiatives[ended] = replace(story.initiatives[ended], stage=Stage.DONE)
    (below,) = says(PETER, story.presses(PETER, onward).effects)
    assert [row[0].data for row in below.buttons] == [f"show:{n}" for n in range(9, 13)]
    for ended in range(9, 13):
        story.initiatives[ended] = replace(story.initiatives[ended], stage=Stage.DONE)
    assert "ikke flere" in BOOK.speak(answer(story.presses(PETER, onward).effects).words).plain
    for data in (onward, "list:8:mine-0-mette"):
        needed = desk.desk_needs(pressed(PETER, data), Talk(), None, 0, story.frame)
        assert not needed.queue, "only what is shown is read"


@pytest.mark.parametrize("command", ["koe", "mine", "overskredet", "i_dag", "personer"])
def test_a_list_that_was_read_knows_whose_lines_it_holds_so_that_they_can_be_taken_away(command: str) -> None:
    story = Roster(*(an_idea(n, responsible="peter", responsible_name="Peter Dam") for n in (3, 5)), now=AFTER)
    words = replace(said(PETER, "", chat=PETER, command=command), at=AFTER)
    assert not desk.desk_needs(words, Talk(), None, 0, story.frame).queue, "only what is shown is read"

    def alone(move: Move, event: Said) -> None:
        move.world = replace(move.world, initiatives={})
        desk.on_said(move, event)
        move.effects = traces.told_apart(move)

    (listed,) = says(PETER, story.step(alone, words).effects)
    assert listed.tag is not None
    assert traces.numbers_of(listed.tag.detail) == (3, 5)


def test_where_there_is_much_each_persons_list_is_one_press_away() -> None:
    story = Roster(*(an_idea(n) for n in range(1, 9)), for_signe(9))
    (people,) = says(PETER, story.says(PETER, "", command="personer").effects)
    assert "Nr. 9" not in BOOK.speak(people.content).plain
    assert [BOOK.label(row[0]) for row in people.buttons] == ["Mette Holm", "Signe Krag"]
    text = plain(PETER, story.presses(PETER, people.buttons[1][0].data).effects)
    assert text.startswith("Signe Krag har 1 åben idé:")
    assert "Nr. 9" in text


def test_whose_date_has_passed_more_than_once_stands_first_with_the_leader_by_name() -> None:
    story = three()
    story.initiatives[1] = marks.mark(story.initiatives[1], **{marks.MISSES: "2"})
    text = plain(KAREN, story.says(KAREN, "", command="overskredet").effects)
    assert text.startswith("Datoen er gået mere end én gang for 1 idé: nr. 1. Karen Toft har fået besked.")
