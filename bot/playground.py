"""The bot without a token: a sandbox on this machine, people to try it with, and the real bot over real HTTP."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot import app
from bot.demo.town import SEATS, STAFF_CHAT, Town
from bot.house import Fault
from bot.sandbox.server import serve as serve_sandbox
from bot.settings import Settings
from bot.store.address import path_of, server_of

TOKEN = "42:SANDBOX"  # noqa: S105 - the sandbox lets this one in, and nothing else does
NAME = "Vi skaber sammen"
FOLDER = Path("var/sandbox")


async def serve(settings: Settings, stop: asyncio.Event, announce: Callable[[str], None], *, port: int) -> None:
    """Run sandbox and bot until `stop` is set. The sandbox's world starts anew each time, and so does its database.

    Raises:
        Fault: the port is taken, or the bot can't run.
    """
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("skab.db*"):
        left.unlink()
    clock = folder / "clock"
    clock.unlink(missing_ok=True)
    try:
        async with serve_sandbox(TOKEN, port=port, clock_file=clock) as sandbox:
            async with aiohttp.ClientSession() as http:
                await Town(http, sandbox.url).settle()
                await http.post(f"{sandbox.url}/bot{TOKEN}/setMyName", json={"name": NAME})
            await app.serve(
                _in_the_sandbox(settings, sandbox.url, folder, clock),
                stop,
                lambda line: announce(f"{line}\nÅbn {sandbox.url}/ i din browser. Ctrl-C stopper."),
            )
    except OSError as error:
        raise Fault(f"Port {port} kan ikke bruges ({error.strerror}). Prøv: skab run --port 0") from None


def _folder(settings: Settings) -> Path:
    """Beside the file that the settings name; a server is for the real bot alone."""
    if "database" not in settings.model_fields_set or server_of(settings.database) is not None:
        return FOLDER
    return path_of(settings.database).parent / "sandbox"


def _in_the_sandbox(settings: Settings, address: str, folder: Path, clock: Path) -> Settings:
    return settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "api_url": address,
            "database": str(folder / "skab.db"),
            "staff_chat": STAFF_CHAT,
            "seats": SEATS,
            "clock_file": clock,
        }
    )
