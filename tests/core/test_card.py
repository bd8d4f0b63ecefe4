"""What staff see of an initiative, and how the talk reaches them."""

from dataclasses import replace

import pytest

from bot.core import card, desk, dialogue, false_alarm, relay, steps
from bot.core.effects import (
    Erase,
    MakeTopic,
    Note,
    Parts,
    Pin,
    Quote,
    Recount,
    Rewrite,
    Say,
    SendMedia,
    SendPlace,
    Tag,
    To,
)
from bot.core.events import Chat, Edited, Media, Place, Said, Sender
from bot.core.initiative import Desk, Initiative, NextStep, Stage, Turn
from bot.core.people import Utterance
from bot.core.world import Move
from tests.book import BOOK
from tests.core.town import (
    AASE,
    DUE,
    FRAME,
    GROUP,
    JONAS,
    NOW,
    PETER,
    SIGNE,
    Story,
    an_idea,
    delivery,
    for_signe,
    keys,
    said,
    says,
    to,
)

CAPTIONS = ("", "sådan ser her ud hver morgen", "", "")
ALBUM = tuple(Media("photo", f"p{n}", 30 + n, caption=caption) for n, caption in enumerate(CAPTIONS))


def post(idea: Initiative) -> Move:
    return Story(idea).step(lambda move, _: card.post(move, idea), by_citizen(""))


def by_citizen(text: str, owner: int = AASE, message: int = 70, **more: object) -> Said:
    return Said(Chat(owner, "private"), Sender(owner, "Aase"), (message,), NOW, text=text, **more)  # type: ignore[arg-type]


def text_of(say: Say) -> str:
    return BOOK.speak(say.content).plain


def test_the_card_tells_who_what_when_and_the_words() -> None:
    text = text_of(says(GROUP, post(an_idea()).effects)[0])
    for part in (
        "Nr. 1 · Cykler ved Ordrup Station",
        "Fra Aase Winther",
        "Ansvarlig: Mette Holm",
        "senest onsdag den 4. november kl. 16",
        "cyklerne ligger og flyder\njeg vil gerne selv være med",
        "Emne: Trafik (på grund af: cykler og ordrup st)",
    ):
        assert part in text
    assert str(AASE) not in text


def test_each_desk_gets_one_card_and_the_first_one_all_of_it() -> None:
    move = post(an_idea(media=ALBUM, place=Place(55.7637, 12.5789)))
    assert [type(effect) for effect in move.effects if not isinstance(effect, Note)] == [
        MakeTopic,
        Say,
        Pin,
        Say,
        SendMedia,
        SendPlace,
    ]
    assert len(says(PETER, move.effects)) == 1
    (album,) = [effect for effect in move.effects if isinstance(effect, SendMedia)]
    assert [item.file_id for item in album.media] == ["p0", "p1", "p2", "p3"]
    assert album.caption is not None
    assert "sådan ser her ud hver morgen" in BOOK.speak(album.caption).plain


@pytest.mark.parametrize("length", [10, 2199, 2200, 2201, 5000, 20000])
@pytest.mark.parametrize("sign", ["a ", "🌳 ", "æ"])
def test_a_card_of_any_length_fits_and_no_word_is_lost(length: int, sign: str) -> None:
    words = (sign * length)[:length]
    move = post(an_idea(words=(Utterance(words, 5, NOW),), title="t" * 300))
    for say in says(GROUP, move.effects):
        if say.tag and say.tag.role == "card":
            assert card.units(text_of(say)) <= 4096
    shown = [say.content for say in says(GROUP, move.effects)]
    whole = [c.text for c in shown if isinstance(c, Quote)]
    on_card = [p.text for c in shown if isinstance(c, Parts) for p in c.parts if isinstance(p, Quote)]
    assert words in whole + on_card


def test_taken_back_words_are_on_no_card() -> None:
    words = (Utterance("stativer", 5, NOW, struck=True), Utterance("bænke", 6, NOW))
    text = text_of(says(GROUP, post(an_idea(words=words, title="Bænke", topics=())).effects)[0])
    assert "stativ" not in text


def test_the_card_says_which_language_and_that_nothing_is_translated() -> None:
    text = text_of(says(GROUP, post(an_idea(lang="uk")).effects)[0])
    assert "Aase skriver på ukrainsk. Botten oversætter ikke." in text


def test_the_card_has_at_most_five_buttons_with_short_labels() -> None:
    for idea in (an_idea(), an_idea(taken=NOW), an_idea(owner_name="Bartholomæus-Christoffer Friis")):
        rows = card.buttons(idea)
        assert sum(len(row) for row in rows) <= 5
        for row in rows:
            for button in row:
                assert len(BOOK.label(button)) <= (28 if len(row) == 1 else 14)
                assert len(button.data.encode()) <= 64
    assert "take:1" not in {button.data for row in card.buttons(an_idea(taken=NOW)) for button in row}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("turn", list(Turn))
