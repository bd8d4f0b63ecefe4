"""A house for the shell's tests: a real database in a file, a Telegram that answers as it is told, a simple step."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.compose import Composer
from bot.conversation.pace import UNLIMITED, Limits
from bot.conversation.ports import Call, Outcome, Sent
from bot.conversation.rooms import Rooms
from bot.conversation.shell import Shell
from bot.core.effects import (
    Answer,
    Content,
    Effect,
    Erase,
    MakeTopic,
    NameTopic,
    Parts,
    Pin,
    Quote,
    Rewrite,
    Say,
    SendMedia,
    Strip,
    To,
    Words,
)
from bot.core.events import Chat, Event, Media, Pressed, Said, Sender
from bot.core.frame import Agent, Contact, Frame, Promises
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.match import Match
from bot.core.people import Talk
from bot.core.world import Link, Move, Needs, World
from bot.store.database import Database
from bot.texts.text import Text

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=ZONE)
AASE, KARIM, METTE, ULLA, GROUP = 71, 72, 2001, 2101, -1001

FRAME = Frame(
    municipality="Gentofte",
    bot_name="Vi skaber sammen",
    contact=Contact("39 98 00 00", {"da": "9-15"}, {"da": "Rådhuset"}),
    privacy_link="https://example.org/privat",
    agents={"mette": Agent("mette", "Mette Holm", "sparringsagent", METTE, "group")},
    topics={},
    coordinator="mette",
    leader="mette",
    admins=frozenset({ULLA}),
    signposts={},
    emergency_lines={},
    promises=Promises(2, hour(16), frozenset[date](), hour(21), hour(7)),
    area=None,
    questions=(),
    rules_hash="abc",
    staff_chat=GROUP,
)


@dataclass
class Telegram:
    """Performs calls: by default all are carried out; `answers` holds what is answered next, by method or chat."""

    calls: list[Call] = field(default_factory=list)
    answers: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    next_message: int = 1000
    hold: asyncio.Event | None = None
    in_flight: int = 0
    most_in_flight: int = 0
    times: list[float] = field(default_factory=list)

    async def __call__(self, call: Call) -> Outcome:
        """Make the call."""
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if self.hold is not None:
                await self.hold.wait()
            await asyncio.sleep(0)
            return self._answer(call)
        finally:
            self.in_flight -= 1

    def _answer(self, call: Call) -> Outcome:
        self.calls.append(call)
        self.times.append(time.monotonic())
        for key in (call.method, call.lane):
            if self.answers[key]:
                return self.answers[key].pop(0)
        if call.method == "sendMediaGroup":
            return Sent([self._message() for _ in call.params["media"]])
        if call.method == "createForumTopic":
            return Sent({"message_thread_id": self._message()["message_id"], "name": call.params["name"]})
        return Sent(self._message() if call.method.startswith(("send", "copy", "edit")) else True)

    def _message(self) -> dict[str, int]:
        self.next_message += 1
        return {"message_id": self.next_message}

    def texts(self, chat: int) -> list[str]:
        """What was said in a chat, in order."""
        return [call.params["text"] for call in self.calls if call.lane == str(chat) and "text" in call.params]


@dataclass
class HandClock:
    """A clock that is set by hand."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


def translate(updates: Sequence[Mapping[str, Any]], now: datetime) -> Event | None:
    """Raw updates as events, as far as these tests send any."""
    first = updates[0]
    if "callback_query" in first:
        press = first["callback_query"]
        chat, sender = _chat(press["message"]), _sender(press)
        return Pressed(chat, sender, press["message"]["message_id"], press["id"], press["data"], now)
    if "message" not in first:
        return None
    messages = [update["message"] for update in updates]
    if messages[0].get("text") == "unreadable":
        raise ValueError("unreadable")
    return Said(
        chat=_chat(messages[0]),
        sender=_sender(messages[0]),
        message_ids=tuple(message["message_id"] for message in messages),
        at=now,
        text="".join(message.get("text", message.get("caption", "")) for message in messages),
        media=tuple(Media("photo", one["photo"], one["message_id"]) for one in messages if "photo" in one),
        reply_to=messages[0].get("reply_to_message", {}).get("message_id"),
    )


