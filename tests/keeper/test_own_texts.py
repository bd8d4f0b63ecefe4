"""The municipality's own texts: every fault at once with its place, and a good one takes the shipped one's place."""

from pathlib import Path

import pytest

from bot.core.effects import Words
from bot.keeper.own_texts import Found, read_own
from bot.texts.book import Book
from tests.book import BOOK

HERE = Path(__file__).parents[2] / "bot/texts"


def read(text: str) -> Found:
    return read_own(text.encode(), BOOK)


def faults(text: str) -> list[str]:
    return [str(problem) for problem in read(text).faults]


def test_a_good_text_is_said_in_place_of_the_shipped_one_and_only_in_its_language() -> None:
    book = Book.load(strict=True)
    found = read_own(b'da:\n  citizen.later: "Helt i orden. Du h\xc3\xb8rer ikke mere om den."\n', book)
    assert found.problems == ()
    assert found.many == 1
    book.own.entries = found.own.entries
    assert book.speak(Words("citizen.later")).plain == "Helt i orden. Du hører ikke mere om den."
    assert book.speak(Words("citizen.later", "en")).plain == BOOK.speak(Words("citizen.later", "en")).plain


def test_keys_may_stand_in_each_other_as_in_the_shipped_file() -> None:
    found = read("da:\n  citizen:\n    later: Det er fint\n    own:\n      kept: Alt er, som det var.\n")
    assert found.problems == ()
    assert set(found.own.entries["da"]) == {"citizen.later", "citizen.own.kept"}


def test_the_whole_shipped_file_could_be_ones_own_and_has_neither_fault_nor_warning() -> None:
    lines = [
        f"{lang}:\n" + "".join(f"  {line}\n" for line in (HERE / f"{lang}.yaml").read_text("utf-8").splitlines())
        for lang in BOOK.languages
    ]
    found = read("".join(lines))
    assert [str(problem) for problem in found.problems] == []
    assert found.many == sum(len(BOOK.known(lang)) for lang in BOOK.languages)


@pytest.mark.parametrize("text", ["", "\n\n", "# ingen endnu\n", "da:\n", "da:\nen:\n"])
def test_a_file_without_texts_leaves_the_bots_own(text: str) -> None:
    found = read(text)
    assert found.problems == ()
    assert found.many == 0


