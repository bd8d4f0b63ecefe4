"""How the bot stands in the staff's group: what it lost there, and what its new number means for the rules."""

from bot.core.card import say
from bot.core.effects import Field, TellHumans, TroubleOver, Words
from bot.core.events import Membership, Migrated
from bot.core.world import Move

NEEDED = ("can_manage_topics", "can_delete_messages", "can_pin_messages")
"""The rights that the bot uses in the group (Bot API, `ChatMemberAdministrator`)."""


def trouble(chat: int) -> str:
    """That the bot can't write in this group, however it becomes known."""
    return f"group:{chat}"


def on_membership(move: Move, event: Membership) -> None:
    """The bot was put out, taken down or raised: those who mend things hear at once what is missing."""
    fields: dict[str, Field] = {"group": event.chat.title}
    if event.status in ("left", "kicked"):
        move.do(TellHumans(say("desk.standing.gone", **fields), trouble=trouble(event.chat.id)))
        return
    move.do(TroubleOver(trouble(event.chat.id)))
    needed = NEEDED if move.world.frame.staff_topics and event.chat.forum else NEEDED[1:]
    missing = [right for right in needed if right not in event.rights]
    if missing:
        named: Words = say(f"desk.standing.right.{missing[-1]}")
        for right in reversed(missing[:-1]):
            named = say("desk.standing.and", first=say(f"desk.standing.right.{right}"), then=named)
        move.do(TellHumans(say("desk.standing.missing", rights=named, **fields)))
    else:
        move.do(TellHumans(say("desk.standing.whole", **fields)))


def on_migrated(move: Move, event: Migrated) -> None:
    """The group of the rules has another number now: say which line to change, though nothing waits for it."""
    if event.old in move.world.frame.staff_chats:
        move.do(TellHumans(say("desk.standing.moved", old=str(event.old), new=str(event.new))))
