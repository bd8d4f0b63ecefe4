"""A text's likest examples are found, though most examples are never looked at."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routing.neighbours import LEAST_LIKE, Neighbours

WORDS = st.sets(st.sampled_from(["jeg", "er", "bænk", "sø", "sti", "cykel", "hund", "træ", "lys", "bro"]), max_size=8)
EXAMPLES = st.lists(st.tuples(st.sampled_from(["natur", "trafik", "byrum"]), WORDS), min_size=1, max_size=25)
QUALITY = st.dictionaries(st.sampled_from(["jeg", "er", "bænk", "sø", "sti", "cykel", "fugl"]), st.floats(0.1, 1.0))


def by_looking_at_all(examples: list[tuple[str, set[str]]], features: dict[str, float]) -> dict[str, float]:
    """For each label the likeness of its likest example, where that is enough to say something."""

    def rarity(feature: str) -> float:
        times = sum(feature in held for _, held in examples)
        return log(1 + len(examples) / max(times, 1)) ** 2

    size = sqrt(sum(map(rarity, features))) or 1.0
    best: dict[str, float] = {}
    for label, held in examples:
        shared = sum(quality * rarity(feature) for feature, quality in features.items() if feature in held)
        own = sqrt(sum(map(rarity, held)))
        likeness = shared / (size * own) if own else 0.0
        if likeness >= LEAST_LIKE:
            best[label] = max(best.get(label, 0.0), likeness)
    return best


@given(EXAMPLES, QUALITY)
def test_what_is_found_is_what_looking_at_all_examples_finds(
    examples: list[tuple[str, set[str]]], features: dict[str, float]
) -> None:
    near = Neighbours([(label, " ".join(sorted(held)), sorted(held)) for label, held in examples])
    wanted = by_looking_at_all(examples, features)
    found = {label: likeness for label, (likeness, _) in near.nearest(features).items()}
    clear = {label for label, likeness in wanted.items() if likeness > LEAST_LIKE + 1e-9}
    assert clear <= found.keys() <= wanted.keys() | {label for label in found if found[label] < LEAST_LIKE + 1e-9}
    for label in clear:
        assert found[label] == pytest.approx(wanted[label])


def test_what_shares_only_common_words_is_like_nothing() -> None:
    common = [("byrum", f"jeg er her {n}", ["jeg", "er", "her", str(n)]) for n in range(40)]
    near = Neighbours([*common, ("natur", "sø", ["jeg", "er", "sø"])])
    assert set(near.nearest({"jeg": 1.0, "er": 1.0, "sø": 1.0})) == {"natur"}
    assert near.nearest({"jeg": 1.0, "er": 1.0, "fugl": 1.0}) == {}
    assert near.nearest({}) == {}
