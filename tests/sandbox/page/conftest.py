"""A real sandbox server, a scripted bot, and a real browser looking at the server's page."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, sync_playwright

from tests.needs import missing
from tests.sandbox.page.stage import Sandbox, ScriptedBot, World

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright's own process; ended with the file, since its event loop would be in the way of other tests'."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
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
    aase, jonas, mette, bo = ids
    return World(aase, jonas, mette, bo, group, topic)


@pytest.fixture
def bot(world: World, sandbox: Sandbox) -> Iterator[ScriptedBot]:
    """The scripted bot, at work."""
    assert world.topic, "the bot must be in the group before it polls"
    running = ScriptedBot(sandbox)
    yield running
    running.close()


class Watch:
    """What a page may not do: write errors, or ask another host for anything."""

    def __init__(self, page: Page, home: str) -> None:
        self.faults: list[str] = []
        self._page, self._home = page, home
        self._ears = {"console": self._hear, "pageerror": self._stumble, "request": self._look}
        for event, ear in self._ears.items():
            page.on(event, ear)  # type: ignore[call-overload]

    def end(self) -> None:
        """What the page does from here on is no concern of this test."""
        for event, ear in self._ears.items():
            self._page.remove_listener(event, ear)

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            self.faults.append(line.text)

    def _stumble(self, error: Error) -> None:
        self.faults.append(str(error))

    def _look(self, request: Request) -> None:
        if not request.url.startswith((self._home + "/", "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")


class Window:
    """One page for all tests of a file that want nothing special of it: a new one takes a second of a core each time.

    Between two tests it shows nothing, and nothing that it has remembered is left.
    """

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context(locale="da-DK", reduced_motion="reduce")
        self.page = context.new_page()
        self._line = context.new_cdp_session(self.page)

    def empty(self, home: str) -> None:
        """As new: nothing that runs, no memory, and the mouse where nothing is."""
        # Of the same home: for another one the browser begins a new process.
        self.page.goto(f"{home}/sandbox/clock")
        self._line.send("Storage.clearDataForOrigin", {"origin": home, "storageTypes": "all"})
        self.page.mouse.move(-1, -1)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Window:
    """The file's own page."""
    return Window(browser)


@pytest.fixture
def open_page(browser: Browser, window: Window, sandbox: Sandbox) -> Iterator[Callable[..., Page]]:
    """Opens the page at a width; at the end no page may have logged an error or asked another host."""
    contexts = []
    watches = []

    def open_at(width: int = 1440, height: int = 900, *, watched: bool = True, **options: Any) -> Page:
        if options:
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="da-DK", reduced_motion="reduce", **options
            )
            contexts.append(context)
            page = context.new_page()
        else:
            page = window.page
            page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(10_000)
        if watched:
            watches.append(Watch(page, sandbox.url))
        page.goto(sandbox.url + "/")
        return page

    yield open_at
    for watch in watches:
        watch.end()
    for context in contexts:
        context.close()
    window.empty(sandbox.url)
    assert [fault for watch in watches for fault in watch.faults] == []
