"""What admins are told of versions, of what a save changed, and of what citizens' corrections point to, to the word."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core import rulebook
from bot.core.effects import Button, Parts, Quote, Say, SendRules, Tag, TellHumans, To, Words
from bot.core.rule_news import Difference, RulesInForce, RulesListed, RulesProposed
from bot.core.rule_telling import MOST_BACK, MOST_WORDS, stack
from tests.core.town import NOW, Story

ADMIN, OTHER = 7, 8
NOTHING = Difference()


def words(key: str, **fields: Any) -> Words:
    return Words(key, "da", fields)


def told(news: Any) -> list[Any]:
    return Story().step(rulebook.on_event, news).effects


def test_what_corrections_point_to_is_told_with_words_first_and_a_button_to_try_them() -> None:
    news = RulesProposed(NOW, 5, (("trafik", "stativ", "1, 2"),), (("natur", "nr. 3"),))
    lines = stack(
        words("rulebook.proposed.word", topic="trafik", word="stativ", numbers="1, 2"),
        words("rulebook.proposed.example", topic="natur", number="nr. 3"),
    )
    tail = stack(words("rulebook.proposed.tail_words"), words("rulebook.proposed.tail_examples"))
    rows = ((Button("rulebook.button.propose", "r_propose:0"),), (Button("rulebook.button.get", "r_get:0"),))
    assert told(news) == [TellHumans(Parts((words("rulebook.proposed.head", n=5), lines, tail)), rows)]


def test_where_only_examples_are_proposed_there_is_nothing_to_try() -> None:
    (said,) = told(RulesProposed(NOW, 5, (), (("natur", "nr. 3"),)))
    assert isinstance(said, TellHumans)
    assert [key.data for row in said.buttons for key in row] == ["r_get:0"]
    assert isinstance(said.words, Parts)
    assert said.words.parts[-1] == words("rulebook.proposed.tail_examples")


def version(n: int) -> tuple[int, str, Any]:
    return n, "Ulla Skov" if n % 2 else "", NOW


@pytest.mark.parametrize(
    ("newest", "verbs"), [(1, ["r_try:0", "r_words:0"]), (4, ["r_try:0", "r_words:0", "r_tell:0", "r_old:0"])]
)
def test_the_file_comes_with_who_saved_it_and_with_what_can_be_asked(newest: int, verbs: list[str]) -> None:
    (sent,) = told(RulesListed(NOW, ADMIN, (version(newest),)))
    assert isinstance(sent, SendRules)
    assert (sent.to, sent.version) == (To(ADMIN), newest)
    key = "rulebook.file.person" if newest % 2 else "rulebook.file.disk"
    assert sent.caption == words(key, n=newest, agent="Ulla Skov" if newest % 2 else "", since=NOW)
    assert [key.data for row in sent.buttons for key in row] == verbs
    assert sent.tag == Tag("rules", detail=str(newest))


@pytest.mark.parametrize(("number", "back"), [(3, ["r_back:3:20"]), (20, [])])
def test_an_old_version_comes_as_a_file_with_the_way_back_to_it(number: int, back: list[str]) -> None:
    (sent,) = told(RulesListed(NOW, ADMIN, (version(number),), "one", 20))
    assert isinstance(sent, SendRules)
    assert (sent.version, [key.data for row in sent.buttons for key in row]) == (number, back)


def test_versions_are_listed_with_the_way_back_to_those_before() -> None:
    versions = tuple(version(n) for n in range(20, 0, -1))
    (said,) = told(RulesListed(NOW, ADMIN, versions, "versions"))
    assert isinstance(said, Say)
    lines = [
        words(f"rulebook.version.{'person' if n % 2 else 'disk'}", n=n, agent="Ulla Skov" if n % 2 else "", since=NOW)
        for n in range(20, 0, -1)
    ]
    assert said.content == stack(words("rulebook.versions"), *lines, words("rulebook.versions_older", n=20))
    assert [key.data for row in said.buttons for key in row] == [f"r_back:{19 - n}:20" for n in range(MOST_BACK)]
    assert told(RulesListed(NOW, ADMIN, ())) == []


def in_force(**more: Any) -> RulesInForce:
    return replace(RulesInForce(NOW, 4, "Ulla Skov", ADMIN, NOW, NOTHING), **more)


def content(news: RulesInForce) -> tuple[Any, ...]:
    (first, *_) = told(news)
    assert isinstance(first, TellHumans)
    assert isinstance(first.words, Parts)
    return first.words.parts


FIELDS: dict[str, Any] = {"n": 4, "agent": "Ulla Skov", "since": NOW, "old": "0"}


def test_a_new_version_is_told_with_who_and_when() -> None:
    assert content(in_force())[0] == words("rulebook.in_force.person", **FIELDS)
    assert content(in_force(who=""))[0] == words("rulebook.in_force.disk", **(FIELDS | {"agent": ""}))
    assert content(in_force(restored=2))[0] == words("rulebook.restored", **(FIELDS | {"old": "2"}))
    assert content(in_force(mended=True))[0] == words("rulebook.again")


def test_what_was_lost_and_what_could_not_be_written_is_told() -> None:
    parts = content(in_force(lost=("linje 1", "linje 2"), unwritten=True))
    assert Quote("linje 1\nlinje 2", words("rulebook.lost", n=3)) in parts
    assert parts[-1] == words("rulebook.unwritten")


def test_the_one_who_saved_it_hears_it_too_where_they_are_no_admin_any_more() -> None:
    assert len(told(in_force(by=ADMIN))) == 1
    (all_of_them, alone) = told(in_force(by=OTHER))
    assert alone == Say(To(OTHER), all_of_them.words)
    assert len(told(in_force(by=0))) == 1


@pytest.mark.parametrize(("number", "back"), [(1, []), (2, ["r_back:1:2"])])
def test_the_first_version_has_no_way_back(number: int, back: list[str]) -> None:
    (first,) = told(in_force(version=number))
    assert [key.data for row in first.buttons for key in row] == back


def test_of_many_changed_words_the_number_of_the_rest_is_told() -> None:
    some = tuple(f"ord {n}" for n in range(MOST_WORDS))
    assert Quote("\n".join(some), words("rulebook.changes")) in content(in_force(change=replace(NOTHING, words=some)))
    more = replace(NOTHING, words=(*some, "ord", "ord"))
    assert Quote("\n".join((*some, "… (+2)")), words("rulebook.changes")) in content(in_force(change=more))
