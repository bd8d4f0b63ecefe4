"""The doctor: looks at everything that the bot stands on, and says whether it is well or how to mend it."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.clock import ZONE, MovedClock
from bot.core.frame import Agent, Frame
from bot.house import Fault, read_file, read_rules
from bot.keeper.own_texts import read_own
from bot.knowledge.calendar import gatherings
from bot.knowledge.checks import neglected
from bot.knowledge.reader import load as load_pages
from bot.settings import Settings
from bot.store.address import path_of, server_of
from bot.store.database import Database
from bot.store.faults import StoreError
from bot.telegram_io.line import InvalidToken, Line, TelegramError
from bot.telegram_io.rights import Me, Standing, has_started, look_up_me, look_up_standing
from bot.telegram_io.waiting import Waiting, look_up_waiting
from bot.texts.book import Book

RIGHTS = {
    "can_manage_topics": "Administrér emner (Manage topics)",
    "can_delete_messages": "Slet beskeder (Delete messages)",
    "can_pin_messages": "Fastgør beskeder (Pin messages)",
}

ENV = Path(".env")
OTHERS = 0o077
"""The rights of everybody but the owner."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do where it is not well."""

    what: str
    well: bool
    mend: str = ""


async def examine(settings: Settings) -> list[Finding]:
    """Look at all of it; a fault in one place hides none in another."""
    findings = [*_at_home(), await _database(settings.database)]
    frame: Frame | None = None
    try:
        accepted = read_rules(settings)
        frame = accepted.frame
        findings.append(Finding(f"Regler: {settings.rules} er i orden ({len(frame.topics)} emner)", well=True))
        findings += [Finding(f"Regler: {warning}", well=True) for warning in accepted.warnings]
    except Fault as fault:
        findings += [Finding("Regler", well=False, mend=line) for line in fault.lines]
    findings += [*_texts(settings), *_knowledge(settings, frame)]
    if settings.bot_token is None:
        findings.append(Finding("Telegram", well=False, mend="SKAB_BOT_TOKEN mangler i .env. Få et hos @BotFather."))
    else:
        findings += [finding async for finding in _telegram(settings, settings.bot_token.get_secret_value(), frame)]
    return findings


def _at_home() -> Iterator[Finding]:
    if ENV.exists() and ENV.stat().st_mode & OTHERS:
        mend = f"Andre på maskinen kan læse {ENV}, og bottens nøgle står i den. Skriv: chmod 600 {ENV}"
        yield Finding("Indstillinger", well=False, mend=mend)
    else:
        yield Finding("Indstillinger: kan læses", well=True)
    yield Finding(f"Tid: botten regner i {ZONE}, uanset maskinens egen tidszone", well=True)


async def _database(where: str) -> Finding:
    try:
        if server_of(where) is not None:
            return await _opened(where)
        path = path_of(where)
    except StoreError as error:
        return Finding("Database", well=False, mend=str(error))
    place = _nearest_there(path)
    if not _writable(place):
        return Finding(
            "Database",
            well=False,
            mend=f"{path} kan ikke skrives. Giv tjenestens bruger lov, eller flyt den med SKAB_DATABASE.",
        )
    if place != path:
        return Finding(f"Database: {path} bliver lavet ved første start", well=True)
    return await _opened(where)


async def _opened(where: str) -> Finding:
    try:
        store = await Database.open(where, alone=False)
    except StoreError as error:
        return Finding("Database", well=False, mend=str(error))
    await store.close()
    return Finding(f"Database: {store.name} kan bruges", well=True)


