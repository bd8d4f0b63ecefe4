"""N1: from SEND until it is closed an initiative has one responsible person by full name, one next step and one date.

Read from the traffic: whenever the bot has come to rest, all that it has said of an initiative since the act before
says what its card says. Cards stand, so each of them must hold at every rest; all else is true when it is said.
"""

import re
from collections.abc import Iterable, Iterator

from tests.journeys.invariants.traffic import Call, Move, Traffic, arrived, is_citizen, texts
from tests.journeys.invariants.views import Claim, claims

Place = tuple[int, int]
"""A chat, and a message or topic there."""
FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)+")
NOBODY = re.compile(r"\b(teamet|forvaltningen|kommunen|afdelingen|vi|os)\b", re.IGNORECASE)
"""What is no person, however it is written."""
TO_CITIZENS = ("news", "followers", "receipt")
TOPIC = re.compile(r"(?P<n>\d+) · (?P<first>[^·]+) · ")
GRACE_SECONDS = 120.0
"""Real time goes on while the clock is set: a date that has passed by so little may still be on its way."""


def one_responsible_at_each_move(traffic: Traffic) -> None:
    """Every view of every initiative at every rest of the bot's: the same person, step and date, and none is old."""
    newest: dict[int, Claim] = {}
    cards: dict[Place, Claim] = {}
    pinned: set[Place] = set()
    topics: dict[Place, tuple[int, str]] = {}
    said: dict[Place, list[Claim]] = {}
    for move in traffic.moves():
        judged = move.place >= traffic.start.act
        for call in move.calls:
            anew = _named_topic(call)
            if anew is not None and call["method"] == "createForumTopic":
                # A topic is made anew only where the one before is gone, and what was pinned there with it.
                pinned -= {place for place in pinned if place[0] == call["chat_id"] and cards[place].number == anew[0]}
            if not arrived(call):
                continue
            if call["method"] == "pinChatMessage" and _place(call) in cards:
                pinned.add(_place(call))
            if anew is not None:
                topics[_thread(call)] = anew
            here = list(_said(call))
            if judged:
                for claim in here:
                    _whole(claim, call)
            if here:
                said[_place(call)] = here
            for claim in here:
                if claim.where == "card":
                    newest[claim.number] = cards[_place(call)] = claim
        if not move.rest:
            continue
        if judged:
            # What stands in a group as it was before it got another number, nobody can change any more.
            left = list(traffic.groups)[:-1]
            stands = [cards[place] for place in pinned if place[0] not in left or _is_the_newest(cards[place], newest)]
            _agree(move, [*stands, *(claim for here in said.values() for claim in here)], newest)
            _named(move, topics, newest)
            following = traffic.acts[move.place + 1] if move.place + 1 < len(traffic.acts) else None
            if following is not None and following.awake:
                # What the bot has lost with an older copy that was put back (I-04), nobody can bring up to date.
                known = [card for number, card in newest.items() if number not in traffic.lost]
                _not_past(move, following.now, known)
        said = {}


def _said(call: Call) -> Iterator[Claim]:
    """What a call says of initiatives: texts and captions, not the names of topics."""
    if call["method"] in ("createForumTopic", "editForumTopic"):
        return
    for text in texts(call):
        # What an agent is shown of a form is not said yet: it is news when it comes to a citizen.
        yield from (one for one in claims(text) if one.where not in TO_CITIZENS or is_citizen(call["chat_id"]))


def _whole(claim: Claim, call: Call) -> None:
    """A person with a full name; and where a date is told that has passed, it says so."""
    about = f"nr. {claim.number} in {claim.where}: {texts(call)}"
    if claim.name or claim.where == "card":
        is_one = FULL_NAME.fullmatch(claim.name) and not NOBODY.search(claim.name)
        assert is_one, f"N1: {claim.name!r} is not one person with a full name, {about}"
    if claim.where == "card" and not claim.closed:
        assert claim.step, f"N1: no next step, {about}"
        assert claim.due, f"N1: no date, {about}"
    at = _at(call)
    if at and not claim.late and not claim.closed and claim.where != "news":
        due = claim.moment(at)
        assert due is None or due.timestamp() > at - GRACE_SECONDS, (
            f"N1: {due} has passed, and nothing says so: {about}"
        )


def _at(call: Call) -> float:
    """When it was said, by the town's clock."""
    result = call["result"] if isinstance(call["result"], dict) else {}
    return float(result.get("edit_date") or result.get("date") or 0)


def _place(call: Call) -> Place:
    """The chat and number of the message that a call sends or changes."""
    result = call["result"] if isinstance(call["result"], dict) else {}
    return call["chat_id"], result.get("message_id") or call["params"].get("message_id") or -call["n"]


def _named_topic(call: Call) -> tuple[int, str] | None:
    """The number, and the first name of who has it, that a topic of the staff's group is given."""
    if call["method"] not in ("createForumTopic", "editForumTopic"):
        return None
    named = TOPIC.match(str(call["params"].get("name") or ""))
    return (int(named["n"]), named["first"]) if named is not None else None


def _thread(call: Call) -> Place:
    """The chat and thread of the topic that a call makes or names."""
    made = call["result"] if isinstance(call["result"], dict) else {}
    return call["chat_id"], call["params"].get("message_thread_id") or made.get("message_thread_id") or 0


def _is_the_newest(card: Claim, newest: dict[int, Claim]) -> bool:
    return newest.get(card.number) is card


def _agree(move: Move, said: list[Claim], newest: dict[int, Claim]) -> None:
    """All that was said since the last rest, and each pinned card, agrees with the card as it stands now."""
    for claim in said:
        card = newest.get(claim.number)
        if card is None or card is claim or card.closed or (claim.closed and claim.where != "card"):
            continue
        differs = claim.differs(card)
        assert not differs, f"N1: nr. {claim.number} after {move.act.kind} {move.act.text!r}: {differs}"


def _named(move: Move, topics: dict[Place, tuple[int, str]], newest: dict[int, Claim]) -> None:
    """The topic bears the first name of who has it."""
    for number, first in topics.values():
        card = newest.get(number)
        assert card is None or card.name.split()[0].startswith(first.rstrip("… ")), (
            f"N1: the topic of nr. {number} says {first!r}, its card {card.name!r}, after {move.act.text!r}"
        )


def _not_past(move: Move, now: float, cards: Iterable[Claim]) -> None:
    """No card stands with a date in the past that it does not own up to."""
    for card in cards:
        due = card.moment(now)
        if due is not None and not card.late and not card.closed:
            assert due.timestamp() > now - GRACE_SECONDS, (
                f"N1: the card of nr. {card.number} still says {due} after {move.act.kind} {move.act.text!r}"
            )
