"""A bot in a process of its own, for tests that kill it: Telegram is a file to which each call is appended.

`python -m tests.conversation.killed_bot FOLDER`
"""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from bot.conversation.pace import UNLIMITED
from bot.conversation.ports import Call, Outcome, Sent
from bot.conversation.shell import Shell
from bot.store.database import Database
from tests.conversation.house import House


async def main(folder: Path) -> None:
    """Answer what is in the inbox until killed."""
    telegram = os.open(folder / "telegram", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def perform(call: Call) -> Outcome:
        os.write(telegram, (json.dumps([call.lane, call.params["text"]]) + "\n").encode())
        await asyncio.sleep(0.001)
        return Sent({"message_id": 1})

    store = await Database.open(folder / "skab.db")
    Shell(store, replace(House(folder).rooms, perform=perform), UNLIMITED).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
