"""`skab rules`: check a rules file, try it, compare it, take an older one back, see what the rules don't know yet."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.clock import MovedClock
from bot.core.initiative import Initiative
from bot.house import Fault, ask_database, read_rules, told
from bot.keeper.corrections import read_corrections
from bot.keeper.shelf import put_on_disk
from bot.keeper.trial import spans
from bot.routing import difference, kle, lab
from bot.routing.lab_words import tell_look, tell_trial
from bot.routing.learned import INSTALLED, learn_for_all
from bot.routing.live import Accepted, Refused, accept
from bot.routing.load import digest
from bot.routing.proposals import propose
from bot.routing.schema import rules_schema
from bot.routing.unmatched import FEWEST, find_unmatched
from bot.rules_said import SAID
from bot.settings import Settings, load_settings
from bot.store.address import is_there
from bot.store.once import ask_once
from bot.store.transaction import Transaction

EXIT_MEND = 2
"""The exit code when a human must mend the file first."""
MOST_TRIED = 2000
"""Ideas that were sent, newest first, which new rules are tried on."""

rules = typer.Typer(
    help="Reglerne: se efter fejl, prøv dem, før de gælder, og se, hvad der er ændret.\n\n"
    "Begynd med [bold]skab rules check[/bold]. Tag så en kopi af filen, ret i den, og se med "
    "[bold]skab rules try kopi.yaml[/bold], hvad der ville flytte sig. Intet af det ændrer noget.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

Lang = Annotated[str | None, typer.Option("--lang", help="Sprog: da eller en. Ellers det i SKAB_LANG.")]


@rules.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="Filen. Ellers den, botten bruger (SKAB_RULES).")] = None,
    lang: Lang = None,
) -> None:
    """Se, om en regelfil kan bruges. Hver fejl får linje, tegn og hvad du skal skrive i stedet, alle på én gang."""
    settings = load_settings()
    said = SAID[_language(settings, lang)]
    path = file or settings.rules
    found = _judge(settings, _read(path), path, lang)
    used = found.router.rules
    told = said["good"].format(
        file=path, topics=len(used.topics), agents=len(used.agents), digest=found.frame.rules_hash
    )
    typer.echo(told)
    if found.warnings:
        typer.echo(said["warned"])
        _print_all(problem.said(_language(settings, lang)) for problem in found.warnings)


@rules.command()
def learn(
    file: Annotated[Path | None, typer.Argument(help="Filen. Ellers den, botten bruger (SKAB_RULES).")] = None,
    lang: Lang = None,
) -> None:
    """Lær reglerne, når programmet bliver installeret. Så svarer botten to sekunder hurtigere, første gang den starter.

    Bliver filen ændret, lærer botten den selv. Intet andet afhænger af kommandoen.
    """
    settings = load_settings()
    path = file or settings.rules
    try:
        found = learn_for_all(_read(path))
    except OSError as error:
        raise Fault(
            f"{INSTALLED}: kan ikke skrives ({error.strerror}). Kør kommandoen som den, der installerer."
        ) from None
    if isinstance(found, Refused):
        _refuse(found, path, _language(settings, lang))
    typer.echo(SAID[_language(settings, lang)]["learned"].format(file=path))


@rules.command()
def schema() -> None:
    """Reglernes form som JSON Schema. Så kan din editor foreslå felter og vise fejl, mens du skriver."""
    sys.stdout.write(json.dumps(rules_schema(), ensure_ascii=False, indent=1) + "\n")


@rules.command("try")
def try_rules(
    file: Annotated[Path, typer.Argument(help="Den fil, du vil prøve.")],
    sentence: Annotated[str, typer.Argument(help='Én sætning, fx "skaterbane ved Gentofte Sø".')] = "",
    lang: Lang = None,
) -> None:
    """Prøv en regelfil, før den gælder. Ingen får besked, og intet bliver gemt.

    Med en sætning: hvem der ville få den i dag, hvorfor, og med svar hvornår. Uden: hvad der er ændret, og hvilke
    eksempler og tidligere idéer der ville gå et andet sted hen.
    """
    settings = load_settings()
    language = _language(settings, lang)
    new = _judge(settings, _read(file), file, lang)
    old = read_rules(settings)
    today = MovedClock(settings.clock_file)().date()
    if sentence.strip():
        _print_look(new, old, sentence, today, file, language)
        return
    _print_changes(difference.between(old.data, new.data), language)
    samples = [*lab.examples(old), *_sent_ideas(settings)]
    typer.echo(tell_trial(lab.compare(old, new, samples, today), language))


@rules.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="En fil eller nummeret på en version.")],
    after: Annotated[
        str, typer.Argument(metavar="[B]", help="En fil eller et nummer. Ellers den fil, botten bruger.")
    ] = "",
    lang: Lang = None,
) -> None:
    """Sig med ord, hvad der er ændret fra A til B, og på hvilke linjer."""
    settings = load_settings()
    old = _find(settings, before)
    new = _find(settings, after) if after else _read(settings.rules)
    _print_changes(difference.between(old, new), _language(settings, lang))


@rules.command()
def versions(
    most: Annotated[int, typer.Option(help="Så mange, de nyeste først.", min=1, max=10_000)] = 20,
    lang: Lang = None,
) -> None:
    """De versioner, der har været i brug: nummer, hvornår, hvem, og hvilken der står i filen nu."""
    settings = load_settings()
    said = SAID[_language(settings, lang)]
    found = ask_database(settings, lambda transaction: transaction.rules.versions(most))
    now = digest(_read(settings.rules)) if settings.rules.exists() else ""
    clock = MovedClock(settings.clock_file)
    for version in found:
        at = version.at.astimezone(clock().tzinfo)
        here = said["here"] if version.hash == now else ""
        told = f"{version.id:>4}  {at:%d-%m-%Y %H.%M}  {version.who or said['file']}  {version.hash}{here}"
        typer.echo(told)
    if not found:
        typer.echo(said["no_versions"])


@rules.command()
def show(number: Annotated[int, typer.Argument(help="Versionens nummer.")]) -> None:
    """Skriv en version ud, tegn for tegn, som den var. `skab rules show 14 > gammel.yaml` lægger den i en fil."""
    sys.stdout.buffer.write(_version(load_settings(), number))
    sys.stdout.flush()


@rules.command()
def rollback(number: Annotated[int, typer.Argument(help="Versionens nummer.")], lang: Lang = None) -> None:
    """Læg en tidligere version tilbage i filen, med bemærkninger og rækkefølge. Botten tager den selv i brug."""
    settings = load_settings()
    language = _language(settings, lang)
    said = SAID[language]
    path = settings.rules
    data = _version(settings, number)
    _judge(settings, data, Path(said["version"].format(number=number)), lang)
    now = path.read_bytes() if path.exists() else b""
    if now == data:
        typer.echo(said["same"])
        return
    kept = {
        version.hash for version in ask_database(settings, lambda transaction: transaction.rules.versions(MOST_TRIED))
    }
    if now and digest(now) not in kept:
        aside = path.with_name(path.name + ".before")
        _write(aside, now)
        typer.echo(said["aside"].format(file=aside))
    _write(path, data)
    _print_changes(difference.between(now, data), language)
    typer.echo(said["rolled_back"].format(file=path, number=number))


@rules.command()
def unmatched(
    fewest: Annotated[int, typer.Option(help="Så mange idéer skal ordet stå i.", min=FEWEST)] = FEWEST,
    lang: Lang = None,
) -> None:
    """Ord, som flere borgere har skrevet, og som reglerne ikke kender. Giv dem til et emne, hvis de hører til der."""
    settings = load_settings()
    said = SAID[_language(settings, lang)]
    router = read_rules(settings).router
    texts = [
        (_own_words(idea), idea.topics[0].topic if idea.topics else "")
        for idea in ask_database(settings, _load_newest).values()
    ]
    found = find_unmatched(router, texts, fewest)
    if not found:
        typer.echo(said["nothing"].format(fewest=fewest))
    for one in found:
        topics = said["went_to"].format(topics=", ".join(one.topics)) if one.topics else ""
        typer.echo(said["unmatched"].format(word=one.word, texts=one.texts, topics=topics))


@rules.command()
def proposals(
    to: Annotated[Path | None, typer.Option("--out", help="Læg reglerne med forslagene i den her nye fil.")] = None,
    lang: Lang = None,
) -> None:
    """Ord og eksempler, som jeres egne rettelser peger på: når en borger vælger emnet, eller I giver en idé videre.

    Intet bliver ændret. Læs forslagene igennem: eksempler er borgeres egne sætninger.
    """
    settings = load_settings()
    said = SAID[_language(settings, lang)]
    current = read_rules(settings)
    today = MovedClock(settings.clock_file)().date()
    seen = ask_database(settings, lambda transaction: read_corrections(transaction, MOST_TRIED))
    found = propose(current, seen, today, lambda data: accept(data, settings.seats or None, settings.staff_chat))
    typer.echo(said["observed"].format(count=found.observed))
    if not found.additions:
        typer.echo(said["no_proposals"])
        return
    for one in found.additions:
        numbers = ", ".join(f"nr. {number}" for number in one.numbers)
        typer.echo(said[one.field].format(topic=one.topic, item=one.item, numbers=numbers))
    typer.echo()
    typer.echo(found.diff(current.data))
    if to is not None:
        if to.exists():
            raise Fault(f"{to}: findes i forvejen. Vælg et andet navn. (It is there already.)")
        _write(to, found.data)
        typer.echo(said["written"].format(file=to))


@rules.command("import-kle")
def import_kle(
    file: Annotated[Path, typer.Argument(help="Jeres KLE-ord: en csv-fil med kolonnerne kle og keyword.")],
    to: Annotated[Path | None, typer.Option("--out", help="Læg reglerne med ordene i den her nye fil.")] = None,
    lang: Lang = None,
) -> None:
    """Hent de ord, som landets kommuner fordeler post efter, til emnerne med numre under kle:. De bliver svage ord.

    De står for sig selv sidst i filen, med hvor de er fra. Alt, hvad I selv har skrevet, bliver stående. Kører du
    kommandoen igen, bliver blokken skiftet ud.
    """
    settings = load_settings()
    said = SAID[_language(settings, lang)]
    if to is not None and to.exists():
        raise Fault(f"{to}: findes i forvejen. Vælg et andet navn. (It is there already.)")
    try:
        found = kle.bring_in(_read(settings.rules), kle.read_keywords(_read(file)))
    except kle.KleError as error:
        raise Fault(f"{file}: {error}") from None
    _judge(settings, found.data, settings.rules, lang)
    for topic, words in found.words.items():
        typer.echo(said["kle"].format(topic=topic, count=len(words)))
    if not found.words:
        typer.echo(said["no_kle"])
        return
    _write(to or settings.rules, found.data)
    count = sum(map(len, found.words.values()))
    typer.echo(said["kle_written"].format(count=count, file=to or settings.rules))


def _language(settings: Settings, lang: str | None) -> str:
    chosen = lang or settings.lang
    if chosen not in SAID:
        raise Fault(f"--lang {chosen}: skriv da eller en. (Write da or en.)")
    return chosen


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault(f"{path}: kan ikke læses ({told(error)}). (Can't be read.)") from None


def _find(settings: Settings, named: str) -> bytes:
    """The bytes of a version by its number, or of a file."""
    return _version(settings, int(named)) if named.isascii() and named.isdigit() else _read(Path(named))


def _version(settings: Settings, number: int) -> bytes:
    found = ask_database(settings, lambda transaction: transaction.rules.get(number))
    if found is None:
        raise Fault(f"Der er ingen version {number}. Se dem med: skab rules versions. (There is no such version.)")
    return found.data


def _write(path: Path, data: bytes) -> None:
    if not put_on_disk(path, data):
        raise Fault(f"{path}: kan ikke skrives. Intet er ændret. (Can't be written.)")


def _judge(settings: Settings, data: bytes, path: Path, lang: str | None) -> Accepted:
    """The rules in the bytes; when they can't be used every fault is told, and the command ends."""
    language = _language(settings, lang)
    found = accept(data, settings.seats or None, settings.staff_chat)
    if isinstance(found, Refused):
        _refuse(found, path, language)
    return found


