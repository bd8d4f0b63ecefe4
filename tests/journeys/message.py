"""A message as a person sees it on the phone."""

from dataclasses import dataclass
from typing import Any

KINDS = (
    "photo", "video", "voice", "animation", "document", "audio", "sticker", "video_note", "location", "contact",
    "poll", "dice", "text",
)  # fmt: skip
SERVICE = (
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "pinned_message",
    "new_chat_members", "left_chat_member", "new_chat_title", "migrate_to_chat_id", "migrate_from_chat_id",
    "group_chat_created", "supergroup_chat_created",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One message in a chat; `raw` is what Telegram would hand to a client."""

    raw: dict[str, Any]

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return self.raw.get("text") or self.raw.get("caption") or ""

    @property
    def id(self) -> int:
        """Its message id."""
        number: int = self.raw["message_id"]
        return number

    @property
    def thread(self) -> int | None:
        """The forum topic it stands in, None in General and in private chats."""
        return self.raw.get("message_thread_id")

    @property
    def from_bot(self) -> bool:
        """Whether a bot wrote it."""
        return bool(self.raw.get("from", {}).get("is_bot")) and self.raw["from"]["id"] != 1087968824

    @property
    def deleted(self) -> bool:
        """Whether it is gone from the chat."""
        return bool(self.raw.get("deleted"))

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return bool(self.raw.get("edited") or self.raw.get("edit_date"))

    @property
    def service(self) -> bool:
        """Whether it is a notice of Telegram's (a topic was made, something was pinned) and nobody's words."""
        return any(key in self.raw for key in SERVICE)

    @property
    def kind(self) -> str:
        """What it holds: "text", "photo", "voice", "location", ..."""
        return next((kind for kind in KINDS if kind in self.raw), "")

    @property
    def album(self) -> str:
        """The album's id, or ""."""
        return str(self.raw.get("media_group_id") or "")

    @property
    def reply_to(self) -> int | None:
        """The id of the message that it answers."""
        answered = self.raw.get("reply_to_message")
        return answered["message_id"] if answered else None

    @property
    def keys(self) -> tuple[dict[str, Any], ...]:
        """Its inline buttons, row by row."""
        markup = self.raw.get("reply_markup") or {}
        return tuple(key for row in markup.get("inline_keyboard", ()) for key in row)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The labels of its inline buttons, by row."""
        markup = self.raw.get("reply_markup") or {}
        return tuple(tuple(key["text"] for key in row) for row in markup.get("inline_keyboard", ()))

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its inline buttons."""
        return tuple(key["text"] for key in self.keys)

    def key(self, label: str) -> dict[str, Any] | None:
        """The inline button with this label: the very words, or else the one that begins with them."""
        wanted = label.casefold()
        exact = [key for key in self.keys if key["text"].casefold() == wanted]
        near = [key for key in self.keys if key["text"].casefold().startswith(wanted)]
        return next(iter(exact or near), None)

    def __str__(self) -> str:
        """For a failed test's report."""
        buttons = f"  [{' | '.join(self.buttons)}]" if self.buttons else ""
        return f"#{self.id} {'bot' if self.from_bot else 'person'} {self.kind}: {self.text!r}{buttons}"
