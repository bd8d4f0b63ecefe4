"""A citizen who writes and sends one idea in the real dialogue, under real rules, without a process."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import dialogue
from bot.core.effects import Content, Parts, Quote, Say
from bot.core.events import Chat, Event, Pressed, Said, Sender
from bot.core.initiative import Initiative
from bot.core.match import Match
from bot.core.people import Person, Talk
from bot.core.world import Link, Move, World
from bot.routing.live import Accepted
from bot.texts.understanding import understand
from tests.book import BOOK

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 12, 22, 9, 30, tzinfo=ZONE)
AASE = Sender(900, "Aase")
CHAT = Chat(900, "private")


def told(move: Move, chat: int) -> list[str]:
    """The plain text of every message to a chat."""
    return [spoken(effect.content) for effect in move.effects if isinstance(effect, Say) and effect.to.chat == chat]


def spoken(content: Content) -> str:
    """A message's content as it is read."""
    if isinstance(content, Parts):
        return "\n".join(spoken(part) for part in content.parts)
    if isinstance(content, Quote):
        return "\n".join(filter(None, (BOOK.speak(content.heading).plain if content.heading else "", content.text)))
    return BOOK.speak(content).plain


class Citizen:
    """Somebody who writes one sentence and sends it as it stands, in the real dialogue."""

    def __init__(self, rules: Accepted) -> None:
        self.rules = rules
        self.talk = Talk()
        self.sent: Initiative | None = None
        self.asked_topics: list[str] = []
        self.cards: list[str] = []
        """What staff see of it, as it is put up."""

    def write(self, sentence: str) -> None:
        self._step(Said(CHAT, AASE, (1,), NOW, text=sentence), sentence)

    def send(self) -> None:
        """Press on as long as a button leads nearer to a sent idea; asked for a topic, say that one doesn't know."""
        draft = self.talk.draft
        if draft is None:
            return
        if draft.kind == "offer":
            self._press("of_idea:0:d")
        elif not draft.version:
            self._press(f"d_skip:{draft.version}")
        version = self.talk.draft.version if self.talk.draft else 0
        move = self._press(f"d_send:{version}")
        said = [effect.buttons for effect in move.effects if hasattr(effect, "buttons")]
        self.asked_topics = [row[0].data.split(":")[2] for rows in said for row in rows if "d_topic" in row[0].data]

    def choose(self, topic: str) -> None:
        assert self.talk.draft is not None
        self._press(f"d_topic:{self.talk.draft.version}:{topic}")

    def asks(
        self, word: str, *, command: bool = False, target: Link | None = None, at_desk: int = CHAT.id
    ) -> list[str]:
        """What the bot says to a plain word or a command, to the citizen or at a desk; nothing of it is an idea."""
        said = Said(CHAT, AASE, (9,), NOW, text="" if command else word, command=word if command else "")
        move = self._step(said, "" if command else word, intent=understand(word), target=target)
        return told(move, at_desk)

    def _press(self, data: str) -> Move:
        return self._step(Pressed(CHAT, AASE, 2, "cb", data, NOW))

    def _step(self, event: Event, words: str = "", **more: Any) -> Move:
        def route(text: str) -> Match:
            return self.rules.router.match(text, today=NOW.date())

        match = route(words) if words else None
        ideas = {self.sent.number: self.sent} if self.sent else {}
        world = World(
            NOW, self.rules.frame, Person(900, "Aase", noticed=True), self.talk,
            match=match, route=route, places=self.rules.router.places, initiatives=ideas, **more,
        )  # fmt: skip
        move = dialogue.step(world, event)
        self.talk = move.talk
        said = [effect for effect in move.effects if isinstance(effect, Say) and effect.tag]
        self.cards += [spoken(one.content) for one in said if one.tag and one.tag.role == "card"]
        self.sent = next(iter(move.changed.values()), self.sent)
        return move
