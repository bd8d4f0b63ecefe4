"""Passing an initiative on: a reason, a yes, and until then one responsible with the same date."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import desk
from bot.core.effects import Effect, NameTopic, Note, Quote, Recount, Rewrite, Say
from bot.core.initiative import NextStep, Stage, Turn
from tests.book import BOOK
from tests.core.roster_town import AGENTS, Roster
from tests.core.town import (
    AASE,
    BO,
    DUE,
    GROUP,
    METTE,
    NOW,
    PETER,
    SIGNE,
    ZONE,
    an_idea,
    answer,
    keys,
    prompt_of,
    said,
    says,
)

WHY = "hemmelig: jeg kan ikke med ham"
TAKEN = {"taken": NOW, "stage": Stage.WITH_AGENT}


def plain(chat: int, effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, effects))


def asked(user: int = METTE, colleague: str = "Signe") -> Roster:
    """Mette has asked Signe to take nr. 1."""
    story = Roster(an_idea(**TAKEN))
    story.says(user, f"{colleague} {WHY}", chat=GROUP, command="videre", topic=1)
    return story


def test_the_colleague_reads_why_what_was_said_and_what_is_promised() -> None:
    story = asked()
    text = plain(SIGNE, story.effects)
    assert "Signe Krag, Mette Holm vil give dig nr. 1" in text
    assert WHY in text
    assert "senest onsdag den 4. november kl. 16" in text
    assert "cyklerne ligger og flyder" in text
    assert any(isinstance(effect, Recount) and effect.to.chat == SIGNE for effect in story.effects)


def test_until_the_colleague_says_yes_nothing_has_changed_but_the_card_says_who_is_waited_for() -> None:
    story = asked()
    idea = story.initiatives[1]
    assert (idea.responsible, idea.step.due, idea.step.who) == ("mette", DUE, "Mette Holm")
    assert says(AASE, story.effects) == []
    assert "Afventer Signe Krag" in plain_cards(story)


def plain_cards(story: Roster) -> str:
    return "\n".join(BOOK.speak(e.content).plain for e in story.effects if isinstance(e, Rewrite))


def test_yes_makes_the_colleague_responsible_with_the_same_date_and_the_citizen_is_told_once() -> None:
    story = asked()
    story.presses(SIGNE, "pass_yes:1")
    idea = story.initiatives[1]
    assert (idea.responsible, idea.responsible_name, idea.step.who) == ("signe", "Signe Krag", "Signe Krag")
    assert (idea.step.due, idea.first_due, idea.helpers) == (DUE, DUE, ("mette",))
    assert idea.desks[0].chat == SIGNE
    told = plain(AASE, story.effects)
    assert "Signe Krag har nu ansvaret" in told
    assert "Mette Holm har fortalt Signe, hvad I har talt om" in told
    assert WHY not in told
    assert len(says(AASE, story.effects)) == 1
    assert not [key for key in story.timers if key.startswith("pass")]


def test_in_the_groups_list_of_topics_it_is_seen_who_has_it_now() -> None:
    story = asked()
    story.presses(SIGNE, "pass_yes:1")
    names = [effect.name for effect in story.effects if isinstance(effect, NameTopic)]
    assert names == ["1 · Signe · Cykler ved Ordrup Station"]


def test_a_second_yes_and_a_yes_by_somebody_else_do_nothing() -> None:
    story = asked()
    move = story.presses(BO, "pass_yes:1")
    assert answer(move.effects).alert
    story.presses(SIGNE, "pass_yes:1")
    before = story.initiatives[1]
    assert answer(story.presses(SIGNE, "pass_yes:1").effects).alert
    assert story.initiatives[1] == before


def test_no_leaves_it_where_it_is_and_says_so_to_who_asked() -> None:
    story = asked()
    move = story.presses(SIGNE, "pass_no:1")
    assert story.initiatives[1].responsible == "mette"
    assert "Signe Krag siger nej tak" in plain(GROUP, move.effects)
    assert "Afventer" not in plain_cards(story).split("siger")[-1].split("\n")[-1]
    assert says(AASE, story.effects) == []
    assert answer(story.presses(SIGNE, "pass_yes:1").effects).alert


def test_a_working_day_of_silence_reminds_both_and_changes_nothing() -> None:
    story = asked()
    story.until(datetime(2026, 11, 3, 15, tzinfo=ZONE))
    assert "colleague.pass.silent" not in keys(GROUP, story.effects)
    story.until(datetime(2026, 11, 3, 16, tzinfo=ZONE))
    assert keys(GROUP, story.effects).count("colleague.pass.silent") == 1
    assert keys(SIGNE, story.effects).count("colleague.pass.still_asked") == 1
    assert story.initiatives[1].responsible == "mette"
    story.presses(SIGNE, "pass_yes:1")
    assert story.initiatives[1].responsible == "signe", "a late yes is a yes"


def test_who_had_it_writes_on_as_a_helper_under_an_own_name_and_reads_who_has_it() -> None:
    story = asked()
    story.presses(SIGNE, "pass_yes:1")
    asks = story.presses(METTE, "reply:1", chat=GROUP)
    assert "Signe Krag har ansvaret" in plain(GROUP, asks.effects)
    move = story.says(METTE, "Jeg fandt kortet", chat=GROUP, command="svar", topic=1)
    assert "Mette Holm, sparringsagent, hjælper Signe Krag og skriver:" in plain(AASE, move.effects)
    assert "Mette Holm har skrevet til Aase" in plain(SIGNE, move.effects)
    assert story.initiatives[1].responsible == "signe"


def test_two_presses_and_a_reason_do_the_same() -> None:
    story = Roster(an_idea(**TAKEN))
    offered = story.presses(METTE, "pass:1", chat=GROUP)
    rows = says(GROUP, offered.effects)[0].buttons
    assert 1 < len(rows) <= 5
    story.presses(METTE, "pass_to:1:signe", chat=GROUP)
    prompt = prompt_of(story, METTE)
    move = story.step(desk.on_said, said(METTE, WHY), topic=1, target=replace(prompt, detail="pass:signe"))
    reasons = [say.content for say in says(SIGNE, move.effects) if isinstance(say.content, Quote)]
    assert reasons[0].text == WHY


@pytest.mark.parametrize("data", ["pass:1", "pass_to:1:bo", "pass_to:1:nobody", "pass_no:1"])
def test_only_who_has_it_the_coordinator_and_the_leader_can_pass_it_on(data: str) -> None:
    story = Roster(an_idea(**TAKEN))
    before = dict(story.initiatives)
    assert answer(story.presses(BO, data, chat=GROUP).effects).alert
    assert story.initiatives == before
    story.says(PETER, "1 Bo har tid", command="videre")
    assert "vil give dig nr. 1" in plain(BO, story.effects)


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "colleague.pass.nobody"), ("Birthe har tid", "colleague.pass.nobody"), ("Bo", "colleague.pass.why")],
)
def test_what_is_missing_from_the_command_is_asked_for(text: str, key: str) -> None:
    story = Roster(an_idea(**TAKEN))
    move = story.says(METTE, text, chat=GROUP, command="videre", topic=1)
    assert keys(GROUP, move.effects) == [key]


def test_a_colleague_who_is_away_can_be_asked_but_not_get_it_before_they_are_back() -> None:
    story = asked()
    story.says(SIGNE, "væk 2/11-3/11")
    assert answer(story.presses(SIGNE, "pass_yes:1").effects).alert
    assert story.initiatives[1].responsible == "mette"
    story.says(SIGNE, "tilbage")
    story.presses(SIGNE, "pass_yes:1")
    assert story.initiatives[1].responsible == "signe"


def test_passing_on_stands_on_the_timeline_with_the_reason_for_staff_alone() -> None:
    story = asked()
    story.presses(SIGNE, "pass_yes:1")
    notes = [effect for effect in story.effects if isinstance(effect, Note)]
    assert [note.seen_by for note in notes if WHY in str(note.data)] == ["staff"]
    passed = [note.data for note in notes if note.kind == "passed"]
    assert passed == [{"from": "mette", "to": "signe", "topic": "trafik", "how": "passed"}]


def test_taking_it_over_ends_what_a_colleague_was_asked() -> None:
    story = asked()
    story.presses(PETER, "over:1")
    assert story.initiatives[1].responsible == "peter"
    assert answer(story.presses(SIGNE, "pass_yes:1").effects).alert


ACTS = st.sampled_from(["ask", "yes", "no", "day", "away", "back", "over", "help", "write"])
NAMES = st.sampled_from(sorted(AGENTS))


@settings(max_examples=120)
@given(st.lists(st.tuples(ACTS, NAMES, NAMES), max_size=16))
def test_however_it_is_handed_around_one_has_it_and_the_citizen_hears_of_each_change_once(
    acts: list[tuple[str, str, str]],
) -> None:
    far = datetime(2027, 6, 1, 16, tzinfo=ZONE)
    step = NextStep("Mette Holm", far, Turn.AGENT, key="step.first_answer")
    story = Roster(an_idea(**TAKEN, step=step))
    story.wakes()
    changes = 0
    for act, one, other in acts:
        who, before = AGENTS[one].telegram or 0, story.initiatives[1].responsible
        if act == "ask":
            story.says(who, f"{AGENTS[other].name} {WHY}", chat=GROUP, command="videre", topic=1)
        elif act in ("yes", "no"):
            story.presses(who, f"pass_{act}:1")
        elif act == "day":
            story.until(story.now + timedelta(days=1))
        elif act in ("away", "back"):
            story.says(who, "væk i dag" if act == "away" else "tilbage")
        elif act == "write":
            story.says(who, "1 Hej", command="svar")
        else:
            story.presses(who, f"{act}:1")
        idea = story.initiatives[1]
        changes += idea.responsible != before
        assert idea.step.who == idea.responsible_name == AGENTS[idea.responsible].name
        assert idea.responsible not in idea.helpers
        assert len(set(idea.helpers)) == len(idea.helpers)
        assert (idea.step.due, len(set(idea.desks))) == (far, len(idea.desks))
        there = [name for name in AGENTS if story.frame.is_there(name, story.now.date())]
        assert idea.responsible in there or not there
    told = [say for say in says(AASE, story.effects) if say.tag and say.tag.role in ("lead", "taken")]
    handed = [effect for effect in story.effects if isinstance(effect, Note) and effect.kind == "passed"]
    assert len(told) == len(handed) >= changes
    assert WHY not in plain(AASE, story.effects)


def test_whoever_has_said_yes_is_not_asked_to_take_it_too() -> None:
    story = Roster(an_idea())
    story.says(METTE, "Signe hun kender skolen", chat=GROUP, command="videre", topic=1)
    done = story.presses(SIGNE, "pass_yes:1")
    pressable = [b.data for e in done.effects if isinstance(e, Say | Rewrite) for row in e.buttons for b in row]
    assert "reply:1" in pressable
    assert "pass:1" in pressable
    assert "take:1" not in pressable


def test_a_citizen_whose_turn_it_is_hears_of_no_date_when_somebody_else_has_it() -> None:
    theirs = NextStep("Mette Holm", DUE, Turn.CITIZEN, key="step.your_answer")
    story = Roster(an_idea(**TAKEN, step=theirs))
    story.says(METTE, f"Signe {WHY}", chat=GROUP, command="videre", topic=1)
    text = plain(AASE, story.presses(SIGNE, "pass_yes:1").effects)
    assert "Signe Krag" in text
    assert "Datoen" not in text
