"""The composition root: the only place where the rooms are put together, and their loops started and ended."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import structlog

from bot.clock import MovedClock
from bot.conversation.pace import SINGLE, UNLIMITED, Limits
from bot.conversation.rooms import Rooms
from bot.conversation.shell import Shell
from bot.conversation.storage import StoreUnavailable
from bot.core import dialogue
from bot.core.effects import Effect, Words
from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.match import Match
from bot.keeper.errands import Errands
from bot.keeper.keeper import Keeper
from bot.keeper.opening import NoRules, Opening, open_rules
from bot.knowledge.index import Index
from bot.knowledge.reader import Problem as PageProblem
from bot.knowledge.reader import load as load_pages
from bot.routing.language import tell_language
from bot.routing.last_lines import emergency_without_rules
from bot.routing.live import Accepted, LiveRules, Refused, accept
from bot.routing.semantic import Semantic, open_semantic
from bot.settings import Settings
from bot.store.database import Database
from bot.store.faults import StoreError
from bot.telegram_io.inbound import IntakeError, Poller, listen_by_polling, listen_by_webhook
from bot.telegram_io.intake import sparing
from bot.telegram_io.introduce import Introduction, introduce, offer_in_group
from bot.telegram_io.line import InvalidToken, Line, TelegramError
from bot.telegram_io.outbound import Outbound
from bot.telegram_io.render import render
from bot.telegram_io.rights import Me, look_up_me
from bot.telegram_io.translate import Translator
from bot.texts.book import Book
from bot.texts.menu import commands
from bot.texts.understanding import understand

PACES = {"steady": Limits(), "single": SINGLE, "off": UNLIMITED}
STORE_SECONDS = 1.0
LONGEST_PAUSE = 30.0

log = structlog.get_logger(__name__)


class Fault(Exception):
    """Something that a human must mend before the bot can run; `lines` say what, one line each."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(slots=True)
