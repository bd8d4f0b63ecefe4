"""Words are the same however they are written: å or aa, one ending or another, a hyphen or none."""

import pytest

from bot.routing.spelling import (
    LONGEST_WORD,
    collapse,
    compact,
    fold,
    fold_words,
    has_vowel,
    split_sentences,
    split_words,
    stem,
    words_as_written,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("CYKEL", "cykel"),
        ("Blåbærgrød", "blaabaergroed"),
        ("Ble\u0301 A\u030a", "ble aa"),
        ("Zażółć gęślą", "zazolc gesla"),
        ("Grüße", "grusse"),
        ("Ёж", "еж"),
        ("cy\u00adkel", "cykel"),
        ("O’Brien", "o'brien"),
    ],
)
def test_letters_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_word_is_known_by_its_letters_and_its_place() -> None:
    first, second, third = split_words("P-plads, ved O'Briens")
    assert (first.text, first.fold, first.start, first.end) == ("P-plads", "pplads", 0, 7)
    assert (second.fold, second.start) == ("ved", 9)
    assert third.fold == "obriens"
    assert fold_words("P-plads, ved O'Briens") == ["pplads", "ved", "obriens"]
    assert words_as_written("P-plads, ved O'Briens") == ["P-plads", "ved", "O'Briens"]


def test_of_a_word_without_end_only_the_beginning_is_looked_at() -> None:
    (token,) = split_words("x" * (LONGEST_WORD + 5))
    assert (len(token.text), len(token.fold), token.end) == (LONGEST_WORD + 5, LONGEST_WORD, LONGEST_WORD + 5)
    assert fold_words("x" * (LONGEST_WORD + 5)) == ["x" * LONGEST_WORD]
    assert compact("x" * (LONGEST_WORD + 5)) == "x" * LONGEST_WORD


@pytest.mark.parametrize(
    "forms",
    [
        ("cykel", "cyklen", "cykler", "cyklerne", "cyklernes"),
        ("skov", "skove", "skoven", "skovene", "skovenes", "skovens"),
        ("bus", "busser", "bussen", "busserne"),
        ("hus", "huse", "huset", "husets", "husene"),
        ("park", "parker", "parkerne", "parkens"),
        ("billig", "billigt", "billige"),
        ("gammel", "gamle"),
        ("ліс", "лісу", "ліси", "лісом", "лісами", "лісах", "лісів"),
        ("парк", "парку", "парки", "парком", "парками"),
        ("بيت", "البيت", "بالبيت", "والبيت", "للبيت"),
    ],
)
def test_one_word_in_all_its_forms_has_one_stem(forms: tuple[str, ...]) -> None:
    assert {stem(form) for form in forms} == {stem(forms[0])}


@pytest.mark.parametrize("word", ["is", "sne", "ven", "et", "en", "bær", "ти", "або", "الم", "hvn"])
def test_a_short_word_is_left_whole(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "without"),
    [("cykkel", "cykel"), ("skkole", "skole"), ("bedre", "bedre"), ("all", "all"), ("2200", "2200"), ("ssss", "s")],
)
def test_doubled_letters_are_one(word: str, without: str) -> None:
    assert collapse(word) == without


@pytest.mark.parametrize(("name", "one"), [("P-plads ved vandet", "ppladsvedvandet"), ("Skov", "skov"), ("Å", "aa")])
def test_a_name_of_several_words_is_one_word(name: str, one: str) -> None:
    assert compact(name) == one


@pytest.mark.parametrize(
    ("word", "spoken"), [("skov", True), ("ny", True), ("xkzq", False), ("бжз", True), ("", False), ("пляж", True)]
)
def test_a_word_that_could_be_spoken_has_a_vowel_or_other_letters(word: str, spoken: bool) -> None:
    assert has_vowel(word) is spoken


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi mødes kl. 16. Kom bare!", ["Vi mødes kl. 16.", "Kom bare!"]),
        ("Det er Nr. 4 på listen, fx. den røde", ["Det er Nr. 4 på listen, fx. den røde"]),
        ("Hvad nu? Ja\n\nNej…  Måske", ["Hvad nu?", "Ja", "Nej…", "Måske"]),
        ("  ", []),
        ("tlf. 39 98 00 00", ["tlf. 39 98 00 00"]),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
