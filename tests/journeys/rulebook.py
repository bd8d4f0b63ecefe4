"""What admins do to the rules: save the file well or badly, send it to the bot, read what came of it."""

import base64
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.process import ROOT
from tests.journeys.town import Town

OLD_HOLD = "De gamle regler gælder stadig."
AGAIN = "Reglerne er i brug igen"
NATURE = "vilde blomster i vejkanten ved skoven, til bier og sommerfugle"
"""An idea that Bo gets."""
PATIENCE = 60.0
"""Seconds to wait for what takes the machine some seconds of work: good rules are judged and compared in full."""
BEFORE = "    ansvarlig: bo\n"
_EXAMPLES = re.compile(r"(?m)^( +)(?:(?:rolige_)?eksempler|tilbud):\n(?:\1 +.*\n)+")
_WORDS = re.compile(r"(?ms)^( +(?:ord|stærke|svage_ord|tegn|imod|vendinger): )\[(.*?)\]$")
_ITEMS = re.compile(r"(?m)^( +)(?:ord|stærke|svage_ord|tegn|imod|vendinger|andre_sprog):\n(?:\1 +.*\n)+")


@dataclass(frozen=True, slots=True)
class Break:
    """One way to spoil a file: `line` is the wrong one, or None where the case has no line of its own."""

    name: str
    spoil: Callable[[bytes], bytes]
    line: Callable[[bytes], int | None]


def _line_of(sign: bytes, skip: int = 0) -> Callable[[bytes], int | None]:
    return lambda data: data[: data.index(sign)].count(b"\n") + 1 + skip


def _first_strange(data: bytes) -> int:
    """The line of the first sign that is no ASCII."""
    return data[: next(at for at, sign in enumerate(data) if sign > 127)].count(b"\n") + 1


def _tab(data: bytes) -> bytes:
    return data.replace(BEFORE.encode(), b"\tansvarlig: bo\n", 1)


def _no_colon(data: bytes) -> bytes:
    return data.replace(b"koordinator: peter", b"koordinator peter", 1)


def _open_quote(data: bytes) -> bytes:
    return data.replace(b"titel: koordinator for sparringsagenterne", 'titel: "læser alt'.encode(), 1)


def _twice(data: bytes) -> bytes:
    return data.replace(b"\n  klima:\n", b"\n  natur:\n", 1)


def _cp1252(data: bytes) -> bytes:
    return data.decode().encode("cp1252", "replace")


def _half(data: bytes) -> bytes:
    return data[: data.index(b"\n  senior:\n")]


CASES = {
    1: Break("a tab as indentation", _tab, _line_of(b"\tansvarlig: bo")),
    2: Break("a missing colon", _no_colon, _line_of(b"koordinator peter")),
    3: Break("an unclosed quote with æ", _open_quote, _line_of('titel: "læser alt'.encode())),
    4: Break("the same topic id twice", _twice, lambda data: data[: data.rindex(b"\n  natur:\n")].count(b"\n") + 2),
    5: Break("a file in cp1252", _cp1252, _first_strange),
    6: Break("an empty file", lambda _: b"", lambda _: None),
    7: Break("the first half of a good file", _half, lambda _: None),
}


def short_rules(most: int = 3) -> bytes:
    """The shipped rules without examples, with so many lines of words a list and four times as many items.

    Judged in a tenth of the time, where routing is not what is tried.
    """

    def cut(words: re.Match[str]) -> str:
        kept = "\n".join(words[2].split("\n")[: most + 1])
        return f"{words[1]}[{kept.rstrip(',')}]"

    return _ITEMS.sub(_first(4 * most), _WORDS.sub(cut, _EXAMPLES.sub("", _shipped()))).encode()


def brief_rules(most: int = 6) -> bytes:
    """The shipped rules with so many examples a list: learned in a tenth of the time, and still of some judgement."""
    return _EXAMPLES.sub(_first(most), _shipped()).encode()


def _shipped() -> str:
    return (ROOT / "routing_rules.yaml").read_text(encoding="utf-8")


def _first(most: int) -> Callable[[re.Match[str]], str]:
    """What keeps so many items of a list that has an item a line."""

    def cut(block: re.Match[str]) -> str:
        head, *items = re.split(rf"(?m)^(?={block[1]} +- )", block[0])
        return head + "".join(items[:most])

    return cut


def in_place(path: Path, data: bytes) -> None:
    """Save as simple editors do."""
    path.write_bytes(data)


def by_rename(path: Path, data: bytes) -> None:
    """Save as careful editors do."""
    beside = path.with_suffix(".new")
    beside.write_bytes(data)
    os.replace(beside, path)


async def sends_rules(admin: Phone, data: bytes, name: str = "routing_rules.yaml", wait: bool = True) -> Act:
    """The admin sends a file to the bot."""
    return await admin.sends(wait, document={"file_name": name, "content_base64": base64.b64encode(data).decode()})


async def fetches_rules(admin: Phone) -> tuple[Message, bytes]:
    """The admin asks for the rules: the message that holds the file, and its bytes."""
    act = await admin.writes("/rules")
    message = act.answers[-1]
    document = message.raw["document"]
    return message, await downloaded(admin.town, document["file_id"])


async def downloaded(town: Town, file_id: str) -> bytes:
    """The bytes of a file that stands in a chat."""
    root = f"{town.sandbox.url}/bot{town.sandbox.token}/getFile"
    async with aiohttp.ClientSession() as http, http.get(root, params={"file_id": file_id}) as answer:
        path = (await answer.json())["result"]["file_path"]
        async with http.get(f"{town.sandbox.url}/file/bot{town.sandbox.token}/{path}") as file:
            return await file.read()