def _chat(message: Mapping[str, Any]) -> Chat:
    chat = message["chat"]
    return Chat(chat["id"], "private" if chat["id"] > 0 else "group", message.get("message_thread_id"))


def _sender(said: Mapping[str, Any]) -> Sender:
    return Sender(said["from"]["id"], said["from"].get("first_name", "Aase"))


def render(effect: Effect, speak: Callable[[Content], Text]) -> Sequence[Call]:
    """The calls of an effect, as far as these tests use any."""
    match effect:
        case Say(to=To(chat=chat, topic_of=about), content=content):
            params: dict[str, Any] = {"chat_id": chat, "text": speak(content).plain}
            if about:
                params["message_thread_id"] = {"topic": about}
            if effect.reply_to is not None and effect.reply_to.role:
                wanted = {"role": effect.reply_to.role, "about": effect.reply_to.about}
                params["reply_parameters"] = {"message_id": wanted}
            return [Call("sendMessage", str(chat), params)]
        case SendMedia(to=To(chat=chat), media=media):
            files = [{"type": "photo", "media": one.file_id} for one in media]
            return [Call("sendMediaGroup", str(chat), {"chat_id": chat, "media": files})]
        case Rewrite(target=target, content=content):
            which = {"role": target.role, "about": target.about} if target.role else target.message_id
            params = {"chat_id": target.chat, "message_id": which, "text": speak(content).plain}
            return [Call("editMessageText", str(target.chat), params)]
        case Erase(target=target) | Strip(target=target) | Pin(target=target):
            method = {"Erase": "deleteMessage", "Strip": "editMessageReplyMarkup", "Pin": "pinChatMessage"}
            params = {"chat_id": target.chat, "message_id": target.message_id}
            return [Call(method[type(effect).__name__], str(target.chat), params)]
        case Answer(callback_id=press):
            return [Call("answerCallbackQuery", f"press:{press}", {"callback_query_id": press})]
        case MakeTopic(chat=chat, name=name):
            return [Call("createForumTopic", str(chat), {"chat_id": chat, "name": name})]
        case NameTopic(chat=chat, about=about, name=name):
            where = {"chat_id": chat, "message_thread_id": {"topic": about}, "name": name}
            return [Call("editForumTopic", str(chat), where)]
    raise ValueError(type(effect).__name__)


def speak(content: Content) -> Text:
    """A text's key with its fields, or a person's own words."""
    match content:
        case Words(key=key, fields=fields):
            return Text(" ".join([key, *(f"{name}={value}" for name, value in sorted(fields.items()))]))
        case Quote(text=words):
            return Text(words)
        case Parts(parts=parts):
            return Text("\n".join(speak(one).plain for one in parts))


def echo(world: World, event: Event) -> Move:
    """Answer what was said with the same words, and count in `puzzled` how often."""
    move = Move.of(world)
    if isinstance(event, Said):
        if "stumble" in event.text:
            raise KeyError("secret words of a citizen")
        move.talk = replace(move.talk, puzzled=move.talk.puzzled + 1, lang="da")
        move.do(Say(To(event.chat.id, thread=event.chat.thread), Quote(event.text or f"{len(event.media)} photos")))
    return move


def nothing_needed(_event: Event, _talk: Talk, _target: Link | None, _topic: int, _frame: Frame) -> Needs:
    """No initiative."""
    return Needs()


def route(_text: str) -> Match:
    """Routing that finds nothing."""
    return Match("idea", (), False, "mette", "da", "abc")


