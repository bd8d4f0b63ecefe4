"""Every text with its samples: nothing is left open, and each form of a number is shown."""

import re

import pytest

from bot.texts.specimen import specimen, specimens
from bot.texts.understanding import understand
from tests.book import BOOK

MARKS = ("desk.cpr_mark", "desk.own.instead", "desk.redact.instead", "desk.keep.instead")


@pytest.mark.parametrize("lang", BOOK.languages)
def test_every_text_can_be_listed_with_sample_names_filled_in(lang: str) -> None:
    listed = list(specimens(BOOK, lang))
    assert {one.key for one in listed} == BOOK.known(lang)
    marks = [one.said for one in listed if one.key in MARKS]
    assert all(said.startswith("[") for said in marks), "a mark must look like no word of the citizen's own"
    rest = [one for one in listed if one.key not in MARKS]
    assert [one.key for one in rest if not one.said or re.search(r"[{\[]|^=|=\w", one.said)] == []


def test_what_stands_in_the_file_is_shown_as_it_is_written() -> None:
    shown = {one.key: one.written for one in specimens(BOOK)}
    assert shown["citizen.carried.until"] == "Sendt til {agent}. {first} svarer dig senest {due:senest}."
    assert shown["desk.standing.moved"].startswith("**Gruppen har fået nummer {new}.** Botten")
    assert shown["lead.same_date"] == "Datoen er den samme: {due:day}."


def test_a_text_that_a_number_bends_is_shown_in_each_form() -> None:
    assert specimen(BOOK, "shared.days", form="one") == "1 dag"
    assert [one.said for one in specimens(BOOK, "uk") if one.key == "shared.days"] == [
        "1 день", "2 дні", "12 днів", "1½ дня",
    ]  # fmt: skip
    assert "efter 12 dage, en afsluttet idé efter 12 måneder" in specimen(BOOK, "citizen.notice")


@pytest.mark.parametrize("lang", BOOK.languages)
def test_every_word_that_a_text_tells_people_to_write_is_understood(lang: str) -> None:
    told = {word: one.key for one in specimens(BOOK, lang) for word in re.findall('"([^"]+)"', one.said)}
    assert len(told) > 5
    assert {word: key for word, key in told.items() if not understand(word) and key != "rulebook.fault"} == {}


def test_a_ukrainian_preposition_bends_the_day_that_follows_it() -> None:
    straight = re.compile(r"\b(до|з|від|після|пізніше) (понеділок|вівторок|середа|четвер|п’ятниця|субота|неділя)\b")
    bent = re.compile(r"\b(до|з|пізніше) (?:\d\d:\d\d )?середи\b")
    said = list(specimens(BOOK, "uk"))
    assert [one.key for one in said if straight.search(one.said)] == []
    assert len([one for one in said if bent.search(one.said)]) > 50


def test_ukrainian_has_one_apostrophe_and_speaks_to_vy() -> None:
    said = {one.key: one.said for one in specimens(BOOK, "uk")}
    assert [key for key, text in said.items() if re.search(r"[а-яіїєґ]['`ʼ][а-яіїєґ]", text)] == []
    assert [key for key, text in said.items() if re.search(r"\b(ти|тебе|тобі|твій|твоя|твоє|твої)\b", text, re.I)] == []
