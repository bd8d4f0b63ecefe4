"""Every effect becomes calls within Telegram's limits, and a person's words arrive whole and as they were."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.ports import Call
from bot.core.attachments import MOST_FILM
from bot.core.effects import (
    Answer,
    Button,
    Content,
    DropTimer,
    Erase,
    MakeTopic,
    NameTopic,
    Parts,
    Pin,
    Quote,
    Ref,
    Rewrite,
    Say,
    SendMedia,
    SendPlace,
    Strip,
    To,
    Words,
)
from bot.core.events import Media, MediaKind, Place
from bot.telegram_io.cluster import parted, units
from bot.telegram_io.render import render
from bot.telegram_io.split import head, shorten, split
from bot.texts.text import Text

AASE = To(1001)
CARD = To(-1001, topic_of=12)


def speak(content: Content) -> Text:
    """A book of texts that holds only what is needed here: `name` says the field of that name, `shared.part` counts."""
    assert isinstance(content, Words)
    if content.key == "shared.part":
        return Text(f"{content.fields['n']} af {content.fields['of']}")
    plain = str(content.fields.get("text", content.key))
    return Text(plain, ((0, len(plain)),) if content.key == "bold" else ())


def words(text: str, key: str = "plain") -> Words:
    return Words(key, fields={"text": text})


def calls(effect: Any) -> list[Call]:
    """The calls, which are JSON."""
    made = list(render(effect, speak))
    json.dumps([dict(call.params) for call in made])
    return made


def one(effect: Any) -> Call:
    (call,) = calls(effect)
    return call


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_text_goes_to_its_chat_literally_without_a_preview() -> None:
    call = one(Say(AASE, Quote("<b>hej</b> *du* https://gentofte.dk", words("Karim:", "bold"))))
    assert (call.method, call.lane) == ("sendMessage", "1001")
    assert call.params == {
        "chat_id": 1001,
        "text": "Karim:\n<b>hej</b> *du* https://gentofte.dk",
        "entities": [{"type": "bold", "offset": 0, "length": 6}],
        "link_preview_options": {"is_disabled": True},
    }


def test_bold_words_are_counted_in_utf16_units() -> None:
    def book(_: Content) -> Text:
        return Text("🌱🌱 æ**", ((3, 5),))

    (call,) = render(Say(AASE, Words("x")), book)
    assert call.params["entities"] == [{"type": "bold", "offset": 5, "length": 2}]


def test_a_message_in_a_topic_answers_silently_and_opens_the_answer_field() -> None:
    call = one(Say(CARD, words("Hvad svarer du?"), reply_to=Ref(-1001, 8), prompt=True, silent=True))
    assert call.params["message_thread_id"] == {"topic": 12}
    assert call.params["reply_parameters"] == {"message_id": 8, "allow_sending_without_reply": True}
    assert call.params["reply_markup"] == {"force_reply": True, "selective": True}
    assert call.params["disable_notification"] is True
    newest = one(Say(CARD, words("a"), reply_to=Ref(-1001, role="card", about=12)))
    assert newest.params["reply_parameters"]["message_id"] == {"role": "card", "about": 12}
    assert one(Say(To(-1001, thread=77), words("a"))).params["message_thread_id"] == 77


def test_buttons_stand_in_their_rows() -> None:
    rows = ((Button("Send", "send:1"), Button("Ret", "edit:1")), (Button("Læs", "", url="https://gentofte.dk"),))
    keyboard = one(Say(AASE, words("a"), rows)).params["reply_markup"]
    assert keyboard == {
        "inline_keyboard": [
            [{"text": "Send", "callback_data": "send:1"}, {"text": "Ret", "callback_data": "edit:1"}],
            [{"text": "Læs", "url": "https://gentofte.dk"}],
        ]
    }
    with pytest.raises(ValueError, match="64 is the most"):
        render(Say(AASE, words("a"), ((Button("Send", "æ" * 33),),)), speak)


def test_five_thousand_characters_arrive_whole_in_two_marked_parts() -> None:
    paragraph = "Vi vil <b>plante</b> *træer* og lave _cykler_ &amp; [x](y) 🌳👨‍👩‍👧‍👦 ved søen. " * 6
    text = "\n\n".join([paragraph] * 12)[:5000]
    made = calls(Say(CARD, Quote(text, words("Karim skriver:", "bold")), ((Button("Tag", "take:1"),),)))
    headings = [call.params["text"].split("\n")[0] for call in made]
    assert headings == ["Karim skriver (1 af 2):", "Karim skriver (2 af 2):"]
    assert bare("".join(call.params["text"].split("\n", 1)[1] for call in made)) == bare(text)
    assert made[0].params["entities"] == [{"type": "bold", "offset": 0, "length": 23}]
    assert ["reply_markup" in call.params for call in made] == [False, True]


def test_a_long_text_is_cut_at_a_paragraph_where_that_costs_nothing() -> None:
    first, second = "ord " * 800, "ord " * 700
    made = calls(Say(AASE, Quote(f"{first.strip()}\n\n{second.strip()}")))
    assert [call.params["text"] for call in made] == [f"(1 af 2)\n{first.strip()}", f"(2 af 2)\n{second.strip()}"]


def test_parts_share_a_message_until_it_is_full() -> None:
    parts = Parts((words("Nr. 12", "bold"), Quote("b" * 4000), words("c" * 200), words("d")))
    first, second = calls(Say(AASE, parts))
    assert first.params["text"] == "Nr. 12\n\n" + "b" * 4000
    assert second.params["text"] == "c" * 200 + "\n\nd"
    assert first.params["entities"] == [{"type": "bold", "offset": 0, "length": 6}]


HARD = st.sampled_from(" \n\n\u00a0ab.e\u0301æ🌱👍🏽👨\u200d👩\u200d👧🇩🇰\ufe0f각")
TEXTS = st.text(HARD | st.characters(exclude_categories=["Cs"]), max_size=60)


def cluster_around(text: str, at: int) -> str:
    first = next(n for n in range(at, -1, -1) if parted(text, n))
    last = next(n for n in range(at, len(text) + 1) if parted(text, n))
    return text[first:last]


@settings(max_examples=300)
@given(text=TEXTS, repeat=st.integers(1, 9), limit=st.integers(20, 120))
def test_a_split_loses_nothing_and_tears_no_character(text: str, repeat: int, limit: int) -> None:
    whole = text * repeat
    pieces = split(Text(whole), limit)
    assert bare("".join(piece.plain for piece in pieces)) == bare(whole)
    at = 0
    for piece in pieces:
        assert units(piece.plain) <= limit or not whole.strip()
        at = whole.index(piece.plain, at) + len(piece.plain)
        assert parted(whole, at) or units(cluster_around(whole, at)) > limit


@settings(max_examples=150)
@given(st.lists(st.text("abcæøå🌱", min_size=1, max_size=15), min_size=1, max_size=60), st.integers(40, 90))
def test_a_split_never_cuts_a_word_that_fits(said: list[str], limit: int) -> None:
    pieces = split(Text(" ".join(said)), limit)
    assert " ".join(piece.plain for piece in pieces).split() == said
    fewest = 1
    used = -1
    for word in said:
        used += 1 + units(word)
        if used > limit:
            fewest, used = fewest + 1, units(word)
    assert len(pieces) == fewest


@settings(max_examples=100)
@given(st.text("ab ", min_size=1, max_size=200), st.integers(0, 150), st.integers(1, 19))
def test_a_split_keeps_bold_words_bold_and_together(plain: str, start: int, length: int) -> None:
    bold = ((start, min(start + length, len(plain))),) if start < len(plain) else ()
    pieces = split(Text(plain, bold), 20)
    told = "".join(piece.plain[first:last] for piece in pieces for first, last in piece.bold)
    assert bare(told) == bare("".join(plain[first:last] for first, last in bold))
    if bold and " " not in plain[bold[0][0] : bold[0][1]]:
        assert sum(len(piece.bold) for piece in pieces) <= 1 or "a" * 20 in plain.replace("b", "a")


def test_families_flags_skin_and_accents_are_one_character_each() -> None:
    for cluster in ("👨‍👩‍👧‍👦", "🇩🇰", "👍🏽", "e\u0301", "❤️", "각", "\r\n", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"):
        assert not [at for at in range(1, len(cluster)) if parted(cluster, at)]
        assert parted(cluster + "x", len(cluster))
    assert parted("🇩🇰🇸🇪", 2)


def test_a_heading_is_marked_before_its_colon() -> None:
    assert head(Text("Karim:", ((0, 6),)), "1 af 2") == Text("Karim (1 af 2):", ((0, 15),))
    assert head(Text("Svar fra Bo"), "1 af 2").plain == "Svar fra Bo (1 af 2)"
    assert head(Text(""), "1 af 2").plain == "(1 af 2)"


def test_an_own_text_that_is_too_long_for_an_edit_is_cut_and_a_persons_is_not() -> None:
    cut = one(Rewrite(Ref(1001, 5), words("ord " * 2000)))
    assert cut.method == "editMessageText"
    assert units(cut.params["text"]) <= 4096
    assert cut.params["text"].endswith(" …")
    first, second = calls(Rewrite(Ref(1001, 5, about=12), Quote("ord " * 2000), ((Button("Tag", "take:1"),),)))
    assert (first.method, second.method) == ("editMessageText", "sendMessage")
    assert "reply_markup" in first.params
    assert second.params["reply_parameters"]["message_id"] == 5
    assert second.params["message_thread_id"] == {"topic": 12}


def media(kind: MediaKind, n: int, caption: str = "") -> Media:
    return Media(kind, f"{kind}{n}", n, caption=caption)


def test_files_travel_in_order_in_the_albums_that_their_kinds_allow() -> None:
    kinds: list[MediaKind] = ["photo", "photo", "voice", "photo", "document", "document", "audio", "audio", "sticker"]
    made = calls(SendMedia(AASE, tuple(media(kind, n) for n, kind in enumerate(kinds))))
    assert [call.method for call in made] == [
        "sendMediaGroup",
        "sendVoice",
        "sendPhoto",
        "sendMediaGroup",
        "sendMediaGroup",
        "sendSticker",
    ]
    assert made[0].params["media"] == [{"type": "photo", "media": "photo0"}, {"type": "photo", "media": "photo1"}]
    assert made[1].params == {"chat_id": 1001, "voice": "voice2"}


def test_a_film_that_can_be_cleaned_travels_alone_and_says_how_large_and_long_it_is() -> None:
    film = Media("video", "v1", 1, "a.mp4", size=MOST_FILM, duration=12, width=640, height=360)
    large = replace(film, file_id="v2", size=MOST_FILM + 1)
    alone, together = calls(SendMedia(AASE, (film, large, media("photo", 3))))
    seen = {name: alone.params[name] for name in ("duration", "width", "height")}
    assert (alone.method, seen) == ("sendVideo", {"duration": 12, "width": 640, "height": 360})
    assert alone.params["video"] == {"clean": {"file": "v1", "name": "a.mp4"}}
    assert alone.params["otherwise"]["method"] == "sendMessage"
    assert [item["media"] for item in together.params["media"]] == ["v2", "photo3"]


def test_more_than_ten_files_go_in_more_albums() -> None:
    made = calls(SendMedia(AASE, tuple(media("photo", n) for n in range(11))))
    assert [call.method for call in made] == ["sendMediaGroup", "sendPhoto"]


def test_an_album_keeps_each_caption_under_its_own_photo_below_the_heading() -> None:
    album = (media("photo", 1), media("photo", 2, "sådan ser her ud"))
    call = one(SendMedia(CARD, album, words("Aase:", "bold"), reply_to=Ref(-1001, 8)))
    assert call.params["media"][0]["caption"] == "Aase:"
    assert call.params["media"][0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert call.params["media"][1]["caption"] == "sådan ser her ud"
    assert call.params["reply_parameters"]["message_id"] == 8
    assert call.params["message_thread_id"] == {"topic": 12}


def test_a_caption_that_the_words_above_carry_on_is_not_said_twice() -> None:
    album = (media("photo", 1, "her"), media("photo", 2, "og der"))
    call = one(SendMedia(AASE, album, Quote("her\nog der", words("Aase:"))))
    assert [item.get("caption") for item in call.params["media"]] == ["Aase:\nher\nog der", None]


def test_a_short_caption_is_not_lost_in_a_name_that_holds_it() -> None:
    for caption in (words("Karim:"), Words("Karim:"), Quote("i dag", words("Karim:"))):
        said = one(SendMedia(AASE, (media("photo", 1, "i"),), caption)).params["caption"]
        assert said.startswith("Karim:")
        assert said.endswith("\ni")


def test_a_caption_over_1024_goes_ahead_as_a_text_of_its_own() -> None:
    ahead, photo = calls(SendMedia(AASE, (media("photo", 1),), Quote("x" * 1025), reply_to=Ref(1001, 8)))
    assert (ahead.method, ahead.params["text"]) == ("sendMessage", "x" * 1025)
    assert "reply_parameters" in ahead.params
    assert photo.params == {"chat_id": 1001, "photo": "photo1"}
    heading, photo = calls(SendMedia(AASE, (media("photo", 1, "y" * 1024),), words("Aase:")))
    assert (heading.params["text"], photo.params["caption"]) == ("Aase:", "y" * 1024)
    own, photo = calls(SendMedia(AASE, (media("photo", 1, "y" * 1500),)))
    assert (own.params["text"], "caption" in photo.params) == ("y" * 1500, False)


def test_a_kind_without_captions_has_its_words_ahead_of_it() -> None:
    made = calls(SendMedia(AASE, (media("video_note", 1),), Quote("se her")))
    assert [call.method for call in made] == ["sendMessage", "sendVideoNote"]


def test_the_small_effects() -> None:
    place = one(SendPlace(CARD, Place(55.7637, 12.5789)))
    assert (place.method, place.params["latitude"], place.params["longitude"]) == ("sendLocation", 55.7637, 12.5789)
    assert one(Strip(Ref(1001, 5))) == Call("editMessageReplyMarkup", "1001", {"chat_id": 1001, "message_id": 5})
    pin = one(Pin(Ref(-1001, role="card", about=12)))
    assert (pin.method, pin.params["disable_notification"]) == ("pinChatMessage", True)
    erase = one(Erase(Ref(1001, 5), words("Taget tilbage.")))
    assert (erase.method, erase.params["message_id"]) == ("deleteMessage", 5)
    assert erase.params["otherwise"]["method"] == "editMessageText"
    assert erase.params["otherwise"]["params"]["text"] == "Taget tilbage."


def test_a_press_is_answered_in_a_lane_of_its_own() -> None:
    quiet = one(Answer("9"))
    assert (quiet.lane, quiet.params) == ("press:9", {"callback_query_id": "9"})
    told = one(Answer("9", words("Mette har den. " * 30), alert=True))
    assert told.params["show_alert"] is True
    assert units(told.params["text"]) <= 200


def test_a_topic_is_made_named_closed_and_reopened() -> None:
    made = one(MakeTopic(-1001, 12, "nr. 12\n" + "🚲" * 200))
    assert (made.method, units(made.params["name"]) <= 128) == ("createForumTopic", True)
    both = calls(NameTopic(-1001, 12, "ny", closed=True))
    assert [call.method for call in both] == ["editForumTopic", "closeForumTopic"]
    opened = one(NameTopic(-1001, 12, closed=False))
    assert opened == Call("reopenForumTopic", "-1001", {"chat_id": -1001, "message_thread_id": {"topic": 12}})


def test_what_the_shell_does_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="DropTimer is carried out by the shell"):
        render(DropTimer("x"), speak)


@settings(max_examples=100)
@given(st.text(max_size=80), st.integers(5, 40))
def test_what_is_shortened_fits(text: str, limit: int) -> None:
    assert units(shorten(text, limit)) <= limit
