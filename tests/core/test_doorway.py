"""What meets a citizen who asks, errs or says a plain word: always an answer, and never a made-up idea."""

from dataclasses import replace

import pytest

from bot.core import dialogue
from bot.core.effects import Parts, Quote, Say, Words
from bot.core.events import Chat, Media, Pressed, Said, Sender
from bot.core.frame import Signpost
from bot.core.match import Kind, Match
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Move, Told, World
from tests.core.open_list import OpenList
from tests.core.town import AASE, FRAME, GROUP, NOW, an_idea

COMPLAINTS = Signpost("klage", {"da": "Borgerrådgivningen"}, "39 98 00 00", {"da": "Ring, så får du svar"})
TOWN = replace(FRAME, signposts={"klage": COMPLAINTS})
DRAFT = Draft(words=(Utterance("flere bænke på torvet", 11, NOW),), open="hvem", asked=("hvem",))
ANSWER = Told("En sparringsagent er en medarbejder.", "Anbefaling til principper og veje, afsnit 2")


def say(
    text: str,
    *,
    kind: Kind = "idea",
    signpost: str = "",
    intent: str = "",
    talk: Talk | None = None,
    answer: tuple[str, str] | None = None,
    mine: bool = False,
    public: bool = False,
    photo: bool = False,
) -> Move:
    """Aase writes in her own chat."""
    idea = an_idea(public=public)
    world = World(
        now=NOW,
        frame=TOWN,
        person=Person(AASE, "Aase", noticed=True),
        talk=talk or Talk(lang="da"),
        match=Match(kind=kind, topics=(), sure=False, agent="peter", lang="da", rules_hash="r", signpost=signpost),
        intent=intent,
        initiatives={1: idea} if mine else {1: replace(idea, owner=1)} if public else {},
        answer=answer,
        public=OpenList({1: idea} if public else {}),
    )
    media = (Media("photo", "f", 12),) if photo else ()
    return dialogue.step(world, Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (12,), NOW, text, media=media))


def keys(move: Move) -> list[str]:
    """The keys of all that Aase is told, in order."""
    said = [effect.content for effect in move.effects if isinstance(effect, Say) and effect.to.chat == AASE]
    parts = [part for content in said for part in (content.parts if isinstance(content, Parts) else (content,))]
    return [part.key if isinstance(part, Words) else part.text for part in parts if isinstance(part, Words | Quote)]


def test_a_complaint_is_shown_the_way() -> None:
    assert keys(say("jeg vil klage", kind="complaint", signpost="klage")) == ["citizen.signpost"]


def test_an_errand_without_a_signpost_is_not_met_with_silence() -> None:
    assert keys(say("mit pas er væk", kind="personal_case", signpost="nowhere")) == ["citizen.puzzled"]


@pytest.mark.parametrize("kind", ["question", "complaint", "personal_case", "noise", "smalltalk"])
def test_words_under_a_picture_are_an_idea_whatever_they_sound_like(kind: Kind) -> None:
    draft = say("hvorfor ligger cyklerne her?", kind=kind, photo=True).talk.draft
    assert draft is not None
    assert draft.kind == "idea"


def test_a_complaint_with_a_picture_is_shown_the_way_and_kept_as_an_idea() -> None:
    move = say("jeg vil klage", kind="complaint", signpost="klage", photo=True)
    assert keys(move)[0] == "citizen.signpost"
    assert move.talk.draft is not None


@pytest.mark.parametrize("kind", ["question", "smalltalk"])
def test_a_question_in_the_middle_of_a_draft_is_answered_and_the_draft_stands(kind: Kind) -> None:
    move = say("hvad er en sparringsagent?", kind=kind, talk=Talk(lang="da", draft=DRAFT), answer=ANSWER)
    assert keys(move) == [ANSWER.text, "citizen.source"]
    assert move.talk.draft == DRAFT


def test_a_question_with_an_open_initiative_is_answered_and_not_carried_to_the_agent() -> None:
    move = say("hvad er en sparringsagent?", kind="question", answer=ANSWER, mine=True)
    assert keys(move) == [ANSWER.text, "citizen.source"]
    assert {effect.to.chat for effect in move.effects if isinstance(effect, Say)} == {AASE}


def test_words_that_only_resemble_a_question_stay_in_the_draft() -> None:
    move = say("hvem ved det?", kind="idea", talk=Talk(lang="da", draft=DRAFT), answer=ANSWER)
    assert move.talk.draft is not None
    assert [words.text for words in move.talk.draft.words] == ["flere bænke på torvet", "hvem ved det?"]


@pytest.mark.parametrize("intent", ["yes", "no", "send", "skip", "summary", "undo_drop", "edit"])
def test_a_plain_word_with_nothing_to_apply_to_makes_no_idea(intent: str) -> None:
    move = say("ja", intent=intent)
    assert keys(move) == ["citizen.status.none"]
    assert move.talk.draft is None


@pytest.mark.parametrize("intent", ["stop", "drop"])
def test_stop_in_an_open_initiative_asks_what_is_meant_and_changes_nothing(intent: str) -> None:
    move = say("stop", intent=intent, mine=True)
    assert keys(move) == ["citizen.regret"]
    assert move.changed == {}


def test_following_by_a_plain_word_needs_only_the_number() -> None:
    assert keys(say("følg nr. 1", intent="follow", public=True)) == ["citizen.following"]
    assert keys(say("følg nr. 7", intent="follow", public=True)) == ["citizen.follow_none"]
    assert keys(say("følg", intent="follow"))[0].startswith("citizen.public")


@pytest.mark.parametrize(("intent", "told"), [("status", 1), ("yes", 0), ("", 0)])
def test_in_a_family_group_only_a_plain_request_is_answered(intent: str, told: int) -> None:
    family = -77
    world = World(now=NOW, frame=TOWN, person=Person(AASE, "Aase"), talk=Talk(), intent=intent)
    assert family != GROUP
    move = dialogue.step(world, Said(Chat(family, "group"), Sender(AASE, "Aase"), (1,), NOW, "ja"))
    assert len(move.effects) == told


@pytest.mark.parametrize("kind", ["complaint", "question", "idea"])
@pytest.mark.parametrize("mine", [False, True])
def test_after_a_signpost_that_was_wrong_what_comes_next_is_an_idea_whatever_it_sounds_like(
    kind: Kind, mine: bool
) -> None:
    press = Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 12, "c", "wrong_door:0", NOW)
    meant = dialogue.step(say("det er for dårligt", kind="complaint", signpost="klage").world, press).talk
    told = say(
        "flere bænke på torvet", kind=kind, signpost="klage" if kind == "complaint" else "", talk=meant, mine=mine
    )
    assert told.talk.draft is not None
    assert told.talk.asking is None
    assert "citizen.signpost" not in keys(told)
