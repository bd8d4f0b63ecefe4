"""A group that gets another number: its cards come again a few at a time, and nobody's newer words wait behind all."""

from datetime import timedelta

from bot.core import dialogue, new_number
from bot.core.effects import MoveChat, Say, SetTimer
from bot.core.events import Event, Fell, Migrated
from bot.core.frame import Frame
from bot.core.initiative import Desk, Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.town import FRAME, GROUP, NOW, PETER, an_idea

NEW = -2002
MANY = 300


def step(event: Event, known: dict[int, Initiative], frame: Frame = FRAME) -> Move:
    move = dialogue.step(World(NOW, frame, Person(1, "x"), Talk(), initiatives=dict(known)), event)
    known.update(move.changed)
    return move


def cards(move: Move) -> list[int]:
    """The numbers of the cards that are put up in the new group."""
    there = [one for one in move.effects if isinstance(one, Say) and one.to.chat == NEW]
    return [one.tag.about for one in there if one.tag is not None and one.tag.role == "card"]


def test_every_open_card_comes_once_and_never_more_than_a_few_in_a_minute() -> None:
    desks = (Desk(GROUP, topic=False), Desk(PETER, topic=False))
    known = {n: an_idea(n, desks=desks) for n in range(1, MANY + 1)}
    event: Event = Migrated(GROUP, NEW, NOW)
    assert dialogue.needs(event, Talk(), None, 0, FRAME).queue
    put_up: list[int] = []
    for minute in range(MANY):
        move = step(event, known)
        assert {one.desks for one in known.values()} == {(Desk(NEW, topic=False), Desk(PETER, topic=False))}
        assert (MoveChat(GROUP, NEW) in move.effects) == (minute == 0)
        came = cards(move)
        assert 0 < len(came) <= new_number.AT_ONCE
        assert came == sorted(came), "the newest stands lowest"
        put_up += reversed(came)
        timers = [one for one in move.effects if isinstance(one, SetTimer) and one.kind == new_number.KIND]
        if not timers:
            break
        (timer,) = timers
        assert timer.due == NOW + timedelta(minutes=1)
        event = Fell(timer.key, timer.kind, timer.about, timer.chat, timer.due, NOW)
        assert dialogue.needs(event, Talk(), None, 0, FRAME).queue
        if minute == 0:
            known[5] = an_idea(5, desks=known[5].desks, stage=Stage.DONE)
            known[MANY + 1] = an_idea(MANY + 1, desks=known[1].desks)
    assert put_up == [n for n in range(MANY, 0, -1) if n != 5], "the newest first; what ended meanwhile needs none"
