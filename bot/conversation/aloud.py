"""A button is pressed by writing what stands on it, a "ja" or a number: for who can't see or hit it, or speaks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from bot.conversation.ports import Json
from bot.conversation.rows import Leaving
from bot.core.events import Pressed, Said
from bot.texts.understanding import fold

LONGEST = 60
"""Characters; longer words are no button's."""
MEANT = frozenset({"yes", "no", "partly", "new", "send", "edit", "drop", "skip", "undo_drop"})
"""What may be said in any words that mean it, where one button alone means the same."""
ASKED = "status"
"""What is always answered for all that a person has, though the last message may offer it for one thing."""
Intent = Callable[[str], str]
_NEW_MESSAGE = re.compile(r"send(?!ChatAction)|copyMessage|forwardMessage")
_COUNT = re.compile(r"\s*\(\d+\)$")
_NUMBER = re.compile(r"(?:\b(?:nr|no)\.|№) ?(\d+)", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"(?:(?:nr|no|nummer|number|номер|№)\.? ?)?(\d{1,9})\.?", re.IGNORECASE)
_YES = re.compile(r"(?:ja|yes|так)(?:,|$| tak\b)", re.IGNORECASE)
_NO = re.compile(r"(?:nej|no|ні)(?:,|$| tak\b| thanks\b)", re.IGNORECASE)
_PARTLY = re.compile(r"(?:til dels|partly|частково)\b", re.IGNORECASE)
_BEGINNINGS = {"yes": _YES, "no": _NO, "partly": _PARTLY}
"""What a label means by how it begins: the words after it are there so that the button can be understood alone."""


def offers(leaving: Iterable[Leaving], intent: Intent) -> dict[int, dict[str, str]]:
    """What the last message to each private chat offers: payloads by the digests of the words that press them.

    `intent` tells what short words mean. What is held back until the morning offers nothing by words: nobody has read
    it when they write.
    """
    found: dict[int, dict[str, str]] = {}
    for one in leaving:
        if one.lane.isdigit() and _NEW_MESSAGE.match(one.method):
            found[int(one.lane)] = _choices(one.params, intent) if one.hold is None else {}
    return found


def heard(said: Said, intent: str, offered: Mapping[str, str]) -> Pressed | None:
    """The press that these words are; None where they are words."""
    data = next((offered[mark] for mark in _said(said.text, intent) if mark in offered), None)
    return None if data is None else Pressed(said.chat, said.sender, 0, "", data, said.at)


def may_press(said: Said) -> bool:
    """Whether it is a short text and nothing else."""
    bare = not (said.command or said.media or said.place or said.other or said.cpr or said.gathered or said.forwarded)
    return bare and said.chat.kind == "private" and said.reply_to is None and 0 < len(said.text.strip()) <= LONGEST


def _choices(params: Mapping[str, Json], intent: Intent) -> dict[str, str]:
    markup = params.get("reply_markup")
    rows = markup.get("inline_keyboard", ()) if isinstance(markup, Mapping) else ()
    keys = [(str(key["text"]), str(key["callback_data"])) for row in rows for key in row if "callback_data" in key]
    choices: dict[str, str] = {}
    several: set[str] = set()
    for label, data in keys:
        for mark in _marks(label, intent):
            if choices.setdefault(mark, data) != data:
                several.add(mark)
    return {mark: data for mark, data in choices.items() if mark not in several}


def _marks(label: str, intent: Intent) -> frozenset[str]:
    """The marks of a label; one with a number may hold somebody's words, and is worked out each time."""
    named = any(sign.isdigit() for sign in label)
    return frozenset(_written(label, intent(label))) if named else _marks_of_ours(label, intent)


@lru_cache(512)
def _marks_of_ours(label: str, intent: Intent) -> frozenset[str]:
    return frozenset(_written(label, intent(label)))


def _written(label: str, meant: str) -> Iterator[str]:
    """The marks of all that presses a button with this label, which means that."""
    yield _mark(label)
    yield _mark(_COUNT.sub("", label))
    if number := _NUMBER.search(label):
        yield _mark(f"#{number[1]}")
    meant = next((one for one, begins in _BEGINNINGS.items() if begins.match(label)), meant)
    if meant in MEANT:
        yield _mark(f"+{meant}")


def _said(text: str, meant: str) -> Iterator[str]:
    if meant == ASKED:
        return
    yield _mark(text)
    if number := _ONLY_NUMBER.fullmatch(text.strip()):
        yield _mark(f"#{number[1]}")
    if meant in MEANT:
        yield _mark(f"+{meant}")


def _mark(words: str) -> str:
    """The digest of words, the same for every spelling; "#12", "+yes" and "+no" stand for themselves."""
    said = words if words[:1] in "#+" else fold(words)
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
