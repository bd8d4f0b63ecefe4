"""What only one process may do is done while it leads, as often as it leads, and ends with that."""

import asyncio

import pytest

from bot.leading import while_leading
from bot.store.lead import Lead
from tests.conversation.house import until


class Work:
    """Counts how often it was begun, and how often it has ended."""

    def __init__(self) -> None:
        self.begun, self.ended = 0, 0

    async def __call__(self, end: asyncio.Event) -> None:
        self.begun += 1
        await end.wait()
        self.ended += 1


async def test_it_begins_with_the_lead_and_ends_with_it_each_time() -> None:
    lead, work, stop = Lead(), Work(), asyncio.Event()
    leading = asyncio.create_task(while_leading(lead, work, stop))
    assert work.begun == 0
    for turn in (1, 2):
        lead.turn(True)
        await until(lambda turn=turn: work.begun == turn)
        lead.turn(False)
        await until(lambda turn=turn: work.ended == turn)
    lead.turn(True)
    await until(lambda: work.begun == 3)
    stop.set()
    await leading
    assert work.ended == 3


async def test_who_never_leads_ends_all_the_same() -> None:
    work, stop = Work(), asyncio.Event()
    leading = asyncio.create_task(while_leading(Lead(), work, stop))
    stop.set()
    await leading
    assert work.begun == 0


async def test_what_the_work_raises_comes_out() -> None:
    async def fails(_end: asyncio.Event) -> None:
        raise RuntimeError("the token is refused")

    with pytest.raises(RuntimeError, match="the token is refused"):
        await while_leading(Lead(held=True), fails, asyncio.Event())
