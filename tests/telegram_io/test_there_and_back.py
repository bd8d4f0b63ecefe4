"""What a person does on a phone, through fetching, understanding, wording and sending, to another phone."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.conversation.ports import Sent
from bot.core.effects import Content, Effect, Quote, Say, SendMedia, SendPlace, To, Words
from bot.core.events import Edited, Event, Joined, Membership, Migrated, Place, Pressed, Said, TopicChanged, Unknown
from bot.telegram_io.inbound import Poller
from bot.telegram_io.line import Line
from bot.telegram_io.outbound import Outbound
from bot.telegram_io.render import render
from bot.telegram_io.translate import Translator
from bot.texts.text import Text

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def speak(content: Content) -> Text:
    assert isinstance(content, Words)
    return Text(" ".join(map(str, (content.fields.get("n", content.key), "af", content.fields.get("of", 1)))))


class Ear:
    """Hears what the bot hears: all updates so far, in the order of Telegram."""

    def __init__(self, line: Line) -> None:
        self.updates: list[Mapping[str, Any]] = []
        self._more = asyncio.Event()
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(Poller(line, self._store).run(self._stop))

    async def _store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self.updates += updates
        self._more.set()

    async def hear(self, count: int) -> list[Mapping[str, Any]]:
        """The next `count` updates, taken off."""
        async with asyncio.timeout(10):
            while len(self.updates) < count:
                self._more.clear()
                await self._more.wait()
        heard, self.updates = self.updates[:count], self.updates[count:]
        return heard

    async def events(self, count: int) -> list[Event | None]:
        """The next `count` updates as events."""
        return [Translator("gentofte_bot")([update], NOW) for update in await self.hear(count)]

    async def hush(self) -> None:
        self._stop.set()
        await self._running


async def carry_out(line: Line, effect: Effect) -> list[Any]:
    results = []
    for call in render(effect, speak):
        outcome = await Outbound(line)(call)
        assert isinstance(outcome, Sent), outcome
        results.append(outcome.result)
    return results


async def test_five_thousand_characters_reach_the_agent_as_they_were_written(hand: Any, line: Line) -> None:
    karim, bo = await hand.citizen("Karim"), await hand.citizen("Bo")
    ear = Ear(line)
    await ear.hear(2)
    paragraph = "Vi vil <b>plante</b> *træer* og _cykler_ &amp; [x](y) 🌳 👨‍👩‍👧‍👦 ved søen. " + "ord " * 70
    text = "\n\n".join([paragraph] * 13)[:5000].strip()
    sent = await hand.do("send", person=karim, chat=karim, text=text)
    said = Translator()(await ear.hear(len(sent["messages"])), NOW)
    assert isinstance(said, Said)
    assert len(said.message_ids) == 2
    assert "".join(said.text.split()) == "".join(text.split())
    parts = await carry_out(line, Say(To(bo), Quote(said.text, Words("Karim"))))
    assert [part["text"].split("\n")[0][-8:] for part in parts] == ["(1 af 2)", "(2 af 2)"]
    assert "".join("".join(part["text"].split("\n")[1:]) for part in parts).replace(" ", "") == "".join(text.split())
    await ear.hush()


async def test_an_album_a_voice_and_a_place_reach_the_agent_in_order(hand: Any, line: Line) -> None:
    aase, mette = await hand.citizen(), await hand.citizen("Mette")
    group = await hand.group(mette)
    topic = await line.ask("createForumTopic", {"chat_id": group, "name": "nr. 1"})
    to = To(group, thread=topic["message_thread_id"])
    await hand.do("limits", enforce=False)  # pace is the outbox's business, not this test's
    ear = Ear(line)
    async with asyncio.timeout(10):
        while (await hand.do("updates/hold", hold=False))["waiting"]:
            ear.updates.clear()
    await hand.do("updates/hold", hold=True, only_first=2)
    await hand.do("album", person=aase, chat=aase, photos=4, captions=["", "sådan ser her ud hver morgen", "", ""])
    first = await _photos(ear, 2)
    await hand.do("updates/hold", hold=False)
    album = Translator()(first + await _photos(ear, 2), NOW)
    assert isinstance(album, Said)
    assert (len(album.media), album.text) == (4, "sådan ser her ud hver morgen")
    (sent,) = await carry_out(line, SendMedia(to, album.media, Words("Aase")))
    assert [message["photo"][-1]["file_id"] for message in sent] == [media.file_id for media in album.media]
    assert sent[1]["caption"] == "sådan ser her ud hver morgen"
    await hand.do("send", person=aase, chat=aase, voice={"duration": 47})
    await hand.do("send", person=aase, chat=aase, location={"latitude": 55.7637, "longitude": 12.5789})
    voice, place = await ear.events(2)
    assert isinstance(voice, Said)
    assert voice.media[0].duration == 47
    (sent,) = await carry_out(line, SendMedia(to, voice.media))
    assert "voice" in sent
    assert isinstance(place, Said)
    assert place.place == Place(55.7637, 12.5789)
    (sent,) = await carry_out(line, SendPlace(to, place.place))
    assert sent["message_thread_id"] == topic["message_thread_id"]
    await ear.hush()


async def _photos(ear: Ear, count: int) -> list[Mapping[str, Any]]:
    heard: list[Mapping[str, Any]] = []
    while len(heard) < count:
        heard += [update for update in await ear.hear(1) if "photo" in update.get("message", {})]
    return heard


async def test_everything_that_happens_in_a_staff_group_is_understood(hand: Any, line: Line) -> None:
    mette, nanna = await hand.citizen("Mette"), await hand.citizen("Nanna")
    ear = Ear(line)
    await ear.hear(2)
    group = await hand.group(mette)
    topic = await line.ask("createForumTopic", {"chat_id": group, "name": "nr. 1"})
    thread = topic["message_thread_id"]
    await _until(ear, lambda event: isinstance(event, Membership) and "can_manage_topics" in event.rights)
    await hand.do("send", person=mette, chat=group, thread=thread, text="internt")
    plain = await _until(ear, lambda event: isinstance(event, Said))
    assert (plain.chat.thread, plain.reply_to, plain.text) == (thread, None, "internt")
    await hand.do("send", person=mette, chat=group, thread=thread, text="svar", reply_to=plain.message_ids[0])
    assert (await _until(ear, lambda event: isinstance(event, Said))).reply_to == plain.message_ids[0]
    await hand.do("send", person=mette, chat=group, thread=thread, text="skjult", anonymous=True)
    assert (await _until(ear, lambda event: isinstance(event, Said))).sender.anonymous
    await hand.do("topic", chat=group, thread=thread, action="close", person=mette)
    assert (await _until(ear, lambda event: isinstance(event, TopicChanged))).change == "closed"
    await hand.do("member", chat=group, person=nanna, status="member")
    assert (await _until(ear, lambda event: isinstance(event, Joined))).who.name == "Nanna"
    await hand.do("member", chat=group, person="bot", status="kicked")
    gone = await _until(ear, lambda event: isinstance(event, Membership))
    assert gone.status == "kicked"
    await ear.hush()


async def test_a_press_an_edit_a_block_and_an_unknown_kind_are_understood(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    ear = Ear(line)
    await ear.hear(1)
    keyboard = {"inline_keyboard": [[{"text": "Send", "callback_data": "send:1"}]]}
    card = await line.ask("sendMessage", {"chat_id": aase, "text": "Klar?", "reply_markup": keyboard})
    await hand.do("press", person=aase, chat=aase, message_id=card["message_id"], button="Send")
    (press,) = await ear.events(1)
    assert isinstance(press, Pressed)
    assert (press.data, press.message_id, press.chat.id) == ("send:1", card["message_id"], aase)
    sent = await hand.do("send", person=aase, chat=aase, text="10 stativer")
    await hand.do("edit", person=aase, chat=aase, message_id=sent["messages"][0]["message_id"], text="20 stativer")
    _, edit = await ear.events(2)
    assert isinstance(edit, Edited)
    assert edit.text == "20 stativer"
    await hand.do("block", person=aase)
    (block,) = await ear.events(1)
    assert isinstance(block, Membership)
    assert (block.status, block.chat.kind) == ("kicked", "private")
    await hand.do("updates", thought_message={"chat": {"id": aase, "type": "private"}})
    (unknown,) = await ear.events(1)
    assert isinstance(unknown, Unknown)
    assert unknown.kind == "thought_message"
    await ear.hush()


async def test_a_group_moves_once(hand: Any, line: Line) -> None:
    mette = await hand.citizen("Mette")
    group = await hand.group(mette, kind="group", forum=False)
    ear = Ear(line)
    await hand.do("migrate", chat=group)
    moved = await _until(ear, lambda event: isinstance(event, Migrated))
    assert moved.old == group
    await hand.do("send", person=mette, chat=moved.new, text="her")
    rest = await _until(ear, lambda event: isinstance(event, Said | Migrated))
    assert isinstance(rest, Said)
    await ear.hush()


async def _until(ear: Ear, wanted: Any) -> Any:
    """The next event that is wanted; others before it are passed over."""
    while True:
        (event,) = await ear.events(1)
        if wanted(event):
            return event
