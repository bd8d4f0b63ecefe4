"""A made-up payload of any button, and a made-up deep link, changes nothing and tells nothing, whoever sends it."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

from bot.core import absent, accounting, dialogue, invite, rulebook, templates
from bot.core.desk import DESK_VERBS
from bot.core.effects import (
    Answer,
    Effect,
    OwnFile,
    Parts,
    Quote,
    RulesErrand,
    Say,
    SendList,
    Suspect,
    TellHumans,
    Words,
)
from bot.core.events import Chat, Pressed, Said, Sender
from bot.core.initiative import Initiative, Stage
from bot.core.people import Asking, Draft, Form, Person, Talk, Utterance
from bot.core.presses import OWN
from bot.core.world import Link, Move, World
from tests.core.town import AASE, BO, FRAME, GROUP, JONAS, NOW, an_idea, for_signe

CORE = Path(dialogue.__file__).parent
STRANGER = 666
TITLE, NAME, WORDS = "Cykler ved Ordrup Station", "Aase Winther", "cyklerne ligger og flyder"
IDEA = an_idea()
ENDED = replace(IDEA, stage=Stage.DONE)
OF_NAMED = {absent.TOLD, templates.VERB, accounting.VERB}
"""Verbs that the code writes with a name of their own."""
DETAILS = ("", "1", "12", "mette", "step", "done", "ok", "0", "-1", "x" * 40, "1:2:3", "natur")
SILENT = (Answer, Suspect, TellHumans, SendList)
"""What may follow from anybody's press; the list holds what everybody may see and nothing else."""


def verbs() -> set[str]:
    """The verb of every button that the core makes, read from its calls of `Button(key, data)` and `.button(...)`."""
    found = {*DESK_VERBS, *OWN, *rulebook.VERBS, *OF_NAMED}
    written = [path.read_text(encoding="utf-8") for path in CORE.glob("*.py")]
    for text in (text for text in written if "utton(" in text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and _makes_a_button(node) and len(node.args) > 1:
                found |= set(_verb(node.args[1]))
    for path in CORE.glob("*.py"):
        module = import_module(f"bot.core.{path.stem}")
        found |= {*getattr(module, "VERBS", ()), getattr(module, "VERB", "take"), getattr(module, "VERB_ALL", "take")}
    return found


def _makes_a_button(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") == "Button" or getattr(call.func, "attr", "") == "button"


def _verb(data: ast.expr) -> Iterator[str]:
    first = data.values[0] if isinstance(data, ast.JoinedStr) else data
    if isinstance(first, ast.Constant) and ":" in str(first.value):
        yield str(first.value).partition(":")[0]


VERBS = sorted(verbs())
WHO = {
    "a stranger in private": (Sender(STRANGER, "Nanna"), Chat(STRANGER, "private")),
    "a stranger in the staff group": (Sender(STRANGER, "Nanna"), Chat(GROUP, "group", 77)),
    "an anonymous admin": (Sender(1087968824, "Group", anonymous=True), Chat(GROUP, "group", 77)),
    "another citizen": (Sender(JONAS, "Jonas"), Chat(JONAS, "private")),
    "somebody in a family group": (Sender(STRANGER, "Nanna"), Chat(-5, "group")),
}


def world(sender: Sender, chat: Chat, idea: Initiative, target: Link | None, talk: Talk | None = None) -> World:
    return World(
        now=NOW, frame=FRAME, person=Person(sender.id, sender.name, noticed=True), talk=talk or Talk(lang="da"),
        initiatives={1: idea, 2: for_signe(owner=AASE)}, target=target, next_number=3,
        topic=1 if chat.id == GROUP else 0,
    )  # fmt: skip


def targets(chat: Chat) -> list[Link | None]:
    """The messages beneath which a press may claim to stand."""
    roles = ("card", "prompt", "sent", "relay", "step", "receipt", "preview")
    return [None, *(Link(chat.id, 9, role, 1, AASE, 5, 101, "", NOW) for role in roles)]


def harmless(move: Move, chat: Chat, act: Pressed | Said) -> None:
    """Nothing changed, nothing went to anybody else, and nothing that is said holds anything of the idea."""
    assert move.changed == {}, act
    assert move.posts == {}, act
    for effect in move.effects:
        if isinstance(effect, RulesErrand):
            assert effect.kind == "barred", act
        elif isinstance(effect, Say):
            assert effect.to.chat == chat.id, (effect, act)
            told = said(effect)
            assert TITLE not in told, told
            assert NAME not in told, told
            assert WORDS not in told, told
        elif isinstance(effect, OwnFile):
            assert effect.person == chat.id, "everybody may have what is their own"
        else:
            assert isinstance(effect, SILENT), (effect, act)


def said(effect: Say) -> str:
    return repr([effect.content, effect.buttons]) if isinstance(effect.content, Words | Quote | Parts) else ""


def own(effects: list[Effect], verb: str) -> list[Effect]:
    """What is left of the effects without those by which somebody changes only what is their own."""
    allowed = {"Note", "SetTimer", "DropTimer"} if verb.startswith(("d_", "call_me")) else set()
    allowed |= {"Note", "OwnFile", "SetTimer"} if verb.startswith("own_") else set()
    allowed |= {"Strip"} if verb.startswith("calm") else set()
    return [effect for effect in effects if type(effect).__name__ not in allowed]


@pytest.mark.parametrize("who", WHO)
def test_a_forged_press_changes_nothing_and_tells_nothing(who: str) -> None:
    sender, chat = WHO[who]
    claims = [*((detail, None) for detail in DETAILS), *(("1", target) for target in targets(chat))]
    for verb, idea, (detail, target) in product(VERBS, (IDEA, ENDED), claims):
        press = Pressed(chat, sender, 9, "cb", f"{verb}:1:{detail}" if detail else f"{verb}:1", NOW)
        move = dialogue.step(world(sender, chat, idea, target), press)
        move.effects = own(move.effects, verb)
        harmless(move, chat, press)
        assert sum(isinstance(effect, Answer) for effect in move.effects) == 1, f"{press} is answered, once"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.startswith(("i_", "on_", "show_", "meet", "title_"))])
