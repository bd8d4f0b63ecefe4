"""Groups per topic, ordinary groups, own chats: every way to work does, and between any two of them nothing is lost."""

from dataclasses import replace
from itertools import permutations

import pytest

from bot.core import desk, dialogue, marks, places, relay
from bot.core.effects import MakeTopic, Recount, SendMedia
from bot.core.events import Chat, Said, Sender
from bot.core.frame import DeskKind, Frame, Topic
from bot.core.initiative import Desk, Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.roster_town import FRAME, LONE, Roster
from tests.core.test_forms import told
from tests.core.town import AASE, GROUP, METTE, NOW, PHOTO, an_idea, for_signe, keys, said, says

ROADS = -1002
"""The group of those who work with traffic."""


def frame(group: int | None, *, topics: bool, desk: DeskKind, roads: int | None = None) -> Frame:
    agents = {name: replace(agent, desk=desk) for name, agent in FRAME.agents.items()}
    topic = Topic("trafik", {"da": "Trafik"}, "mette", staff_chat=roads)
    return replace(FRAME, agents=agents, staff_chat=group, staff_topics=topics, topics={"trafik": topic})


WAYS = {
    "a group with topics": frame(GROUP, topics=True, desk="group"),
    "a group for the topic": frame(GROUP, topics=True, desk="group", roads=ROADS),
    "an ordinary group": frame(GROUP, topics=False, desk="group"),
    "an ordinary group for the topic": frame(GROUP, topics=False, desk="group", roads=ROADS),
    "own chats only": frame(None, topics=True, desk="private"),
    "own chats beside a group": frame(GROUP, topics=True, desk="private"),
    "both": frame(GROUP, topics=True, desk="both"),
    "both, without topics": frame(GROUP, topics=False, desk="both"),
}


def begun(way: Frame) -> Roster:
    """Aase's idea with a picture, taken by Mette, in a town that works that way."""
    nobody = Move.of(World(NOW, way, Person(1, "x"), Talk()))
    desks = places.desks_of(nobody, way.agents["mette"], "trafik")
    return Roster(an_idea(desks=desks, taken=NOW, stage=Stage.WITH_AGENT, media=(PHOTO,)), frame=way)


def hears(story: Roster, text: str) -> Move:
    words = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (77,), NOW, text=text)
    return story.step(lambda move, event: relay.to_desk(move, move.world.initiatives[1], event), words)


def heard_at(chat: int, move: Move, words: str) -> bool:
    """Whether these words came to that chat."""
    return any(words in told(say.content) for say in says(chat, move.effects))


def home(way: Frame) -> Desk:
    """Where Mette's talk belongs."""
    return begun(way).initiatives[1].desks[0]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_way_to_work_carries_words_both_ways_and_stays_as_it_is(way: Frame) -> None:
    story = begun(way)
    before = story.initiatives[1]
    assert story.wakes().effects == [effect for effect in story.effects if type(effect).__name__ == "SetTimer"]
    assert story.initiatives[1] == before, "nobody has moved"
    at = home(way)
    assert heard_at(at.chat, hears(story, "hvordan går det"), "hvordan går det")
    words = said(METTE, "Godt" if at.topic else "1 Godt", chat=at.chat, command="svar", thread=77 if at.topic else None)
    answer = story.step(desk.on_said, words, topic=1 if at.topic else 0)
    assert heard_at(AASE, answer, "Godt")


@pytest.mark.parametrize(("before", "after"), tuple(permutations(WAYS, 2)), ids=lambda name: name.replace(" ", "_"))
def test_between_any_two_ways_the_idea_its_words_and_its_promise_move_along(before: str, after: str) -> None:
    story = begun(WAYS[before])
    idea = story.initiatives[1]
    story.rules = WAYS[after]
    moved = story.wakes()
    now, at = story.initiatives[1], home(WAYS[after])
    staff = WAYS[after].staff_chats | {agent.telegram for agent in WAYS[after].agents.values()}
    assert {one.chat for one in now.desks} <= staff, "nothing is carried to where nobody is"
    assert now.desks[0] == at or (now.desks[0] == idea.desks[0] and at in now.desks)
    assert (now.responsible, now.step, now.first_due, now.words) == (
        idea.responsible, idea.step, idea.first_due, idea.words,
    )  # fmt: skip
    assert says(AASE, moved.effects) == [], "it is no news for her"
    if now.desks[0] != idea.desks[0]:
        first = now.desks[0]
        whole = "\n".join(told(say.content) for say in says(first.chat, moved.effects))
        assert "cyklerne ligger og flyder" in whole or first in idea.desks, "the card may stand there already"
        assert "er her fra nu af" in whole
        assert any(isinstance(effect, Recount) and effect.to.chat == first.chat for effect in moved.effects)
        assert any(isinstance(effect, SendMedia) and effect.to.chat == first.chat for effect in moved.effects)
        assert any(isinstance(effect, MakeTopic) for effect in moved.effects) == any(
            one.topic for one in now.desks if one not in idea.desks
        )
    heard = hears(story, "er der nyt")
    assert heard_at(now.desks[0].chat, heard, "er der nyt")
    again = story.wakes()
    assert story.initiatives[1].desks == now.desks, "it moves once"
    assert {type(effect).__name__ for effect in again.effects} == {"SetTimer"}


def test_a_command_in_the_old_group_sends_nothing_and_says_so() -> None:
    way = WAYS["own chats only"]
    event = Said(Chat(GROUP, "group", 77, "Sparring", True), Sender(METTE, "Mette"), (5,), NOW, "Hej Aase", "svar")
    move = dialogue.step(World(NOW, way, Person(METTE, "Mette"), Talk(), initiatives={1: an_idea()}), event)
    assert says(AASE, move.effects) == []
    assert keys(GROUP, move.effects) == ["citizen.private_only"]


def test_who_helps_from_an_own_chat_goes_on_hearing_it_there() -> None:
    lone = replace(FRAME.agents["lone"], desk="group")
    story = Roster(an_idea(helpers=("lone",)), frame=replace(FRAME, agents={**FRAME.agents, "lone": lone}))
    story.rules = FRAME
    story.wakes()
    assert Desk(LONE, topic=False) in story.initiatives[1].desks
    assert heard_at(LONE, hears(story, "er der nyt"), "er der nyt")


def test_what_an_agent_took_in_another_place_of_their_own_accord_stays_there() -> None:
    story = Roster(for_signe(1, owner=AASE, desks=(Desk(GROUP, topic=True),), responsible="mette", taken=None))
    story.presses(107, "take:1", chat=GROUP)
    taken = story.initiatives[1]
    assert (taken.responsible, taken.desks[0].chat) == ("lone", GROUP)
    assert marks.value(taken, marks.HERE) == str(GROUP)
    story.wakes()
    assert story.initiatives[1].desks == taken.desks


def test_what_has_ended_stays_where_it_is() -> None:
    story = begun(WAYS["a group with topics"])
    ended: Initiative = replace(story.initiatives[1], stage=Stage.DONE)
    story.initiatives[1] = ended
    story.rules = WAYS["own chats only"]
    story.wakes()
    assert story.initiatives[1] == ended
