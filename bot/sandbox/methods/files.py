"""Asking for files that were sent."""

from __future__ import annotations

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.files import downloadable
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.world import World


def get_file(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getfile"""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = downloadable(world.files.get(file_id))
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def get_user_profile_photos(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getuserprofilephotos; nobody here has one."""
    if params.integer("user_id") not in world.people:
        raise bad_request("invalid user_id specified")
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Handler] = {"getFile": get_file, "getUserProfilePhotos": get_user_profile_photos}
