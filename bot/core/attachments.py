"""Pictures and films that may say where and when they were taken: cleaned of it, or not passed on."""

from dataclasses import replace

from bot.core.events import Media, Said

ENDINGS = (
    ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".dng", ".gif", ".bmp", ".avif",
    ".mov", ".mp4", ".m4v", ".3gp", ".avi", ".mkv", ".webm",
)  # fmt: skip
PICTURES, PICTURE_ENDINGS = frozenset({"image/jpeg", "image/png", "image/webp"}), (".jpg", ".jpeg", ".png", ".webp")
FILMS, FILM_ENDINGS = frozenset({"video/mp4", "video/quicktime", "video/x-m4v"}), (".mp4", ".mov", ".m4v")
"""What is cleaned, by what Telegram calls it, else by how its name ends."""
MOST = 10 * 2**20
MOST_FILM = 20 * 2**20
"""Bytes of a picture and of a film at most that are fetched to be cleaned; Telegram hands out no more than 20 MB."""


def tells_where(item: Media) -> bool:
    """Whether it may be as it came out of the camera; of what is sent as a photo, Telegram takes the rest off.

    A phone makes a film smaller before it sends it, and leaves the place behind; a computer sends it as it is. One so
    large that Telegram hands it to no bot can't be looked at: it is passed on like one from a phone.
    """
    if item.kind in ("video", "animation"):
        return item.size <= MOST_FILM
    if item.kind != "document":
        return False
    return item.mime.casefold().startswith(("image/", "video/")) or item.file_name.casefold().endswith(ENDINGS)


def is_cleaned(item: Media) -> bool:
    """Whether it is a picture or film that is sent on once the place and the hour are gone from it."""
    if not tells_where(item):
        return False
    if item.kind != "document":
        return True
    mime, name = item.mime.casefold(), item.file_name.casefold()
    if not mime.startswith(("image/", "video/")):
        picture, film = name.endswith(PICTURE_ENDINGS), name.endswith(FILM_ENDINGS)
    else:
        picture, film = mime in PICTURES, mime in FILMS
    return (picture and item.size <= MOST) or (film and item.size <= MOST_FILM)


def without(said: Said) -> tuple[Said, int]:
    """The act without such files as can't be cleaned, and how many there were."""
    kept = tuple(item for item in said.media if is_cleaned(item) or not tells_where(item))
    return replace(said, media=kept), len(said.media) - len(kept)


def too_large(said: Said) -> bool:
    """Whether there is a film that is passed on as it is, since no bot is handed one so large."""
    return any(item.kind in ("video", "animation") and item.size > MOST_FILM for item in said.media)
