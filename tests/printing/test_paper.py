"""Paper that people read and codes that phones read: each is read back as they read it."""

import json
import subprocess
import sys
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.printing.apart import PrintFault, paper_apart
from bot.printing.code import code
from bot.printing.paper import STRANGE, STYLES, paper

LINK = "https://t.me/gentofte_skaber_bot?start=min_12_aZ09-_q"


def sheet(*lines: list[str], foot: str = "") -> dict[str, object]:
    return {"title": "Sag", "foot": foot, "lang": "da", "lines": list(lines)}


def words(printed: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)


@pytest.mark.parametrize(
    "text",
    [
        "Blåbærgrød på Ærø og ØRSTED ÅR",
        "Доброго дня! Ґанок, їжак, єдність, Щастя",
        "«citat» – og — streger … 1 · 2 • 3 §",
        "Žižek, Łódź, Gülşen, naïve",
    ],
)
@pytest.mark.parametrize("style", ["fact", "said", "note", "title"])
def test_letters_of_all_three_languages_are_on_the_paper_as_they_were_written(style: str, text: str) -> None:
    assert text in words(paper(sheet([style, text, ""])))


def test_a_sign_that_the_letters_lack_is_marked_and_takes_nothing_else_with_it() -> None:
    assert f"træer {STRANGE} og {STRANGE} bænke" in words(
        paper(sheet(["said", "træer 🌳 og 👨‍👩‍👧️ bænke", ""]))
    ).replace(STRANGE * 3, STRANGE)


def test_a_long_case_goes_on_over_pages_and_no_word_is_lost() -> None:
    lines = [["fact", f"mærke{n}x " + "ord " * 60, f"tid{n}x"] for n in range(60)]
    printed = words(paper(sheet(*lines, foot="Sagsmappe")))
    assert len(PdfReader(BytesIO(paper(sheet(*lines)))).pages) > 3
    assert [n for n in range(60) if f"mærke{n}x" not in printed or f"tid{n}x" not in printed] == []
    assert "Sagsmappe · 2/" in printed, "each page says which it is"


def test_the_foot_of_every_page_begins_at_the_same_margin() -> None:
    lines = [["fact", "ord " * 400, "tid"] for _ in range(12)]
    left: list[float] = []

    def reads(text: str, _: object, at: list[float], *__: object) -> None:
        if "Sagsmappe" in text:
            left.append(at[4])

    pages = PdfReader(BytesIO(paper(sheet(*lines, foot="Sagsmappe")))).pages
    for page in pages:
        page.extract_text(visitor_text=reads)
    assert len(pages) > 3
    assert len(set(left)) == 1, left


def test_what_belongs_together_stands_on_one_page_where_it_can() -> None:
    """An internal line whose mark stands on the page before would read as any other."""
    for before in range(30, 52):
        lines = [*(["fact", "ord", "tid"] for _ in range(before)), ["note", "hvem\nhvad\nhvorfor x", "Internt"]]
        last = PdfReader(BytesIO(paper(sheet(*lines)))).pages[-1].extract_text()
        assert ("Internt" in last) == ("hvorfor x" in last), before
        facts = [*(["fact", "ord", "tid"] for _ in range(before)), ["fact", "hvem\nhvad\nhvorfor x", "begyndt"]]
        last = PdfReader(BytesIO(paper(sheet(*facts)))).pages[-1].extract_text()
        assert ("begyndt" in last) == ("hvorfor x" in last), before
    tall = words(paper(sheet(["note", "linje\n" * 200 + "sidste", "Internt"])))
    assert "sidste" in tall, "what no page holds goes on over several"


def test_somebodys_own_words_stand_beside_when_they_were_said() -> None:
    tops: dict[str, float] = {}

    def reads(text: str, _: object, at: list[float], *__: object) -> None:
        tops.update({text.strip(): at[5]} if text.strip() in ("ordene", "2. november") else {})

    PdfReader(BytesIO(paper(sheet(["said", "ordene", "2. november"])))).pages[0].extract_text(visitor_text=reads)
    assert abs(tops["ordene"] - tops["2. november"]) < 3, tops


def test_five_thousand_characters_without_a_space_are_broken_and_not_cut() -> None:
    printed = words(paper(sheet(["said", "æ" * 5000, ""])))
    assert printed.count("æ") == 5000


@pytest.mark.parametrize("style", sorted(STYLES))
def test_an_empty_line_of_any_kind_is_no_fault(style: str) -> None:
    assert paper(sheet([style, "x" if style == "code" else "", ""])).startswith(b"%PDF")


async def test_it_is_printed_in_another_process_and_comes_back_whole() -> None:
    printed = await paper_apart(sheet(["title", "Æblehave", ""]))
    assert "Æblehave" in words(printed)


async def test_a_sheet_that_can_not_be_printed_is_a_fault_without_its_words() -> None:
    with pytest.raises(PrintFault) as fault:
        await paper_apart(sheet(["nosuchstyle", "hemmeligx", ""]))
    assert "hemmeligx" not in str(fault.value)


def test_the_bots_own_process_does_not_hold_the_library() -> None:
    seen = "import json, sys, bot.app; print(json.dumps([name for name in ('fpdf', 'PIL') if name in sys.modules]))"
    told = subprocess.run([sys.executable, "-c", seen], text=True, capture_output=True, check=True)
    assert json.loads(told.stdout) == []


def test_a_phone_reads_the_link_from_the_code_also_where_a_corner_is_dirty() -> None:
    drawn = Image.open(BytesIO(code(LINK))).convert("L")
    assert zxingcpp.read_barcode(drawn).text == LINK
    side = drawn.size[0]
    # As a thumb or a drop of rain: a tenth of the picture is gone.
    drawn.paste(255, (side // 2, side // 2, side // 2 + side // 4, side // 2 + side // 4))
    assert zxingcpp.read_barcode(drawn).text == LINK


def test_the_code_on_a_poster_is_read_from_the_printed_page() -> None:
    printed = paper(sheet(["big", "Har du en idé?", ""], ["code", LINK, ""]))
    (image,) = PdfReader(BytesIO(printed)).pages[0].images
    assert zxingcpp.read_barcode(image.image.convert("L")).text == LINK
