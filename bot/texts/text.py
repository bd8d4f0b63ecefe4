"""A text ready to be shown: plain characters and which of them stand out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """`plain` is exactly what is read; `bold` holds half-open character ranges of it that stand out."""

    plain: str
    bold: tuple[tuple[int, int], ...] = ()
