"""`skab texts`: all that the bot can say, to be read, printed or used; and whether a file of own texts can be used."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.house import Fault, read_book, read_file, told
from bot.keeper.own_texts import Found, read_own
from bot.settings import load_settings
from bot.texts.book import Book
from bot.texts.specimen import as_data, specimens

EXIT_MEND = 2
"""The exit code when a human must mend the file first."""


def list_texts(
    lang: Annotated[str, typer.Option(help="Sprog: da, en eller uk.")] = "da",
    as_json: Annotated[bool, typer.Option("--json", help="Som JSON i stedet for en liste.")] = False,
    html: Annotated[Path | None, typer.Option(help="Skriv en side, som kan læses og printes, i denne fil.")] = None,
    check: Annotated[
        Path | None, typer.Option(help="Se, om en fil med egne tekster kan bruges. Alle fejl kommer på én gang.")
    ] = None,
) -> None:
    """Alt, hvad botten kan sige, med prøvenavne sat ind.

    Kommunens egne tekster står i own_texts.yaml ved siden af reglerne: sproget, tekstens navn og teksten.
    Botten ser en ændring af sig selv. Er der fejl i filen, gælder det, der gjaldt før.
    """
    if check is not None:
        raise typer.Exit(_tell(check, read_own(read_file(check, "--check"), Book.load())))
    settings = load_settings()
    book = read_book(settings)
    if lang not in book.languages:
        raise Fault(f"Sproget {lang} findes ikke. Vælg et af: {', '.join(book.languages)}")
    if as_json:
        sys.stdout.write(json.dumps(as_data(book, lang), ensure_ascii=False, indent=1) + "\n")
    elif html is not None:
        typer.echo(str(_write(book, html, settings.own_texts_file, lang)))
    else:
        for one in specimens(book, lang):
            typer.echo(f"{typer.style(one.key, bold=True)} {one.form}")
            typer.echo("  " + one.said.replace("\n", "\n  "))


def _write(book: Book, path: Path, own: Path, lang: str) -> Path:
    # Only here: nothing else of this command needs to lay out a page.
    from bot.report.reading import write_page

    try:
        return write_page(book, path, own.name, lang)
    except OSError as error:
        raise Fault(f"{path}: kan ikke skrives ({told(error)}).") from None


def _tell(path: Path, found: Found) -> int:
    """Say what is wrong in a file of own texts, or what it holds; the exit code."""
    if found.faults:
        typer.echo(f"{path}: teksterne kan ikke bruges. Ret det her, så gælder de:")
    else:
        typer.echo(f"{path}: teksterne kan bruges ({found.many}).")
    for problem in found.faults or found.warnings:
        typer.echo(f"  {problem}")
    return EXIT_MEND if found.faults else 0
