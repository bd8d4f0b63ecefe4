"""B-05: a citizen writes in Ukrainian on a Danish phone; the bot answers so, and what staff write stays their own."""

import os
import re
from functools import cache
from typing import Any

import pytest
import yaml
from babel.dates import get_day_names

from tests.journeys import labels
from tests.journeys.phone import Act, Phone
from tests.journeys.process import ROOT
from tests.journeys.public_town import moved
from tests.journeys.town import NUMBER, Town
from tests.journeys.wording import dates

pytestmark = pytest.mark.asyncio(loop_scope="module")

SETTINGS = {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests/journeys/overheard"), str(ROOT)])}

CAFE = "Доброго дня! Хочу організувати мовне кафе в бібліотеці для жінок з України"
WHO = "Для жінок, які нещодавно приїхали. Я сама можу вести зустрічі"
MORE = "А ще ми питимемо чай разом"
FARID_WRITES = "Hej Olena. Kan vi mødes på biblioteket torsdag kl. 10?"
STEP = "Hvad: finder et lokale på biblioteket\nHvem: Farid Nazari\nHvornår: 12. november\nSelv: inviterer naboerne"
DANISH = ("Flere bænke ved søen så de ældre kan hvile", "Til alle der går tur med rollator", "Ved Gentofte Sø")
LETTER = re.compile(r"[^\W\d_]")
LATIN_WORD = re.compile(r"[A-Za-zÆØÅæøå]+(?:[-'][A-Za-zÆØÅæøå]+)*")
OWN_NAMES = frozenset({"Farid", "Nazari", "Olena", "sparringsagent", "Telegram", "Gentofte", "Kommune"})
"""Names that are the same in every language."""


@cache
def _ukrainian() -> dict[str, Any]:
    written = (ROOT / "bot/texts/uk.yaml").read_text(encoding="utf-8")
    sheet: dict[str, Any] = yaml.load(written, Loader=yaml.CSafeLoader)
    return sheet


def ukrainian(key: str) -> str:
    """The product's own Ukrainian text by its key, as it is read."""
    at: Any = _ukrainian()
    for part in key.split("."):
        at = at[part]
    return str(at).replace("*", "").strip()


STAFF_LANGUAGES = ukrainian("citizen.staff_languages")
SKIP, SEND = ukrainian("citizen.button.skip"), ukrainian("citizen.button.send")
WEEKDAYS = set(get_day_names("wide", locale="uk").values())


def foreign(text: str, *peoples_own: str) -> list[str]:
    """The words of a text in Latin letters that are neither names nor in what people wrote."""
    for words in peoples_own:
        text = text.replace(words, " ")
    return [word for word in LATIN_WORD.findall(text) if word not in OWN_NAMES]


def is_ukrainian(text: str) -> bool:
    """Whether nearly all letters are Cyrillic, and none is one that only Russian has."""
    letters = LETTER.findall(text)
    cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u04ff"]
    return bool(letters) and len(cyrillic) >= 0.75 * len(letters) and not re.search("[ыэъё]", text, re.IGNORECASE)


async def pressed(phone: Phone, label: str) -> Act:
    """Press the newest button with this very label."""
    message = await phone.waits_for(lambda one: one.key(label) is not None)
    key = message.key(label)
    assert key is not None
    return await phone.presses_data(message.id, key["callback_data"], label)


async def until_sent(phone: Phone) -> tuple[list[Act], Act]:
    """Answer in Ukrainian until the summary stands there, add a line, then SEND: all acts, and the last."""
    acts = [await phone.writes(CAFE), await phone.writes(WHO)]
    while acts[-1].answers[-1].key(SEND) is None:
        acts.append(await pressed(phone, SKIP))
        assert len(acts) < 6, "the summary comes within three questions"
    acts.append(await phone.writes(MORE))
    acts.append(await pressed(phone, SEND))
    if NUMBER.search(acts[-1].text_back.replace("№", "nr.")) is None:
        acts.append(await pressed(phone, ukrainian("citizen.button.dont_know")))
    return acts, acts[-1]


async def test_from_first_words_to_farids_next_step(town: Town) -> None:
    olena = await town.citizen("Olena", language="da")
    start = await olena.newest()
    acts, receipt = await until_sent(olena)

    # Every fixed text is in Ukrainian, buttons too, and nothing of the summary is in another language.
    for act in acts:
        assert is_ukrainian(act.text_back.replace(CAFE, "").replace(WHO, "")), act.text_back
        assert foreign(act.text_back, CAFE, WHO) == [], act.text_back
        for message in act.answers:
            assert [label for label in message.buttons if not is_ukrainian(label)] == []
    everything = "\n".join(one.text for one in await olena.hears(after=start))
    assert everything.count(STAFF_LANGUAGES) == 1, "it says once that staff answer in Danish or English"

    # The receipt: a name, and the date in Ukrainian words, by Babel's own names of months and days.
    number = int(NUMBER.search(receipt.text_back.replace("№", "nr."))[1])  # type: ignore[index]
    town.numbers.append(number)
    town.owners[number] = olena.person
    assert "Farid Nazari" in receipt.text_back
    assert dates(receipt.text_back) == [(4, 11)], receipt.text_back
    assert any(day[:4] in receipt.text_back for day in WEEKDAYS), receipt.text_back

    # Farid's card is in Danish, her words are hers, and nobody takes the bot for a translator.
    reader = await town.reader_of(number)
    card = await town.card(number, reader)
    assert "skriver på ukrainsk" in card.text
    assert "Botten oversætter ikke" in card.text
    assert CAFE in card.text
    assert WHO in card.text
    assert re.search("Integration|Kultur", card.text)
    assert "Доброго дня" not in card.text.splitlines()[0], "a greeting is no title"

    # His own words reach her unchanged; what stands around them is Ukrainian.
    farid = await town.taken(number, town.farid)
    before = await olena.newest()
    await town.replied(farid, "Olena", FARID_WRITES)
    [relayed] = [one for one in await olena.hears(after=before) if FARID_WRITES in one.text]
    assert foreign(relayed.text, FARID_WRITES) == []

    # The next step is told in Ukrainian, with its date; what Farid wrote himself stays as he wrote it.
    before = await olena.newest()
    await moved(town, number, labels.STEP, STEP, farid)
    told = await olena.hears(after=before)
    assert told, f"nothing was told\n{await farid.screen()}"
    heard = "\n".join(one.text for one in told)
    assert dates(heard) == [(12, 11)], heard
    assert foreign(heard, "finder et lokale på biblioteket", "inviterer naboerne", CAFE, WHO) == [], heard


async def test_the_language_follows_what_is_written_and_not_the_phone(town: Town) -> None:
    dane = await town.citizen("Jonas", language="uk", started=False)
    hello = await dane.starts()
    assert is_ukrainian(hello.text_back.replace("Gentofte Kommune", "")), "nothing is written yet: the phone's language"
    acts = [await dane.writes(words) for words in DANISH]
    for act in acts:
        assert not re.search("[\u0400-\u04ff]", act.text_back), act.text_back
    await dane.presses(labels.DROP)


async def test_a_word_in_another_language_changes_nothing_and_a_question_is_answered_in_ukrainian(town: Town) -> None:
    olena = await town.citizen("Olena", language="da")
    answer = await olena.writes("Хто такий дорадник?")
    assert is_ukrainian(answer.text_back.replace("sparringsagent", "")), answer.text_back
    unknown = await olena.writes("Скільки грошей є для ідей мешканців у 2027 році?")
    assert is_ukrainian(unknown.text_back), unknown.text_back
    thanks = await olena.writes("ok")
    assert is_ukrainian(thanks.text_back) or not thanks.answers


async def test_no_host_but_the_bot_api_is_called(town: Town) -> None:
    """Nothing is sent away to be translated: all that the bot's process ever connected to is the sandbox."""
    called = set((town.folder / "called.txt").read_text(encoding="utf-8").splitlines())
    port = int(town.sandbox.url.rpartition(":")[2])
    assert called == {str(("127.0.0.1", port))}
