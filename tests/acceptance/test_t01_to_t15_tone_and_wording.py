"""T-01 to T-15: what can be measured of each quality, in all Danish texts and in one real talk from hello to a no."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from bot.routing.frame import build_frame
from bot.routing.load import load_rules
from bot.texts import style
from bot.texts.readers import CITIZEN, is_label, reader_of
from bot.texts.specimen import specimens
from tests.book import BOOK
from tests.journeys import labels
from tests.journeys.message import Message
from tests.journeys.phone import Act
from tests.journeys.process import ROOT
from tests.journeys.public_town import moved
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import HOUR, dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

ALL = {lang: tuple(specimens(BOOK, lang)) for lang in BOOK.languages}
DANISH = tuple(one for one in ALL["da"] if reader_of(one.key) == CITIZEN)
SENTENCES = tuple(one for one in DANISH if not is_label(one.key) and one.said.rstrip().endswith((".", "?")))
CPR = "251248-9996"
"""The official test number."""
MAY_NOT = (
    "Hvad: betale for cyklernes reparation\nHvorfor: Kommunalfuldmagten siger, at støtte skal komme mange til gode.\n"
    "I stedet: vi kan låne jer et sted til en fælles dag med værktøj"
)
REPLY = "Hej Aase. Tak for idéen. Hvor står de fleste cykler?"


@dataclass
class Talk:
    """A talk in one citizen's chat: each act with its answers, and all that the bot wrote."""

    acts: dict[str, Act] = field(default_factory=dict)
    late: str = ""
    refused: str = ""
    heard: list[Message] = field(default_factory=list)

    @property
    def own_words(self) -> list[str]:
        """What the bot itself says: neither the citizen's words nor the agent's are its own."""
        people = [BIKES, CPR, REPLY, *(act.text for act in self.acts.values()), *MAY_NOT.splitlines()]
        return [_without(one.text, people) for one in self.heard]


def _without(text: str, people: list[str]) -> str:
    text = re.sub(r"«.*?»", "", text, flags=re.DOTALL)
    for words in sorted(filter(None, people), key=len, reverse=True):
        text = text.replace(words.partition(": ")[2] or words, " ")
    return text


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def talk(open_town: Town) -> AsyncIterator[Talk]:
    """Aase's talk: hello, gibberish, an idea, a CPR number, SEND, an answer, a late promise, a no, a human."""
    town, told = open_town, Talk()
    await town.at("2026-11-02T09:10:00+01:00")
    aase = await town.citizen("Aase", started=False)
    told.acts["start"] = await aase.starts()
    told.acts["gibberish"] = await aase.writes("asdkjh qwe qwe")
    told.acts["idea"] = await aase.writes(BIKES)
    told.acts["cpr"] = await aase.writes(f"flere stativer. mit cpr er {CPR}")
    while not told.acts["cpr" if "summary" not in told.acts else "summary"].answers[-1].key(labels.text(labels.SEND)):
        told.acts["summary"] = await aase.presses(labels.SKIP)
    told.acts["sent"] = await aase.presses(labels.SEND)
    number = town.number_in(told.acts["sent"], aase)
    mette = await town.taken(number, town.mette)
    newest = await aase.newest()
    await town.at("2026-11-04T16:00:00+01:00")
    told.late = (await aase.waits_for("Undskyld", after=newest)).text
    await town.replied(mette, "Aase", REPLY)
    told.acts["status"] = await aase.writes(labels.STATUS)
    told.acts["human"] = await aase.writes("ring")
    newest = await aase.newest()
    await moved(town, number, labels.MAY_NOT, MAY_NOT, mette)
    told.refused = (await aase.waits_for("må ikke", after=newest)).text
    told.heard = [one for one in await aase.hears() if one.text]
    assert len(told.heard) >= 10
    yield told


def wrong(kind: str, texts: list[str]) -> list[str]:
    """The slips of this kind in these texts."""
    return [str(slip) for text in texts for slip in style.slips(text) if slip.kind == kind]


def of(kind: str) -> list[str]:
    """The slips of this kind in all that a citizen can be told."""
    return wrong(kind, [one.said for one in DANISH])


def questions() -> list[tuple[str, str]]:
    """The questions of the shipped rules: what about, and how they are asked in Danish."""
    rules = load_rules((ROOT / "routing_rules.yaml").read_bytes()).rules
    assert rules is not None
    frame = build_frame(rules)
    asked = [*frame.questions, *(one for topic in frame.topics.values() for one in topic.questions)]
    return [(one.facet, one.ask["da"]) for one in asked]


