"""Raw updates of every kind become the right event, and nothing that can be sent breaks it."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import (
    Chat,
    Edited,
    Joined,
    Media,
    Membership,
    Migrated,
    Place,
    Pressed,
    Said,
    Sender,
    TopicChanged,
    Unknown,
)
from bot.telegram_io.intake import spare, sparing
from bot.telegram_io.translate import Translator

NOW = datetime(2026, 11, 2, 9, 10, tzinfo=UTC)
AASE = {"id": 1001, "is_bot": False, "first_name": "Aase", "last_name": "Winther", "language_code": "da-DK"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Aase"}
STAFF = {"id": -1001, "type": "supergroup", "title": "Sparringsagenter", "is_forum": True}
BOT = {"id": 42, "is_bot": True, "first_name": "Skab", "username": "skab_bot"}
SENDER = Sender(1001, "Aase", "da")
TOPIC = Chat(-1001, "group", thread=77, title="Sparringsagenter", forum=True)

translate = Translator("Skab_Bot")


def message(update_id: int = 1, **fields: Any) -> dict[str, Any]:
    """An update with a message that was sent to the bot in private."""
    return {"update_id": update_id, "message": {"message_id": 5, "date": 1, "from": AASE, "chat": PRIVATE, **fields}}


def in_topic(**fields: Any) -> dict[str, Any]:
    """An update with a message in topic 77 of the staff group."""
    return message(chat=STAFF, message_thread_id=77, is_topic_message=True, **fields)


def said(*updates: dict[str, Any]) -> Said:
    """What the updates say, which is something."""
    event = translate(updates, NOW)
    assert isinstance(event, Said)
    return event


def test_a_text_is_said_exactly_as_it_was_written_at_the_municipalitys_time() -> None:
    assert said(message(text="  <b>hej</b>\n*du* ")) == Said(
        Chat(1001, "private"), SENDER, (5,), NOW, "  <b>hej</b>\n*du* "
    )


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/start", "start", ""),
        ("/START@skab_bot  idé 7 ", "start", "idé 7"),
        ("/hjælp", "", "/hjælp"),
        ("/status?", "", "/status?"),
        ("se /status", "", "se /status"),
        ("/ny\nlinje to", "ny", "linje to"),
    ],
)
def test_a_command_loses_slash_and_bot_name(text: str, command: str, rest: str) -> None:
    event = said(message(text=text))
    assert (event.command, event.text) == (command, rest)


def test_a_command_for_another_bot_is_nobodys_business() -> None:
    assert translate([in_topic(text="/start@vejr_bot")], NOW) is None


def test_an_album_over_two_fetches_is_one_act_in_order_with_its_captions() -> None:
    photo = [{"file_id": "small", "width": 9, "height": 9}, {"file_id": "big", "width": 90, "height": 90}]
    parts = [
        message(n, message_id=n, media_group_id="g", photo=[*photo[:1], {**photo[1], "file_id": f"big{n}"}])
        for n in (13, 11, 12, 14)
    ]
    parts[1]["message"]["caption"] = "sådan ser her ud hver morgen"
    parts[0]["message"]["caption"] = "og her"
    event = said(*parts)
    assert event.message_ids == (11, 12, 13, 14)
    assert [media.file_id for media in event.media] == ["big11", "big12", "big13", "big14"]
    assert event.text == "sådan ser her ud hver morgen\nog her"
    assert event.media[0].caption == "sådan ser her ud hver morgen"


def test_a_text_that_the_phone_cut_is_whole_again() -> None:
    whole = ("ord🌱 " * 1000)[:5000]
    first = whole[:3400]
    assert len(first.encode("utf-16-le")) // 2 == 4080
    first, rest = "x" * 16 + first, whole[3400:]
    assert said(message(1, message_id=1, text=first), message(2, message_id=2, text=rest)).text == first + rest


def test_where_the_phone_cut_at_a_space_the_space_comes_back() -> None:
    assert said(message(1, message_id=1, text="a" * 4050), message(2, message_id=2, text="b")).text.endswith("a b")


def test_an_emoji_that_had_no_room_follows_at_once() -> None:
    assert said(message(1, message_id=1, text="a" * 4095), message(2, message_id=2, text="🌱")).text.endswith("a🌱")


def test_a_cpr_number_that_the_phone_cut_in_two_is_taken_out_where_the_text_is_whole_again() -> None:
    pieces = ("a" * 4050 + " mit cpr er 251248-", "9996 og en gågruppe")
    event = said(*(spare(message(n, message_id=n, text=text)) for n, text in enumerate(pieces, start=1)))
    assert event.text.endswith("mit cpr er [***] og en gågruppe")
    assert event.cpr == 1, "so that both messages are deleted on the phone, and their writer hears why"
    assert "9996" not in repr(event)
    flooded = said(*(spare(message(n, message_id=n, text=text)) for n, text in enumerate(("251248", "9996"), start=1)))
    assert (flooded.text, flooded.cpr, flooded.gathered) == ("[***]", 1, 2)


FILES: dict[str, Any] = {
    "voice": {"file_id": "v", "duration": 47, "file_size": 9},
    "video": {"file_id": "v", "duration": 3, "file_name": "a.mp4", "file_size": 25_000_000},
    "document": {"file_id": "v", "file_name": "a.pdf"},
    "audio": {"file_id": "v", "duration": 3},
    "sticker": {"file_id": "v", "emoji": "👍"},
    "video_note": {"file_id": "v", "duration": 3, "length": 9},
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_is_known_by_its_id(kind: Any) -> None:
    file = FILES[kind]
    assert said(message(**{kind: file}, caption="se")).media == (
        Media(
            kind,
            "v",
            5,
            file_name=str(file.get("file_name", "")),
            size=int(file.get("file_size", 0)),
            duration=int(file.get("duration", 0)),
            caption="se",
        ),
    )


def test_an_animation_is_not_taken_for_the_document_that_it_also_is() -> None:
    event = said(message(animation={"file_id": "a"}, document={"file_id": "a"}))
    assert [media.kind for media in event.media] == ["animation"]


def test_a_place_a_live_place_and_a_venue() -> None:
    here = {"latitude": 55.7637, "longitude": 12.5789}
    assert said(message(location=here)).place == Place(55.7637, 12.5789)
    assert said(message(location={**here, "live_period": 900})).place == Place(55.7637, 12.5789, live=True)
    venue = said(message(location=here, venue={"location": here, "title": "Stationen", "address": "Ordrup"}))
    assert (venue.place, venue.text, venue.other) == (Place(55.7637, 12.5789), "Stationen, Ordrup", "")


@pytest.mark.parametrize("kind", ["contact", "poll", "dice", "story", "game", "something_of_next_year"])
def test_content_that_cannot_be_used_is_named(kind: str) -> None:
    event = said(message(**{kind: {"phone_number": "39980000"}}))
    assert (event.other, event.text) == (kind, "")


def test_a_message_with_nothing_in_it_is_still_heard() -> None:
    assert said(message()).other == "unknown"


def test_a_forwarded_message_is_known_as_one() -> None:
    assert said(message(text="hej", forward_origin={"type": "hidden_user"})).forwarded


def test_a_reply_is_known_and_the_root_of_a_topic_is_none() -> None:
    assert said(in_topic(text="a", reply_to_message={"message_id": 70})).reply_to == 70
    assert said(in_topic(text="a", reply_to_message={"message_id": 77})).reply_to is None
    root = {"message_id": 76, "forum_topic_created": {"name": "nr. 1"}}
    assert said(in_topic(text="a", reply_to_message=root)).reply_to is None


def test_a_thread_is_a_topic_only_in_a_forum() -> None:
    assert said(in_topic(text="a")).chat == TOPIC
    assert said(message(chat=STAFF, text="a")).chat.thread is None
    assert said(message(chat=STAFF, text="a", message_thread_id=77)).chat.thread is None
    assert said(message(text="a", message_thread_id=77, is_topic_message=True)).chat.thread is None


def test_an_anonymous_admin_has_no_name() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    update = in_topic(text="a")
    update["message"] |= {"from": anonymous, "sender_chat": STAFF, "author_signature": "Farid"}
    assert said(update).sender == Sender(1087968824, "", anonymous=True)
    channel = in_topic(text="a", sender_chat={"id": -1009, "type": "channel"})
    assert said(channel).sender.anonymous


@pytest.mark.parametrize(
    "fields",
    [
        {"from": BOT, "text": "a"},
        {"sender_chat": {"id": -1, "type": "channel"}, "is_automatic_forward": True, "text": "a"},
        {"new_chat_title": "Medskabere 🌱"},
        {"pinned_message": {"message_id": 4}},
        {"forum_topic_created": {"name": "nr. 1"}},
        {"forum_topic_edited": {"icon_custom_emoji_id": "5"}},
        {"new_chat_members": [BOT]},
        {"left_chat_member": BOT},
        {"migrate_from_chat_id": -5},
        {"chat": {"id": -1009, "type": "channel"}, "text": "a"},
    ],
)
def test_what_asks_for_nothing_is_no_event(fields: dict[str, Any]) -> None:
    assert translate([message(**{"chat": STAFF, **fields})], NOW) is None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post"])
def test_a_channels_posts_are_no_events(kind: str) -> None:
    assert translate([{"update_id": 1, kind: {"chat": {"id": -9, "type": "channel"}}}], NOW) is None


def test_an_edit_of_text_caption_and_place() -> None:
    def edited(**fields: Any) -> Any:
        return translate([{"update_id": 1, "edited_message": message(**fields)["message"]}], NOW)

    assert edited(text="20 stativer") == Edited(Chat(1001, "private"), SENDER, 5, NOW, "20 stativer")
    assert edited(photo=[{"file_id": "a"}], caption="ny").text == "ny"
    moved = edited(location={"latitude": 55.0, "longitude": 12.0, "live_period": 900})
    assert (moved.text, moved.place) == ("", Place(55.0, 12.0, live=True))
    assert edited(**{"from": BOT, "text": "a"}) is None


def test_a_press_under_a_message_and_under_one_that_is_out_of_sight() -> None:
    def press(**fields: Any) -> Any:
        query = {"id": "9", "from": AASE, "data": "take:1", **fields}
        return translate([{"update_id": 1, "callback_query": query}], NOW)

    card = {"message_id": 8, "date": 0, "chat": STAFF, "message_thread_id": 77, "is_topic_message": True}
    assert press(message=card) == Pressed(TOPIC, SENDER, 8, "9", "take:1", NOW)
    assert press() == Pressed(Chat(1001, "private"), SENDER, 0, "9", "take:1", NOW)


def my_chat_member(chat: dict[str, Any], **member: Any) -> Any:
    change = {"chat": chat, "from": AASE, "date": 1, "new_chat_member": {"user": BOT, **member}}
    return translate([{"update_id": 1, "my_chat_member": change}], NOW)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"status": "kicked"}, "kicked"),
        ({"status": "left"}, "left"),
        ({"status": "member"}, "member"),
        ({"status": "restricted", "is_member": True}, "member"),
        ({"status": "restricted", "is_member": False}, "left"),
    ],
)
def test_a_block_and_the_bots_place_in_a_group(told: dict[str, Any], status: str) -> None:
    assert my_chat_member(PRIVATE, **told) == Membership(Chat(1001, "private"), SENDER, status, frozenset(), NOW)


def test_the_bots_rights_are_those_that_are_true() -> None:
    rights = {"can_manage_topics": True, "can_pin_messages": False, "is_anonymous": True}
    event = my_chat_member(STAFF, status="administrator", **rights)
    assert (event.status, event.rights) == ("administrator", {"can_manage_topics"})


def test_somebody_comes_and_goes() -> None:
    nanna = {"id": 1009, "is_bot": False, "first_name": "Nanna"}
    who = Sender(1009, "Nanna")

    def change(old: str, new: str) -> Any:
        members = {"old_chat_member": {"user": nanna, "status": old}, "new_chat_member": {"user": nanna, "status": new}}
        return translate([{"update_id": 1, "chat_member": {"chat": STAFF, "from": AASE, **members}}], NOW)

    group = Chat(-1001, "group", title="Sparringsagenter", forum=True)
    assert change("left", "member") == Joined(group, SENDER, who, "member", NOW)
    assert change("member", "kicked") == Joined(group, SENDER, who, "kicked", NOW)
    assert change("member", "administrator") is None
    noticed = translate([message(chat=STAFF, new_chat_members=[BOT, nanna])], NOW)
    assert noticed == Joined(group, SENDER, who, "member", NOW)
    assert translate([message(chat=STAFF, left_chat_member=nanna)], NOW) == Joined(group, SENDER, who, "left", NOW)


def test_a_group_that_becomes_a_supergroup_is_told_once_whoever_did_it() -> None:
    old = message(chat={"id": -5, "type": "group", "title": "x"}, migrate_to_chat_id=-1005)
    del old["message"]["from"]
    new = message(chat=STAFF, migrate_from_chat_id=-5)
    assert [translate([update], NOW) for update in (old, new)] == [Migrated(-5, -1005, NOW), None]


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"forum_topic_closed": {}}, "closed"),
        ({"forum_topic_reopened": {}}, "reopened"),
        ({"forum_topic_edited": {"name": "ny"}}, "renamed"),
    ],
)
def test_a_topic_that_a_person_changed(fields: dict[str, Any], change: Any) -> None:
    assert translate([in_topic(**fields)], NOW) == TopicChanged(TOPIC, SENDER, change, NOW)


def test_a_kind_that_nobody_knows_keeps_what_is_known_of_it() -> None:
    update = {"update_id": 1, "thought_message": {"chat": PRIVATE, "from": AASE}}
    assert translate([update], NOW) == Unknown(Chat(1001, "private"), SENDER, "thought_message", NOW)
    assert translate([{"update_id": 1}], NOW) == Unknown(None, None, "nothing", NOW)
    assert translate([message(chat={"id": "x"})], NOW) == Unknown(None, None, "message", NOW)


def test_what_a_database_cannot_keep_is_taken_out_of_a_text() -> None:
    assert said(message(text="a\0b")).text == "ab"
    assert said(message(text="æ\ud83dx")).text == "æ\ufffdx"


def test_a_contact_and_user_names_are_left_out_before_anything_is_kept() -> None:
    raw = message(
        contact={"phone_number": "39980000", "first_name": "Bent"},
        reply_to_message={"message_id": 4, "chat": PRIVATE, "text": "gammelt", "from": AASE},
    )
    raw["message"]["from"] = {**AASE, "username": "aase74"}
    kept = repr(spare(raw))
    assert not [word for word in ("39980000", "Bent", "aase74", "Winther", "gammelt") if word in kept]
    assert translate([spare(raw)], NOW) == translate([raw], NOW)
    press = {"id": "9", "from": AASE, "data": "x", "message": {**raw["message"], "text": "kort", "date": 1}}
    assert "kort" not in repr(spare({"update_id": 2, "callback_query": press}))


async def test_what_is_pushed_is_spared_before_it_is_kept_too() -> None:
    kept: list[Any] = []

    async def store(updates: Any) -> None:
        kept.extend(updates)

    await sparing(store)([message(contact={"phone_number": "39980000"})])
    assert kept[0]["message"]["contact"] == {}


KINDS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "poll", "x"])
WORDS = (
    "id type is_bot first_name text caption photo voice location venue message_id message_thread_id is_topic_message "
    "sender_chat new_chat_members left_chat_member migrate_to_chat_id forum_topic_edited reply_to_message status "
    "latitude longitude live_period file_id width user data file_size contact"
)
KEYS = st.sampled_from(WORDS.split())
LETTERS = st.text(st.characters()) | st.sampled_from(["private", "group"])
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), LETTERS)
NAMED = st.sampled_from(["from", "chat", "message", "new_chat_member", "old_chat_member"])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | NAMED, inner, max_size=6), max_leaves=25
)


@settings(max_examples=300)
@given(kind=KINDS, body=JSON, more=st.dictionaries(KEYS, JSON, max_size=5), right=st.booleans())
def test_nothing_that_can_be_sent_breaks_it(kind: str, body: Any, more: dict[str, Any], right: bool) -> None:
    known = {**message()["message"], **more} if right else body
    update = {"update_id": 1, kind: known}
    for raw in (update, spare(update)):
        event = translate([raw], NOW)
        if isinstance(event, Said):
            event.text.encode()
            assert all(abs(number) < 2**63 for number in (event.chat.id, event.sender.id, *event.message_ids))


def test_understanding_an_update_takes_less_than_a_third_of_a_millisecond() -> None:
    photo = [{"file_id": "a", "width": 9, "height": 9}]
    update = in_topic(photo=photo, caption="se", reply_to_message={"message_id": 7})
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(200):
            translate([update], NOW)
        rounds.append((time.perf_counter() - start) / 200)
    assert min(rounds) < 0.0003
