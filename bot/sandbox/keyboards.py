"""Keyboards under messages and under the typing field, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params

DATA_LIMIT = 64  # bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS_LIMIT = 100
_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_keyboard(params: Params) -> Json | None:
    """The `reply_markup` of a call, or None if there is none. ApiError with Telegram's text if it is not allowed."""
    markup = params.json("reply_markup")
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        _rows(markup["keyboard"], "keyboard button")
    return markup


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'can\'t parse {what}: Field "{what.split()[0]}_keyboard" must be of type Array')
    if sum(len(row) for row in rows) > BUTTONS_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        text = button.get("text") if isinstance(button, dict) else button
        if not isinstance(text, str) or not text.strip():
            raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    return rows


def _inline(rows: Any) -> Json | None:
    clean = [[_button(button) for button in row] for row in _rows(rows, "inline keyboard button") if row]
    return {"inline_keyboard": clean} if clean else None


def _button(button: Json) -> Json:
    kinds = [kind for kind in _KINDS if kind in button]
    if not kinds:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and "://" not in url and "." not in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: URL host is empty")
    if url is not None and "://" not in url:
        button = {**button, "url": f"http://{url}/"}
    return button


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
