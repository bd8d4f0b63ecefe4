"""Media: a file with its measures as the Bot API describes it in a message (photo sizes, document, voice, video...)."""

from __future__ import annotations

import struct
from mimetypes import guess_type
from typing import Any

from bot.sandbox.files import FileStore, StoredFile

Json = dict[str, Any]
KINDS = ("photo", "live_photo", "video", "animation", "audio", "voice", "document", "sticker", "video_note")
MIME = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "live_photo": "video/mp4",
    "animation": "video/mp4",
    "document": "application/octet-stream",
}
SUFFIX = {
    "photo": ".jpg",
    "live_photo": ".mp4",
    "voice": ".oga",
    "audio": ".mp3",
    "video": ".mp4",
    "video_note": ".mp4",
    "animation": ".mp4",
    "sticker": ".webp",
    "document": "",
}
_EDGES = (90, 320, 800)
_LONGEST = 1280  # pixels; Telegram scales photos down to this
_SMALL = 320  # pixels; thumbnails are at most this long


def measure(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG, GIF or JPEG; (0, 0) for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:2] == b"\xff\xd8":
        return _measure_jpeg(content)
    return 0, 0


def _measure_jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        mark, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + size
    return 0, 0


def seconds_of_sound(content: bytes) -> int:
    """The whole seconds that an Ogg file plays, by the position of its last page; 0 for anything else."""
    last = content.rfind(b"OggS")
    if not content.startswith(b"OggS") or len(content) < last + 14:
        return 0
    vorbis = content.find(b"\x01vorbis")
    # https://www.rfc-editor.org/rfc/rfc7845 counts Opus at 48 kHz whatever the recording's own rate was.
    rate = 48_000 if vorbis < 0 else struct.unpack_from("<I", content, vorbis + 12)[0]
    position: int = struct.unpack_from("<q", content, last + 6)[0]
    return max(0, position // rate) if rate else 0


def _guess(kind: str, name: str | None) -> str | None:
    guessed = guess_type(name)[0] if name and kind == "document" else None
    return guessed or MIME.get(kind)


def _scale(width: int, height: int, longest: int) -> tuple[int, int]:
    edge = max(width, height)
    return (width, height) if edge <= longest else (width * longest // edge, height * longest // edge)


def keep(
    files: FileStore,
    kind: str,
    content: bytes,
    *,
    name: str | None = None,
    mime_type: str | None = None,
    size: int | None = None,
    duration: int = 0,
) -> StoredFile:
    """Put a file into the store with what its kind needs; a photo loses its name, as in Telegram."""
    width, height = measure(content)
    if kind == "photo":
        name, mime_type = None, None
        width, height = _scale(width, height, _LONGEST)
    return files.add(
        kind,
        content,
        name=name,
        mime_type=mime_type or _guess(kind, name),
        size=size,
        width=width or 640,
        height=height or 480,
        duration=duration or seconds_of_sound(content),
        suffix=SUFFIX.get(kind, ""),
    )


def describe(files: FileStore, stored: StoredFile, details: Json) -> Json:
    """The part of a message that tells of a file: `{"photo": [...]}`, `{"document": {...}}` and so on.

    `details` are the sender's own words about it: duration (s), width, height, title, performer.
    """
    file: Json = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    match stored.kind:
        case "photo":
            return {"photo": _sizes(files, stored)}
        case "voice":
            file |= {"duration": _seconds(stored, details), "mime_type": stored.mime_type}
        case "audio":
            file |= {"duration": _seconds(stored, details), "mime_type": stored.mime_type}
            file |= {name: details[name] for name in ("performer", "title") if details.get(name)}
        case "live_photo":
            sizes = details["photo"]
            file |= _frame(stored, details) | {"duration": stored.duration, "mime_type": stored.mime_type}
            # A live photo is told as a photo too, for bots from before; https://core.telegram.org/bots/api#message
            return {"live_photo": file | {"photo": sizes, "file_size": stored.size}, "photo": sizes}
        case "video" | "animation":
            file |= _frame(stored, details) | {
                "duration": _seconds(stored, details),
                "mime_type": stored.mime_type,
            }
        case "video_note":
            file |= {"length": int(details.get("length") or 240), "duration": _seconds(stored, details)}
        case "sticker":
            file |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            file |= {"emoji": details.get("emoji") or "👍"}
        case _:
            file["mime_type"] = stored.mime_type
    if stored.name and stored.kind in ("document", "audio", "video", "animation"):
        file["file_name"] = stored.name
    if stored.kind == "document" and any(measure(stored.content)):
        # Telegram makes the thumbnail of a picture by itself and ignores the sender's.
        details = details | {"thumbnail": thumbnail(files, stored.content)}
    if details.get("thumbnail"):
        file["thumbnail"] = file["thumb"] = details["thumbnail"]
    file["file_size"] = stored.size
    if stored.kind == "animation":
        # An animation is told twice, for bots from before animations; https://core.telegram.org/bots/api#message
        document = {
            name: file[name]
            for name in ("file_name", "mime_type", "file_id", "file_unique_id", "file_size")
            if name in file
        }
        return {"animation": file, "document": document}
    return {stored.kind: file}


def thumbnail(files: FileStore, content: bytes) -> Json:
    """A small picture of a file, as a PhotoSize."""
    stored = keep(files, "photo", content)
    width, height = _scale(stored.width, stored.height, _SMALL)
    return _size(stored.file_id, stored.unique_id, width, height, stored.size)


def _size(file_id: str, unique_id: str, width: int, height: int, size: int) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": unique_id,
        "file_size": size,
        "width": width,
        "height": height,
    }


def _sizes(files: FileStore, stored: StoredFile) -> list[Json]:
    """Smaller copies first, the photo itself last; there are at least two, as in Telegram."""
    longest = max(stored.width, stored.height)
    edges = [edge for edge in _EDGES if edge < longest] or [max(1, longest // 2)]
    sizes = []
    for number, edge in enumerate(edges):
        width = max(1, stored.width * edge // longest)
        height = max(1, stored.height * edge // longest)
        size = max(1, stored.size * edge // longest)
        copy_id = f"{stored.file_id}s{number}"
        files.alias(copy_id, stored.file_id)
        sizes.append(_size(copy_id, f"{stored.unique_id}s{number}", width, height, size))
    return [*sizes, _size(stored.file_id, stored.unique_id, stored.width, stored.height, stored.size)]


def _seconds(stored: StoredFile, details: Json) -> int:
    given = details.get("duration")
    return int(float(given)) if given not in (None, "") else stored.duration


def _frame(stored: StoredFile, details: Json) -> Json:
    return {
        "width": int(details.get("width") or stored.width),
        "height": int(details.get("height") or stored.height),
    }
