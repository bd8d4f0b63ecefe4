"""Where the frame's groups are by now: a group that became a supergroup has another id than the rules say."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.storage import Transaction
from bot.core.frame import Frame

MOVED = "moved_chats"


class Addresses:
    """The frame in force with today's addresses; `look` reads them, before anything is handled or written down."""

    def __init__(self, frame: Callable[[], Frame]) -> None:
        self._frame = frame
        self._moved: Mapping[int, int] = {}
        self._from: Frame | None = None
        self._to: Frame | None = None

    def __call__(self) -> Frame:
        """The frame."""
        frame = self._frame()
        if not self._moved:
            return frame
        if self._to is None or frame is not self._from:
            self._from, self._to = frame, self._moved_frame(frame)
        return self._to

    def look(self, transaction: Transaction) -> None:
        """Read which groups have moved."""
        stored = transaction.settings.get(MOVED) or {}
        moved = {int(old): int(new) for old, new in stored.items()}
        if moved != self._moved:
            self._moved, self._to = moved, None

    def _moved_frame(self, frame: Frame) -> Frame:
        topics = {
            key: topic if topic.staff_chat is None else replace(topic, staff_chat=self._now(topic.staff_chat))
            for key, topic in frame.topics.items()
        }
        staff_chat = None if frame.staff_chat is None else self._now(frame.staff_chat)
        return replace(frame, staff_chat=staff_chat, topics=topics)

    def _now(self, chat: int) -> int:
        seen: set[int] = set()
        while chat in self._moved and chat not in seen:
            seen.add(chat)
            chat = self._moved[chat]
        return chat
