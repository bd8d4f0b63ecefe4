"""A person's hand and eyes: what they write, press and read, in their own chat or in a topic of the group."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tests.journeys import labels
from tests.journeys.message import Message
from tests.journeys.person import Act, Person

if TYPE_CHECKING:
    from tests.journeys.town import Town

REPLY_SECONDS = 8.0
Wanted = str | Callable[[Message], bool]


def matches(message: Message, wanted: Wanted) -> bool:
    """Whether this is the message that is meant: by words in it, or by a rule."""
    if isinstance(wanted, str):
        return wanted.casefold() in message.text.casefold()
    return wanted(message)


class Phone:
    """One person in one chat; in a forum group also in one topic."""

    def __init__(self, town: Town, person: Person, chat: int | None = None, thread: int | None = None) -> None:
        self.town = town
        self.person = person
        self.chat = person.id if chat is None else chat
        self.thread = thread

    def __repr__(self) -> str:
        return f"<{self.person.name} in {self.chat}{f'/{self.thread}' if self.thread else ''}>"

    # -- where -------------------------------------------------------------------------------------------------

    async def in_topic(self, number: int) -> Phone:
        """The same person in the staff group, in the topic of that initiative."""
        return Phone(self.town, self.person, self.town.group, await self.town.topic(number))

    def in_general(self) -> Phone:
        """The same person in the staff group's General topic."""
        return Phone(self.town, self.person, self.town.group)

    def in_chat(self, chat: int) -> Phone:
        """The same person in another group."""
        return Phone(self.town, self.person, chat)

    # -- eyes --------------------------------------------------------------------------------------------------

    async def reads(self, after: int = 0) -> list[Message]:
        """All that stands in this chat (and topic) now, oldest first; deleted messages are not there."""
        read = [Message(raw) for raw in await self.town.sandbox.messages(self.chat, self.person.id, after)]
        return [one for one in read if not one.deleted and one.id > after and self._here(one)]

    def _here(self, message: Message) -> bool:
        return self.chat == self.person.id or message.thread == self.thread

    async def hears(self, after: int = 0) -> list[Message]:
        """What the bot has written here, without Telegram's own notices."""
        return [one for one in await self.reads(after) if one.from_bot and not one.service]

    async def finds(self, wanted: Wanted, after: int = 0) -> Message | None:
        """The newest message of the bot's that is meant, or None."""
        return next((one for one in reversed(await self.hears(after)) if matches(one, wanted)), None)

    async def sees(self, wanted: Wanted, after: int = 0) -> bool:
        """Whether such a message of the bot's stands here now."""
        return await self.finds(wanted, after) is not None

    async def has_button(self, button: str) -> bool:
        """Whether a message with that button stands here now."""
        label = labels.text(button)
        return await self.sees(lambda one: one.key(label) is not None)

    async def waits_for(self, wanted: Wanted, seconds: float = REPLY_SECONDS, after: int = 0) -> Message:
        """The newest message of the bot's that is meant, as soon as it is here."""

        async def here() -> Message | None:
            return await self.finds(wanted, after)

        what = wanted if isinstance(wanted, str) else "such a message"
        try:
            return await self.town.sandbox.until(here, seconds, f"{self.person.name} reads {what!r}")
        except AssertionError as failure:
            raise AssertionError(f"{failure}\n{await self.screen()}") from failure

    async def waits_for_button(self, button: str, seconds: float = REPLY_SECONDS, after: int = 0) -> Message:
        """The newest message of the bot's with that button (a name out of `labels`), as soon as it is here."""
        label = labels.text(button)
        try:
            return await self.waits_for(lambda one: one.key(label) is not None, seconds, after)
        except AssertionError as failure:
            raise AssertionError(f"no button {label!r}: {failure}") from failure

    async def screen(self, last: int = 12) -> str:
        """The end of the chat as text, for a failed test's report."""
        lines = [str(one) for one in await self.reads()]
        return "\n".join([f"--- the chat of {self!r}:", *lines[-last:]])

    async def newest(self) -> int:
        """The id of the newest message in the chat."""
        return await self.town.sandbox.newest(self.chat, self.person.id)

    # -- hand --------------------------------------------------------------------------------------------------

    async def starts(self, payload: str = "") -> Act:
        """The START button."""
        body: dict[str, Any] = {"person": self.person.id} | ({"payload": payload} if payload else {})
        return await self._does("start", "/start", "start", body)

    async def writes(self, text: str, reply_to: int | None = None, wait: bool = True) -> Act:
        """Type a text and send it."""
        body: dict[str, Any] = {"text": text}
        if reply_to is not None:
            body["reply_to"] = reply_to
        return await self._sends("text", text, body, wait)

    async def swipes(self, message: Message, text: str = "", wait: bool = True, **content: Any) -> Act:
        """Answer one message by swiping it."""
        body: dict[str, Any] = {"reply_to": message.id, **content} | ({"text": text} if text else {})
        return await self._sends("swipe", text or str(content.get("caption", "")), body, wait, to=message.text)

    async def sends(self, wait: bool = True, **content: Any) -> Act:
        """Send anything else: `voice={"duration": 47}`, `photo={}`, `location={...}`, `contact={...}` ..."""
        return await self._sends("media", str(content.get("caption", "")), content, wait)

    async def albums(self, photos: int, captions: Sequence[str] = (), wait: bool = True) -> Act:
        """Send an album of photos."""
        body: dict[str, Any] = {"person": self.person.id, "chat": self.chat, "photos": photos}
        if self.thread is not None:
            body["thread"] = self.thread
        if captions:
            body["captions"] = list(captions)
        return await self._does("album", " ".join(filter(None, captions)), "album", body, wait)

    async def edits(self, message_id: int, text: str, wait: bool = True) -> Act:
        """Change a message of their own."""
        body = {"person": self.person.id, "chat": self.chat, "message_id": message_id, "text": text}
        return await self._does("edit", text, "edit", body, wait)

    async def edits_caption(self, message_id: int, caption: str) -> Act:
        """Change what stands under a picture of their own."""
        body = {"person": self.person.id, "chat": self.chat, "message_id": message_id, "caption": caption}
        return await self._does("edit", caption, "edit", body)

    async def deletes(self, message_id: int) -> Act:
        """Delete a message on the phone; a bot is not told."""
        body = {"person": self.person.id, "chat": self.chat, "message_id": message_id}
        return await self._does("delete", "", "delete", body)

    async def presses(
        self, button: str, on: Message | None = None, wait: bool = True, seconds: float = REPLY_SECONDS
    ) -> Act:
        """Press the button (a name out of `labels`) on the newest message that holds it, or on this one."""
        message = on or await self.waits_for_button(button, seconds)
        label = labels.text(button)
        key = message.key(label)
        assert key is not None, f"no button {label!r} on {message}"
        return await self.presses_data(message.id, key["callback_data"], label, wait)

    async def presses_matching(self, label: str) -> Act:
        """Press the newest button whose label matches the pattern, or whose payload begins with it."""
        message = await self.waits_for(lambda one: any(re.search(label, key["text"]) for key in one.keys))
        key = next(key for key in message.keys if re.search(label, key["text"]))
        return await self.presses_data(message.id, key["callback_data"], key["text"])

    async def presses_data(
        self, message_id: int, data: str, label: str = "", wait: bool = True, forged: bool = False
    ) -> Act:
        """Press by payload, as a phone that has not refreshed does; `forged` for one that never was offered."""
        body: dict[str, Any] = {
            "person": self.person.id, "chat": self.chat, "message_id": message_id, "data": data, "forged": forged,
        }  # fmt: skip
        return await self._does("press", label or data, "press", body, wait)

    async def alert(self, act: Act, seconds: float = 5.0) -> str:
        """What the pressed button showed, once it was answered; fails when it spins on."""

        async def answered() -> dict[str, Any] | None:
            answer: dict[str, Any] = await self.town.sandbox.get(f"press/{act.press}")
            return answer if answer["answered"] else None

        answer = await self.town.sandbox.until(answered, seconds, f"the press {act.text!r} is answered")
        act.alert = answer.get("text") or ""
        return act.alert

    async def blocks(self) -> None:
        """Block the bot."""
        await self._does("block", "", "block", {"person": self.person.id})

    async def unblocks(self) -> None:
        """Let the bot in again."""
        await self._does("unblock", "", "unblock", {"person": self.person.id})

    # -- how ---------------------------------------------------------------------------------------------------

    async def _sends(self, kind: str, text: str, content: dict[str, Any], wait: bool, to: str = "") -> Act:
        body: dict[str, Any] = {"person": self.person.id, "chat": self.chat, **content}
        if self.thread is not None:
            body["thread"] = self.thread
        return await self._does(kind, text, "send", body, wait, to)

    async def _does(
        self, kind: str, text: str, path: str, body: dict[str, Any], wait: bool = True, to: str = ""
    ) -> Act:
        newest = await self.newest() if wait else 0
        act = await self.town.notes(self.person, self.chat, kind, text, hurried=not wait)
        act.to = to
        if wait:
            self.town.waiting.append(act)
        done = await self.town.sandbox.post(path, **body)
        if isinstance(done, dict):
            act.message_ids = tuple(one["message_id"] for one in done.get("messages", ()))
            act.press = str(done.get("callback_query_id", ""))
        if wait:
            await self.town.settled()
            self.town.waiting.remove(act)
            act.answers = await self.hears(after=newest)
            await self._times(act)
            if act.press:
                await self.alert(act)
        return act

    async def _times(self, act: Act) -> None:
        calls = await self.town.sandbox.calls(after=act.after_call, chat=self.chat)
        first = next((call["at"] for call in calls if call["method"].startswith(("send", "copy", "edit"))), None)
        act.seconds = None if first is None else max(0.0, first - act.began)
