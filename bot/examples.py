"""What the help of each command ends with: the command as one would type it, and what its exit code says."""

from collections.abc import Iterator

import typer
from typer.models import CommandInfo

WELL = "Kode 0: det gik. Kode 2: noget skal rettes først, og linjen siger hvad."
EXAMPLES: dict[str, tuple[str, ...]] = {
    "run": (
        "skab run              sandkassen på http://127.0.0.1:8080, uden token",
        "skab run --port 0     det samme på en ledig port",
        "Med SKAB_BOT_TOKEN i .env er det Telegram, den svarer på. Spørg skab check først.",
        "Kode 0: stoppet med Ctrl-C. Kode 2: noget skal rettes først, og linjen siger hvad.",
    ),
    "demo": (
        "skab demo --script         en idé fra hej til status, skrevet ud her",
        "skab demo --script desk    en uge ved agenternes bord",
        "skab demo --seed           30 idéer i den sandkasse, der kører",
        "Kode 0: alle trin blev set. Kode 1: et trin manglede, og den sidste linje siger hvilket.",
    ),
    "check": (
        "skab check                           alt, som botten står på",
        "SKAB_RULES=kopi.yaml skab check      det samme med en anden regelfil",
        "Hver linje er OK eller MANGLER. Efter MANGLER står, hvad du skal gøre.",
        "Kode 0: alt er i orden. Kode 2: noget mangler.",
    ),
    "route": (
        'skab route "flere cykelstativer ved stationen"     hvem der ville få den, hvorfor, og svar hvornår',
        "skab route --jsonl idéer.jsonl                     mange på én gang, en linje JSON for hver",
        "Første gang bruger modellen nogle minutter på at lære reglerne. --wait venter på den, og --jsonl gør også.",
        "Intet bliver gemt, og ingen får besked. " + WELL,
    ),
    "report": (
        "skab report                      den forrige måned",
        "skab report --month 2026-11      en bestemt måned",
        "Mappen med siden bliver skrevet ud. " + WELL,
    ),
    "register": ("skab register > register.txt     listen som en fil", WELL),
    "texts": (
        "skab texts                             hele listen på dansk",
        "skab texts --html tekster.html         en side til at læse og printe",
        "skab texts --check own_texts.yaml      om kommunens egne tekster kan bruges",
        WELL,
    ),
    "retention": ("skab retention     hvad der når sin tid, med datoer", WELL),
    "backup": (
        "skab backup sikker/skab-mandag.db     en kopi, som er set efter",
        "Kopien lægges tilbage med skab restore. " + WELL,
    ),
    "restore": (
        "skab restore sikker/skab-mandag.db     stop botten først",
        "Den database, der var, bliver lagt ved siden af. " + WELL,
    ),
    "move-to-postgres": (
        "skab move-to-postgres var/skab.db     stop botten først; SKAB_DATABASE i .env er serveren",
        WELL,
    ),
    "parked list": ("skab parked list     kø, nummer, hvad det er, og hvorfor det ligger her", WELL),
    "parked show": ("skab parked show outbox 12     køen og nummeret, som listen viser dem", WELL),
    "parked retry": (
        "skab parked retry outbox 12     fx når grunden i listen er rettet",
        "Botten tager den, når den kører. " + WELL,
    ),
    "parked drop": (
        "skab parked drop inbox 7     den bliver aldrig prøvet igen",
        "Se den først med skab parked show. " + WELL,
    ),
    "rules check": (
        "skab rules check               den fil, botten bruger",
        "skab rules check kopi.yaml     en anden fil",
        WELL,
    ),
    "rules learn": ("skab rules learn     make gør det selv, når programmet bliver sat op", WELL),
    "rules schema": ("skab rules schema > regler.schema.json     peg din editor på filen", WELL),
    "rules try": (
        "skab rules try kopi.yaml                                alt, der ville flytte sig",
        'skab rules try kopi.yaml "skaterbane ved Gentofte Sø"   én sætning',
        WELL,
    ),
    "rules diff": ("skab rules diff routing_rules.yaml kopi.yaml     hvad der er ændret, med ord", WELL),
    "rules versions": ("skab rules versions     nummer, hvornår og hvem", WELL),
    "rules show": ("skab rules show 14 > gammel.yaml     version 14, tegn for tegn", WELL),
    "rules rollback": ("skab rules rollback 14     version 14 gælder igen", WELL),
    "rules unmatched": ("skab rules unmatched     ord, som reglerne ikke kender", WELL),
    "rules proposals": (
        "skab rules proposals                  ord og eksempler, som jeres rettelser peger på",
        "skab rules proposals --out ny.yaml    reglerne med dem i en ny fil",
        WELL,
    ),
    "rules import-kle": (
        "skab rules import-kle kle.csv                  skriver ordene ind i reglernes fil",
        "skab rules import-kle kle.csv --out ny.yaml    i en ny fil, så I kan se efter først",
        WELL,
    ),
}
"""By the words that one types after `skab`; a line begins with what is typed, and then says what it does."""


def teach(cli: typer.Typer) -> None:
    """Let the help of each command end with its examples, and run its paragraphs on as wide as the screen is."""
    for name, command in commands_of(cli):
        command.epilog = "\n".join(("[bold]Sådan[/bold]", *(line.replace("[", r"\[") for line in EXAMPLES[name])))
        said = command.help or (command.callback.__doc__ if command.callback else "") or ""
        command.help = "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))


def commands_of(cli: typer.Typer, before: str = "") -> Iterator[tuple[str, CommandInfo]]:
    """Each command with the words that one types for it."""
    for command in cli.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        yield before + name, command
    for group in cli.registered_groups:
        if group.typer_instance is not None:
            yield from commands_of(group.typer_instance, f"{before}{group.name} ")
