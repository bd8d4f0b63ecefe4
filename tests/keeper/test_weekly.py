"""On Mondays the admins hear what people's corrections point to; who agrees writes it in, and nothing else changes."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.rule_rows import news_of
from bot.core import dialogue, marks
from bot.core.effects import TellHumans
from bot.core.people import Person, Talk, Utterance
from bot.core.rule_news import RulesProposed
from bot.core.world import World
from bot.keeper.weekly import TOLD, Weekly
from bot.routing.live import Accepted, LiveRules
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.core.sender import spoken
from tests.core.town import an_idea

MONDAY = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


class Weeks:
    """The weekly look with a clock that is set by hand."""

    def __init__(self, store: Database, good: Accepted, path: Path) -> None:
        self.store, self.good, self.now = store, good, MONDAY
        path.write_bytes(good.data)
        self.path = path
        self.anew()

    def anew(self) -> None:
        """The bot starts again."""
        self.weekly = Weekly(LiveRules(self.path, self.good), self.store, lambda: self.now)

    async def looks(self, **later: float) -> list[RulesProposed]:
        """Time passes, the keeper looks; all that was told until now."""
        self.now += timedelta(**later)
        await self.weekly.look()
        rows = await self.store.read(lambda one: one.inbox.waiting(50))
        found = [news_of(row.body, self.now) for row in rows]
        assert all(isinstance(news, RulesProposed) for news in found)
        return [news for news in found if isinstance(news, RulesProposed)]

    async def corrected(self, *texts: str, first: int = 1) -> None:
        """Citizens chose idraet for these ideas."""

        def save(transaction: Transaction) -> None:
            for number, text in enumerate(texts, start=first):
                words = (Utterance(text, 1, self.now),)
                transaction.initiatives.save(an_idea(number, words=words, extra={marks.CHOSEN: "idraet"}))

        await self.store.write(save)


@pytest.fixture
def weeks(store: Database, good: Accepted, tmp_path: Path) -> Weeks:
    return Weeks(store, good, tmp_path / "routing_rules.yaml")


async def test_a_word_that_two_citizens_put_right_is_told_on_monday_at_nine_and_once(weeks: Weeks) -> None:
    assert await weeks.looks() == []
    await weeks.corrected("Byg hvirvleriet her", "Et hvirvleri til os", "hvirvleri")
    assert await weeks.looks(days=6, hours=23) == []
    [told] = await weeks.looks(hours=1)
    assert (told.observed, told.words) == (3, (("idraet", "hvirvleri", "nr. 1, nr. 2, nr. 3"),))
    assert weeks.path.read_bytes() == weeks.good.data
    weeks.anew()
    assert len(await weeks.looks(hours=1)) == 1
    assert len(await weeks.looks(days=7)) == 1, "the same proposal is not told again"
    await weeks.corrected("et brumlehus", "brumlehus nu", first=7)
    assert len(await weeks.looks(days=7)) == 2


async def test_a_bot_that_did_not_run_on_monday_looks_when_it_starts(weeks: Weeks) -> None:
    await weeks.looks()
    await weeks.corrected("et hvirvleri", "hvirvleri nu")
    weeks.anew()
    assert len(await weeks.looks(days=9, hours=12)) == 1


async def test_what_one_citizen_put_right_is_not_told(weeks: Weeks) -> None:
    await weeks.looks()
    await weeks.corrected("Vi vil gerne have et hvirvleri")
    assert await weeks.looks(days=7) == []


async def test_what_was_told_is_remembered_without_any_citizens_sentence(weeks: Weeks) -> None:
    await weeks.looks()
    sentence = "Vi vil danse på taget hver eneste aften"
    await weeks.store.write(lambda one: one.settings.put(TOLD, [f"idraet {sentence}"]))
    await weeks.corrected("et hvirvleri", "hvirvleri nu", sentence)
    [told] = await weeks.looks(days=7)
    assert ("idraet", "nr. 3") in told.examples
    kept = await weeks.store.read(lambda one: one.settings.get(TOLD))
    assert len(kept) == 2
    assert "danse" not in str(kept)
    await weeks.store.write(lambda one: one.settings.put(TOLD, [*kept, f"idraet {sentence}"]))
    assert len(await weeks.looks(days=7)) == 1, "nothing new, and yet what was kept is gone"
    assert "danse" not in str(await weeks.store.read(lambda one: one.settings.get(TOLD)))


async def test_the_admins_read_words_and_numbers_but_no_citizens_sentence(weeks: Weeks) -> None:
    words, examples = (("idraet", "hvirvleri", "nr. 2, nr. 3"),), (("natur", "nr. 4"),)
    news = RulesProposed(MONDAY, 3, words, examples)
    world = World(MONDAY, weeks.good.frame, Person(0, ""), Talk())
    [told] = [effect for effect in dialogue.step(world, news).effects if isinstance(effect, TellHumans)]
    assert spoken(told.words).splitlines() == [
        "Forslag til reglerne. Borgere og I selv har sendt 3 idéer et andet sted hen. Det peger på:",
        "idraet: nyt ord »hvirvleri« (nr. 2, nr. 3)",
        "natur: et eksempel fra nr. 4",
        "Intet er ændret. Tryk Prøv ordene, så ser du, hvad de ville flytte, før du tager dem i brug.",
        "Et eksempel er en borgers egen sætning. Læs idéen, og skriv et i filen med dine egne ord.",
    ]
