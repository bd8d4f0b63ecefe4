"""All that people did and all that the bot called, in order: what the invariants are held against."""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tests.journeys import labels
from tests.journeys.person import Act, Person
from tests.journeys.residents import serves

Call = dict[str, Any]
NEW_MESSAGE = re.compile(r"^(send(?!ChatAction)|copyMessage|forwardMessage)")
TEXTS = ("text", "caption", "name", "title", "message_thread_name", "question")


@dataclass(frozen=True, slots=True)
class Start:
    """From where a journey is judged: the newest call, and how many acts and initiatives there were."""

    call: int = 0
    act: int = 0
    initiative: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """One act, and the calls from it to the next one; `rest` says that nothing was under way when that came."""

    place: int
    act: Act
    calls: Sequence[Call]
    rest: bool


@dataclass(slots=True)
class Traffic:
    """The acts and calls of a town from its first hour; only what lies after `start` is judged.

    `internal` are words that staff keep to themselves, `words` what people said otherwise than by an act (a file),
    `groups` are the staff's, `lost` the numbers that the bot no longer knows.
    """

    calls: Sequence[Call]
    acts: Sequence[Act]
    people: Mapping[int, Person] = field(default_factory=dict)
    owners: Mapping[int, Person] = field(default_factory=dict)
    internal: Sequence[str] = ()
    words: Sequence[str] = ()
    start: Start = Start()
    groups: Collection[int] = ()
    lost: Collection[int] = ()

    def is_staff(self, chat: object) -> bool:
        """Whether that is the staff's group, or the own chat of one of the municipality's people."""
        return isinstance(chat, int) and (chat in self.groups or serves(chat))

    @property
    def new_calls(self) -> list[Call]:
        """The calls that are judged."""
        return [call for call in self.calls if call["n"] > self.start.call]

    @property
    def spoken(self) -> list[str]:
        """Everything that anybody said."""
        return [*(act.text for act in self.acts if act.text), *self.words]

    @property
    def citizens(self) -> list[Person]:
        """Everybody who is not one of the municipality's people."""
        return [person for person in self.people.values() if is_citizen(person.id)]

    def acts_before(self, number: int) -> Sequence[Act]:
        """What had been done when that call came."""
        return self.acts[: bisect_left(self.acts, number, key=lambda act: act.after_call)]

    def moves(self) -> Iterator[Move]:
        """Act by act, with what the bot did from one to the next, from the beginning."""
        numbers = [call["n"] for call in self.calls]
        for place, act in enumerate(self.acts):
            following = self.acts[place + 1] if place + 1 < len(self.acts) else None
            end = len(numbers) if following is None else bisect_right(numbers, following.after_call)
            begin = bisect_right(numbers, act.after_call)
            # Whoever waits, waits for everything; who hurries leaves it under way.
            yield Move(place, act, self.calls[begin:end], not act.hurried and act.awake)


def is_citizen(chat: object) -> bool:
    """Whether that is a citizen's own chat."""
    return isinstance(chat, int) and chat > 0 and not serves(chat)


def arrived(call: Call) -> bool:
    """Whether the call was carried out."""
    return bool(call["status"] == 200)


def own_chat(act: Act) -> bool:
    """Whether somebody did it in their own chat with the bot."""
    return act.chat == act.person.id and act.kind != "clock"


def shown(call: Call) -> str:
    """All of a call that a person could come to see: texts, captions, names, buttons and their payloads."""
    params = {key: value for key, value in call["params"].items() if key not in ("chat_id", "message_id", "user_id")}
    return json.dumps(params, ensure_ascii=False)


def texts(call: Call) -> list[str]:
    """The texts and captions of a call, also those of an album."""
    params = call["params"]
    found = [str(params[key]) for key in TEXTS if params.get(key)]
    media = params.get("media")
    items = json.loads(media) if isinstance(media, str) else media
    if isinstance(items, dict):
        items = [items]
    return found + [str(item["caption"]) for item in items or () if item.get("caption")]


def keys(call: Call) -> list[dict[str, Any]]:
    """The inline buttons of a call."""
    markup = call["params"].get("reply_markup") or {}
    rows = markup.get("inline_keyboard", ()) if isinstance(markup, dict) else ()
    return [key for row in rows for key in row]


def pressed(act: Act, *buttons: str) -> bool:
    """Whether the act is the press of one of these buttons (names out of `labels`), by hand or by its words."""
    return act.text.casefold().strip(" .!") in _said_of(buttons)


@lru_cache(maxsize=64)
def _said_of(buttons: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for button in buttons for word in labels.all_languages(button))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """The words alone, so that a cut and a line break make no difference."""
    return " ".join(re.findall(r"\w+", text.casefold()))
