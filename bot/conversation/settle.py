"""Writes down how a call went, and what follows from it; a call counts as made only after that."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import structlog

from bot.conversation import forgetting
from bot.conversation.comeback import PREFIX
from bot.conversation.compose import NOTICE, PRESS, Composer, calls
from bot.conversation.ports import Json, Moved, Outcome, Rejected, Retry, Sent, TopicGone, Unreachable
from bot.conversation.redirect import elsewhere
from bot.conversation.resolve import THREAD, is_numbered
from bot.conversation.rooms import Rooms
from bot.conversation.rows import DELIVERY, RULES, Arrival, OutboxRow, request_of
from bot.conversation.rule_rows import ERRAND, lane_of
from bot.conversation.staff import frame_in_force
from bot.conversation.storage import MOVED, Transaction
from bot.core import new_number, standing
from bot.core.effects import DropTopic, Effect, Erase, Recount, Ref, SetTimer, Tag, TellHumans, TroubleOver, Words
from bot.core.erasure import RECEIPT, TAKEN_AWAY
from bot.core.history import retell
from bot.core.out_of_reach import LOST
from bot.core.people import Person
from bot.core.world import Link

LONGEST_PAUSE = 30.0
"""Seconds between two tries at most while Telegram can't be reached."""
GONE = "topic gone"
QUIET = 3600.0
"""Seconds in which the admins hear of the same fault only once."""
MAKE = "createForumTopic"
KINDS = {
    "photo": "photo", "voice": "voice", "video": "video", "animation": "animation", "audio": "audio",
    "document": "document", "sticker": "sticker", "video_note": "video_note", "location": "place",
}  # fmt: skip
"""What a sent message is, by the field of Telegram's answer that says so; an animation is a document too."""
NO_FORUM = "not a forum"
"""An ordinary group beside others with topics is nobody's fault: each card stands in its one talk."""
COSMETIC = frozenset({"pinChatMessage", "editForumTopic", "closeForumTopic", "reopenForumTopic"})
"""Calls that carry no words: when Telegram refuses one, the admins hear why, and nothing is kept to be sent again."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made: its row, the chat that it went to, and how it went."""

    row: OutboxRow
    outcome: Outcome


@dataclass(slots=True)
class Settled:
    """What follows for the sender: lanes that rest until a moment of real time, and whether rows were added."""

    rest: dict[str, float] = field(default_factory=dict)
    stale: bool = False
    told: bool = False
    noticed: dict[tuple[str, str], float] = field(default_factory=dict)
    """Of which faults the admins hear, and when."""


