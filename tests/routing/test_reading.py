"""A text as it is read: settled words, where sentences open, and each sentence as if it stood alone."""

import pytest

from bot.routing.reading import LONGEST, Reading, read_text
from bot.routing.vocabulary import BOTH_KNOWN, ONE_KNOWN, Lead, Vocabulary, heads_of, root

KNOWN = Vocabulary(
    ["Cykel", "parkering", "skov", "P-plads", "ure"], {"stationen", "hund"}, {"st": "station", "Ikk": "ikke"}
)


def near(word: str) -> tuple[str, int] | None:
    """A guess at a few words, and how many letters each is off."""
    return {"skowen": ("skoven", 1), "cykkl": ("cykel", 2), "parkerring": ("parkering", 1)}.get(word)


def read(text: str) -> Reading:
    return read_text(text, KNOWN, near)


def test_hurried_words_are_written_out_and_misspelled_ones_guessed() -> None:
    reading = read("Skowen ve st. ikk cykkl")
    assert reading.words == ("skoven", "ved", "station", "ikke", "cykel")
    assert reading.guesses == (1, 0, 0, 0, 2)
    assert reading.settled == ("skowen", "ved", "station", "ikke", "cykkl")
    assert reading.roots == tuple(map(root, reading.words))


def test_as_it_was_written_nothing_is_guessed() -> None:
    written = read("skowen og hunden").unguessed(KNOWN.root)
    assert written.words == ("skowen", "og", "hunden")
    assert written.guesses == (0, 0, 0)
    assert written.roots == (root("skowen"), root("og"), root("hunden"))


def test_without_a_guess_a_word_stands_as_it_is() -> None:
    assert read_text("skowen", KNOWN).words == ("skowen",)


def test_a_slip_in_a_long_word_is_mended_although_it_could_be_a_compound() -> None:
    assert read("parkerring").words == ("parkering",)


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("en bro", {0}),
        ("en bro. En bænk", {0, 2}),
        ("en bro, en bænk; en sti: her", {0, 2, 4, 6}),
        ("en bro - en bænk", {0, 2}),
        ("en bro-bænk", {0}),
        ("en bro – og mere", {0, 2}),
        ("linje et\nlinje to", {0, 2}),
        ("nu… ja", {0, 1}),
        ("", set()),
    ],
)
def test_a_word_opens_after_a_stop_a_comma_or_a_dash(text: str, openings: set[int]) -> None:
    assert read(text).openings == openings


def test_each_sentence_is_read_as_if_it_stood_alone() -> None:
    reading = read("Skowen er fin. Jeg vil, hvis jeg kan, køre hen. Ja")
    first, second, third = reading.sentences
    assert [part.text for part in reading.sentences] == ["Skowen er fin.", "Jeg vil, hvis jeg kan, køre hen.", "Ja"]
    assert first.bare == ("skoven", "er", "fin")
    assert second.bare == ("jeg", "vil", "hvis", "jeg", "kan", "koere", "hen")
    assert second.openings == {0, 2, 5}
    assert (third.bare, third.openings) == (("ja",), {0})


def test_the_same_sentence_twice_is_two_sentences() -> None:
    assert [part.bare for part in read("Ja tak. Ja tak.").sentences] == [("ja", "tak")] * 2


def test_doubled_letters_are_one_where_cues_look() -> None:
    assert read("bussen kommer").bare == ("busen", "komer")


def test_a_ring_after_an_a_is_part_of_the_word_and_the_end_of_a_long_text_is_not_read() -> None:
    assert read("bla\u030a").words == ("blaa",)
    assert len(read("x " * LONGEST).words) == LONGEST / 2


@pytest.mark.parametrize(
    ("word", "leads"),
    [
        ("cykel", (Lead("cykl", 1.0),)),
        ("cyklerne", (Lead("cykl", 1.0, "Cykel"),)),
        ("hunden", (Lead("=hund", 1.0),)),
        ("cykelparkering", (Lead("cykl", BOTH_KNOWN, "Cykel"), Lead(root("parkering"), BOTH_KNOWN, "parkering"))),
        ("skovsti", ()),
        ("parkeringsplan", (Lead(root("parkering"), ONE_KNOWN, "parkering"),)),
        ("cykelxkz", ()),
        ("pplads", (Lead(root("pplads"), 1.0, "P-plads"),)),
        ("og", ()),
        ("by", ()),
        ("ure", (Lead(root("ure"), 1.0),)),
        ("ukendt", ()),
    ],
)
def test_a_word_leads_to_those_of_the_rules(word: str, leads: tuple[Lead, ...]) -> None:
    assert KNOWN.leads(word) == leads


def test_what_is_known_is_in_the_rules_small_or_an_ending_away() -> None:
    assert [word for word in ("og", "skov", "skovene", "hund", "pplads", "bil") if KNOWN.knows(word)] == [
        "og", "skov", "skovene", "hund", "pplads",
    ]  # fmt: skip
    assert (KNOWN.written("cykel"), KNOWN.written("bil")) == ("Cykel", "bil")
    assert KNOWN.parts("cykelparkering") == ("cykl", root("parkering"))
    assert KNOWN.parts("skov") == ()


def test_a_small_word_that_an_admin_names_counts() -> None:
    assert Vocabulary(["mere"], (), {}, ["Mere"]).leads("mere") == (Lead(root("mere"), 1.0),)
    assert Vocabulary(["mere"], (), {}).leads("mere") == ()


def test_words_may_begin_as_their_root_or_as_an_irregular_one_does() -> None:
    heads = heads_of(["cykl", "sk"])
    assert {"cyk", "sk"} <= heads
    assert all(0 < len(head) <= 3 for head in heads)
