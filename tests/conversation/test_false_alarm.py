"""What only sounded like danger is held in the store: over a restart, in the citizen's own copy, and gone with them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.conversation.own_file import document, page
from bot.core import dialogue
from bot.core.effects import Forget, OwnFile, Redact, Words
from bot.core.frame import EmergencyLine
from bot.core.match import Match
from bot.core.people import Held, Talk
from tests.conversation.house import AASE, FRAME, MONDAY, House, initiative, pressed, said, until

LINES = {"112": EmergencyLine("112", "112", {"da": "Ring 112 nu."})}
MISREAD = "naboen falder om af træthed"


def route(text: str) -> Match:
    calm = Match("idea", (), False, "mette", "da", "abc")
    return replace(calm, kind="emergency", emergency="112", calm=calm) if "falder om" in text else calm


def town(folder: Path) -> House:
    house = House(folder, step=dialogue.step, needs=dialogue.needs, route=route)
    house.frame = replace(FRAME, emergency_lines=LINES)
    return house


async def talk(house: House) -> Talk:
    found: Talk = await house.store.read(lambda one: one.people.talk(str(AASE))) or Talk()
    return found


async def test_after_a_restart_the_button_brings_the_words_back(tmp_path: Path) -> None:
    async with town(tmp_path) as house:
        await house.hears(said(1, MISREAD))
        assert house.telegram.texts(AASE) == ["Ring 112 nu.\ncitizen.calm.way_back"]
    async with town(tmp_path) as house:
        await house.hears(pressed(2, data="calm:0:1"))
        draft, held = (await talk(house)).draft, (await talk(house)).held
        assert draft is not None
        assert [words.text for words in draft.standing] == [MISREAD]
        assert (draft.kind, held) == ("idea", ())
        assert MISREAD in house.telegram.texts(AASE)[0], "it is mirrored as any idea is"


async def test_a_day_later_nothing_is_held(tmp_path: Path) -> None:
    async with town(tmp_path) as house:
        await house.hears(said(1, MISREAD))
        assert [(row.kind, row.chat) for row in await house.rows("SELECT kind, chat FROM timers")] == [
            ("citizen_held", AASE)
        ]
        house.clock.now = MONDAY.replace(day=3, hour=10)

        async def forgotten() -> bool:
            return (await talk(house)).held == ()

        await until(forgotten)


async def test_it_is_in_the_citizens_own_copy_and_goes_with_all_the_rest(tmp_path: Path) -> None:
    async with town(tmp_path) as house:
        await house.hears(said(1, MISREAD))
        found = await house.store.read(lambda one: document(one, AASE, MONDAY, house.rooms))
        assert [one["ord"][0]["tekst"] for one in found["gemt_et_døgn"]] == [MISREAD]
        file = OwnFile(AASE, "da", "html", Words("x"), MONDAY)
        assert MISREAD in page(found, file, house.rooms)
        await house.does(Forget(AASE, "da"))
        assert await house.rows("SELECT * FROM talks") == []
        assert await house.rows("SELECT * FROM timers") == []


async def test_words_that_are_taken_away_at_the_agent_are_not_held_either(tmp_path: Path) -> None:
    async with town(tmp_path) as house:

        def keep(one: Any) -> None:
            one.initiatives.save(initiative(12, AASE))
            one.people.save_talk(str(AASE), AASE, Talk(focus=12))

        await house.store.write(keep)
        await house.hears(said(1, MISREAD), said(2, f"{MISREAD} igen"))
        assert [_id(held) for held in (await talk(house)).held] == [1, 2]
        await house.does(Redact(12, 1, AASE))
        assert [_id(held) for held in (await talk(house)).held] == [2]


def _id(held: Held) -> int:
    return held.said.message_ids[0]
