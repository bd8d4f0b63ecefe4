"""The bot among people at Telegram: who it is, how it presents itself, and whom of the staff it may write to."""

import asyncio
import contextlib

import structlog

from bot.conversation.shell import Shell
from bot.conversation.storage import StoreUnavailable
from bot.core.effects import Words
from bot.house import Fault, House
from bot.telegram_io.introduce import Introduction, introduce, offer_in_chat
from bot.telegram_io.line import InvalidToken, Line, TelegramError
from bot.telegram_io.rights import Me, has_started, look_up_me
from bot.texts.book import Book
from bot.texts.menu import Whose, commands

STAFF_SECONDS = 1.0
LONGEST_PAUSE = 30.0

log = structlog.get_logger(__name__)


async def find_out_who_i_am(line: Line, stop: asyncio.Event) -> Me | None:
    """Ask Telegram who the bot is, for as long as it takes; None when `stop` comes first."""
    pause = 0.5
    while not stop.is_set():
        try:
            return await look_up_me(line)
        except InvalidToken:
            raise Fault(
                "Telegram kender ikke SKAB_BOT_TOKEN. Se efter i .env, eller få et nyt hos @BotFather."
            ) from None
        except TelegramError as error:
            log.warning("telegram_unreachable", reason=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return None


async def introduce_bot(house: House, line: Line) -> None:
    """Name, description and menus, for everyone, for the staff groups and for the admins who sit at no desk."""
    frame = house.frame()
    told = {lang: introduction(house.book, frame.municipality, frame.contact.phone, lang) for lang in frame.languages}
    try:
        await introduce(line, told)
        for chat in frame.staff_chats:
            await offer_in_chat(line, chat, commands(house.book, whose="staff_command"))
    except TelegramError as error:
        # The bot works without it; the next start tries again.
        log.warning("introduction_failed", reason=type(error).__name__)
    for admin in sorted(one for one in frame.admins if frame.agent_of(one) is None):
        await _offer(house, line, admin, "command")


async def _offer(house: House, line: Line, chat: int, whose: Whose) -> None:
    """Offer a menu in a chat, with an admin's commands below where it is the own chat of one."""
    more = commands(house.book, whose="admin_command") if chat in house.frame().admins else ()
    # In an admin's own chat /fjern takes an agent out, also where the admin sits at a desk.
    offered = {**dict(commands(house.book, whose=whose)), **dict(more)}
    # Telegram knows no chat with somebody who never pressed START; they get their menu at a later start.
    with contextlib.suppress(TelegramError):
        await offer_in_chat(line, chat, tuple(offered.items()))


def introduction(book: Book, municipality: str, phone: str, lang: str) -> Introduction:
    """How the bot presents itself in a language."""

    def said(key: str) -> str:
        return book.speak(Words(key, lang, {"municipality": municipality, "phone": phone})).plain

    return Introduction(said("bot.description"), said("bot.short"), commands(book, lang))


async def watch_staff(house: House, shell: Shell, line: Line, stop: asyncio.Event) -> None:
    """Look, at the start and with every new version of the rules, to whom of the agents the bot may write.

    Whoever comes to a desk meanwhile, or leaves it, gets the menu that is theirs now, and so does another group.
    """
    seen, at_desks = "", frozenset[int]()
    while not stop.is_set():
        if house.frame().rules_hash != seen:
            seen = house.frame().rules_hash
            await _see_who_is_there(house, shell, line)
        at_desks = await _offer_at_desks(house, shell, line, at_desks)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), STAFF_SECONDS)


async def _offer_at_desks(house: House, shell: Shell, line: Line, before: frozenset[int]) -> frozenset[int]:
    """Where staff work, in a group or an own chat, the desk's commands hold; a citizen's do not. Where that is now."""
    try:
        now = await shell.own_chats() | house.frame().staff_chats
    except StoreUnavailable as error:
        log.error("store_unavailable", reason=str(error))
        return before
    for chat in sorted(now - before):
        await _offer(house, line, chat, "staff_command")
    for left in sorted(chat for chat in before - now if chat > 0):
        await _offer(house, line, left, "command")
    return now


async def _see_who_is_there(house: House, shell: Shell, line: Line) -> None:
    """Find out to whom the bot may write, before an idea is given to somebody who would never see it."""
    started: dict[int, bool] = {}
    try:
        for agent in house.frame().agents.values():
            if agent.telegram is not None:
                started[agent.telegram] = await has_started(line, agent.telegram)
    except TelegramError as error:
        # What is not known now is learned when a message is refused.
        log.warning("staff_unseen", reason=type(error).__name__)
    try:
        await shell.muster(started)
    except StoreUnavailable as error:
        # The next midnight, the next start or the next change of the rules does it.
        log.error("store_unavailable", reason=str(error))