class Settler:
    """Writes outcomes down."""

    def __init__(self, rooms: Rooms, real: Callable[[], float]) -> None:
        self._rooms = rooms
        self._real = real
        self._noticed: dict[tuple[str, str], float] = {}

    def kept(self, settled: Settled) -> None:
        """What `settle` did is committed: only now may the admins count as told."""
        self._noticed |= settled.noticed

    def settle(self, transaction: Transaction, made: Sequence[Made]) -> Settled:
        """Write these outcomes down, all or none."""
        settled = Settled()
        composer = Composer(transaction, self._rooms, self._rooms.clock())
        for one in made:
            outcome = one.outcome
            if isinstance(outcome, Moved):
                self._moved(transaction, one.row, outcome, composer, settled)
                if not is_numbered(one.row.params):
                    continue
                outcome = _out_of_hand(one.row)
            settled.told |= forgetting.settle(transaction, one.row, outcome, self._real())
            match outcome:
                case Sent(result=result):
                    self._sent(transaction, one.row, result, composer, settled)
                case Retry() as retry:
                    settled.rest[one.row.lane] = self._again(transaction, one.row, retry)
                case Unreachable(reason=reason):
                    self._unreachable(transaction, one.row, reason, composer, settled)
                case TopicGone(reason=reason):
                    self._topic_gone(transaction, one.row, reason, composer, settled)
                case Rejected() as rejected:
                    self._rejected(transaction, one.row, rejected, composer, settled)
        settled.stale |= composer.save(self._real()) > 0
        return settled

    def _sent(
        self, transaction: Transaction, row: OutboxRow, result: Json, composer: Composer, settled: Settled
    ) -> None:
        if not transaction.outbox.sent(row.id):
            # Its citizen was deleted while it was on its way.
            composer.follow(_after_all(row, result))
            return
        first: int | None = None
        if row.params.get("chat_id") in self._rooms.frame().staff_chats:
            composer.follow([TroubleOver(standing.trouble(_chat(row)))])
        if row.method == MAKE and row.tag is not None:
            transaction.topics.keep(_chat(row), row.tag.about, result["message_thread_id"])
        elif row.method.startswith(("send", "copy", "forward")):
            messages = _messages(result)
            first = messages[0][0] if messages else None
            for message, kind in messages if row.tag is not None and row.tag.role != RECEIPT else ():
                link = _link(row, message, kind, composer.now)
                # An album is known by its first picture. Of the same message what was added last is what it is.
                for part in row.tag.parts if row.tag is not None and message == first else ():
                    transaction.messages.add(link.by_part(part))
                transaction.messages.add(link)
        elif row.method.startswith(ERRAND) and result:
            transaction.inbox.add([Arrival(RULES, f"errand:{row.id}", lane_of(result), result)], self._real())
            settled.told = True
        if isinstance(result, Mapping) and result.get("left_out"):
            self._tell(transaction, replace(row, tell=True), "left_out", first, "", settled)
        reason = "overwritten" if isinstance(result, Mapping) and result.get("overwritten") else ""
        self._tell(transaction, row, "delivered", first, reason, settled)

    def _moved(
        self, transaction: Transaction, row: OutboxRow, moved: Moved, composer: Composer, settled: Settled
    ) -> None:
        old = int(row.params["chat_id"])
        if old in self._rooms.frame().staff_chats:
            named = {"old": str(old), "new": str(moved.new)}
            told = TellHumans(Words("desk.standing.moved", fields=named))
            composer.follow([told, new_number.put_up(moved.new, transaction.initiatives.next_number(), composer.now)])
        transaction.move_chat(old, moved.new)
        self._rooms.moved(old, moved.new)
        settled.stale = True

    def _again(self, transaction: Transaction, row: OutboxRow, retry: Retry) -> float:
        pause = retry.after
        if not retry.asked:
            pause = max(pause, min(LONGEST_PAUSE, 2.0 ** min(row.tries, 8)))
            # Spread, so that not all chats try again in the same moment.
            pause *= random.uniform(0.5, 1.0)  # nosec B311 # noqa: S311
            tried = {"request": request_of(row.cause), "method": row.method, "tries": row.tries + 1}
            log.warning("telegram_unreachable", **tried, pause=round(pause, 1))
        due = self._real() + pause
        transaction.outbox.again(row.id, due, retry.reason)
        return due

    def _unreachable(
        self, transaction: Transaction, row: OutboxRow, reason: str, composer: Composer, settled: Settled
    ) -> None:
        if row.lane.startswith(PRESS):
            transaction.outbox.drop(row.id, reason)
            return
        chat = _chat(row)
        person = transaction.people.person(chat) if chat > 0 else None
        if person is not None and person.reachable:
            transaction.people.save(_out_of_reach(person))
            composer.follow([SetTimer(f"lost:{chat}", LOST, composer.now, chat=chat)])
        for waiting in transaction.outbox.park_lane(row.lane, f"{PREFIX}{reason}"):
            if waiting.tag is not None and waiting.tag.role in (TAKEN_AWAY, RECEIPT):
                transaction.outbox.drop(waiting.id, reason)
                settled.told |= forgetting.settle(transaction, waiting, Unreachable(reason), self._real())
                continue
            instead = elsewhere(transaction, composer.rooms, waiting) if chat < 0 else ()
            if instead:
                transaction.outbox.drop(waiting.id, reason)
                composer.leaving.extend(instead)
            else:
                self._tell(transaction, waiting, "unreachable", None, reason, settled)
        if chat > 0 and frame_in_force(transaction, composer.rooms).agent_of(chat) is not None:
            # An agent who can't be reached is no technical matter: somebody else must have their work.
            kind = "agent_blocked" if "blocked" in reason else "agent_unstarted"
            composer.follow([SetTimer(f"reach:{chat}", kind, composer.now, chat=chat)])
        elif chat < 0 and not _is_notice(row):
            words = Words("admin.group_unreachable", fields={"reason": reason})
            self._notice(composer, (row.lane, reason), words, settled, standing.trouble(chat))
        settled.stale = True

    def _topic_gone(
        self, transaction: Transaction, row: OutboxRow, reason: str, composer: Composer, settled: Settled
    ) -> None:
        """Make the topic anew, once; a message for which that did not help goes to General."""
        settled.stale = True
        thread = row.params.get(THREAD)
        about = thread["topic"] if isinstance(thread, Mapping) else 0
        if row.method.endswith("ForumTopic"):
            transaction.outbox.drop(row.id, reason)
            if row.method == MAKE:
                words = Words("admin.topic_unmade", fields={"reason": reason})
                self._notice(composer, (MAKE, reason), words, settled)
            return
        initiative = transaction.initiatives.some([about]).get(about) if about else None
        unfit = initiative is not None and _is_of_a_new_topic(transaction, row)
        if unfit:
            # Telegram makes topics here and does not know them afterwards: nothing more is tried there.
            transaction.topics.forget(_chat(row), about)
            self._notice(composer, (MAKE, reason), Words("admin.topic_unmade", fields={"reason": reason}), settled)
        if initiative is None or unfit or row.error == GONE:
            transaction.outbox.change(row.id, {key: value for key, value in row.params.items() if key != THREAD})
            transaction.outbox.again(row.id, self._real(), GONE)
            return
        transaction.topics.forget(_chat(row), about)
        anew = [leaving for effect in self._rooms.renew(_chat(row), initiative)
                for said in _retold(transaction, row, effect)
                for leaving in calls(self._rooms, said, composer.now)]  # fmt: skip
        transaction.outbox.add_before(row, anew, self._real())
        transaction.outbox.again(row.id, self._real(), GONE)

    def _rejected(
        self, transaction: Transaction, row: OutboxRow, rejected: Rejected, composer: Composer, settled: Settled
    ) -> None:
        if rejected.harmless:
            transaction.outbox.drop(row.id, rejected.reason)
            self._tell(transaction, row, "delivered", None, rejected.reason, settled)
            return
        log.warning("call_rejected", request=request_of(row.cause), method=row.method, row=row.id)
        if row.method == MAKE:
            # What was to stand in the topic stands in General; there is nothing left to send again.
            transaction.outbox.drop(row.id, rejected.reason)
            if NO_FORUM not in rejected.reason.lower():
                words = Words("admin.topic_unmade", fields={"reason": rejected.reason})
                self._notice(composer, (MAKE, rejected.reason), words, settled)
            return
        if row.tag is not None and row.tag.role == TAKEN_AWAY:
            # Whoever has it hears what could not be taken away; there is nothing to send again.
            transaction.outbox.drop(row.id, rejected.reason)
            return
        if row.method in COSMETIC:
            transaction.outbox.drop(row.id, rejected.reason)
        else:
            transaction.outbox.park(row.id, rejected.reason)
        self._tell(transaction, row, "rejected", None, rejected.reason, settled)
        if not _is_notice(row) and not row.lane.startswith(PRESS):
            words = Words("admin.message_parked", fields={"row": row.id, "reason": rejected.reason})
            self._notice(composer, (row.method, rejected.reason), words, settled)

    def _notice(
        self, composer: Composer, fault: tuple[str, str], words: Words, settled: Settled, trouble: str = ""
    ) -> None:
        now = self._real()
        if now - (self._noticed | settled.noticed).get(fault, 0.0) >= QUIET:
            settled.noticed[fault] = now
            composer.follow([TellHumans(words, trouble=trouble)])

    def _tell(
        self,
        transaction: Transaction,
        row: OutboxRow,
        outcome: Literal["delivered", "unreachable", "rejected", "left_out"],
        message: int | None,
        reason: str,
        settled: Settled,
    ) -> None:
        if not row.tell:
            return
        tag = row.tag or Tag("")
        chat = tag.origin_chat or _chat(row)
        # What follows is told in the group as it is now, and in its order.
        moved = (transaction.settings.get(MOVED) or {}).get(str(chat), chat)
        body = {
            "outcome": outcome,
            "chat": _chat(row),
            "message_id": message,
            "role": tag.role,
            "about": tag.about,
            "origin_chat": tag.origin_chat,
            "origin_message": tag.origin_message,
            "reason": reason,
        }
        transaction.inbox.add([Arrival(DELIVERY, f"{row.id}:{outcome}", str(moved), body)], self._real())
        settled.told = True


