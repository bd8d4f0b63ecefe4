"""The bot presents itself in each language, once; and knows how it stands with chats and people."""

from typing import Any

from bot.telegram_io.introduce import Introduction, introduce, offer_in_chat
from bot.telegram_io.line import Line
from bot.telegram_io.rights import has_started, look_up_me, look_up_standing

DANISH = Introduction("Gentofte Kommunes bot. Ring 39 98 00 00.", "Din idé", (("status", "Hvor er min idé?"),))
ENGLISH = Introduction("A bot of Gentofte.", "Your idea", (("status", "Where is my idea?"),))


async def test_it_presents_itself_in_each_language_only_when_that_has_changed(line: Line) -> None:
    assert await introduce(line, {"en": ENGLISH, "da": DANISH}) == 6
    assert await introduce(line, {"en": ENGLISH, "da": DANISH}) == 0
    assert (await line.ask("getMyDescription", {"language_code": "en"}))["description"] == "A bot of Gentofte."
    assert (await line.ask("getMyDescription"))["description"].startswith("Gentofte Kommunes bot")
    changed = Introduction(DANISH.description, "Vi skaber sammen", DANISH.commands)
    assert await introduce(line, {"en": ENGLISH, "da": changed}) == 1


async def test_a_description_that_is_too_long_is_cut_and_not_refused(line: Line) -> None:
    long = Introduction("ord " * 300, "ord " * 60, (("hjaelp", "ord " * 100),))
    assert await introduce(line, {"da": long}) == 3
    assert await introduce(line, {"da": long}) == 0


async def test_the_staff_group_has_commands_of_its_own(hand: Any, line: Line) -> None:
    group = await hand.group(await hand.citizen("Mette"))
    assert await offer_in_chat(line, group, (("koe", "Alle åbne idéer"),)) == 1
    assert await offer_in_chat(line, group, (("koe", "Alle åbne idéer"),)) == 0


async def test_the_bot_knows_its_name_and_how_it_stands_in_a_group(hand: Any, line: Line) -> None:
    me = await look_up_me(line)
    assert (me.id, bool(me.username)) == (42, True)
    rights = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": False}
    group = await hand.group(await hand.citizen("Mette"), rights=rights)
    standing = await look_up_standing(line, group, me.id)
    assert (standing.title, standing.kind, standing.forum) == ("Sparringsagenter", "supergroup", True)
    assert standing.status == "administrator"
    assert "can_manage_topics" in standing.rights
    assert "can_pin_messages" not in standing.rights
    assert (await look_up_standing(line, -999, me.id)).status == "unknown"


async def test_a_group_that_moved_tells_where(hand: Any, line: Line) -> None:
    group = await hand.group(await hand.citizen("Mette"), kind="group", forum=False)
    new = await hand.do("migrate", chat=group)
    assert (await look_up_standing(line, group, 42)).moved_to == new["id"]


async def test_who_never_pressed_start_is_known_without_a_message_to_anybody(hand: Any, line: Line) -> None:
    signe, bo = await hand.citizen("Signe"), await hand.citizen("Bo", started=False)
    assert await has_started(line, signe)
    assert not await has_started(line, bo)
    assert not await has_started(line, 999_999)
    await hand.do("block", person=signe)
    assert not await has_started(line, signe)
    sent = await hand.look("calls", method="sendMessage")
    assert sent["calls"] == []
