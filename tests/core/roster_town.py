"""A town whose agents can be away, out of reach and asked: stories with timers, and a roster that is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core import desk, dialogue
from bot.core.effects import DropTimer, KeepPost, SetTimer
from bot.core.events import Event, Fell, Pressed, Said
from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.people import Person, Talk
from bot.core.roster import staffed
from bot.core.world import Link, Move, World
from tests.core import town
from tests.core.open_list import OpenList, OpenLists
from tests.core.town import NOW, PETER, Story

LONE = 107
STAND_INS = {"mette": "bo", "bo": "lone", "signe": "farid", "farid": "peter", "lone": "peter", "peter": "karen"}
AGENTS = {
    name: replace(agent, stand_in=STAND_INS.get(name))
    for name, agent in {**town.AGENTS, "lone": town.an_agent("lone", "Lone Bach", LONE, "private")}.items()
}
FRAME = replace(town.FRAME, agents=AGENTS)
MUSTER = "muster"


class Roster(Story):
    """A story that keeps timers and what is known of the agents, as the store would."""

    def __init__(self, *initiatives: Initiative, now: datetime = NOW, frame: Frame = FRAME) -> None:
        super().__init__(*initiatives, now=now)
        self.rules = frame
        self.kept: dict[str, dict[str, Any]] = {}
        self.timers: dict[str, SetTimer] = {}

    @property
    def frame(self) -> Frame:
        """The frame as the next step sees it."""
        return staffed(self.rules, self.kept)

    def step(
        self, act: Callable[[Move, Any], None], event: Event, *, topic: int = 0, target: Link | None = None
    ) -> Move:
        """One step, with the roster and the timers that follow from it."""
        chat, user = town._where(event)
        world = World(
            now=self.now,
            frame=self.frame,
            person=Person(user, "x"),
            talk=self.talks.get((chat, user), Talk()),
            initiatives=dict(self.initiatives),
            target=target,
            copies=self._copies(event, target),
            topic=topic,
            public=OpenList(self.initiatives),
            lists=OpenLists(self.initiatives),
        )
        move = Move.of(world)
        act(move, event)
        self.initiatives.update(move.changed)
        self.talks[(chat, user)] = move.talk
        self.effects.extend(move.effects)
        for effect in move.effects:
            if isinstance(effect, KeepPost):
                self.kept[effect.agent] = dict(effect.post)
            elif isinstance(effect, SetTimer):
                self.timers[effect.key] = effect
            elif isinstance(effect, DropTimer):
                self.timers.pop(effect.key, None)
        return move

    def says(self, user: int, text: str, *, chat: int = 0, command: str = "", topic: int = 0) -> Move:
        """An agent types something: in their own chat, or in `chat`."""
        event = town.said(user, text, chat=chat or user, command=command)
        return self.step(desk.on_said, replace(event, at=self.now), topic=topic)

    def presses(self, user: int, data: str, *, chat: int = 0) -> Move:
        """An agent presses a button, in their own chat or in `chat`."""
        return self.step(desk.on_pressed, town.pressed(user, data, chat=chat or user))

    def wakes(self) -> Move:
        """The bot starts: the first muster."""
        return self.falls(SetTimer(MUSTER, MUSTER, self.now))

    def falls(self, timer: SetTimer) -> Move:
        """One timer falls due."""
        self.now = max(self.now, timer.due)
        event = Fell(timer.key, timer.kind, timer.about, timer.chat, timer.due, self.now)
        return self.step(desk.on_fell, event)

    def until(self, moment: datetime) -> list[Move]:
        """Time passes, and what falls due does."""
        moves = []
        while due := sorted((timer.due, key) for key, timer in self.timers.items() if timer.due <= moment):
            moves.append(self.falls(self.timers.pop(due[0][1])))
        self.now = max(self.now, moment)
        return moves


def whole_step(move: Move, event: Event) -> None:
    """The step as the shell takes it, for events that find their own way."""
    made = dialogue.step(move.world, event)
    move.changed, move.effects, move.talk, move.person = made.changed, made.effects, made.talk, made.person


__all__ = ["FRAME", "LONE", "PETER", "Pressed", "Roster", "Said", "whole_step"]
