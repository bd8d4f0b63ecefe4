"""The small language of cues finds what it says, and no more."""

import pytest

from bot.routing.cues import CueError, CueSet
from bot.routing.spelling import collapse, split_words


def found(cue: str, text: str) -> bool:
    return bool(CueSet([cue]).find([collapse(token.fold) for token in split_words(text)]))


@pytest.mark.parametrize(
    ("cue", "text", "there"),
    [
        ("hvor langt er", "hvor langt er I nu", True),
        ("hvor langt er", "hvor er det langt", False),
        ("min/vores idé", "hvad med vores ide", True),
        ("forslag*", "forslagene kom", True),
        ("forslag", "forslagene kom", False),
        ("har ... sendt", "jeg har i sidste uge sendt noget", True),
        ("har ... sendt", "har a b c d e f sendt", False),
        ("har ... sendt", "har sendt", True),
        ("røg + vindue*", "der vælter røg ud af et vindue", True),
        ("røg + vindue*", "vinduet er åbent, og der er røg", True),
        ("røg + vindue*", "der er røg", False),
        ("^lav", "lav flere", True),
        ("^lav", "vi vil lave en lav bænk", False),
        ("trækker ikke vejret", "han træker ikke vejret", True),
        ("p-plads", "en p-plads", True),
        ("d'accord", "nous sommes d’accord", True),
    ],
)
def test_a_cue_finds_what_it_says(cue: str, text: str, there: bool) -> None:
    assert found(cue, text) is there


def test_a_hit_tells_where_its_words_stand() -> None:
    [hit] = CueSet(["har ... sendt"]).find(["og", "jeg", "har", "vist", "sendt", "noget"])
    assert (hit.first, hit.last) == (2, 5)


@pytest.mark.parametrize("cue", ["", "+", "a/", "/a", "*", "røg +", "fem %", "..."])
def test_a_cue_that_says_nothing_is_refused(cue: str) -> None:
    with pytest.raises(CueError):
        CueSet([cue])
