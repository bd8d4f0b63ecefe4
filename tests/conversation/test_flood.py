"""Who writes faster than anybody reads is gathered: nothing is dropped, nobody else waits, danger goes first."""

from collections import Counter
from pathlib import Path
from typing import Any

from bot.conversation.flood import BURST, REMEMBERED, WITHIN, Flood
from bot.conversation.gather import BURST_LONGEST, BURST_MOST, BURST_QUIET, ready
from bot.conversation.handle import Handler
from bot.conversation.intake import address, take_in
from bot.conversation.pace import UNLIMITED, Limits
from bot.core.match import Match
from bot.store.database import Database
from tests.conversation.house import AASE, KARIM, METTE, House, photo, pressed, said, until
from tests.conversation.test_gather import acts, row

FREE = Limits().free
T = 1000.0


def marked(house: House, updates: list[Any], now: float = T, flood: Flood | None = None) -> list[bool]:
    """Which of them are to be gathered as a flood."""
    flood = flood or Flood(house.rooms, FREE)
    return [(one.gather or "").startswith(BURST) for one in flood.mark([address(update) for update in updates], now)]


def test_a_lively_talk_passes_one_by_one_and_what_is_beyond_is_gathered(tmp_path: Path) -> None:
    many = [said(n) for n in range(FREE + 3)]
    assert marked(House(tmp_path), many) == [False] * FREE + [True] * 3


def test_after_a_pause_nothing_is_gathered(tmp_path: Path) -> None:
    house, flood = House(tmp_path), Flood(House(tmp_path).rooms, FREE)
    assert marked(house, [said(n) for n in range(FREE + 1)], flood=flood)[-1]
    assert not marked(house, [said(99)], T + WITHIN + 1, flood)[-1]


def test_everybody_is_counted_alone(tmp_path: Path) -> None:
    updates = [said(n, chat=AASE + n % 3) for n in range(3 * FREE)]
    assert not any(marked(House(tmp_path), updates))


def test_danger_commands_plain_words_swipes_places_and_agents_are_never_held_back(tmp_path: Path) -> None:
    def route(text: str) -> Match:
        return Match("emergency" if "brand" in text else "idea", (), False, "mette", "da", "abc")

    house = House(tmp_path, route=route, intent=lambda words: "status" if words == "status" else "")
    before = [said(n) for n in range(FREE + 1)]
    last = [
        said(90, "der er brand"), said(91, "/status"), said(92, "status"), said(93, reply_to_message={"message_id": 1}),
        said(94, location={"latitude": 55.7}), pressed(95), photo(96, "album"),
    ]  # fmt: skip
    assert marked(house, [*before, *last]) == [False] * FREE + [True] + [False] * len(last)
    assert not any(marked(house, [said(n, chat=METTE) for n in range(3 * FREE)]))


def burst(number: int, received: float, chat: int = AASE, text: str = "hej") -> Any:
    gathered = row(said(number, text, chat), received)
    return type(gathered)(
        **{name: getattr(gathered, name) for name in gathered.__slots__} | {"gather": f"{BURST}{chat}"}
    )


def test_a_flood_is_one_act_when_it_pauses_when_it_is_large_and_when_something_else_follows() -> None:
    few = [burst(1, T), burst(2, T + 1)]
    assert acts(ready(few, T + 2, 0)) == []
    assert ready(few, T + 2, 0).wake == T + 1 + BURST_QUIET
    assert acts(ready(few, T + 1 + BURST_QUIET, 0)) == [[1, 2]]
    assert acts(ready([*few, row(pressed(3), T + 1)], T + 1, 0)) == [[1, 2], [3]]
    many = [burst(n, T) for n in range(BURST_MOST + 1)]
    assert acts(ready(many, T, 0)) == [list(range(BURST_MOST))]


def test_a_flood_that_goes_on_is_passed_on_all_the_same_and_in_pieces_that_fit() -> None:
    going_on = [burst(n, T + n) for n in range(11)]
    assert acts(ready(going_on, T + BURST_LONGEST, 0)) == [list(range(11))]
    long = [burst(n, T, text="x" * 1400) for n in range(3)]
    assert acts(ready(long, T, 0)) == [[0, 1]]


async def test_nobody_stands_behind_the_floods_of_many_others(tmp_path: Path) -> None:
    async with House(tmp_path, limits=type(UNLIMITED)(1e9, 1e9, 10**6, 10**6, False, FREE)) as house:
        floods = [said(10_000 + n, str(n), 500 + n % 60) for n in range(60 * 30)]
        await house.shell.take([*floods, said(1, "flere bænke", KARIM)])
        await until(lambda: house.telegram.texts(KARIM) == ["flere bænke"], 30)
        await house.idle(60)
        # However slow the machine is: what each of them wrote beyond a few counts as one message before his.
        said_in_turn = [(call.lane, call.params["text"]) for call in house.telegram.calls if "text" in call.params]
        before_him = said_in_turn[: said_in_turn.index((str(KARIM), "flere bænke"))]
        assert max(Counter(lane for lane, _ in before_him).values(), default=0) <= FREE + 1
        for chat in range(500, 560):
            whole = "".join(house.telegram.texts(chat))
            assert whole == "".join(str(n) for n in range(60 * 30) if 500 + n % 60 == chat)


async def test_a_flood_that_waited_long_is_one_act_though_a_look_at_the_inbox_ends_in_it(tmp_path: Path) -> None:
    house = House(tmp_path)
    store = await Database.open(tmp_path / "skab.db")
    floods = [said(10_000 + n, str(n), 500 + n % 60) for n in range(60 * 30)]
    await store.write(take_in, house.rooms, [*floods, said(1, "flere bænke", KARIM)], None, T, Flood(house.rooms, FREE))
    # A machine that is so slow that all of it came a minute ago.
    handler = Handler(store, house.rooms, lambda: T + 60)
    turns = [await handler.turn()]
    while turns[-1].more:
        turns.append(await handler.turn())
    assert sum(turn.handled for turn in turns) == 60 * (FREE + 1) + 1
    await store.close()


async def test_floods_leave_no_trace_in_memory_beyond_the_chats_that_are_watched(tmp_path: Path) -> None:
    flood = Flood(House(tmp_path).rooms, FREE)
    for start in range(0, REMEMBERED + 500, 100):
        flood.mark([address(said(n, chat=10_000 + n)) for n in range(start, start + 100)], T)
    assert len(flood._lately) <= REMEMBERED
