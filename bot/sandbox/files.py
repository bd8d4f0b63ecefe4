"""Files: what was uploaded by the bot or sent from a phone, by the ids under which Telegram hands them out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.errors import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes, https://core.telegram.org/bots/api#getfile
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
    "sticker": "stickers",
    "video_note": "video_notes",
    "live_photo": "photos",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `size` in bytes may be larger than what is kept, for files that are only said to be large."""

    file_id: str
    unique_id: str
    kind: str
    size: int
    path: str
    name: str | None
    mime_type: str | None
    content: bytes
    width: int = 0
    height: int = 0
    duration: int = 0


class FileStore:
    """All files of one sandbox, in memory, and also under `folder` if one is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, str] = {}
        self._aliases: dict[str, str] = {}

    def add(
        self,
        kind: str,
        content: bytes,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        width: int = 0,
        height: int = 0,
        duration: int = 0,
        suffix: str = "",
    ) -> StoredFile:
        """Keep a file and give it ids; `size` overrides the length of `content`."""
        number = len(self._files)
        digest = hashlib.sha256(f"{kind}{width}x{height}".encode() + content).hexdigest()
        ending = Path(name).suffix if name else suffix
        stored = StoredFile(
            file_id=f"AgACAg{secrets.token_urlsafe(24)}",
            unique_id=f"AQAD{digest[:12]}" if content else f"AQAD{secrets.token_hex(6)}",
            kind=kind,
            size=len(content) if size is None else size,
            path=f"{FOLDERS.get(kind, 'documents')}/file_{number}{ending or suffix}",
            name=name,
            mime_type=mime_type,
            content=content,
            width=width,
            height=height,
            duration=duration,
        )
        self._files[stored.file_id] = stored
        self._paths[stored.path] = stored.file_id
        if self._folder is not None and content:
            target = self._folder / stored.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return stored

    def alias(self, file_id: str, original: str) -> None:
        """Let another id (that of a smaller copy of a photo) lead to the same file."""
        self._aliases[file_id] = original

    def get(self, file_id: str) -> StoredFile | None:
        """The file of an id, or None."""
        return self._files.get(self._aliases.get(file_id, file_id))

    def by_path(self, path: str) -> StoredFile | None:
        """The file of a download path, or None."""
        file_id = self._paths.get(path)
        return self._files[file_id] if file_id else None


def downloadable(stored: StoredFile | None) -> StoredFile:
    """The file, if a bot may download it; Telegram's errors for an unknown id and for over 20 MB."""
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored


def body(stored: StoredFile) -> bytes:
    """The bytes of a file; what is only said to be large is filled up with zeros."""
    return stored.content.ljust(min(stored.size, DOWNLOAD_LIMIT), b"\0")
