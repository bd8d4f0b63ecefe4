"""What comes with a Bot API call: its parameters, from the address, a form or JSON, and its uploaded files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.shapes import NOT_UTF8, as_number, as_whole, load_json

# What Telegram calls a parameter that it can't read; any other by its own name.
_CALLED = {
    "reply_markup": "reply keyboard markup",
    "link_preview_options": "link preview options",
    "reply_parameters": "reply parameters",
    "scope": "BotCommandScope",
    "reaction": "reaction types",
    "menu_button": "menu button",
    "rights": "ChatAdministratorRights",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came inside the call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Parameters by name; every getter takes what forms (text) and JSON (values) make of the same thing."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """A text, or None if it is missing."""
        value = self.values.get(name)
        if value is None:
            return None
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """A whole number, or None if it is missing or is none."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        whole = as_whole(value)
        if whole is None and (number := as_number(value)) is not None:
            whole = as_whole(int(number))
        return whole

    def number(self, name: str) -> float | None:
        """A finite number, or None if it is missing or is none."""
        value = self.values.get(name)
        return as_number(value) if isinstance(value, str | int | float) else None

    def flag(self, name: str) -> bool:
        """True for `true`, `1`, `yes` and JSON true."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "1", "yes", "on")
        return bool(value)

    def json(self, name: str, called: str = "") -> Any:
        """A JSON value, or None if it is missing. ApiError if it can't be read, by the name that it is `called`."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return load_json(value)
        except ValueError as error:
            raise bad_request(f"can't parse {called or _CALLED.get(name, name)} JSON object") from error

    def list_if_any(self, name: str) -> list[Any] | None:
        """A list, or None where anything else came, readable or not: so Telegram reads entities."""
        try:
            value = self.json(name)
        except ApiError:
            return None
        return value if isinstance(value, list) else None

    def has(self, name: str) -> bool:
        """Whether a parameter or a file of that name came."""
        return self.values.get(name) not in (None, "") or name in self.files


async def read_params(request: web.Request) -> Params:
    """All parameters of a call; the body wins over the address. ApiError if the body can't be read."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return Params(values)
    try:
        match request.content_type:
            case "multipart/form-data":
                return await _multipart(request, values)
            case "application/json":
                return Params(values | _object(await request.read()))
            case _:
                return Params(values | dict(parse_qsl((await request.read()).decode(), keep_blank_values=True)))
    except UnicodeError as error:
        raise bad_request(NOT_UTF8) from error
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error


def _object(body: bytes) -> dict[str, Any]:
    """A call as one JSON object; https://core.telegram.org/bots/api#making-requests"""
    try:
        values = load_json(body or b"{}")
    except UnicodeError:
        raise
    except ValueError as error:
        raise bad_request("can't parse request JSON") from error
    if not isinstance(values, dict):
        raise bad_request("JSON object expected")
    return values


async def _multipart(request: web.Request, values: dict[str, Any]) -> Params:
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except UnicodeError:
        raise
    except (ValueError, LookupError, AssertionError) as error:
        # No boundary, an unknown charset, a part that never ends.
        raise bad_request("can't parse multipart/form-data") from error
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, files)
