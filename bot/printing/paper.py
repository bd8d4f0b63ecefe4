"""A sheet of plain lines as a PDF, in letters that have æ, ø and å and the Cyrillic ones too."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, cast

import fontpkg_pt_sans
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from bot.printing.code import code

FAMILY = "PT Sans"
FACES = {"": "PT_Sans-Web-Regular.ttf", "B": "PT_Sans-Web-Bold.ttf", "I": "PT_Sans-Web-Italic.ttf"}
MARGIN = 20.0
"""Millimetres, as all lengths here."""
BESIDE = 45.0
"""How wide the column to the left of a line is."""
STRANGE = "◊"
"""Stands for a sign that the letters do not have, such as a picture of a tree."""
UNSEEN = frozenset("\u200b\u200d\ufe0e\ufe0f\u2060\ufeff")
"""Signs that only join or shape others."""
GREY = (232, 232, 232)

Sheet = Mapping[str, Any]
"""`{"title", "foot", "lang", "lines": [[style, text, beside], ...]}`; the styles are those of `STYLES`."""


class _Paper(FPDF):
    """A4 upright, with a line at the foot of each page that says what it is and which page."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        for style, name in FACES.items():
            self.add_font(FAMILY, style, str(fontpkg_pt_sans.ROOT / "files" / name))

    def footer(self) -> None:
        """The library calls it at the end of each page."""
        if self.foot:
            self.set_y(-MARGIN / 1.4)
            # A page can end while a line is set in.
            self.set_x(MARGIN)
            self.set_font(FAMILY, "", 8)
            self.cell(0, 4, self.readable(f"{self.foot} · {self.page_no()}/{{nb}}"))

    def readable(self, text: str) -> str:
        """The text with a mark for each sign that can't be printed."""
        letters = self.fonts[FAMILY.lower()]
        known = letters.cmap if isinstance(letters, TTFFont) else {}
        seen = (sign for sign in text.expandtabs(4) if sign not in UNSEEN)
        return "".join(sign if sign == "\n" or ord(sign) in known else STRANGE for sign in seen)


def paper(sheet: Sheet) -> bytes:
    """The sheet as a PDF of as many pages as it takes; the same sheet gives the same words on the same places.

    Raises:
        KeyError: a line has a style that there is none of.
    """
    printed = _Paper(sheet.get("foot", ""))
    printed.set_title(sheet.get("title", ""))
    printed.set_lang(sheet.get("lang", "da"))
    printed.add_page()
    for style, text, beside in sheet["lines"]:
        STYLES[style](printed, printed.readable(text), printed.readable(beside))
    return bytes(printed.output())


def _words(printed: _Paper, text: str, style: str, size: float, **more: Any) -> None:
    printed.set_font(FAMILY, style, size)
    high = size * 0.48
    printed.multi_cell(0, high, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align=more.pop("align", "L"), **more)


def _together(printed: _Paper, *texts: tuple[str, str, float, float]) -> None:
    """Begin another page where these would not end on this one, if one page holds them: text, style, size, width."""
    high = 0.0
    for text, style, size, wide in texts:
        printed.set_font(FAMILY, style, size)
        high += cast(float, printed.multi_cell(wide, size * 0.48, text, dry_run=True, output="HEIGHT", align="L"))
    if printed.will_page_break(high + 2) and high < printed.eph:
        printed.add_page()


def _title(printed: _Paper, text: str, _: str) -> None:
    _words(printed, text, "B", 18)
    printed.ln(2)


def _head(printed: _Paper, text: str, _: str) -> None:
    if printed.will_page_break(24):
        printed.add_page()
    printed.ln(5)
    _words(printed, text, "B", 13)
    printed.ln(1)


def _fact(printed: _Paper, text: str, beside: str) -> None:
    """A line with its name in the column to the left."""
    _beside(printed, text, beside, "")


def _said(printed: _Paper, text: str, beside: str) -> None:
    """Somebody's own words, set in."""
    _beside(printed, text, beside, "I")


def _beside(printed: _Paper, text: str, beside: str, style: str) -> None:
    _together(printed, (text, style, 10, printed.epw - BESIDE))
    top = printed.get_y()
    printed.set_font(FAMILY, "B", 9.5)
    printed.multi_cell(BESIDE - 4, 4.8, beside, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    below, page = printed.get_y(), printed.page_no()
    printed.set_left_margin(MARGIN + BESIDE)
    printed.set_xy(MARGIN + BESIDE, top)
    _words(printed, text, style, 10)
    printed.set_left_margin(MARGIN)
    printed.set_x(MARGIN)
    if printed.page_no() == page:
        printed.set_y(max(printed.get_y(), below if beside else 0))
    printed.ln(1.2)


def _note(printed: _Paper, text: str, beside: str) -> None:
    """What is internal, on grey: it is seen at a glance what no citizen has read."""
    _together(printed, (text, "", 10, printed.epw), (beside, "B", 11, printed.epw))
    printed.set_fill_color(*GREY)
    if beside:
        printed.set_font(FAMILY, "B", 9.5)
        printed.multi_cell(0, 5.2, beside, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L", fill=True)
    _words(printed, text, "", 10, fill=True)
    printed.ln(1.2)


def _small(printed: _Paper, text: str, _: str) -> None:
    printed.ln(3)
    _words(printed, text, "", 8.5)


def _big(printed: _Paper, text: str, _: str) -> None:
    """A poster's headline, read from across a room."""
    printed.ln(6)
    _words(printed, text, "B", 38, align="C")


def _line(printed: _Paper, text: str, _: str) -> None:
    """A poster's line, read from an arm's length."""
    printed.ln(4)
    _words(printed, text, "", 17, align="C")


def _under(printed: _Paper, text: str, _: str) -> None:
    """What stands at the end of a poster, for whoever steps up to it."""
    printed.ln(5)
    _words(printed, text, "", 13, align="C")


def _code(printed: _Paper, text: str, _: str) -> None:
    """The code of a link, in the middle, of the size of a hand."""
    side = 112.0
    printed.ln(6)
    printed.image(BytesIO(code(text)), x=(printed.w - side) / 2, w=side, h=side)


STYLES: Mapping[str, Callable[[_Paper, str, str], None]] = {
    "title": _title, "head": _head, "fact": _fact, "said": _said, "note": _note, "small": _small, "big": _big,
    "line": _line, "under": _under, "code": _code,
}  # fmt: skip
"""How each kind of line looks."""
