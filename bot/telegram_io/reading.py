"""Reads single values out of raw JSON that may hold anything, so that whatever passes is what it claims to be."""

from collections.abc import Mapping
from typing import Any

Raw = Mapping[str, Any]
"""A JSON object as Telegram (or somebody who pretends to be Telegram) sent it."""

LARGEST = 2**63 - 1
"""The largest whole number that the database holds; Telegram's ids have at most 52 bits."""

NOTHING: Raw = {}


class UnreadableError(ValueError):
    """The update lacks what its kind always has, or has it in another form."""


def number(raw: Raw, key: str) -> int:
    """The whole number under `key`.

    Raises:
        UnreadableError: there is none, or it is larger than any id can be.
    """
    value = raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return value
    raise UnreadableError(f"no whole number under {key!r}")


def amount(raw: Raw, key: str) -> int:
    """The whole number under `key`, or 0 when there is none."""
    value = raw.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST else 0


def text(raw: Raw, key: str) -> str:
    """The text under `key`, or "".

    What no database keeps is replaced: half a surrogate pair by U+FFFD, and the NUL character is left out.
    """
    value = raw.get(key)
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value.replace("\0", "")
    return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def flag(raw: Raw, key: str) -> bool:
    """Whether `key` is truly set."""
    return raw.get(key) is True


def part(raw: Raw, key: str) -> Raw:
    """The object under `key`, or an empty one."""
    value = raw.get(key)
    return value if isinstance(value, Mapping) else NOTHING


def parts(raw: Raw, key: str) -> list[Raw]:
    """The objects in the list under `key`; anything else in it is left out."""
    value = raw.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