async def test_t01_it_speaks_to_one_person_as_du(talk: Talk) -> None:
    assert of("polite") + wrong("polite", talk.own_words) == []
    spoken = "\n".join(talk.own_words)
    assert len(re.findall(r"\b[Dd](?:u|ig|in|it|ine)\b", spoken)) > 20


async def test_t02_sentences_are_short_and_hold_one_thought(talk: Talk) -> None:
    assert of("long") + wrong("long", talk.own_words) == []
    said = style.sentences("\n".join(talk.own_words))
    assert sum(map(len, said)) / len(said) <= 13
    assert [one.key for one in SENTENCES if any(part.count(",") > 4 for part in re.split(r"[.?:\n]+", one.said))] == []


async def test_t03_words_are_those_of_every_day(talk: Talk) -> None:
    assert of("office") + wrong("office", talk.own_words) == []
    assert style.lix("\n".join(talk.own_words)) <= 32


async def test_t04_a_person_does_something_by_a_date(talk: Talk) -> None:
    for text in (talk.acts["sent"].text_back, talk.late, talk.acts["status"].text_back):
        assert "Mette Holm" in text
        assert re.search(r"\b(læser|svarer|venter|spørger|skriver|har ansvaret)\b", text)
        assert dates(text)
    assert HOUR.search(talk.acts["sent"].text_back)
    promising = [one for one in DANISH if re.search(r"senest\W+\{due", one.written)]
    assert len(promising) > 30
    nobody = [one.key for one in promising if not re.search(r"\{(agent|who|first|contact|step)\}|[Jj]eg", one.written)]
    assert [key for key in nobody if not key.startswith("citizen.file.")] == []


async def test_t05_it_mirrors_before_it_sorts(talk: Talk) -> None:
    first = talk.acts["idea"]
    for word in ("cykler", "rollator", "ordrup"):
        assert word in first.text_back.casefold()
    assert first.answers[-1].text.count("?") == 1
    assert [one.buttons for one in first.answers if len(one.buttons) > 1] == [], "no list to choose from yet"
    assert "Tak, fordi du skriver" in first.answers[0].text


async def test_t06_there_is_one_open_question_at_a_time(talk: Talk) -> None:
    assert [one.key for one in DANISH if one.said.count("?") > 1] == []
    assert [text for text in talk.own_words if text.count("?") > 1] == []
    asked = [text for _, text in questions()]
    closed = re.compile(r"^(Er|Har|Kan|Vil|Skal|Må|Ved|Bor|Kender) ")
    assert len(asked) > 40
    assert [text for text in asked if closed.match(text)] == [], "a yes or no is no open question"
    assert [text for text in asked if re.search(r", og (hv|vil|kan)", text)] == [], "two in one"


async def test_t07_the_idea_stays_the_citizens_own(talk: Talk) -> None:
    assert "Det er stadig din idé" in talk.acts["sent"].text_back
    taking = re.compile(r"kommunens idé|vores idé|kommunen overtager|tak for (dit )?input", re.IGNORECASE)
    assert [one.key for one in DANISH if taking.search(one.said)] == []
    own_part = [text for facet, text in questions() if facet == "selv"]
    assert "Hvad vil du gerne selv være med til?" in own_part
    assert [text for text in own_part if not re.search(r"\b(du|I|dig|jer)\b", text)] == []


async def test_t08_it_promises_an_answer_and_no_result(talk: Talk) -> None:
    assert of("promise") + wrong("promise", talk.own_words) == []
    assert "Jeg kan ikke sige, om det kan lade sig gøre." in talk.acts["sent"].text_back
    foretold = re.compile(r"(udvalget|politikerne|kommunalbestyrelsen) (siger|vil|godkender)", re.IGNORECASE)
    assert [one.key for one in DANISH if foretold.search(one.said)] == []


async def test_t09_a_no_says_what_then_why_then_what_then(talk: Talk) -> None:
    order = [talk.refused.index(part) for part in ("betale for", "Kommunalfuldmagten", "fælles dag", "Mette Holm")]
    assert order == sorted(order)
    for lang, listed in ALL.items():
        noes = [one for one in listed if re.search(r"form\.(may_not|can_not)$", one.key) and "{instead}" in one.written]
        assert len(noes) == 7, lang
        for one in noes:
            places = [one.written.index("{" + part + "}") for part in ("what", "why", "instead", "agent")]
            assert places == sorted(places), one.key
    cold = re.compile(r"desværre|afslag|afvist|ikke imødekomme", re.IGNORECASE)
    assert [one.key for one in DANISH if cold.search(one.said)] == []


