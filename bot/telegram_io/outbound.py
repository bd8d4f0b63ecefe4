"""Makes one ready call and says in our own words how it went; it never raises for what Telegram answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.conversation.ports import Call, Moved, Outcome, Rejected, Retry, Sent, TopicGone, Unreachable
from bot.core.attachments import MOST_FILM
from bot.pictures.apart import CleanFault, clean_apart
from bot.printing.apart import PrintFault, paper_apart
from bot.printing.code import code
from bot.telegram_io.line import FileTooLarge, FileUnfetched, Line
from bot.telegram_io.request import PausedError, TooLargeError

SOON: Final = 1.0
"""Seconds to wait at least after a fault of the network or of Telegram's."""
LATER: Final = 30.0
"""Seconds to wait at least while Telegram does not know the token: a human must mend it, and nothing is lost."""
REASON: Final = 200
NAME: Final = 60
UNNAMED: Final = {".mp4": "film", ".mov": "film"}
PLACE: Final = ("chat_id", "message_thread_id", "reply_parameters")
"""Where a message goes: what both ways of sending it share."""

TOPIC_GONE: Final = ("message thread not found", "topic_deleted", "topic_id_invalid", "thread_id_invalid")
HARMLESS: Final = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "query_id_invalid",
    "message to delete not found",
    "message to edit not found",
    "message to pin not found",
    "message_id_invalid",
    "topic_not_modified",
    "topic not modified",
    "topic_closed",
    "chat_not_modified",
    "description is not modified",
)
"""What Telegram calls an error although the wish is fulfilled already, or nobody waits for it any more."""
UNREACHABLE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "user_is_blocked",
    "bot was blocked",
    "have no rights to send a message",
    "not enough rights to send",
    "chat_write_forbidden",
)
NO_TEXT: Final = ("there is no text in the message to edit",)
CLOSED_TOPIC: Final = "topic_closed"


@dataclass(frozen=True, slots=True)
class Outbound:
    """`Perform` over a `Line`.

    Three calls have a second way. A text can't be edited under a photo: then its caption is. A message that Telegram
    no longer lets the bot delete is overwritten by the call under `otherwise`; the result is then the edited message
    with `"overwritten": true`, where a deletion's result is plain `true`. Of a picture or film that can't be cleaned,
    or can't be sent, the words are sent by the call under `otherwise`; that message comes back with `"left_out": true`.
    """

    line: Line
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, call: Call) -> Outcome:
        """Make the call. See `conversation.ports` for what comes back."""
        params = dict(call.params)
        otherwise = params.pop("otherwise", None)
        outcome = await self._make(call.method, params)
        if not isinstance(outcome, Rejected) or outcome.harmless:
            return outcome
        if isinstance(otherwise, Mapping):
            left = call.method.startswith("send")
            there: dict[str, Any] = {name: params[name] for name in PLACE if name in params} if left else {}
            second = await self._make(otherwise["method"], {**there, **otherwise["params"]})
            return _second_way(second, outcome, "left_out" if left else "overwritten")
        if call.method == "editMessageText" and _any_of(NO_TEXT, outcome.reason):
            return await self._make("editMessageCaption", _as_caption(params))
        return outcome

    async def _make(self, method: str, params: dict[str, Any]) -> Outcome:
        try:
            ready = {name: await self._ready(value) for name, value in params.items()}
            return Sent(await self.line.ask(method, ready))
        except (PrintFault, CleanFault) as error:
            return Rejected(str(error))
        except TelegramError as error:
            return judge(error, method)

    async def _ready(self, value: Any) -> Any:
        """A file of ours, or a picture or film of somebody's, ready to be uploaded; everything else as it is."""
        if not isinstance(value, Mapping) or "clean" not in value:
            return await _made(value)
        async with self._one_at_a_time:
            # So that pictures take up the memory of one, however many come.
            try:
                ending, cleaned = await clean_apart(await self.line.fetch(value["clean"]["file"], MOST_FILM))
            except (FileTooLarge, FileUnfetched, BadRequest) as error:
                raise CleanFault(f"the picture can't be fetched ({type(error).__name__})") from None
        return InputFile(cleaned, filename=file_name(value["clean"]["name"], ending))


async def _made(value: Any) -> Any:
    """A file of ours, ready to be uploaded; everything else as it is.

    It stands in the outbox as its text, as the lines of a sheet of paper, or as the link of a code.
    """
    if not isinstance(value, Mapping) or "upload" not in value:
        return value
    file = value["upload"]
    if "sheet" in file:
        return InputFile(await paper_apart(file["sheet"]), filename=file["name"])
    data = code(file["code"]) if "code" in file else file["text"].encode("utf-8")
    return InputFile(data, filename=file["name"])


def judge(error: TelegramError, method: str) -> Outcome:
    """What an error of python-telegram-bot means for the call that met it.

    Telegram documents no list of its error texts; these were read from its server's source and from what it answers.
    """
    reason = error.message[:REASON]
    match error:
        case PausedError(seconds=seconds):
            return Retry(seconds, True, reason)
        case ChatMigrated(new_chat_id=new):
            return Moved(new)
        case Forbidden():
            return Unreachable(reason)
        case BadRequest():
            return _judge_bad_request(reason, method)
        case TooLargeError():
            return Rejected(reason)
        case InvalidToken():
            return Retry(LATER, False, "Telegram does not know the bot's token or this method")
        case NetworkError():
            return Retry(SOON, False, reason)
    return Retry(SOON, False, reason)


def _judge_bad_request(reason: str, method: str) -> Outcome:
    if _any_of(TOPIC_GONE, reason):
        return TopicGone(reason)
    if _any_of((CLOSED_TOPIC,), reason) and method.startswith("send"):
        return Rejected(reason)
    if _any_of(HARMLESS, reason):
        return Rejected(reason, harmless=True)
    if _any_of(UNREACHABLE, reason):
        return Unreachable(reason)
    return Rejected(reason)


def _any_of(signs: tuple[str, ...], reason: str) -> bool:
    lowered = reason.lower()
    return any(sign in lowered for sign in signs)


def file_name(given: str, ending: str) -> str:
    """The name of a picture or film as it was sent, in letters that all systems take, with the ending of what it is."""
    stem = given.rpartition(".")[0] or given
    plain = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "-_" else " " for letter in stem)
    return f"{'_'.join(plain.split())[:NAME] or UNNAMED.get(ending, 'foto')}{ending}"


def _second_way(second: Outcome, first: Rejected, name: str) -> Outcome:
    """The outcome of the second way; where it is barred too, the first refusal is the one to tell."""
    match second:
        case Sent(result=result):
            return Sent({**(result if isinstance(result, Mapping) else {}), name: True})
        case Rejected(harmless=False):
            return Rejected(f"{first.reason}; {second.reason}"[: 2 * REASON])
    return second


def _as_caption(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of `editMessageText` as those of `editMessageCaption`."""
    names = {"text": "caption", "entities": "caption_entities"}
    return {names.get(key, key): value for key, value in params.items() if key != "link_preview_options"}
