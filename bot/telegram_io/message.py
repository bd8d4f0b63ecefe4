"""What one raw message holds: where it was said, by whom, and its text, files and place."""

import math
import re
from typing import Final

from bot.core.events import Chat, ChatKind, Media, MediaKind, Place, Sender
from bot.telegram_io.reading import Raw, UnreadableError, amount, flag, number, part, parts, text

GROUP_ANONYMOUS_BOT: Final = 1087968824
"""The user that Telegram puts where an admin posts as the group (Bot API, `Message.sender_chat`)."""
CHANNEL_BOT: Final = 136817688
"""The user that Telegram puts where somebody posts in a group as a channel (Bot API, `Message.sender_chat`)."""

FILES: Final[tuple[MediaKind, ...]] = ("animation", "video", "voice", "video_note", "audio", "document", "sticker")
"""In this order: a message with an animation holds it a second time, as a document."""

FILMED: Final = ("animation", "video")
"""A film that is uploaded anew, cleaned, must say how large and long it is: Telegram does not look."""

SERVICE: Final = frozenset(
    {
        "boost_added",
        "channel_chat_created",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "connected_website",
        "delete_chat_photo",
        "direct_message_price_changed",
        "forum_topic_created",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "giveaway_completed",
        "giveaway_created",
        "group_chat_created",
        "managed_bot_created",
        "message_auto_delete_timer_changed",
        "migrate_from_chat_id",
        "new_chat_photo",
        "new_chat_title",
        "paid_message_price_changed",
        "pinned_message",
        "poll_option_added",
        "poll_option_deleted",
        "proximity_alert_triggered",
        "suggested_post_approval_failed",
        "suggested_post_approved",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
        "supergroup_chat_created",
        "video_chat_ended",
        "video_chat_participants_invited",
        "video_chat_scheduled",
        "video_chat_started",
        "write_access_allowed",
    }
)
"""Notices that a phone shows in the talk, which are nobody's words and ask for nothing."""

CONTENT: Final = (
    "cpr_file",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "checklist",
    "gift",
    "unique_gift",
    "gift_upgrade_sent",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "live_photo",
    "paid_media",
    "passport_data",
    "refunded_payment",
    "successful_payment",
    "users_shared",
    "chat_shared",
    "web_app_data",
)
"""What people can send and the bot can't use; `cpr_file` is what intake leaves of a file named by a CPR number."""

FRAME: Final = frozenset(
    {
        "author_signature",
        "business_connection_id",
        "caption_entities",
        "chat",
        "cpr",
        "date",
        "direct_messages_topic",
        "edit_date",
        "effect_id",
        "entities",
        "external_reply",
        "forward_date",
        "forward_from",
        "forward_from_chat",
        "forward_from_message_id",
        "forward_origin",
        "forward_sender_name",
        "forward_signature",
        "from",
        "has_media_spoiler",
        "has_protected_content",
        "is_automatic_forward",
        "is_from_offline",
        "is_paid_post",
        "is_topic_message",
        "link_preview_options",
        "media_group_id",
        "message_id",
        "message_thread_id",
        "paid_star_count",
        "quote",
        "reply_markup",
        "reply_to_checklist_task_id",
        "reply_to_message",
        "reply_to_poll_option_id",
        "reply_to_story",
        "sender_boost_count",
        "sender_business_bot",
        "sender_chat",
        "sender_tag",
        "show_caption_above_media",
        "suggested_post_info",
        "via_bot",
    }
)
"""Fields that say something about a message and are not its content."""

COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?=\s|$)")


def chat_of(raw: Raw, thread: int | None = None) -> Chat | None:
    """The chat object as a value; None for a channel, which is not a talk.

    Raises:
        UnreadableError: it has no id or no kind that Telegram has.
    """
    kinds: dict[str, ChatKind] = {"private": "private", "group": "group", "supergroup": "group"}
    kind = text(raw, "type")
    if kind == "channel":
        return None
    if kind not in kinds:
        raise UnreadableError("a chat of no known kind")
    return Chat(
        id=number(raw, "id"), kind=kinds[kind], thread=thread, title=text(raw, "title"), forum=flag(raw, "is_forum")
    )


