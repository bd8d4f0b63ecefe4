"""The talk of a half-formed idea, played by the real process from the first hello to the status: each step is seen."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.town import PEOPLE, SEATS, STAFF_CHAT, Town

AASE = 1001
METTE = SEATS["mette"]
PATIENCE = 30.0
"""Seconds that a step may take, on a machine that has other things to do too."""
A_MOMENT = 0.5
"""Seconds in which nothing comes, where nobody is waiting for anything in particular."""
START_PATIENCE = 300.0
"""Seconds until the bot is ready: in a new folder it learns the rules first, on whatever machine this is."""

IDEA = (
    "kunne man ikke gøre noget ved alle de cykler ved ordrup st de ligger og flyder "
    "man kan ikke komme forbi med rollator"
)
MORE = "måske flere stativer og så en der samler de gamle op. jeg vil gerne selv være med"
STEP = "Hvad: måler pladsen op ved stationen\nHvem: Mette Holm\nHvornår: {day}\nBorgeren selv: tæller cykler i en uge"


class Missing(Exception):
    """A step of the talk was not seen in time."""


@dataclass(slots=True)
class Stage:
    """The town, what has been seen of its chats and printed of its calls, and where to print it."""

    town: Town
    show: Callable[[str], None]
    seen: dict[int, int] = field(default_factory=dict)
    told: int = 0

    async def expect(self, chat: int, *parts: str, note: str) -> dict[str, Any]:
        """The next message of the bot's in this chat that holds all parts; raises `Missing` when none comes."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        after = 0
        while True:
            new = await self._new(chat)
            found = next((one for one in new if all(part in words_of(one) for part in parts)), None)
            if found is not None:
                self.seen[chat] = found["message_id"]
                return dict(found)
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise Missing(f"{note}: der kom ingen besked med {', '.join(parts) or 'ord'}")
            after = (await self.town.look("wait", after=after, timeout=min(left, 5)))["seq"]

    async def comes_to_rest(self, *, shown: bool = True) -> None:
        """Nothing more comes for a moment; all that has come is printed in the order in which the bot sent it."""
        seq, before = 0, -1
        while seq != before:
            before, seq = seq, (await self.town.look("wait", after=seq, timeout=A_MOMENT))["seq"]
        found = await self.town.look("calls", after=self.told)
        self.told = found["next"]
        for call in found["calls"] if shown else ():
            message = call["result"]
            if call["method"].startswith("send") and isinstance(message, dict) and "message_id" in message:
                await self._print(message)

    async def another_day(self) -> None:
        """What was not waited for until now is not waited for later."""
        await self.comes_to_rest()
        for chat in (*(person.id for person in PEOPLE), STAFF_CHAT):
            new = await self._new(chat)
            self.seen[chat] = new[-1]["message_id"] if new else self.seen.get(chat, 0)

    async def _new(self, chat: int) -> list[dict[str, Any]]:
        """What the bot has written there since what was seen last."""
        messages = (await self.town.look(f"chat/{chat}", viewer=chat if chat > 0 else METTE))["messages"]
        return [one for one in messages if one["message_id"] > self.seen.get(chat, 0) and is_bot(one)]

    async def tells(self, what: str) -> None:
        """A line of the one who tells it, ahead of what happens."""
        await self.comes_to_rest()
        self.show(f"--- {what} ---\n")

    async def writes(self, who: str, person: int, text: str, **details: Any) -> None:
        """A person writes; it is printed as they write it."""
        await self.comes_to_rest()
        self.show(f"{who}: {text}\n")
        await self.town.act("send", person=person, text=text, **details)

    async def presses(self, who: str, person: int, message: dict[str, Any], label: str) -> None:
        """A person presses the button with this label."""
        await self.comes_to_rest()
        self.show(f"{who} trykker «{label}»\n")
        chat = message["chat"]["id"]
        await self.town.act("press", person=person, chat=chat, message_id=message["message_id"], button=label)

    async def _print(self, message: dict[str, Any]) -> None:
        """What the bot wrote or sent, with what can be pressed below it."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        keys = [f"[{'] ['.join(key['text'] for key in row)}]" for row in rows]
        lines = [line for line in (_file_in(message), words_of(message), *keys) if line]
        place = await self._place(message["chat"]["id"], message.get("message_thread_id"))
        if lines:
            self.show(f"  Bot → {place}:\n{_indent(chr(10).join(lines))}\n")

    async def _place(self, chat: int, thread: int | None) -> str:
        """Whose chat it is; in the group also which thread, by number and first name."""
        names = {person.id: person.first for person in PEOPLE} | {STAFF_CHAT: "gruppen af sparringsagenter"}
        place = names.get(chat, str(chat))
        if thread is None:
            return place
        groups = (await self.town.look("state"))["chats"]
        topics = next(group for group in groups if group["id"] == chat)["topics"]
        name = next((topic["name"] for topic in topics if topic["thread_id"] == thread), "")
        return f"{place}, tråden {' · '.join(name.split(' · ')[:2])}" if name else place


def words_of(message: dict[str, Any]) -> str:
    """The text of a message, or what stands beneath its picture or file."""
    return str(message.get("text") or message.get("caption") or "")


def _file_in(message: dict[str, Any]) -> str:
    """What a message carries besides its words, as a reader of paper can know it."""
    if "document" in message:
        return f"(fil: {message['document'].get('file_name', 'uden navn')})"
    return "(billede)" if "photo" in message else ""


def is_bot(message: dict[str, Any]) -> bool:
    """Whether a message in the sandbox was written by a bot."""
    return bool(message.get("from", {}).get("is_bot"))


async def talk(stage: Stage) -> None:
    """Aase's idea, step by step; raises `Missing` at the first step that is not seen."""
    await stage.town.act("start", person=AASE)
    await stage.expect(AASE, "bot", note="velkomst")
    await stage.writes("Aase", AASE, "hej", chat=AASE)
    await stage.expect(AASE, "bot", note="en åben invitation")
    await stage.writes("Aase", AASE, IDEA, chat=AASE)
    await stage.expect(AASE, "rollator", "?", note="idéen spejlet og et spørgsmål")
    await stage.writes("Aase", AASE, MORE, chat=AASE)
    summary = await stage.expect(AASE, "rollator", "stativer", "Mette Holm", note="opsummering")
    await stage.presses("Aase", AASE, summary, "Send idéen")
    await stage.expect(AASE, "nr. 1", "Mette Holm", "senest", note="kvittering")
    card = await stage.expect(STAFF_CHAT, "rollator", "Mette Holm", note="kort til sparringsagenterne")
    await stage.presses("Mette", METTE, card, "Tag den")
    await stage.expect(AASE, "Mette Holm", note="besked om, at Mette har taget den")
    thread = card.get("message_thread_id")
    where = {"chat": STAFF_CHAT, "thread": thread}
    await stage.writes("Mette", METTE, "/svar Tak, Aase. Må jeg ringe til dig torsdag?", **where)
    await stage.expect(AASE, "Må jeg ringe til dig torsdag?", "Mette Holm", note="Mettes svar")
    await stage.writes("Aase", AASE, "ja det må du gerne", chat=AASE)
    await stage.expect(STAFF_CHAT, "ja det må du gerne", note="Aases svar i emnet")
    await stage.presses("Mette", METTE, card, "Næste skridt")
    await _fill_in(stage, where)
    await stage.expect(AASE, "måler pladsen op", "Mette Holm", note="besked om næste skridt")
    await stage.writes("Aase", AASE, "hvad sker der nu?", chat=AASE)
    await stage.expect(AASE, "måler pladsen op", "Mette Holm", note="status")


