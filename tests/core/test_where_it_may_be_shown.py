"""Where an idea may be shown: told to the agent with why, three at the most, and nobody is asked by it."""

from collections.abc import Sequence

from bot.core import showing
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.town import FRAME, METTE, NOW, an_idea


def told(*found: tuple[str, str, str]) -> tuple[Move, list[str]]:
    """What Mette reads above the form, where these fit the idea's topics."""

    def forums(topics: Sequence[str]) -> Sequence[tuple[str, str, str]]:
        return [one for one in found if one[2] in topics]

    person, talk = Person(METTE, "Mette Holm"), Talk(lang="da")
    move = Move(World(now=NOW, frame=FRAME, person=person, talk=talk, forums=forums), talk, person)
    return move, [BOOK.speak(line).plain for line in showing.fitting(move, an_idea())]


def test_each_that_fits_is_a_line_with_what_it_is_and_why() -> None:
    move, lines = told(("Grønt Råd", "Et råd om natur.", "natur"), ("Temamøder", "Møder om ét emne.", "trafik"))
    assert lines[1:] == [f"Temamøder: Møder om ét emne. Idéen handler om {FRAME.topics['trafik'].label['da']}."]
    assert move.effects == []


def test_three_at_the_most_and_nothing_where_none_fits() -> None:
    assert len(told(*((f"Råd {n}", "Et råd.", "trafik") for n in range(5)))[1]) == 1 + showing.MOST_FITTING
    assert told(("Grønt Råd", "Et råd om natur.", "natur"))[1] == []
