"""The bot is put out of the staff's group: what was meant for it says whose it is elsewhere, and admins hear once."""

from pathlib import Path

import pytest

from bot.conversation.ports import Unreachable
from bot.core import standing
from bot.core.card import say
from bot.core.effects import Content, Quote, Say, SendMedia, Tag, TellHumans, To, TroubleOver
from bot.core.events import Media
from bot.core.people import Person
from bot.telegram_io.render import render
from tests.book import BOOK
from tests.conversation.house import AASE, GROUP, METTE, ULLA, House, initiative

PUT_OUT = "Forbidden: bot was kicked from the supergroup chat"
CASE = initiative(12, owner_name="Aase Winther", title="Cykler ved stationen")
RELAY = Tag("relay", 12, AASE, 5, AASE)
TOPIC = To(GROUP, topic_of=12)


def words(text: str, key: str = "desk.relay.topic", name: str = "Aase") -> Quote:
    return Quote(text, say(key, name=name, n=12))


async def lost(house: House, *contents: Content) -> list[dict[str, object]]:
    """These messages were meant for the initiative's topic; what Mette gets instead."""
    await house.store.write(lambda one: one.people.save(Person(METTE, "Mette")))
    house.telegram.answers["createForumTopic"] = [Unreachable(PUT_OUT)]
    house.telegram.answers[str(GROUP)] = [Unreachable(PUT_OUT)] * 4
    await house.does(*(Say(TOPIC, one, tag=RELAY) for one in contents), about=CASE)
    return [call.params for call in house.telegram.calls if call.lane == str(METTE)]


async def test_the_first_line_names_the_citizen_and_the_title_in_a_chat_of_ones_own(tmp_path: Path) -> None:
    async with House(tmp_path, render=render, speak=BOOK.speak) as house:
        asked = say("desk.relay.place", name="Aase", n=12)
        titled = say("desk.relay.chat", name="Aase", n=12, title="Cykler ved stationen")
        contents = [
            words("hej 🌱"),
            words("det haster", "desk.relay.topic_urgent"),
            words("vi også", name="Karim"),
            asked,
        ]
        told = await lost(house, *contents, titled)
        first, urgent, karim, place, whole = (str(one["text"]) for one in told)
        head = "Aase · Cykler ved stationen (nr. 12)"
        assert first == f"{head}\nhej 🌱"
        assert urgent.startswith(f"{head} · muligt akut.")
        assert karim == f"{head}\nKarim (nr. 12)\nvi også", "who else takes part is named beneath"
        assert place.startswith(f"{head}\nAase har sat et sted")
        assert whole == head, "said once"
        for one in told:
            for mark in one["entities"]:  # type: ignore[attr-defined]
                bold = str(one["text"]).encode("utf-16-le")[mark["offset"] * 2 :][: mark["length"] * 2]
                assert bold.decode("utf-16-le").strip() in (head.partition(" (")[0], "Aase", "Karim")


async def test_where_there_is_no_room_for_it_the_line_stands_before(tmp_path: Path) -> None:
    async with House(tmp_path, render=render, speak=BOOK.speak) as house:
        told = await lost(house, words("x" * 4080))
        assert [len(str(one["text"])) for one in told] == [36, 4094]
        assert str(told[0]["text"]) == "Aase · Cykler ved stationen (nr. 12)"
        known = await house.rows("SELECT chat, role, about FROM messages")
        assert known == [(METTE, "relay", 12)] * 2, "either can be answered by a swipe"


async def test_pictures_say_it_beneath_the_first(tmp_path: Path) -> None:
    async with House(tmp_path, render=render, speak=BOOK.speak) as house:
        await house.store.write(lambda one: one.people.save(Person(METTE, "Mette")))
        house.telegram.answers["createForumTopic"] = [Unreachable(PUT_OUT)]
        house.telegram.answers[str(GROUP)] = [Unreachable(PUT_OUT)] * 2
        photos = (Media("photo", "p1", 1), Media("photo", "p2", 2))
        await house.does(SendMedia(TOPIC, photos, words("se her"), RELAY), about=CASE)
        (album,) = [call.params["media"] for call in house.telegram.calls if call.lane == str(METTE)]
        assert album[0]["caption"] == "Aase · Cykler ved stationen (nr. 12)\nse her"


@pytest.mark.parametrize("refused_first", [False, True])
async def test_admins_hear_of_a_lost_group_once_until_it_is_whole_again(tmp_path: Path, *, refused_first: bool) -> None:
    async with House(tmp_path, render=render, speak=BOOK.speak) as house:
        await house.store.write(lambda one: one.people.save(Person(ULLA, "Ulla")))
        told = TellHumans(say("desk.standing.gone", group="Sparring"), trouble=standing.trouble(GROUP))

        async def heard() -> int:
            if not refused_first:
                await house.does(told)
            await lost(house, words("hej"))
            if refused_first:
                await house.does(told)
            return len(house.telegram.texts(ULLA))

        assert await heard() == 1
        assert await heard() == 1, "it is still the same"
        house.telegram.answers.clear()
        await house.does(Say(TOPIC, say("desk.queue.none"), tag=RELAY))
        assert await heard() == 2, "words arrived in between, so it is news"
        await house.does(TroubleOver(standing.trouble(GROUP)), told)
        assert len(house.telegram.texts(ULLA)) == 3, "and once the bot was let in again"
