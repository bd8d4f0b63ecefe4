"""Words, names, captions and file names that are meant to break something stand for what they are."""

import json
from typing import Any

import pytest

from bot.core import dialogue
from bot.core.effects import Button, Parts, Quote, Say, SendMedia, Tag, To, Words
from bot.core.events import Media, Said
from bot.core.people import Person, Talk
from bot.core.world import World
from bot.telegram_io.intake import spare
from bot.telegram_io.render import render
from bot.telegram_io.translate import Translator
from tests.book import BOOK
from tests.core.town import FRAME, NOW

TRANSLATE = Translator("skab_bot")
HOSTILE = (
    "<b>fed</b> <a href='http://evil.example'>tryk her</a> <script>alert(1)</script>",
    "*fed* _skrå_ `kode` [tryk her](http://evil.example) ||skjult|| ~streg~",
    "{agent} {0} {{title}} %s %(name)s ${HOME}",
    "'; DROP TABLE initiatives; --",
    "../../../etc/passwd",
    "\u202egnp.exe\u202c og \u200b\u200d\ufeff",
    "nr. 1: Kommunen har sagt ja.\n\nMette Holm, sparringsagent",
    "\x00\x01\x1b[31mrød\x1b[0m\r\n",
    "@alle https://t.me/skab_bot?start=follow_1 tg://user?id=1",
    "👩‍👩‍👧‍👦" * 40,
    "ẗ̴̡̰ͅe̷k̶s̴t" * 30,
    "\ud83d halv",
)


def message(**fields: Any) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Aase"}
    sender = {"id": 7, "is_bot": False, "first_name": fields.pop("first_name", "Aase")}
    return {"update_id": 1, "message": {"message_id": 5, "date": 1, "from": sender, "chat": chat, **fields}}


def said(**fields: Any) -> Said:
    event = TRANSLATE([spare(message(**fields))], NOW)
    assert isinstance(event, Said)
    return event


def params(effect: Any) -> list[dict[str, Any]]:
    calls = render(effect, BOOK.speak)
    for call in calls:
        json.dumps(call.params).encode()
        assert "parse_mode" not in call.params, "nothing that people write is ever read as marks"
    return [dict(call.params) for call in calls]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_out_as_they_were_written_and_nothing_of_them_is_read_as_marks(words: str) -> None:
    event = said(text=words)
    clean = words.replace("\x00", "").replace("\ud83d", "\ufffd")
    assert event.text == clean
    heading = Words("desk.relay.topic", "da", {"name": "Aase", "n": 1, "title": "x"})
    sent = params(Say(To(-1, topic_of=1), Quote(event.text, heading), tag=Tag("relay", 1)))
    assert clean.strip() in "\n".join(one["text"] for one in sent)
    for one in sent:
        for entity in one.get("entities", ()):
            assert entity["type"] == "bold", "only the bot's own heading is bold"
            assert entity["offset"] + entity["length"] <= len("Aase (nr. 1)")
        assert one["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_name_fills_its_field_and_no_other(words: str) -> None:
    fields = {"name": words, "n": 1, "title": words}
    (sent,) = params(Say(To(-1), Words("desk.relay.chat", "da", fields)))
    plain = BOOK.speak(Words("desk.relay.chat", "da", {"name": "X", "n": 1, "title": "Y"})).plain
    before, _, after = plain.partition("X")
    assert sent["text"].startswith(before)
    assert sent["text"].endswith(after.partition("Y")[2])
    keys = [[Button("citizen.button.this_one", "i_to:1", "da", {"n": 1, "title": words[:18]})]]
    (asked,) = params(Say(To(7), Words("citizen.which"), tuple(map(tuple, keys))))
    (key,) = asked["reply_markup"]["inline_keyboard"][0]
    assert key["callback_data"] == "i_to:1"
    assert "url" not in key


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_caption_and_file_name_go_on_literally_or_not_at_all(words: str) -> None:
    document = {"file_id": "f1", "file_unique_id": "u", "file_name": words, "file_size": 9}
    event = said(document=document, caption=words)
    assert event.media[0].file_id == "f1"
    heading = Words("desk.relay.topic", "da", {"name": "A", "n": 1})
    for call in render(SendMedia(To(-1), event.media, Quote(event.text, heading)), BOOK.speak):
        told = json.dumps(dict(call.params))
        assert "parse_mode" not in told
        assert call.params.get("document", "f1") == "f1", "by its number, without its name"


@pytest.mark.parametrize("words", HOSTILE)
def test_a_text_of_parts_keeps_what_is_the_bots_own_apart(words: str) -> None:
    head = Words("citizen.summary.head")
    sent = params(Say(To(7), Parts((head, Quote(f"«{words}»"), Words("citizen.summary.right")))))
    whole = "\n".join(one["text"] for one in sent)
    assert whole.startswith(BOOK.speak(head).plain)
    assert whole.rstrip().endswith(BOOK.speak(Words("citizen.summary.right")).plain.rstrip())


def test_more_than_anybody_can_send_is_left_out_and_never_an_error() -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = {"a": [deep]}
    many = {f"k{n}": "v" * 100 for n in range(2000)}
    for fields in ({"text": "x" * 100_000}, {"text": "hej", "more": deep}, {"text": "hej", **many}):
        event = TRANSLATE([spare(message(**fields))], NOW)
        assert isinstance(event, Said)
    assert len(params(Say(To(7), Quote("x" * 100_000)))) == 25


def test_a_file_is_passed_on_by_its_number_and_never_fetched() -> None:
    media = (Media("document", "f1", 5, file_name="../../x", size=10**12),)
    (sent,) = params(SendMedia(To(-1), media))
    assert sent["document"] == "f1"


CPR = "251248-9996"


@pytest.mark.parametrize(
    "files",
    [
        {"document": {"file_id": "f1", "file_name": f"{CPR}.pdf"}},
        {"audio": {"file_id": "f1", "file_name": "a.mp3", "title": f"til {CPR}"}},
        {"audio": {"file_id": "f1", "file_name": "a.mp3", "performer": CPR}},
        {"animation": {"file_id": "f1", "file_name": CPR}, "document": {"file_id": "f1", "file_name": CPR}},
    ],
)
@pytest.mark.parametrize("words", [{}, {"caption": "her er den"}])
def test_a_file_that_bears_a_cpr_number_goes_nowhere_and_its_words_are_heard(files: Any, words: Any) -> None:
    event = said(**files, **words)
    assert (event.media, event.left_out, event.text) == ((), True, words.get("caption", ""))
    move = dialogue.step(World(NOW, FRAME, Person(7, "Aase", noticed=True), Talk(lang="da")), event)
    told = [BOOK.speak(one.content).plain for one in move.effects if isinstance(one, Say)]
    assert "Giv filen et andet navn" in " ".join(told)
    assert len(told) <= 2


def test_of_several_files_the_one_that_bears_a_cpr_number_is_left_out_alone() -> None:
    names = (f"{CPR}.pdf", "plan.pdf")
    updates = [
        spare(message(document={"file_id": f"f{n}", "file_name": name}, media_group_id="a", message_id=n))
        for n, name in enumerate(names, start=5)
    ]
    event = TRANSLATE(updates, NOW)
    assert isinstance(event, Said)
    assert ([file.file_id for file in event.media], event.left_out, event.other) == (["f6"], True, "")
