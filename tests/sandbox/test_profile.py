"""What the bot says of itself, and who sees it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio


async def test_the_bot_is_the_one_of_its_token(box: Box) -> None:
    me = (await box.call("getMe")).result
    assert (me["id"], me["is_bot"], me["username"]) == (42, True, "sandbox_test_bot")
    assert me["can_read_all_group_messages"] is False


@pytest.mark.parametrize(
    ("what", "name", "limit"), [("Description", "description", 512), ("ShortDescription", "short_description", 120)]
)
async def test_a_description_is_kept_by_language(box: Box, what: str, name: str, limit: int) -> None:
    await box.call(f"setMy{what}", **{name: "Skriv din idé"})
    await box.call(f"setMy{what}", **{name: "Write your idea", "language_code": "en"})
    assert (await box.call(f"getMy{what}")).result == {name: "Skriv din idé"}
    assert (await box.call(f"getMy{what}", language_code="en")).result == {name: "Write your idea"}
    assert (await box.call(f"getMy{what}", language_code="uk")).result == {name: "Skriv din idé"}
    assert (await box.see("state"))["bot"][name] == "Skriv din idé"
    assert (await box.call(f"setMy{what}", **{name: "x" * (limit + 1)})).status == 400


async def test_commands_are_kept_by_scope_and_language(box: Box) -> None:
    aase = await box.person()
    start = [{"command": "start", "description": "Begynd"}]
    scope = {"type": "chat", "chat_id": aase}
    await box.call("setMyCommands", commands=start)
    await box.call("setMyCommands", commands=[*start, {"command": "ko", "description": "Kø"}], scope=scope)
    assert (await box.call("getMyCommands")).result == start
    assert len((await box.call("getMyCommands", scope=scope)).result) == 2
    assert (await box.call("getMyCommands", language_code="en")).result == []
    assert (await box.see("state"))["bot"]["commands"] == start
    await box.call("deleteMyCommands", scope=scope)
    assert (await box.call("getMyCommands", scope=scope)).result == []


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ({"command": "hjælp", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_that_telegram_does_not_take_is_refused(box: Box, command: dict[str, Any], error: str) -> None:
    assert (await box.call("setMyCommands", commands=[command])).error == (400, f"Bad Request: {error}")


async def test_a_danish_letter_makes_no_command_in_a_text(box: Box) -> None:
    aase = await box.person()
    await box.say(aase, "/hjælp")
    (update,) = await box.updates()
    assert "entities" not in update["message"]


async def test_logging_out_and_closing_change_nothing(box: Box) -> None:
    assert (await box.call("logOut")).result is True
    assert (await box.call("close")).result is True
    await box.tell(await box.person())
