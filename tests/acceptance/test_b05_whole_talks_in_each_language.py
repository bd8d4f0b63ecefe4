"""B-05 and A-01: a whole talk in English and in Ukrainian, from START to the deletion: no text falls back to Danish."""

import os
import re
from dataclasses import dataclass, field

import pytest

from tests.acceptance.test_a01_by_plain_words_alone import readable
from tests.journeys import labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import NUMBER, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]

STEP = "Hvad: måler pladsen op\nHvem: Mette Holm\nHvornår: 12. november\nSelv: tæller cykler"
TRIAL = (
    "Hvad: stativer på torvet\nHvem: Mette Holm\nHvornår: 20. november\nSammen med: skolen\nKigger efter: om de står"
)
WAITING = "Hvad: svar fra banen\nHvem: Mette Holm\nHvornår: 27. november"
MAY_NOT = "Hvad: drive værkstedet\nHvorfor: Loven siger nej.\nI stedet: låne jer et lokale"
MEET = "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · Byens Hus"
REPLY = "Hej, hvor står de fleste cykler?"
TITLE = "Plads til cykler"
DONE = "Der står nu ti stativer"
OF_STAFF = (DONE, STEP, TRIAL, WAITING, MAY_NOT, MEET, REPLY, TITLE)
"""What agents write, in their own Danish, which stays as it is."""
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "hello": "hello there", "idea": "More bicycle racks at Ordrup station so people with walkers can get past",
        "answer": "For everybody who walks there with a walker or a pram", "more": "and somebody who picks up bikes",
        "edit": "edit", "change": "It is also for bikes with a trailer", "send": "send", "status": "status",
        "call": "call",
        "number": "20 30 40 50 after four o'clock", "reply": "Most of them stand by the northern exit every day",
        "why": "why", "help": "help", "privacy": "privacy", "public": "public", "meetings": "meetings",
        "numbers": "numbers", "question": "What is a sparring agent?", "thanks": "thank you",
        "erase": "delete my last message", "regret": "I changed my mind", "forget": "delete everything", "stop": "stop",
        "new": "new idea", "second": "Benches in the square in Hellerup so old people can rest",
        "nobody": "How much money is there for ideas in 2027?",
    },
    "uk": {
        "hello": "привіт", "idea": "Більше велосипедних стійок біля станції Ордруп, щоб можна було пройти з ходунками",
        "answer": "Для всіх, хто ходить там з ходунками або візочком", "more": "і хтось, хто прибирає старі велосипеди",
        "edit": "змінити", "change": "Це також для велосипедів з причепом", "send": "надіслати", "status": "статус",
        "call": "подзвонити", "number": "20 30 40 50 після четвертої години", "why": "чому", "help": "допомога",
        "reply": "Більшість стоїть біля північного виходу щодня", "privacy": "приватність", "public": "відкриті ідеї",
        "meetings": "зустрічі", "numbers": "цифри", "question": "Хто такий дорадник?", "thanks": "дякую",
        "erase": "видаліть моє останнє повідомлення", "regret": "я передумала", "forget": "видалити все про мене",
        "stop": "стоп", "new": "нова ідея", "second": "Лавки на площі в Геллерупі, щоб літні люди могли відпочити",
        "nobody": "Скільки грошей є для ідей мешканців у 2027 році?",
    },
}  # fmt: skip
DANISH = re.compile(
    r"[æøåÆØÅ]|\b(og|ikke|din|dit|dig|jeg|hvad|senest|kommunen|skriv|tryk|idéen|svarer|har ansvaret|nr)\b",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-zÆØÅæøå]{2,}")
FIELD_LEFT = re.compile(r"\{\w+|\[[a-z_]+\.[a-z_.]+\]|\bNone\b")
NAMES = re.compile(
    r"Gentofte|Kommune|Mette|Holm|Peter|Dam|Telegram|Olena|Farid|Nazari|Bo|Lind|Lone|Bach|Rådhus|Bernstorffsvej"
    r"|Charlottenlund|Ordrup|Hellerup|Tårbæk|Ordrupvej|Borgernes Hus|Byens Hus|Karim|https?://\S+|sparringsagent\w*|PDF|CVR|GDPR"
)
"""Names of people and places are the same in every language."""


@dataclass
class Talk:
    """One citizen's chat in one language: what they do, and all that they are told."""

    town: Town
    phone: Phone
    lang: str
    own: list[str] = field(default_factory=list)

    async def says(self, name: str) -> str:
        """Write the words of this name; what comes back."""
        words = WORDS[self.lang][name]
        self.own.append(words)
        return (await self.phone.writes(words)).text_back

    async def presses(self, key: str) -> str:
        """Press the newest button with this label of the language; what comes back."""
        label = str(labels.whole(key, self.lang)).split("{")[0].strip()
        return (await self.phone.presses_matching(f"^{re.escape(label)}")).text_back

    async def offers(self, key: str) -> bool:
        """Whether the last message has such a button."""
        label = str(labels.whole(key, self.lang)).split("{")[0].strip()
        last = (await self.phone.hears())[-1]
        return any(one.startswith(label) for one in last.buttons)

    def foreign(self, message: Message) -> list[str]:
        """The words of a message, or on its buttons, that are in another language than this talk."""
        wrong = []
        for said in (message.text, *message.buttons):
            left = re.sub(r"«[^»]*»|“[^”]*”", " ", said)
            people = [
                *self.own,
                *OF_STAFF,
                *(part for one in OF_STAFF for line in one.splitlines() for part in _spoken(line)),
            ]
            for words in sorted(people, key=len, reverse=True):
                left = left.replace(words, " ")
            left = NAMES.sub(" ", left)
            hits = DANISH.findall(left) if self.lang == "en" else LATIN.findall(left)
            wrong += [f"{hit if isinstance(hit, str) else hit[0]!r} in {said!r}" for hit in hits]
            wrong += [f"a field is left in {said!r}" for _ in FIELD_LEFT.findall(said)]
        return wrong


