"""The commands of upkeep: a copy taken, a copy put back, all of it moved to a server, and what reaches its time."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import MovedClock
from bot.core import drafting, retention
from bot.core.frame import Promises
from bot.house import ask_database, read_rules
from bot.settings import Settings, load_settings
from bot.store.address import beside, path_of, server_of
from bot.store.backup import back_up
from bot.store.departed import Departed
from bot.store.faults import StoreError
from bot.store.move import move
from bot.store.restore import Restored, restore
from bot.store.transaction import Transaction
from bot.texts.moments import word_moment

MEGABYTE = 2**20
MOST_NUMBERS = 20
MOST_DAYS = 36_500
"""A hundred years: further ahead there are no dates to count in."""


Copied = Annotated[Path, typer.Argument(help="Hvor kopien skal ligge, fx sikker/skab-mandag.db.")]
Brought = Annotated[Path, typer.Argument(help="Kopien, som skab backup har taget.")]
Left = Annotated[Path, typer.Argument(help="Filen, som botten har kørt på, fx var/skab.db.")]


def take_backup(file: Copied) -> None:
    """Tag en hel kopi af databasen, også mens botten kører. Den holder borgeres ord: læg den et sikkert sted."""
    settings = load_settings()
    copy = back_up(_file(settings), file, MovedClock(settings.clock_file)().timestamp())
    held = f"{copy.initiatives} idéer, {copy.open} åbne, {max(copy.size / MEGABYTE, 0.1):.1f} MB"
    typer.echo(f"Taget og set efter: {copy.path} ({held}).")
    typer.echo("Gem også .env, reglerne og mappen med viden. De er ikke i kopien.")
    departed = Departed(_file(settings)).path.name
    typer.echo(f"Flytter du til en anden maskine, så tag den nyeste {departed} med.")


def put_backup_back(file: Brought) -> None:
    """Læg en kopi tilbage som database. Botten må ikke køre imens. Intet gammelt bliver sendt igen."""
    settings = load_settings()
    now = MovedClock(settings.clock_file)()
    done = asyncio.run(restore(file, _file(settings), now))
    for line in told(done, MovedClock(settings.clock_file)):
        typer.echo(line)


def move_to_postgres(file: Left) -> None:
    """Flyt alt fra filen til den tomme PostgreSQL-database, som SKAB_DATABASE nævner. Botten må ikke køre imens."""
    settings = load_settings()
    if server_of(settings.database) is None:
        raise StoreError(
            "SKAB_DATABASE nævner ikke en PostgreSQL-server. Skriv dens adresse i .env først: "
            "postgresql://bruger:kode@vært/database. (SKAB_DATABASE must name the server.)"
        )
    done = asyncio.run(move(file, settings.database, beside(settings.database, settings.cache_folder)))
    held = f"{done.found.initiatives} idéer, {done.found.open} åbne, {sum(done.rows.values())} rækker"
    typer.echo(f"Flyttet og talt efter: {held} i {len(done.rows)} tabeller.")
    typer.echo("Spørg skab check, og start botten.")
    typer.echo(f"{file} er, som den var. Start aldrig en bot på den igen, og smid den ud, når alt er set efter.")


def _file(settings: Settings) -> Path:
    """The database's file.

    Raises:
        StoreError: it is on a server, whose own tools take copies and put them back.
    """
    if server_of(settings.database) is not None:
        raise StoreError(
            "Databasen ligger på en PostgreSQL-server: brug pg_dump og pg_restore, som docs/operator.md viser. "
            "(The database is on a server; use its own tools.)"
        )
    return path_of(settings.database)


def show_retention(
    days: Annotated[
        int, typer.Option(help="Se også det, der når sin tid inden for så mange dage.", min=0, max=MOST_DAYS)
    ] = 0,
) -> None:
    """Vis, hvad der når sin tid og bliver slettet eller spurgt til. Kommandoen ændrer intet: botten gør det selv."""
    settings = load_settings()
    promises = read_rules(settings).frame.promises
    now = MovedClock(settings.clock_file)()
    until = now + timedelta(days=days)
    found = ask_database(settings, lambda transaction: list(times_of(transaction, promises, until)))
    typer.echo(f"Kladder: {promises.draft_days} dage. Afsluttede: {promises.closed_months} måneder.")
    typer.echo(f"Åbne bliver der spurgt til efter {promises.ask_years} år.")
    for what, due in sorted(found, key=lambda one: one[1]):
        typer.echo(f"{due:%Y-%m-%d}  {what}")
    if not found:
        typer.echo("Intet når sin tid.")


def times_of(transaction: Transaction, promises: Promises, until: datetime) -> Iterator[tuple[str, datetime]]:
    """What reaches its time by then, in words without anybody's name or words, and when."""
    for one in transaction.initiatives.all():
        if retention.is_cleared(one):
            continue
        closed = one.stage.closed
        due = retention.ends(one, promises) if closed else retention.asked_about(one, promises)
        if due <= until:
            yield f"nr. {one.number}: {'personoplysninger slettes' if closed else 'koordinatoren spørges'}", due
    for talk in transaction.people.talks():
        if talk.draft is None or talk.draft.touched is None:
            continue
        due = drafting.goes(talk.draft, talk.draft.touched, promises)
        if due <= until:
            yield "en kladde slettes", due


def told(done: Restored, clock: MovedClock) -> list[str]:
    """What came back and what is lost, a line each."""
    zone = clock().tzinfo
    taken = clock().fromtimestamp(done.copy.taken, zone)
    lines = [
        f"Lagt tilbage: {done.copy.initiatives} idéer, {done.copy.open} åbne, med samme ansvarlige og samme datoer.",
        f"Tabt: alt, hvad der er sket fra {word_moment(taken, 'senest', 'da')} til nu. Sig det til borgere og ansatte.",
    ]
    if done.lost:
        named = ", ".join(map(str, done.lost[:MOST_NUMBERS])) + (" ..." if len(done.lost) > MOST_NUMBERS else "")
        lines.append(f"Disse idéer kender kopien ikke: nr. {named}.")
    if done.parked_inbox or done.parked_outbox:
        lines.append(
            f"Lagt til side: {done.parked_inbox} beskeder til botten og {done.parked_outbox} fra den, som ventede, da "
            "kopien blev taget. De er nok klaret. Se dem med skab parked list."
        )
    lines.append(f"Nye idéer får numre fra {done.first}, så intet nummer bliver brugt to gange.")
    if done.aside is not None:
        lines.append(f"Databasen, der lå der før, ligger nu som {done.aside}.")
    return lines
