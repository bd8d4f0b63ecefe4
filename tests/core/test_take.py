"""Taking an initiative: whoever is first has it, and everybody is told who that is."""

from itertools import permutations

import pytest

from bot.core import desk
from bot.core.effects import Parts, Quote, Words
from bot.core.initiative import Desk, Stage
from tests.core.town import (
    AASE,
    AGENTS,
    BO,
    DUE,
    FARID,
    GROUP,
    KAREN,
    METTE,
    NANNA,
    PETER,
    SIGNE,
    Story,
    an_idea,
    answer,
    fields,
    keys,
    pressed,
    rewrites,
    said,
    says,
)

EVERYWHERE = (Desk(GROUP, topic=True), Desk(SIGNE, topic=False), Desk(FARID, topic=False))
PRESSES = [(METTE, GROUP), (BO, GROUP), (FARID, FARID), (SIGNE, SIGNE)]


@pytest.mark.parametrize("order", list(permutations(PRESSES)))
def test_in_every_order_the_first_press_wins_and_the_citizen_is_told_once(order: list[tuple[int, int]]) -> None:
    story = Story(an_idea(desks=EVERYWHERE))
    for user, chat in order:
        story.step(desk.on_pressed, pressed(user, "take:1", chat=chat), topic=1)
    idea = story.initiatives[1]
    winner = next(agent for agent in AGENTS.values() if agent.telegram == order[0][0])
    assert (idea.responsible, idea.responsible_name, idea.step.who) == (winner.id, winner.name, winner.name)
    assert keys(AASE, story.effects) == ["citizen_step.taken"]
    told = says(AASE, story.effects)[0].content
    assert fields(told)["agent"] == winner.name


def test_the_one_who_comes_second_is_told_by_name_and_the_card_is_shown_anew() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    move = story.step(desk.on_pressed, pressed(BO, "take:1"), topic=1)
    told = answer(move.effects)
    assert told.alert
    assert told.words == Words("desk.take.lost", "da", {"agent": "Mette Holm"})
    assert {rewrite.target.chat for rewrite in rewrites(move.effects)} == {GROUP, PETER}


def test_the_winner_reads_the_citizens_words_under_a_heading_of_their_own() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    [told] = [say for say in says(GROUP, story.effects) if say.tag.role == "taken"]
    assert isinstance(told.content, Parts)
    head, words = told.content.parts
    assert isinstance(head, Words)
    assert head.key == "desk.take.won_topic"
    assert isinstance(words, Quote)
    assert words.heading == Words("desk.card.words", "da", {"name": "Aase Winther"})
    assert "cyklerne ligger og flyder" in words.text


def test_pressing_twice_is_one_take() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    before = story.initiatives[1]
    move = story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    assert answer(move.effects).words == Words("desk.take.already_yours", "da", {})
    assert story.initiatives[1] == before
    assert len(says(AASE, story.effects)) == 1


def test_taking_stops_no_clock_and_moves_no_date() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    idea = story.initiatives[1]
    assert (idea.step.due, idea.first_due, idea.answered) == (DUE, DUE, None)
    assert idea.stage is Stage.WITH_AGENT


def test_who_works_in_private_alone_gets_the_talk_there() -> None:
    story = Story(an_idea(desks=EVERYWHERE))
    story.step(desk.on_pressed, pressed(SIGNE, "take:1", chat=SIGNE))
    assert story.initiatives[1].desks[0] == Desk(SIGNE, topic=False)
    assert len(story.initiatives[1].desks) == 3


def test_a_stranger_takes_nothing_and_those_who_mend_things_hear_of_it_once() -> None:
    story = Story(an_idea())
    before = story.initiatives[1]
    for _ in range(2):
        move = story.step(desk.on_pressed, pressed(NANNA, "take:1"), topic=1)
        assert answer(move.effects).alert
    assert story.initiatives[1] == before
    assert not says(AASE, story.effects)
    assert sum(type(effect).__name__ == "TellHumans" for effect in story.effects) == 1


@pytest.mark.parametrize("data", ["take:", "take:x", "take", "", "take:99999999999999", "fly:1", "take:77", "🙂:1"])
def test_a_forged_press_is_answered_and_moves_nothing(data: str) -> None:
    story = Story(an_idea())
    before = dict(story.initiatives)
    move = story.step(desk.on_pressed, pressed(METTE, data), topic=1)
    assert answer(move.effects).alert
    assert story.initiatives == before


def test_a_helper_is_written_on_the_card_and_leaves_by_the_same_button() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(BO, "help:1"), topic=1)
    assert story.initiatives[1].helpers == ("bo",)
    assert story.initiatives[1].responsible == "mette"
    story.step(desk.on_pressed, pressed(BO, "help:1"), topic=1)
    assert story.initiatives[1].helpers == ()


def test_only_the_coordinator_and_the_leader_can_take_over() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    story.step(desk.on_pressed, pressed(BO, "over:1"), topic=1)
    assert story.initiatives[1].responsible == "mette"
    story.step(desk.on_pressed, pressed(KAREN, "over:1", chat=KAREN))
    assert story.initiatives[1].responsible == "karen"
    assert keys(AASE, story.effects) == ["citizen_step.taken", "citizen_step.taken"]


def test_the_list_is_for_agents_alone() -> None:
    story = Story(an_idea())
    assert keys(GROUP, story.step(desk.on_said, said(METTE, command="koe")).effects) == ["parts"]
    assert keys(GROUP, story.step(desk.on_said, said(NANNA, command="koe")).effects) == ["desk.stranger.said"]
