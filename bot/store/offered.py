"""What each private chat can answer the bot's last message with, in words instead of a press."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.insertion import insert
from bot.store.tables import offered

_of = select(offered.c.choices).where(offered.c.chat == bindparam("which"))
_keep = insert(offered)
_keep = _keep.on_conflict_do_update(index_elements=["chat"], set_={"choices": _keep.excluded.choices})
_drop = delete(offered).where(offered.c.chat == bindparam("which"))


class Offered:
    """The table `offered` within one transaction. It holds no words: each is kept as a digest."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def of(self, chat: int) -> Mapping[str, str]:
        """The payloads of the buttons under the last message, by the digests of the words that press them."""
        found = self._run(_of, {"which": chat}).scalar()
        return {} if found is None else json.loads(found)

    def keep(self, offers: Mapping[int, Mapping[str, str]]) -> None:
        """Keep what the last message to each of these chats offers; nothing, where it has no buttons."""
        kept = sorted(chat for chat, choices in offers.items() if choices)
        gone = sorted(offers.keys() - set(kept))
        # In one order, so that two processes never wait for each other.
        if kept:
            self._run(_keep, [{"chat": chat, "choices": json.dumps(offers[chat])} for chat in kept])
        if gone:
            self._run(_drop, [{"which": chat} for chat in gone])
