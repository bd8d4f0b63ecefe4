"""The command line: one word a task, help that teaches, one clear line when something must be mended."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import app
from bot.clock import MovedClock
from bot.conversation.mirroring import mirror
from bot.core.mirror import last_month
from bot.core.numbers import MONTH, count
from bot.core.promise import first_due
from bot.examples import teach
from bot.house import Fault, ask_database, read_book, read_rules, told
from bot.logbook import open_log
from bot.routing.explain import route_jsonl, route_text
from bot.routing.match import Router
from bot.routing.semantic import Semantic, open_semantic
from bot.rules_commands import rules
from bot.sandbox_folder import DATABASE, folder_of
from bot.settings import Settings, SettingsError, load_settings, names_in, unknown_names
from bot.store.address import is_there
from bot.store.faults import StoreError
from bot.store.parked import Parked
from bot.store.transaction import Transaction
from bot.text_commands import list_texts
from bot.texts.moments import word_moment
from bot.upkeep_commands import move_to_postgres, put_backup_back, show_retention, take_backup

ROUTE_PATIENCE = 60.0
TOLD_EVERY = 10.0
SOON = 3.0
"""Seconds: how long a sentence may take, how often it is told what is left to learn, and how long one sentence waits
for a model that has learned the rules before."""
EXIT_MEND = 2
"""The exit code when a human must mend something first."""
REGISTERED = {
    "cpr_removed": "cpr-nummer fjernet",
    "data_copied": "kopi udleveret",
    "data_deleted": "alt slettet",
    "astray": "sendt til en forkert",
    "redacted": "ord eller billede fjernet",
    "barred": "lukket for en borger",
    "bar_lifted": "åbnet for en borger igen",
    "bar_ended": "åbnet igen, fordi tiden var gået",
    "kept_no_longer": "slettet, fordi tiden var gået",
}
REGISTERED_FROM = {"citizen": "fra en borger", "staff": "fra personalet", "bot": "af botten"}
Found = TypeVar("Found")
Queue = Annotated[str, typer.Argument(help="Køen: inbox (kom ind) eller outbox (skulle ud).")]
Number = Annotated[int, typer.Argument(help="Nummeret, som skab parked list viser.")]

cli = typer.Typer(
    name="skab",
    help="Kommunens hoveddør til idéer: fra borgerens egne ord til et menneske med navn.\n\n"
    "Begynd med [bold]skab run[/bold]: uden token kører botten i en sandkasse på din egen maskine. "
    "På Telegram: spørg [bold]skab check[/bold], før du starter.\n\n"
    "[bold]skab KOMMANDO --help[/bold] viser eksempler, og hvad koden til sidst betyder.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
parked = typer.Typer(
    help="Det, der ikke kunne sendes eller forstås, og som venter på et menneske.", no_args_is_help=True
)


def main() -> None:
    """Run the command line; what a human must mend is told in plain lines, never as a stack trace."""
    try:
        cli()
    except (Fault, SettingsError, StoreError) as fault:
        for line in str(fault).splitlines():
            typer.echo(line, err=True)
        if isinstance(fault, SettingsError):
            typer.echo("Ret det i .env; .env.example forklarer hver indstilling. (Mend it in .env.)", err=True)
        sys.exit(EXIT_MEND)


@cli.command()
def run(
    port: Annotated[
        int, typer.Option(help="Sandkassens port, når der ikke er noget token. 0 tager en ledig.", min=0, max=65535)
    ] = 8080,
) -> None:
    """Start botten: i sandkassen uden token, på Telegram med SKAB_BOT_TOKEN. Ctrl-C stopper den, og intet går tabt."""
    settings = _settings()
    open_log(settings.log_level, settings.secrets)
    if settings.bot_token is None:
        if settings.webhook_url:
            # A town that has lost its token must not seem to be open.
            raise Fault(
                "SKAB_BOT_TOKEN mangler i .env, og SKAB_WEBHOOK_URL er sat. "
                "Sæt det ind, eller tag adressen ud for at prøve i sandkassen."
            )
        # Only here: on Telegram the sandbox's server would be some megabytes for nothing.
        from bot import playground

        _until_stopped(lambda stop: playground.serve(settings, stop, _announce, port=port))
    else:
        _until_stopped(lambda stop: app.serve(settings, stop, _announce))


@cli.command()
def demo(
    scene: Annotated[str, typer.Argument(help="samtale: en idé fra hej til status. desk: en uge ved bordet.")] = "",
    script: Annotated[bool, typer.Option("--script", help="Spil det uden browser, og skriv det ud.")] = False,
    seed: Annotated[bool, typer.Option("--seed", help="Fyld sandkassen, som kører, med 30 idéer.")] = False,
) -> None:
    """Vis det hele én gang: en idés vej, eller en uge ved agenternes bord. Kode 0, kun hvis hvert trin blev set."""
    if seed:
        from bot import playground

        first = playground.fill(_settings())
        typer.echo(f"30 idéer er lagt i sandkassen fra nr. {first}. Se dem på tavlen.")
        return
    if not script or scene not in ("", "samtale", "desk"):
        typer.echo(
            "Brug `skab demo --script` for at se en idés vej her, `skab demo --script desk` for en uge ved agenternes "
            "bord, eller `skab run` for at prøve den selv i browseren. "
            "`skab demo --seed` fylder den sandkasse, der kører, med 30 idéer."
        )
        raise typer.Exit(EXIT_MEND)
    from bot.demo.script import play, talk
    from bot.demo.week import BEGINS as WEEK
    from bot.demo.week import week

    seen = asyncio.run(play(typer.echo, week, WEEK) if scene == "desk" else play(typer.echo, talk))
    raise typer.Exit(0 if seen else 1)


@cli.command()
def check() -> None:
    """Spørg lægen: indstillinger, database, regler, viden og, med token, bottens rettigheder på Telegram."""
    settings = _settings()
    open_log("error", settings.secrets)
    from bot import doctor

    findings = asyncio.run(doctor.examine(settings))
    for finding in findings:
        mark = "OK  " if finding.well else "MANGLER"
        told = finding.what if finding.well else f"{finding.what}: {' '.join(finding.mend.split())}"
        typer.echo(f"{mark:8}{told}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else EXIT_MEND)


@cli.command()
def route(
    text: Annotated[str, typer.Argument(help='Sætningen, fx "flere cykelstativer ved stationen".')] = "",
    jsonl: Annotated[Path | None, typer.Option(help='En fil med {"id", "text"} på hver linje.')] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Vent, til modellen har lært reglerne at kende.")] = False,
) -> None:
    """Se, hvad reglerne gør ved en sætning: slags, emner med de ord, der talte, hvem der får den, og svar hvornår."""
    if jsonl is None and not text.strip():
        raise Fault('Skriv en sætning: skab route "flere cykelstativer ved stationen"')
    settings = _settings()
    open_log("error", settings.secrets)
    rules = read_rules(settings)
    router = rules.router
    second = _consult(settings, router, patiently=wait or jsonl is not None)
    now = MovedClock(settings.clock_file)()
    try:
        if jsonl is not None:
            try:
                with jsonl.open("rb") as lines:
                    for line in route_jsonl(router, lines, now.date()):
                        sys.stdout.write(line + "\n")
            except OSError as error:
                raise Fault(f"{jsonl}: kan ikke læses ({told(error)}).") from None
            except ValueError as error:
                raise Fault(f"{jsonl}: {error}") from None
        else:
            promised = word_moment(first_due(now, rules.frame.promises), "senest", "da")
            typer.echo(route_text(router, text, now.date(), promised))
    finally:
        if second is not None:
            second.close()


def _consult(settings: Settings, router: Router, *, patiently: bool) -> Semantic | None:
    """Give the router its second opinion, as the running bot has it; the first time, the examples must be learned.

    That takes minutes. Who does not wait `patiently` is told that the rules answer alone, as the bot does meanwhile.
    """
    second = open_semantic(settings.semantic, settings.cache_folder, patience=ROUTE_PATIENCE, share=1.0)
    if second is None:
        return None
    second.teach(router.rules)
    ready = second.wait(TOLD_EVERY if patiently else SOON)
    while patiently and not ready and second.runs:
        typer.echo(f"Lærer reglernes eksempler at kende; det sker kun én gang. {second.left} mangler.", err=True)
        ready = second.wait(TOLD_EVERY)
    if not ready and second.runs:
        behind = (
            f"modellen har {second.left} eksempler tilbage at lære" if second.left else "modellen er ikke klar endnu"
        )
        typer.echo(f"Reglernes ord alene: {behind}. Vent på den med --wait.", err=True)
    router.second = second
    return second


@cli.command()
def report(
    month: Annotated[str, typer.Option(help="Måneden, fx 2026-11. Uden: den forrige.")] = "",
    out: Annotated[Path | None, typer.Option(help="Mappen. Uden: rapport/ ved siden af databasen.")] = None,
    lang: Annotated[str, typer.Option(help="Sprog: da, en eller uk.")] = "da",
) -> None:
    """Månedens spejl: side og diagrammer over, om kommunen levede efter sine seks principper."""
    settings = _running()
    open_log("error", settings.secrets)
    now = MovedClock(settings.clock_file)()
    try:
        first = datetime.strptime(month, MONTH).date() if month else last_month(now.date())  # noqa: DTZ007 (a month)
    except ValueError:
        raise Fault(f"{month}: skriv måneden som 2026-11.") from None
    if first > now.date():
        raise Fault(f"{month}: den måned er ikke begyndt. Vælg en, der er.")
    accepted = read_rules(settings)
    frame, router = accepted.frame, accepted.router
    seen, counted = ask_database(
        settings,
        lambda transaction: (
            mirror(transaction, frame, now, first, router.places, router.districts),
            count(transaction.ledger.rows(), now),
        ),
    )
    book = read_book(settings)
    if lang not in book.languages:
        raise Fault(f"Sproget {lang} findes ikke. Vælg et af: {', '.join(book.languages)}")
    folder = out or settings.cache_folder / "rapport" / f"{first:%Y-%m}"
    # Only here: the library that draws takes more memory than the whole bot.
    from bot.report.page import Report

    try:
        out_line = str(Report(seen, counted, frame, book, lang).write(folder))
    except OSError as error:
        raise Fault(f"{folder}: kan ikke skrives ({told(error)}). Vælg en anden mappe med --out.") from None
    sys.stdout.write(out_line + "\n")


@cli.command()
def register() -> None:
    """Til databeskyttelsesrådgiveren: hvad der er fjernet eller udleveret, hvornår og fra hvem; aldrig indholdet."""
    entries = _in_database(lambda transaction: transaction.timeline.of(0))
    if not entries:
        typer.echo("Intet er fjernet endnu.")
    for number, entry in enumerate(entries, start=1):
        who = REGISTERED_FROM.get(entry.actor, entry.actor)
        what = REGISTERED.get(entry.kind, entry.kind)
        typer.echo(f"{number:>4}  {entry.at:%Y-%m-%d %H:%M}  {what} {who}  {entry.data.get('n', 1)}")


@parked.command("list")
def parked_list() -> None:
    """Vis alt, der venter på et menneske."""
    rows = _in_database(lambda transaction: Parked(transaction.connection).rows())
    if not rows:
        typer.echo("Intet venter.")
    for row in rows:
        typer.echo(f"{row.queue} {row.id}  {row.what}  {row.error}")


@parked.command("show")
def parked_show(queue: Queue, number: Number) -> None:
    """Vis en af dem, helt. Den kan holde borgeres ord: vis den ikke til andre."""
    row = _in_database(lambda transaction: Parked(transaction.connection).one(_queue(queue), number))
    if row is None:
        raise Fault(f"Der venter ikke noget med nr. {number} i {queue}.")
    typer.echo(json.dumps(row, ensure_ascii=False, indent=1))


@parked.command("retry")
def parked_retry(queue: Queue, number: Number) -> None:
    """Prøv den igen, når det, der stod i vejen, er rettet."""
    _one_changed(
        _in_database(lambda transaction: Parked(transaction.connection).retry(_queue(queue), number)), queue, number
    )
    typer.echo("Den bliver prøvet igen.")


@parked.command("drop")
def parked_drop(queue: Queue, number: Number) -> None:
    """Læg den væk for altid. Ingen får den, og den kommer ikke igen."""
    _one_changed(
        _in_database(lambda transaction: Parked(transaction.connection).drop(_queue(queue), number)), queue, number
    )
    typer.echo("Den er lagt væk.")


def _queue(name: str) -> str:
    if name not in ("inbox", "outbox"):
        raise Fault(f"{name}: skriv inbox eller outbox.")
    return name


def _one_changed(changed: bool, queue: str, number: int) -> None:
    if not changed:
        raise Fault(f"Der venter ikke noget med nr. {number} i {queue}.")


def _in_database(work: Callable[[Transaction], Found]) -> Found:
    """What `work` finds in the bot's database, which may be in use meanwhile."""
    return ask_database(_settings(), work)


def _running() -> Settings:
    """The settings by which the bot runs here: with neither a token nor a database of its own, those of a sandbox."""
    settings = _settings()
    if settings.bot_token is not None or is_there(settings.database):
        return settings
    folder = folder_of(settings)
    if not (folder / DATABASE).exists():
        return settings
    return settings.model_copy(update={"database": str(folder / DATABASE), "clock_file": folder / "clock"})


def _settings() -> Settings:
    # A name with a typing error in .env would else be passed over: without a token it is the sandbox that starts.
    for line in unknown_names((*os.environ, *names_in())):
        typer.echo(line, err=True)
    return load_settings()


def _announce(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _until_stopped(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    async def whole() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        await serve(stop)

    asyncio.run(whole())


# In the order in which a newcomer meets them: the list in the help keeps it.
cli.command("texts")(list_texts)
cli.command("retention")(show_retention)
cli.command("backup")(take_backup)
cli.command("restore")(put_backup_back)
cli.command("move-to-postgres")(move_to_postgres)
cli.add_typer(rules, name="rules")
cli.add_typer(parked, name="parked")
teach(cli)
