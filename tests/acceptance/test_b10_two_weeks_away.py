"""B-10: two weeks away in the middle of a dialogue; nothing is asked twice, nobody is nagged, nobody is late."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.rulebook import short_rules
from tests.journeys.town import Town
from tests.journeys.wording import dates, words

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

ZONE = ZoneInfo("Europe/Copenhagen")
SHORT = "flere bænke"
SHORTER = "ved torvet"
HANGOUT = "et sted vi unge kan hænge ud om aftenen, en ungdomsklub"
RULES = short_rules()
TOPIC = "Byudvikling og byrum"
RENAMED = "Torve, bænke og pladser"
MOST_RECAP = 50


async def at_second_question(town: Town, name: str = "Jonas") -> tuple[Phone, Act]:
    """A citizen who has just been asked the second question about an idea of few words."""
    citizen = await town.citizen(name)
    first = await citizen.writes(SHORT)
    assert first.questions == 1
    second = await citizen.writes(SHORTER)
    assert second.questions == 1, f"no second question: {second.text_back!r}"
    assert not second.answers[-1].key(labels.text(labels.SEND))
    return citizen, second


async def days_pass(town: Town, first: int, last: int) -> None:
    """From morning to night, day by day in November."""
    for day in range(first, last + 1):
        await town.at(f"2026-11-{day:02d}T06:30:00+01:00")
        await town.at(f"2026-11-{day:02d}T12:00:00+01:00")


def question_in(act: Act) -> str:
    """The sentence with the question mark."""
    found = re.findall(r"[^.!?\n»]*\?", act.text_back)
    assert found, f"no question in {act.text_back!r}"
    return str(found[-1]).strip()


def late(text: str) -> bool:
    """Whether a text says that something is overdue."""
    return re.search("overskredet|forsinket", text, re.IGNORECASE) is not None


def awake(message: Message) -> bool:
    """Whether it was sent between 07 and 21."""
    return 7 <= datetime.fromtimestamp(message.raw["date"], ZONE).hour < 21


def rename_topic(town: Town) -> None:
    """Ulla gives his topic another name in the rules."""
    text = town.rules.read_text(encoding="utf-8")
    assert TOPIC in text
    town.rules.write_text(text.replace(TOPIC, RENAMED), encoding="utf-8")


async def test_a_the_draft_is_taken_up_after_two_weeks_with_a_recap_and_at_most_one_reminder(town: Town) -> None:
    jonas, asked = await at_second_question(town)
    karim, _ = await at_second_question(town, "Karim")
    birgit, _ = await at_second_question(town, "Birgit")
    newest = {phone.chat: await phone.newest() for phone in (jonas, karim, birgit)}
    await days_pass(town, 3, 5)
    await town.bot.restart()
    rename_topic(town)
    await town.bot.restart()
    await days_pass(town, 6, 10)
    assert len(await karim.hears(after=newest[karim.chat])) == 1, "reminded once"
    assert (await karim.presses(labels.NOT_NOW)).questions == 0
    newest[karim.chat] = await karim.newest()
    await days_pass(town, 11, 16)
    await town.at("2026-11-16T20:00:00+01:00")

    reminders = await jonas.hears(after=newest[jonas.chat])
    assert len(reminders) == 1, f"{len(reminders)} reminders\n{await jonas.screen()}"
    for reminder in reminders:
        assert awake(reminder), f"sent at {datetime.fromtimestamp(reminder.raw['date'], ZONE)}"
        assert reminder.key(labels.text(labels.NOT_NOW)), reminder.buttons
        assert reminder.key(labels.text(labels.DROP)), reminder.buttons
    assert not await karim.hears(after=newest[karim.chat]), "no reminder after Ikke nu"

    back = await jonas.writes("ja det kunne være fedt")
    recap = back.text_back.split("\n")[0]
    assert words(recap) <= MOST_RECAP, f"{words(recap)} words: {recap!r}"
    assert SHORT in recap, f"what the idea was: {recap!r}"
    assert question_in(asked).rstrip("?") in recap, f"which question was open: {recap!r}"
    assert "udløbet" not in back.text_back
    assert question_in(asked) not in back.text_back, "the answered question is not asked again"
    summary = back.answers[-1]
    while not summary.key(labels.text(labels.SEND)):
        summary = (await jonas.presses(labels.SKIP)).answers[-1]
    for word in (SHORT, SHORTER, "fedt"):
        assert word in summary.text.replace("Flere", "flere"), f"his words are used: {summary.text!r}"
    assert RENAMED in summary.text, "the topic's new name"
    number = town.number_in(await jonas.presses(labels.SEND), jonas)
    await invariants.one_responsible(town, number, "Mette Holm")

    await thirty_days_end_the_draft(town, birgit, newest[birgit.chat])


async def thirty_days_end_the_draft(town: Town, birgit: Phone, newest: int) -> None:
    """Day 30 of silence: told at least 3 days before, and then the draft is gone."""
    await days_pass(town, 17, 29)
    assert "ikke sendt" in (await birgit.writes(labels.STATUS)).text_back, "kept until day 30"
    heard = [one for one in await birgit.hears(after=newest) if "sletter" in one.text]
    assert len(heard) == 1, f"told once that it will be deleted\n{await birgit.screen()}"
    told = datetime.fromtimestamp(heard[0].raw["date"], ZONE)
    assert awake(heard[0])
    assert told <= datetime(2026, 11, 29, 12, tzinfo=ZONE), f"told on {told}"
    await town.at("2026-12-02T12:00:00+01:00")
    assert (datetime(2026, 12, 2, 9, tzinfo=ZONE) - told).days >= 3, f"told on {told}, gone on 2 December"
    assert "ikke sendt endnu" not in (await birgit.writes(labels.STATUS)).text_back, "deleted on day 30"
    assert SHORTER not in str(town.bot.rows("SELECT * FROM talks WHERE key = ?", str(birgit.chat)))


async def test_b_two_weeks_of_silence_after_the_agents_question_is_nobodys_delay(town: Town) -> None:
    await town.at("2027-02-02T09:30:00+01:00")
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, HANGOUT)
    await town.signe.presses(labels.TAKE)
    await town.at("2027-02-03T10:00:00+01:00")
    await town.replied(town.signe, "Jonas", "Hvilke aftener tænker du på?")
    since = await town.last_call()
    for day in range(4, 18):
        await town.at(f"2027-02-{day:02d}T12:00:00+01:00")
        queue = (await town.peter.writes(labels.QUEUE)).text_back
        assert not late(invariants.part_about(queue, number)), queue
    card = await town.card(number, town.signe)
    assert re.search("venter på Jonas siden (onsdag den )?3. februar", card.text, re.IGNORECASE), card.text
    about = [call for call in await town.sandbox.calls(after=since) if call["chat_id"] == town.signe.chat]
    assert not [call for call in about if late(invariants.shown(call))], "counted as a delay"
    newest = await town.signe.newest()
    answered = await jonas.writes("ja det kunne være fedt om torsdagen")
    assert (19, 2) in dates(answered.text_back), "he hears at once by when she answers"
    carried = await town.signe.waits_for("fedt om torsdagen", after=newest)
    assert "Jonas" in carried.text.split("\n")[0], "whose words they are, on the first line"
    views = await invariants.one_responsible(town, number, "Signe Krag")
    common = set.intersection(*(set(view.dates) for view in views))
    assert (19, 2) in common, f"two working days from his answer, seen by both: {common}"
    assert (19, 2) in dates((await jonas.writes(labels.STATUS)).text_back)
