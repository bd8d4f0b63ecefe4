"""The world: all people, chats, files, waiting updates and logs of one sandbox, and how a message comes into it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.clock import Clock
from bot.sandbox.faults import FaultList
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits
from bot.sandbox.people import BotProfile, Person, new_profile
from bot.sandbox.updates import UpdateQueue

FIRST_PERSON = 1001


@dataclass(slots=True)
class Press:
    """A press on an inline button, until and after the bot answers it; `at` is in the sandbox's time."""

    id: str
    at: float
    person: int
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None

    def view(self) -> Json:
        """As the phone address tells it."""
        return {
            "callback_query_id": self.id,
            "answered": self.answered,
            "text": self.text,
            "show_alert": self.show_alert,
            "url": self.url,
        }


class World:
    """Everything that one Bot API server knows; it lives as long as the process."""

    def __init__(self, profile: BotProfile, clock: Clock, folder: Path | None = None) -> None:
        self.clock = clock
        self.folder = folder
        self.calls = CallLog()
        self.faults = FaultList()
        self.limits = Limits()
        self.journal = Journal()
        self.updates = UpdateQueue(clock)
        self._empty(profile)

    def _empty(self, profile: BotProfile) -> None:
        self.bot = profile
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.albums: dict[str, str] = {}
        self.files = FileStore(self.folder)
        # Private chats and basic groups number their messages together, as in Telegram; supergroups do it alone.
        self.last_shared_id = 0

    def reset(self) -> None:
        """Forget everything but the token, the clock and the numbering of events, calls and updates."""
        self._empty(new_profile(self.bot.token, self.bot.username, self.bot.name))
        self.calls.entries.clear()
        self.calls.polls.clear()
        self.faults.clear()
        self.limits = Limits()
        self.updates.clear()
        self.journal.record("chat", None, {"reset": True})

    # People and chats

    def add_person(self, person: Person) -> Person:
        """Let somebody in, with their (still silent) private chat."""
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private")
        self.journal.record("people", person.id, person.view())
        return person

    def next_person_id(self) -> int:
        """The next free id for a person, 1001 and up."""
        return max((i for i in self.people if FIRST_PERSON <= i < 1_000_000), default=FIRST_PERSON - 1) + 1

    def brief(self, chat: Chat) -> Json:
        """The Bot API's Chat as it stands in messages."""
        return self.people[chat.id].chat() if chat.type == "private" else chat.brief()

    def user(self, user_id: int) -> Json:
        """The Bot API's User of a person or of the bot."""
        return self.bot.user() if user_id == self.bot.id else self.people[user_id].user()

    # Messages

    def next_message_id(self, chat: Chat) -> int:
        """Take the next message id of a chat."""
        if chat.type in ("private", "group"):
            self.last_shared_id += 1
            return self.last_shared_id
        chat.last_id += 1
        return chat.last_id

    def post(
        self,
        chat: Chat,
        content: Json,
        *,
        sender: Json | None,
        sender_chat: Json | None = None,
        thread: int | None = None,
        reply_to: Stored | None = None,
        keyboard: Json | None = None,
    ) -> Stored:
        """Put a message into a chat and tell the phones; the bot is told by `announce`."""
        message: Json = {"message_id": self.next_message_id(chat)}
        if sender is not None:
            message["from"] = sender
        if sender_chat is not None:
            message["sender_chat"] = sender_chat
        message["chat"] = self.brief(chat)
        message["date"] = self.clock.date()
        _place(chat, message, thread, reply_to)
        message.update(content)
        if keyboard is not None and "inline_keyboard" in keyboard:
            message["reply_markup"] = keyboard
        stored = Stored(message, keyboard=keyboard)
        chat.messages[message["message_id"]] = stored
        self.tell("message", chat, stored)
        return stored

    def change(self, chat: Chat, stored: Stored, message: Json, kind: str = "edited") -> None:
        """Replace a message by its new form and tell the phones."""
        stored.message = message
        self.tell(kind, chat, stored)

    def remove(self, chat: Chat, stored: Stored) -> None:
        """Take a message away for everybody."""
        stored.deleted = True
        if stored.id in chat.pinned:
            chat.pinned.remove(stored.id)
        self.tell("deleted", chat, stored)

    def tell(self, kind: str, chat: Chat, stored: Stored) -> None:
        """Write into the journal what a phone shall show of a message now."""
        stored.seq = self.journal.seq + 1
        self.journal.record(kind, chat.id, phone_view(stored))

    def tell_chat(self, chat: Chat) -> None:
        """Write into the journal that a chat's title, members, topics or pins are new."""
        self.journal.record("chat", chat.id, chat_view(self, chat))

    # Updates to the bot

    def announce(self, chat: Chat, stored: Stored, kind: str = "message") -> None:
        """Give a message to the bot, if Telegram would let it see that message."""
        if not self.bot_sees(chat, stored.message):
            return
        if chat.type == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        self.updates.add(kind, stored.message, chat.id)

    def bot_sees(self, chat: Chat, message: Json) -> bool:
        """Membership, and group privacy mode (https://core.telegram.org/bots/features#privacy-mode)."""
        if chat.type == "private":
            return not self.people[chat.id].blocked
        if not chat.holds(self.bot.id):
            return False
        if not self.bot.privacy or chat.status(self.bot.id) in ("administrator", "creator"):
            return True
        return _meant_for_bot(self.bot, message)

    def new_press(self, person: int) -> Press:
        """Note a press on a button under a new callback query id."""
        press = Press(str(secrets.randbits(62)), self.clock.now(), person)
        self.presses[press.id] = press
        return press


