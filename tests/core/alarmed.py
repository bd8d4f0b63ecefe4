"""Aase's chat with the bot, where some words only sound like danger: what she does and what she is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core import dialogue, false_alarm
from bot.core.effects import Effect, Note, Parts, Quote, Say, SendMedia, Words
from bot.core.events import Chat, Edited, Event, Fell, Pressed, Said, Sender
from bot.core.frame import EmergencyLine
from bot.core.initiative import Stage
from bot.core.match import Kind, Match
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Known, Link, Move, Told, World
from bot.texts.understanding import understand
from tests.core.town import AASE, FRAME, NOW, an_idea

TOWN = replace(FRAME, emergency_lines={"112": EmergencyLine("112", "112", {"da": "Ring 112 nu. Jeg kan ikke ringe."})})
DRAFT = Draft(words=(Utterance("flere bænke på torvet", 11, NOW),), open="hvem", asked=("hvem",))
IN_DRAFT = Talk(lang="da", draft=DRAFT)
IN_TALK = Talk(lang="da", focus=1)
IDEA = an_idea(stage=Stage.WITH_AGENT, answered=NOW, taken=NOW)
MISREAD = "min nabo falder om af træthed"
OTHERWISE = "naboen er så træt af at gå"
PAGE = Told("En sparringsagent er en medarbejder.", "Anbefaling, afsnit 2")


def calm(kind: Kind = "idea") -> Match:
    return Match(kind=kind, topics=(), sure=False, agent="peter", lang="da", rules_hash="r")


def alarming(kind: Kind = "idea", *, certain: bool = False) -> Match:
    """What routing makes of words that sound like danger and are of that kind."""
    return replace(calm(kind), kind="emergency", emergency="112", certain=certain, calm=calm(kind))


def sounds(text: str) -> Match:
    """Routing in this town: "falder om" sounds like danger, "brand" is danger."""
    return alarming(certain="brand" in text) if "falder om" in text or "brand" in text else calm()


class Aase:
    """Aase's chat: what she does, and what the bot answers; the talk and her ideas are kept from step to step."""

    def __init__(self, talk: Talk, *ideas: Any, kind: Kind = "idea", answer: Told | None = None) -> None:
        self.talk = talk
        self.ideas = {idea.number: idea for idea in ideas}
        self.now = NOW
        self.kind: Kind = kind
        self.answer = answer
        self.number = 20
        self.target: Link | None = None

    def step(self, event: Event, match: Match | None = None, **world: Any) -> Move:
        self.now += timedelta(minutes=1)
        state = World(
            now=self.now, frame=TOWN, person=Person(AASE, "Aase", noticed=True), talk=self.talk, match=match,
            initiatives=self.ideas, next_number=7, route=sounds,
            recall=self.knows, **world,
        )  # fmt: skip
        move = dialogue.step(state, event)
        self.talk = move.talk
        self.ideas |= move.changed
        return move

    def knows(self, said: Said) -> Known:
        return Known(alarming(self.kind), self.answer, self.target if said.reply_to else None)

    def writes(self, text: str, match: Match | None = None, **more: Any) -> Move:
        self.number += 1
        ids = more.pop("ids", (self.number,))
        intent = understand(text)
        said = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), ids, self.now + timedelta(minutes=1), text, **more)
        return self.step(said, match or sounds(text), intent=intent)

    def is_misread(self, text: str = MISREAD, **more: Any) -> Move:
        return self.writes(text, alarming(self.kind), **more)

    def presses(self, data: str) -> Move:
        return self.step(Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 90, "cb", data, self.now))

    def edits(self, message: int, text: str, **world: Any) -> Move:
        event = Edited(Chat(AASE, "private"), Sender(AASE, "Aase"), message, self.now, text)
        return self.step(event, sounds(text), **world)

    def waits(self, hours: float) -> Move:
        timer = f"{false_alarm.KIND}:{AASE}"
        self.now += timedelta(hours=hours)
        return self.step(Fell(timer, false_alarm.KIND, 0, AASE, self.now, self.now))

    def words(self) -> list[str]:
        return [said.text for said in self.talk.draft.standing] if self.talk.draft is not None else []


def says(move: Move, chat: int = AASE) -> list[Say]:
    return [effect for effect in move.effects if isinstance(effect, Say) and effect.to.chat == chat]


def told(move: Move, chat: int = AASE) -> list[str]:
    parts = [
        part for say in says(move, chat)
        for part in (say.content.parts if isinstance(say.content, Parts) else (say.content,))
    ]  # fmt: skip
    return [part.key if isinstance(part, Words) else part.text for part in parts if isinstance(part, Words | Quote)]


def buttons(move: Move) -> list[str]:
    return [button.data for say in says(move) for row in say.buttons for button in row]


def carried(effects: list[Effect]) -> list[Effect]:
    """What brings a citizen's words to the desk."""
    found = [e for e in effects if isinstance(e, Say | SendMedia) and e.tag is not None and e.tag.role == "relay"]
    return [*found, *(e for e in effects if isinstance(e, Note) and e.kind == "citizen_said")]
