"""The composition root: the only place where the rooms are put together, and their loops started and ended."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import structlog

from bot.conversation.pace import SINGLE, UNLIMITED, Limits
from bot.conversation.rooms import Rooms
from bot.conversation.shell import Shell
from bot.conversation.showcase import Showcase
from bot.conversation.storage import StoreUnavailable
from bot.core import dialogue
from bot.core.effects import Effect, Words
from bot.core.initiative import Initiative
from bot.house import Fault, House, open_house
from bot.keeper.errands import Errands
from bot.keeper.keeper import Keeper
from bot.keeper.keepers import Keepers
from bot.keeper.pages import PageKeeper
from bot.keeper.texts import TextKeeper
from bot.leading import catch_up, follow, while_leading
from bot.presence import find_out_who_i_am, introduce_bot, watch_staff
from bot.routing.apart import GivenUp, Learner
from bot.routing.learned import leave_off
from bot.routing.semantic import open_semantic
from bot.settings import Settings
from bot.store.address import beside
from bot.store.database import Database
from bot.store.departed import Departed
from bot.store.faults import StoreError
from bot.telegram_io.inbound import IntakeError, Poller, listen_by_polling, listen_by_webhook
from bot.telegram_io.intake import Store, sparing
from bot.telegram_io.line import BadRequest, Line, TelegramError
from bot.telegram_io.outbound import Outbound
from bot.telegram_io.render import render
from bot.telegram_io.rights import Me
from bot.telegram_io.translate import Translator
from bot.texts.understanding import understand

PACES = {"steady": Limits(), "single": SINGLE, "off": UNLIMITED}
STORE_SECONDS = 1.0
LONGEST_END = 3.0
"""Seconds that the loops have to end by themselves; what holds them up then, a Telegram that hangs say, is left."""

FOLLOW = "https://t.me/{username}?start=follow_{{n}}"
"""The address at which Telegram opens the bot with the wish to follow an initiative."""

log = structlog.get_logger(__name__)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Door:
    """What a sandbox brings: a socket that listens, the address at which an initiative is followed, sample meetings."""

    listening: socket.socket
    follow: str
    samples: Path | None = None


@dataclass(frozen=True, slots=True)
class _Pages:
    """Where pages are served, if that is settled already, the board's addresses, if there is a board, and the store."""

    listening: socket.socket | None
    board: Sequence[Any]
    store: Database


async def serve(
    settings: Settings,
    stop: asyncio.Event,
    announce: Callable[[str], None],
    *,
    limits: Limits | None = None,
    door: Door | None = None,
) -> None:
    """Run the bot until `stop` is set, then end within 10 s and lose nothing.

    `announce` is told, in one line, when the bot is ready. `door` is where its own pages are served; without one it
    opens the port of the settings.

    Raises:
        Fault: a human must mend something first.
    """
    if settings.bot_token is None:
        raise Fault("SKAB_BOT_TOKEN mangler i .env. Uden den kan botten kun køre i sandkassen: make run")
    learner = Learner()
    giving_up = asyncio.create_task(_give_up(learner, stop), name="give up")
    try:
        await _serve(settings, settings.bot_token.get_secret_value(), stop, announce, learner, limits, door)
    except GivenUp:
        log.info("ended_before_rules_were_learned")
    finally:
        giving_up.cancel()
        # Also where a fault ends it.
        learner.give_up()
        leave_off()


async def _give_up(learner: Learner, stop: asyncio.Event) -> None:
    """From the moment that the bot is to end no rules are learned, whatever it was about to do."""
    await stop.wait()
    learner.give_up()
    leave_off()


