"""Gathers what the mirror of a month is worked out from: the ledger, the timelines, and where ideas came from."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from bot.conversation.storage import Transaction
from bot.core.frame import Frame
from bot.core.history import Entry
from bot.core.mirror import KINDS, Happened, Heard, Mirror, next_month, reflect

AT_ONCE = 500


def mirror(
    transaction: Transaction, frame: Frame, now: datetime, month: date, places: Callable[[str], Iterable[str]],
    districts: Iterable[str],
) -> Mirror:  # fmt: skip
    """The mirror of the month that begins on `month`.

    `places` finds the municipality's places in a text; `districts` are those from which ideas could have come.
    """
    since, until = (datetime.combine(day, time(), tzinfo=now.tzinfo) for day in (month, next_month(month)))
    rows = transaction.ledger.rows()
    sent = [one for one in rows if since <= one.sent < until]
    topics = dict.fromkeys(frame.topics, 0)
    for one in sent:
        topics[one.topic] = topics.get(one.topic, 0) + 1
    found = dict.fromkeys(districts, 0)
    numbers = [one.number for one in sent]
    for at in range(0, len(numbers), AT_ONCE):
        for initiative in transaction.initiatives.some(numbers[at : at + AT_ONCE]).values():
            own = ". ".join((initiative.title, *(said.text for said in initiative.standing)))
            for place in set(places(own)) & found.keys():
                found[place] += 1
    lines = transaction.timeline.between(since, until, KINDS)
    happened = [Happened(line.kind, line.at, _helped(line)) for line in lines]
    return reflect(month, rows, happened, Heard(topics, found), now)


def _helped(line: Entry) -> bool:
    """Whether a no told what is possible instead; one in part always does, since something goes on."""
    return line.kind == "form_partly" or bool(line.data.get("instead"))
