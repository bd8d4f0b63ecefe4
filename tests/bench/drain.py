"""Lets a bot process drain a backlog from the sandbox, and says how fast it did."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from tests.journeys.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
FIRST = 710_000_000


class Drained(NamedTuple):
    """`seconds` from the first fetch to the last answer; `lanes` are the answers' texts by chat, in order."""

    seconds: float
    answers: int
    lanes: dict[int, list[str]]


async def drain(
    folder: Path,
    program: Sequence[str],
    environment: Mapping[str, str],
    texts: Sequence[str],
    chats: int,
    settled: Callable[[Path, int], bool] | None = None,
) -> Drained:
    """Let `program` answer one update a text, from so many chats in turn. `{url}` and `{token}` are filled in.

    It is through once there are as many answers as texts; or, if given, once `settled` says so of its folder.
    """
    sandbox = Sandbox(made(folder))
    await sandbox.start()
    try:
        await sandbox.post("limits", enforce=False)
        await fill(sandbox, texts, chats)
        before = await sandbox.last_call()
        process = await start(sandbox, folder, program, environment)
        try:
            if settled is None:
                calls = await _answers(sandbox, process, before, len(texts))
            else:
                while not settled(folder, len(texts)):
                    assert process.returncode is None, (folder / "bot.log").read_text()[-3000:]
                    await asyncio.sleep(0.5)
                calls = await sandbox.calls(after=before, method="sendMessage")
        finally:
            process.kill()
            await process.wait()
        polls = await sandbox.calls(after=before, method="getUpdates", polls=True)
        begun = min(call["at"] for call in polls)
        lanes: dict[int, list[str]] = {}
        for call in calls:
            lanes.setdefault(call["chat_id"], []).append(call["params"]["text"])
        return Drained(max(call["at"] for call in calls) - begun, len(calls), lanes)
    finally:
        await sandbox.stop()


def is_settled(folder: Path, updates: int) -> bool:
    """Whether our bot has handled so many updates and sent all that they led to; by its own database."""
    if not (folder / "skab.db").exists():
        return False
    with closing(sqlite3.connect(f"file:{folder / 'skab.db'}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchall():
            return False
        handled = database.execute("SELECT count(*) FROM inbox WHERE source = 'telegram' AND state = 'done'")
        left = database.execute("SELECT count(*) FROM outbox WHERE state = 'due'")
        return bool(handled.fetchone()[0] >= updates and not left.fetchone()[0])


def made(folder: Path) -> Path:
    """The folder, which is there now."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def fill(sandbox: Sandbox, texts: Sequence[str], chats: int) -> None:
    """People who started the bot, and what they have written to it since, all of it waiting at the server."""
    for n in range(chats):
        await sandbox.post("people", id=FIRST + n, first_name="Borger", language_code="da")
        await sandbox.post("start", person=FIRST + n)
    # The STARTs are taken by nobody: the measurement begins behind them.
    async with sandbox.http.get(f"{sandbox.url}/bot{sandbox.token}/getUpdates?offset=-1&timeout=0") as answer:
        waiting = (await answer.json())["result"]
    last = waiting[-1]["update_id"] + 1
    async with sandbox.http.get(f"{sandbox.url}/bot{sandbox.token}/getUpdates?offset={last}&timeout=0") as answer:
        await answer.read()
    updates = [said(n, text, FIRST + n % chats) for n, text in enumerate(texts)]
    for at in range(0, len(updates), 500):
        await sandbox.post("updates", updates=updates[at : at + 500])


def said(number: int, text: str, person: int) -> dict[str, Any]:
    """A text message as Telegram sends it, without its update number."""
    return {
        "message": {
            "message_id": 100 + number,
            "date": 1_793_606_400,
            "chat": {"id": person, "type": "private", "first_name": "Borger"},
            "from": {"id": person, "is_bot": False, "first_name": "Borger", "language_code": "da"},
            "text": text,
        }
    }


async def start(
    sandbox: Sandbox, folder: Path, program: Sequence[str], environment: Mapping[str, str]
) -> asyncio.subprocess.Process:
    """Start the bot's process."""
    filled = [part.format(url=sandbox.url, token=sandbox.token, folder=folder) for part in program]
    given = {key: value.format(url=sandbox.url, token=sandbox.token, folder=folder)
             for key, value in environment.items()}  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SKAB_")}
    with (folder / "bot.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, *filled, stdout=log, stderr=log, cwd=folder, env=kept | given | {"PYTHONPATH": str(ROOT)}
        )


async def _answers(
    sandbox: Sandbox, process: asyncio.subprocess.Process, before: int, wanted: int
) -> list[dict[str, Any]]:
    """The answers, once there are as many as wanted. It looks seldom, since looking costs the server time too."""
    while True:
        assert process.returncode is None, (sandbox.folder / "bot.log").read_text()[-3000:]
        # Far fewer calls are told in one look than there are, so that the server is not busy with telling.
        if (await sandbox.last_call()) - before >= wanted:
            calls = await sandbox.calls(after=before, method="sendMessage")
            if sum(call["status"] == 200 for call in calls) >= wanted:
                return calls
        await asyncio.sleep(0.5)


BARE = ("-m", "tests.bench.bare_loop", "{url}", "{token}", "{folder}/bare.db")
OURS = ("-m", "bot", "run")
SETTINGS = {
    "SKAB_BOT_TOKEN": "{token}",
    "SKAB_API_URL": "{url}",
    "SKAB_DATABASE": "{folder}/skab.db",
    "SKAB_RULES": str(ROOT / "routing_rules.yaml"),
    "SKAB_KNOWLEDGE": str(ROOT / "knowledge"),
    "SKAB_PACE": "off",
    "SKAB_SEMANTIC": "off",
    "SKAB_LOG_LEVEL": "WARNING",
}
ECHO = ("-m", "tests.bench.echo_bot", "{url}", "{token}", "{folder}/echo.db")
