"""Makes a raw update, or the gathered parts of one act, an event; pure, and never at a loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from bot.core import cpr
from bot.core.events import (
    Chat,
    Edited,
    Event,
    Joined,
    Membership,
    Migrated,
    Pressed,
    Said,
    Sender,
    TopicChanged,
    Unknown,
)
from bot.telegram_io.cluster import units
from bot.telegram_io.intake import MARK
from bot.telegram_io.message import (
    SERVICE,
    chat_of,
    command_of,
    media_of,
    other_of,
    person_of,
    place_of,
    reply_of,
    sender_of,
    thread_of,
    words_of,
)
from bot.telegram_io.reading import Raw, UnreadableError, amount, flag, number, part, parts, text

CUT: Final = 4096
"""UTF-16 units at which Telegram's clients cut a long text into several messages."""
NEARLY_CUT: Final = 4000
"""UTF-16 units from which a text may be such a piece."""

NOBODY_ASKS: Final = frozenset({"channel_post", "edited_channel_post"})
INSIDE: Final = frozenset({"member", "administrator", "creator"})


@dataclass(frozen=True, slots=True)
class Translator:
    """Understands updates for the bot whose user name is `username` (without @; "" while it is not known).

    `mark` stands for a CPR number that was cut in two.
    """

    username: str = ""
    mark: str = MARK

    def __call__(self, updates: Sequence[Mapping[str, Any]], now: datetime) -> Event | None:
        """The event that the update is, or the gathered updates together are; None when nobody needs it.

        Its time is `now`, the municipality's clock, never the phone's. What can't be read is `Unknown`.
        """
        events = [event for event in (self._one(update, now) for update in updates) if event is not None]
        said = [event for event in events if isinstance(event, Said)]
        if len(said) > 1:
            return self._without_cpr(flood(said) if _is_flood(updates) else join(said))
        return said[0] if said else next(iter(events), None)

    def _without_cpr(self, whole: Said) -> Said:
        """The act without a CPR number that nobody could see before its pieces were put together."""
        text, found = cpr.without(whole.text, self.mark)
        # The pieces hold its digits. They are deleted on the phone, so that nobody can edit them.
        return replace(whole, text=text, cpr=whole.cpr + found, pieces=()) if found else whole

    def _one(self, update: Mapping[str, Any], now: datetime) -> Event | None:
        kind = next((key for key in update if key != "update_id"), "nothing")
        if kind in NOBODY_ASKS:
            return None
        raw = part(update, kind)
        try:
            match kind:
                case "message":
                    return self._message(raw, now)
                case "edited_message":
                    return _edited(raw, now)
                case "callback_query":
                    return _pressed(raw, now)
                case "my_chat_member":
                    return _membership(raw, now)
                case "chat_member":
                    return _moved(raw, now)
        except UnreadableError:
            return _unknown(raw, kind, now)
        return _unknown(raw, kind, now)

    def _message(self, raw: Raw, now: datetime) -> Event | None:
        chat = chat_of(part(raw, "chat"), thread_of(raw))
        if chat is not None and "migrate_to_chat_id" in raw:
            # Its twin in the new group (migrate_from_chat_id) says the same and is left out as a service notice.
            return Migrated(old=chat.id, new=number(raw, "migrate_to_chat_id"), at=now)
        sender = sender_of(raw)
        if chat is None or sender is None:
            return None
        if "new_chat_members" in raw or "left_chat_member" in raw:
            return _came_or_left(raw, chat, sender, now)
        change = _topic_change(raw)
        if change:
            return TopicChanged(chat, sender, change, now)
        if SERVICE & raw.keys() or "forum_topic_edited" in raw:
            return None
        return self._said(raw, chat, sender, now)

    def _said(self, raw: Raw, chat: Chat, sender: Sender, now: datetime) -> Said | None:
        words, media, place = words_of(raw), media_of(raw), place_of(raw)
        command, addressee, rest = command_of(text(raw, "text"))
        if addressee and self.username and addressee != self.username.lower():
            return None
        return Said(
            chat=chat,
            sender=sender,
            message_ids=(number(raw, "message_id"),),
            at=now,
            text=rest if command else words,
            command=command,
            media=(media,) if media else (),
            place=place,
            reply_to=reply_of(raw),
            forwarded="forward_origin" in raw or "forward_date" in raw,
            other="" if words or media or place else other_of(raw),
            cpr=amount(raw, "cpr"),
            left_out="cpr_file" in raw,
        )


