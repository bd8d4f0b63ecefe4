"""Pictures and films that are sent as files say where and when they were taken: cleaned of it, or not passed on."""

from dataclasses import replace

from bot.core.events import Media, Said

ENDINGS = (
    ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".dng", ".gif", ".bmp", ".avif",
    ".mov", ".mp4", ".m4v", ".3gp", ".avi", ".mkv", ".webm",
)  # fmt: skip


def tells_where(item: Media) -> bool:
    """Whether it is a picture or a film as it came out of the camera; sent as a photo, Telegram takes the rest off."""
    if item.kind != "document":
        return False
    return item.mime.casefold().startswith(("image/", "video/")) or item.file_name.casefold().endswith(ENDINGS)


CLEANED = frozenset({"image/jpeg", "image/png", "image/webp"})
CLEANED_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
"""The pictures that are cleaned, by what Telegram calls them, else by how their names end."""
MOST = 10 * 2**20
"""Bytes of a picture at most that is fetched to be cleaned."""


def is_cleaned(item: Media) -> bool:
    """Whether it is a picture that is sent on once the place and the hour are gone from it."""
    if item.kind != "document" or item.size > MOST:
        return False
    mime = item.mime.casefold()
    if mime.startswith(("image/", "video/")):
        return mime in CLEANED
    return item.file_name.casefold().endswith(CLEANED_ENDINGS)


def without(said: Said) -> tuple[Said, int]:
    """The act without such files as can't be cleaned, and how many there were."""
    kept = tuple(item for item in said.media if is_cleaned(item) or not tells_where(item))
    return replace(said, media=kept), len(said.media) - len(kept)
