"""Pictures and films that are sent as files: they say where and when they were taken, and are not passed on."""

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


def without(said: Said) -> tuple[Said, int]:
    """The act without such files, and how many there were."""
    kept = tuple(item for item in said.media if not tells_where(item))
    return replace(said, media=kept), len(said.media) - len(kept)