async def _fill_in(stage: Stage, where: dict[str, Any]) -> None:
    """Mette chooses the stage, answers the form's prompt and sends it."""
    menu = await stage.expect(STAFF_CHAT, note="valg af trin")
    await stage.presses("Mette", METTE, menu, "Et skridt mere")
    prompt = await stage.expect(STAFF_CHAT, "Hvornår", note="skema til næste skridt")
    now = (await stage.town.look("state"))["now"]
    filled = STEP.format(day=_in_ten_days(now))
    await stage.writes("Mette", METTE, filled, reply_to=prompt["message_id"], **where)
    preview = await stage.expect(STAFF_CHAT, "måler pladsen op", note="forhåndsvisning")
    await stage.presses("Mette", METTE, preview, "OK, send det")


def _in_ten_days(now: str) -> str:
    day = datetime.fromisoformat(now) + timedelta(days=10)
    return f"{day.day}/{day.month}"


async def play(
    show: Callable[[str], None], scene: "Callable[[Stage], Awaitable[None]]" = talk, begins: str = ""
) -> bool:
    """Start the real process in a folder of its own, play the scene, stop it; True only if every step was seen.

    The clock begins at the ISO moment `begins`, or is the real one.
    """
    with tempfile.TemporaryDirectory(prefix="skab-demo-") as folder:
        process = await start(Path(folder), begins)
        try:
            address = await asyncio.wait_for(address_of(process), START_PATIENCE)
            async with aiohttp.ClientSession() as http:
                stage = Stage(Town(http, address), show)
                await scene(stage)
                await stage.comes_to_rest()
        except (Missing, TimeoutError, aiohttp.ClientError, ConnectionError) as fault:
            show(f"Ikke set: {str(fault) or 'botten kom ikke i gang i tide'}")
            return False
        finally:
            process.terminate()
            await process.wait()
    show("Alle trin blev set.")
    return True


async def start(folder: Path, begins: str = "") -> asyncio.subprocess.Process:
    """The real bot in a sandbox, with a database of its own in this folder; its clock begins at this ISO moment."""
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("SKAB_")}
    surroundings |= {"SKAB_DATABASE": str(folder / "skab.db"), "SKAB_SEMANTIC": "off", "SKAB_PACE": "off"}
    if begins:
        ahead = datetime.fromisoformat(begins) - datetime.now(UTC)
        surroundings["SKAB_CLOCK_FILE"] = str(folder / "begins")
        (folder / "begins").write_text(f"{ahead.total_seconds():.6f}\n")
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        "--port",
        "0",
        env=surroundings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def address_of(process: asyncio.subprocess.Process) -> str:
    """The address of the page, from the line that the process prints when it is ready."""
    if process.stdout is None:
        raise Missing("processens ord kan ikke læses")
    async for line in process.stdout:
        words = line.decode().split()
        found = next((word for word in words if word.startswith("http://")), "")
        if found:
            return found.rstrip("/")
    raise Missing("processen stoppede, før den var klar")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
