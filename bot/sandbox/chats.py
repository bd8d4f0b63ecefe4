"""Chats: private ones, groups, supergroups with their topics, and channels, with their members and messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

GENERAL = 1
PRESENT = frozenset({"member", "administrator", "creator", "restricted"})
ADMINS = frozenset({"administrator", "creator"})
RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",  # newer than Bot API 10.0, wanted by strict clients
)
# What a group lets its ordinary members do; https://core.telegram.org/bots/api#chatpermissions
PERMISSIONS = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_react_to_messages",
        "can_edit_tag",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ),
    True,
)


@dataclass(slots=True)
class Stored:
    """A message as it lies in a chat; `message` is never changed in place, so that waiting updates keep the old one."""

    message: Json
    seq: int = 0
    keyboard: Json | None = None
    edited: bool = False
    deleted: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message id."""
        return int(self.message["message_id"])


@dataclass(slots=True)
class Member:
    """Somebody's place in a chat, in the words of the Bot API's ChatMember."""

    user_id: int
    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    is_anonymous: bool = False
    custom_title: str | None = None
    until_date: int = 0


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    hidden: bool = False

    def view(self) -> Json:
        """As the phone address tells it."""
        return {"thread_id": self.thread_id, "name": self.name, "closed": self.closed, "hidden": self.hidden}


@dataclass(slots=True)
class Chat:
    """A chat; `id` is positive for a private one and negative for all others."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    description: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Stored] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    permissions: dict[str, bool] = field(default_factory=lambda: dict(PERMISSIONS))
    migrated_to: int | None = None
    invite_link: str | None = None
    facts: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.is_forum and GENERAL not in self.topics:
            self.topics[GENERAL] = Topic(GENERAL, "General")

    def brief(self) -> Json:
        """The Bot API's Chat for anything but a private chat."""
        chat: Json = {"id": self.id, "title": self.title}
        if self.username:
            chat["username"] = self.username
        chat["type"] = self.type
        if self.is_forum:
            chat["is_forum"] = True
        if self.type == "group":
            chat["all_members_are_administrators"] = False
        return chat

    def status(self, user_id: int) -> str:
        """What somebody is in this chat; `left` for a stranger."""
        member = self.members.get(user_id)
        return member.status if member else "left"

    def holds(self, user_id: int) -> bool:
        """Whether somebody is in this chat now."""
        return self.status(user_id) in PRESENT

    def may(self, user_id: int, right: str) -> bool:
        """Whether somebody has an administrator's right here; a creator has all."""
        member = self.members.get(user_id)
        if member is None:
            return False
        return member.status == "creator" or (member.status == "administrator" and member.rights.get(right, False))

    def may_see_members(self, user_id: int) -> bool:
        """Only administrators are told of other people's comings and goings (update `chat_member`)."""
        return self.status(user_id) in ADMINS

    def find(self, message_id: int | None) -> Stored | None:
        """A message that is still there, or None."""
        stored = self.messages.get(message_id) if message_id is not None else None
        return None if stored is None or stored.deleted else stored


def all_rights(chat_type: str, is_forum: bool) -> dict[str, bool]:
    """The rights that Telegram's clients tick for a new administrator."""
    rights = dict.fromkeys(RIGHTS, True)
    if chat_type == "channel":
        del rights["can_pin_messages"], rights["can_manage_topics"]
        rights.update(can_post_messages=True, can_edit_messages=True, can_manage_direct_messages=True)
    elif not is_forum:
        rights["can_manage_topics"] = False
    return rights


def chosen_rights(chosen: dict[str, bool]) -> dict[str, bool]:
    """Only the rights that were ticked; an administrator can always see the chat."""
    return dict.fromkeys(RIGHTS, False) | {"can_manage_chat": True} | {k: bool(v) for k, v in chosen.items()}
