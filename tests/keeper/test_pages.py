"""The keeper of the pages: what admins ask, what can't be written, what two of them do at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.conversation.rule_rows import news_of
from bot.core.page_news import PageBarred, PageNews, PagesInForce, PagesListed, PagesRefused
from bot.keeper.pages import PageKeeper, name_of, write_page
from bot.knowledge.live import LivePages
from bot.routing.questions import Questions
from bot.store.database import Database
from bot.telegram_io.line import Line

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
ULLA, TOM = 2101, 2102
PAGE = """---
titel: Elefanten
spørgsmål:
  - hvad er en elefant
kilde: Papiret
sted: side 2
sprog: da
gælder_fra: 2019-11-25
---
{text}
"""
NAME = "da/elefant.md"


class House:
    """A folder with one page, its keeper, and a line to nobody."""

    def __init__(self, folder: Path, store: Database) -> None:
        write_page(folder / NAME, PAGE.format(text="Stor."))
        self.store, self.folder = store, folder
        self.keeper = PageKeeper(LivePages(folder, Questions), store, lambda: NOW)
        self._does = self.keeper.errands(Line("1:x"))

    async def asks(self, kind: str, number: int = 0, chat: int = ULLA, text: str = "") -> Any:
        return await self._does[f"page_{kind}"]({"chat": chat, "who": "Ulla", "number": number, "text": text})

    async def waits(self, text: str, owner: int = ULLA) -> int:
        return await self.store.write(lambda one: one.pages.keep_draft(owner, NAME, PAGE.format(text=text), NOW))

    def says(self) -> str:
        told = self.keeper.live.index.answer("hvad er en elefant?")
        return told.text if told is not None else ""

    async def news(self) -> list[PageNews]:
        rows = await self.store.read(lambda one: one.inbox.waiting(50))
        return [news_of(row.body, NOW) for row in rows]  # type: ignore[misc]


@pytest_asyncio.fixture
async def house(tmp_path: Path, store: Database) -> AsyncIterator[House]:
    yield House(tmp_path / "knowledge", store)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()


async def test_a_page_is_used_once_and_taken_back_to_what_stood_before(house: House) -> None:
    draft = await house.waits("Grå.")
    used = await house.asks("use", draft)
    assert isinstance(used, PagesInForce)
    assert (used.files, used.who, house.says()) == ((NAME,), "Ulla", "Grå.")
    assert "Grå." in (house.folder / NAME).read_text(encoding="utf-8")
    assert await house.asks("use", draft) == PageBarred(NOW, ULLA, "gone"), "a second press"
    back = await house.asks("back", used.before)
    assert isinstance(back, PagesInForce)
    assert (back.restored, house.says()) == (True, "Stor.")
    assert await house.asks("back", used.before) == PageBarred(NOW, ULLA, "same")


async def test_nobody_uses_anothers_page(house: House) -> None:
    draft = await house.waits("Grå.", owner=TOM)
    assert await house.asks("use", draft) == PageBarred(NOW, ULLA, "gone")
    assert await house.asks("back", draft) == PageBarred(NOW, ULLA, "gone"), "what never held is no version"
    await house.asks("drop", draft)
    assert isinstance(await house.asks("use", draft, chat=TOM), PagesInForce), "nor is it dropped by another"


async def test_where_the_folder_cannot_be_written_nothing_changes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        return False

    monkeypatch.setattr("bot.keeper.pages.write_page", full)
    assert await house.asks("use", await house.waits("Grå.")) == PageBarred(NOW, ULLA, "unwritten")
    assert house.says() == "Stor."


async def test_a_page_that_meanwhile_goes_with_the_others_no_more_is_refused(house: House) -> None:
    draft = await house.waits("Grå.")
    other = PAGE.format(text="En anden.")
    house.keeper.live.take(house.keeper.live.try_page("da/dyr.md", other.replace("en elefant", "et dyr")))
    await house.store.write(lambda one: one.pages.keep_draft(TOM, NAME, other.replace("en elefant", "et dyr"), NOW))
    toms = draft + 1
    refused = await house.asks("use", toms, chat=TOM)
    assert isinstance(refused, PagesRefused)
    assert "står også i da/dyr.md" in refused.faults[0][2]
    assert house.says() == "Stor."


async def test_a_broken_folder_is_told_once_also_over_restarts(tmp_path: Path, store: Database) -> None:
    folder = tmp_path / "knowledge"
    for _ in range(2):
        house = House(folder, store)
        (folder / "da" / "giraf.md").write_text("hej", encoding="utf-8")
        keeper = PageKeeper(LivePages(folder, Questions), store, lambda: NOW)
        await keeper.look()
        await keeper.look()
    told = await house.news()
    assert [(type(one), one.why) for one in told if isinstance(one, PagesRefused)] == [(PagesRefused, "started")]
    assert house.says() == "Stor."


async def test_a_page_is_listed_by_name_title_or_question(house: House) -> None:
    for words in ("elefant", "Elefanten", "hvad er en elefant?"):
        listed = await house.asks("list", text=words)
        assert isinstance(listed, PagesListed)
        assert listed.files == (NAME,), words
    everything = await house.asks("list")
    assert (everything.files, everything.titles) == ((), ("elefant: Elefanten",))
    assert house.keeper.upload(NAME).name == "elefant.da.md"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("raadene.da.md", "da/raadene.md"),
        ("raadene.md", "da/raadene.md"),
        ("Raadene.da (2).md", "da/raadene.md"),
        ("../../etc.md", ""),
        ("raadene.da.txt", ""),
        ("Handicaprådet 2027 (1).ics", "calendar/handicapraadet-2027.ics"),
        ("../../etc.ics", ""),
    ],
)
def test_a_sent_file_is_named_by_its_name_and_by_what_it_says(sent: str, name: str) -> None:
    assert name_of(sent, PAGE.encode()) == name
    assert name_of(sent, b"hej") == (name if sent.endswith(".ics") else "")


async def test_two_presses_at_once_give_one_version(house: House) -> None:
    draft = await house.waits("Grå.")
    came = await asyncio.gather(house.asks("use", draft), house.asks("use", draft))
    assert sum(isinstance(one, PagesInForce) for one in came) == 1
