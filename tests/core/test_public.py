"""The open list shows what citizens have opened and no more: by topic, page by page, as news, and as a file."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.conversation import listing
from bot.core import dialogue, marks
from bot.core.effects import Effect, Follow, Say, SendList
from bot.core.events import Chat, Event, Fell, Said, Sender
from bot.core.face import face_of
from bot.core.initiative import Ending, Initiative, Passed, Stage
from bot.core.match import Match
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.promise import next_news
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.open_list import OpenList
from tests.core.town import AASE, DUE, FRAME, NANNA, NOW, PROMISES, ZONE, an_idea, pressed


def opened(number: int, **changes: object) -> Initiative:
    """One that its citizen has opened."""
    return an_idea(number, public=True, public_words="cyklerne ligger og flyder", **changes)


def step(
    event: Event, *ideas: Initiative, person: Person | None = None, followed: frozenset[int] = frozenset()
) -> Move:
    """Nanna does something."""
    known = {idea.number: idea for idea in ideas}
    reader = person or Person(NANNA, "Nanna", noticed=True)
    world = World(
        now=NOW, frame=FRAME, person=reader, talk=Talk(lang="da"), public=OpenList(known), followed=followed,
        intent="public" if isinstance(event, Said) else "",
    )  # fmt: skip
    return dialogue.step(world, event)


def asks() -> Said:
    return Said(Chat(NANNA, "private"), Sender(NANNA, "Nanna"), (1,), NOW, "offentlige")


def press(data: str) -> Event:
    return pressed(NANNA, data, chat=NANNA)


def plain(effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(one.content).plain for one in effects if isinstance(one, Say))


def buttons(effects: list[Effect]) -> list[str]:
    return [button.data for one in effects if isinstance(one, Say) for row in one.buttons for button in row]


def test_a_long_list_begins_with_its_topics_and_goes_on_page_by_page() -> None:
    many = [opened(number) for number in range(1, 12)]
    first = step(asks(), *many)
    assert "Vælg et emne" in plain(first.effects)
    assert "p_topic:0:trafik" in buttons(first.effects)
    page = step(press("p_topic:0:trafik"), *many)
    assert plain(page.effects).count("Nr. ") == 8
    assert "p_topic:8:trafik" in buttons(page.effects)
    last = step(press("p_topic:8:trafik"), *many)
    assert plain(last.effects).count("Nr. ") == 3
    assert plain(step(press("p_topic:0:nowhere"), *many).effects) == plain(first.effects), "a topic that is not there"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"step": replace(an_idea().step, due=NOW - timedelta(days=1))}, "Det er ikke sket endnu"),
        ({"extra": {marks.LATE_SINCE: (NOW - timedelta(days=3)).isoformat()}}, "Den første dato var"),
        ({"stage": Stage.DONE, "ending": Ending("Der står nu tyve stativer")}, "Der står nu tyve stativer"),
        ({"stage": Stage.MAY_NOT, "ending": Ending("gaver", "loven", "en aftale")}, "Det kan lade sig gøre: en aftale"),
        ({"extra": {marks.SEEKS: "en svejser"}}, "Søger hjælp: en svejser"),
    ],
)
def test_a_page_says_plainly_how_it_stands(changes: dict[str, object], told: str) -> None:
    page = plain(step(press("p_show:1"), opened(1, **changes)).effects)
    assert told in page
    assert "Mette Holm, sparringsagent" in page


def test_a_page_tells_the_way_so_far_and_neither_names_nor_own_parts() -> None:
    passed = (Passed(Stage.RECEIVED, NOW), Passed(Stage.TRIAL, NOW + timedelta(days=1)))
    own = replace(an_idea().step, what="Aase måler med Mette", own_part="tæller cykler")
    page = plain(step(press("p_show:1"), opened(1, stages=passed, step=own)).effects)
    assert "tirsdag den 3. november: Vi prøver i det små" in page
    assert "Aase" not in page
    assert "tæller" not in page


def test_what_was_taken_back_is_a_line_and_nothing_else() -> None:
    gone = opened(1, stage=Stage.WITHDRAWN)
    assert plain(step(press("p_show:1"), gone).effects) == "Nr. 1 er trukket tilbage."
    assert "Nr. 1" not in plain(step(asks(), gone).effects)
    move = step(press("follow:1"), gone)
    assert Follow(NANNA, 1, on=False) in move.effects


def test_one_who_stops_following_what_was_hidden_meanwhile_is_let_go() -> None:
    move = step(press("unfollow:1"), an_idea(1), followed=frozenset({1}))
    assert Follow(NANNA, 1, on=False) in move.effects
    never = step(press("unfollow:1"), an_idea(1))
    assert not any(isinstance(one, Follow) for one in never.effects)
    assert plain(never.effects) == plain(step(press("unfollow:1")).effects)


def test_the_weeks_news_hold_what_moved_and_is_still_followed_and_public() -> None:
    person = Person(NANNA, "Nanna", weekly=True, news=(1, 2, 3))
    fell = Fell(f"follow_week:{NANNA}", "follow_week", 0, NANNA, NOW, NOW)
    ideas = (opened(1), opened(2), an_idea(3))
    move = step(fell, *ideas, person=person, followed=frozenset({1, 3}))
    assert plain(move.effects).count("Nr. ") == 1
    assert move.person.news == ()
    silent = step(fell, person=person, followed=frozenset({1}))
    assert plain(silent.effects) == ""


def test_news_of_a_week_come_on_friday_or_the_working_day_before() -> None:
    friday = datetime(2026, 11, 6, 10, tzinfo=ZONE)
    assert next_news(NOW, PROMISES) == friday
    assert next_news(friday, PROMISES) == friday + timedelta(days=7)
    christmas = next_news(datetime(2026, 12, 21, 9, tzinfo=ZONE), PROMISES)
    assert christmas == datetime(2026, 12, 23, 10, tzinfo=ZONE)


def test_the_file_is_asked_for_by_a_press() -> None:
    [wish] = [one for one in step(press("p_file:0"), opened(1)).effects if isinstance(one, SendList)]
    assert wish.to.chat == NANNA


def test_a_cell_of_the_file_is_never_a_formula_and_aeoeaa_stay() -> None:
    faces = [face_of(opened(1, title="=HYPERLINK(1)")), face_of(opened(2, title="Æbler; på «øen»"))]
    text = listing.table(faces, "da", FRAME, BOOK.speak, DUE)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["Titel"] for row in rows] == ["Æbler; på «øen»", "'=HYPERLINK(1)"]
    assert "Aase" not in text
    assert str(AASE) not in text


def writes(
    text: str, intent: str = "", *ideas: Initiative, followed: frozenset[int] = frozenset(), talk: Talk | None = None
) -> Move:
    """Nanna writes plain words."""
    known = {idea.number: idea for idea in ideas}
    event = Said(Chat(NANNA, "private"), Sender(NANNA, "Nanna"), (1,), NOW, text)
    world = World(
        now=NOW, frame=FRAME, person=Person(NANNA, "Nanna", noticed=True), talk=talk or Talk(lang="da"),
        public=OpenList(known), followed=followed, intent=intent, match=Match("status", (), False, "", "da", "r"),
    )  # fmt: skip
    return dialogue.step(world, event)


def test_the_list_is_handed_out_by_plain_words_too_and_an_empty_one_is_said_to_be_empty() -> None:
    move = writes("giv mig hele listen som en fil", "list_file", opened(1))
    assert [one for one in move.effects if isinstance(one, SendList)]
    empty = writes("giv mig hele listen som en fil", "list_file")
    assert not [one for one in empty.effects if isinstance(one, SendList)]
    assert plain(empty.effects) == plain(step(asks()).effects)


def test_what_one_follows_is_told_with_a_page_for_each_and_what_is_hidden_is_left_out() -> None:
    move = writes("hvad følger jeg", "followed", opened(1), opened(2), followed=frozenset({1, 2, 3}))
    assert "Du følger 2 idéer" in plain(move.effects)
    assert buttons(move.effects) == ["p_show:2", "p_show:1"]
    assert "ingen idéer" in plain(writes("hvad følger jeg", "followed", opened(1)).effects)


@pytest.mark.parametrize("text", ["stop med at følge nr. 2", "stop med at følge"])
def test_following_ends_by_plain_words_where_it_is_clear_which_one_is_meant(text: str) -> None:
    move = writes(text, "unfollow", opened(2), followed=frozenset({2}))
    assert Follow(NANNA, 2, on=False) in move.effects
    assert "følger ikke længere nr. 2" in plain(move.effects)


def test_where_several_are_followed_it_is_asked_which_is_to_end() -> None:
    move = writes("stop med at følge", "unfollow", opened(1), opened(2), followed=frozenset({1, 2}))
    assert not [one for one in move.effects if isinstance(one, Follow)]
    assert buttons(move.effects) == ["p_show:2", "p_show:1"]


def test_a_bare_number_shows_what_everybody_may_see_and_nothing_else() -> None:
    assert "Nr. 2" in plain(writes("nr. 2", "", opened(2)).effects)
    hidden = writes("nr. 14", "", an_idea(14))
    assert plain(hidden.effects) == plain(writes("nr. 99", "", opened(2)).effects)
    assert "kan jeg ikke vise" in plain(hidden.effects)


def test_a_number_in_the_midst_of_a_draft_is_a_part_of_that() -> None:
    draft = Draft(words=(Utterance("et drivhus", 5, NOW),), version=1, since=NOW, touched=NOW)
    move = writes("nr. 2", "", opened(2), talk=Talk(lang="da", draft=draft))
    assert "p_list:0" not in buttons(move.effects)