def test_every_stage_and_turn_has_its_words_on_the_card(stage: Stage, turn: Turn) -> None:
    step = NextStep("Mette Holm", DUE, turn, key="step.your_answer", own_part="tegner")
    idea = an_idea(stage=stage, step=step, helpers=("bo", "gone"), lang="en", paused=turn is Turn.CITIZEN)
    assert "Mette Holm" in text_of(says(GROUP, post(idea).effects)[0])


@pytest.mark.parametrize(
    "key",
    [
        "step.first_answer",
        "step.answer",
        "step.your_answer",
        "step.paused",
        "citizen_step.next.asks_again",
        "citizen_step.next.after_late",
        "citizen_step.next.after_date",
    ],
)
def test_every_step_of_the_bot_s_own_has_words_for_staff(key: str) -> None:
    idea = an_idea(step=NextStep("Mette Holm", DUE, Turn.AGENT, key=key))
    text = text_of(says(GROUP, post(idea).effects)[0])
    assert "Næste skridt: " in text


def test_a_waiting_card_says_since_when() -> None:
    story = Story(for_signe(1))
    idea = story.initiatives[1]
    story.step(lambda move, _: steps.answer_arrived(move, idea, "1:1"), by_citizen(""))
    move = story.step(lambda move, _: card.refresh(move, story.initiatives[1]), by_citizen(""))
    (shown,) = [effect for effect in move.effects if isinstance(effect, Rewrite)]
    assert "Venter på Jonas siden mandag den 2. november" in BOOK.speak(shown.content).plain


def relay_to_desk(idea: Initiative, said: Said) -> Move:
    return Story(idea).step(lambda move, event: relay.to_desk(move, idea, event), said)


def test_in_an_own_chat_name_and_title_stand_on_the_first_line() -> None:
    move = relay_to_desk(for_signe(2), by_citizen("Jeg kan mødes tirsdag", JONAS))
    (sent,) = says(SIGNE, move.effects)
    assert text_of(sent) == "Jonas · Bænke på torvet (nr. 2)\nJeg kan mødes tirsdag"
    assert sent.tag == Tag("relay", 2, JONAS, 70, JONAS)


def test_the_citizen_s_signs_are_carried_as_they_are() -> None:
    own = "<b> *træer* _cykler_ &amp; [x](y) **nej** {due}"
    (sent,) = says(GROUP, relay_to_desk(an_idea(), by_citizen(own)).effects)
    assert text_of(sent).endswith(f"\n{own}")


def test_pictures_voice_and_places_are_carried_on_with_a_name() -> None:
    idea = for_signe(2)
    album = relay_to_desk(idea, by_citizen("", JONAS, media=ALBUM))
    (sent,) = [effect for effect in album.effects if isinstance(effect, SendMedia)]
    assert sent.caption is not None
    assert BOOK.speak(sent.caption).plain == "Jonas · Bænke på torvet (nr. 2)"
    sticker = relay_to_desk(idea, by_citizen("", JONAS, media=(Media("sticker", "s", 3),)))
    assert [type(effect) for effect in to(SIGNE, sticker.effects)] == [Say, SendMedia]
    spot = relay_to_desk(idea, by_citizen("", JONAS, place=Place(55.7, 12.5)))
    assert [type(effect) for effect in to(SIGNE, spot.effects)] == [Say, SendPlace]


def test_words_too_long_for_a_picture_stand_above_it() -> None:
    move = relay_to_desk(an_idea(), by_citizen("ord " * 400, media=ALBUM[:1]))
    assert [type(effect) for effect in to(GROUP, move.effects)] == [Say, SendMedia]


def edited(text: str, message: int) -> Edited:
    return Edited(Chat(AASE, "private"), Sender(AASE, "Aase"), message, NOW.replace(hour=10, minute=42), text)


def test_an_edit_is_shown_beneath_the_old_words_with_the_hour() -> None:
    story = Story(an_idea())
    first = story.link(GROUP, "relay", 1, origin_chat=AASE, origin_message=70, by=AASE)
    move = story.step(relay.citizen_edited, edited("Jeg kan mødes torsdag", 70))
    (sent,) = says(GROUP, move.effects)
    head = "Aase har rettet sin besked på nr. 1 (rettet kl. 10.42). Nu står der:"
    assert text_of(sent) == f"{head}\nJeg kan mødes torsdag"
    assert sent.reply_to is not None
    assert sent.reply_to.message_id == first.message_id
    assert not [effect for effect in move.effects if isinstance(effect, Rewrite | Erase)]