def _retold(transaction: Transaction, row: OutboxRow, effect: Effect) -> Iterable[Effect]:
    """What was said so far, without what waits in the same chat to be said; any other effect as it is."""
    if not isinstance(effect, Recount):
        return (effect,)
    waiting = (one.tag for one in transaction.outbox.waiting(row.lane) if one.tag is not None)
    still = {tag.origin_message for tag in waiting if tag.role == "relay" and tag.about == effect.about}
    return retell(effect.to, effect.about, transaction.timeline.of(effect.about), still)


def _is_of_a_new_topic(transaction: Transaction, row: OutboxRow) -> bool:
    """Whether a topic was made anew for a message that waits behind this one."""
    there = row.params.get(THREAD)
    waiting = transaction.outbox.waiting(row.lane)
    return any(one.error == GONE and one.id != row.id and one.params.get(THREAD) == there for one in waiting)


def _chat(row: OutboxRow) -> int:
    chat = row.params.get("chat_id")
    return chat if isinstance(chat, int) else 0


def _out_of_hand(row: OutboxRow) -> Rejected:
    """What becomes of a change to a message that stands in a group as it was before it became a supergroup."""
    waits = row.tell or forgetting.takes_away(row)
    return Rejected("the message stands in the group as it was before it got another id", harmless=not waits)


