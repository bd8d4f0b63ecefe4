"""Own texts while the bot runs: a save holds at once, a bad one changes nothing and is told once."""

import asyncio
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.rule_rows import News, news_of
from bot.core.effects import Words
from bot.core.rule_news import TextsBarred, TextsInForce, TextsRefused
from bot.keeper.texts import TextKeeper, names_own_texts
from bot.routing import watched
from bot.store.database import Database
from bot.texts.book import Book

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
GOOD = 'da:\n  citizen.later: "Det er fint."\n'
BETTER = 'da:\n  citizen.later: "Helt i orden."\n  bot.short: "{municipality} {phone}"\n'
BAD = "da:\n  citizen.latter: Fint\n"
ULLA = 2101


class House:
    """A keeper of own texts over a real database, and what it told."""

    def __init__(self, store: Database, path: Path) -> None:
        self.store, self.path = store, path
        self.book = Book.load(strict=True)
        self.introduced = 0
        self.keeper = TextKeeper(path, self.book, store, lambda: NOW)

    def says(self) -> str:
        return self.book.speak(Words("citizen.later")).plain

    async def introduce(self) -> None:
        self.introduced += 1

    async def told(self) -> list[News]:
        rows = await self.store.read(lambda one: one.inbox.waiting(50))
        return [news_of(row.body, NOW) for row in rows]

    async def until_told(self, many: int) -> list[News]:
        """Watch until so many news have come."""
        stop = asyncio.Event()
        watching = asyncio.create_task(self.keeper.watch(stop, self.introduce))
        async with asyncio.timeout(10):
            while len(await self.told()) < many:  # noqa: ASYNC110 (each round asks the database)
                await asyncio.sleep(0.01)
        stop.set()
        await watching
        return await self.told()

    def saves(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def gone(self) -> None:
        self.path.unlink()

    def holds(self) -> str:
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""


def saved(store: Database, path: Path, text: str) -> House:
    """A house that starts with this file."""
    path.write_text(text, encoding="utf-8")
    return House(store, path)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No editor of these tests saves in two steps."""
    monkeypatch.setattr(watched, "STEADY", 0.0)
    monkeypatch.setattr("bot.keeper.texts.LOOK_SECONDS", 0.01)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own_texts.yaml"


async def test_without_a_file_the_bots_own_texts_hold_and_nothing_is_told(store: Database, path: Path) -> None:
    house = House(store, path)
    assert house.says() == Book.load().speak(Words("citizen.later")).plain
    assert await house.keeper.look() is None
    assert await house.told() == []


async def test_a_save_holds_at_once_a_bad_one_changes_nothing_and_an_empty_one_goes_back(
    store: Database, path: Path
) -> None:
    house = saved(store, path, GOOD)
    assert house.says() == "Det er fint.", "what lies there at the start holds without a word"
    house.saves(BETTER)
    assert await house.until_told(1) == [TextsInForce(NOW, "own_texts.yaml", 2)]
    assert house.says() == "Helt i orden."
    assert house.introduced == 1, "Telegram is told anew what the bot is"
    mark = house.book.own.mark
    house.saves(BAD)
    told = (await house.until_told(2))[1]
    assert isinstance(told, TextsRefused)
    assert told.faults[0][:2] == (2, 3)
    assert not told.started
    assert house.says() == "Helt i orden."
    assert house.book.own.mark == mark
    house.gone()
    assert (await house.until_told(3))[2] == TextsInForce(NOW, "own_texts.yaml", 0)
    assert house.says() != "Helt i orden."


async def test_a_bot_that_starts_with_a_bad_file_says_so_once(store: Database, path: Path) -> None:
    for _ in range(2):
        told = await saved(store, path, BAD).until_told(1)
    assert len(told) == 1
    assert isinstance(told[0], TextsRefused)
    assert told[0].started


async def test_who_follows_takes_the_save_and_leaves_the_telling_to_who_leads(store: Database, path: Path) -> None:
    house = House(store, path)
    house.saves(GOOD)
    async with asyncio.timeout(10):
        while house.says() != "Det er fint.":
            await house.keeper.follow()
    assert await house.told() == []


async def test_a_file_that_an_admin_sends_is_judged_and_written_down(store: Database, path: Path) -> None:
    house = House(store, path)
    refused = await house.keeper.receive(BAD.encode(), ULLA, "own_texts (1).yaml")
    assert isinstance(refused, TextsRefused)
    assert refused.chat == ULLA
    assert house.holds() == ""
    assert await house.keeper.receive(GOOD.encode(), ULLA, "own_texts.yaml") is None
    assert house.holds() == GOOD
    assert await house.until_told(1) == [TextsInForce(NOW, "own_texts.yaml", 1)]
    assert await house.keeper.receive(GOOD.encode(), ULLA, "own_texts.yaml") == TextsBarred(NOW, ULLA, "same")
    lost = TextKeeper(path.parent / "nowhere" / "own_texts.yaml", house.book, store, lambda: NOW)
    assert await lost.receive(GOOD.encode(), ULLA, "own_texts.yaml") == TextsBarred(NOW, ULLA, "unwritten")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("own_texts.yaml", True), ("Own_Texts (2).yaml", True), ("routing_rules-14.yaml", False), ("texts.yaml", False)],
)
async def test_a_file_of_own_texts_is_known_by_its_name(name: str, meant: bool) -> None:
    assert names_own_texts(name) is meant
