"""Items are added to a list as an admin would write them, and every other byte stays."""

from pathlib import Path

import pytest

from bot.routing.insertion import add_items, write_item
from bot.routing.load import load_rules
from tests.journeys.rulebook import brief_rules
from tests.routing.small import small_rules

SHIPPED = (Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")
SMALL = small_rules(SHIPPED)


def taken_up(data: bytes, topic: str) -> tuple[list[str], list[str]]:
    loaded = load_rules(data)
    assert loaded.rules is not None, loaded.problems
    block = loaded.rules.topics[topic]
    return block.words, block.examples


@pytest.mark.parametrize("text", [brief_rules().decode(), SMALL, SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL])
@pytest.mark.parametrize("topic", ["trafik", "idraet", "bolig"])
def test_words_and_examples_are_added_and_the_rest_stays(text: str, topic: str) -> None:
    words, examples = taken_up(text.encode(), topic)
    data = add_items(text.encode(), topic, "ord", ["hvirvleri", "brumle hus", "112-hus"])
    data = add_items(data, topic, "eksempler", ['Et "hvirvleri": til alle, og et brumle hus'])
    now, examples_now = taken_up(data, topic)
    assert now == ["hvirvleri", "brumle hus", "112-hus", *words]
    assert examples_now == ['Et "hvirvleri": til alle, og et brumle hus', *examples]
    before, after = text.encode().splitlines(keepends=True), data.splitlines(keepends=True)
    left = [line for line in before if line not in after]
    # At most the line on which the list opens has changed.
    assert len(left) <= 2
    assert all(line.strip().startswith((b"ord: [", b"eksempler: [")) for line in left)
    assert data.count(b"\r\n") in (0, data.count(b"\n"))


@pytest.mark.parametrize("empty", ["[]", "[ ]"])
def test_an_empty_list_is_filled(empty: str) -> None:
    text = SMALL.replace("    ansvarlig: bo\n", f"    ansvarlig: bo\n    eksempler: {empty}\n", 1)
    assert taken_up(add_items(text.encode(), "natur", "eksempler", ["natur og park til alle"]), "natur")[1] == [
        "natur og park til alle"
    ]


def test_a_topic_that_is_not_there_is_no_place() -> None:
    with pytest.raises(KeyError):
        add_items(SMALL.encode(), "havne_bad", "ord", ["bad"])


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ("cykelsti", "cykelsti"),
        ("p-plads", "p-plads"),
        ("grøn bølge", "grøn bølge"),
        ("no", '"no"'),
        ("12", '"12"'),
        ("a: b", '"a: b"'),
        ("# x", '"# x"'),
        ("ж", "ж"),
    ],
)
def test_a_word_is_quoted_only_where_it_must_be(item: str, written: str) -> None:
    assert write_item(item) == written
