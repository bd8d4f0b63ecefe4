"""What admins ask of the keeper: into force and back, on the disk and where it can't be written."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest_asyncio

from bot.conversation.ports import Call, Outcome, Retry, Sent
from bot.conversation.rule_rows import news_of
from bot.core import marks
from bot.core.people import Utterance
from bot.core.rule_news import (
    RuleNews,
    RulesBarred,
    RulesInForce,
    RulesListed,
    RulesLooked,
    RulesStale,
    RulesTried,
    RulesUnmatched,
)
from bot.keeper.errands import Errands
from bot.keeper.keeper import Keeper
from bot.keeper.keepers import Keepers
from bot.keeper.opening import FileState, Opening
from bot.keeper.pages import PageKeeper
from bot.keeper.texts import TextKeeper
from bot.knowledge.live import LivePages
from bot.routing.live import Accepted, LiveRules
from bot.routing.load import digest
from bot.routing.questions import Questions
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.telegram_io.line import Line, Upload
from bot.texts.book import Book
from tests.core.town import an_idea
from tests.journeys.rulebook import BEFORE, NATURE

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
ULLA, TOM = 2101, 2102


class House:
    """A keeper, its errands, and what went on to Telegram."""

    def __init__(self, store: Database, path: Path, good: Accepted) -> None:
        self.store, self.path, self.good = store, path, good
        self.went: list[Call] = []
        live = LiveRules(path, good)
        self.keeper = Keeper(live, store, lambda: NOW, Opening(good, FileState(digest(good.data))))
        self.line = Line("1:x")
        pages = PageKeeper(LivePages(path.parent / "knowledge", Questions), store, lambda: NOW)
        texts = TextKeeper(path.with_name("own_texts.yaml"), Book.load(), store, lambda: NOW)
        self.errands = Errands(Keepers(self.keeper, pages, texts), self.line, self._onward, frozenset({ULLA, TOM}))

    async def _onward(self, call: Call) -> Outcome:
        self.went.append(call)
        return Sent({})

    async def asks(self, kind: str, who: str = "Ulla", chat: int = ULLA, **more: Any) -> RuleNews | None:
        """An errand, and the news it brings."""
        asked = {"number": 0, "newest": 0, "text": "", "file_id": "", "sure": False, "heirs": {}, **more}
        outcome = await self.errands(Call(f"rules.{kind}", "rules", {"chat": chat, "who": who, **asked}))
        assert isinstance(outcome, Sent)
        return news_of(outcome.result, NOW) if outcome.result else None

    async def waits(self, text: bytes, based_on: int = 1, owner: int = ULLA) -> int:
        """A good file of an admin's waits; its number."""
        return await self.store.write(lambda one: one.rules.keep_draft(owner, "f", text.decode(), based_on, NOW))

    async def news(self) -> list[RuleNews]:
        """What was put into the inbox."""
        rows = await self.store.read(lambda one: one.inbox.waiting(50))
        return [news_of(row.body, NOW) for row in rows]


@pytest_asyncio.fixture
async def house(tmp_path: Path, store: Database, good: Accepted) -> AsyncIterator[House]:
    path = tmp_path / "routing_rules.yaml"
    path.write_bytes(good.data)
    made = House(store, path, good)
    await made.keeper.begin()
    yield made
    assert (await store.read(lambda one: one.rules.versions(1)))[0].hash == digest(made.keeper.live.current.data)


def commented(data: bytes, words: str) -> bytes:
    return data + f"# {words}\n".encode()


async def test_a_waiting_file_comes_in_force_once_with_its_bytes_untouched(house: House) -> None:
    better = commented(house.good.data, "Ullas")
    draft = await house.waits(better)
    assert await house.asks("use", number=draft) is None
    assert house.path.read_bytes() == better
    [told] = await house.news()
    assert isinstance(told, RulesInForce)
    assert (told.version, told.who, told.by, told.unwritten) == (2, "Ulla", ULLA, False)
    assert told.change.words == ("kun bemærkninger, mellemrum eller rækkefølge er ændret",)
    assert isinstance(await house.asks("use", number=draft), RulesBarred)
    assert len(await house.news()) == 1


async def test_it_is_told_how_many_examples_go_to_somebody_else(house: House) -> None:
    labelled = house.good.data.replace(BEFORE.encode(), f'{BEFORE}    eksempler: ["{NATURE}"]\n'.encode(), 1)
    await house.asks("use", number=await house.waits(labelled))
    await house.asks("use", number=await house.waits(labelled.replace(BEFORE.encode(), b"    ansvarlig: lone\n", 1), 2))
    told = [one.change for one in await house.news() if isinstance(one, RulesInForce)]
    assert [(change.examples, change.tried) for change in told] == [(0, 0), (1, 1)]
    natur = house.good.frame.topics["natur"].label["da"]
    assert told[1].moved == ((NATURE, f"{natur} (Bo Lind)", f"{natur} (Lone Bach)"),)


async def test_where_the_file_cannot_be_written_the_version_holds_all_the_same(house: House) -> None:
    house.keeper.live.path = house.path.parent / "not there" / "rules.yaml"
    better = commented(house.good.data, "Ullas")
    assert await house.asks("use", number=await house.waits(better)) is None
    [told] = await house.news()
    assert isinstance(told, RulesInForce)
    assert told.unwritten
    assert house.keeper.live.current.data == better
    assert (await house.store.read(FileState.read)).state == "unwritten"