def _is_notice(row: OutboxRow) -> bool:
    return row.tag is not None and row.tag.role == NOTICE


def _out_of_reach(person: Person) -> Person:
    return replace(person, reachable=False)


def _messages(result: Json) -> list[tuple[int, str]]:
    """The messages that a call made, one or those of an album: the id of each and its kind."""
    made = result if isinstance(result, list) else [result]
    return [(one["message_id"], _kind(one)) for one in made if isinstance(one, Mapping) and "message_id" in one]


def _kind(message: Mapping[str, Json]) -> str:
    return next((kind for name, kind in KINDS.items() if name in message), "text")


def _after_all(row: OutboxRow, result: Json) -> list[Effect]:
    """What takes away again a message to staff, or a topic, that came to be after its citizen was deleted."""
    chat = _chat(row)
    if row.method == MAKE:
        return [DropTopic(chat, result["message_thread_id"], Tag(TAKEN_AWAY))]
    to_citizen = row.tag is None or row.tag.role in ("reply", "step", "receipt", "summary")
    if to_citizen or not row.method.startswith(("send", "copy")):
        return []
    return [Erase(Ref(chat, message), None) for message, _ in _messages(result)]


def _link(row: OutboxRow, message: int, kind: str, now: datetime) -> Link:
    tag = row.tag or Tag("")
    return Link(
        _chat(row), message, tag.role, tag.about, tag.origin_chat, tag.origin_message, tag.by, tag.detail, now, kind
    )
