"""The board in a real Chromium: axe finds nothing against WCAG 2.2 AA, from a small phone to a wide screen."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from bot.core.effects import Note
from bot.core.initiative import Ending, NextStep, Stage, Turn
from tests.core.town import DUE, NOW
from tests.needs import program
from tests.web.board_town import Hall, meeting, open_hall, public

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = ("/", "/nr/12", "/uk/tal", "/moeder", "/nr/999")
WIDE = ("/?fase=may_not", "/en/nr/13", "/nr/12", "/tal", "/en/moeder?emne=natur")
STEP = NextStep("Mette Holm", DUE + timedelta(days=2), Turn.AGENT, what="måler pladsen op")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    path = program(CHROMIUM, "no Chromium on this machine: apt-get install chromium")
    async with async_playwright() as running:
        yield await running.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    """A board with an idea that is late, one that got a no, and one that nobody may see."""
    async with open_hall(tmp_path_factory.mktemp("board")) as opened:
        no = Ending("betale husleje", "Loven siger nej.", "en aften for alle", "Peter Dam")
        late = public(step=STEP, extra={"late_since": DUE.isoformat()})
        more = [public(n, title=f"Idé nummer {n} med et langtordderikkekandelesnogetsteds") for n in range(20, 45)]
        refused = public(13, title="Husleje", stage=Stage.MAY_NOT, ending=no, answered=NOW)
        hidden = [replace(public(14), public=False), replace(public(15), public=False, answered=NOW)]
        opened.now = DUE + timedelta(hours=1)
        opened.meetings = (meeting(), meeting(key="b", title="Åbent hus", topics=("natur", "klima"), days=40))
        await opened.keep(late, refused, *hidden, *more, notes=(Note(12, "taken", "M"), Note(12, "late", "M")))
        yield opened


async def opened(browser: Browser, width: int, scheme: str = "light", media: str = "screen") -> Page:
    """A page of that width, with the page's own strict policy lifted for axe alone."""
    context = await browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = await context.new_page()
    await page.emulate_media(media=media)  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize(("width", "scheme", "paths"), [(320, "light", PHONE), (1440, "dark", WIDE)])
async def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Browser, hall: Hall, width: int, scheme: str, paths: tuple[str, ...]
) -> None:
    page = await opened(browser, width, scheme)
    for path in paths:
        await page.goto(hall.url + path)
        found = await Axe().run(page, options=RULES)
        told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]]
        assert told == [], path
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    await page.context.close()


async def test_by_the_keyboard_alone_one_skips_to_the_content_narrows_the_list_and_opens_an_idea(
    browser: Browser, hall: Hall
) -> None:
    page = await opened(browser, 1440)
    await page.goto(hall.url + "/")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Gå til indholdet"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"
    await page.keyboard.press("Enter")
    for _ in range(9):
        await page.keyboard.press("Tab")
        if "Kommunen må ikke" in await page.evaluate("document.activeElement.textContent"):
            break
    await page.keyboard.press("Enter")
    await page.wait_for_url("**fase=may_not")
    assert await page.locator("article").count() == 1
    await page.get_by_role("link", name="Husleje").press("Enter")
    await page.wait_for_url("**/nr/13")
    assert await page.get_by_role("heading", level=1).text_content() == "Husleje"
    await page.context.close()


async def test_the_pages_own_policy_lets_nothing_through_and_nobody_else_is_asked(browser: Browser, hall: Hall) -> None:
    context = await browser.new_context(viewport={"width": 1440, "height": 800})
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda one: faults.append(one.url) if not one.url.startswith(hall.url) else None)
    for path in ("/", "/nr/12", "/tal"):
        await page.goto(hall.url + path)
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 244, 238)"
        assert await context.cookies() == []
    assert faults == []
    assert await page.goto(hall.url + "/nr/12")
    assert await page.locator(".qr svg").is_visible(), "a wide screen shows the code for the phone"
    await page.set_viewport_size({"width": 390, "height": 800})
    assert not await page.locator(".qr svg").is_visible(), "a phone needs none"
    await context.close()


async def test_on_paper_the_words_are_there_and_what_is_pressed_is_not(browser: Browser, hall: Hall) -> None:
    page = await opened(browser, 800, media="print")
    await page.goto(hall.url + "/nr/12")
    assert await page.locator("blockquote").is_visible()
    assert not await page.locator(".masthead nav").first.is_visible()
    assert not await page.locator(".button").is_visible()
    await page.context.close()
