"""What comes with a Bot API call: its parameters, from the address, a form or JSON, and its uploaded files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request


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
        if value is None or value == "":
            return None
        try:
            return int(float(value)) if isinstance(value, str) and "." in value else int(value)
        except (ValueError, TypeError):
            return None

    def number(self, name: str) -> float | None:
        """A number, or None if it is missing or is none."""
        try:
            return float(self.values[name])
        except (KeyError, ValueError, TypeError):
            return None

    def flag(self, name: str) -> bool:
        """True for `true`, `1`, `yes` and JSON true."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.lower() in ("true", "1", "yes", "on")
        return bool(value)

    def json(self, name: str) -> Any:
        """A JSON value, or None if it is missing. ApiError if it can't be read."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def has(self, name: str) -> bool:
        """Whether a parameter or a file of that name came."""
        return self.values.get(name) not in (None, "") or name in self.files


async def read_params(request: web.Request) -> Params:
    """All parameters of a call; the body wins over the address. ApiError if the body can't be read."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.can_read_body:
        return Params(values)
    match request.content_type:
        case "multipart/form-data":
            return await _multipart(request, values)
        case "application/json":
            try:
                body = json.loads(await request.read() or b"{}")
            except ValueError as error:
                raise ApiError(400, "Bad Request: can't parse request JSON") from error
            values.update(body)
        case _:
            values.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return Params(values)


async def _multipart(request: web.Request, values: dict[str, Any]) -> Params:
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, files)
