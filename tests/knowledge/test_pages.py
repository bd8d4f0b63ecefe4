"""The shipped pages: all readable, short, plain, sourced, and in Danish and English."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge.reader import ANY_TOPIC, LONGEST, Page, load
from bot.texts import style

ROOT = Path(__file__).parents[2]
SHELF = load(ROOT / "knowledge")
DANISH = [page for page in SHELF.pages if page.lang == "da"]
PRINCIPLES = (
    "Lytter først",
    "Bygger bro",
    "Skaber fremdrift",
    "Gør det nemt",
    "Fastholder virkelyst",
    "Tydelig ramme",
)
WAYS = (
    "Udbrede principperne i hele kommunen",
    "Fremme brugen af sparringsagenter",
    "Gøre forsøg med nye dialogformer",
    "Udvikle eksisterende dialogformer",
    "Understøtte borgerdialogen med digitale løsninger",
    "Arbejde mere sammen med borgerne om at realisere",
)


def _danish(page_id: str) -> Page:
    return next(page for page in DANISH if page.id == page_id)


def test_no_page_has_a_fault() -> None:
    assert [str(problem) for problem in SHELF.problems] == []


def test_every_page_is_there_in_danish_and_in_english() -> None:
    ids = {lang: {page.id for page in SHELF.pages if page.lang == lang} for lang in ("da", "en")}
    assert ids["da"] == ids["en"]
    assert len(ids["da"]) >= 36


def test_what_is_asked_most_is_there_in_ukrainian_too() -> None:
    ids = {page.id for page in SHELF.pages if page.lang == "uk"}
    assert ids <= {page.id for page in DANISH}
    assert {"sparringsagent", "de-seks-principper", "din-ides-vej", "hvem-afgoer", "privatliv", "om-botten"} <= ids


@pytest.mark.parametrize("page", SHELF.pages, ids=lambda page: f"{page.lang}-{page.id}")
def test_an_answer_is_short_and_names_its_source(page: Page) -> None:
    assert len(page.text.split()) <= LONGEST
    assert page.source


@pytest.mark.parametrize("page", DANISH, ids=lambda page: page.id)
def test_a_danish_answer_is_as_plain_as_every_text_of_the_bot(page: Page) -> None:
    assert style.slips(page.text) == []


def test_the_six_principles_are_named_exactly_as_in_the_document() -> None:
    lines = [line[3:] for line in _danish("de-seks-principper").text.splitlines() if line[:1].isdigit()]
    assert tuple(lines) == PRINCIPLES


def test_the_six_ways_are_named_exactly_as_in_the_document() -> None:
    lines = [line[3:] for line in _danish("de-seks-veje").text.splitlines() if line[:1].isdigit()]
    assert tuple(lines) == WAYS


@pytest.mark.parametrize("council", ["handicapraadet", "integrationsraadet", "groent-raad", "seniorraadet"])
def test_a_council_promises_neither_a_date_nor_an_open_door(council: str) -> None:
    text = _danish(council).text
    assert "Der står ikke, hvornår rådet mødes, eller hvem der må komme." in text
    assert not any(sign.isdigit() for sign in text)


FORUMS = (
    "handicapraadet", "integrationsraadet", "groent-raad", "seniorraadet", "opgaveudvalg", "gentofte-talks",
    "temamoeder", "deltag-bilen", "brugerbestyrelser", "taenketanke", "foreninger",
)  # fmt: skip


def test_a_forum_names_the_same_topics_in_every_language_and_only_topics_of_the_rules() -> None:
    known = set(yaml.load((ROOT / "routing_rules.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)["emner"])
    topics = {page_id: {page.topics for page in SHELF.pages if page.id == page_id} for page_id in FORUMS}
    assert {page_id: len(named) for page_id, named in topics.items()} == dict.fromkeys(FORUMS, 1)
    for (named,) in topics.values():
        assert named
        assert set(named) <= {*known, ANY_TOPIC}
