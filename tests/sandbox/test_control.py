"""The tester's hand: clock, calls, faults, limits, events, starting over."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from tests.sandbox.box import MONDAY, TOKEN, Box

pytestmark = pytest.mark.asyncio
REFUSALS = [
    ("400", 400, "Bad Request: fault on demand"),
    ("403", 403, "Forbidden: bot was blocked by the user"),
    ("429", 429, "Too Many Requests: retry after 17"),
    ("500", 500, "Internal Server Error"),
    ("502", 502, "Bad Gateway"),
]


async def test_the_clock_moves_messages_and_tells_the_bot_through_its_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    async with serve(TOKEN, clock_file=file) as running, aiohttp.ClientSession() as session:
        box = Box(session, running.url)
        assert float(file.read_text()) == 0
        before = (await box.do("clock", set=MONDAY))["offset"]
        moved = await box.do("clock", forward=3600)
        assert moved["offset"] == pytest.approx(before + 3600)
        assert float(file.read_text()) == pytest.approx(moved["offset"], abs=1e-3)
        assert moved["now"].startswith("2026-11-02T10:00:0")
        sent = await box.tell(await box.person())
        assert sent["date"] - datetime.fromisoformat(MONDAY).timestamp() == pytest.approx(3600, abs=5)
        assert (await box.do("clock", to="monday9"))["now"].startswith("2026-11-09T09:00:0")
    async with serve(TOKEN, clock_file=file) as running:
        assert running.world.clock.offset == pytest.approx(float(file.read_text()))


async def test_monday_at_nine_stays_nine_when_the_clocks_are_changed(box: Box) -> None:
    await box.do("clock", set="2026-10-23T12:00:00+02:00")
    assert (await box.do("clock", to="monday9"))["now"].startswith("2026-10-26T09:00:00")


@pytest.mark.parametrize("wish", [{}, {"to": "friday"}, {"set": "soon"}, {"forward": "far"}])
async def test_a_clock_that_is_moved_nowhere_says_how_it_is_done(box: Box, wish: dict[str, str]) -> None:
    status, body = await box.refused("clock", **wish)
    assert status == 400
    assert body["error"]


async def test_every_call_is_logged_with_what_was_asked_and_answered(box: Box) -> None:
    aase, bo = await box.person("Aase"), await box.person("Bo")
    start = (await box.see("calls"))["next"]
    form = {"chat_id": str(aase), "text": "{hi", "reply_markup": '{"force_reply": true}'}
    async with box.http.post(f"{box.url}/bot{TOKEN}/sendMessage", data=form) as answer:
        sent = (await answer.json())["result"]
    await box.call("sendMessage", chat_id=bo, text="")
    await box.call("sendChatAction", chat_id=aase, action="typing")
    await box.call("getUpdates")
    log = await box.see("calls", after=start, chat=aase)
    first, second = log["calls"]
    assert first["params"] == {"chat_id": aase, "text": "{hi", "reply_markup": {"force_reply": True}}
    assert (first["status"], first["result"], first["chat_id"]) == (200, sent, aase)
    assert second["method"] == "sendChatAction"
    (refused,) = (await box.see("calls", after=start, chat=bo))["calls"]
    assert (refused["status"], refused["result"]["description"]) == (400, "Bad Request: message text is empty")
    assert [c["method"] for c in (await box.see("calls", after=start, polls=1))["calls"]][-1] == "getUpdates"
    assert [c["n"] for c in (await box.see("calls", after=first["n"], method="sendmessage"))["calls"]] == [refused["n"]]
    assert log["next"] == start + 4


@pytest.mark.parametrize(("kind", "code", "text"), REFUSALS)
async def test_a_refusal_on_demand_strikes_once_and_nothing_is_sent(box: Box, kind: str, code: int, text: str) -> None:
    aase = await box.person()
    await box.do("faults", method="sendMessage", kind=kind)
    refused = await box.call("sendMessage", chat_id=aase, text="hi")
    assert refused.error == (code, text)
    if kind == "429":
        assert refused.body["parameters"] == {"retry_after": 17}
    assert await box.shown(aase) == []
    await box.tell(aase)
    (call, _) = (await box.see("calls", method="sendMessage"))["calls"]
    assert (call["fault"], call["status"]) == (kind, code)


@pytest.mark.parametrize(("kind", "arrives"), [("cut", False), ("cut_after", True)])
async def test_a_cut_connection_gives_no_answer(box: Box, kind: str, arrives: bool) -> None:
    aase = await box.person()
    fault = await box.do("faults", method="*", kind=kind)
    with pytest.raises(aiohttp.ClientConnectionError):
        await box.call("sendMessage", chat_id=aase, text="hi")
    assert (await box.see(f"faults/{fault['id']}/wait"))["hits"] == 1
    assert len(await box.shown(aase)) == arrives


@pytest.mark.parametrize(("kind", "arrives"), [("freeze_before", False), ("freeze_after", True)])
async def test_a_frozen_call_is_never_answered(box: Box, kind: str, arrives: bool) -> None:
    aase = await box.person()
    fault = await box.do("faults", method="sendMessage", kind=kind)
    call = asyncio.create_task(box.call("sendMessage", chat_id=aase, text="hi"))
    assert (await box.see(f"faults/{fault['id']}/wait", timeout=5))["hits"] == 1
    assert not call.done()
    assert len(await box.shown(aase)) == arrives
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await box.tell(aase)


async def test_a_fault_waits_for_its_call_its_chat_and_its_turn(box: Box) -> None:
    aase, bo = await box.person("Aase"), await box.person("Bo")
    fault = await box.do("faults", method="sendMessage", chat=aase, nth=2, times=2, kind="500")
    await box.tell(aase)
    await box.tell(bo)
    statuses = [(await box.call("sendMessage", chat_id=aase, text="hi")).status for _ in range(3)]
    assert statuses == [500, 500, 200]
    (seen,) = (await box.see("faults"))["faults"]
    assert (seen["id"], seen["hits"]) == (fault["id"], 2)
    async with box.http.delete(f"{box.url}/sandbox/faults") as answer:
        assert await answer.json() == {"faults": []}


async def test_a_fault_of_no_probability_never_strikes_and_one_of_no_kind_is_refused(box: Box) -> None:
    aase = await box.person()
    await box.do("faults", kind="500", probability=0)
    await box.tell(aase)
    status, body = await box.refused("faults", kind="earthquake")
    assert status == 400
    assert "freeze_after" in body["error"]


async def test_one_chat_takes_a_short_burst_and_then_one_message_a_second(box: Box) -> None:
    aase, bo = await box.person("Aase"), await box.person("Bo")
    await box.do("limits", enforce=True)
    answers = await asyncio.gather(*(box.call("sendMessage", chat_id=aase, text=str(n)) for n in range(5)))
    refused = [answer for answer in answers if answer.status != 200]
    assert len(refused) == 2
    assert refused[0].error == (429, "Too Many Requests: retry after 1")
    assert refused[0].body["parameters"] == {"retry_after": 1}
    await box.tell(bo)
    assert (await box.call("sendChatAction", chat_id=aase, action="typing")).result is True


async def test_a_group_takes_20_messages_a_minute(box: Box) -> None:
    chat = await box.group(await box.person("Mette"))
    await box.do("limits", enforce=True, per_chat_per_second=1000)
    statuses = [(await box.call("sendMessage", chat_id=chat, text="x")).status for _ in range(21)]
    assert statuses == [200] * 20 + [429]


async def test_30_messages_a_second_go_out_in_all_and_an_album_counts_each_item(box: Box) -> None:
    people = [await box.person(f"P{n}") for n in range(60)]
    photo = {"type": "photo", "media": "https://example.org/a.jpg"}
    await box.do("limits", enforce=True)
    # All at once, and four seconds' worth: a busy machine takes longer than one over them.
    began = time.monotonic()
    answers = await asyncio.gather(
        *(box.call("sendMediaGroup", chat_id=person, media=[photo, photo]) for person in people)
    )
    took = time.monotonic() - began
    statuses = [answer.status for answer in answers]
    assert 15 <= statuses.count(200) <= 15 * (1 + took)
    assert statuses.count(429) == len(people) - statuses.count(200) >= 1


async def test_waiting_for_events_ends_with_the_first_one(box: Box) -> None:
    aase = await box.person()
    seq = (await box.see("state"))["seq"]
    waiting = asyncio.create_task(box.see("wait", after=seq, timeout=30))
    await box.see("state")
    said = await box.say(aase, "hello")
    found = await asyncio.wait_for(waiting, 5)
    (event,) = found["events"]
    assert (event["type"], event["chat"], event["payload"]["text"]) == ("message", aase, "hello")
    assert found["seq"] == event["seq"] == said["seq"]
    assert (await box.see("wait", after=found["seq"], timeout=0)) == {"events": [], "seq": found["seq"]}


async def test_a_chat_can_be_read_from_an_event_on(box: Box) -> None:
    aase = await box.person()
    first, second = await box.say(aase, "first"), await box.say(aase, "second")
    await box.do("edit", person=aase, chat=aase, message_id=first["message_id"], text="first, changed")
    news = (await box.see(f"chat/{aase}", viewer=aase, after=second["seq"]))["messages"]
    assert [(message["text"], message["views"]) for message in news] == [("first, changed", {"own": True})]


async def test_the_stream_tells_events_as_they_happen(box: Box) -> None:
    aase = await box.person()
    seq = (await box.see("state"))["seq"]
    async with box.http.get(f"{box.url}/sandbox/stream", params={"after": seq}) as stream:
        assert stream.content_type == "text/event-stream"
        await box.say(aase, "hello")
        event: dict[str, Any] = {}
        while not event:
            line = (await asyncio.wait_for(stream.content.readline(), 5)).decode()
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
    assert (event["type"], event["payload"]["text"]) == ("message", "hello")


async def test_starting_over_empties_the_world_and_keeps_the_bot(box: Box) -> None:
    aase = await box.person()
    await box.say(aase, "hello")
    await box.do("faults", kind="500")
    await box.do("reset")
    state = await box.see("state")
    assert (state["people"], state["chats"], state["bot"]["id"]) == ([], [], 42)
    assert await box.updates() == []
    assert (await box.see("faults"))["faults"] == []
    assert await box.person() == 1001


async def test_a_body_that_is_no_json_object_is_told(box: Box) -> None:
    for text in ("{", "[]"):
        async with box.http.post(f"{box.url}/sandbox/people", data=text) as answer:
            assert answer.status == 400
            assert "JSON" in (await answer.json())["error"]


async def test_what_no_phone_can_send_is_refused_in_json_and_the_world_stays_whole(box: Box) -> None:
    aase = await box.person()
    sent = await box.say(aase, "en bænk")
    own = {"person": aase, "chat": aase, "message_id": sent["message_id"]}
    for path, wish, told in (
        ("send", {"person": aase, "chat": aase, "dice": "x"}, "wrong dice emoji"),
        (
            "send",
            {"person": aase, "chat": aase, "text": "a", "entities": [bold(0, 2)]},
            "ends after the end of the text",
        ),
        ("edit", own | {"text": "x" * 4097}, "at most 4096"),
        ("edit", own | {"text": " "}, "can't be made empty"),
        ("clock", {"forward": 1e18}, "from 1970 to 2106"),
    ):
        status, body = await box.refused(path, **wish)
        assert (status, told in body["error"]) == (400, True), (path, body)
    for raw in (b'{"person": %d, "chat": %d, "text": "\\ud83d"}' % (aase, aase), b'{"forward": NaN}', b"[1]"):
        async with box.http.post(f"{box.url}/sandbox/send", data=raw) as answer:
            assert answer.status == 400
            assert "body" in (await answer.json())["error"]
    assert [message["text"] for message in await box.shown(aase)] == ["en bænk"]
    assert (await box.see("clock"))["now"].startswith("2026-11-02")


def bold(offset: int, length: int) -> dict[str, object]:
    return {"type": "bold", "offset": offset, "length": length}