def initiative(number: int = 12, owner: int = AASE, **changes: Any) -> Initiative:
    """An initiative of Aase's that Mette has."""
    made = Initiative(
        number=number, owner=owner, owner_name="Aase", lang="da", title="Cykler ved stationen", words=(), topics=(),
        stage=Stage.WITH_AGENT, responsible="mette", responsible_name="Mette Holm", responsible_title="agent",
        step=NextStep("Mette Holm", MONDAY + timedelta(days=2), Turn.AGENT, "måler op"), sent=MONDAY,
        first_due=MONDAY, touched=MONDAY,
    )  # fmt: skip
    return replace(made, **changes)


def said(number: int, text: str = "hej", chat: int = AASE, **more: Any) -> dict[str, Any]:
    """An update with a text message."""
    message = {
        "message_id": number,
        "date": 1_793_606_400,
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
        "from": {"id": chat if chat > 0 else METTE, "first_name": "Aase"},
        "text": text,
    } | more
    return {"update_id": number, "message": message}


def photo(number: int, album: str, chat: int = AASE) -> dict[str, Any]:
    """An update with one photo of an album."""
    update = said(number, chat=chat, media_group_id=album, photo=f"file{number}")
    del update["message"]["text"]
    return update


def pressed(number: int, chat: int = AASE, message: int = 1, data: str = "x") -> dict[str, Any]:
    """An update with the press of a button."""
    under = {"message_id": message, "chat": {"id": chat}}
    press = {"id": f"cb{number}", "from": {"id": chat if chat > 0 else METTE}, "message": under, "data": data}
    return {"update_id": number, "callback_query": press}


class House:
    """The shell with all that it needs; `async with House(folder) as house`."""

    def __init__(self, folder: Path, limits: Limits = UNLIMITED, **rooms: Any) -> None:
        self.folder = folder
        self.limits = limits
        self.telegram = Telegram()
        self.clock = HandClock()
        self.frame = FRAME
        self.rooms = Rooms(
            **{
                "step": echo, "needs": nothing_needed, "translate": translate, "render": render, "speak": speak,
                "perform": self.telegram, "clock": self.clock, "frame": lambda: self.frame, "route": route,
                "intent": lambda _words: "", "answer": lambda _words, _lang: None,
                "renew": lambda chat, one: [MakeTopic(chat, one.number, f"Nr. {one.number}")],
                "moved": lambda _old, _new: None,
            } | rooms
        )  # fmt: skip
        self.store: Database
        self.shell: Shell

    async def __aenter__(self) -> "House":
        """Open and start."""
        self.store = await Database.open(self.folder / "skab.db")
        self.shell = Shell(self.store, self.rooms, self.limits)
        self.shell.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop and close."""
        await self.shell.stop()
        await self.store.close()

    async def hears(self, *updates: Any) -> None:
        """Let Telegram send these updates in one fetch, and wait until all that follows is done."""
        await self.shell.take(updates)
        await self.idle()

    async def idle(self, seconds: float = 10) -> None:
        """Wait until nothing is left to do."""
        await until(self.shell.idle, seconds)

    async def does(self, *effects: Effect, about: Initiative | None = None) -> None:
        """Let effects happen as if a step had decided them, and wait until they are carried out."""

        def work(transaction: Any) -> None:
            if about is not None:
                transaction.initiatives.save(about)
            composer = Composer(transaction, self.rooms, self.clock())
            composer.follow(effects)
            composer.save(time.time())

        await self.store.write(work)
        self.shell.look()
        await self.idle()

    async def rows(self, query: str) -> list[Any]:
        """Look into the database."""
        return await self.store.read(lambda transaction: transaction.connection.exec_driver_sql(query).all())


async def until(condition: Callable[[], Any], seconds: float = 5) -> None:
    """Wait until a condition holds (it may be a coroutine function)."""
    end = time.monotonic() + seconds
    while True:
        held = condition()
        if await held if asyncio.iscoroutine(held) else held:
            return
        assert time.monotonic() < end, "it did not come to pass"
        await asyncio.sleep(0.01)


def say(text: str, chat: int = AASE, **more: Any) -> Say:
    return Say(To(chat), Quote(text), **more)
