"""A-02: all that the bot can say in Danish, with sample names filled in, read and measured as one body."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import bot
from bot.cli import cli
from bot.routing.frame import build_frame
from bot.routing.load import load_rules
from bot.texts import style
from bot.texts.readers import CITIZEN, LONGEST_LABEL, is_label, read_by, reader_of
from bot.texts.specimen import Specimen, specimen, specimens
from tests.book import BOOK
from tests.journeys import wording
from tests.journeys.process import ROOT
from tests.texts import keys

CODE = Path(bot.__file__).parent
PRINCIPLES = (
    "Lytter først", "Bygger bro", "Skaber fremdrift", "Gør det nemt", "Fastholder virkelyst", "Tydelig ramme",
)  # fmt: skip
"""As the decision of November 2019 has them, in its order."""
SUBJECT = re.compile(
    r"(?:Mette Holm|Mette|Aase|du|vi|jeg|den, der tilbyder hjælp,|en anden borger|idéens ejer) [a-zæøå]+"
)
"""Somebody, and the verb of what they do."""
SAYS_OF_WHAT = (
    *(f"citizen.button.{name}" for name in ("send", "edit", "drop", "skip", "later", "public", "public_ok", "hide")),
    *(f"citizen.button.{name}" for name in ("public_no", "withdraw", "edit_sent", "read_waiting")),
    *(f"open.button.{name}" for name in ("follow", "list", "more")),
    *(f"bridge.button.{name}" for name in ("enough", "join", "leave", "drop", "gone", "stays", "back", "send_own")),
    *(f"citizen_step.button.{name}" for name in ("show_ok", "show_no", "title_ok", "title_no")),
)
"""Buttons whose verb could be meant of many things."""
NEXT_STEPS = ("step.", "step_of_another.", "citizen_step.next.", "desk.next.")


def of_citizens() -> Iterator[Specimen]:
    """The texts that a citizen reads."""
    return (one for one in danish() if reader_of(one.key) == CITIZEN)


@cache
def danish() -> tuple[Specimen, ...]:
    """Every Danish text, filled with samples."""
    return tuple(specimens(BOOK))


def kinds(*wanted: str) -> Mapping[str, list[str]]:
    """Every slip of these kinds in all texts, by key."""
    found = {
        one.key: [str(slip) for slip in style.slips_of(one.key, one.said) if slip.kind in wanted] for one in danish()
    }
    return {key: told for key, told in found.items() if told}


def test_all_texts_are_listed_in_one_place_and_the_code_says_nothing_that_is_not_among_them() -> None:
    listed = json.loads(CliRunner().invoke(cli, ["texts", "--json"], catch_exceptions=False).stdout)
    assert listed.keys() == BOOK.known()
    sections = frozenset(key.split(".")[0] for key in BOOK.known())
    unknown = keys.named(CODE, sections) - BOOK.known()
    assert sorted(key for key in unknown if not any(known.startswith(f"{key}.") for known in BOOK.known())) == []


@pytest.mark.parametrize("reader", ["citizen", "staff", "admin"])
def test_the_whole_has_a_lix_of_at_most_32_and_13_words_a_sentence(reader: str) -> None:
    of_them = [one.said for one in danish() if reader_of(one.key) == reader and not is_label(one.key)]
    # Once with every heading and word of a list, and once with whole sentences alone, which are harder to read.
    for body in (of_them, [text for text in of_them if text.rstrip().endswith((".", "?"))]):
        whole = "\n".join(body)
        said = style.sentences(whole)
        assert len(body) > 40
        assert style.lix(whole) <= 32
        assert sum(map(len, said)) / len(said) <= 13


def test_no_text_of_25_words_has_a_lix_over_40_and_no_sentence_over_22_words() -> None:
    assert kinds("lix", "long") == {}


def test_there_are_no_office_words_and_no_promises() -> None:
    assert kinds("office", "promise") == {}
    assert style.PROMISE.pattern == wording.PROMISE.pattern, "the journeys listen for the same promises"


def test_nobody_hides_behind_a_passive() -> None:
    assert kinds("passive") == {}


def test_every_next_step_has_somebody_who_takes_it() -> None:
    steps = [one for one in danish() if one.key.startswith(NEXT_STEPS)]
    assert len(steps) > 30
    assert [one.said for one in steps if not SUBJECT.match(one.said)] == []
    told = [one for one in danish() if "næste skridt" in one.written.lower() and reader_of(one.key) == CITIZEN]
    # A step in an agent's words ("måler pladsen op") names nobody itself.
    nobody = [one.key for one in told if not re.search(r"\{(agent|who|first|name)\}|[Jj]eg|[Dd]u\b", one.written)]
    assert [key for key in nobody if len(specimen(BOOK, key).split()) > 4] == [], "a heading names nobody"


def test_it_speaks_to_du_throughout() -> None:
    assert kinds("polite") == {}


def test_there_is_at_most_one_exclamation_mark_a_message_and_one_question() -> None:
    assert kinds("signs") == {}
    for lang in BOOK.languages:
        to_citizens = (one for one in specimens(BOOK, lang) if reader_of(one.key) == CITIZEN)
        assert [one.key for one in to_citizens if max(map(one.written.count, "?!")) > 1] == [], lang


def test_the_six_principles_are_named_exactly_as_in_the_decision() -> None:
    spoken = [one.written for one in danish() if one.key.startswith("mirror.")]
    named = [found[1] for text in spoken for found in [re.match(r"\*\*(.+?)\.\*\*", text)] if found]
    assert tuple(dict.fromkeys(named)) == PRINCIPLES
    page = (ROOT / "knowledge/da/de-seks-principper.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for text in (page, readme):
        assert sorted(PRINCIPLES, key=text.index) == list(PRINCIPLES)
    almost = re.compile("|".join(PRINCIPLES), re.IGNORECASE)
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "knowledge/da").glob("*.md")]
    answers = [text.partition("\n---\n")[2] for text in pages]
    wrong = {hit for text in [*answers, *spoken, readme] for hit in almost.findall(text) if hit not in PRINCIPLES}
    assert wrong - {name.lower() for name in PRINCIPLES} == set(), "in running text a small letter is right"


@pytest.mark.parametrize("lang", BOOK.languages)
def test_no_text_has_more_than_65_words_in_any_language(lang: str) -> None:
    assert {one.key: len(one.said.split()) for one in specimens(BOOK, lang) if len(one.said.split()) > 65} == {}


def test_a_text_begins_with_words_and_shouts_none() -> None:
    assert kinds("emoji", "click", "shouted") == {}


@pytest.mark.parametrize("key", SAYS_OF_WHAT)
def test_a_button_says_of_what_for_it_is_read_aloud_alone(key: str) -> None:
    label = specimen(BOOK, key).casefold()
    assert re.search(r"idé|spørgsmål|tilbud|besked|titel|mind mig", label), label


def test_the_receipt_says_what_happens_next_in_its_first_40_words() -> None:
    first = " ".join(specimen(BOOK, "citizen.receipt").split()[:40])
    for part in ("nr. 12", "Mette Holm", "læser den og svarer dig", "onsdag den 4. november kl. 16"):
        assert part in first


@pytest.mark.parametrize("lang", BOOK.languages)
def test_a_button_holds_at_most_28_characters(lang: str) -> None:
    labels = {one.key: one.said for one in specimens(BOOK, lang) if is_label(one.key)}
    assert {key: label for key, label in labels.items() if len(label) > 28} == {}
    assert sorted(key for key in keys.labels(CODE) if not is_label(key)) == [], "what stands on a button says so"


@pytest.mark.parametrize("lang", BOOK.languages)
def test_the_name_of_every_topic_fits_its_button(lang: str) -> None:
    rules = load_rules((ROOT / "routing_rules.yaml").read_bytes()).rules
    assert rules is not None
    names = [topic.label[lang] for topic in build_frame(rules).topics.values()]
    assert len(names) >= 15
    assert [name for name in names if len(name) > LONGEST_LABEL] == []


@pytest.mark.parametrize("lang", BOOK.languages)
def test_no_button_is_a_bare_yes_no_or_partly_for_it_is_heard_alone(lang: str) -> None:
    labels = {one.key: one.said for one in specimens(BOOK, lang) if is_label(one.key)}
    assert {key: label for key, label in labels.items() if style.BARE.fullmatch(label)} == {}


def test_of_all_keys_it_is_known_who_reads_them() -> None:
    sheet = yaml.safe_load((ROOT / "bot/texts/da.yaml").read_text(encoding="utf-8"))
    assert {reader_of(f"{section}.any") for section in sheet} == {"citizen", "staff", "admin"}
    assert len(read_by(BOOK, "citizen")) > len(read_by(BOOK, "staff")) > len(read_by(BOOK, "admin"))


# -- the yardstick itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vedrørende din henvendelse.", ["kancelliord: Vedrørende", "kancelliord: henvendelse"]),
        ("Den behandles, når De har tid.", ["taler ikke til »du«: De", "siger ikke, hvem der gør det: behandles"]),
        ("Borgeren får svar, og man venter.", ["taler ikke til »du«: Borgeren", "taler ikke til »du«: man"]),
        ("Super, det skal nok blive til noget. Vi betaler.",
         ["for store ord: Super", "lover et resultat: skal nok blive", "lover et resultat: Vi betaler"]),
        ("Jeg kan ikke sige mere i dag, men vi betaler.", ["lover et resultat: vi betaler"]),
        ("Det betyder ikke, at vi betaler. Vi bygger bro. I mødes hos kommunens folk.", []),
        ("Mette svarer senest onsdag den 4. november kl. 16. Vil du vente?", []),
        ("🎉 Hej! Tak! Hvad? Hvem?", ["mere end ét spørgsmålstegn eller udråbstegn: !",
         "mere end ét spørgsmålstegn eller udråbstegn: ?", "mere end én emoji, eller en emoji først: 🎉"]),
        ("Klik her. Ugyldigt input. ADVARSEL",
         ["giver læseren skylden: Ugyldig", "giver læseren skylden: input", "store bogstaver: ADVARSEL",
          "siger ikke, hvor der står noget: klik her"]),
        ("Jeg har hørt din besked og synes, den er god.", ["botten føler, hører eller bestemmer ikke: Jeg har hørt"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_text_is_found(text: str, found: list[str]) -> None:
    assert [str(slip) for slip in style.slips(text)] == found


def test_a_long_sentence_and_a_hard_text_are_found() -> None:
    long = "ord " * 23
    hard = "Kommunalbestyrelsens borgerinddragelsesprocesser understøtter lokalsamfundsudviklingen " * 7
    assert [slip.kind for slip in style.slips(long)] == ["long"]
    assert [slip.kind for slip in style.slips(hard)] == ["long", "lix"]
    assert [len(words) for words in style.sentences("Senest onsdag den 4. november kl. 16. Vil du?")] == [7, 2]