def join(said: Sequence[Said]) -> Said:
    """One act out of its parts: an album's files in order with its captions, or a long text that Telegram cut.

    A text that was cut in mid-flow is put together as it was; where the client cut at a space (and Telegram took
    the space away) a space comes back.
    """
    acts = sorted(said, key=lambda act: act.message_ids)
    media = tuple(file for act in acts for file in act.media)
    words = "\n".join(act.text for act in acts if act.text) if media else _sew([act.text for act in acts])
    return replace(
        acts[0],
        message_ids=tuple(message_id for act in acts for message_id in act.message_ids),
        text=words,
        media=media,
        place=next((act.place for act in acts if act.place), None),
        reply_to=next((act.reply_to for act in acts if act.reply_to), None),
        forwarded=any(act.forwarded for act in acts),
        other="" if words or media else acts[0].other,
        cpr=sum(act.cpr for act in acts),
        left_out=any(act.left_out for act in acts),
        pieces=tuple((act.message_ids[0], act.text) for act in acts if act.text) if len(acts) > 1 else (),
    )


def flood(said: Sequence[Said]) -> Said:
    """The messages of a flood as one act: each on a line of its own, files in their order, captions among the words."""
    words = "\n".join(act.text for act in sorted(said, key=lambda act: act.message_ids) if act.text)
    return replace(join(said), text=words, gathered=len(said))


def _is_flood(updates: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these were gathered only because they came fast: no album, and no text that the client cut."""
    first = part(updates[0], "message")
    return "media_group_id" not in first and units(text(first, "text")) < NEARLY_CUT


def _sew(pieces: Sequence[str]) -> str:
    """The pieces of one text together again."""
    whole = ""
    previous = CUT
    for piece in pieces:
        whole += piece if previous >= CUT or _no_room(previous, piece) else f" {piece}"
        previous = units(piece)
    return whole


def _no_room(units: int, following: str) -> bool:
    """Whether the cut came one unit early because a character of two units follows."""
    return units == CUT - 1 and following[:1] > "\uffff"


def _edited(raw: Raw, now: datetime) -> Edited | None:
    chat, sender = chat_of(part(raw, "chat"), thread_of(raw)), sender_of(raw)
    if chat is None or sender is None:
        return None
    return Edited(chat, sender, number(raw, "message_id"), now, words_of(raw), place_of(raw), amount(raw, "cpr"))


def _pressed(raw: Raw, now: datetime) -> Pressed:
    """A press; one under a message that the bot can't see any more counts as made in the person's private chat."""
    sender, message = person_of(part(raw, "from")), part(raw, "message")
    chat = chat_of(part(message, "chat"), thread_of(message)) if message else None
    return Pressed(
        chat=chat or Chat(sender.id, "private"),
        sender=sender,
        message_id=amount(message, "message_id") if chat else 0,
        callback_id=text(raw, "id"),
        data=text(raw, "data"),
        at=now,
    )


def _membership(raw: Raw, now: datetime) -> Membership | None:
    chat = chat_of(part(raw, "chat"))
    if chat is None:
        return None
    member = part(raw, "new_chat_member")
    status: Literal["member", "administrator", "left", "kicked"]
    match text(member, "status"):
        case "administrator" | "creator":
            status = "administrator"
        case "kicked":
            status = "kicked"
        case _:
            status = "member" if _inside(member) else "left"
    rights = frozenset(key for key in member if key.startswith("can_") and flag(member, key))
    return Membership(chat, person_of(part(raw, "from")), status, rights, now)


def _moved(raw: Raw, now: datetime) -> Joined | None:
    """Somebody came or left; None for a bot, and for a mere change of rights."""
    chat, member = chat_of(part(raw, "chat")), part(raw, "new_chat_member")
    user = part(member, "user")
    if chat is None or flag(user, "is_bot") or _inside(member) == _inside(part(raw, "old_chat_member")):
        return None
    return Joined(chat, person_of(part(raw, "from")), person_of(user), text(member, "status"), now)


def _came_or_left(raw: Raw, chat: Chat, sender: Sender, now: datetime) -> Joined | None:
    """The notice in the talk of who came or left; bots are no guests. Of several who came at once, the first."""
    gone = part(raw, "left_chat_member")
    users = [user for user in (parts(raw, "new_chat_members") or [gone]) if not flag(user, "is_bot")]
    return Joined(chat, sender, person_of(users[0]), "left" if gone else "member", now) if users else None


def _inside(member: Raw) -> bool:
    """Whether a ChatMember object is of somebody who is in the chat."""
    status = text(member, "status")
    return status in INSIDE or (status == "restricted" and flag(member, "is_member"))


def _topic_change(raw: Raw) -> Literal["closed", "reopened", "renamed"] | None:
    """What a person did to a forum topic; a new icon is no change."""
    if "forum_topic_closed" in raw:
        return "closed"
    if "forum_topic_reopened" in raw:
        return "reopened"
    return "renamed" if text(part(raw, "forum_topic_edited"), "name") else None


def _unknown(raw: Raw, kind: str, now: datetime) -> Unknown:
    """What can't be understood, with as much of where and who as can be read."""
    chat, sender = None, None
    try:
        chat = chat_of(part(raw, "chat"))
        sender = person_of(part(raw, "from") or part(raw, "user"))
    except UnreadableError:
        # Half of it is better than nothing: the shell answers where it knows the chat and parks the rest.
        return Unknown(chat, None, kind, now)
    return Unknown(chat, sender, kind, now)
