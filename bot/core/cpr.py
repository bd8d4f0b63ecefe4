"""Finds Danish civil registration numbers (CPR) in a text, however they are spelled, and takes them out."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import digit

_LINES = r"\-\u02d7\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
"""Whatever a phone makes of the line on its keyboard."""
_BETWEEN = rf"[\s.,/_·{_LINES}]{{0,3}}"
_LINE = rf"\s?[{_LINES}]\s?"
_STEP = rf"[\s.{_LINES}]"
_YEAR = re.compile(rf"(?<!\d)(\d\d){_BETWEEN}(\d\d){_BETWEEN}(?:19|20)\d\d{_LINE}\d{{4}}(?!\d)")
"""The year in four digits: twelve digits are a CPR number only where a line stands before the last four."""
_WHOLE = re.compile(rf"(?<!\d)(\d\d){_BETWEEN}(\d\d){_BETWEEN}(\d\d){_BETWEEN}\d{{4}}(?!\d)")
_PAIRS = re.compile(r"(?<!\d)(?<!\d\s)(\d\d)\s(\d\d)\s(\d\d)\s\d\d\s\d\d(?!\s?\d)")
"""Ten digits read out two by two; with more digits beside them they are telephone numbers in a row."""
_DATED = re.compile(
    rf"(?<!\d)(?<!\d{_STEP})(\d\d)(\d\d)\d\d"
    rf"(?:[\W_]{{0,6}}\d{{4}}|\s\d\d\s\d\d|{_LINE}\d\d{_STEP}\d\d)(?!{_STEP}?\d)"
)
"""Six digits that hang together may be followed by any signs, and by the last four in two pairs."""
_SINGLE = re.compile(
    rf"(?<!\d)(?<!\d{_STEP})"
    rf"(\d{_STEP}\d){_STEP}(\d{_STEP}\d){_STEP}\d{_STEP}\d{_STEP}{{1,3}}(?:\d{_STEP}){{3}}\d(?!{_STEP}?\d)"
)
"""Ten digits read out one by one, as a phone writes down what it hears."""
_CALLED = re.compile(
    r"(?:cpr|person(?:al)?[ \-]?(?:nummer|number|nr))[^\d\n]{0,30}?(?<!\d)"
    r"(?P<all>(?:(?P<day>\d\d)[\W_]{0,3}(?P<month>\d\d)|(?P<of>\d\d?)[\W_]{0,3}(?P<name>[a-z]{3})[a-z]*)"
    r"[\W_]{0,3}(?:19|20)?\d\d[\W_]{0,6}\d\d[\W_]?\d\d)(?!\d)",
    re.IGNORECASE,
)
"""What is called a CPR number is one in more spellings: the year in full without a line, the month by its name."""
_MONTHS = ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec")
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u180e\u20e3\ufe0e\ufe0f\ufeff"
    + "".join(
        map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)))
    )
)
"""Signs that nobody sees: they join, part and turn others; with two of them a digit becomes a key of a telephone."""

_FEWEST = 7
"""Digits of the shortest spelling, with the month by its name."""
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUBSTITUTE = 60
"""What is added to the day in a substitute number, which is given to people who have no CPR number yet."""


def without(text: str, mark: str) -> tuple[str, int]:
    """The text with `mark` in the place of every CPR number, and how many there were.

    Ten digits count as one when they begin with a date (DDMMYY), also of a substitute number; so do twelve, with the
    year in full, where a line stands before the last four. There is no check digit to go by: numbers without one have
    been given out since 2007 (CPR-kontoret, "Personnummeret i CPR").
    """
    if sum(map(str.isdigit, text)) < _FEWEST:
        return text, 0
    plain, places = as_read(text)
    found = sorted(_spans(plain))
    pieces, after = list[str](), 0
    for start, end in found:
        pieces += [text[after : places[start]], mark]
        after = places[end]
    return "".join((*pieces, text[after:])), len(found)


def line_with_one(text: str) -> int:
    """The first line on which one stands, from 1; 0 where there is none. No number goes from one line to the next."""
    return next((number for number, line in enumerate(text.split("\n"), start=1) if without(line, "")[1]), 0)


def as_read(text: str) -> tuple[str, Sequence[int]]:
    """The text as it meets the eye, each digit in its plain form, and where each sign of it stands; so does the end."""
    if text.isascii():
        return text, range(len(text) + 1)
    plain = _FOREIGN.sub(lambda found: str(digit(found[0], found[0])), text)
    if _UNSEEN.isdisjoint(plain):
        return plain, range(len(text) + 1)
    seen = [at for at, sign in enumerate(plain) if sign not in _UNSEEN]
    return "".join(sign for sign in plain if sign not in _UNSEEN), [*seen, len(text)]


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """From where to where each number stands; one that was found is none of another spelling's digits any more."""
    for written in (_YEAR, _WHOLE, _PAIRS, _DATED, _SINGLE, _CALLED):
        found = list(_written(written, plain))
        yield from found
        if found:
            # All at once: a long text of nothing but numbers would else be written anew for each of them.
            pieces, after = list[str](), 0
            for start, end in found:
                pieces += [plain[after:start], "x" * (end - start)]
                after = end
            plain = "".join((*pieces, plain[after:]))


def _written(spelling: re.Pattern[str], plain: str) -> Iterator[tuple[int, int]]:
    """The numbers in one spelling; what is no date may hold one that begins further on."""
    after = 0
    while match := spelling.search(plain, after):
        start, end = match.span("all" if spelling is _CALLED else 0)
        dated = _is_a_date(*_day_and_month(match))
        after = end if dated else match.start() + 1
        if dated:
            yield start, end


def _day_and_month(match: re.Match[str]) -> tuple[int, int]:
    """What stands for them; 0 for a month that is none."""
    named = match.groupdict()
    if named.get("name"):
        name = named["name"].casefold()
        return int(named["of"]), next((n for n, names in enumerate(_MONTHS, 1) if name in names.split()), 0)
    day, month = (named["day"], named["month"]) if named else (match[1], match[2])
    return _number(day), _number(month)


def _number(written: str) -> int:
    return int("".join(filter(str.isdigit, written)))


def _is_a_date(day: int, month: int) -> bool:
    if day > _SUBSTITUTE:
        day -= _SUBSTITUTE
    return 1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]
