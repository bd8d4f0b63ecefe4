"""Sending files: photo, document, voice, video and the rest, one by one and as an album."""

from __future__ import annotations

import secrets
from dataclasses import replace
from urllib.parse import urlparse

from bot.sandbox.addressing import find_writable_chat
from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.media import KINDS, describe, keep, thumbnail
from bot.sandbox.methods.handler import Handler
from bot.sandbox.methods.send import caption_content, deliver
from bot.sandbox.methods.wishes import items, wish_of_call, wish_of_item
from bot.sandbox.params import Params, Upload
from bot.sandbox.world import World

_PERMISSION = {
    "photo": "photos",
    "live_photo": "photos",
    "video": "videos",
    "animation": "other_messages",
    "audio": "audios",
    "voice": "voice_notes",
    "document": "documents",
    "sticker": "other_messages",
    "video_note": "video_notes",
}
_DETAILS = ("duration", "width", "height", "length", "performer", "title", "emoji")
_INTERCHANGEABLE = ({"document", "animation"}, {"video", "live_photo"})
_ALONE = frozenset({"audio", "document"})  # kinds that an album does not mix with others


def _upload(params: Params, source: str | None, field: str) -> Upload | None:
    if source is not None and source.startswith("attach://"):
        upload = params.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f'can\'t find attached file "{source}"')
        return upload
    return params.files.get(field) if source is None else None


def take_file(world: World, params: Params, kind: str, source: str | None, field: str) -> StoredFile:
    """The file of a call: uploaded, by file id, or by an address, which is accepted but never fetched."""
    upload = _upload(params, source, field)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return keep(world.files, kind, upload.content, name=upload.name, mime_type=_mime(upload))
    if not source:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    known = world.files.get(source)
    if known is not None:
        if known.kind == kind or {known.kind, kind} in _INTERCHANGEABLE:
            return known
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    name = _name_at(source)
    return keep(world.files, kind, source.encode(), name=name)


def _name_at(source: str) -> str | None:
    """The name of a file that lies at an address. ApiError if it is no address."""
    try:
        address = urlparse(source)
    except ValueError as error:
        raise bad_request("wrong file identifier/HTTP URL specified") from error
    if address.scheme not in ("http", "https") or not address.netloc:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return address.path.rsplit("/", 1)[-1] or None


def _mime(upload: Upload) -> str | None:
    return None if upload.mime_type == "application/octet-stream" else upload.mime_type


def media_content(world: World, params: Params, kind: str, wish: Json, source: str | None, field: str) -> Json:
    """A file with its caption as it stands in a message; `wish` is what the sender says about it, by `wishes`."""
    stored = take_file(world, params, kind, source, field)
    details = {name: wish[name] for name in _DETAILS}
    upload = _upload(params, wish["thumbnail"] or None, "thumbnail")
    if upload is not None and upload.content and stored.kind not in ("photo", "voice", "sticker"):
        details["thumbnail"] = thumbnail(world.files, upload.content)
    if kind == "live_photo":
        # The one method with two files: what moves, and its still picture.
        still = take_file(world, params, "photo", wish["photo"] or None, "photo")
        details["photo"] = describe(world.files, still, {})["photo"]
        stored = replace(stored, kind=kind)
    content = describe(world.files, stored, details)
    return content if kind in ("sticker", "video_note") else content | caption_content(world, wish)


def _sender(kind: str) -> Handler:
    def send(world: World, params: Params) -> Json:
        chat = find_writable_chat(world, params, _PERMISSION[kind])
        content = media_content(world, params, kind, wish_of_call(params), params.text(kind), kind)
        return deliver(world, chat, params, content)

    send.__doc__ = f"https://core.telegram.org/bots/api#send{kind.replace('_', '')}"
    return send


def send_media_group(world: World, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#sendmediagroup"""
    chat = find_writable_chat(world, params, "photos")
    wishes = [wish_of_item(item) for item in items(params)]
    if not 2 <= len(wishes) <= 10:
        raise bad_request(f"too {'few' if len(wishes) < 2 else 'many'} messages to send as an album")
    kinds = {wish["type"] for wish in wishes}
    if kinds & _ALONE and len(kinds) > 1:
        raise bad_request("media of different types can't be mixed in an album")
    if not kinds <= {"photo", "video", "audio", "document", "live_photo"}:
        raise bad_request("type of media is not allowed in an album")
    contents = [media_content(world, params, wish["type"], wish, wish["media"], "") for wish in wishes]
    group = str(secrets.randbits(62))
    return [deliver(world, chat, params, {"media_group_id": group} | content) for content in contents]


METHODS: dict[str, Handler] = {
    "send" + "".join(part.title() for part in kind.split("_")): _sender(kind) for kind in KINDS
}
METHODS["sendMediaGroup"] = send_media_group
