"""The server as a process: its page, its command line, and how it ends."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.sandbox.server import CSP, Beside, serve
from tests.sandbox.box import TOKEN, Box

pytestmark = pytest.mark.asyncio


async def run(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_the_process_says_its_address_and_ends_when_told(tmp_path: Path) -> None:
    process = await run("--port", "0", "--clock-file", str(tmp_path / "clock"))
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    assert line.startswith("http://127.0.0.1:")
    assert (tmp_path / "clock").exists()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_a_port_in_use_is_told_in_one_line() -> None:
    async with serve(TOKEN) as running:
        process = await run("--port", running.url.rpartition(":")[2])
        out, error = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, out) == (2, b"")
    assert error.decode().startswith("the sandbox can't start: ")
    assert error.count(b"\n") == 1


async def test_a_token_of_no_form_is_told_in_one_line() -> None:
    process = await run("--port", "0", "--token", "secret")
    _, error = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert error == b"the sandbox can't start: a token looks like 42:TEST, this one does not: 'secret'\n"


async def test_files_are_kept_in_the_data_folder(tmp_path: Path, box: Box) -> None:
    async with serve(TOKEN, data=tmp_path) as running:
        there = Box(box.http, running.url)
        aase = await there.person()
        await there.do("send", person=aase, chat=aase, document={"content_base64": "aGVq", "file_name": "a.txt"})
    assert (tmp_path / "documents" / "file_0.txt").read_bytes() == b"hej"


async def test_nothing_but_the_pages_own_files_is_served(box: Box) -> None:
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/server.py", "/page/none.js", "/page/x.py"):
        async with box.http.get(f"{box.url}{path}") as answer:
            assert answer.status == 404, path


async def test_the_page_is_served_with_a_strict_policy(box: Box) -> None:
    async with box.http.get(f"{box.url}/") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
        assert answer.headers["Content-Security-Policy"] == CSP
    assert "default-src 'self'" in CSP
    assert "unsafe" not in CSP


async def test_the_page_links_to_what_the_bot_shows_elsewhere(tmp_path: Path, box: Box) -> None:
    async with box.http.get(box.url + "/") as answer:
        assert "beside" not in await answer.text()
    beside = Beside('http://127.0.0.1:8081/"><script>', "The <board>", "Board")
    other = serve(TOKEN, clock_file=tmp_path / "other", beside=beside)
    async with other as running, box.http.get(running.url + "/") as answer:
        page = await answer.text()
    assert 'href="http://127.0.0.1:8081/&quot;&gt;&lt;script&gt;"' in page
    assert "The &lt;board&gt;" in page


async def test_another_website_cannot_use_the_phones(box: Box) -> None:
    own = {"Origin": box.url}
    async with box.http.post(f"{box.url}/sandbox/people", json={"first_name": "A"}, headers=own) as answer:
        assert answer.status == 200
    other = {"Origin": "https://example.org"}
    async with box.http.post(f"{box.url}/sandbox/people", json={"first_name": "B"}, headers=other) as answer:
        assert answer.status == 403
    assert len((await box.see("state"))["people"]) == 1


async def test_a_file_from_a_phone_cannot_act_as_a_page(box: Box) -> None:
    aase = await box.person()
    about = {"content_base64": "PGI+", "mime_type": "text/html; charset=utf-8"}
    sent = (await box.do("send", person=aase, chat=aase, document=about))["messages"][0]
    async with box.http.get(f"{box.url}/sandbox/file/{sent['document']['file_id']}") as answer:
        assert (answer.status, await answer.read()) == (200, b"<b>")
        assert answer.headers["Content-Security-Policy"] == "sandbox"


async def test_a_library_client_that_hangs_up_leaves_no_poll_behind(box: Box) -> None:
    poll = asyncio.create_task(box.call("getUpdates", timeout=50))
    while not (await box.see("calls", polls=1))["calls"]:
        pass
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await box.say(await box.person(), "hello")
    assert len(await asyncio.wait_for(box.updates(), 5)) == 1
