"""Keyboards under messages and under the typing field, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields

DATA_LIMIT = 64  # bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS_LIMIT = 100
# What a button under a message can do, and of what type the field is that says so.
_OBJECTS = ("switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text")
_WORDS = ("switch_inline_query", "switch_inline_query_current_chat")
_FLAGS = ("callback_game", "pay")


def read_keyboard(params: Params) -> Json | None:
    """The `reply_markup` of a call, or None if there is none. ApiError with Telegram's text if it is not allowed."""
    markup = params.json("reply_markup")
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    fields = Fields(markup, "")
    for name in ("remove_keyboard", "force_reply", "selective", "resize_keyboard", "one_time_keyboard"):
        fields.flag(name)
    fields.text("input_field_placeholder")
    rows = _rows(fields, "keyboard", 'field "keyboard" must be an Array of Arrays')
    inline = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    inline_rows = _rows(fields, "inline_keyboard", inline)
    for button in (button for row in rows or [] for button in row):
        _check_plain(button)
    clean = [[_button(button) for button in row] for row in inline_rows or [] if row]
    if rows is None and inline_rows is not None:
        return {"inline_keyboard": clean} if clean else None
    return markup


def _rows(fields: Fields, name: str, error: str) -> list[list[Any]] | None:
    rows = fields.rows(name)
    if rows is None:
        return None
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(error)
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _check_plain(button: Any) -> None:
    """A key under the typing field is a text, or an object with one."""
    what = "can't parse keyboard button"
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(f"{what}: KeyboardButton must be a String or an Object")
    if not Fields(button, what).text("text", needed=True).strip():
        raise bad_request(f'{what}: Field "text" must be of type String')


def _button(value: Any) -> Json:
    what = "can't parse inline keyboard button"
    if not isinstance(value, dict):
        raise bad_request(f"{what}: InlineKeyboardButton must be an Object")
    fields = Fields(value, what)
    text, url, data = fields.text("text", needed=True), fields.text("url"), fields.text("callback_data")
    if not text.strip():
        raise bad_request(f'{what}: Field "text" must be of type String')
    objects = [name for name in _OBJECTS if fields.inner(name) is not None]
    words = [name for name in _WORDS if name in value and fields.text(name, needed=True) is not None]
    if not (url or data or objects or words or any(value.get(name) for name in _FLAGS)):
        raise bad_request(f"{what}: Text buttons are unallowed in the inline keyboard")
    button = {**value, "text": text}
    if url:
        button["url"] = _address(url)
    elif len(data.encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    elif data:
        button["callback_data"] = data
    return button


def _address(url: str) -> str:
    if "://" in url:
        return url
    if "." not in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")
    return f"http://{url}/"


def find_button(
    keyboard: Json | None, data: str | None, label: str | None, row: int | None, col: int | None
) -> Json | None:
    """The inline button that a finger hits: by its data, its label (whole or in part), or its place."""
    rows: list[list[Json]] = (keyboard or {}).get("inline_keyboard", [])
    if row is not None:
        column = col or 0
        return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[row]) else None
    buttons = [button for line in rows for button in line]
    if data is not None:
        return next((button for button in buttons if button.get("callback_data") == data), None)
    wanted = label or ""
    exact = next((button for button in buttons if button["text"] == wanted), None)
    return exact or next((button for button in buttons if wanted and wanted.lower() in button["text"].lower()), None)
