"""Why a rules file is not YAML: the parser's words led back to the slip that an admin made, and to its line."""

import re

import yaml

Place = tuple[int, int]
"""Line and column, from 1."""

_SYNTAX = (
    ("could not find expected ':'", "colon_missing"),
    ("mapping values are not allowed", "colon_extra"),
    ("found unexpected end of stream", "quote_open"),
    ("expected ',' or ']'", "list_open"),
    ("expected ',' or '}'", "block_open"),
    ("did not find expected key", "indent"),
    ("undefined alias", "alias"),
    ("that cannot start any token", "first_sign"),
    ("control characters", "control"),
)
"""What the parser says, and the fault that it is."""
ON_ONE_LINE = frozenset({"colon_missing", "quote_open"})
"""Faults that are gone when their line is."""
_OPEN_QUOTE = re.compile(r"""(?:^\s*(?:-\s+)*|[:,\[{]\s+|[\[{,])("[^"]*|'[^']*)$""")
_CLOSED_QUOTE = re.compile(r"""(?<![^\s\[{,:])(?:"[^"]*"|'[^']*')""")


def explain_syntax(error: yaml.YAMLError, text: str) -> tuple[str, Place]:
    """The key of the fault that made the parser stop, and the line and column where an admin should look."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    wrong = str(getattr(error, "problem", None) or error)
    key = next((key for pattern, key in _SYNTAX if pattern in wrong), "unreadable")
    if context is not None and ("expected ':'" in wrong or "end of stream" in wrong):
        mark = context
    place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    if key == "first_sign" and text.split("\n")[place[0] - 1][place[1] - 1 : place[1]] == "\t":
        key = "tab_inside"
    if (quote := _open_quote(text, place[0])) is not None:
        key, place = "quote_open", quote
    if key in ("list_open", "block_open") and context is not None:
        place = _find_unclosed(text, context.line, place)
    elif key in ("unreadable", "indent", "colon_extra") and (opened_at := _open_bracket(text, place[0])):
        key, place = "list_open", _find_unclosed(text, opened_at - 1, place)
    elif key == "colon_extra" and (bare := _bare_word(text, place[0])):
        key, place = "colon_missing", bare
    return key, place


def _open_quote(text: str, until: int) -> Place | None:
    """The first quote that is open at the end of its line, though a new field or item begins on the next."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:until]):
        opened = _OPEN_QUOTE.search(_CLOSED_QUOTE.sub(_blank, line))
        if opened is None or line.lstrip().startswith("#"):
            continue
        following = next((later for later in lines[number + 1 :] if later.strip()), "")
        # A quote may go on over lines; it is forgotten only where what follows is no part of the sentence.
        if not following or _NEXT_FIELD.match(following) or following.lstrip().startswith("#"):
            return number + 1, opened.start(1) + 1
    return None


def _blank(closed: re.Match[str]) -> str:
    """As many points as the text in quotes is long: nothing in it opens anything."""
    return "." * len(closed[0])


_BARE_WORD = re.compile(r"\s*[^\s:#\"'\[\]{},-]+\s*$")


def _bare_word(text: str, until: int) -> Place | None:
    """The nearest line above that is one word with points under it: a block's name that lost its colon."""
    lines = text.split("\n")[:until]
    for number in range(len(lines) - 2, -1, -1):
        if _BARE_WORD.match(lines[number]) and lines[number + 1].lstrip().startswith("- "):
            return number + 1, len(lines[number]) - len(lines[number].lstrip()) + 1
        if not lines[number].lstrip().startswith(("- ", "#")):
            return None
    return None


_NEXT_FIELD = re.compile(r"\s*(?:- |[^\s\[\]{}\"',]+:(?:\s|$))")
_NOT_BRACKETS = re.compile(r"""(?<![^\s\[{,:])(?:"[^"]*"|'[^']*')|(?:^|\s)#.*""")


def _open_bracket(text: str, until: int) -> int:
    """The line (from 1) of the last bracket that is still open at the end of a line, or 0."""
    opened: list[int] = []
    for number, line in enumerate(text.split("\n")[: until - 1], start=1):
        for sign in _NOT_BRACKETS.sub("", line):
            if sign in "[{":
                opened.append(number)
            elif sign in "]}" and opened:
                opened.pop()
    return opened[-1] if opened else 0


def _find_unclosed(text: str, opened: int, noticed: Place) -> Place:
    """The end of the list or block opened on a line (from 0): before the next field, where it was noticed."""
    lines = text.split("\n")[: noticed[0]]
    margin = len(lines[opened]) - len(lines[opened].lstrip())
    last = opened
    for number in range(opened + 1, len(lines)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) - len(line.lstrip()) <= margin and _NEXT_FIELD.match(line):
            return last + 1, len(lines[last].rstrip()) + 1
        last = number
    return noticed
