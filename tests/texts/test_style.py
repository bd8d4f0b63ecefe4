"""Every Danish text to citizens holds to A-02: short, plain, no office words, no promises, du-form."""

import re
from pathlib import Path

import pytest

import bot
from bot.texts.book import Book
from bot.texts.specimen import specimen, specimens
from bot.texts.understanding import understand
from tests.journeys.wording import promises
from tests.texts import style

BOOK = Book.load(strict=True)
CODE = Path(bot.__file__).parent
SECTIONS = frozenset({*style.CITIZEN_SECTIONS, "desk", "admin", "rulebook", "colleague"})


@pytest.mark.parametrize("key", style.for_citizens(BOOK))
def test_a_text_to_citizens_has_no_fault(key: str) -> None:
    assert style.faults(specimen(BOOK, key)) == []


@pytest.mark.parametrize("key", style.for_citizens(BOOK))
def test_a_text_to_citizens_has_at_most_65_words(key: str) -> None:
    assert len(specimen(BOOK, key).split()) <= 65


@pytest.mark.parametrize("lang", BOOK.languages)
def test_every_word_that_a_text_tells_people_to_write_is_understood(lang: str) -> None:
    told = {
        word: key for key in style.for_citizens(BOOK) for word in re.findall('"([^"]+)"', specimen(BOOK, key, lang))
    }
    assert {word: key for word, key in told.items() if not understand(word)} == {}


def test_all_texts_to_citizens_are_easy_to_read_as_a_whole() -> None:
    whole = "\n".join(specimen(BOOK, key) for key in style.for_citizens(BOOK) if not _is_label(key))
    said = style.sentences(whole)
    assert style.lix(whole) <= 32
    assert sum(map(len, said)) / len(said) <= 13


@pytest.mark.parametrize("key", sorted(BOOK.known() - set(style.for_citizens(BOOK))))
def test_a_text_to_staff_has_no_office_words_and_promises_nothing(key: str) -> None:
    text = specimen(BOOK, key)
    assert [hit.group() for hit in style.OFFICE.finditer(text)] == []
    assert promises(text) == []
    assert text.count("!") <= 1


@pytest.mark.parametrize("lang", BOOK.languages)
def test_a_button_holds_at_most_28_characters(lang: str) -> None:
    labels = {key: specimen(BOOK, key, lang) for key in BOOK.known(lang) if _is_label(key)}
    assert {key: label for key, label in labels.items() if len(label) > 28} == {}


def test_every_text_that_the_code_names_is_in_the_book() -> None:
    assert sorted(style.named_keys(CODE, SECTIONS) - BOOK.known()) == []


def _is_label(key: str) -> bool:
    return key in style.labels(CODE) or not {"button", "buttons"}.isdisjoint(key.split("."))


@pytest.mark.parametrize("lang", BOOK.languages)
def test_every_text_can_be_listed_with_sample_names_filled_in(lang: str) -> None:
    listed = dict(specimens(BOOK, lang))
    assert listed.keys() == BOOK.known(lang)
    for mark in ("desk.cpr_mark", "desk.own.instead", "desk.redact.instead", "desk.keep.instead"):
        assert listed.pop(mark).startswith("["), "it must look like no word of the citizen's own"
    assert [key for key, text in listed.items() if not text or "{" in text or "[" in text] == []


def test_a_promise_of_a_result_is_found_and_a_denial_is_not() -> None:
    assert promises("Super, det skal nok blive til noget. Vi betaler.") == ["skal nok blive", "Vi betaler"]
    assert promises("Jeg kan ikke sige mere i dag, men vi betaler. Vi bygger bro.") == ["vi betaler"]
    assert promises("Det betyder ikke, at vi betaler.") == []


def test_an_office_word_a_passive_and_a_polite_form_are_found() -> None:
    found = style.faults("Vedrørende din henvendelse: den behandles, når De har tid, og borgeren får svar.")
    assert found == [
        "office word: Vedrørende",
        "office word: henvendelse",
        "not to “du”: De",
        "not to “du”: borgeren",
        "passive: behandles",
    ]


def test_a_sentence_does_not_end_at_an_hour_or_a_date() -> None:
    said = style.sentences("Mette svarer senest onsdag den 4. november kl. 16. Vil du vente?")
    assert [len(words) for words in said] == [9, 3]


def test_two_questions_two_shouts_or_an_emoji_first_are_found() -> None:
    assert style.faults("🎉 Hej! Tak! Hvad? Hvem?") == ["2 of !", "2 of ?", "emoji: 🎉"]