def _nearest_there(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next((up for up in (path, *path.parents) if up.exists()), Path("."))


def _writable(place: Path) -> bool:
    """Whether something can really be written there: rights alone say nothing of a read-only disk."""
    try:
        if place.is_dir():
            with tempfile.TemporaryFile(dir=place):
                return True
        with place.open("ab"):
            return True
    except OSError:
        return False


def _texts(settings: Settings) -> Iterator[Finding]:
    path = settings.own_texts_file
    if not path.exists() and settings.own_texts is None:
        yield Finding("Tekster: bottens egne", well=True)
        return
    try:
        found = read_own(read_file(path, "SKAB_OWN_TEXTS"), Book.load())
    except Fault as fault:
        yield Finding("Tekster", well=False, mend=str(fault))
        return
    yield from (Finding("Tekster", well=False, mend=f"{path}: {problem}") for problem in found.faults)
    if not found.faults:
        yield Finding(f"Tekster: {found.many} af kommunens egne fra {path}", well=True)
    yield from (Finding(f"Tekster: {warning}", well=True) for warning in found.warnings)


def _knowledge(settings: Settings, frame: Frame | None) -> Iterator[Finding]:
    shelf, now = load_pages(settings.knowledge), MovedClock(settings.clock_file)()
    problems = [*shelf.problems, *neglected(shelf, now, frame.topics if frame is not None else ())]
    yield from (Finding("Viden", well=False, mend=str(problem)) for problem in problems)
    if not problems:
        ahead = len(gatherings(shelf.listings, now))
        yield Finding(f"Viden: {len(shelf.pages)} sider i {settings.knowledge}, møder forude: {ahead}", well=True)


async def _telegram(settings: Settings, token: str, frame: Frame | None) -> AsyncIterator[Finding]:
    async with Line(token, settings.api_url) as line:
        try:
            me = await look_up_me(line)
        except InvalidToken:
            yield Finding(
                "Telegram",
                well=False,
                mend="Telegram kender ikke SKAB_BOT_TOKEN. Se efter i .env, eller få et nyt hos @BotFather.",
            )
            return
        except TelegramError as error:
            yield Finding(
                "Telegram",
                well=False,
                mend=f"Telegram kan ikke nås ({type(error).__name__}). Se efter netværket og SKAB_API_URL.",
            )
            return
        yield Finding(f"Telegram: botten er @{me.username}", well=True)
        if frame is not None:
            async for finding in _staff(line, me, frame):
                yield finding


async def _staff(line: Line, me: Me, frame: Frame) -> AsyncIterator[Finding]:
    nowhere = not frame.staff_chats
    unseated = any(agent.telegram is None for agent in frame.agents.values())
    # Only then: a bot that runs would lose its turn at Telegram for a moment.
    waiting = await look_up_waiting(line) if nowhere or unseated else Waiting()
    if nowhere:
        seen = ", ".join(f"«{title}» er {number}" for number, title in waiting.groups.items())
        hint = f"Botten er med her: {seen}." if seen else "Skriv noget i gruppen, og spørg igen: så står det her."
        yield Finding("Gruppen", well=False, mend=f"SKAB_STAFF_CHAT mangler i .env: gruppens nummer. {hint}")
    for chat in sorted(frame.staff_chats):
        standing = await look_up_standing(line, chat, me.id)
        for finding in _group(chat, standing, me, frame):
            yield finding
    for agent in frame.agents.values():
        if agent.telegram is None:
            number = " eller ".join(map(str, _namesakes(agent, waiting))) or "NUMMER"
            hint = "" if number != "NUMMER" else f" Når {agent.first_name} har trykket Start, står det her."
            mend = f"Telegram-nummeret mangler. Sæt {agent.id}={number} i SKAB_SEATS.{hint}"
            yield Finding(agent.name, well=False, mend=mend)
        elif not await has_started(line, agent.telegram):
            mend = (
                f"Bed {agent.name} om at åbne @{me.username} på Telegram og trykke Start. En bot må ikke skrive først."
            )
            yield Finding(agent.name, well=False, mend=mend)
        else:
            yield Finding(f"{agent.name} kan få beskeder", well=True)


def _namesakes(agent: Agent, waiting: Waiting) -> list[int]:
    """The numbers of those who wrote to the bot and are called as the agent is; nobody else's is shown."""
    whole = [number for number, name in waiting.people.items() if name.casefold() == agent.name.casefold()]
    first = agent.first_name.casefold()
    return whole or [number for number, name in waiting.people.items() if name.casefold() == first]


def _group(chat: int, standing: Standing, me: Me, frame: Frame) -> Iterator[Finding]:
    if standing.moved_to is not None:
        mend = f"Gruppen er blevet til en supergruppe. Skriv SKAB_STAFF_CHAT={standing.moved_to} i .env."
        yield Finding(f"Gruppen {chat}", well=False, mend=mend)
        return
    if standing.status in ("unknown", "left", "kicked"):
        mend = f"Botten er ikke med i gruppen. Tilføj @{me.username} i gruppen: Tilføj medlem (Add member)."
        yield Finding(f"Gruppen {chat}", well=False, mend=mend)
        return
    name = f"Gruppen «{standing.title}»"
    if frame.staff_topics and not standing.forum:
        mend = "Emner er slået fra. Åbn gruppen: Redigér (Edit), Emner (Topics), slå til."
        yield Finding(name, well=False, mend=mend)
    if standing.status != "administrator":
        mend = "Botten er ikke administrator. Åbn gruppen: Administratorer (Administrators), Tilføj (Add admin)."
        yield Finding(name, well=False, mend=mend)
        if not me.reads_groups:
            mend = (
                "Privatliv er slået til, så botten ikke ser, hvad I skriver. "
                "Skriv /setprivacy til @BotFather, og vælg Disable."
            )
            yield Finding(name, well=False, mend=mend)
        return
    missing = [told for right, told in RIGHTS.items() if right not in standing.rights]
    for told in missing:
        yield Finding(
            name,
            well=False,
            mend=f"Retten «{told}» mangler. Åbn gruppen: Administratorer, @{me.username}, slå den til.",
        )
    if not missing:
        yield Finding(f"{name}: botten er administrator med de rettigheder, den skal bruge", well=True)