async def _serve(
    settings: Settings,
    token: str,
    stop: asyncio.Event,
    announce: Callable[[str], None],
    learner: Learner,
    limits: Limits | None,
    door: Door | None,
) -> None:
    async with (
        _database(settings) as store,
        Line(token, settings.api_url) as line,
    ):
        samples = door.samples if door is not None else None
        house, opening = await open_house(settings, store, learner, samples, stop)
        keepers = Keepers(
            Keeper(house.rules, store, house.clock, opening),
            PageKeeper(house.pages, store, house.clock),
            TextKeeper(settings.own_texts_file, house.book, store, house.clock),
        )
        await keepers.rules.begin()
        me = await _unless(stop, find_out_who_i_am(line, stop))
        if me is None:
            return
        house.username = me.username
        await catch_up(house, keepers, store)
        rooms = furnish(house, keepers, line, me.username)
        pace = limits or PACES[settings.pace]
        await store.read(rooms.showcase.open)
        shell = Shell(store, rooms, pace, departed=Departed(beside(settings.database, settings.cache_folder)))
        await _wake(shell, stop)
        shell.start()
        house.second = open_semantic(settings.semantic, settings.cache_folder)
        if house.second is not None:
            house.second.teach(house.rules.current.router.rules)
        try:
            pages = _pages(house, store, door)
            await _work(house, keepers, shell, line, me, stop, announce, pages)
        finally:
            await shell.stop()
            if house.second is not None:
                house.second.close()


async def _wake(shell: Shell, stop: asyncio.Event) -> None:
    """Delete again whom an older copy brought back, and look back at the time when nobody was here.

    Both are done as soon as the disk lets them be written down.
    """
    while not stop.is_set():
        try:
            again = await shell.forget_again()
            if again:
                log.warning("deleted_again", people=again)
            await shell.wake()
            return
        except StoreUnavailable as error:
            log.error("store_unavailable", reason=str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), STORE_SECONDS)


def furnish(house: House, keepers: Keepers, line: Line, username: str) -> Rooms:
    """The rooms that the shell needs, over this line to Telegram."""

    def renew(chat: int, initiative: Initiative) -> Sequence[Effect]:
        return dialogue.renew(house.frame(), house.clock(), chat, initiative)

    return Rooms(
        step=dialogue.step,
        needs=dialogue.needs,
        translate=Translator(username, house.book.speak(Words("desk.cpr_mark")).plain),
        render=render,
        speak=house.book.speak,
        perform=Errands(keepers, line, Outbound(line), house.settings.admins),
        clock=house.clock,
        frame=house.frame,
        route=house.route,
        intent=understand,
        answer=house.answer,
        renew=renew,
        moved=house.moved.__setitem__,
        gatherings=house.gatherings,
        forums=house.forums,
        showcase=Showcase(house.likeness, lambda: house.rules.current.frame.rules_hash),
        places=house.places,
        districts=house.districts,
    )


async def _work(
    house: House,
    keepers: Keepers,
    shell: Shell,
    line: Line,
    me: Me,
    stop: asyncio.Event,
    announce: Callable[[str], None],
    pages: "_Pages",
) -> None:
    """Take updates in, by polling or by webhook, beside the watch over the rules and the health page."""
    settings = house.settings

    async def take(updates: Sequence[Mapping[str, Any]]) -> None:
        house.hint(updates)
        await shell.take(updates)

    mark = house.book.speak(Words("desk.cpr_mark")).plain
    await _unless(stop, introduce_bot(house, line))
    if not settings.webhook_url:
        await _in_the_end(lambda: listen_by_polling(line), stop)

    poller = Poller(line, take, mark=mark)

    async def led(ended: asyncio.Event) -> None:
        duties = keepers.watches(ended, lambda: introduce_bot(house, line))
        duties.append(watch_staff(house, shell, line, ended))
        if not settings.webhook_url:
            duties.append(poller.run(ended))
        try:
            await _until_first([asyncio.create_task(duty) for duty in duties], ended)
        finally:
            house.learner.interrupt()

    loops: list[asyncio.Task[None]] = [asyncio.create_task(while_leading(pages.store.lead, led, stop), name="lead")]
    if pages.store.shared:
        loops.append(asyncio.create_task(follow(house, keepers, shell, pages.store, stop), name="follow"))
    if settings.webhook_url or settings.board_url or "web_port" in settings.model_fields_set:
        try:
            site = await _open_site(house, shell, line, sparing(take, mark), stop, pages, lambda: poller.reached)
        except Fault:
            await _end(loops, stop)
            raise
        loops.append(asyncio.create_task(site, name="web"))
    announce(f"klar: @{me.username} tager imod")
    loops.append(asyncio.create_task(_until(stop), name="stop"))
    try:
        await _until_first(loops, stop)
    except IntakeError as error:
        raise Fault(str(error)) from None


