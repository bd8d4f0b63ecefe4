"""Notices when somebody writes faster than anybody can read, and marks their words to be gathered, never dropped."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.ports import Json
from bot.conversation.rooms import Rooms
from bot.conversation.rows import Arrival

WITHIN = 20.0
"""Seconds within which somebody's messages are counted."""
REMEMBERED = 10_000
"""Chats that are watched at most: only how fast somebody writes is forgotten, and nothing of what they write."""
BURST = "burst:"
FILES = frozenset({"photo", "video", "voice", "document", "audio", "animation", "video_note"})
ALONE = frozenset({"reply_to_message", "location", "venue", "forward_origin", "media_group_id"})
"""What must keep its own place: it answers or shows something by itself."""


class Flood:
    """How fast each chat has written lately; it is kept in memory, and the marks that follow from it in the inbox."""

    def __init__(self, rooms: Rooms, free: int) -> None:
        """`free` is how many messages pass one by one within `WITHIN` seconds."""
        self._rooms = rooms
        self._free = free
        self._lately: dict[str, deque[float]] = {}

    def mark(self, arrivals: Sequence[Arrival], now: float) -> list[Arrival]:
        """The arrivals, those of a flood marked to be gathered; `now` is real time in seconds since 1970."""
        return [self._marked(one, now) for one in arrivals]

    def _marked(self, arrival: Arrival, now: float) -> Arrival:
        message = _message(arrival)
        if message is None:
            return arrival
        lately = self._lately.setdefault(arrival.lane, deque(maxlen=self._free + 1))
        lately.append(now)
        if len(self._lately) > REMEMBERED:
            del self._lately[next(iter(self._lately))]
        if len(lately) <= self._free or now - lately[0] > WITHIN or not self._may_wait(arrival, message):
            return arrival
        return replace(arrival, gather=f"{BURST}{arrival.lane}")

    def _may_wait(self, arrival: Arrival, message: Mapping[str, Json]) -> bool:
        """Whether it may be read some seconds later with others: no danger, no command, no plain word, no agent's."""
        if self._rooms.frame().agent_of(int(arrival.lane)) is not None:
            return False
        text = message.get("text")
        if not isinstance(text, str):
            return True
        words = text.strip()
        if not words or words.startswith("/") or self._rooms.intent(words):
            return False
        return self._rooms.route(words).kind != "emergency"


def _message(arrival: Arrival) -> Mapping[str, Json] | None:
    """The message that may be one of a flood: words or a file, in somebody's own chat with the bot."""
    if arrival.gather is not None or not arrival.lane.isdigit() or not isinstance(arrival.body, Mapping):
        return None
    message = arrival.body.get("message")
    if not isinstance(message, Mapping) or not ALONE.isdisjoint(message):
        return None
    return message if isinstance(message.get("text"), str) or not FILES.isdisjoint(message) else None
