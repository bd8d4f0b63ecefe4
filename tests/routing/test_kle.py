"""The municipalities' subject plan: its words come in as weak ones, in a block of their own, and all else stays."""

from pathlib import Path

import pytest

from bot.routing.difference import between
from bot.routing.kle import HEAD, KleError, _is_under, bring_in, read_keywords, take_out
from bot.routing.live import Accepted, accept
from bot.routing.load import load_rules
from bot.routing.match import Router
from tests.routing.small import small_rules

SHIPPED = (Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")
SMALL = small_rules(SHIPPED)
TABLE = (
    "kle,title,keyword,weight\n"
    "05.01.02,Veje,Hjulsporsfræsning,5\n"
    "05.01.02,Veje,Vejlovens §12,5\n"
    "05.01.02,Veje,cykelstier,1000\n"
    "05.01.02,Veje,meget lang betegnelse,5\n"
    "05.013.01,Andet,grummelfjant,5\n"
    "04.04.01,Idræt,kurvehalstrimmel,5\n"
    "04.04.01,Idræt,dobbelt snurretop,5\n"
)
"""Invented words under numbers of the plan; nobody's data."""


def rules_with(extra: str = "", text: str = SMALL) -> bytes:
    return (text + extra).encode()


def test_words_come_in_under_the_topics_numbers_and_lead_there() -> None:
    found = bring_in(rules_with(), read_keywords(TABLE.encode()))
    assert found.words == {"trafik": ["hjulsporsfræsning"], "idraet": ["kurvehalstrimmel", "dobbelt snurretop"]}
    assert found.loaded.rules is not None
    router = Router(found.loaded.rules)
    assert router.first_topic("kan I stoppe hjulsporsfræsningen") == "trafik"
    assert router.first_topic("noget med en dobbelt snurretop") == "idraet"


@pytest.mark.parametrize("text", [SMALL, SMALL.replace("\n", "\r\n"), SMALL.rstrip("\n"), SMALL + "# Slut\n"])
def test_all_that_the_admin_wrote_stays_and_a_second_import_changes_nothing(text: str) -> None:
    keywords = read_keywords(TABLE.encode())
    data = bring_in(text.encode(), keywords).data
    assert data.startswith(text.encode())
    assert all(line in data.decode() for line in HEAD)
    assert bring_in(data, keywords).data == data
    assert data.count(b"\r\n") in (0, data.count(b"\n"))
    assert take_out(data).rstrip() == text.encode().rstrip()


def test_what_stands_after_the_block_and_between_stays_when_it_is_renewed() -> None:
    data = bring_in(rules_with(), read_keywords(TABLE.encode())).data
    after = b"# Vores egen\nmere: nej\n"
    assert take_out(data + after).endswith(after)
    assert b"kle_ord" not in take_out(data + after)


def test_a_word_that_would_take_an_example_from_its_topic_stays_out() -> None:
    example = '    eksempler: ["Et stort mulvarpegilde"]\n'
    text = SMALL.replace("  natur:\n", "  natur:\n" + example, 1)
    rows = "05.01.02,Veje,mulvarpegilde,5\n"
    found = bring_in(text.encode(), read_keywords((TABLE + rows).encode()))
    assert found.words["trafik"] == ["hjulsporsfræsning"]
    assert isinstance(accept(found.data), Accepted)


def test_semicolons_and_a_mark_of_excel_are_read_too() -> None:
    table = "\ufeff" + TABLE.replace(",", ";")
    assert read_keywords(table.encode()) == read_keywords(TABLE.encode())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "kolonnerne"),
        (b"nummer,ord\n05.01,vej\n", "kolonnerne"),
        (b"kle,keyword\n", "ingen ord"),
        ("kle,keyword\n05.01,sø\n".encode("latin-1"), "UTF-8"),
        (b'{"kle": []}', "kolonnerne"),
    ],
)
def test_another_file_is_refused_with_the_reason(data: bytes, told: str) -> None:
    with pytest.raises(KleError, match=told):
        read_keywords(data)


def test_rules_that_could_not_be_used_are_left_as_they_are() -> None:
    broken = rules_with().replace(b"ansvarlig: bo", b"ansvarlig: nobody", 1)
    found = bring_in(broken, read_keywords(TABLE.encode()))
    assert found.data == broken
    assert found.loaded.faults


def test_words_of_a_topic_that_went_away_are_warned_of() -> None:
    loaded = load_rules(rules_with("kle_ord:\n  trafikk: [hjulsporsfræsning]\n"))
    assert loaded.rules is not None
    assert [problem.instead for problem in loaded.warnings] == ["Mente du »trafik«?"]


def test_the_change_is_told_by_topic() -> None:
    before = rules_with("kle_ord:\n  trafik: [hjulsporsfræsning]\n")
    after = rules_with("kle_ord:\n  trafik: [hjulsporsfræsning, brosten]\n")
    assert [change.da for change in between(before, after)] == ["kle_ord.trafik: 1 KLE-ord mere (brosten)"]


@pytest.mark.parametrize(
    ("number", "wanted", "under"),
    [
        ("05.01.02", "05.01", True),
        ("05.01.02", "05.01.", True),
        ("05.01", "05.01", True),
        ("05.013.01", "05.01", False),
    ],
)
def test_a_number_stands_under_its_group_with_or_without_a_point_at_the_end(
    number: str, wanted: str, under: bool
) -> None:
    assert _is_under(number, wanted) is under
