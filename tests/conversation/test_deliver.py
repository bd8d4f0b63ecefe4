"""What leaves goes out in order per chat, and no fault of one chat holds up another."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.conversation.pace import UNLIMITED, Limits
from bot.conversation.ports import Call, Outcome, Rejected, Retry, Sent, TopicGone, Unreachable
from bot.conversation.rows import Leaving, Rank
from bot.conversation.settle import Made, Settler
from bot.conversation.shell import Shell
from bot.core.effects import (
    Answer,
    Erase,
    MakeTopic,
    NameTopic,
    Pin,
    Quote,
    Ref,
    Rewrite,
    Say,
    SayFollowers,
    SendMedia,
    Tag,
    To,
    Words,
)
from bot.core.events import Delivery, Event, Media
from bot.core.people import Person
from bot.core.world import Move, World
from bot.store.database import Database
from tests.conversation.house import AASE, GROUP, KARIM, ULLA, House, initiative, said, say, until


async def test_a_message_is_remembered_by_what_it_is(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.does(say("kort", tag=Tag("card", 12, KARIM, 7, 2001, "x")))
        rows = await house.rows(
            'SELECT chat, message_id, role, about, origin_chat, origin_message, "by", detail FROM messages'
        )
        assert rows == [(AASE, house.telegram.next_message, "card", 12, KARIM, 7, 2001, "x")]
        assert await house.rows("SELECT state, params FROM outbox") == [("sent", "{}")]


async def test_each_photo_of_an_album_is_remembered(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        files = tuple(Media("photo", f"f{n}", n) for n in range(3))
        await house.does(SendMedia(To(AASE), files, tag=Tag("relay", 12)))
        assert len(await house.rows("SELECT message_id FROM messages WHERE role = 'relay'")) == 3


async def test_a_pause_that_telegram_asks_for_stops_that_chat_alone(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers[str(AASE)] = [Retry(2.0, True, "Too Many Requests")]
        started = time.monotonic()
        await house.does(say("a1"), say("a2"), say("k1", KARIM), say("k2", KARIM))
        tried = [(call.lane, call.params["text"]) for call in house.telegram.calls]
        assert tried[0] == (str(AASE), "a1")
        assert tried[-2:] == [(str(AASE), "a1"), (str(AASE), "a2")]
        karims = [at for at, call in zip(house.telegram.times, house.telegram.calls, strict=True) if call.lane == "72"]
        assert max(karims) < started + 1.9
        assert house.telegram.times[-2] - house.telegram.times[0] >= 1.99


async def test_when_telegram_cannot_be_reached_nothing_is_lost_and_order_is_kept(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers["sendMessage"] = [Retry(0.05, False, "Bad Gateway")] * 4
        with structlog.testing.capture_logs() as logs:
            await house.does(say("hemmelig 1"), say("hemmelig 2"), say("k1", KARIM))
        assert house.telegram.texts(AASE)[-2:] == ["hemmelig 1", "hemmelig 2"]
        assert house.telegram.texts(KARIM)[-1] == "k1"
        assert any(log["event"] == "telegram_unreachable" for log in logs)
        assert "hemmelig" not in str(logs)


async def test_pauses_grow_with_each_failure_up_to_a_cap(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.store = await Database.open(tmp_path / "skab.db")
    settler = Settler(house.rooms, lambda: 0.0)

    def pause(one: Any, tries: int) -> float:
        one.outbox.add([], 0.0)
        row = one.outbox.due(1, ())[0]
        return settler.settle(one, [Made(replace(row, tries=tries), Retry(0.0, False, "x"))]).rest[str(AASE)]

    await house.store.write(lambda one: one.outbox.add([Leaving(str(AASE), "sendMessage", {})], 0.0))
    pauses = [await house.store.write(pause, tries) for tries in range(12)]
    for tries, seconds in enumerate(pauses):
        whole = min(30.0, 2.0**tries)
        assert whole / 2 <= seconds <= whole
    await house.store.close()


async def test_a_person_who_blocked_the_bot_is_marked_and_their_sender_is_told(tmp_path: Path) -> None:
    heard: list[Event] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        await house.store.write(lambda one: one.people.save(Person(AASE, "Aase")))
        house.telegram.answers[str(AASE)] = [Unreachable("bot was blocked by the user")]
        tags = [Tag("relay", 12, GROUP, message) for message in (5, 6)]
        await house.does(
            *(say(f"svar {n}", tag=tag, tell=True) for n, tag in enumerate(tags)), say("nyt"), say("hej", KARIM)
        )
        assert house.telegram.texts(AASE) == ["svar 0"]
        assert house.telegram.texts(KARIM) == ["hej"]
        assert await house.store.read(lambda one: one.people.person(AASE)) == Person(AASE, "Aase", reachable=False)
        outcomes = [(e.outcome, e.chat, e.origin_message) for e in heard if isinstance(e, Delivery)]
        assert outcomes == [("unreachable", AASE, 5), ("unreachable", AASE, 6)]
        states = await house.rows("SELECT DISTINCT state, error FROM outbox WHERE lane = '71'")
        assert states == [("parked", "unreachable: bot was blocked by the user")]


async def test_what_telegram_refuses_is_put_aside_and_humans_are_told_once(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.people.save(Person(ULLA, "Ulla")))
        house.telegram.answers[str(AASE)] = [Rejected("MESSAGE_TOO_LONG")] * 2
        await house.does(say("a"), say("b"), say("c"))
        assert house.telegram.texts(AASE) == ["a", "b", "c"]
        assert house.telegram.texts(ULLA) == ["admin.message_parked reason=MESSAGE_TOO_LONG row=1"]
        parked = await house.rows("SELECT id, state, error FROM outbox WHERE state = 'parked'")
        assert parked == [(1, "parked", "MESSAGE_TOO_LONG"), (2, "parked", "MESSAGE_TOO_LONG")]


async def test_a_notice_that_is_refused_makes_no_further_notices(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers["sendMessage"] = [Rejected("a")] + [Rejected("b")] * 5
        await house.does(say("hej"))
        assert len(house.telegram.calls) == 2


async def test_what_is_fulfilled_already_is_simply_done(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers["editMessageText"] = [Rejected("message is not modified", harmless=True)]
        await house.does(Rewrite(Ref(AASE, 5), Quote("nyt")))
        assert await house.rows("SELECT state, error FROM outbox") == [("dropped", "message is not modified")]
        assert not house.telegram.texts(GROUP)


async def test_a_pin_that_is_not_allowed_is_told_and_not_kept(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers["pinChatMessage"] = [Rejected("not enough rights")]
        await house.does(Pin(Ref(GROUP, 5)))
        assert await house.rows("SELECT state FROM outbox WHERE method = 'pinChatMessage'") == [("dropped",)]
        assert len(house.telegram.texts(GROUP)) == 1


async def test_a_message_that_carries_several_on_is_found_by_each_of_them(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.does(say("a\nb\nc", GROUP, tag=Tag("relay", 12, AASE, 5, AASE, parts=(6, 7))))
        sent = house.telegram.next_message
        for message in (5, 6, 7):
            (link,) = await house.store.read(lambda one, which=message: one.messages.copies(AASE, which))
            assert (link.message_id, link.origin_message, link.first) == (sent, message, 5)
        known = await house.store.read(lambda one: one.messages.at(GROUP, sent))
        assert known is not None
        assert (known.origin_message, known.detail) == (5, "")


async def test_a_refused_message_tells_its_sender(tmp_path: Path) -> None:
    heard: list[Any] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        house.telegram.answers[str(AASE)] = [Rejected("too long")]
        await house.does(say("svar", tag=Tag("relay", 12, GROUP, 5), tell=True))
        assert [(event.outcome, event.reason) for event in heard] == [("rejected", "too long")]


async def test_an_erased_message_is_told_of_with_how_it_was_erased(tmp_path: Path) -> None:
    heard: list[Any] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        house.telegram.answers["deleteMessage"] = [Sent(True), Sent({"message_id": 6, "overwritten": True})]
        for message in (5, 6):
            tag = Tag("erased", 12, detail="x")
            await house.does(Erase(Ref(AASE, message), Words("erased"), tag=tag, tell=True))
        assert [(event.outcome, event.role, event.reason) for event in heard] == [
            ("delivered", "erased", ""), ("delivered", "erased", "overwritten"),
        ]  # fmt: skip
        assert await house.rows("SELECT count(*) FROM messages") == [(0,)]


async def test_a_message_goes_into_its_initiatives_topic(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.does(
            MakeTopic(GROUP, 12, "Nr. 12"), Say(To(GROUP, topic_of=12), Quote("kort"), tag=Tag("card", 12))
        )
        thread = await house.store.read(lambda one: one.topics.thread(GROUP, 12))
        assert house.telegram.calls[-1].params == {"chat_id": GROUP, "text": "kort", "message_thread_id": thread}
        await house.does(Say(To(GROUP, topic_of=99), Quote("i det fælles")))
        assert house.telegram.calls[-1].params == {"chat_id": GROUP, "text": "i det fælles"}


async def test_a_deleted_topic_is_made_anew_before_what_was_to_go_there(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.topics.keep(GROUP, 12, 5))
        house.telegram.answers["sendMessage"] = [TopicGone("message thread not found")]
        await house.does(*(Say(To(GROUP, topic_of=12), Quote(text)) for text in ("et", "to")), about=initiative(12))
        made = [(call.method, call.params.get("text"), call.params.get("message_thread_id"))
                for call in house.telegram.calls]  # fmt: skip
        thread = await house.store.read(lambda one: one.topics.thread(GROUP, 12))
        assert thread != 5
        assert made == [
            ("sendMessage", "et", 5), ("createForumTopic", None, None), ("sendMessage", "et", thread),
            ("sendMessage", "to", thread),
        ]  # fmt: skip


async def test_what_finds_no_topic_twice_goes_to_the_common_one(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.topics.keep(GROUP, 12, 5))
        house.telegram.answers["sendMessage"] = [TopicGone("gone")] * 2
        await house.does(Say(To(GROUP, topic_of=12), Quote("kort")), about=initiative(12))
        sent = [call for call in house.telegram.calls if call.method == "sendMessage"]
        assert len(sent) == 3
        assert sent[-1].params == {"chat_id": GROUP, "text": "kort"}


async def test_a_topic_that_is_gone_is_not_renamed_and_not_made_for_that(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.topics.keep(GROUP, 12, 5))
        house.telegram.answers["editForumTopic"] = [TopicGone("gone")]
        await house.does(NameTopic(GROUP, 12, "nyt navn"), NameTopic(GROUP, 99, "uden emne"), about=initiative(12))
        assert [call.method for call in house.telegram.calls] == ["editForumTopic"]


async def test_the_newest_message_of_a_role_is_found_when_the_call_is_made(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        card = Tag("card", 12)
        await house.does(
            say("kort", tag=card), say("nyt kort", tag=card),
            Rewrite(Ref(AASE, role="card", about=12), Quote("rettet")),
            say("svar", reply_to=Ref(AASE, role="card", about=12)),
            say("løst", reply_to=Ref(AASE, role="card", about=77)),
            Rewrite(Ref(AASE, role="card", about=77), Quote("findes ikke")),
        )  # fmt: skip
        calls = house.telegram.calls
        newest = house.telegram.next_message - 3
        assert [call.params.get("message_id") for call in calls if call.method == "editMessageText"] == [newest]
        assert calls[3].params["reply_parameters"] == {"message_id": newest}
        assert "reply_parameters" not in calls[4].params
        assert len(calls) == 5


async def test_the_answer_to_a_press_passes_all_that_waits(tmp_path: Path) -> None:
    async with House(tmp_path, Limits(overall=20.0)) as house:
        await house.does(*(say(f"{n}", AASE + n) for n in range(12)), Answer("cb1"))
        assert [call.method for call in house.telegram.calls].index("answerCallbackQuery") <= 1


async def test_news_to_many_let_answers_pass(tmp_path: Path) -> None:
    async with House(tmp_path, Limits(overall=40.0)) as house:

        def follow(one: Any) -> None:
            for n in range(30):
                one.people.save(Person(5000 + n, "Følger", lang="en" if n == 3 else "da"))
                one.initiatives.follow(5000 + n, 12, True)

        await house.store.write(follow)
        await house.does(SayFollowers(12, "news", tag=Tag("news", 12)), say("svar"), about=initiative(12))
        lanes = [call.lane for call in house.telegram.calls]
        assert lanes.index(str(AASE)) <= 1
        assert sorted(lanes) == sorted([str(AASE), *(str(5000 + n) for n in range(30))])


async def test_news_to_many_leave_one_by_one_and_answers_beside_them(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.hold = asyncio.Event()

        def prepare(one: Any) -> None:
            one.outbox.add([replace(_leaving(5000 + n, "nyt"), rank=Rank.NEWS) for n in range(5)], time.time())
            one.outbox.add([_leaving(AASE, "svar"), _leaving(KARIM, "svar")], time.time())

        await house.store.write(prepare)
        house.shell.look()
        await until(lambda: house.telegram.in_flight == 3)
        await asyncio.sleep(0.1)
        assert house.telegram.in_flight == 3
        house.telegram.hold.set()
        await house.idle()
        assert len(house.telegram.calls) == 7


async def test_a_chat_is_not_flooded(tmp_path: Path) -> None:
    async with House(tmp_path, Limits(chat=5.0, burst=2)) as house:
        started = time.monotonic()
        await house.does(*(say(str(n)) for n in range(6)), *(say(str(n), KARIM) for n in range(2)))
        assert time.monotonic() - started >= 4 / 5
        assert house.telegram.texts(AASE) == [str(n) for n in range(6)]


async def test_a_chat_with_a_long_queue_does_not_hide_the_others_behind_it(tmp_path: Path) -> None:
    async with House(tmp_path, Limits(chat=0.5, burst=1)) as house:
        await house.store.write(lambda one: one.outbox.add([_leaving(AASE, str(n)) for n in range(400)], time.time()))
        await house.store.write(lambda one: one.outbox.add([_leaving(KARIM, "hej")], time.time()))
        house.shell.look()
        await until(lambda: house.telegram.texts(KARIM) == ["hej"], 3)


def _leaving(chat: int, text: str) -> Any:
    return Leaving(str(chat), "sendMessage", {"chat_id": chat, "text": text})


async def test_a_kill_before_a_call_was_written_down_repeats_at_most_that_call(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.store = await Database.open(tmp_path / "skab.db")
    await house.store.write(lambda one: one.outbox.add([_leaving(AASE, str(n)) for n in range(5)], time.time()))
    shell = Shell(house.store, house.rooms, UNLIMITED)
    shell.start()
    calls: list[str] = []
    stuck = asyncio.Event()

    async def perform(call: Call) -> Outcome:
        calls.append(call.params["text"])
        if call.params["text"] == "2":
            stuck.set()
            await asyncio.Event().wait()
        return Sent({"message_id": 1})

    object.__setattr__(house.rooms, "perform", perform)
    await asyncio.wait_for(stuck.wait(), 5)
    for loop in shell._loops:
        loop.cancel()
    await asyncio.gather(*shell._loops, return_exceptions=True)
    for call in asyncio.all_tasks() - {asyncio.current_task()}:
        call.cancel()
    await house.store.close()
    again = House(tmp_path)
    async with again:
        await again.idle()
        assert calls + again.telegram.texts(AASE) == ["0", "1", "2", "2", "3", "4"]


async def test_stopping_lets_calls_in_flight_end_and_starts_no_others(tmp_path: Path) -> None:
    house = House(tmp_path)
    async with house:
        house.telegram.hold = asyncio.Event()
        await house.store.write(lambda one: one.outbox.add([_leaving(AASE, str(n)) for n in range(3)], time.time()))
        house.shell.look()
        await until(lambda: house.telegram.in_flight == 1)
        stopping = asyncio.create_task(house.shell.stop())
        await asyncio.sleep(0.05)
        house.telegram.hold.set()
        await asyncio.wait_for(stopping, 8)
        assert house.telegram.texts(AASE) == ["0"]
        assert await house.rows("SELECT state FROM outbox ORDER BY id") == [("sent",), ("due",), ("due",)]
        house.shell.start()


async def test_a_call_that_breaks_in_our_own_code_is_put_aside(tmp_path: Path) -> None:
    async def breaks(call: Call) -> Outcome:
        if call.lane == str(AASE):
            raise ZeroDivisionError("hemmeligt")
        return Sent({"message_id": 1})

    async with House(tmp_path, perform=breaks) as house:
        with structlog.testing.capture_logs() as logs:
            await house.does(say("a"), say("b", KARIM))
        states = await house.rows("SELECT lane, state, error FROM outbox WHERE id < 3")
        assert [row[:2] for row in states] == [(str(AASE), "parked"), ("", "sent")], (
            "what was sent says no more to whom"
        )
        assert "hemmeligt" not in str((logs, states))


@pytest.mark.parametrize("chat", [AASE, GROUP])
async def test_what_is_said_while_telegram_pauses_us_comes_after_what_waits(tmp_path: Path, chat: int) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers[str(chat)] = [Retry(0.3, True, "Too Many Requests")]
        await house.store.write(lambda one: one.outbox.add([_leaving(chat, "først")], time.time()))
        house.shell.look()
        await until(lambda: house.telegram.texts(chat) == ["først"])
        await house.hears(said(1, "bagefter", chat=chat))
        assert house.telegram.texts(chat) == ["først", "først", "bagefter"]