async def _open_site(
    house: House,
    shell: Shell,
    line: Line,
    take: Store,
    stop: asyncio.Event,
    pages: "_Pages",
    reached: Callable[[], float | None],
) -> Coroutine[Any, Any, None]:
    """Listen for health checks, figures, readers of the board and, with a webhook, for Telegram; what comes serves.

    Raises:
        Fault: the port can't be used.
    """
    # Only here: a bot that polls and shows no page spares the server's memory.
    from bot.vitals import Vitals
    from bot.web.health import health_routes
    from bot.web.metrics import metrics_route
    from bot.web.server import bind, build_site, serve_site
    from bot.web.webhook import Webhook

    settings = house.settings
    try:
        listening = pages.listening or bind(settings.web_host, settings.web_port)
    except OSError as error:
        where = f"{settings.web_host}:{settings.web_port}"
        port = error.errno in (errno.EADDRINUSE, errno.EACCES)
        mend = "Sæt SKAB_WEB_PORT til en anden." if port else "Ret SKAB_WEB_HOST."
        raise Fault(f"{where} kan ikke bruges ({error.strerror}). {mend}") from None
    vitals = Vitals(house, pages.store, shell.counts, reached)
    routes = [*health_routes(lambda: _faults(shell)), metrics_route(vitals.look)]
    if settings.webhook_url and settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
        routes.append(Webhook(settings.webhook_path, secret, take).route())
        url = settings.webhook_url
        await _in_the_end(lambda: listen_by_webhook(line, url, secret), stop)
    return serve_site(build_site([*routes, *pages.board]), listening, stop)


async def _in_the_end(ask: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """Ask Telegram, however long it can't be reached or has a fault of its own, until `stop`.

    Raises:
        Fault: it refuses for good.
    """
    while not stop.is_set():
        try:
            await _unless(stop, ask())
            return
        except BadRequest as error:
            raise Fault(f"Telegram vil ikke sende til SKAB_WEBHOOK_URL: {error.message}") from None
        except TelegramError as error:
            log.warning("telegram_unreachable", reason=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), STORE_SECONDS)


def _pages(house: House, store: Database, door: Door | None) -> _Pages:
    """Where pages are served, and what is served there besides the bot's own health."""
    board = _board(house, store, door) if house.settings.board_url else ()
    return _Pages(door.listening if door else None, board, store)


def _board(house: House, store: Database, door: Door | None) -> Sequence[Any]:
    """The addresses of the public board, which is brought in only where there is one: it takes some memory."""
    from bot.noticeboard import Noticeboard
    from bot.web.board import Board

    follow = door.follow if door else FOLLOW.format(username=house.username)

    editions = Noticeboard(store, house.frame, house.clock, house.places, follow, lambda: house.gatherings(""))
    return Board(editions.edition, house.book, house.settings.board_url or "").routes()


async def _until_first(loops: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> None:
    """Let them run until one of them ends, then end them all; what that one raised is raised."""
    try:
        done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        for loop in done:
            loop.result()
    finally:
        await _end(loops, stop)


async def _end(loops: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> None:
    stop.set()
    try:
        await asyncio.wait(loops, timeout=LONGEST_END)
    finally:
        for loop in loops:
            loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Found]) -> Found | None:
    """What comes of this; None where `stop` comes first, which ends it."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


async def _faults(shell: Shell) -> Mapping[str, str]:
    try:
        await shell.last_alive()
    except Exception as error:
        return {"database": type(error).__name__}
    return {}


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