def _spoken(line: str) -> list[str]:
    """A line of a form, and the words in it that are an agent's."""
    return [one for one in (line, line.partition(": ")[2], *line.partition(": ")[2].split(" · ")) if len(one) > 3]


async def sends(talk: Talk, first: str) -> int:
    """From the first words to the receipt, with an answer, a change and a status on the way; the number."""
    await talk.says(first)
    if first == "idea":
        await talk.says("answer")
        while not await talk.offers(labels.SEND):
            await talk.presses(labels.SKIP)
        await talk.says("more")
        await talk.says("status")
        await talk.says("why")
        await talk.says("edit")
        await talk.says("change")
    while not await talk.offers(labels.SEND):
        await talk.presses(labels.SKIP)
    told = await talk.says("send")
    if NUMBER.search(told.replace("№", "nr.").replace("No.", "nr.").replace("no.", "nr.")) is None:
        told = await talk.presses(labels.DONT_KNOW)
    found = re.search(r"(?:№|[Nn]o\.) (\d+)", told)
    assert found, told
    return int(found[1])


async def looks_at(talk: Talk, number: int) -> None:
    """Look at one of several things in full."""
    await talk.phone.presses_matching(rf"^\D+ {number}$")


async def goes_the_whole_way(talk: Talk, desk: Phone, number: int) -> None:
    """Taken, answered, a title, a meeting, steps, open for others, and a no."""
    town = talk.town
    await town.replied(desk, talk.phone.person.name.split()[0], REPLY)
    await talk.says("reply")
    await talk.says("status")
    await moved(town, number, labels.TITLE, TITLE, desk)
    await talk.presses(labels.TITLE_YES)
    await moved(town, number, labels.STEP, STEP, desk)
    await talk.says("status")
    await looks_at(talk, number)
    await talk.presses(labels.MAKE_PUBLIC)
    await talk.presses(labels.PUBLIC_OK)
    await talk.says("status")
    await talk.says("public")
    await moved(town, number, labels.TRIAL, TRIAL, desk)
    await talk.says("status")
    await moved(town, number, labels.WAITING, WAITING, desk)
    await talk.says("status")
    await town.later(days=12)
    await talk.says("status")
    await talk.says("regret")
    await moved(town, number, labels.MAY_NOT, MAY_NOT, desk)
    await talk.says("status")
    await looks_at(talk, number)
    await talk.presses(labels.REOPEN)
    await moved(town, number, labels.DONE, DONE, desk)
    await town.later(days=4)
    for name in ("heard_yes", "clear_partly", "own_no"):
        await talk.presses(f"bridge.button.{name}")


async def from_start_to_deletion(talk: Talk) -> None:
    """All that a citizen can be told in one long talk."""
    town, phone = talk.town, talk.phone
    await phone.starts()
    for name in ("hello", "help", "meetings", "numbers", "public", "question", "nobody", "thanks", "call"):
        await talk.says(name)
    await talk.presses(labels.CALL_ME)
    await talk.says("number")
    await talk.says("status")
    await talk.says("regret")
    for content in ({"sticker": {}}, {"poll": {"question": "?", "options": ["a", "b"]}}, {"dice": {}}):
        await phone.sends(**content)
    await talk.says("new")
    number = await sends(talk, "idea")
    await talk.says("status")
    desk = await town.taken(number, town.mette)
    await goes_the_whole_way(talk, desk, number)
    await talk.says("new")
    second = await sends(talk, "second")
    assert second > number
    await phone.sends(voice={"duration": 5})
    await phone.sends(contact={"phone_number": "+4520304050", "first_name": "Bo"})
    await talk.says("privacy")
    await talk.says("forget")
    await talk.presses(labels.COPY)
    await talk.says("forget")
    await talk.presses(labels.DELETE)


@pytest.mark.parametrize("lang", ["en", "uk"])
async def test_a_whole_talk_never_falls_back_to_danish(fresh_town: Town, lang: str) -> None:
    town = fresh_town
    await town.at("2026-11-02T09:10:00+01:00")
    phone = await town.citizen("Olena", language=lang, started=False)
    talk = Talk(town, phone, lang)
    try:
        await from_start_to_deletion(talk)
    finally:
        heard = [one for one in await phone.hears() if one.text]
        _write_down(lang, heard)
    assert len(heard) > 50
    whole = "\n".join(one.text for one in heard)
    assert whole.count(str(labels.whole("citizen.staff_languages", lang))) == 1, "once, though there were two ideas"
    assert [wrong for one in heard for wrong in talk.foreign(one)] == []
    for one in heard:
        readable(one)


def _write_down(lang: str, heard: list[Message]) -> None:
    """For whoever wants to read it aloud: `READ_ALOUD=folder`."""
    if folder := os.environ.get("READ_ALOUD"):
        lines = ["\n".join([one.text, *(f"    [{label}]" for label in one.buttons)]) for one in heard]
        with open(os.path.join(folder, f"{lang}.txt"), "w", encoding="utf-8") as file:
            file.write("\n---\n".join(lines))
