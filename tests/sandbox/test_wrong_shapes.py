"""What comes in a wrong shape is refused in Telegram's words; no call whatever ends as a fault of the server."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import telegram

from bot.sandbox.api import METHODS
from bot.sandbox.clock import Clock
from bot.sandbox.errors import ApiError
from bot.sandbox.groups import add_group, add_person
from bot.sandbox.params import Params
from bot.sandbox.world import World, new_world
from tests.sandbox.box import TOKEN, Box

AASE, MIA = 1001, 1002
STAFF = -1_000_000_002_001
BOLD = [{"type": "bold", "offset": 0, "length": 1}]
LINK = [{"type": "text_link", "offset": 0, "length": 1, "url": "https://gentofte.dk"}]
CALLED = [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": AASE}}]
PHOTO = {"type": "photo", "media": "https://example.org/a.jpg", "caption": "a", "caption_entities": BOLD}
# One good value for each name of a parameter, as rich as can be: what is bad is made of it.
GOOD: dict[str, Any] = {
    "chat_id": STAFF,
    "from_chat_id": STAFF,
    "user_id": AASE,
    "message_ids": [3],
    "message_thread_id": 2,
    "text": "a",
    "caption": "a",
    "entities": CALLED,
    "caption_entities": LINK,
    "question": "a?",
    "question_entities": BOLD,
    "options": [{"text": "a", "text_entities": BOLD}, "b"],
    "correct_option_ids": [0],
    "type": "quiz",
    "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}, {"text": "b", "url": "a.dk"}]]},
    "reply_parameters": {"message_id": 3, "chat_id": STAFF, "quote": "a", "quote_position": 0},
    "link_preview_options": {"is_disabled": False, "url": "https://gentofte.dk"},
    "commands": [{"command": "a", "description": "b"}],
    "scope": {"type": "chat_member", "chat_id": STAFF, "user_id": AASE},
    "reaction": [{"type": "emoji", "emoji": "👍"}],
    "permissions": {"can_send_messages": True},
    "rights": {"can_pin_messages": True},
    "menu_button": {"type": "web_app", "text": "a", "web_app": {"url": "https://gentofte.dk"}},
    "allowed_updates": ["message"],
    "url": "https://gentofte.dk",
    "latitude": 55.7,
    "longitude": 12.5,
    "phone_number": "39981234",
    "first_name": "a",
    "title": "a",
    "name": "a",
    "action": "typing",
    "duration": 1,
    "description": "a",
    "custom_title": "a",
    "can_pin_messages": True,
    "live_photo": "https://example.org/a",
    "video_note": "https://example.org/a",
} | dict.fromkeys(("photo", "document", "voice", "video", "audio", "animation", "sticker"), "https://example.org/a")
OTHERWISE: dict[str, dict[str, Any]] = {
    "editMessageMedia": {"media": PHOTO},
    "editMessageText": {"entities": LINK},
    "unpinChatMessage": {"message_id": 3},
    "sendMediaGroup": {"media": [PHOTO, PHOTO | {"type": "video", "duration": 1, "width": 2}]},
    "sendDice": {"reply_markup": {"keyboard": [["a", {"text": "b"}]], "resize_keyboard": True}},
}
# What must be there first, so that a call gets as far as it can.
BEFORE = {
    "editMessageCaption": ("sendPhoto", {"photo": "https://example.org/a.jpg"}),
    "editMessageLiveLocation": ("sendLocation", {"latitude": 1, "longitude": 1, "live_period": 900}),
    "stopMessageLiveLocation": ("sendLocation", {"latitude": 1, "longitude": 1, "live_period": 900}),
    "stopPoll": ("sendPoll", {"question": "a?", "options": ["a", "b"]}),
    "unpinChatMessage": ("pinChatMessage", {"message_id": 3}),
    "setChatAdministratorCustomTitle": ("promoteChatMember", {"user_id": AASE, "can_pin_messages": True}),
}
BAD = (True, 0, -1, 1.5, 2**70, 1e300, "", "x", "[", "{}", "nan", "9" * 5000, "http://[", [], [1], [[]], ["x"], {})


def known(method: str) -> list[str]:
    """The parameters of a method, by the library that calls it."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method).lower()
    names = inspect.signature(getattr(telegram.Bot, name)).parameters
    return [name for name in names if name not in ("self", "api_kwargs", "filename") and "_timeout" not in name]


def spoilt(good: Any) -> Iterator[Any]:
    """A value with itself, and each part of it, taken away or put in every wrong shape."""
    yield from (*BAD, None)
    for key in range(len(good)) if isinstance(good, list) else list(good) if isinstance(good, dict) else ():
        without = copy.copy(good)
        del without[key]
        yield without
        for bad in spoilt(good[key]):
            made = copy.copy(good)
            made[key] = bad
            yield made


def carry_out(world: World, method: str, **params: Any) -> Any:
    return METHODS[method.lower()][1](world, Params(params))


