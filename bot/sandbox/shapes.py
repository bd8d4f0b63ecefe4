"""JSON objects inside a call, read field by field as Telegram reads them, and refused in its words."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Json = dict[str, Any]
_LARGEST = 2**63 - 1  # Telegram's numbers have 64 bits
_DEEPEST = 100  # objects and lists inside each other, as many as Telegram reads
_HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")  # what may be half of a surrogate pair
NOT_UTF8 = "strings must be encoded in UTF-8"


def load_json(text: str | bytes) -> Any:
    """A JSON value. ValueError if it can't be read, holds half a letter or no real number, or is nested too deep."""
    text = text if isinstance(text, str) else text.decode()
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("Too big object depth") from error
    if text.count("{") + text.count("[") > _DEEPEST:
        _check_depth(value)
    if _HALF_LETTER.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _finite(digits: str) -> float:
    number = as_number(digits)
    if number is None:
        raise ValueError(f"{digits} is no number")
    return number


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level := [inner for outer in level for inner in _inside(outer)]:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("Too big object depth")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Fields:
    """An object's fields; `what` begins each refusal: `can't parse MessageEntity`. A null counts as missing."""

    values: Json
    what: str

    @classmethod
    def of(cls, value: Any, what: str) -> Fields:
        """The fields of a value. ApiError if it is no object."""
        if not isinstance(value, dict):
            raise bad_request(f"{what}: expected an Object")
        return cls(value, what)

    def refuse(self, text: str) -> ApiError:
        """The error of something that is wrong in this object; alone, a sentence begins small, as Telegram's do."""
        return bad_request(f"{self.what}: {text}" if self.what else text[0].lower() + text[1:])

    def _take(self, name: str, needed: bool) -> Any:
        value = self.values.get(name)
        if value is None and needed:
            raise self.refuse(f'Can\'t find field "{name}"')
        return value

    def _mistyped(self, name: str, wanted: str) -> ApiError:
        return self.refuse(f'Field "{name}" must be of type {wanted}')

    def text(self, name: str, *, needed: bool = False) -> str:
        """A text, "" if it is missing; a number is one too, as with Telegram."""
        value = self._take(name, needed)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._mistyped(name, "String")
        return value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        """A whole number, which may come as a text; None if it is missing."""
        value = self._take(name, needed)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._mistyped(name, "Number")
        number = as_whole(value)
        if number is None:
            raise self.refuse(f'Can\'t parse as an integer string "{value}"')
        return number

    def rows(self, name: str) -> list[Any] | None:
        """A list, or None if it is missing."""
        value = self._take(name, needed=False)
        if value is not None and not isinstance(value, list):
            raise self._mistyped(name, "Array")
        return value

    def flag(self, name: str) -> bool:
        """True or False; False if it is missing."""
        value = self._take(name, needed=False)
        if not isinstance(value, bool | None):
            raise self._mistyped(name, "Boolean")
        return bool(value)

    def inner(self, name: str, *, needed: bool = False) -> Json | None:
        """An object, or None if it is missing."""
        value = self._take(name, needed)
        if value is not None and not isinstance(value, dict):
            raise self._mistyped(name, "Object")
        return value


def as_whole(value: str | int | float) -> int | None:
    """A whole number of at most 64 bits, or None if the value is none."""
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if -_LARGEST <= number <= _LARGEST and (isinstance(value, str) or number == value) else None


def as_number(value: str | int | float) -> float | None:
    """A finite number, or None if the value is none."""
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