def thread_of(message: Raw) -> int | None:
    """The forum topic that a message stands in; None in General, in private chats and in chats without topics.

    Outside forums `message_thread_id` is a thread of replies, which is not a topic (Bot API, `is_topic_message`).
    """
    if not flag(message, "is_topic_message") or text(part(message, "chat"), "type") == "private":
        return None
    return amount(message, "message_thread_id") or None


def person_of(user: Raw) -> Sender:
    """A user object as a value.

    Raises:
        UnreadableError: it has no id.
    """
    lang = text(user, "language_code").split("-")[0].lower()
    return Sender(id=number(user, "id"), name=text(user, "first_name").strip(), lang=lang)


def sender_of(message: Raw) -> Sender | None:
    """Who wrote a message; None for a bot, and for what Telegram itself carries over from a channel.

    A group's anonymous admin and somebody who posts as a channel are people whose name nobody knows.

    Raises:
        UnreadableError: nobody stands as its sender.
    """
    user, face = part(message, "from"), part(message, "sender_chat")
    if flag(message, "is_automatic_forward"):
        return None
    if face:
        same = number(face, "id") == number(part(message, "chat"), "id")
        return Sender(id=GROUP_ANONYMOUS_BOT if same else CHANNEL_BOT, name="", anonymous=True)
    if amount(user, "id") in (GROUP_ANONYMOUS_BOT, CHANNEL_BOT):
        return Sender(id=number(user, "id"), name="", anonymous=True)
    return None if flag(user, "is_bot") else person_of(user)


def reply_of(message: Raw) -> int | None:
    """The message that was answered; None where the client only points at the root of the forum topic."""
    answered = part(message, "reply_to_message")
    found = amount(answered, "message_id")
    if not found or "forum_topic_created" in answered or found == thread_of(message):
        return None
    return found


def media_of(message: Raw) -> Media | None:
    """The file of a message, of a photo the largest size; None if it has none.

    Raises:
        UnreadableError: it has no message id.
    """
    message_id, caption = number(message, "message_id"), text(message, "caption")
    sizes = [size for size in parts(message, "photo") if text(size, "file_id")]
    if sizes:
        best = max(sizes, key=lambda size: amount(size, "width") * amount(size, "height"))
        return Media("photo", text(best, "file_id"), message_id, size=amount(best, "file_size"), caption=caption)
    for kind in FILES:
        file = part(message, kind)
        if text(file, "file_id"):
            return Media(
                kind=kind,
                file_id=text(file, "file_id"),
                message_id=message_id,
                file_name=text(file, "file_name"),
                size=amount(file, "file_size"),
                duration=amount(file, "duration"),
                caption=caption,
                mime=text(file, "mime_type"),
                width=amount(file, "width") if kind in FILMED else 0,
                height=amount(file, "height") if kind in FILMED else 0,
            )
    return None


def place_of(message: Raw) -> Place | None:
    """The point on the map that a message holds, by itself or as a venue; None if it has none or it is not on Earth."""
    spot = part(message, "location") or part(part(message, "venue"), "location")
    latitude, longitude = spot.get("latitude"), spot.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return Place(float(latitude), float(longitude), live=amount(spot, "live_period") > 0)


def words_of(message: Raw) -> str:
    """The text or caption of a message, exactly as it was sent; of a venue its name and address."""
    venue = part(message, "venue")
    named = ", ".join(filter(None, (text(venue, "title"), text(venue, "address"))))
    return text(message, "text") or text(message, "caption") or named


def command_of(words: str) -> tuple[str, str, str]:
    """The command that a text opens with, the bot that it names (or ""), and what follows; ("", "", text) if none."""
    found = COMMAND.match(words)
    if not found:
        return "", "", words
    return found[1].lower(), (found[2] or "").lower(), words[found.end() :].strip()


def other_of(message: Raw) -> str:
    """The name of content that can't be used, also of a kind that Telegram made after this was written."""
    for kind in CONTENT:
        if kind in message:
            return kind
    return min((key for key in message if key not in FRAME), default="unknown")
