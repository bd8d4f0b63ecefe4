"""The shipped proxy itself in front of the bot: what Telegram pushes comes through, and nothing else is let in."""

import asyncio
import io
import os
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.journeys.process import ROOT
from tests.journeys.sandbox import free_port
from tests.journeys.town import BIKES, Town
from tests.needs import program

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

CADDYFILE = ROOT / "deploy" / "Caddyfile"
BOT, PLAIN, SAFE = free_port(), free_port(), free_port()
PATH = "/telegram/hemmelig-sti"
SECRET = "en-hemmelighed-paa-32-bogstaver-"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
SETTINGS = {
    "SKAB_WEBHOOK_URL": f"http://localhost:{PLAIN}{PATH}",
    "SKAB_WEBHOOK_SECRET": SECRET,
    "SKAB_WEB_PORT": str(BOT),
}
# A certificate of the proxy's own for this machine; nothing is asked of anybody, and no other port is opened.
HERE = f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\thttp_port {free_port()}\n}}\n"


def proxy() -> str:
    """The proxy's program; without it the tests are skipped, but not in CI."""
    return program("caddy", "no caddy on this machine: apt-get install caddy")


async def told(words: list[str], home: Path) -> tuple[int | None, str]:
    """How the proxy's own check ended, and what it said."""
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home), "SITE": "ideer.example.dk"}
    piped = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT}
    checking = await asyncio.create_subprocess_exec(proxy(), *words, env=surroundings, **piped)
    said, _ = await asyncio.wait_for(checking.communicate(), 30)
    return checking.returncode, said.decode()


async def test_the_proxy_itself_finds_no_fault_in_the_shipped_file(tmp_path: Path) -> None:
    code, said = await told(["validate", "--adapter", "caddyfile", "--config", str(CADDYFILE)], tmp_path)
    assert code == 0, said
    assert "Valid configuration" in said
    _, tidy = await told(["fmt", str(CADDYFILE)], tmp_path)
    assert tidy == CADDYFILE.read_text(encoding="utf-8"), "it is written as Caddy itself writes"


@pytest.fixture(scope="module", autouse=True)
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The running proxy, by the shipped file with the bot where it is here; its root certificate."""
    folder = tmp_path_factory.mktemp("proxy")
    shipped = CADDYFILE.read_text(encoding="utf-8")
    (folder / "Caddyfile").write_text(HERE + shipped.replace("bot:8081", f"127.0.0.1:{BOT}"), encoding="utf-8")
    surroundings = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder),
        "SITE": f"http://localhost:{PLAIN}, https://localhost:{SAFE}",
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        words = [proxy(), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
        running = subprocess.Popen(words, stdout=log, stderr=log, env=surroundings, cwd=folder)
    yield folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    running.terminate()
    running.wait(10)


@pytest_asyncio.fixture(loop_scope="module")
async def client(town: Town, certificate: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody on the other side of the proxy, by https."""

    async def made() -> bool:
        return await asyncio.to_thread(certificate.exists)

    await town.sandbox.until(made, 20, "the proxy has a certificate")
    trusted = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=str(certificate)))
    async with aiohttp.ClientSession(f"https://localhost:{SAFE}", connector=trusted) as session:
        yield session


def an_update(number: int, person: int, text: str) -> dict[str, Any]:
    who = {"id": person, "is_bot": False, "first_name": "Jonas"}
    chat = {"id": person, "type": "private", "first_name": "Jonas"}
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": chat, "from": who, "text": text}}


async def pushed(client: aiohttp.ClientSession, update: Any, secret: str | None = SECRET, path: str = PATH) -> int:
    headers = {HEADER: secret} if secret is not None else {}
    async with client.post(path, json=update, headers=headers) as answer:
        return answer.status


async def _in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 10_000):
        yield b"x" * 10_000


async def test_an_idea_comes_through_and_the_secret_with_it(town: Town, client: aiohttp.ClientSession) -> None:
    jonas = await town.citizen("Jonas")
    await town.brought(jonas)
    assert await town.sandbox.calls(method="getUpdates", polls=True) == []
    newest, kept = await jonas.newest(), town.bot.rows("SELECT count(*) FROM inbox")
    update = an_update(991_001, jonas.person.id, "hvad sker der nu?")
    for wrong in ("forkert", None, ""):
        assert await pushed(client, update, wrong) == 401
    assert await pushed(client, update, path="/telegram/gaettet") in (401, 404)
    assert town.bot.rows("SELECT count(*) FROM inbox") == kept
    assert [await pushed(client, update), await pushed(client, update)] == [200, 200]
    await town.settled()
    assert len(await jonas.hears(after=newest)) == 1, await jonas.screen()


async def test_what_is_too_large_and_what_is_the_operators_own_is_not_let_in(
    town: Town, client: aiohttp.ClientSession
) -> None:
    kept = town.bot.rows("SELECT count(*) FROM inbox")
    for size in (None, 1_100_000):
        body = _in_pieces(1_100_000) if size is None else io.BytesIO(b"x" * size)
        async with client.post(PATH, data=body, headers={HEADER: SECRET}) as answer:
            # 502 where the bot has hung up by what was told ahead before all of it has been handed on.
            assert answer.status in (413, 502), f"told ahead how much: {size}"
    assert town.bot.rows("SELECT count(*) FROM inbox") == kept
    for path in ("/metrics", "/healthz", "/readyz"):
        async with client.get(path) as answer:
            assert answer.status == 404, path
            assert "skab_" not in await answer.text()
            assert "Server" not in answer.headers
            assert answer.headers["Strict-Transport-Security"]


async def test_while_the_bot_is_away_the_proxy_says_so_and_nothing_is_lost(
    town: Town, client: aiohttp.ClientSession
) -> None:
    aase = await town.citizen("Aase")
    await town.bot.stop()
    await aase.writes(f"{BIKES} imensx", wait=False)
    assert await pushed(client, an_update(991_003, aase.person.id, "igen")) == 502
    await town.bot.start()
    await aase.waits_for("imensx")
    await town.settled()
    assert len([one for one in await aase.hears() if "imensx" in one.text]) == 1, await aase.screen()
