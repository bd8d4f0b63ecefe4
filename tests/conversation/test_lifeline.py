"""Danger is answered although nothing can be stored: once, to citizens only, and the store's fault is told on."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.lifeline import Lifeline
from bot.conversation.shell import Shell
from bot.conversation.storage import StoreUnavailable
from bot.core.frame import EmergencyLine
from bot.core.match import Match
from tests.conversation.house import AASE, FRAME, GROUP, KARIM, METTE, House, pressed, said

LINES = {"112": EmergencyLine("112", "112", {"da": "Ring 112 nu.", "en": "Call 112 now."})}


def route(text: str) -> Match:
    kind: Any = "emergency" if "brand" in text or "fire" in text else "idea"
    return Match(kind, (), False, "mette", "en" if "fire" in text else "da", "abc", emergency="112" * (kind != "idea"))


class FullDisk:
    """A store that keeps nothing."""

    async def write(self, *_: Any, **__: Any) -> Any:
        raise StoreUnavailable("the disk is full")

    read = write


def burning(folder: Path) -> House:
    house = House(folder, route=route)
    house.frame = replace(FRAME, emergency_lines=LINES)
    return house


async def answer(house: House, updates: Sequence[Any]) -> None:
    await Lifeline(house.rooms).answer(updates)


async def test_with_a_full_disk_the_number_goes_out_once_and_telegram_is_not_told_received(tmp_path: Path) -> None:
    house = burning(tmp_path)
    shell = Shell(FullDisk(), house.rooms)  # type: ignore[arg-type]
    updates = [said(1, "der er brand i kælderen"), said(2, "flere bænke", KARIM)]
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            await shell.take(updates)
    assert house.telegram.texts(AASE) == ["Ring 112 nu."]
    assert house.telegram.texts(KARIM) == ["citizen.not_stored.said phone=39 98 00 00"]


async def test_whoever_writes_or_presses_while_nothing_can_be_stored_is_told_so_once_and_nothing_more(
    tmp_path: Path,
) -> None:
    house = burning(tmp_path)
    disk = FullDisk()
    shell = Shell(disk, house.rooms)  # type: ignore[arg-type]
    updates = [said(1, "flere bænke"), said(2, "og lys"), pressed(3), said(4, "internt", GROUP), pressed(5, GROUP)]
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            await shell.take(updates)
    assert house.telegram.texts(AASE) == ["citizen.not_stored.said phone=39 98 00 00"]
    assert house.telegram.texts(GROUP) == []
    presses = [call for call in house.telegram.calls if call.method == "answerCallbackQuery"]
    assert [call.params["callback_query_id"] for call in presses] == ["cb3", "cb5"]


async def test_who_writes_when_it_fails_again_is_told_again(tmp_path: Path) -> None:
    async with burning(tmp_path) as house:
        lifeline = Lifeline(house.rooms)
        for number in (1, 2):
            await lifeline.excuse([said(number, "flere bænke")])
            lifeline.works_again()
        assert len(house.telegram.texts(AASE)) == 2


async def test_the_number_comes_in_the_language_that_was_written(tmp_path: Path) -> None:
    house = burning(tmp_path)
    await answer(house, [said(1, "there is a fire")])
    assert house.telegram.texts(AASE) == ["Call 112 now."]


async def test_agents_and_groups_are_not_taken_for_citizens(tmp_path: Path) -> None:
    house = burning(tmp_path)
    await answer(house, [said(1, "brand", METTE), said(2, "brand", -1001)])
    assert house.telegram.calls == []


async def test_an_update_that_cannot_be_read_keeps_no_other_from_its_answer(tmp_path: Path) -> None:
    house = burning(tmp_path)
    await answer(house, ["nonsense", said(1, "unreadable"), said(2, "brand")])
    assert house.telegram.texts(AASE) == ["Ring 112 nu."]


async def test_while_the_store_works_nothing_goes_past_it(tmp_path: Path) -> None:
    async with burning(tmp_path) as house:
        await house.hears(said(1, "der er brand"))
        assert house.telegram.texts(AASE) == ["der er brand"]