class House:
    """All that is read before anything is sent: settings, rules, texts and pages."""

    settings: Settings
    rules: LiveRules
    book: Book
    index: Index
    clock: MovedClock
    problems: Sequence[PageProblem] = field(default_factory=tuple)
    moved: dict[int, int] = field(default_factory=dict)
    second: Semantic | None = None

    def frame(self) -> Frame:
        """The municipality's frame by the rules in force, with the admins of the settings and the ids of now."""
        frame = self.rules.current.frame
        if self.moved or not self.settings.admins <= frame.admins:
            frame = frame.in_use(self.moved, self.settings.admins)
        return frame

    def route(self, text: str) -> Match:
        """What the rules in force make of a text, today, with the second opinion; where they fail, danger is found."""
        router = self.rules.current.router
        if self.second is not None:
            self.second.teach(router.rules)
            router.second = self.second
        try:
            return router.match(text, today=self.today())
        except Exception as error:
            line = emergency_without_rules(text)
            if not line:
                raise
            log.error("rules_failed_in_danger", reason=type(error).__name__)
            return Match("emergency", (), False, "", tell_language(text), "", emergency=line)

    def hint(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Let the second opinion begin on the words of updates that will be handled soon."""
        for update in updates if self.second is not None else ():
            message = update.get("message")
            words = str(message.get("text") or message.get("caption") or "") if isinstance(message, dict) else ""
            if self.second is not None and words.strip() and not words.startswith("/"):
                self.second.hint(words.strip())

    def answer(self, question: str, lang: str) -> tuple[str, str] | None:
        """What `knowledge/` says to a question, with its source."""
        return self.index.answer(question, lang, self.today())

    def today(self) -> date:
        """The day in the municipality."""
        return self.clock().date()


async def open_house(settings: Settings, store: Database) -> tuple[House, Opening]:
    """Read rules, texts and pages; where the rules file can't be used, the last good version holds.

    Raises:
        Fault: there are no rules that can be used; every fault is told with its line.
    """

    def judge(data: bytes) -> Accepted | Refused:
        return accept(data, settings.seats or None, settings.staff_chat)

    try:
        opening = await open_rules(settings.rules, judge, store)
    except NoRules as error:
        raise Fault(*error.lines) from None
    shelf = load_pages(settings.knowledge)
    house = House(
        settings=settings,
        rules=LiveRules(
            settings.rules,
            opening.accepted,
            settings.seats or None,
            settings.staff_chat,
            opening.file.digest,
            broken=opening.file.broken,
        ),
        book=Book.load(),
        index=Index(shelf.pages),
        clock=MovedClock(settings.clock_file),
        problems=shelf.problems,
    )
    return house, opening


def read_rules(settings: Settings) -> Accepted:
    """The rules in the file.

    Raises:
        Fault: the file is not there, or its rules can't be used.
    """
    try:
        data = settings.rules.read_bytes()
    except OSError as error:
        raise Fault(f"{settings.rules}: kan ikke læses ({error.strerror}). Sæt SKAB_RULES til reglernes fil.") from None
    found = accept(data, settings.seats or None, settings.staff_chat)
    if isinstance(found, Refused):
        raise Fault(*(f"{settings.rules}: {problem}" for problem in found.problems))
    return found


async def serve(
    settings: Settings, stop: asyncio.Event, announce: Callable[[str], None], *, limits: Limits | None = None
) -> None:
    """Run the bot until `stop` is set, then end within 10 s and lose nothing.

    `announce` is told, in one line, when the bot is ready.

    Raises:
        Fault: a human must mend something first.
    """
    if settings.bot_token is None:
        raise Fault("SKAB_BOT_TOKEN mangler i .env. Uden den kan botten kun køre i sandkassen: make run")
    async with (
        _database(settings) as store,
        Line(settings.bot_token.get_secret_value(), settings.api_url) as line,
    ):
        house, opening = await open_house(settings, store)
        keeper = Keeper(house.rules, store, house.clock, opening)
        await keeper.begin()
        me = await _find_out_who_i_am(line, stop)
        if me is None:
            return
        pace = limits or PACES[settings.pace]
        house.moved |= await _moved_chats(store)
        shell = Shell(store, furnish(house, keeper, line, me.username), pace)
        shell.start()
        house.second = open_semantic(settings.semantic, settings.database)
        if house.second is not None:
            house.second.teach(house.rules.current.router.rules)
        try:
            await _work(house, keeper, shell, line, me, stop, announce)
        finally:
            await shell.stop()
            if house.second is not None:
                house.second.close()


async def _moved_chats(store: Database) -> dict[int, int]:
    """Groups that became supergroups, old id to new: rules and settings may still hold the old ones."""
    found = await store.read(lambda transaction: transaction.settings.get("moved_chats"))
    return {int(old): int(new) for old, new in found.items()} if isinstance(found, dict) else {}


def furnish(house: House, keeper: Keeper, line: Line, username: str) -> Rooms:
    """The rooms that the shell needs, over this line to Telegram."""

    def renew(chat: int, initiative: Initiative) -> Sequence[Effect]:
        return dialogue.renew(house.frame(), house.clock(), chat, initiative)

    return Rooms(
        step=dialogue.step,
        needs=dialogue.needs,
        translate=Translator(username),
        render=render,
        speak=house.book.speak,
        perform=Errands(keeper, line, Outbound(line), house.settings.admins),
        clock=house.clock,
        frame=house.frame,
        route=house.route,
        intent=understand,
        answer=house.answer,
        renew=renew,
        moved=house.moved.__setitem__,
    )


async def _work(
    house: House,
    keeper: Keeper,
    shell: Shell,
    line: Line,
    me: Me,
    stop: asyncio.Event,
    announce: Callable[[str], None],
) -> None:
    """Take updates in, by polling or by webhook, beside the watch over the rules and the health page."""
    settings = house.settings

    async def take(updates: Sequence[Mapping[str, Any]]) -> None:
        house.hint(updates)
        await shell.take(updates)

    async def take_in_the_end(updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep what was fetched, however long the disk is full; until then nothing more is fetched."""
        while True:
            try:
                return await take(updates)
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), STORE_SECONDS)
                raise IntakeError("Der blev ikke gemt noget, før botten stoppede. Telegram sender det igen.")

    mark = house.book.speak(Words("desk.cpr_mark")).plain
    await _introduce(house, line)
    loops: list[asyncio.Task[None]] = [asyncio.create_task(keeper.watch(stop), name="rules")]
    if not settings.webhook_url:
        await listen_by_polling(line)
        loops.append(asyncio.create_task(Poller(line, take_in_the_end, mark=mark).run(stop), name="poll"))
    if settings.webhook_url or "web_port" in settings.model_fields_set:
        try:
            site = await _open_site(settings, shell, line, sparing(take, mark), stop)
        except Fault:
            await _end(loops, stop)
            raise
        loops.append(asyncio.create_task(site, name="web"))
    announce(f"klar: @{me.username} tager imod")
    loops.append(asyncio.create_task(_until(stop), name="stop"))
    try:
        done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        for loop in done:
            loop.result()
    except IntakeError as error:
        raise Fault(str(error)) from None
    finally:
        await _end(loops, stop)


