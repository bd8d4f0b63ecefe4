"""A group becomes a supergroup: what is on its way arrives there, and what stood in the old one is left alone."""

from pathlib import Path
from typing import Any

from bot.conversation.ports import Moved
from bot.core.effects import Erase, Forget, Quote, Ref, Rewrite, Strip, Tag
from bot.core.events import Delivery, Event, Fell, Forgotten, Left
from bot.core.initiative import Desk
from bot.core.world import Move, World
from tests.conversation.house import AASE, GROUP, House, initiative, say, until


async def test_a_group_that_moved_gets_what_was_on_its_way_at_its_new_address(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.telegram.answers[str(GROUP)] = [Moved(-2002)]
        await house.does(
            say("et", GROUP, tag=Tag("card", 12)), say("to", GROUP), about=initiative(12, desks=(Desk(GROUP, True),))
        )
        assert house.telegram.texts(-2002) == ["et", "to"]
        assert house.telegram.calls[1].params["chat_id"] == -2002
        assert await house.store.read(lambda one: one.messages.newest(-2002, "card", 12))
        moved = await house.store.read(lambda one: one.initiatives.some([12]))
        assert moved[12].desks == (Desk(-2002, True),)


async def test_what_stands_in_the_group_as_it_was_is_never_looked_for_by_its_number_in_the_new_one(
    tmp_path: Path,
) -> None:
    heard: list[Any] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        await house.does(say("kortet", GROUP, tag=Tag("card", 12)), about=initiative(12, desks=(Desk(GROUP, True),)))
        house.telegram.answers[str(GROUP)] = [Moved(-2002), Moved(-2002)]
        await house.does(
            Erase(Ref(GROUP, 3), None, Tag("erased", 12, AASE, 5), tell=True),
            Rewrite(Ref(GROUP, role="card", about=12), Quote("kortet nu")),
            Strip(Ref(GROUP, 4)),
        )
        await house.does(say("til borgeren", tag=Tag("reply", 12, GROUP, 8), tell=True))
        changed = [call for call in house.telegram.calls if "message_id" in call.params]
        assert {call.params["chat_id"] for call in changed} == {GROUP}, "3 and 4 are strangers' messages in the new one"
        came = [event for event in heard if isinstance(event, Delivery)]
        told = [(event.outcome, event.role, event.origin_chat, event.origin_message) for event in came]
        assert told == [("rejected", "erased", AASE, 5), ("delivered", "reply", GROUP, 8)]
        assert await house.rows("SELECT method FROM outbox WHERE state = 'parked'") == [("deleteMessage",)]
        assert [event.key for event in heard if isinstance(event, Fell)] == ["new_number:-2002:13"], "once"


async def test_a_deletion_says_of_what_stands_in_the_group_as_it_was_that_it_stays(tmp_path: Path) -> None:
    heard: list[Any] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        case = initiative(12, desks=(Desk(GROUP, False),))
        await house.does(say("hendes ord", GROUP, tag=Tag("relay", 12, AASE, 5, AASE)), about=case)
        stands = house.telegram.next_message
        house.telegram.answers["deleteMessage"] = [Moved(-2002)]
        await house.does(Forget(AASE, "da"))
        await until(lambda: any(isinstance(event, Forgotten) for event in heard))
        tried = [call.params for call in house.telegram.calls if call.method == "deleteMessage"]
        assert [(one["chat_id"], one["message_id"]) for one in tried] == [(GROUP, stands)], "and in the new one nothing"
        (gone,) = [event for event in heard if isinstance(event, Forgotten)]
        assert gone.left == (Left(GROUP, "text", "kept"),)
