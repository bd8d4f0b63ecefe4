"""What the bot is and may do on Telegram: asked at start, and by the doctor."""

from dataclasses import dataclass

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.telegram_io.line import Line


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself. `reads_groups` is true when group privacy is off: then it sees all that is said in groups."""

    id: int
    username: str
    name: str
    reads_groups: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the bot stands in a chat.

    `status` is Telegram's ("administrator", "member", "left", "kicked", ...), or "unknown" when the bot can't see the
    chat; `rights` the names of its true `can_*` fields; `moved_to` the new id of a group that became a supergroup.
    """

    title: str
    kind: str
    forum: bool
    status: str
    rights: frozenset[str]
    moved_to: int | None = None


UNSEEN = Standing(title="", kind="", forum=False, status="unknown", rights=frozenset())


async def look_up_me(line: Line) -> Me:
    """Who the bot is.

    Raises:
        telegram.error.InvalidToken: Telegram does not know the token.
        telegram.error.TelegramError: Telegram can't be reached.
    """
    me = await line.ask("getMe")
    return Me(me["id"], me.get("username", ""), me.get("first_name", ""), bool(me.get("can_read_all_group_messages")))


async def look_up_standing(line: Line, chat: int, me: int) -> Standing:
    """How the bot, whose user id is `me`, stands in a chat.

    Raises:
        telegram.error.TelegramError: Telegram can't be reached.
    """
    try:
        found = await line.ask("getChat", {"chat_id": chat})
        member = await line.ask("getChatMember", {"chat_id": chat, "user_id": me})
    except ChatMigrated as moved:
        return Standing("", "group", False, "unknown", frozenset(), moved.new_chat_id)
    except (BadRequest, Forbidden):
        return UNSEEN
    rights = frozenset(name for name, on in member.items() if name.startswith("can_") and on is True)
    return Standing(
        title=found.get("title", ""),
        kind=found.get("type", ""),
        forum=bool(found.get("is_forum")),
        status=member.get("status", "unknown"),
        rights=rights,
    )


async def has_started(line: Line, user: int) -> bool:
    """Whether the bot may write to a person: "typing" is shown to those who pressed START, and refused for others.

    Raises:
        telegram.error.TelegramError: Telegram can't be reached.
    """
    try:
        await line.ask("sendChatAction", {"chat_id": user, "action": "typing"})
    except (BadRequest, Forbidden):
        return False
    return True
