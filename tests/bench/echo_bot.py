"""The shell over the real line to Telegram, with a step that says back what was said: for order and for bare speed.

`python -m tests.bench.echo_bot API_URL TOKEN DATABASE`
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.conversation.pace import UNLIMITED
from bot.conversation.rooms import Rooms
from bot.conversation.shell import Shell
from bot.store.database import Database
from bot.telegram_io.inbound import Poller
from bot.telegram_io.line import Line
from bot.telegram_io.outbound import Outbound
from bot.telegram_io.render import render
from bot.telegram_io.translate import Translator
from tests.conversation.house import House, speak


async def main(url: str, token: str, database: str) -> None:
    """Poll and answer until killed."""
    async with Line(token, url) as line:
        rooms: Rooms = replace(
            House(Path()).rooms, translate=Translator("bot"), render=render, speak=speak, perform=Outbound(line)
        )
        store = await Database.open(database)
        shell = Shell(store, rooms, UNLIMITED)
        shell.start()

        async def take(updates: Any) -> None:
            await shell.take(updates)

        await Poller(line, take).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
