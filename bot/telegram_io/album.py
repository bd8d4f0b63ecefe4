"""Which files may travel together, and the calls that send them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.conversation.ports import Json
from bot.core.attachments import tells_where
from bot.core.events import Media

MOST: Final = 10
"""The most files in an album (Bot API, `sendMediaGroup`)."""

TOGETHER: Final = {"photo": "seen", "video": "seen", "document": "document", "audio": "audio"}
"""What goes into one album: photos with videos; documents and sound files only with their own kind."""

METHODS: Final = {
    "photo": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "voice": ("sendVoice", "voice"),
    "document": ("sendDocument", "document"),
    "audio": ("sendAudio", "audio"),
    "animation": ("sendAnimation", "animation"),
    "sticker": ("sendSticker", "sticker"),
    "video_note": ("sendVideoNote", "video_note"),
}

SEEN: Final = ("duration", "width", "height")
"""What a film that is uploaded must say of itself; Telegram knows it of one that it has."""


def sort(media: Sequence[Media]) -> list[list[Media]]:
    """The files in their order, neighbours that may share an album together, at most ten each.

    A picture or film that is cleaned on its way is alone: should that fail, it is the only one that stays behind.
    """
    groups: list[list[Media]] = []
    for file in media:
        kin = None if tells_where(file) else TOGETHER.get(file.kind)
        before = groups[-1][-1] if groups else None
        together = before is not None and not tells_where(before) and TOGETHER.get(before.kind) == kin
        if kin and together and len(groups[-1]) < MOST:
            groups[-1].append(file)
        else:
            groups.append([file])
    return groups


def album(group: Sequence[Media], captions: Sequence[Mapping[str, Json]]) -> tuple[str, dict[str, Json]]:
    """Method and parameters for two to ten files; `captions` holds each one's caption parameters."""
    items = [
        {"type": file.kind, "media": file.file_id, **caption} for file, caption in zip(group, captions, strict=True)
    ]
    return "sendMediaGroup", {"media": items}


def single(file: Media, caption: Mapping[str, Json]) -> tuple[str, dict[str, Json]]:
    """Method and parameters for one file."""
    method, field = METHODS[file.kind]
    if tells_where(file):
        seen = {name: getattr(file, name) for name in SEEN if field != "document" and getattr(file, name)}
        return method, {field: {"clean": {"file": file.file_id, "name": file.file_name}}, **seen, **caption}
    return method, {field: file.file_id, **caption}
