"""The bot without a token: a sandbox on this machine, people to try it with, and the real bot over real HTTP."""

import asyncio
import errno
import shutil
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot import app
from bot.clock import MovedClock
from bot.core.frame import Frame
from bot.demo.gatherings import sample_meetings
from bot.demo.seed import SOWN, sow
from bot.demo.town import SEATS, STAFF_CHAT, Town
from bot.house import Fault, read_rules
from bot.knowledge.reader import CALENDAR
from bot.sandbox.server import Beside
from bot.sandbox.server import serve as serve_sandbox
from bot.sandbox_folder import DATABASE, folder_of
from bot.settings import Settings
from bot.store.lock import ProcessLock
from bot.store.once import ask_once
from bot.store.transaction import Transaction
from bot.web.server import bind

TOKEN = "42:SANDBOX"  # nosec B105 # noqa: S105 - the sandbox lets this one in, and nothing else does
NAME = "Vi skaber sammen"


async def serve(settings: Settings, stop: asyncio.Event, announce: Callable[[str], None], *, port: int) -> None:
    """Run sandbox and bot until `stop` is set. The sandbox's world starts anew each time, and so does its database.

    Raises:
        Fault: the port is taken, the folder can't be written, or the bot can't run.
        StoreError: another sandbox runs in the folder.
    """
    folder = folder_of(settings)
    empty(folder)
    clock = folder / "clock"
    if settings.clock_file is not None and settings.clock_file.is_file():
        # Moved from the start: what is set by a clock that goes back afterwards would fall due too late.
        shutil.copyfile(settings.clock_file, clock)
    try:
        with open_door(settings, port) as listening:
            board = f"http://{settings.web_host}:{listening.getsockname()[1]}"
            beside = Beside(f"{board}/", "Den offentlige tavle", "Tavlen")
            async with serve_sandbox(TOKEN, port=port, clock_file=clock, beside=beside) as sandbox:
                async with aiohttp.ClientSession() as http:
                    await Town(http, sandbox.url).settle()
                    await http.post(f"{sandbox.url}/bot{TOKEN}/setMyName", json={"name": NAME})
                await app.serve(
                    _in_the_sandbox(settings, sandbox.url, folder, clock, board),
                    stop,
                    lambda line: announce(
                        f"{line}\nÅbn {sandbox.url}/ i din browser. Tavlen er på {board}/ Ctrl-C stopper."
                    ),
                    door=app.Door(
                        listening, f"{sandbox.url}/?start=follow_{{n}}", lay_out(folder, MovedClock(clock)())
                    ),
                )
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "bruges allerede af et andet program" if taken else f"kan ikke bruges ({error.strerror})"
        raise Fault(f"Port {port} {why}. Prøv: skab run --port 0") from None


def empty(folder: Path) -> None:
    """Make the folder of a sandbox, or take away what the last one left there.

    Raises:
        Fault: it can't be written.
        StoreError: a sandbox runs there; nothing of it is touched.
    """
    lock = ProcessLock(folder / DATABASE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Without it a second start by mistake takes the database away from under the one that runs.
        lock.take()
        for left in (*folder.glob(f"{DATABASE}*"), folder / "clock"):
            if left != lock.path:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise Fault(f"Mappen {folder} kan ikke skrives ({error.strerror}). Flyt den med SKAB_DATABASE.") from None
    finally:
        lock.release()


def lay_out(folder: Path, now: datetime) -> Path:
    """Put sample meetings where a sandbox reads them along with the pages; the folder that they are in."""
    # Beside the database, never among the pages: whoever goes live takes none of it along.
    samples = folder / "samples"
    calendar = samples / CALENDAR
    calendar.mkdir(parents=True, exist_ok=True)
    (calendar / "proever.ics").write_text(sample_meetings(now), encoding="utf-8")
    return samples


def fill(settings: Settings) -> int:
    """Sow the thirty ideas into the sandbox that runs; the number of the first one.

    Raises:
        Fault: there is no sandbox, or it has been sown already.
    """
    folder = folder_of(settings)
    if not (folder / DATABASE).exists():
        raise Fault("Der er ingen sandkasse at fylde endnu. Start den først: skab run")
    database = str(folder / DATABASE)
    if ask_once(database, lambda transaction: transaction.settings.get(SOWN)):
        raise Fault("Sandkassen er fyldt allerede. Start den forfra med skab run, hvis du vil begynde igen.")
    frame, now = read_rules(settings).frame, MovedClock(folder / "clock")()
    return ask_once(database, lambda transaction: _sow(transaction, frame, now))


def _sow(transaction: Transaction, frame: Frame, now: datetime) -> int:
    transaction.settings.put(SOWN, True)
    first = transaction.initiatives.next_number()
    for owner, initiative, told in sow(frame, now, first):
        transaction.people.save(owner)
        transaction.initiatives.save(initiative)
        for note, at in told:
            transaction.timeline.add([note], at)
    return first


def open_door(settings: Settings, port: int) -> socket.socket:
    """A socket for the board: at the port of the settings, or at a free one where that is taken or `port` is 0."""
    wanted = settings.web_port if port or "web_port" in settings.model_fields_set else 0
    try:
        return bind(settings.web_host, wanted)
    except OSError:
        return bind(settings.web_host, 0)


def _in_the_sandbox(settings: Settings, address: str, folder: Path, clock: Path, board: str) -> Settings:
    return settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "api_url": address,
            "database": str(folder / DATABASE),
            "staff_chat": STAFF_CHAT,
            "seats": SEATS,
            "clock_file": clock,
            "board_url": board,
        }
    )