def test_an_agent_cannot_press_what_is_the_citizens(verb: str) -> None:
    bo = Sender(BO, "Bo")
    for chat in (Chat(BO, "private"), Chat(GROUP, "group", 77)):
        for detail in DETAILS:
            move = dialogue.step(world(bo, chat, IDEA, None), Pressed(chat, bo, 9, "cb", f"{verb}:1:{detail}", NOW))
            assert move.changed == {}, verb
            assert not [effect for effect in move.effects if isinstance(effect, Say) and effect.to.chat == AASE]


NONSENSE = [
    "", ":", "::", "take", "take:", "take:one", "take:-1", "take:1e3", "take:٣", "nøgle:1", "take:9999999999999",
    "\ud83d:1", "d_send:\u0661", "i_status:1\n2", "x" * 64,
]  # fmt: skip


@pytest.mark.parametrize("data", NONSENSE)
@pytest.mark.parametrize("who", WHO)
def test_a_payload_that_is_none_is_answered_and_does_nothing(data: str, who: str) -> None:
    sender, chat = WHO[who]
    press = Pressed(chat, sender, 9, "cb", data, NOW)
    move = dialogue.step(world(sender, chat, IDEA, None), press)
    harmless(move, chat, press)
    assert sum(isinstance(effect, Answer) for effect in move.effects) == 1


WAITING = {
    "in the middle of an idea": Talk(lang="da", draft=Draft(words=(Utterance("mine egne ord", 3, NOW),), version=2)),
    "with words that wait": Talk(lang="da", asking=Asking("which", text="mine egne ord", message_ids=(3,))),
    "with an edit that waits": Talk(lang="da", asking=Asking("edit", about=1)),
    "with a number that waits": Talk(lang="da", asking=Asking("call")),
    "with words to a fellow citizen that wait": Talk(lang="da", asking=Asking("between", about=1, text="1")),
    "with a form of an agent": Talk(lang="da", form=Form("step", 1, (("what", "x"),))),
    "with a focus on another's": Talk(lang="da", focus=1, carried=5),
}


@pytest.mark.parametrize("state", WAITING)
def test_whatever_a_stranger_is_in_the_middle_of_anothers_idea_is_not_touched(state: str) -> None:
    sender, chat = WHO["a stranger in private"]
    for verb, detail in product(VERBS, DETAILS):
        press = Pressed(chat, sender, 9, "cb", f"{verb}:1:{detail}", NOW)
        move = dialogue.step(world(sender, chat, IDEA, None, WAITING[state]), press)
        assert all(number not in (1, 2) for number in move.changed), f"an idea of their own may come of {press}"
        for effect in move.effects:
            if isinstance(effect, Say) and effect.to.chat == chat.id:
                assert TITLE not in said(effect), press


LINKS = [
    "follow_1", "follow_2", "follow_99999", "follow_-1", "follow_1;2", "min_1", "min_1_", "min_1_gæt", "min_1_00000000",
    "min_2_x", invite.PAYLOAD, f"{invite.PAYLOAD}mette", f"{invite.PAYLOAD}mette_x", "tal", "1", "../../etc", "a" * 64,
]  # fmt: skip


@pytest.mark.parametrize("payload", LINKS)
def test_a_forged_deep_link_changes_nothing_and_tells_nothing(payload: str) -> None:
    sender, chat = WHO["a stranger in private"]
    start = Said(chat, sender, (1,), NOW, text=payload, command="start")
    move = dialogue.step(world(sender, chat, IDEA, None), start)
    harmless(move, chat, start)


INTENTS = ["status", "edit", "withdraw", "regret", "delete_last", "send", "yes", "why", "drop"]


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("intent", INTENTS)
def test_plain_words_of_a_stranger_touch_no_idea_of_anothers(intent: str, state: str) -> None:
    sender, chat = WHO["a stranger in private"]
    talk = WAITING[state]
    said_it = Said(chat, sender, (7,), NOW, text="nr. 1", command="")
    move = dialogue.step(replace(world(sender, chat, IDEA, None, talk), intent=intent), said_it)
    assert all(number not in (1, 2) for number in move.changed)
    for effect in move.effects:
        if isinstance(effect, Say) and effect.to.chat == chat.id:
            assert TITLE not in said(effect)


def test_the_table_holds_the_verb_of_every_button() -> None:
    assert len(VERBS) > 60
    assert {"take", "i_withdraw", "d_send", "r_use", "pass_yes", "i_erase", "form_ok"} <= set(VERBS)
    assert {"bar_yes", "bar_lift", "a_write", "a_stop", "a_erase", "p_use", "calm", "cal"} <= set(VERBS)
