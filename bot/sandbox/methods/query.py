"""Answers to presses on inline buttons."""

from __future__ import annotations

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.world import World

ANSWER_SECONDS = 150  # how long Telegram takes an answer to a press
ALERT_LIMIT = 200  # characters, https://core.telegram.org/bots/api#answercallbackquery


def answer_callback_query(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery"""
    press = world.presses.get(params.text("callback_query_id") or "")
    if press is None or world.clock.now() - press.at > ANSWER_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if text is not None and len(text) > ALERT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if press.answered:
        return True  # the first answer was shown; Telegram takes a second one in silence
    press.answered, press.text = True, text
    press.show_alert, press.url = params.flag("show_alert"), params.text("url")
    payload: Json = press.view() | {"person": press.person}
    world.journal.record("press_answer", press.person, payload)
    return True


def answer_inline_query(_world: World, _params: Params) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery; nobody asks inline here, so no query is young enough."""
    raise bad_request("query is too old and response timeout expired or query ID is invalid")


METHODS: dict[str, Handler] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