def test_in_a_chat_with_several_citizens_all_that_comes_of_one_has_name_and_title_on_its_first_line() -> None:
    story = Story(for_signe(1, owner=AASE, owner_name="Aase Winther"))
    story.link(SIGNE, "relay", 1, origin_chat=AASE, origin_message=70, by=AASE)
    spot = Place(55.75, 12.55)

    def to_desk(move: Move, event: Said) -> None:
        relay.to_desk(move, story.initiatives[1], event)

    def corrects(move: Move, _: Said) -> None:
        relay.correction(move, story.initiatives[1], "før", "nu")

    def erases(move: Move, _: Said) -> None:
        move.world = replace(move.world, copies=tuple(story.links))
        relay.erase_for_citizen(move, story.initiatives[1], 70)

    def calms(move: Move, _: Said) -> None:
        false_alarm.tell_agent(move, story.initiatives[1])

    words = said(AASE, "hej", chat=AASE)
    sent = [story.step(relay.citizen_edited, edited("Jeg kan mødes torsdag", 70))]
    sent += [story.step(to_desk, words), story.step(to_desk, replace(words, text="", place=spot))]
    sent += [story.step(act, words) for act in (corrects, calms, erases)]
    told = [text_of(one) for move in sent for one in says(SIGNE, move.effects)]
    gone = [one.otherwise for move in sent for one in move.effects if isinstance(one, Erase) and one.otherwise]
    told += [BOOK.speak(words).plain for words in gone]
    assert len(told) == 7
    for text in told:
        assert text.partition("\n")[0] == "Aase · Bænke på torvet (nr. 1)", text


def test_an_edit_that_changes_nothing_is_not_told() -> None:
    story = Story(an_idea())
    story.link(GROUP, "relay", 1, origin_chat=AASE, origin_message=11, by=AASE)
    assert story.step(relay.citizen_edited, edited("cyklerne ligger og flyder", 11)).effects == []


def test_a_correction_shows_old_and_new() -> None:
    story = Story(an_idea())
    move = story.step(lambda move, _: relay.correction(move, an_idea(), "kun unge", "alle aldre"), by_citizen(""))
    before, after = (text_of(say) for say in says(GROUP, move.effects))
    assert before.endswith("Før:\nkun unge")
    assert after == "Nu:\nalle aldre"
    assert "rettet af Aase" in before


def test_an_erased_message_is_gone_at_the_desk_and_both_are_told_how() -> None:
    story = Story(an_idea())
    link = story.link(GROUP, "relay", 1, origin_chat=AASE, origin_message=11, by=AASE)

    def erase(move: Move, _: Said) -> None:
        move.world = replace(move.world, copies=(link,))
        relay.erase_for_citizen(move, an_idea(), 11)

    move = story.step(erase, by_citizen(""))
    (gone,) = [effect for effect in move.effects if isinstance(effect, Erase)]
    assert (gone.target.chat, gone.target.message_id, gone.tell) == (GROUP, link.message_id, True)
    assert story.initiatives[1].words[0].struck
    done = story.step(desk.on_delivery, delivery(gone.tag))
    assert keys(AASE, done.effects) == ["citizen_step.erased"]
    written_over = story.step(desk.on_delivery, delivery(gone.tag, reason="overwritten"))
    assert keys(AASE, written_over.effects) == ["citizen_step.overwritten"]
    failed = story.step(desk.on_delivery, delivery(gone.tag, outcome="rejected"))
    assert keys(AASE, failed.effects) == ["citizen_step.erase_failed"]


def test_an_initiative_without_a_desk_is_told_to_those_who_mend_things() -> None:
    move = relay_to_desk(an_idea(desks=()), by_citizen("hej"))
    assert [type(effect).__name__ for effect in move.effects] == ["Note", "TellHumans"]


def test_moving_the_talk_to_a_group_without_topics_needs_no_topic() -> None:
    move = post(an_idea(desks=(Desk(GROUP, topic=False),)))
    assert not [effect for effect in move.effects if isinstance(effect, MakeTopic | Pin)]
    (sent,) = says(GROUP, relay_to_desk(an_idea(desks=(Desk(GROUP, topic=False),)), by_citizen("hej")).effects)
    assert "Cykler ved Ordrup Station" in text_of(sent)


def test_a_deleted_topic_is_made_anew_in_its_own_chat_with_one_line_that_says_why() -> None:
    idea = an_idea(desks=(Desk(GROUP, topic=True), Desk(PETER, topic=False), Desk(GROUP - 1, topic=True)))
    effects = dialogue.renew(FRAME, NOW, GROUP, idea)
    assert [type(effect) for effect in effects] == [MakeTopic, Say, Pin, Say, Recount]
    assert effects[-1] == Recount(To(GROUP, topic_of=1), 1), "what was said so far stands there again"
    (_, anew) = says(GROUP, list(effects))
    assert anew == Say(To(GROUP, topic_of=1), card.say("desk.topic_anew"))
    assert dialogue.renew(FRAME, NOW, PETER, idea) == ()
