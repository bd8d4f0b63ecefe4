"""Parse modes: what they make of a text, and Telegram's words when they can't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.entities import read_text
from bot.sandbox.errors import ApiError


def marks(text: str, mode: str) -> tuple[str, list[tuple[Any, ...]]]:
    plain, entities = read_text(text, mode, None)
    extra = ("url", "language", "custom_emoji_id")
    return plain, [(e["type"], e["offset"], e["length"], *(e[x] for x in extra if x in e)) for e in entities]


@pytest.mark.parametrize(
    ("source", "plain", "found"),
    [
        ("<b>a</b> &lt;b&gt; &amp;", "a <b> &", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("🚲<u>a</u>", "🚲a", [("underline", 2, 1)]),
        ('<a href="https://gentofte.dk">her</a>', "her", [("text_link", 0, 3, "https://gentofte.dk")]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1, "py")]),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("<code>/start @mette</code>", "/start @mette", [("code", 0, 13)]),
    ],
)
def test_html_becomes_entities(source: str, plain: str, found: list[tuple[Any, ...]]) -> None:
    assert marks(source, "HTML") == (plain, found)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ø<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ø<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_html_that_cannot_be_read_is_refused(source: str, error: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_text(source, "HTML", None)
    assert (refusal.value.code, refusal.value.description) == (400, f"Bad Request: can't parse entities: {error}")


@pytest.mark.parametrize(
    ("source", "plain", "found"),
    [
        ("*a* _b_ __c__ ~d~ ||e||", "a b c d e", ["bold", "italic", "underline", "strikethrough", "spoiler"]),
        ("*a _b_*", "a b", ["bold", "italic"]),
        ("1\\. a\\-b", "1. a-b", []),
        ("[her](https://gentofte.dk/\\)x)", "her", ["text_link"]),
        ("`a.b`", "a.b", ["code"]),
        ("```py\nx.y```", "x.y", ["pre"]),
        (">quote\n>more\nend", "quote\nmore\nend", ["blockquote"]),
    ],
)
def test_markdown_v2_becomes_entities(source: str, plain: str, found: list[str]) -> None:
    text, entities = marks(source, "MarkdownV2")
    assert (text, [entity[0] for entity in entities]) == (plain, found)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("ø *a", "Can't find end of Bold entity at byte offset 3"),
        ("*a _b*", "Can't find end of Italic entity at byte offset 3"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 0"),
    ],
)
def test_markdown_v2_that_cannot_be_read_is_refused(source: str, error: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_text(source, "MarkdownV2", None)
    assert refusal.value.description == f"Bad Request: can't parse entities: {error}"


def test_the_older_markdown_knows_bold_italic_code_and_links() -> None:
    text, entities = marks("*a* _b_ `c` [d](https://x.dk) \\_ 1. e", "Markdown")
    assert text == "a b c d _ 1. e"
    assert [entity[0] for entity in entities] == ["bold", "italic", "code", "text_link"]
    with pytest.raises(ApiError, match="Can't find end of the entity starting at byte offset 2"):
        read_text("a *b", "Markdown", None)


def test_an_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        read_text("a", "BBCode", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start and /help@skab_bot", [("bot_command", 0, 6), ("bot_command", 11, 14)]),
        ("a/b 1/2 /hjælp", []),
        ("see https://gentofte.dk/a?b=1.", [("url", 4, 25)]),
        ("write to mette@gentofte.dk now", [("email", 9, 17)]),
        ("#cykel and #12", [("hashtag", 0, 6)]),
        ("call +45 39 98 12 34", [("phone_number", 5, 15)]),
        ("kl. 12.30 den 3.4.", []),
        ("plain words", []),
    ],
)
def test_telegram_marks_commands_and_addresses_by_itself(text: str, found: list[tuple[Any, ...]]) -> None:
    plain, entities = read_text(text, None, None)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_given_entities_are_kept_when_there_is_no_parse_mode() -> None:
    bold = {"type": "bold", "offset": 1, "length": 2}
    assert read_text(" ab", None, [bold]) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])
    assert read_text("<b>a</b>", None, [])[0] == "<b>a</b>"


def bold(offset: Any, length: Any) -> dict[str, Any]:
    return {"type": "bold", "offset": offset, "length": length}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (bold(-1, 1), "receive an entity with incorrect offset -1"),
        (bold(0, -1), "receive an entity with incorrect length -1"),
        (bold(0, 1_000_001), "receive an entity with incorrect length 1000001"),
        (bold(6, 1), "entity begins after the end of the text at UTF-16 offset 6"),
        (bold(5, 1), "entity beginning at UTF-16 offset 5 ends after the end of the text at UTF-16 offset 6"),
        (bold(0, 6), "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 6"),
        (bold(2, 2), "entity begins in a middle of a UTF-16 symbol at byte offset 6"),
        (bold(0, 2), "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 6"),
        (bold("x", 1), "can't parse MessageEntity: Can't parse as an integer string \"x\""),
        (bold([], 1), 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (bold(0, 1) | {"type": "loud"}, "can't parse MessageEntity: Unsupported type specified"),
        (bold(0, 1) | {"type": "text_link"}, "can't parse MessageEntity: Can't find field \"url\""),
        ("bold", "can't parse MessageEntity: expected an Object"),
    ],
)
def test_an_entity_that_does_not_fit_its_text_is_refused(given: Any, error: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_text("ø🚲ab", None, [given])
    assert (refusal.value.code, refusal.value.description) == (400, f"Bad Request: {error}")


def test_entities_that_end_where_the_text_ends_count_also_the_blanks_that_are_then_cut_off() -> None:
    text, entities = read_text("  ø🚲 ", None, [bold("2", 4), bold(3, 2)])
    assert (text, entities) == ("ø🚲", [bold(0, 3), bold(1, 2)])


def test_an_entity_without_length_and_one_that_telegram_finds_by_itself_are_passed_over() -> None:
    given = [bold(1, 0), {"type": "hashtag", "offset": 50, "length": 9}]
    assert read_text("a #bænk", None, given)[1] == [{"type": "hashtag", "offset": 2, "length": 5}]
    assert read_text("a", None, "no list")[1] == []
