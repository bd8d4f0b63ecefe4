"""The forum topics in which staff work with the initiatives."""

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.insertion import insert
from bot.store.tables import topics

_number = select(topics.c.about).where(topics.c.chat == bindparam("where"), topics.c.thread == bindparam("which"))
_place = (topics.c.chat == bindparam("where"), topics.c.about == bindparam("number"))
_thread = select(topics.c.thread).where(*_place)
_forget = delete(topics).where(*_place)
_keep = insert(topics)
_keep = _keep.on_conflict_do_update(index_elements=["chat", "about"], set_={"thread": _keep.excluded.thread})


class Topics:
    """The table `topics` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def number(self, chat: int, thread: int) -> int:
        """The initiative whose topic this is, or 0."""
        return self._run(_number, {"where": chat, "which": thread}).scalar() or 0

    def thread(self, chat: int, about: int) -> int | None:
        """The thread id of the initiative's topic in the chat, or None if there is none."""
        found: int | None = self._run(_thread, {"where": chat, "number": about}).scalar()
        return found

    def keep(self, chat: int, about: int, thread: int) -> None:
        """That is its topic from now on."""
        self._run(_keep, {"chat": chat, "about": about, "thread": thread})

    def forget(self, chat: int, about: int) -> None:
        """The topic is gone."""
        self._run(_forget, {"where": chat, "number": about})
