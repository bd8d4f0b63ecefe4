"""A rules file as text: what stands where, and what is wrong is told at its very sign."""

import pytest

from bot.routing.document import (
    DEEPEST,
    LARGEST,
    MOST_FIELDS,
    MOST_NOTED,
    MOST_PIECES,
    MOST_PROBLEMS,
    Document,
    nearest,
    read_document,
)
from bot.routing.faults import fault


def told(data: bytes) -> list[tuple[int, int, str]]:
    """Line, column and words of each fault."""
    return [(one.line, one.column, one.what) for one in read_document(data).problems]


def is_told(place: tuple[int, int], key: str, **fields: object) -> tuple[int, int, str]:
    found = fault(key, place, fields)
    return (found.line, found.column, found.what)


def test_each_value_knows_its_line_and_column() -> None:
    document = read_document("emner:\n  natur:\n    ord: [skov, 'sø']\n    # intet\n    navn: Natur\n".encode())
    assert document.tree == {"emner": {"natur": {"ord": ["skov", "sø"], "navn": "Natur"}}}
    assert document.place(("emner", "natur", "ord", 1)) == (3, 17)
    assert document.place(("emner", "natur", "navn")) == (5, 11)
    assert document.place(("emner", "natur", "navn", "da")) == (5, 11), "the nearest block around it"
    assert document.place(("steder", "x")) == (1, 1)
    assert document.key_marks[("emner", "natur")] == (2, 3)


def test_fields_have_english_names_too_and_names_of_the_municipality_stay() -> None:
    tree = read_document(b"topics:\n  words:\n    words: [x]\n").tree
    assert tree == {"emner": {"words": {"ord": ["x"]}}}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_what_is_left_empty_is_nothing_and_in_quotes_it_is_a_word(nothing: str) -> None:
    assert read_document(f"a: {nothing}\nb: '{nothing}'\n".encode()).tree == {"a": None, "b": nothing}


@pytest.mark.parametrize("word", ["no", "12", "1e3", "2026-11-02", "16:00", "true"])
def test_whatever_is_written_is_a_word(word: str) -> None:
    assert read_document(f"a: {word}\n".encode()).tree == {"a": word}


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_a_slip_is_told_at_its_line_however_lines_end(ending: bytes) -> None:
    assert told(ending.join((b"a:", b"  b: c", b"\td: e"))) == [is_told((3, 1), "tab")]
    assert told(ending.join((b"a:", b"  b: c", b" \t d: e"))) == [is_told((3, 2), "tab")]


@pytest.mark.parametrize("sign", [b",", b"\n", b":", b"[", b"{"])
def test_a_file_of_too_many_pieces_is_refused_before_it_is_read(sign: bytes) -> None:
    assert told(b"a" + sign * (MOST_PIECES + 1)) == [
        is_told((1, 1), "too_many", count=MOST_PIECES + 1, most=MOST_PIECES)
    ]


def test_a_file_may_be_as_large_as_the_largest_and_no_larger() -> None:
    assert told(b"#" * (LARGEST + 1)) == [is_told((1, 1), "too_big", size=4, most=4)]
    assert told(b"#" * LARGEST) == [is_told((1, 1), "empty")]
    assert told(b" \n\n") == told(b"") == [is_told((1, 1), "empty")]


def test_a_letter_of_another_encoding_is_told_where_it_stands() -> None:
    assert told("a: b\nnavn: bænk å".encode("latin-1")) == [is_told((2, 8), "encoding")]
    assert told("æ: b\næøå: ".encode() + b"\xe6") == [is_told((2, 6), "encoding")]
    assert read_document("\ufeffa: bla\u030a".encode()).tree == {"a": "blå"}


def test_brackets_and_indents_may_be_deep_and_no_deeper() -> None:
    assert told(b"a: " + b"[" * (DEEPEST + 1)) == [is_told((1, 1), "too_deep")]
    assert told(b"a:\n " + b"[" * DEEPEST + b"\n" + b"{") == [is_told((3, 1), "too_deep")]
    assert read_document(b"a: " + b"[" * DEEPEST + b"]" * DEEPEST).problems == []
    assert read_document(b"a: " + b"[{}, [], {}, " * (DEEPEST - 1) + b"]" * (DEEPEST - 1)).problems == []
    assert told(b"a:\n" + b" " * (8 * DEEPEST + 1) + b"b") == [is_told((2, 1), "too_deep")]
    assert told(b"- " * 9 + b"b") == []
    assert told(b"- " * 10 + b"b") == [is_told((1, 1), "too_deep")]


def test_only_so_many_slips_are_told_at_once() -> None:
    assert len(told(b"\ta\n" * 100)) == MOST_PROBLEMS


def test_a_field_that_stands_twice_is_told_with_the_first() -> None:
    document = read_document(b"a: 1\nb: 2\na: 3\n")
    assert document.tree == {"a": "1", "b": "2"}
    assert told(b"a: 1\nb: 2\na: 3\n") == [is_told((3, 1), "twice", name="a", first=1)]
    assert told(b"words: 1\nord: 3\n") == [is_told((2, 1), "twice", name="ord", first=1)]


def test_a_field_must_have_a_plain_name_and_no_tag_and_no_reference() -> None:
    assert told(b"a: 1\n? [x]\n: 2\n") == [is_told((2, 3), "field_name")]
    assert told(b"a: !!binary x\n") == [is_told((1, 4), "tag", tag="tag:yaml.org,2002:binary")]
    assert told(b"a: &x [1]\nb: *x\n") == [is_told((2, 4), "reference")]
    assert told(b"a: &x [1]\nb:\n  - 1\n  - *x\n") == [is_told((4, 5), "reference")]


def test_a_quote_that_was_forgotten_is_told() -> None:
    assert told(b'a: natur"\n') == [is_told((1, 4), "quote_start")]
    assert told(b'a: na"tu"r\n') == []
    assert told(b'a: "x\n\n  b: c"\n')[0][2] == is_told((1, 4), "quote_open")[2]


def test_a_block_of_too_many_fields_is_no_rules() -> None:
    fields = b"".join(b"k%d: x\n" % number for number in range(MOST_FIELDS + 1))
    assert told(fields) == [is_told((1, 1), "too_many", count=MOST_FIELDS + 1, most=MOST_FIELDS)]


def test_no_number_of_warnings_keeps_a_fault_out() -> None:
    document = Document()
    for _ in range(MOST_NOTED + 9):
        document.report((1, 1), "small_word", refused=False, word="og", topic="natur")
    assert len(document.problems) == MOST_NOTED
    for _ in range(2 * MOST_NOTED):
        document.report((2, 1), "empty")
    assert len(document.problems) == 2 * MOST_NOTED


def test_the_known_word_that_was_meant_is_found_whatever_its_capitals() -> None:
    assert nearest("NATURR", ["Trafik", "Natur"]) == "Natur"
    assert nearest("xyz", ["Trafik", "Natur"]) == ""
    assert nearest("natur", []) == ""
