"""A step is mended where its line can't be pressed: in another chat, or in a group that has got another number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core import desk
from bot.core.effects import MendFollowers, Ref, Rewrite, Say, SayFollowers
from bot.core.events import Pressed, Said
from tests.book import BOOK
from tests.core.test_forms import carried_out
from tests.core.town import AASE, GROUP, METTE, NOW, Story, an_idea, answer, delivery, pressed, said, says

GROUP_OF_BEFORE, NEW_GROUP = -4004, -5005
"""The group once it has become a supergroup."""


def moved_to_another_group(story: Story) -> None:
    desks = tuple(replace(desk, chat=NEW_GROUP) for desk in story.initiatives[1].desks)
    story.initiatives[1] = replace(story.initiatives[1], desks=desks)


def in_the_new_one(event: Pressed | Said) -> Any:
    return replace(event, chat=replace(event.chat, id=NEW_GROUP), at=NOW)


def test_a_step_is_mended_in_the_menu_of_next_steps_where_its_line_stands_in_another_chat() -> None:
    story = Story(an_idea(public=True))
    _, sent = carried_out(story)
    story.deliver(sent)
    here = story.step(desk.on_pressed, pressed(METTE, "next:1"), topic=1)
    assert "fix:1:0" not in presses(says(GROUP, here.effects)[0]), "the line is here, with its own button"
    moved_to_another_group(story)
    menu = says(NEW_GROUP, story.step(desk.on_pressed, in_the_new_one(pressed(METTE, "next:1")), topic=1).effects)[0]
    assert presses(menu)[0] == "fix:1:0"
    link = story.deliver(menu)
    event = in_the_new_one(pressed(METTE, "fix:1:0"))
    prompt = story.deliver(says(NEW_GROUP, story.step(desk.on_pressed, event, topic=1, target=link).effects)[0])
    message = in_the_new_one(said(METTE, "Hvornår: 13. november"))
    story.step(desk.on_said, message, topic=1, target=prompt)
    ok = in_the_new_one(pressed(METTE, f"form_ok:1:{message.message_ids[0]}"))
    effects = story.step(desk.on_pressed, ok, topic=1).effects
    assert [e.target for e in effects if isinstance(e, Rewrite) and e.target.chat == AASE] == [
        Ref(AASE, role="step", about=1)
    ]
    news = next(e.news for e in effects if isinstance(e, MendFollowers))
    assert news.tag == sent_news(story), "they are known by the message that they read"
    assert story.initiatives[1].step.due.day == 13
    story.now += timedelta(hours=49)
    late = in_the_new_one(pressed(METTE, "next:1"))
    assert "fix:1:0" not in presses(says(NEW_GROUP, story.step(desk.on_pressed, late, topic=1).effects)[0])
    move = story.step(desk.on_pressed, event, topic=1, target=link)
    assert "48 timer" in BOOK.speak(answer(move.effects).words).plain


@pytest.mark.parametrize("origin", ["of before", "of an earlier release"])
def test_the_button_beneath_sent_works_where_the_group_got_another_number_before_the_step_arrived(origin: str) -> None:
    story = Story(an_idea(public=True))
    _, sent = carried_out(story)
    copy = story.deliver(sent)
    moved_to_another_group(story)
    arrived = replace(delivery(sent.tag, message=copy.message_id), origin_chat=GROUP_OF_BEFORE)
    if origin == "of an earlier release":
        arrived = replace(arrived, origin_chat=NEW_GROUP, origin_message=0)
    line = says(NEW_GROUP, story.step(desk.on_delivery, arrived).effects)[0]
    event = in_the_new_one(pressed(METTE, line.buttons[0][0].data))
    opened = story.step(desk.on_pressed, event, topic=1, target=story.deliver(line))
    assert says(NEW_GROUP, opened.effects)[0].prompt
    carried_out(story, "realising")
    later = story.step(desk.on_pressed, pressed(METTE, "fix:1:9"), topic=1, target=story.deliver(line))
    assert "nyere" in BOOK.speak(answer(later.effects).words).plain


def presses(menu: Say) -> list[str]:
    return [button.data for row in menu.buttons for button in row]


def sent_news(story: Story) -> Any:
    return next(e.tag for e in story.effects if isinstance(e, SayFollowers))
