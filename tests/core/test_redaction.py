"""A copy that could not be taken away is told where it stands; one that is gone is not told of."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core import redaction
from bot.core.effects import Say, Tag, To, Words
from bot.core.events import Delivery
from bot.core.people import Person, Talk
from bot.core.world import Link, Move, World
from tests.core.town import AASE, FRAME, GROUP, NOW, an_idea, delivery

LEFT = Say(To(GROUP, topic_of=1), Words("desk.redact.left", "da", {"n": 1}))


def told(kind: str, **outcome: Any) -> list[Any]:
    arrived: Delivery = replace(delivery(Tag(redaction.ROLE, 1, GROUP, 55), **outcome), chat=GROUP)
    copy = Link(GROUP, 9, "relay", 1, AASE, 55, AASE, "", NOW, kind)
    world = World(NOW, FRAME, Person(AASE, "x"), Talk(), initiatives={1: an_idea()}, copies=(copy,))
    move = Move.of(world)
    redaction.on_delivery(move, arrived)
    return move.effects


@pytest.mark.parametrize("kind", ["", "photo", "sticker"])
def test_what_is_gone_is_not_told_of(kind: str) -> None:
    assert told(kind) == []


@pytest.mark.parametrize(("kind", "effects"), [("", []), ("photo", [LEFT]), ("voice", [LEFT])])
def test_words_that_were_written_over_are_gone_but_a_picture_above_them_is_not(kind: str, effects: list[Any]) -> None:
    assert told(kind, reason="overwritten") == effects


@pytest.mark.parametrize("kind", ["", "photo", "place"])
def test_what_could_not_be_deleted_is_told_where_it_stands(kind: str) -> None:
    assert told(kind, outcome="rejected", reason="message can't be deleted") == [LEFT]
