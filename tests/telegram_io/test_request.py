"""The HTTP client: files go up, odd answers are told without an address or a person's words."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import NetworkError, TelegramError

from bot.conversation.ports import Call, Rejected, Retry
from bot.telegram_io.line import Line
from bot.telegram_io.outbound import Outbound


@asynccontextmanager
async def answering(status: int, body: str) -> AsyncIterator[str]:
    """A server that answers everything alike."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_a_file_goes_up_as_a_part_of_the_form(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    file = InputFile(b"ord", filename="svar.txt")
    sent = await line.ask("sendDocument", {"chat_id": aase, "document": file, "caption": "her er det"})
    assert (sent["document"]["file_name"], sent["caption"]) == ("svar.txt", "her er det")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, "<html>", Retry),
        (200, "[]", Retry),
        (502, "<html>Bad Gateway", Retry),
        (503, "", Retry),
        (429, "", Retry),
        (413, "", Rejected),
        (400, "<html>", Rejected),
    ],
)
async def test_odd_answers_of_what_stands_between_are_understood(status: int, body: str, kind: type) -> None:
    async with answering(status, body) as url, Line("42:TEST", url) as line:
        outcome = await Outbound(line)(Call("sendMessage", "1", {"chat_id": 1, "text": "hej"}))
    assert isinstance(outcome, kind)


async def test_nothing_is_logged_of_an_address_or_a_body(caplog: pytest.LogCaptureFixture) -> None:
    async with answering(200, "Aases ord") as url, Line("42:TEST", url) as line:
        # The library itself tells the address while a Bot is made, at this level; bot/logbook.py keeps it quiet.
        with caplog.at_level(logging.INFO), pytest.raises(TelegramError) as told:
            await line.ask("getMe")
    assert "42:TEST" not in caplog.text + str(told.value)
    assert "Aases ord" not in caplog.text + str(told.value)


async def test_a_closed_line_says_so() -> None:
    with pytest.raises(NetworkError, match="not open"):
        await Line("42:TEST", "http://127.0.0.1:9").ask("getMe")


def test_a_line_does_not_show_its_token() -> None:
    assert repr(Line("42:TEST")) == "Line(bot 42)"