async def test_a_file_on_an_older_version_overwrites_nothing_and_goes_on_waiting(house: House) -> None:
    toms = await house.waits(commented(house.good.data, "Toms"), owner=TOM)
    ullas = commented(house.good.data, "Ullas")
    await house.asks("use", number=await house.waits(ullas))
    told = await house.asks("use", "Tom", TOM, number=toms)
    assert isinstance(told, RulesStale)
    assert (told.who, told.based_on, told.version) == ("Ulla", 1, 2)
    assert house.path.read_bytes() == ullas
    assert await house.store.read(lambda one: one.rules.draft(toms)) is not None


async def test_nobody_uses_or_drops_the_file_of_another_admin(house: House) -> None:
    ullas = await house.waits(commented(house.good.data, "Ullas"))
    told = await house.asks("use", "Tom", TOM, number=ullas)
    assert isinstance(told, RulesBarred)
    assert house.path.read_bytes() == house.good.data
    await house.asks("drop", "Tom", TOM, number=ullas)
    assert await house.store.read(lambda one: one.rules.draft(ullas)) is not None
    await house.asks("drop", number=ullas)
    assert await house.store.read(lambda one: one.rules.draft(ullas)) is None


async def test_going_back_makes_a_new_version_and_is_barred_when_somebody_was_faster(house: House) -> None:
    await house.asks("use", number=await house.waits(commented(house.good.data, "Ullas")))
    assert await house.asks("back", "Tom", TOM, number=1, newest=2) is None
    assert house.path.read_bytes() == house.good.data
    [_, told] = await house.news()
    assert isinstance(told, RulesInForce)
    assert (told.version, told.restored, told.who) == (3, 1, "Tom")
    assert isinstance(await house.asks("back", number=2, newest=2), RulesStale)
    assert isinstance(await house.asks("back", number=99, newest=3), RulesBarred)
    listed = await house.asks("list")
    assert isinstance(listed, RulesListed)
    assert [(number, who) for number, who, _ in listed.versions] == [(3, "Tom"), (2, "Ulla"), (1, "")]
    listed = await house.asks("list", number=2)
    assert isinstance(listed, RulesListed)
    assert [(number, who) for number, who, _ in listed.versions] == [(2, "Ulla")]
    assert (listed.purpose, listed.newest) == ("one", 3)
    assert isinstance(await house.asks("list", number=9), RulesBarred)


async def test_what_was_saved_on_the_disk_a_moment_ago_is_looked_at_first(house: House) -> None:
    draft = await house.waits(commented(house.good.data, "Ullas"))
    house.path.write_bytes(on_disk := commented(house.good.data, "fra disken"))
    asked = {"chat": ULLA, "who": "Ulla", "number": draft, "sure": False, "heirs": {}}
    assert isinstance(await house.errands(Call("rules.use", "rules", asked)), Retry)
    assert house.path.read_bytes() == on_disk


async def corrected(house: House, *texts: str) -> None:
    """Citizens chose idraet for these ideas."""

    def save(transaction: Transaction) -> None:
        for number, text in enumerate(texts, start=1):
            words = (Utterance(text, 1, NOW),)
            transaction.initiatives.save(an_idea(number, words=words, extra={marks.CHOSEN: "idraet"}))

    await house.store.write(save)


async def test_the_words_that_corrections_point_to_are_tried_and_used_without_a_file_being_sent(house: House) -> None:
    assert isinstance(await house.asks("propose"), RulesBarred)
    await corrected(house, "Byg hvirvleri her", "Et hvirvleri nu", "Vi vil danse på taget hver eneste aften")
    told = await house.asks("propose")
    assert isinstance(told, RulesTried)
    assert told.change.words == ("idraet: 1 ord mere (hvirvleri)",)
    assert ["hvirvleri" in line for line in told.added if line.startswith("+ ")] == [True], told.added
    assert house.path.read_bytes() == house.good.data, "nothing changes by itself"
    draft = await house.store.read(lambda one: one.rules.draft(told.draft))
    assert draft is not None
    assert "danse" not in draft.text, "no single citizen's sentence lies in a file of ours"
    assert await house.asks("use", number=told.draft) is None
    assert "hvirvleri" in house.path.read_text("utf-8")
    looked = await house.asks("look", text="et hvirvleri til alle")
    assert isinstance(looked, RulesLooked)
    assert looked.topics[0][2] == ("hvirvleri",)


async def test_words_that_many_write_and_no_rule_knows_are_told_with_the_topics_they_went_to(house: House) -> None:
    told = await house.asks("words")
    assert isinstance(told, RulesUnmatched)
    assert told.words == ()
    await corrected(house, "Et hvirvleri", "hvirvleri her", "Mere hvirvleri og et brumlehus", "Et brumlehus")
    told = await house.asks("words")
    assert isinstance(told, RulesUnmatched)
    assert (told.fewest, told.words) == (3, (("hvirvleri", 3, ("Trafik og cykler",)),))


async def test_a_sentence_that_the_citizen_would_be_asked_about_says_so(house: House) -> None:
    looked = await house.asks("look", text="natur og idræt for ældre")
    assert isinstance(looked, RulesLooked)
    assert (looked.agent, looked.asks) == ("Peter Dam", True)


async def test_the_file_of_a_version_goes_out_with_its_number_and_everything_else_as_it_is(house: House) -> None:
    await house.errands(Call("sendDocument", "1", {"chat_id": 1, "document": {"rules": 1}}))
    await house.errands(Call("sendMessage", "1", {"chat_id": 1}))
    document, other = house.went
    assert document.params["document"] == Upload("routing_rules-1.yaml", house.good.data)
    assert other.params == {"chat_id": 1}
