"""S-03 (e): one agent, two citizens and one private chat; of 500 shuffled messages none goes to the wrong person."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import desk, relay
from bot.core.effects import Answer, Quote, Say
from bot.core.events import Chat, Said, Sender
from bot.core.initiative import Desk, Initiative, Passed, Stage
from bot.core.world import Link, Move
from tests.core.town import AASE, JONAS, NOW, SIGNE, Story, for_signe, pressed, said, says

MESSAGES = 500
OF = {AASE: 1, JONAS: 2}
NAMES = {AASE: "Aase Winther", JONAS: "Jonas Berg"}
A_WHILE = timedelta(minutes=15)


class Talks:
    """Signe's chat, and who of the two she means: the one of her last choice, for a while and while no other speaks."""

    def __init__(self, seed: int) -> None:
        desks = (Desk(SIGNE, topic=False),)
        ideas = [for_signe(n, owner=c, owner_name=NAMES[c], desks=desks, taken=NOW) for c, n in OF.items()]
        self.story = Story(*ideas)
        self.dice = random.Random(seed)
        self.relays: dict[int, Link] = {}
        self.meant: tuple[int, datetime] | None = None
        self.asked: Said | None = None
        self.named: set[str] = set()
        self.heard: dict[int, datetime] = {}
        self.count = {"out": 0, "held": 0}

    def hears(self, citizen: int) -> None:
        """One of the two writes; whoever else was chosen is chosen no longer."""
        words = Said(Chat(citizen, "private"), Sender(citizen, "x"), (self._number(),), self.story.now, text="hej")
        idea = self._idea(citizen)
        move = self.story.step(lambda step, event: relay.to_desk(step, idea, event), words)
        (shown,) = says(SIGNE, move.effects)
        self.relays[citizen] = self.story.deliver(shown)
        self.heard[citizen] = self.story.now
        if self.meant is not None and self.meant[0] != citizen:
            self.meant = None

    def chooses(self, citizen: int) -> None:
        """She presses "Svar Aase"."""
        self.story.step(desk.on_pressed, pressed(SIGNE, f"reply:{OF[citizen]}", chat=SIGNE))
        self.meant, self.asked = (citizen, self.story.now), None

    def swipes(self, citizen: int) -> None:
        if citizen in self.relays:
            words = self._words()
            move = self.story.step(desk.on_said, words, target=self.relays[citizen])
            self._went_to(citizen, words, move)

    def types(self, _: int) -> None:
        """She just writes: to whom she has chosen, and else she is asked."""
        words, now = self._words(), self.story.now
        move = self.story.step(desk.on_said, words)
        if self.meant is not None and now - self.meant[1] <= A_WHILE and not self._ended_since(*self.meant):
            self._went_to(self.meant[0], words, move)
        else:
            self.meant = None
            self._went_to(0, words, move)
            (question,) = says(SIGNE, move.effects)
            named = {button.data.split(":")[1] for row in question.buttons for button in row}
            heard = {citizen for citizen, at in self.heard.items() if now - at < A_WHILE}
            there = {str(n) for citizen, n in OF.items() if citizen in heard or not self._idea(citizen).stage.closed}
            assert named == ({"0", *there} if there else set())
            self.asked, self.named = (words, named) if named else (self.asked, self.named)

    def presses(self, citizen: int) -> None:
        """She names one under the newest question; an older question sends nothing any more."""
        if self.asked is None or str(OF[citizen]) not in self.named:
            return
        old = self.dice.random() < 0.2
        message = self.asked.message_ids[0] - (1 if old else 0)
        move = self.story.step(desk.on_pressed, pressed(SIGNE, f"out:{OF[citizen]}:{message}", chat=SIGNE))
        if old:
            self._went_to(0, self.asked, move)
            assert any(isinstance(one, Answer) and one.alert for one in move.effects)
        else:
            self._went_to(citizen, self.asked, move)

    def closes(self, citizen: int) -> None:
        """One of the two talks ends, and is opened again some time later."""
        idea = self._idea(citizen)
        stage, now = Stage.DEVELOPING if idea.stage.closed else Stage.DONE, self.story.now
        self.story.initiatives[OF[citizen]] = replace(idea, stage=stage, stages=(Passed(stage, now),))

    def waits(self, _: int) -> None:
        self.story.now += timedelta(minutes=self.dice.choice((1, 5, 16, 120)))

    def _words(self) -> Said:
        words = replace(said(SIGNE, "", chat=SIGNE), at=self.story.now)
        return replace(words, text=f"ord{words.message_ids[0]}x")

    def _idea(self, citizen: int) -> Initiative:
        return self.story.initiatives[OF[citizen]]

    def _ended_since(self, citizen: int, chosen: datetime) -> bool:
        idea = self._idea(citizen)
        return idea.stage.closed and idea.stages[-1].at >= chosen

    def _number(self) -> int:
        return said(SIGNE).message_ids[0]

    def _went_to(self, citizen: int, words: Said, move: Move) -> None:
        """The words went to this one and to nobody else; 0 for nobody at all."""
        out = {chat for chat in OF for one in says(chat, move.effects) if words.text in repr(one.content)}
        assert out == ({citizen} if citizen else set()), f"{words.text} went to {out}"
        others = [one for one in move.effects if isinstance(one, Say) and one.to.chat in OF]
        assert len(others) == len(out), "and nothing else went out"
        self.count["out" if out else "held"] += 1
        if citizen:
            (sent,) = [one for one in says(citizen, move.effects) if isinstance(one.content, Quote)]
            assert sent.tag is not None
            assert sent.tag.about == OF[citizen]
            self.meant, self.asked = (citizen, self.story.now), None


@pytest.mark.parametrize("seed", range(2))
def test_five_hundred_shuffled_messages_go_to_whom_they_were_meant_for_or_to_nobody(seed: int) -> None:
    talks = Talks(seed)
    acts = (
        talks.hears,
        talks.chooses,
        talks.swipes,
        talks.types,
        talks.types,
        talks.presses,
        talks.closes,
        talks.waits,
    )
    while sum(talks.count.values()) < MESSAGES:
        talks.story.now += timedelta(seconds=1)
        talks.dice.choice(acts)(talks.dice.choice((AASE, JONAS)))
    assert min(talks.count.values()) > MESSAGES / 10, "both happened often enough to mean something"
