"""The thirty ideas of a sandbox: in the store's own form, on the board in three languages, and counted."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.display import passages
from bot.core.initiative import Initiative, Stage
from bot.core.promise import is_working_day
from bot.demo.gatherings import sample_meetings
from bot.demo.seed import sow
from bot.demo.seeds import read_seeds
from bot.house import Fault, read_rules
from bot.knowledge.calendar import Listing, gatherings, read_listing, write_calendar
from bot.knowledge.live import LivePages
from bot.noticeboard import Noticeboard
from bot.playground import fill, lay_out
from bot.routing.questions import Questions
from bot.sandbox_folder import folder_of
from bot.settings import Settings
from bot.store.database import Database
from bot.web.exports import Exports
from bot.web.pages import Pages
from tests.book import BOOK
from tests.command_line import run
from tests.journeys.process import ROOT
from tests.journeys.surroundings import learned

ZONE = ZoneInfo("Europe/Copenhagen")
DAYS = [datetime(2026, 11, 15, 10, tzinfo=ZONE), datetime(2026, 12, 25, 10, tzinfo=ZONE),
        datetime(2027, 4, 13, 10, tzinfo=ZONE)]  # fmt: skip
"""A Sunday, Christmas Day, and a Tuesday after Easter."""


def settings(folder: Path) -> Settings:
    """A sandbox of its own."""
    told = {"database": str(folder / "skab.db"), "rules": ROOT / "routing_rules.yaml", "cache": learned()}
    return Settings(_env_file=None, **told)  # type: ignore[arg-type, call-arg]


async def sown(where: Settings) -> list[Initiative]:
    """What is in the sandbox's store."""
    store = await Database.open(folder_of(where) / "skab.db", alone=False)
    found = await store.read(lambda one: list(one.initiatives.newest(100).values()))
    await store.close()
    return found


def test_a_sandbox_that_runs_is_filled_once_and_one_that_does_not_is_asked_for(tmp_path: Path) -> None:
    where = settings(tmp_path)
    with pytest.raises(Fault, match="skab run"):
        fill(where)


async def test_thirty_ideas_are_in_all_stages_on_the_board_and_in_the_numbers(tmp_path: Path) -> None:
    where = settings(tmp_path)
    folder_of(where).mkdir()
    await (await Database.open(folder_of(where) / "skab.db")).close()
    assert await asyncio.to_thread(fill, where) == 1
    with pytest.raises(Fault, match="allerede"):
        await asyncio.to_thread(fill, where)
    ideas = await sown(where)
    assert len(ideas) == 30
    assert {idea.stage for idea in ideas} >= set(Stage) - {Stage.JOINED}
    assert all(idea.responsible_name and idea.step.who and idea.step.due for idea in ideas)
    accepted = read_rules(where)
    assert {seed.topic for seed in read_seeds()} <= accepted.frame.topics.keys()
    store = await Database.open(folder_of(where) / "skab.db", alone=False)
    board = Noticeboard(
        store, lambda: accepted.frame, lambda: datetime.now(ZONE), accepted.router.places, "https://t.me/b?start={n}"
    )
    edition = await board.edition()
    await store.close()
    pages = Pages(BOOK, "https://ideer.example.org")
    hidden = [idea for idea in ideas if not idea.public]
    told = [pages.listing(edition, lang, {}, page) for lang in pages.languages for page in (1, 2)]
    told += [pages.one(edition, "da", number) for number in edition.shown] + [pages.numbers(edition, "da")]
    told += [Exports(pages).ideas_csv(edition, "da"), Exports(pages).feed(edition, "en")]
    assert len(hidden) == 6
    for idea in hidden:
        assert not any(idea.title in page for page in told), idea.title
    assert "Svar forsinket siden" in told[0]
    assert sum(bool(one.seeks) for one in edition.shown.values()) == 3
    assert edition.numbers.whole["received"].public == 24
    assert 0 < len([one for one in edition.shown.values() if one.places]) < 24


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_the_way_of_each_is_the_same_on_a_phone_as_on_the_board_and_ends_where_it_stands(
    tmp_path: Path, now: datetime
) -> None:
    for _, idea, told in sow(read_rules(settings(tmp_path)).frame, now, 1):
        board = [passed.what for passed in passages(idea, [(note.kind, at) for note, at in told])]
        phone = [passed.stage.value for passed in idea.stages]
        assert phone == [what for what in board if what in set(Stage)], idea.title
        assert idea.stages[-1].stage is idea.stage, idea.title


async def test_the_month_of_a_sandbox_is_reported_and_one_that_has_not_begun_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SKAB_DATABASE", where.database)
    monkeypatch.setenv("SKAB_RULES", str(where.rules))
    monkeypatch.setenv("SKAB_CACHE", str(where.cache))
    code, told = await asyncio.to_thread(run, monkeypatch, capsys, "report")
    assert code == 2
    assert "Start botten først" in told
    folder_of(where).mkdir()
    await (await Database.open(folder_of(where) / "skab.db")).close()
    await asyncio.to_thread(fill, where)
    code, told = await asyncio.to_thread(run, monkeypatch, capsys, "report", "--out", "spejl")
    assert code == 0, told
    assert ">30<" in (tmp_path / "spejl" / "spejl.html").read_text()
    code, told = await asyncio.to_thread(run, monkeypatch, capsys, "report", "--month", "2999-01")
    assert code == 2
    assert told.strip() == "2999-01: den måned er ikke begyndt. Vælg en, der er."


def test_a_sandbox_has_meetings_that_say_that_they_are_made_up_and_what_is_shipped_has_none(tmp_path: Path) -> None:
    pages = LivePages(ROOT / "knowledge", Questions, lay_out(tmp_path, DAYS[0]))
    assert pages.problems == ()
    assert [one.name for one in pages.shelf.listings] == ["calendar/proever.ics"], "all that there is"
    frame = read_rules(settings(tmp_path)).frame
    for now in DAYS:
        listing = read_listing(sample_meetings(now).encode(), "calendar/proever.ics")
        assert isinstance(listing, Listing)
        found = gatherings([listing], now)
        assert len([one for one in found if one.start > now + timedelta(days=60)]) > 8, "also when the clock was moved"
        for one in found:
            assert one.title.startswith("PRØVE, ikke et rigtigt møde: ")
            assert "opdigtet" in one.where
            assert is_working_day(one.start.date(), frame.promises.closed)
            assert set(one.topics) <= frame.topics.keys()
            assert "PRØVE" in write_calendar([one], now), "also in the calendar that it was put into"


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_nobody_works_on_a_closed_day_and_each_history_keeps_its_order(tmp_path: Path, now: datetime) -> None:
    frame = read_rules(settings(tmp_path)).frame
    for _, idea, told in sow(frame, now, 1):
        moments = [at for _, at in told]
        dated = [idea.sent, idea.step.due, *moments, *([idea.answered] if idea.answered else [])]
        assert [at for at in dated if not is_working_day(at.date(), frame.promises.closed)] == [], idea.title
        assert moments == sorted(moments), idea.title
        assert moments[-1] <= now, idea.title
        assert idea.taken is None or idea.answered is None or idea.sent < idea.taken < idea.answered <= now
