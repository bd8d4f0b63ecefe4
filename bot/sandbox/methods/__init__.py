"""The Bot API's methods, by subject; `TABLE` names all of them."""

from __future__ import annotations

from bot.sandbox.methods import copy, edit, files, forum, members, pins, profile, query, send, send_media
from bot.sandbox.methods.handler import Handler

TABLE: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler)
    for subject in (copy, edit, files, forum, members, pins, profile, query, send, send_media)
    for name, handler in subject.METHODS.items()
}
