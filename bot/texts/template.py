"""A text as it is written in the files: words, fields in {braces}, and **what stands out**."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.texts.moments import FORMS

_TOKEN = re.compile(r"(?P<bold>\*\*)|\{(?P<field>[^{}]*)\}|(?P<plain>[^*{}]+|\*)|(?P<wrong>[{}])")
_FIELD = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?::(?P<form>[a-z]+))?")


class TemplateFault(ValueError):
    """A text is written in a way that can't be filled; the message says what to mend.

    `kind` is "brace", "bold", "field" or "form", and `found` the sign, field or form that is meant.
    """

    def __init__(self, message: str, kind: str = "", found: str = "") -> None:
        self.kind, self.found = kind, found
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain words (`plain`), or a field to be filled (`field`, with the `form` of a date), bold or not."""

    bold: bool
    plain: str = ""
    field: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A text that can be filled, as it stands in the file; only what stands here is ever interpreted, never a field."""

    written: str

    @classmethod
    def parse(cls, source: str) -> "Template":
        """The template of a text. Raises `TemplateFault` for a stray brace, an unknown form or an unclosed `**`."""
        _read(source)
        return cls(source)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The runs of plain words and the fields, in order."""
        return _read_again(self.written)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that must be filled."""
        return frozenset(piece.field for piece in self.pieces if piece.field)


def _read(source: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    bold = False
    for token in _TOKEN.finditer(source):
        if token["wrong"]:
            raise TemplateFault(f"a stray `{token['wrong']}` in “{source}”", "brace", token["wrong"])
        if token["bold"]:
            bold = not bold
        elif token["field"] is not None:
            pieces.append(_field(token["field"], bold, source))
        else:
            pieces.append(Piece(bold, plain=token["plain"]))
    if bold:
        raise TemplateFault(f"`**` is not closed in “{source}”", "bold", "**")
    return tuple(pieces)


# Thousands of texts are kept as they stand: most are rarely said, and in pieces they take three times the memory.
_read_again = lru_cache(maxsize=256)(_read)


def _field(inside: str, bold: bool, source: str) -> Piece:
    found = _FIELD.fullmatch(inside)
    if found is None:
        raise TemplateFault(f"`{{{inside}}}` is no field in “{source}”", "field", inside)
    form = found["form"] or ""
    if form and form not in FORMS:
        message = f"`{form}` in `{{{inside}}}` is none of {', '.join(sorted(FORMS))}"
        raise TemplateFault(message, "form", form)
    return Piece(bold, field=found["name"], form=form)