async def _open_site(
    settings: Settings,
    shell: Shell,
    line: Line,
    take: Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]],
    stop: asyncio.Event,
) -> Coroutine[Any, Any, None]:
    """Listen for health checks and, with a webhook, for Telegram; what is returned serves until `stop`.

    Raises:
        Fault: the port can't be used.
    """
    # Only here: a bot that polls and shows no health page spares the server's memory.
    from bot.web.health import health_routes
    from bot.web.server import bind, build_site, serve_site
    from bot.web.webhook import Webhook

    try:
        listening = bind(settings.web_host, settings.web_port)
    except OSError as error:
        where = f"{settings.web_host}:{settings.web_port}"
        raise Fault(f"{where} kan ikke bruges ({error.strerror}). Sæt SKAB_WEB_PORT til en anden.") from None
    routes = health_routes(lambda: _faults(shell))
    if settings.webhook_url and settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
        routes.append(Webhook(settings.webhook_path, secret, take).route())
        await listen_by_webhook(line, settings.webhook_url, secret)
    return serve_site(build_site(routes), listening, stop)


async def _end(loops: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> None:
    stop.set()
    await asyncio.gather(*loops, return_exceptions=True)


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


async def _faults(shell: Shell) -> Mapping[str, str]:
    try:
        await shell.last_alive()
    except Exception as error:
        return {"database": type(error).__name__}
    return {}


async def _find_out_who_i_am(line: Line, stop: asyncio.Event) -> Me | None:
    """Ask Telegram who the bot is, for as long as it takes; None when `stop` comes first."""
    pause = 0.5
    while not stop.is_set():
        try:
            return await look_up_me(line)
        except InvalidToken:
            raise Fault(
                "Telegram kender ikke SKAB_BOT_TOKEN. Se efter i .env, eller få en ny hos @BotFather."
            ) from None
        except TelegramError as error:
            log.warning("telegram_unreachable", reason=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return None


async def _introduce(house: House, line: Line) -> None:
    frame = house.frame()
    told = {lang: introduction(house.book, frame.municipality, frame.contact.phone, lang) for lang in frame.languages}
    try:
        await introduce(line, told)
        for chat in frame.staff_chats:
            await offer_in_group(line, chat, commands(house.book, whose="staff_command"))
    except TelegramError as error:
        # The bot works without it; the next start tries again.
        log.warning("introduction_failed", reason=type(error).__name__)


def introduction(book: Book, municipality: str, phone: str, lang: str) -> Introduction:
    """How the bot presents itself in a language."""

    def said(key: str) -> str:
        return book.speak(Words(key, lang, {"municipality": municipality, "phone": phone})).plain

    return Introduction(said("bot.description"), said("bot.short"), commands(book, lang))


@contextlib.asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    try:
        store = await Database.open(settings.database)
    except StoreError as error:
        raise Fault(str(error)) from None
    try:
        yield store
    finally:
        await store.close()
