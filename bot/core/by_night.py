"""What the bot would say of itself to a citizen waits for the morning, also where it falls due late."""

from bot.core import bars, bridges, kept_offers, meetings, survey
from bot.core.effects import SetTimer
from bot.core.events import Fell
from bot.core.promise import awake
from bot.core.world import Move

KINDS = frozenset({"draft_remind", "draft_warn", "follow_week", bars.KIND}) | {
    bridges.SILENT,
    kept_offers.KIND,
    meetings.REMIND,
    survey.KIND,
}
"""The kinds of timers that tell a citizen something; a promise that has passed is told to staff at its hour (`watch`).

They are set for the day. After a standstill they can fall due at night all the same, and so can the reminder of an
appointment that was made the evening before.
"""


def puts_off(move: Move, event: Fell) -> bool:
    """Whether this is put off until the quiet hours are over; what still holds is seen then, and not now."""
    now = move.world.now
    wakes = awake(now, move.world.frame.promises)
    if event.kind not in KINDS or wakes <= now:
        return False
    move.do(SetTimer(event.key, event.kind, wakes, about=event.about, chat=event.chat))
    return True