def small_world(method: str) -> World:
    """Two people in a forum with a topic (2), the bot there with a message of its own (3), and what a method needs."""
    world = new_world(TOKEN, Clock(None), None)
    for person in (MIA, AASE):
        add_person(world, {"first_name": "a", "id": person, "started": True})
    add_group(world, {"title": "b", "id": STAFF, "forum": True, "members": [MIA, AASE], "bot": "administrator"})
    carry_out(world, "createForumTopic", chat_id=STAFF, name="b")
    carry_out(world, "sendMessage", chat_id=STAFF, text="ab")
    if method in BEFORE:
        carry_out(world, BEFORE[method][0], chat_id=STAFF, **BEFORE[method][1])
    return world


def test_no_parameter_whatever_breaks_the_sandbox() -> None:
    tried: set[tuple[str, str]] = set()
    refused: set[int] = set()
    for method, _ in METHODS.values():
        world = small_world(method)
        good = {"message_id": world.chats[STAFF].last_id} | GOOD | OTHERWISE.get(method, {})
        good = {name: good[name] for name in known(method) if name in good}
        for name in known(method):
            # What many methods share is taken apart once, and then only put in other shapes as a whole.
            value = good.get(name)
            deep = (name, repr(value)) not in tried
            tried.add((name, repr(value)))
            for bad in spoilt(value if deep else None):
                for form in (bad, json.dumps(bad)) if isinstance(bad, dict | list) else (bad,):
                    try:
                        json.dumps(carry_out(world, method, **good | {name: form}), allow_nan=False)
                    except ApiError as refusal:
                        refused.add(refusal.code)
                    except Exception as error:
                        error.add_note(f"{method} with {name}={form!r:.200}")
                        raise
    assert refused == {400}


# fmt: off
BODIES = (
    (b"[1]", "application/json", "JSON object expected"),
    (b'"a"', "application/json", "JSON object expected"),
    (b'{"text": "a"', "application/json", "can't parse request JSON"),
    (b'{"text": NaN}', "application/json", "can't parse request JSON"),
    (b'{"text": ' + b"[" * 9999 + b"]" * 9999 + b"}", "application/json", "can't parse request JSON"),
    (b'{"text": "\\ud83d"}', "application/json", "strings must be encoded in UTF-8"),
    (b'{"text": "\xff"}', "application/json", "strings must be encoded in UTF-8"),
    (b"text=\xff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
    (b"text", "multipart/form-data", "can't parse multipart/form-data"),
    (b"--a\r\n", "multipart/form-data; boundary=a", "can't parse multipart/form-data"),
)
# fmt: on


@pytest.mark.asyncio
async def test_a_body_that_cannot_be_read_is_refused_in_json(box: Box) -> None:
    for body, kind, text in BODIES:
        address = f"{box.url}/bot{TOKEN}/sendMessage"
        async with box.http.post(address, data=body, headers={"Content-Type": kind}) as answer:
            wanted = {"ok": False, "error_code": 400, "description": f"Bad Request: {text}"}
            assert (answer.status, await answer.json()) == (400, wanted), body[:40]


@pytest.mark.asyncio
async def test_a_fault_of_the_sandbox_itself_is_told_in_json_and_in_the_log_of_calls(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_world: World, _params: Params) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(METHODS, "getme", ("getMe", broken))
    assert (await box.call("getMe")).error == (500, "Internal Server Error")
    (call,) = (await box.see("calls"))["calls"]
    assert call["status"] == 500


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("deleteMessages", {"message_ids": ["x"]}, "can't parse message identifier as Number"),
        ("deleteMessages", {"message_ids": 5}, "expected an Array of message identifiers"),
        ("copyMessages", {"message_ids": [{}]}, "message identifier must be a Number"),
        ("sendMessage", {"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {"reply_markup": 5}, "object expected as reply markup"),
        ("sendMessage", {"reply_markup": {"keyboard": 5}}, 'field "keyboard" must be of type Array'),
        ("sendMessage", {"reply_markup": {"keyboard": [5]}}, 'field "keyboard" must be an Array of Arrays'),
        ("sendMessage", {"reply_parameters": {"quote": "a"}}, 'can\'t find field "message_id"'),
        ("sendMessage", {"link_preview_options": 5}, "object expected as link preview options"),
        ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": [5]}, "can't parse InputMedia: expected an Object"),
        ("setMyCommands", {"commands": [5]}, "can't parse BotCommand: expected an Object"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "x"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMessageReaction", {"message_id": 3, "reaction": ["x"]}, "can't parse ReactionType: expected an Object"),
        ("setChatPermissions", {"permissions": []}, "object expected as permissions"),
    ],
)
def test_what_is_of_the_wrong_type_is_refused_in_telegrams_words(
    method: str, params: dict[str, Any], text: str
) -> None:
    with pytest.raises(ApiError) as refusal:
        carry_out(small_world(method), method, **{"chat_id": STAFF, "from_chat_id": STAFF, "text": "a"} | params)
    assert refusal.value.description == f"Bad Request: {text}"
