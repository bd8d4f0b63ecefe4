"""What reaches the citizen from a desk, and what never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import desk, relay
from bot.core.effects import Erase, Quote, Rewrite, Say, SendMedia, SendPlace, Tag, Words
from bot.core.events import Media, Place, Said, Sender, TopicChanged
from bot.core.initiative import Partner, Stage, Turn
from bot.core.people import Talk
from bot.core.world import Link
from tests.core.town import (
    AASE,
    BO,
    FRAME,
    GROUP,
    JONAS,
    KARIM,
    METTE,
    NANNA,
    NOW,
    PHOTO,
    SIGNE,
    Story,
    an_idea,
    answer,
    chat_of,
    delivery,
    edit,
    fields,
    for_signe,
    keys,
    pressed,
    prompt_of,
    relayed,
    said,
    says,
    to,
)

VOICE = Media("voice", "v1", 301, duration=4)


def test_what_is_written_in_a_topic_stays_there() -> None:
    story = Story(an_idea())
    for words in ("Hun er lidt besværlig", "spørg Lone", "svar: måske", "/ svar nej", "svar hende"):
        assert story.step(desk.on_said, said(METTE, words), topic=1).effects == []


def test_the_command_sends_the_words_with_the_full_name() -> None:
    story = Story(an_idea())
    message = said(METTE, "Tak, Aase. Må jeg ringe torsdag?", command="svar")
    move = story.step(desk.on_said, message, topic=1)
    (sent,) = says(AASE, move.effects)
    assert sent.content == Quote(
        "Tak, Aase. Må jeg ringe torsdag?",
        Words("citizen_step.from_agent", "da", {"agent": "Mette Holm", "role": "sparringsagent"}),
    )
    assert sent.tell
    assert (sent.tag.origin_chat, sent.tag.origin_message) == (GROUP, message.message_ids[0]) if sent.tag else False
    assert to(GROUP, move.effects) == []


def test_sendt_is_said_when_the_words_have_arrived_and_not_before() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "hej", command="svar"), topic=1)
    tag = says(AASE, move.effects)[0].tag
    done = story.step(desk.on_delivery, delivery(tag))
    assert keys(GROUP, done.effects) == ["desk.reply.sent"]
    line = says(GROUP, done.effects)[0]
    assert line.buttons[0][0].data == "undo:1:9001"
    assert fields(line.content)["name"] == "Aase"


@pytest.mark.parametrize("outcome", ["unreachable", "rejected"])
def test_words_that_did_not_arrive_are_told_plainly_and_keep_the_clock_running(outcome: str) -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "hej", command="svar"), topic=1)
    tag = says(AASE, move.effects)[0].tag
    done = story.step(desk.on_delivery, delivery(tag, outcome=outcome))
    assert keys(GROUP, done.effects) == [f"desk.reply.{outcome}"]
    assert story.initiatives[1].answered is None
    assert story.initiatives[1].step.turn is Turn.AGENT


def test_an_answer_that_arrived_gives_the_citizen_the_turn() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "hvad tænker du?", command="svar"), topic=1)
    assert story.initiatives[1].answered is None
    story.step(desk.on_delivery, delivery(says(AASE, move.effects)[0].tag))
    idea = story.initiatives[1]
    assert idea.answered == NOW
    assert (idea.step.turn, idea.stage) == (Turn.CITIZEN, Stage.DEVELOPING)
    assert idea.step.due.date() == NOW.date() + timedelta(days=14)
    assert idea.step.who == "Mette Holm"


def test_the_answer_to_the_button_s_prompt_goes_out_in_any_kind() -> None:
    story = Story(an_idea())
    opened = story.step(desk.on_pressed, pressed(METTE, "reply:1"), topic=1)
    (prompt,) = says(GROUP, opened.effects)
    assert prompt.prompt
    link = story.deliver(prompt)
    move = story.step(desk.on_said, said(METTE, "se her", media=(PHOTO,)), topic=1, target=link)
    (sent,) = to(AASE, move.effects)
    assert isinstance(sent, SendMedia)
    assert sent.tell
    move = story.step(desk.on_said, said(METTE, media=(VOICE,)), topic=1, target=link)
    assert [type(effect) for effect in to(AASE, move.effects)] == [SendMedia]
    move = story.step(desk.on_said, said(METTE, place=Place(55.7, 12.5)), topic=1, target=link)
    assert [type(effect) for effect in to(AASE, move.effects)] == [SendPlace, Say]


def test_the_command_beneath_a_picture_sends_the_picture() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "/svar se her", media=(PHOTO,)), topic=1)
    (sent,) = to(AASE, move.effects)
    assert isinstance(sent, SendMedia)
    assert isinstance(sent.caption, Quote)
    assert sent.caption.text == "se her"
    assert to(AASE, story.step(desk.on_said, said(METTE, "/svarer", media=(PHOTO,)), topic=1).effects) == []


def test_another_agent_s_answer_to_a_prompt_is_held() -> None:
    story = Story(an_idea())
    link = prompt_of(story, METTE)
    move = story.step(desk.on_said, said(BO, "spørg Lone først"), topic=1, target=link)
    assert to(AASE, move.effects) == []
    assert keys(GROUP, move.effects) == ["desk.whom.ask"]


def test_a_swipe_with_what_cannot_be_carried_is_told_in_the_group_and_holds_nothing() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, other="contact"), topic=1, target=relayed(story))
    assert keys(GROUP, move.effects) == ["desk.cannot_carry"]
    assert move.talk.asking is None
    assert story.step(desk.on_said, said(METTE, other="contact"), topic=1).effects == []


@pytest.mark.parametrize("words", ["@bo_lind hvad siger du?", "👍"])
def test_a_swipe_on_the_citizen_s_message_is_held_until_a_press(words: str) -> None:
    story = Story(an_idea())
    held = said(METTE, words)
    move = story.step(desk.on_said, held, topic=1, target=relayed(story))
    assert to(AASE, move.effects) == []
    (ask,) = says(GROUP, move.effects)
    out, internal = (row[0].data for row in ask.buttons)
    assert (out, internal) == (f"out:1:{held.message_ids[0]}", f"in:1:{held.message_ids[0]}")
    kept = story.step(desk.on_pressed, pressed(METTE, internal), topic=1)
    assert to(AASE, kept.effects) == []
    late = story.step(desk.on_pressed, pressed(METTE, out), topic=1)
    assert to(AASE, late.effects) == []
    assert answer(late.effects).words == Words("desk.whom.old", "da", {})


def test_held_words_go_out_once_after_the_press() -> None:
    story = Story(an_idea())
    held = said(METTE, "Må jeg ringe?")
    story.step(desk.on_said, held, topic=1, target=relayed(story))
    out = f"out:1:{held.message_ids[0]}"
    first = story.step(desk.on_pressed, pressed(METTE, out), topic=1)
    second = story.step(desk.on_pressed, pressed(METTE, out), topic=1)
    assert len(says(AASE, first.effects)) == 1
    assert says(AASE, second.effects) == []


def test_nobody_but_the_writer_can_send_held_words() -> None:
    story = Story(an_idea())
    held = said(METTE, "internt")
    story.step(desk.on_said, held, topic=1, target=relayed(story))
    for user in (BO, NANNA):
        move = story.step(desk.on_pressed, pressed(user, f"out:1:{held.message_ids[0]}"), topic=1)
        assert to(AASE, move.effects) == []
        assert answer(move.effects).alert


def test_a_second_held_message_says_that_the_first_was_not_sent() -> None:
    story = Story(an_idea())
    link = relayed(story)
    first = said(METTE, "et")
    story.step(desk.on_said, first, topic=1, target=link)
    move = story.step(desk.on_said, said(METTE, "to"), topic=1, target=link)
    assert keys(GROUP, move.effects) == ["desk.whom.ask_again"]
    old = story.step(desk.on_pressed, pressed(METTE, f"out:1:{first.message_ids[0]}"), topic=1)
    assert to(AASE, old.effects) == []


def test_held_words_that_are_edited_go_out_as_they_read_now() -> None:
    story = Story(an_idea())
    held = said(METTE, "Hun er besværlig")
    story.step(desk.on_said, held, topic=1, target=relayed(story))
    story.step(desk.on_edited, edit(METTE, held, "Tak for idéen"), topic=1)
    move = story.step(desk.on_pressed, pressed(METTE, f"out:1:{held.message_ids[0]}"), topic=1)
    (sent,) = says(AASE, move.effects)
    assert isinstance(sent.content, Quote)
    assert sent.content.text == "Tak for idéen"


def test_an_edited_reply_is_changed_at_the_citizen_and_marked() -> None:
    story = Story(an_idea())
    message = said(METTE, "tirsdag", command="svar")
    move = story.step(desk.on_said, message, topic=1)
    link = story.deliver(says(AASE, move.effects)[0])
    done = story.step(desk.on_edited, edit(METTE, message, "/svar@skab_bot torsdag"), topic=1)
    (changed,) = [effect for effect in done.effects if isinstance(effect, Rewrite)]
    assert (changed.target.chat, changed.target.message_id) == (AASE, link.message_id)
    assert isinstance(changed.content, Quote)
    assert changed.content.text == "torsdag"
    assert changed.content.heading is not None
    assert changed.content.heading.key == "citizen_step.from_agent_edited"
    assert keys(GROUP, done.effects) == ["desk.reply.edited"]


def test_an_edit_that_makes_a_sent_message_internal_changes_nothing_at_the_citizen() -> None:
    story = Story(an_idea())
    message = said(METTE, "tirsdag", command="svar")
    move = story.step(desk.on_said, message, topic=1)
    story.deliver(says(AASE, move.effects)[0])
    done = story.step(desk.on_edited, edit(METTE, message, "hun er besværlig"), topic=1)
    assert not [effect for effect in done.effects if isinstance(effect, Rewrite)]
    assert keys(GROUP, done.effects) == ["desk.reply.edit_without_command"]


def test_an_internal_message_that_is_edited_into_a_command_is_not_sent() -> None:
    story = Story(an_idea())
    message = said(METTE, "internt")
    story.step(desk.on_said, message, topic=1)
    done = story.step(desk.on_edited, edit(METTE, message, "/svar internt"), topic=1)
    assert to(AASE, done.effects) == []
    assert keys(GROUP, done.effects) == ["desk.reply.edit_not_sent"]


def sent_reply(story: Story) -> tuple[Said, Link]:
    message = said(METTE, "Må jeg ringe torsdag?", command="svar")
    move = story.step(desk.on_said, message, topic=1)
    reply = says(AASE, move.effects)[0]
    copy = story.deliver(reply)
    done = story.step(desk.on_delivery, delivery(reply.tag, message=copy.message_id))
    return message, story.deliver(says(GROUP, done.effects)[0])


def test_undo_takes_the_words_out_of_the_citizen_s_chat_and_the_promise_stands_again() -> None:
    story = Story(an_idea())
    due = story.initiatives[1].step.due
    _, line = sent_reply(story)
    copy = next(link for link in story.links if link.role == "reply")
    move = story.step(desk.on_pressed, pressed(METTE, f"undo:1:{copy.message_id}"), topic=1, target=line)
    (erase,) = [effect for effect in move.effects if isinstance(effect, Erase)]
    assert (erase.target.chat, erase.target.message_id, erase.tell) == (AASE, copy.message_id, True)
    done = story.step(desk.on_delivery, delivery(erase.tag))
    assert keys(GROUP, done.effects) == ["desk.undo.done"]
    idea = story.initiatives[1]
    assert (idea.answered, idea.step.turn, idea.step.due) == (None, Turn.AGENT, due)


def test_undo_of_a_helper_s_words_names_the_helper_where_they_could_only_be_overwritten() -> None:
    story = Story(an_idea(helpers=("bo",)))
    sent = story.step(desk.on_said, said(BO, "Jeg har en pumpe", command="svar"), topic=1)
    copy = story.deliver(says(AASE, sent.effects)[0])
    done = story.step(desk.on_delivery, delivery(says(AASE, sent.effects)[0].tag, message=copy.message_id))
    line = story.deliver(says(GROUP, done.effects)[0])
    move = story.step(desk.on_pressed, pressed(BO, f"undo:1:{copy.message_id}"), topic=1, target=line)
    (erase,) = [effect for effect in move.effects if isinstance(effect, Erase)]
    assert fields(erase.otherwise) == {"agent": "Bo Lind"}


def test_a_place_comes_to_each_citizen_in_the_talk_with_the_name_of_whoever_sent_it() -> None:
    shared = an_idea(partners=(Partner(KARIM, "Karim", "uk", NOW),))
    story = Story(shared)
    link = prompt_of(story, METTE)
    move = story.step(desk.on_said, said(METTE, place=Place(55.7, 12.5)), topic=1, target=link)
    for citizen, lang in ((AASE, "da"), (KARIM, "uk")):
        pin, named = to(citizen, move.effects)
        assert isinstance(pin, SendPlace)
        assert isinstance(named, Say)
        assert named.content == Words("citizen_step.place_from_agent", lang, {"agent": "Mette Holm"})
    here = said(AASE, chat=AASE, place=Place(55.7, 12.5))
    between = story.step(lambda move, event: relay.to_desk(move, move.world.initiatives[1], event), here)
    assert [type(effect) for effect in to(KARIM, between.effects)] == [Say, SendPlace]
    assert keys(KARIM, between.effects) == ["bridge.writes"]


def test_undo_says_when_the_words_could_only_be_overwritten_or_not_be_removed() -> None:
    story = Story(an_idea())
    tag = Tag("undone", 1, GROUP, 77)
    assert keys(GROUP, story.step(desk.on_delivery, delivery(tag, reason="overwritten")).effects) == [
        "desk.undo.overwritten"
    ]
    assert keys(GROUP, story.step(desk.on_delivery, delivery(tag, outcome="rejected")).effects) == ["desk.undo.failed"]


def test_undo_is_refused_after_48_hours() -> None:
    story = Story(an_idea())
    _, line = sent_reply(story)
    story.now += timedelta(hours=49)
    move = story.step(desk.on_pressed, pressed(METTE, "undo:1:9001"), topic=1, target=line)
    assert not [effect for effect in move.effects if isinstance(effect, Erase)]
    assert answer(move.effects).alert


def test_an_anonymous_admin_sends_nothing_and_is_told_how_to_show_who_they_are() -> None:
    story = Story(an_idea())
    nobody = Sender(1087968824, "Group", anonymous=True)
    move = story.step(desk.on_said, said(0, "hej", command="svar", sender=nobody), topic=1)
    assert to(AASE, move.effects) == []
    assert keys(GROUP, move.effects) == ["desk.anonymous"]
    assert story.step(desk.on_said, said(0, "bare en snak", sender=nobody), topic=1).effects == []


def test_a_stranger_s_answer_is_refused() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(NANNA, "hej", command="svar"), topic=1)
    assert to(AASE, move.effects) == []
    assert keys(GROUP, move.effects) == ["desk.stranger.said"]
    swiped = story.step(desk.on_said, said(NANNA, "hej"), topic=1, target=relayed(story))
    assert to(AASE, swiped.effects) == []


def test_a_number_names_the_receiver_outside_the_topics() -> None:
    story = Story(an_idea())
    general = said(METTE, "1 Hej Aase", command="svar", thread=None)
    (sent,) = says(AASE, story.step(desk.on_said, general).effects)
    assert isinstance(sent.content, Quote)
    assert sent.content.text == "Hej Aase"
    lost = story.step(desk.on_said, said(METTE, "Hej", command="svar", thread=None))
    assert keys(GROUP, lost.effects) == ["desk.reply.which"]


def test_a_number_inside_a_topic_is_part_of_the_words() -> None:
    story = Story(an_idea())
    (sent,) = says(AASE, story.step(desk.on_said, said(METTE, "2 stativer er nok", command="svar"), topic=1).effects)
    assert isinstance(sent.content, Quote)
    assert sent.content.text == "2 stativer er nok"


def test_words_without_a_receiver_in_an_own_chat_go_to_nobody() -> None:
    story = Story(for_signe(2), for_signe(3, owner=AASE, owner_name="Aase Winther"))
    held = said(SIGNE, "Ja, mandag kl. 10 passer fint", chat=SIGNE)
    move = story.step(desk.on_said, held)
    assert to(AASE, move.effects) == to(JONAS, move.effects) == []
    (ask,) = says(SIGNE, move.effects)
    assert [row[0].data.split(":")[0] for row in ask.buttons] == ["out", "out", "in"]
    done = story.step(desk.on_pressed, pressed(SIGNE, f"out:3:{held.message_ids[0]}", chat=SIGNE))
    assert len(says(AASE, done.effects)) == 1
    assert says(JONAS, done.effects) == []


def test_a_swipe_in_an_own_chat_goes_to_that_citizen() -> None:
    story = Story(for_signe(2), for_signe(3, owner=AASE, owner_name="Aase Winther"))
    move = story.step(desk.on_said, said(SIGNE, "ja", chat=SIGNE), target=relayed(story, SIGNE, 2, JONAS))
    assert len(says(JONAS, move.effects)) == 1
    assert says(AASE, move.effects) == []


def test_a_chosen_citizen_stays_chosen_for_a_while_and_is_asked_about_afterwards() -> None:
    story = Story(for_signe(2), for_signe(3, owner=AASE, owner_name="Aase Winther"))
    story.step(desk.on_pressed, pressed(SIGNE, "reply:3", chat=SIGNE))
    for words in ("et", "to", "tre"):
        move = story.step(desk.on_said, said(SIGNE, words, chat=SIGNE))
        assert len(says(AASE, move.effects)) == 1
    story.now += timedelta(hours=2)
    move = story.step(desk.on_said, said(SIGNE, "fire", chat=SIGNE))
    assert to(AASE, move.effects) == to(JONAS, move.effects) == []


def test_a_closed_topic_asks_the_responsible_and_tells_the_citizen_nothing() -> None:
    story = Story(an_idea())
    event = TopicChanged(chat_of(GROUP), Sender(METTE, "Mette"), "closed", NOW)
    move = story.step(desk.on_topic_changed, event, topic=1)
    opened = story.step(desk.on_topic_changed, replace(event, change="reopened"), topic=1)
    assert opened.effects == []
    assert keys(METTE, move.effects) == ["desk.topic_closed"]
    assert to(AASE, move.effects) == []


def test_words_in_an_agents_own_chat_need_only_what_they_may_be_meant_for() -> None:
    words = said(SIGNE, "Ja, mandag kl. 10", chat=SIGNE)
    needed = desk.desk_needs(words, Talk(), None, 0, FRAME)
    assert (needed.queue, needed.lately_of, needed.heard_in, needed.since) == (False, "signe", SIGNE, None)
    in_group = desk.desk_needs(said(SIGNE, "godt"), Talk(), None, 0, FRAME)
    assert (in_group.queue, in_group.lately_of, in_group.heard_in) == (False, "", 0)


def test_who_wrote_since_somebody_was_chosen_is_needed_as_long_as_the_choice_can_hold() -> None:
    story = Story(for_signe(2))
    story.step(desk.on_pressed, pressed(SIGNE, "reply:2", chat=SIGNE))
    talk = story.talks[(SIGNE, SIGNE)]
    words = said(SIGNE, "Ja", chat=SIGNE)
    needed = desk.desk_needs(words, talk, None, 0, FRAME)
    assert (needed.since, needed.initiatives) == (NOW, {2})
    later = replace(words, at=NOW + timedelta(minutes=31))
    assert desk.desk_needs(later, talk, None, 0, FRAME).since is None
