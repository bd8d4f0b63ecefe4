"""What was sent is found again by /fortryd, with the buttons that take it back, and is no younger for that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import astray, desk, sent_before
from bot.core.effects import Erase, FindSent, Say, TellHumans, To
from bot.core.events import Delivery
from bot.core.history import Entry
from bot.core.initiative import Turn
from bot.core.world import PART, Link
from tests.core.test_forms import told
from tests.core.town import AASE, GROUP, METTE, NOW, Story, an_idea, answer, fields, keys, pressed, said, says

OLD_GROUP = -999
HERE = To(GROUP, topic_of=1)


def sent(message: int, chat: int = GROUP, copy: int = 0, hours: float = 1, detail: str = "") -> Link:
    at = NOW - timedelta(hours=hours)
    return Link(AASE, copy or message + 1000, "reply", 1, chat, message, METTE, detail, at)


def line(kind: str, message: int, text: str = "") -> Entry:
    return Entry(kind, "Mette Holm", "owner", NOW, {"message": message, **({"text": text} if text else {})})


def found(copies: list[Link], entries: list[Entry]) -> list[Say]:
    return list(sent_before.tell(HERE, an_idea(), copies, entries, NOW))


def data(said: Say) -> list[str]:
    return [button.data for row in said.buttons for button in row]


def test_each_is_shown_with_its_words_as_they_stand_now_and_the_newest_lowest() -> None:
    entries = [line("agent_said", 1, "først"), line("agent_said", 2, "så"), line("agent_edited", 2, "så rettet")]
    first, second = found([sent(2), sent(1, hours=60)], entries)
    assert "først" in told(first.content)
    assert "så rettet" in told(second.content)
    assert data(first) == ["astray:1:1001"], "after 48 hours only what went to the wrong one is taken away"
    assert data(second) == ["undo:1:1002", "astray:1:1002"]
    assert (second.tag.role, second.tag.origin_chat, second.tag.origin_message) == ("sent", GROUP, 2)


def test_no_more_than_three_and_none_that_is_gone() -> None:
    entries = [line("agent_said", n, f"nr{n}") for n in range(1, 7)] + [line("taken_back", 5), line("astray", 4)]
    shown = [told(one.content) for one in found([sent(n) for n in range(6, 0, -1)], entries)]
    assert [next(f"nr{n}" for n in range(1, 7) if f"nr{n}" in text) for text in shown] == ["nr2", "nr3", "nr6"]


def test_several_messages_of_one_act_are_one_and_the_button_names_the_first() -> None:
    several = [sent(1, copy=2003), sent(1, copy=2002), sent(7, copy=2002, detail=f"{PART}1")]
    (one,) = found(several, [line("agent_said", 1, "med billeder")])
    assert data(one) == ["undo:1:2002", "astray:1:2002"]


def test_of_two_with_the_same_number_in_two_groups_none_is_hidden_while_one_of_them_may_stand() -> None:
    two = [sent(1, copy=3002), sent(1, OLD_GROUP, copy=3001)]
    said_both = [line("agent_said", 1, "før"), line("agent_said", 1, "nu")]
    assert len(found(two, [*said_both, line("taken_back", 1)])) == 2
    (nothing,) = found(two, [*said_both, line("taken_back", 1), line("taken_back", 1)])
    assert "Der står ikke noget hos Aase" in told(nothing.content)


@pytest.mark.parametrize(
    ("text", "topic", "about"), [("", 1, 1), ("1", 0, 1), ("", 0, 0), ("7", 0, 0)], ids=["topic", "number", "none", "7"]
)
def test_the_command_knows_which_one_is_meant_or_says_how_it_is_named(text: str, topic: int, about: int) -> None:
    chat = METTE if text else GROUP
    move = Story(an_idea()).step(desk.on_said, said(METTE, text, chat=chat, command="fortryd"), topic=topic)
    asked = [one for one in move.effects if isinstance(one, FindSent)]
    assert [one.about for one in asked] == ([about] if about else [])
    if not about:
        assert keys(chat, move.effects) == ["desk.unknown_number" if text else "desk.undo.which"]


def test_in_an_own_chat_the_plain_word_means_the_citizen_who_is_chosen() -> None:
    story = Story(an_idea())
    story.step(desk.on_pressed, pressed(METTE, "reply:1", chat=METTE))
    move = story.step(desk.on_said, said(METTE, "fortryd", chat=METTE))
    assert [one.about for one in move.effects if isinstance(one, FindSent)] == [1]
    assert not says(AASE, move.effects), "it is never sent to the citizen"


def test_a_fresh_line_makes_an_old_message_no_younger() -> None:
    story = Story(an_idea())
    copy = story.link(AASE, "reply", 1, origin_chat=GROUP, origin_message=3, by=METTE, at=NOW - timedelta(hours=49))
    fresh = story.link(GROUP, "sent", 1, origin_chat=GROUP, origin_message=3)
    move = story.step(desk.on_pressed, pressed(METTE, f"undo:1:{copy.message_id}"), topic=1, target=fresh)
    assert "48 timer" in told(answer(move.effects).words)
    assert not [one for one in move.effects if isinstance(one, Erase)]
    away = story.step(desk.on_pressed, pressed(METTE, f"astray:1:{copy.message_id}"), topic=1, target=fresh)
    assert [one.target.message_id for one in away.effects if isinstance(one, Erase)] == [copy.message_id]
    (notice,) = [one for one in away.effects if isinstance(one, TellHumans)]
    assert notice.words.fields["at"] == copy.at, "when it was sent, not when the line was written"


def test_what_was_answered_in_the_group_of_before_stands_open_again_once_it_is_taken_back() -> None:
    story = Story(an_idea())
    arrived = Delivery("delivered", AASE, 71, "reply", 1, OLD_GROUP, 3, "", NOW)
    move = story.step(desk.on_delivery, arrived)
    (sent_line,) = [one for one in says(GROUP, move.effects) if one.tag is not None and one.tag.role == "sent"]
    assert sent_line.reply_to is None, "nothing of the old group can be answered"
    assert sent_line.to == HERE
    assert story.initiatives[1].answered is not None
    taken = replace(arrived, role="undone")
    story.step(desk.on_delivery, taken)
    idea = story.initiatives[1]
    assert (idea.answered, idea.step.turn) == (None, Turn.AGENT)


def test_the_roles_are_those_of_the_buttons() -> None:
    assert astray.ROLE == "astray"
    assert fields(found([], [])[0].content)["n"] == 1
