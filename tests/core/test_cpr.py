"""Which digits are a CPR number, and which only look like one."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import cpr

MARK = "[***]"


@pytest.mark.parametrize(
    "written",
    [
        "251248-9996",
        "2512489996",
        "251248 9996",
        "25 12 48 9996",
        "25 12 48 99 96",
        "251248–9996",
        "251248\u00a09996",
        "251248 - 9996",
        "25.12.48-9996",
        "25/12/48-9996",
        "251248\n9996",
        "251248\u200b9996",
        "２５１２４８-９９９６",
        "290200-1234",
        "850148-1234",
        "25121948-9996",
        "25-12-1948 - 9996",
        "25.12.1948–9996",
        "251248 99 96",
        "251248-99-96",
        "251248-99 96",
        "251248 : 9996",
        "251248+9996",
        "251248 /// 9996",
        "251248  -  9996",
        "2 5 1 2 4 8 9 9 9 6",
        "2-5-1-2-4-8-9-9-9-6",
        "2 5 1 2 4 8 - 9 9 9 6",
        "251248\u20439996",
        "251248\ufeff-\u200e9996",
        "2\u200b5\u200b1\u200b2\u200b4\u200b8\u200b9996",
        "2\ufe0f\u20e35\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e34\ufe0f\u20e38\ufe0f\u20e3-9996",
        "²⁵¹²⁴⁸-⁹⁹⁹⁶",
        "②⑤①②④⑧ ⑨⑨⑨⑥",
        "٢٥١٢٤٨-٩٩٩٦",
    ],
)
def test_a_number_is_found_however_it_is_spaced(written: str) -> None:
    assert cpr.without(f"mit cpr er {written}, tak", MARK) == (f"mit cpr er {MARK}, tak", 1)
    assert cpr.without(f"ansøgning_{written}.pdf", MARK) == (f"ansøgning_{MARK}.pdf", 1)


@pytest.mark.parametrize(
    "written",
    [
        "25121948 9996",
        "25.12.1948 9996",
        "25 12 1948 99 96",
        "25. december 1948-9996",
        "25. dec. 48 9996",
        "5. may 1948 9996",
        "251248 (9996",
    ],
)
@pytest.mark.parametrize("called", ["mit cpr er", "CPR-nr.:", "cpr-nummer", "personnummer", "my personal number is"])
def test_what_is_called_one_is_found_in_more_spellings(called: str, written: str) -> None:
    assert cpr.without(f"{called} {written}, tak", MARK) == (f"{called} {MARK}, tak", 1)


@pytest.mark.parametrize(
    "written",
    [
        "ring 39 98 00 00",
        "+45 39 98 00 00",
        "EAN 5798008123456",
        "320101-1234",
        "311348-1234",
        "CVR 19438414",
        "idé nr. 12 fra 2026",
        "25 12 48 99 96 12 34 56",
        "den 25. december 1948 kl. 9.30",
        "IBAN DK5000400440116243",
        "stregkode 2512489996123",
        "den 25.12.2026 1830",
        "25121948 eller 39980000",
        "ring 25 12 19 48-1234 5678",
        "25121948 9996 er et varenummer",
        "den 25. december 1948-9996",
        "031126 10-12",
        "120526, ring 39 98 00 00",
        "031126 og 20 10 11 12",
        "cpr skal I ikke have. Ring 20 10 11 12",
        "cpr-kontoret har CVR 19438414",
        "personnummer nej, men EAN 5798008123456",
        "1 2 3 4 5 6 7 8 9 10",
        "112 eller 114, 2 5 1 2 4 8",
        "H₂O og m² på 25 12 steder",
    ],
)
def test_other_numbers_stay_as_they_are(written: str) -> None:
    assert cpr.without(written, MARK) == (written, 0)


def test_two_numbers_in_one_text_both_go() -> None:
    assert cpr.without("251248-9996 og 010101-1234", MARK) == (f"{MARK} og {MARK}", 2)


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " ", "\u00a0", "–"]), st.text("abc .,", max_size=9))
def test_no_digit_of_any_dated_number_is_left(day: object, serial: int, between: str, around: str) -> None:
    number = f"{day:%d%m%y}{between}{serial:04}"
    text, found = cpr.without(f"{around}x{number}x{around}", MARK)
    assert found == 1
    assert not any(sign.isdigit() for sign in text)


def test_a_number_beside_one_that_is_none_is_found_too() -> None:
    assert cpr.without("9912482512-48 251248-9996", MARK)[0].endswith(MARK)
    assert cpr.without("99 25 12 48 9996", MARK) == (f"99 {MARK}", 1)


def test_what_nobody_sees_stays_where_there_is_no_number() -> None:
    family = "vi er 👨\u200d👩\u200d👧 og 2️⃣ hunde"
    assert cpr.without(family, MARK) == (family, 0)
    assert cpr.without(f"{family}: 251248-9996 {family}", MARK) == (f"{family}: {MARK} {family}", 1)


@pytest.mark.parametrize(
    "written", ["251248-9996 ", "99 99 25 12 ", "2 5 1 2 4 8 9 9 9 6 ", "cpr 25. maj ", "1", "1ø", "²\u200b"]
)
def test_a_text_made_of_nothing_else_is_read_within_seconds(written: str) -> None:
    text = written * (1_000_000 // len(written))
    began = process_time()
    cpr.without(text, MARK)
    assert process_time() - began < 10
