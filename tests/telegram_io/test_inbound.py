"""Updates are fetched, stored, and only then confirmed; whatever happens on the way."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.conversation.storage import StoreUnavailable
from bot.telegram_io.inbound import IntakeError, Poller, listen_by_polling, listen_by_webhook
from bot.telegram_io.line import Line


class Shelf:
    """A store in memory that can be told to fail, and tells when it has something."""

    def __init__(self) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self.fails = 0
        self._more = asyncio.Event()

    async def __call__(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self.kept += updates
        self._more.set()

    async def holds(self, count: int) -> None:
        """Wait until so many updates are kept."""
        async with asyncio.timeout(10):
            while len(self.kept) < count:
                self._more.clear()
                await self._more.wait()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.kept if "message" in update]


@asynccontextmanager
async def polling(line: Line, shelf: Shelf) -> AsyncIterator[asyncio.Event]:
    """A poller that runs as long as the block lasts."""
    stop = asyncio.Event()
    running = asyncio.create_task(Poller(line, shelf).run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(2):
            await running


async def test_what_people_write_is_stored_in_order_and_confirmed_after_that(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    shelf = Shelf()
    async with polling(line, shelf):
        for n in range(5):
            await hand.do("send", person=aase, chat=aase, text=f"a{n}")
        await shelf.holds(6)
    assert shelf.texts == ["/start", "a0", "a1", "a2", "a3", "a4"]
    assert "username" not in shelf.kept[0]["message"]["from"]


async def test_what_could_not_be_stored_comes_again(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    await hand.do("send", person=aase, chat=aase, text="vigtigt")
    shelf = Shelf()
    shelf.fails = 1
    with pytest.raises(OSError, match="the disk is full"):
        await Poller(line, shelf).run(asyncio.Event())
    async with polling(line, shelf):
        await shelf.holds(2)
    assert shelf.texts == ["/start", "vigtigt"]


async def test_while_nothing_can_be_stored_what_is_written_meanwhile_is_seen_too(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    seen: list[str] = []
    told, full = asyncio.Event(), True

    async def store(updates: Sequence[Mapping[str, Any]]) -> None:
        seen.extend(update["message"]["text"] for update in updates)
        if full:
            told.set()
            raise StoreUnavailable("the disk is full")
        kept.extend(update["message"]["text"] for update in updates)
        told.set()

    kept: list[str] = []
    stop = asyncio.Event()
    running = asyncio.create_task(Poller(line, store).run(stop))
    async with asyncio.timeout(10):
        await told.wait()
        await hand.do("send", person=aase, chat=aase, text="der er brand")
        while "der er brand" not in seen:
            told.clear()
            await told.wait()
        full = False
        while not kept:
            told.clear()
            await told.wait()
        stop.set()
        await running
    assert kept == ["/start", "der er brand"]


async def test_telegram_is_silent_only_to_one_that_asks(line: Line) -> None:
    stop, poller = asyncio.Event(), Poller(line, Shelf())
    assert poller.reached is None
    running = asyncio.create_task(poller.run(stop))
    await asyncio.sleep(0)
    began = poller.reached
    assert began is not None, "silence counts from the first question on, though no answer ever comes"
    stop.set()
    await running
    assert poller.reached is None, "another process may ask from now on"


async def test_a_stop_does_not_wait_for_telegram(line: Line) -> None:
    shelf = Shelf()
    stop = asyncio.Event()
    poller = Poller(line, shelf)
    running = asyncio.create_task(poller.run(stop))
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, stop.set)
    start = loop.time()
    await asyncio.wait_for(running, 5)
    assert loop.time() - start < 0.5


@pytest.mark.parametrize("kind", ["500", "cut", "429", "cut_after"])
async def test_a_fault_on_the_way_loses_nothing(hand: Any, line: Line, kind: str) -> None:
    aase = await hand.citizen()
    await hand.do("faults", method="getUpdates", kind=kind, retry_after=1)
    shelf = Shelf()
    async with polling(line, shelf):
        await shelf.holds(1)
        await hand.do("send", person=aase, chat=aase, text="efter")
        await shelf.holds(2)
    assert shelf.texts[-1] == "efter"


async def test_a_thousand_waiting_updates_come_in_batches_in_order(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    for n in range(250):
        await hand.do("send", person=aase, chat=aase, text=f"a{n}")
    shelf = Shelf()
    async with polling(line, shelf):
        await shelf.holds(251)
    assert shelf.texts[1:] == [f"a{n}" for n in range(250)]


async def test_a_wrong_token_is_one_clear_line(hand: Any) -> None:
    async with Line("43:WRONG", hand.url) as line:
        with pytest.raises(IntakeError, match="Telegram kender ikke SKAB_BOT_TOKEN"):
            await Poller(line, Shelf()).run(asyncio.Event())


async def test_a_webhook_that_is_set_is_told_and_can_be_taken_off(hand: Any, line: Line) -> None:
    await listen_by_webhook(line, f"{hand.url}/nobody", "s" * 32)
    with pytest.raises(IntakeError, match="webhook"):
        await Poller(line, Shelf()).run(asyncio.Event())
    await listen_by_polling(line)
    await hand.citizen()
    shelf = Shelf()
    async with polling(line, shelf):
        await shelf.holds(1)


async def test_another_poller_with_the_same_token_is_told_in_the_end(unused_tcp_port: int) -> None:
    asked = 0

    async def conflict(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        body = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
        return web.json_response(body, status=409)

    async with server(conflict, unused_tcp_port) as url, Line("42:TEST", url) as line:
        with pytest.raises(IntakeError, match="En anden udgave af botten"):
            await Poller(line, Shelf()).run(asyncio.Event())
    assert asked == 4


async def test_numbers_that_start_anew_after_a_silent_week_are_not_thrown_away(unused_tcp_port: int) -> None:
    offsets: list[str | None] = []
    answers = [[{"update_id": 900, "message": {"text": "før"}}], [], [{"update_id": 7, "message": {"text": "efter"}}]]

    async def telegram(request: web.Request) -> web.Response:
        offsets.append((await request.post()).get("offset"))  # type: ignore[arg-type]
        if len(offsets) > len(answers):
            await asyncio.Event().wait()
        return web.json_response({"ok": True, "result": answers[len(offsets) - 1]})

    shelf = Shelf()
    async with server(telegram, unused_tcp_port) as url, Line("42:TEST", url) as line, polling(line, shelf):
        await shelf.holds(2)
    assert shelf.texts == ["før", "efter"]
    assert offsets[:3] == [None, "901", None]


@asynccontextmanager
async def server(answer: Any, port: int) -> AsyncIterator[str]:
    """A server that gives every call the same kind of answer."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
