"""The stage of a play: the whole bot in this process, people who write and press, and a clerk who notes it all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core import dialogue
from bot.core.events import Event
from bot.core.world import Move, World
from bot.routing.live import Accepted
from tests.machine.engine import ADMIN, AGENTS, GROUP, Engine
from tests.stories.transcript import lines

CITIZENS = {"Aase": 710001001, "Jonas": 710001002, "Karim": 710001004}
NAMES = {
    **CITIZENS,
    "Ulla": ADMIN,
    "Stranger": 666,
    **{name.capitalize(): telegram for name, telegram in AGENTS.items()},
}


class Stage:
    """Plays a story; `told` is what became of it so far."""

    def __init__(self, rules: Accepted) -> None:
        self.told: list[str] = []
        self._engine = Engine(rules, self._step)
        self._sent: dict[str, list[int]] = {}

    def close(self) -> None:
        """The play is over."""
        self._engine.close()

    # -- people ----------------------------------------------------------------------------------------------------

    def writes(self, who: str, text: str, *, group: int = 0, to: str = "", **more: Any) -> None:
        """Somebody writes in their own chat, or in the topic of an initiative in the staff group.

        `to` answers the newest message there that bears a button of that verb, or "newest".
        """
        self._act(f"{who} writes{self._where(group)}: {text}" + (f" (to {to})" if to else ""))
        chat = GROUP if group else NAMES[who]
        body: dict[str, Any] = {"text": text, **more}
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        if to:
            body["reply_to_message"] = {"message_id": self._stands(chat, to, group)["id"], "chat": self._chat(chat)}
        self._engine.hears("message", self._message(who, chat, body, self._thread(group)))

    def sends(self, who: str, what: str, *, group: int = 0, to: str = "", **more: Any) -> None:
        """Somebody sends something without words, or does something to the group that it is told by a message."""
        self._act(f"{who} sends {what}{self._where(group)}")
        if to:
            there = self._stands(GROUP if group else NAMES[who], to, group)
            more["reply_to_message"] = {"message_id": there["id"], "chat": self._chat(GROUP if group else NAMES[who])}
        self._engine.hears("message", self._message(who, GROUP if group else NAMES[who], more, self._thread(group)))

    def stands(self, status: str, **rights: bool) -> None:
        """The bot's own standing in the staff's group changes."""
        self._act(f"the bot is made {status} with {', '.join(rights) or 'nothing'}")
        now = {"user": {"id": 42, "is_bot": True, "first_name": "b"}, "status": status, **rights}
        changed = {"chat": self._chat(GROUP), "from": self.person("Peter"), "new_chat_member": now}
        self._engine.hears("my_chat_member", changed)

    def edits(self, who: str, text: str, *, back: int = 0, group: int = 0) -> None:
        """Somebody changes a message of their own: the newest, or so many before it."""
        self._act(f"{who} changes a message{self._where(group)} to: {text}")
        number = self._sent[who][-1 - back]
        message = self._message(who, GROUP if group else NAMES[who], {"text": text}, self._thread(group))
        self._engine.hears("edited_message", message | {"message_id": number, "edit_date": message["date"]})

    def presses(self, who: str, data: str, *, group: int = 0) -> None:
        """Somebody presses the newest button whose payload begins so; one that isn't there is pressed all the same.

        Such a one is about the first initiative, where nothing else is said.
        """
        self._act(f"{who} presses {data}{self._where(group)}")
        chat = GROUP if group else NAMES[who]
        one = self._stands(chat, data, 0)
        found = [key for key in one["data"] if key.startswith(data)]
        under = {"message_id": one["id"], "chat": self._chat(chat), "date": 1}
        if one["thread"]:
            under |= {"message_thread_id": one["thread"], "is_topic_message": True}
        press = {"id": "press", "from": self.person(who), "message": under, "data": (found or [_whole(data)])[-1]}
        self._engine.hears("callback_query", press | {"chat_instance": "1"})

    def blocks(self, who: str, *, away: bool = True) -> None:
        """Somebody bars the bot, or lets it in again."""
        self._act(f"{who} {'bars' if away else 'lets in'} the bot")
        (self._engine.blocked.add if away else self._engine.blocked.discard)(NAMES[who])
        bot = {"user": {"id": 42, "is_bot": True, "first_name": "b"}, "status": "kicked" if away else "member"}
        chat = self._chat(NAMES[who])
        self._engine.hears("my_chat_member", {"chat": chat, "from": self.person(who), "new_chat_member": bot})

    def waits(self, **span: float) -> None:
        """Time passes, an hour at a time."""
        until = self._engine.now + timedelta(**span)
        self._act(f"until {until:%a %d.%m. %H:%M}")
        self._engine.waits(timedelta(**span))

    def years_pass(self, days: int) -> None:
        """Much time passes, a week at a time."""
        until = self._engine.now + timedelta(days=days)
        self._act(f"until {until:%a %d.%m.%Y}")
        self._engine.waits(timedelta(days=days), timedelta(days=7))

    # -- how -------------------------------------------------------------------------------------------------------

    def _act(self, what: str) -> None:
        self.told += ["", f"## {self._engine.now:%a %d.%m. %H:%M} {what}" if self.told else f"## {what}"]

    def _step(self, world: World, event: Event) -> Move:
        move = dialogue.step(replace(world, fresh="fresh"), event)
        told = list(lines(move))
        if told:
            self.told += [f"{type(event).__name__} {getattr(event, 'kind', '') or getattr(event, 'role', '')}".strip()]
            self.told += [f"    {line}" for line in told]
        return move

    def _stands(self, chat: int, verb: str, group: int) -> dict[str, Any]:
        there = self._engine.messages.get(chat) or [{"id": 1, "data": [], "thread": None}]
        thread = self._thread(group)
        there = [one for one in there if not thread or one["thread"] == thread]
        held = [one for one in there if any(data.startswith(verb) for data in one["data"])]
        return (held or there)[-1]

    def _thread(self, number: int) -> int | None:
        if not number:
            return None
        found = [thread for about, thread in self._engine.rows("SELECT about, thread FROM topics") if about == number]
        return int(found[-1]) if found else None

    def _where(self, group: int) -> str:
        return f" at nr. {group}" if group else ""

    def person(self, who: str) -> dict[str, Any]:
        """Somebody as Telegram tells of them."""
        return {"id": NAMES[who], "is_bot": False, "first_name": who, "language_code": "da"}

    def _chat(self, chat: int) -> dict[str, Any]:
        if chat > 0:
            return {"id": chat, "type": "private", "first_name": "x"}
        return {"id": chat, "type": "supergroup", "title": "Sparringsagenter", "is_forum": True}

    def _message(self, who: str, chat: int, body: dict[str, Any], thread: int | None) -> dict[str, Any]:
        number = self._engine.message(chat)
        self._sent.setdefault(who, []).append(number)
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        when = {"date": int(self._engine.now.timestamp()), "message_id": number}
        return {**when, "from": self.person(who), "chat": self._chat(chat), **topic, **body}


def _whole(data: str) -> str:
    return data if ":" in data else f"{data}:1"
