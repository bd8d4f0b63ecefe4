"""Canned answers: chosen from the rules, seen filled in, sent only by a press."""

from dataclasses import replace

import pytest

from bot.core import desk
from bot.core.events import Pressed, Said
from bot.core.frame import Template
from bot.core.world import Move
from tests.book import BOOK
from tests.core.test_forms import told
from tests.core.town import AASE, FRAME, GROUP, METTE, Story, an_idea, answer, keys, pressed, said, says

TEXT = "Hej {navn}. Nr. {nr}, «{titel}». Hilsen {agent}"
TEMPLATES = {
    "tak": Template("tak", "Tak", {"da": TEXT, "uk": "Вітаю, {navn}"}),
    "mere": Template("mere", "Fortæl mere", {"da": "Fortæl mere"}),
    "dato": Template("dato", "Dato", {"da": "Senest {dato}. Ring {telefon}"}),
}
WITH = replace(FRAME, templates=TEMPLATES)


def with_templates(story: Story, event: Said | Pressed) -> Move:
    def act(move: Move, event: Said | Pressed) -> None:
        move.world = replace(move.world, frame=WITH)
        desk.on_said(move, event) if isinstance(event, Said) else desk.on_pressed(move, event)

    return story.step(act, event, topic=1)


def test_it_is_chosen_seen_and_sent_in_that_order() -> None:
    story = Story(an_idea())
    (menu,) = says(GROUP, with_templates(story, said(METTE, command="skabelon")).effects)
    assert [row[0].data for row in menu.buttons] == ["fill:1:tak", "fill:1:mere", "fill:1:dato"]
    shown = with_templates(story, pressed(METTE, "fill:1:tak", message=77))
    assert says(AASE, shown.effects) == []
    (preview,) = says(GROUP, shown.effects)
    text = "Hej Aase. Nr. 1, «Cykler ved Ordrup Station». Hilsen Mette Holm"
    assert text in told(preview.content)
    sent = with_templates(story, pressed(METTE, preview.buttons[0][0].data))
    (out,) = says(AASE, sent.effects)
    assert text in told(out.content)
    assert out.tell


def test_one_that_is_kept_internal_is_not_sent() -> None:
    story = Story(an_idea())
    shown = with_templates(story, pressed(METTE, "fill:1:tak", message=77))
    inside = says(GROUP, shown.effects)[0].buttons[1][0].data
    assert says(AASE, with_templates(story, pressed(METTE, inside)).effects) == []


def test_it_speaks_the_citizens_language_where_it_can() -> None:
    story = Story(an_idea(lang="uk"))
    shown = with_templates(story, pressed(METTE, "fill:1:tak", message=77))
    assert "Вітаю, Aase" in told(says(GROUP, shown.effects)[0].content)


@pytest.mark.parametrize(("typed", "found"), [("for", ["fill:1:mere"]), ("xyz", None)])
def test_the_beginning_of_a_name_finds_it(typed: str, found: list[str] | None) -> None:
    (menu,) = says(GROUP, with_templates(Story(an_idea()), said(METTE, typed, command="skabelon")).effects)
    assert [row[0].data for row in menu.buttons] == (found or [])


def test_a_template_that_is_gone_from_the_rules_sends_nothing() -> None:
    move = with_templates(Story(an_idea()), pressed(METTE, "fill:1:slettet"))
    assert answer(move.effects).alert
    assert keys(GROUP, move.effects) == []


def test_the_date_that_is_promised_and_the_phone_can_stand_in_it_and_it_is_found_in_the_menu_too() -> None:
    story = Story(an_idea())
    more = with_templates(story, pressed(METTE, "form:1:other"))
    assert "form:1:template" in [row[0].data for row in says(GROUP, more.effects)[0].buttons]
    (menu,) = says(GROUP, with_templates(story, pressed(METTE, "form:1:template")).effects)
    assert [row[0].data for row in menu.buttons][-1] == "fill:1:dato"
    shown = spoken_with(story, pressed(METTE, "fill:1:dato", message=78))
    assert "Senest onsdag den 4. november. Ring 39 98 00 00" in told(says(GROUP, shown.effects)[0].content)


def spoken_with(story: Story, event: Pressed) -> Move:
    def act(move: Move, event: Pressed) -> None:
        move.world = replace(move.world, frame=WITH, spoken=lambda words: BOOK.speak(words).plain)
        desk.on_pressed(move, event)

    return story.step(act, event, topic=1)
