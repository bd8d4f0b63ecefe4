"""A real sandbox server, a small scripted bot on its Bot API, and a real browser looking at its page."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

TOKEN = "42:TEST"
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

Json = dict[str, Any]


def call(url: str, body: Json | None = None, timeout: float = 30) -> Any:
    """One HTTP call with JSON in and out; a body makes it a POST. Raises AssertionError on any other answer than 2xx."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{url} answered {error.code}: {error.read().decode()}") from error


@dataclass
class Sandbox:
    """The server as a process of its own; `restart` gives an empty world on the same port."""

    port: int
    clock_file: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.sandbox", "--port", str(self.port), "--token", TOKEN]
        self.process = subprocess.Popen(
            [*command, "--clock-file", str(self.clock_file)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        tick = threading.Event()
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                if self.process.poll() is not None:
                    assert self.process.stderr is not None
                    raise AssertionError(self.process.stderr.read().decode()) from None
                tick.wait(0.05)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=10)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def phone(self, name: str, **body: Any) -> Any:
        """A POST to the phone address."""
        return call(f"{self.url}/sandbox/{name}", body)

    def state(self) -> Json:
        return dict(call(f"{self.url}/sandbox/state"))

    def messages(self, chat: int) -> list[Json]:
        return [m for m in call(f"{self.url}/sandbox/chat/{chat}")["messages"] if not m.get("deleted")]

    def bot(self, method: str, **params: Any) -> Any:
        """A call of the bot's."""
        return call(f"{self.url}/bot{TOKEN}/{method}", params)["result"]


@dataclass
class World:
    """The people and the group that most tests need."""

    aase: int
    jonas: int
    mette: int
    bo: int
    group: int
    topic: int


@dataclass
class ScriptedBot:
    """Answers over plain HTTP; `seen` holds every update, `wait_for` waits for one that fits."""

    sandbox: Sandbox
    seen: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=15)

    def wait_for(self, fits: Callable[[Json], Any], timeout: float = 10) -> Json:
        """The first update, past or to come, that fits."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.seen)), timeout), f"not among {self.seen}"
            return next(update for update in self.seen if fits(update))

    def _run(self) -> None:
        offset = 0
        while not self._stop.is_set():
            for update in self.sandbox.bot("getUpdates", offset=offset, timeout=1):
                offset = update["update_id"] + 1
                self._answer(update)
                with self._news:
                    self.seen.append(update)
                    self._news.notify_all()

    def _answer(self, update: Json) -> None:
        if "message" in update and update["message"]["chat"]["type"] == "private":
            self._answer_message(update["message"])
        elif query := update.get("callback_query"):
            loud = query["data"] == "alert"
            text = "Husk: det er en prøve." if loud else "Modtaget, tak."
            self.sandbox.bot("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=loud)

    def _answer_message(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/start"):
            name = message["from"]["first_name"]
            self.sandbox.bot("sendMessage", chat_id=chat, text=f"Hej {name}. Hvad har du på hjerte?")
            return
        for kind in ("photo", "voice", "location", "document"):
            if kind in message:
                self.sandbox.bot("sendMessage", chat_id=chat, text=f"Fik {kind}")
                return
        rows = [[{"text": "Send", "callback_data": "send"}], [{"text": "Læs mere", "callback_data": "alert"}]]
        if text:
            self.sandbox.bot(
                "sendMessage", chat_id=chat, text=f"Du skrev: {text}", reply_markup={"inline_keyboard": rows}
            )


def missing(reason: str) -> None:
    """Skip, or fail where everything is required to run."""
    if os.environ.get("SKAB_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's own process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without its own calls home."""
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        missing("no Chromium on this machine: apt-get install chromium")
    running = playwright.chromium.launch(executable_path=path, args=list(QUIET))
    yield running
    running.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One server for all tests; each test empties the world."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Sandbox(port, tmp_path_factory.mktemp("sandbox") / "clock")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def sandbox(server: Sandbox) -> Sandbox:
    """The server with an empty world."""
    server.phone("reset")
    server.phone("limits", enforce=False)
    return server


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    """Two citizens, two of the staff, and their group with a topic."""
    ids = [
        sandbox.phone("people", first_name=first, last_name=last)["id"]
        for first, last in (("Aase", "Winther"), ("Jonas", "Berg"), ("Mette", "Holm"), ("Bo", "Lind"))
    ]
    group = sandbox.phone(
        "groups",
        title="Sparringsagenter",
        forum=True,
        members=ids[2:],
        creator=ids[2],
        bot="administrator",
        rights={"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True},
    )["id"]
    topic = sandbox.bot("createForumTopic", chat_id=group, name="Nr. 15 Cykler ved stationen")["message_thread_id"]
    sandbox.bot("setMyDescription", description="Jeg er en bot.\nRing 39 98 00 00, hvis du vil tale med en person.")
    return World(*ids, group, topic)


@pytest.fixture
def bot(world: World, sandbox: Sandbox) -> Iterator[ScriptedBot]:
    """The scripted bot, at work."""
    running = ScriptedBot(sandbox)
    yield running
    running.close()


class Watch:
    """What a page may not do: write errors, or ask another host for anything."""

    def __init__(self, page: Page, home: str) -> None:
        self.faults: list[str] = []
        page.on("console", lambda line: self.faults.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._look(request.url, home))

    def _look(self, url: str, home: str) -> None:
        if not url.startswith((home + "/", "data:", "blob:")):
            self.faults.append(f"asked another host: {url}")


@pytest.fixture
def open_page(browser: Browser, sandbox: Sandbox) -> Iterator[Callable[..., Page]]:
    """Opens the page at a width; at the end no page may have logged an error or asked another host."""
    contexts = []
    watches = []

    def open_at(width: int = 1440, height: int = 900, *, watched: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="da-DK", reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if watched:
            watches.append(Watch(page, sandbox.url))
        page.goto(sandbox.url + "/")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
