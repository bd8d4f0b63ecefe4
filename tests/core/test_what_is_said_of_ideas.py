"""Small things that somebody would notice: which topics are asked about, whose words wait, who goes on with whom."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core import belonging, bridging, desk, erasure, meetings, on_behalf
from bot.core.effects import Say, SayFollowers, Words
from bot.core.events import Place
from bot.core.face import who_for_all
from bot.core.initiative import NOBODY, Initiative, Partner, Stage
from bot.core.match import TopicScore
from bot.core.people import Asking, Draft, Person, Talk, Utterance
from bot.core.world import Move, World
from tests.core.roster_town import FRAME as ROSTER_FRAME
from tests.core.roster_town import Roster
from tests.core.town import AASE, AGENTS, FRAME, GROUP, JONAS, KARIM, METTE, NOW, PHOTO, an_idea, keys, pressed, says

SCORES = (TopicScore("trafik", 50.0, ("cykler",)), TopicScore("natur", 40.0, ()), TopicScore("gone", 30.0, ()))
BENCH = Utterance("noget med en bænk", 5, NOW)


def move_of(*ideas: Initiative, talk: Talk | None = None, who: int = AASE, **more: Any) -> Move:
    known = {idea.number: idea for idea in ideas}
    return Move.of(World(NOW, FRAME, Person(who, "Aase"), talk or Talk(lang="da"), initiatives=known, **more))


def test_whoever_is_asked_for_a_topic_reads_the_topics_in_the_question_too() -> None:
    talk = Talk(lang="da", draft=Draft((BENCH,), topics=SCORES, version=3))
    move = move_of(talk=talk)
    belonging.send(move, 3)
    [asked] = says(AASE, move.effects)
    assert asked.content == Words("citizen.which_topic", "da", {"topics": "Trafik"})
    assert [(row[0].key, row[0].data) for row in asked.buttons] == [
        ("citizen.button.topic", "d_topic:3:trafik"), ("citizen.button.other_topic", "d_topic:3:other"),
        ("citizen.button.dont_know", "d_topic:3:dont_know"),
    ]  # fmt: skip


def test_an_idea_that_was_laid_aside_waits_while_another_is_told() -> None:
    busy = move_of(talk=Talk(lang="da", draft=Draft((BENCH,), version=1)))
    belonging.send_aside(busy, 1)
    assert keys(AASE, busy.effects) == ["citizen.one_at_a_time"]
    gone = move_of()
    belonging.send_aside(gone, 1)
    assert keys(AASE, gone.effects) == ["citizen.old_button"]


def test_a_title_that_names_somebody_is_mended_before_it_is_shown() -> None:
    idea = an_idea(title="Bænk til Jens Hansen på Skovvej 12")
    move = move_of(idea)
    belonging.offer_public(move, idea)
    [told] = says(AASE, move.effects)
    assert told.content == Words("citizen.public_names", "da")
    assert [[one.data for one in row] for row in told.buttons] == [["i_edit:1"]]


def test_words_that_waited_for_their_idea_reach_it_with_picture_and_place() -> None:
    place = Place(55.75, 12.55)
    waits = Asking("which", text="se her", media=(PHOTO,), message_ids=(7,), place=place)
    said = belonging._waiting_words(move_of(), waits)
    assert (said.text, said.media, said.message_ids, said.place) == ("se her", (PHOTO,), (7,), place)
    assert (said.chat.id, said.sender.id, said.at) == (AASE, AASE, NOW)


def test_of_several_who_are_left_the_first_has_it_and_the_others_are_still_in_it() -> None:
    left = tuple(Partner(person, name, "da", NOW) for person, name in ((JONAS, "Jonas"), (KARIM, "Karim"), (9, "Ida")))
    goes_on = erasure.without_person(an_idea(partners=left, proposed_title="Nyt"), AASE, "Fælles idé", NOW)
    assert (goes_on.owner, goes_on.owner_name) == (JONAS, "Jonas")
    assert [one.name for one in goes_on.partners] == ["Karim", "Ida"]
    assert goes_on.proposed_title == ""


def test_everybody_reads_the_name_of_staff_and_of_no_citizen() -> None:
    assert who_for_all(an_idea(), "Mette Holm") == "Mette Holm"
    assert who_for_all(an_idea(), "Bo Lind og Aase Winther") == "Mette Holm"


def test_a_proposed_meeting_is_something_that_happened() -> None:
    idea = an_idea(touched=NOW - timedelta(days=3))
    move = move_of(idea)
    filled = {"times": "2026-11-10T15:00:00+01:00", "where": "Byens Hus"}
    meetings.propose(move, idea, AGENTS["mette"], filled, (GROUP, 5))
    assert move.changed[1].touched == NOW
    [asked] = says(AASE, move.effects)
    assert asked.tell
    assert asked.tag is not None
    assert (asked.tag.role, asked.tag.about, asked.tag.origin_chat, asked.tag.by) == (meetings.ROLE, 1, GROUP, METTE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"public": True}, [SayFollowers(1, "citizen_step.followers.withdrawn", {"n": 1}, last=True)]),
        ({"public": True, "partners": (Partner(KARIM, "Karim", "da", NOW),)}, []),
        ({}, []),
    ],
)
def test_followers_hear_that_an_idea_is_gone_unless_others_go_on_with_it(
    changes: dict[str, Any], told: list[SayFollowers]
) -> None:
    story = Roster(an_idea(owner=NOBODY, owner_name="Ejnar", **changes), frame=ROSTER_FRAME)
    gone = story.step(desk.on_pressed, pressed(METTE, f"{on_behalf.YES}:1"), topic=1)
    assert [effect for effect in gone.effects if isinstance(effect, SayFollowers)] == told


def test_when_two_ideas_become_one_followers_of_the_one_hear_of_the_other_and_its_partners_may_follow() -> None:
    own = an_idea(1, public=True, partners=(Partner(KARIM, "Karim", "en", NOW), Partner(JONAS, "Jonas", "da", NOW)))
    other = an_idea(2, owner=JONAS, title="Den anden")
    move = move_of(own, other)
    bridging._end_in(move, own, other)
    assert move.changed[1].stage is Stage.JOINED
    [followers] = [effect for effect in move.effects if isinstance(effect, SayFollowers)]
    assert (followers.key, followers.last) == ("citizen_step.followers.joined", True)
    assert followers.fields == {"n": 1, "title": own.title, "other": 2}
    [karim] = says(KARIM, move.effects)
    assert karim.content == Words("bridge.went_on", "en", {"n": 1, "title": own.title, "other": 2})
    assert [[(one.key, one.data, one.lang) for one in row] for row in karim.buttons] == [
        [("open.button.follow", "follow:2", "en")]
    ]
    assert not says(JONAS, move.effects), "he has the other one"
    assert [effect.silent for effect in move.effects if isinstance(effect, Say) and effect.to.chat == GROUP] == [True]


def test_what_waits_is_told_in_the_language_of_whoever_waits() -> None:
    english = move_of(talk=Talk(lang="en", draft=Draft((BENCH,), topics=SCORES, version=3)))
    belonging.send(english, 3)
    [asked] = says(AASE, english.effects)
    assert isinstance(asked.content, Words)
    assert {asked.content.lang, *(button.lang for row in asked.buttons for button in row)} == {"en"}