def test_all_faults_are_told_at_once_with_line_and_column() -> None:
    text = """da:
  citizen.receit: "Tak."
  citizen.later: ""
  citizen.carried.on: "Sendt til {agnt}."
  citizen.carried.until: "Sendt til {agent}."
  citizen.button.send: "Send min gode idé til kommunen nu"
dk:
  citizen.later: "Fint"
"""
    assert faults(text) == [
        "linje 2, tegn 3: der er ingen tekst, som hedder »citizen.receit«. Mente du »citizen.receipt«?",
        "linje 3, tegn 18: »citizen.later« er tom. Skriv teksten, eller slet linjen, så gælder bottens egen tekst.",
        "linje 4, tegn 23: »{agnt}« i »citizen.carried.on« er ikke et felt. Mente du »{agent}«?",
        "linje 5, tegn 3: feltet {due} mangler i »citizen.carried.until«. Sæt det ind, hvor det passer.",
        "linje 5, tegn 3: feltet {first} mangler i »citizen.carried.until«. Sæt det ind, hvor det passer.",
        "linje 6, tegn 3: »citizen.button.send« har 33 tegn, og der er plads til 28. Skriv den kortere.",
        "linje 7, tegn 1: »dk« er ikke et af bottens sprog. Mente du »da«?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "filen er ikke en fil med tekster. Begynd med et sprog: »da:«."),
        ("da: hej", "filen er ikke en fil med tekster. Begynd med et sprog: »da:«."),
        ("da:\n  citizen.later: 'Fint {'", "»{« i »citizen.later« hører ikke til et felt. Slet tegnet"),
        ("da:\n  citizen.later: 'Det er **fint'", "to stjerner i »citizen.later« bliver ikke lukket"),
        (
            "da:\n  citizen.later: 'Fint {Navn}'",
            "»Navn« i »citizen.later« er ikke et felt. Teksten har ingen felter: slet de",
        ),
        ("da:\n  citizen.later: 'Fint {navn}'", "Teksten har ingen felter: slet de krøllede parenteser."),
        (
            "da:\n  lead.same_date: 'Den er {due:snart}'",
            "datoen i »lead.same_date« kan ikke skrives på måden »snart«",
        ),
        ("citizen.later: Fint", "»citizen.later« er en tekst, og der står ikke, hvilket sprog den er på. Skriv »da:«"),
        ("citizen:\n  later: Fint", "»citizen« er en tekst, og der står ikke, hvilket sprog den er på"),
        ("ua:\n  citizen.later: Fint", "»ua« er ikke et af bottens sprog. Mente du »uk«?"),
        ("de:\n  citizen.later: Gut", "»de« er ikke et af bottens sprog"),
        ("da:\n  - citizen.later: Fint", "under »da« står en liste. Slet bindestregen"),
        ("da:\n  citizen.later: [a, b]", "»citizen.later« skal være én tekst"),
        ("da:\n  shared.days: '{n} dage'", "»shared.days« følger et tal. Skriv den for hver form: one, other."),
        ("da:\n  shared.days:\n    other: '{n} dage'", "»shared.days« mangler formen one"),
        ("uk:\n  citizen.later: 'Det er helt fint'", "»citizen.later« ser ikke ud til at være skrevet på det sprog"),
        ("da:\n  citizen.later: 'Усе гаразд'", "»citizen.later« ser ikke ud til at være skrevet på det sprog"),
        ("da:\n  citizen.button.send: 'Send min gode idé til kommunen'", "har 30 tegn, og der er plads til 28"),
        ("da:\n  bot.short: '{municipality} {phone} " + "idé " * 30 + "'", "og der er plads til 120"),
        ("da:\n  bot.command.status.name: stand", "»bot.command.status.name« er en kommandos navn"),
        ("da:\n  citizen.later: Fint\n  citizen.later: Godt", "»citizen.later« står to gange (første gang i linje 2)"),
        ("da:\n  citizen.later: 'Fint 251248-9996'", "der står noget, som ligner et cpr-nummer. Tag det ud."),
        ("da:\n\tcitizen.later: Fint", "linjen er rykket ind med tabulator"),
        ("da:\n  citizen.later: 'Fint", "et anførselstegn bliver ikke lukket"),
    ],
)
def test_a_fault_says_what_it_is_and_what_to_write(text: str, told: str) -> None:
    found = faults(text)
    assert any(told in one for one in found), found
    assert all(one.startswith("linje ") for one in found)


def test_what_could_be_said_better_is_a_warning_and_keeps_nothing_out() -> None:
    found = read(
        "da:\n"
        '  citizen.later: "Vedrørende din henvendelse: den behandles snarest muligt!"\n'
        '  citizen.nothing_to_drop: "Skriv \\"forfra igen\\", når du har lyst til det."\n'
        '  citizen.back_again: "That is quite all right, here it is again for you."\n'
    )
    assert found.faults == ()
    assert [str(problem) for problem in found.warnings] == [
        "linje 2, tegn 3: »citizen.later«: kancelliord: Vedrørende. " + ALOUD,
        "linje 2, tegn 3: »citizen.later«: kancelliord: henvendelse. " + ALOUD,
        "linje 2, tegn 3: »citizen.later«: kancelliord: snarest muligt. " + ALOUD,
        "linje 2, tegn 3: »citizen.later«: siger ikke, hvem der gør det: behandles. " + ALOUD,
        "linje 3, tegn 3: »citizen.nothing_to_drop« beder folk om at skrive »forfra igen«, men det forstår botten "
        "ikke. Brug et ord, som botten forstår.",
        "linje 4, tegn 3: »citizen.back_again« ser ikke ud til at være skrevet på det sprog, den står under (da). "
        "Flyt den, eller oversæt den.",
    ]


@pytest.mark.parametrize(("lang", "label"), [("da", "Ja"), ("da", "Nej tak."), ("en", "Yes, please"), ("uk", "Так")])
def test_a_button_that_is_a_bare_yes_or_no_is_a_warning_for_it_is_heard_alone(lang: str, label: str) -> None:
    found = read(f'{lang}:\n  citizen.button.public_ok: "{label}"\n')
    assert found.faults == ()
    assert f"knappen »{label}« siger ikke, hvad den svarer på" in "".join(map(str, found.warnings))


ALOUD = "Læs den højt, og skriv den, som du ville sige den."