async def test_t10_a_fault_is_owned_without_excuses(talk: Talk) -> None:
    for part in ("Vi lovede dig svar", "Det fik du ikke. Undskyld.", "Mette Holm"):
        assert part in talk.late
    assert dates(talk.late) == [(6, 11), (4, 11)], "the new date, and the one that was promised"
    sorry = [one for one in SENTENCES if "{promised" in one.written]
    assert len(sorry) == 7
    assert [one.key for one in sorry if not all(part in one.written for part in ("Undskyld", "{due", "{agent}"))] == []
    excuse = re.compile(r"travl|systemfejl|teknisk|grundet|på grund af|beklager", re.IGNORECASE)
    assert [one.key for one in DANISH if excuse.search(one.said)] == []


async def test_t11_the_citizen_is_never_blamed(talk: Talk) -> None:
    assert of("blaming") + wrong("blaming", talk.own_words) == []
    assert talk.acts["gibberish"].text_back.startswith("Det forstod jeg ikke helt.") or "jeg" in (
        talk.acts["gibberish"].text_back.casefold()
    )
    failed = [one for one in SENTENCES if re.search(r"\bforst(?:od|år)\b.*\bikke\b|\bfejl\b|\bmisforst", one.said)]
    assert len(failed) >= 3
    assert [one.key for one in failed if not re.search(r"\b(jeg|mig|min)\b", one.said, re.IGNORECASE)] == []


async def test_t12_it_is_warm_and_not_gushing(talk: Talk) -> None:
    for kind in ("signs", "gushing", "emoji", "shouted"):
        assert of(kind) + wrong(kind, talk.own_words) == []
    assert any("Tak" in text for text in talk.own_words)
    begging = re.compile(r"stjerner|anmeldelse|bedøm|kun \d+ (dage?|timer?) tilbage|skynd dig", re.IGNORECASE)
    assert [one.key for one in DANISH if begging.search(one.said)] == []


async def test_t13_it_is_honest_about_being_a_bot(talk: Talk) -> None:
    assert of("feeling") + wrong("feeling", talk.own_words) == []
    assert "Jeg er en bot" in talk.acts["start"].text_back
    heard = [one.said for one in DANISH if one.key in ("citizen.got.voice", "citizen.ask_line")]
    assert any("ikke selv se eller lytte" in said for said in heard)
    assert "Jeg har fået din indtalte besked." in heard


async def test_t14_it_is_calm_about_private_things(talk: Talk) -> None:
    told = talk.acts["cpr"].text_back
    assert "har fjernet det" in told
    assert "Vi fortsætter bare" in told
    assert CPR not in "\n".join(one.text for one in talk.heard)
    private = [one for one in DANISH if re.search(r"cpr|privat|oplysninger|helbred", one.said, re.IGNORECASE)]
    assert len(private) >= 8
    threat = re.compile(r"forordning|gdpr|ulovlig|overtræd|strid med|advarsel|straf|forbudt", re.IGNORECASE)
    assert [one.key for one in private if threat.search(one.said)] == []
    assert of("shouted") == []


async def test_t15_several_doors_are_open_and_buttons_stand_alone(talk: Talk) -> None:
    for text in (talk.acts["start"].text_back, talk.acts["human"].text_back):
        assert re.search(r"\bring", text, re.IGNORECASE)
    assert "indtale" in talk.acts["start"].text_back
    assert "39 98 00 00" in talk.acts["human"].text_back
    pressed = {label for one in talk.heard for label in one.buttons}
    alone = re.compile(r"^(klik|tryk|her|videre|ok|næste|mere|ja|nej)\W*$|klik her", re.IGNORECASE)
    assert len(pressed) >= 8
    assert [label for label in pressed if alone.search(label)] == []
    for one in talk.heard:
        assert len(set(one.buttons)) == len(one.buttons), "no two buttons of a message are alike"


async def test_an_editors_own_words_are_said_while_the_bot_runs(open_town: Town) -> None:
    town = open_town
    aase, ulla = await town.citizen("Aase"), town.agent("ulla")
    own = town.rules.with_name("own_texts.yaml")
    own.write_text('da:\n  citizen.smalltalk: "Goddag. Jeg er en bot. Hvad har du på hjerte?"\n', encoding="utf-8")
    await ulla.waits_for("I brug nu: 1 tekst fra own_texts.yaml")
    assert (await aase.writes("hej")).answers[0].text == "Goddag. Jeg er en bot. Hvad har du på hjerte?"
