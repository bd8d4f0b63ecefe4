"""Finds which stored arrivals are ready to be handled: one by one, or as the parts of one act."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.conversation.flood import BURST
from bot.conversation.intake import LONG, sender_of, units
from bot.conversation.ports import Json
from bot.conversation.rows import InboxRow

ALBUM_QUIET = 1.2
"""Seconds without a further part after which an album is whole; Telegram does not say how many parts there are."""
LONG_QUIET = 2.5
"""Seconds to wait for the next part of a text that the phone cut."""
ALBUM_MOST = 10
BURST_QUIET = 3.0
BURST_LONGEST = 10.0
"""Seconds without a further message of a flood after which those so far are one act, and the most that one waits."""
BURST_MOST = 40
BURST_UNITS = 3000
"""Messages, and UTF-16 units of text, at most in one act of a flood: about what one message at the desk can hold."""
CUT_WITHIN = 3
"""Seconds between the dates of two parts of one text: the phone sends them at once."""

Act = tuple[InboxRow, ...]


class Ready(NamedTuple):
    """Acts to handle now, in order, and the real time at which the next one is whole (None: nobody waits).

    `cut` is true when the rest of an act may lie beyond the rows that were looked at.
    """

    acts: list[Act]
    wake: float | None
    cut: bool = False


def ready(rows: Sequence[InboxRow], now: float, since: float, more: bool = False) -> Ready:
    """The acts among the waiting rows (oldest first) that are whole at `now`.

    A lane whose head is not yet whole waits, so that order is kept. `since` is when this process began to listen:
    what came before cannot be quiet, as the next part may still wait at Telegram. With `more`, rows follow that are
    not among these: then an act that nothing ends here may go on in them, however long ago it came.
    """
    lanes: dict[str, list[InboxRow]] = defaultdict(list)
    for row in rows:
        lanes[row.lane].append(row)
    acts: list[Act] = []
    wake: float | None = None
    cut = False
    for lane in lanes.values():
        while lane:
            act, whole_at = _head(lane, since)
            if more and whole_at and act[-1] is lane[-1]:
                cut = True
                break
            if whole_at > now:
                wake = whole_at if wake is None else min(wake, whole_at)
                break
            acts.append(act)
            taken = {row.id for row in act}
            lane[:] = [row for row in lane if row.id not in taken]
    acts.sort(key=lambda act: act[0].id)
    return Ready(acts, wake, cut)


def _head(lane: Sequence[InboxRow], since: float) -> tuple[Act, float]:
    """The act at the head of a lane and when it is whole (0.0: it is)."""
    first = lane[0]
    if first.gather is None:
        return (first,), 0.0
    if first.gather.startswith("album:"):
        act = tuple(row for row in lane if row.gather == first.gather)
        quiet = max(act[-1].received, since) + ALBUM_QUIET
        return act, 0.0 if len(act) >= ALBUM_MOST else quiet
    if first.gather.startswith(BURST):
        return _burst(lane)
    return _text(lane, since)


def _burst(lane: Sequence[InboxRow]) -> tuple[Act, float]:
    """The messages of a flood that stand at the head; they are whole before anything else, and when they are many."""
    act: list[InboxRow] = []
    room = BURST_UNITS
    for row in lane:
        text = _message(row).get("text") or _message(row).get("caption")
        room -= units(text) + 1 if isinstance(text, str) else 0
        if row.gather != lane[0].gather or len(act) >= BURST_MOST or (act and room < 0):
            return tuple(act), 0.0
        act.append(row)
    return tuple(act), min(act[-1].received + BURST_QUIET, act[0].received + BURST_LONGEST)


def _text(lane: Sequence[InboxRow], since: float) -> tuple[Act, float]:
    first = lane[0]
    act = [first]
    sender = sender_of(_act(first))
    for row in lane[1:]:
        if sender_of(_act(row)) != sender:
            continue
        if not _continues(_message(act[-1]), _message(row)):
            return tuple(act), 0.0
        act.append(row)
        if units(_message(row)["text"]) < LONG:
            return tuple(act), 0.0
    return tuple(act), max(act[-1].received, since) + LONG_QUIET


def _continues(before: Mapping[str, Json], after: Mapping[str, Json]) -> bool:
    text, first, second = after.get("text"), before.get("date"), after.get("date")
    if not isinstance(text, str) or text.startswith("/"):
        return False
    return not isinstance(first, int) or not isinstance(second, int) or abs(second - first) <= CUT_WITHIN


def _act(row: InboxRow) -> Mapping[str, Json]:
    """What somebody did: the message, press or edit that the row holds."""
    return next((value for value in row.body.values() if isinstance(value, Mapping)), {})


def _message(row: InboxRow) -> Mapping[str, Json]:
    """The new message that the row holds, or nothing when it holds something else."""
    message = row.body.get("message")
    return message if isinstance(message, Mapping) else {}