def new_world(token: str, clock: Clock, folder: Path | None = None, username: str = "sandbox_test_bot") -> World:
    """An empty world with one bot. ValueError if the token is not of Telegram's form `number:letters`."""
    number, _, secret = token.partition(":")
    if not number.isdigit() or not secret:
        raise ValueError(f"a token looks like 42:TEST, this one does not: {token!r}")
    return World(new_profile(token, username, "Sandbox Bot"), clock, folder)


def new_chat(world: World, chat: Chat) -> Chat:
    """Add a chat to the world."""
    world.chats[chat.id] = chat
    return chat


SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
)


def is_service(message: Json) -> bool:
    """Whether a message tells what happened in the chat, instead of what somebody said."""
    return any(name in message for name in SERVICE)


def _place(chat: Chat, message: Json, thread: int | None, reply_to: Stored | None) -> None:
    """Set the topic and what is replied to; in a topic Telegram makes every message a reply to its first one."""
    if chat.is_forum:
        if thread is not None and thread != 1:
            message["message_thread_id"] = thread
            message["is_topic_message"] = True
            reply_to = reply_to or chat.messages.get(thread)
    elif chat.type == "supergroup" and reply_to is not None:
        message["message_thread_id"] = reply_to.message.get("message_thread_id", reply_to.id)
    elif thread is not None and chat.type == "private":
        message["message_thread_id"] = thread
        message["is_topic_message"] = True
    if reply_to is not None:
        message["reply_to_message"] = shallow(reply_to.message)


def shallow(message: Json) -> Json:
    """A message as it stands inside another one: without the one that it replies to in turn."""
    if "reply_to_message" not in message:
        return message
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def _meant_for_bot(bot: BotProfile, message: Json) -> bool:
    if is_service(message):
        return True
    replied = message.get("reply_to_message")
    if replied and replied.get("from", {}).get("id") == bot.id:
        return True
    if message.get("via_bot", {}).get("id") == bot.id:
        return True
    text = message.get("text") or message.get("caption") or ""
    mention = f"@{bot.username}".lower()
    if mention in text.lower():
        return True
    return bool(text.startswith("/") and "@" not in text.split(maxsplit=1)[0])


def phone_view(stored: Stored) -> Json:
    """A message as a phone shows it: with its number, its keyboard, its reactions, and whether it is gone."""
    if stored.deleted:
        message = stored.message
        view: Json = {name: message[name] for name in ("message_id", "chat", "date")}
        if "message_thread_id" in message:
            view["message_thread_id"] = message["message_thread_id"]
        return view | {"seq": stored.seq, "edited": stored.edited, "deleted": True}
    view = stored.message | {"seq": stored.seq, "edited": stored.edited}
    if stored.keyboard is not None:
        view["reply_markup"] = stored.keyboard
    if stored.reactions:
        view["reactions"] = [{"user": who, "reaction": what} for who, what in stored.reactions.items()]
    return view


def chat_view(world: World, chat: Chat) -> Json:
    """A chat as the phone address tells it."""
    bot = chat.members.get(world.bot.id)
    private = chat.type == "private"
    members: list[int] = [chat.id] if private else [i for i in chat.members if chat.holds(i)]
    view: dict[str, Any] = {
        "id": chat.id,
        "type": chat.type,
        "title": world.people[chat.id].first_name if private else chat.title,
        "username": chat.username,
        "is_forum": chat.is_forum,
        "members": members,
        "admins": [i for i, member in chat.members.items() if member.status in ("administrator", "creator")],
        "bot_status": "member" if private else (bot.status if bot else "left"),
        "bot_rights": dict(bot.rights) if bot else {},
        "topics": [topic.view() for topic in chat.topics.values()],
        "pinned": list(chat.pinned),
        "migrated_to": chat.migrated_to,
    }
    return view