def _refuse(found: Refused, path: Path, language: str) -> NoReturn:
    typer.echo(SAID[language]["bad"].format(file=path))
    _print_all(problem.said(language) for problem in found.problems)
    raise typer.Exit(EXIT_MEND)


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(f"  {line}")


def _print_look(new: Accepted, old: Accepted, sentence: str, today: date, file: Path, language: str) -> None:
    """The sentence under the file, and under the rules in force where the answer differs in more than the version."""
    said = SAID[language]
    tried, now = lab.look(new, sentence, today), lab.look(old, sentence, today)
    typer.echo(said["under"].format(file=file))
    typer.echo(tell_look(tried, today, language))
    if replace(tried, rules_hash="") != replace(now, rules_hash=""):
        typer.echo()
        typer.echo(said["now"])
        typer.echo(tell_look(now, today, language))


def _print_changes(changes: Sequence[difference.Change], language: str) -> None:
    said = SAID[language]
    if not changes:
        typer.echo(said["same"])
    for change in changes:
        where = [
            said[key].format(lines=spans(numbers))
            for key, numbers in (("lines", change.lines), ("gone", change.gone))
            if numbers
        ]
        told = change.da if language == "da" else change.en
        typer.echo(told + (f" ({'; '.join(where)})" if where else ""))


def _newest(settings: Settings) -> Sequence[Initiative]:
    """The ideas that were sent last; none where there is no database yet."""
    if not is_there(settings.database):
        return ()
    return tuple(ask_once(settings.database, _load_newest).values())


def _load_newest(transaction: Transaction) -> dict[int, Initiative]:
    return transaction.initiatives.newest(MOST_TRIED)


def _sent_ideas(settings: Settings) -> Iterator[lab.Sample]:
    for idea in _newest(settings):
        if text := _own_words(idea):
            yield lab.Sample(f"nr. {idea.number}", text)


def _own_words(idea: Initiative) -> str:
    return "\n".join(said.text for said in idea.standing).strip()
