"""`skab rules` as an admin uses it: the command line itself, in a folder with a rules file and perhaps a database."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot import cli
from bot.core import marks
from bot.core.effects import Note
from bot.core.people import Utterance
from bot.routing import learned
from bot.routing.load import digest
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests import command_line
from tests.core.town import NOW, an_idea
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[1] / "routing_rules.yaml").read_text("utf-8"))
Skab = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the rules in force, on Monday 2 November 2026."""
    (tmp_path / "routing_rules.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def skab(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Skab:
    """Run the command line there; its exit code and what it said."""
    assert folder.exists()

    return partial(command_line.run, monkeypatch, capsys)


def change(old: str, new: str, text: str = RULES) -> str:
    assert old in text
    return text.replace(old, new, 1)


def send_ideas(folder: Path, *texts: str) -> None:
    async def whole() -> None:
        store = await Database.open(folder / "var" / "skab.db")
        for number, text in enumerate(texts, start=1):
            idea = an_idea(number, words=(Utterance(text, 1, NOW),))
            await store.write(lambda transaction, idea=idea: transaction.initiatives.save(idea))
        await store.close()

    (folder / "var").mkdir()
    asyncio.run(whole())


def test_good_rules_are_good(skab: Skab) -> None:
    code, said = skab("rules", "check")
    assert code == 0
    assert said.startswith("routing_rules.yaml: reglerne kan bruges (20 emner, 7 agenter). Version ")


def test_rules_are_learned_at_the_installation(skab: Skab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "INSTALLED", tmp_path / "share")
    said = "routing_rules.yaml: reglerne er lært. Den næste start behøver ikke lære dem igen.\n"
    assert skab("rules", "learn") == (0, said)
    assert len(list((tmp_path / "share").iterdir())) == 1


def test_rules_that_cannot_be_learned_say_why(skab: Skab, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "INSTALLED", folder / "routing_rules.yaml" / "share")
    code, said = skab("rules", "learn")
    assert code == 2
    assert "kan ikke skrives" in said
    monkeypatch.setattr(learned, "INSTALLED", folder / "share")
    (folder / "routing_rules.yaml").write_text(change("ansvarlig: bo\n", "ansvarlig: Bo Lindd\n"), "utf-8")
    code, said = skab("rules", "learn")
    assert code == 2
    assert "Mente du »Bo Lind«?" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Mente du »Bo Lind«?"),
        (("--lang", "en"), 'column 16: "Bo Lindd" is not one of the agents. Did you mean "Bo Lind"?'),
    ],
)
def test_every_fault_is_told_and_the_exit_code_says_mend(
    skab: Skab, folder: Path, words: tuple[str, ...], told: str
) -> None:
    text = change("ansvarlig: bo", "ansvarlig: Bo Lindd", change("arbejdsdage: '2'", "arbejdsdage: 0"))
    (folder / "ny.yaml").write_text(text, "utf-8")
    code, said = skab("rules", "check", "ny.yaml", *words)
    assert code == cli.EXIT_MEND
    assert told in said
    assert len(said.splitlines()) == 3


def test_the_language_may_stand_in_a_setting(skab: Skab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKAB_LANG", "en")
    assert "the rules can be used" in skab("rules", "check")[1]
    code, said = skab("rules", "check", "--lang", "fr")
    assert (code, said) == (cli.EXIT_MEND, "--lang fr: skriv da eller en. (Write da or en.)\n")


def test_a_warning_is_told_and_the_rules_can_be_used(skab: Skab, folder: Path) -> None:
    (folder / "ny.yaml").write_text(change("    - natur\n", "    - natur\n    - cykel\n"), "utf-8")
    code, said = skab("rules", "check", "ny.yaml")
    assert code == 0
    assert "De kan bruges, men se på det her:\n" in said
    assert "ordet »cykel« står under både »trafik« og »natur«" in said


def test_a_file_that_is_not_there_is_told_in_one_line(skab: Skab) -> None:
    code, said = skab("rules", "check", "borte.yaml")
    assert code == cli.EXIT_MEND
    assert said == ("borte.yaml: kan ikke læses (der er ingen fil eller mappe, der hedder sådan). (Can't be read.)\n")


def test_a_sentence_is_tried_under_the_file_and_under_the_rules_in_force(skab: Skab, folder: Path) -> None:
    (folder / "ny.yaml").write_text(change("    - idræt\n", "    - idræt\n    - hvirvleri\n"), "utf-8")
    code, said = skab("rules", "try", "ny.yaml", "et hvirvleri til alle")
    assert code == 0
    under, now = said.split("Med de regler, der gælder nu:\n")
    assert under.startswith("Med ny.yaml:\n")
    assert "1. Idræt, foreninger og fritid (idraet)" in under
    assert "hvirvleri. Den ansvarlige er Farid Nazari." in under
    assert "går den til Farid Nazari, med svar senest den" in under
    assert "Farid Nazari, med svar" not in now
    assert "svar senest den" in now


def test_a_sentence_that_the_file_does_not_move_is_shown_once(skab: Skab, folder: Path) -> None:
    (folder / "ny.yaml").write_text(RULES + "# ny\n", "utf-8")
    said = skab("rules", "try", "ny.yaml", "flere cykler", "--lang", "en")[1]
    assert said.count("It looks like") == 1
    assert "it goes to Mette Holm, with an answer by" in said


def test_a_file_is_tried_on_what_citizens_have_sent(skab: Skab, folder: Path) -> None:
    send_ideas(folder, "et hvirvleri til alle", "flere cykler")
    (folder / "ny.yaml").write_text(change("    - idræt\n", "    - idræt\n    - hvirvleri\n"), "utf-8")
    code, said = skab("rules", "try", "ny.yaml")
    assert code == 0
    assert "idraet: 1 ord mere (hvirvleri) (linje " in said
    assert "2 sætninger er prøvet: 1 går et andet sted hen, 1 af dem til en anden person." in said
    assert "nr. 1 »et hvirvleri til alle«: " in said
    assert "-> idraet, Farid Nazari" in said


def test_two_files_are_compared_in_words(skab: Skab, folder: Path) -> None:
    assert skab("rules", "diff", "routing_rules.yaml")[1] == "Der er ingen forskel.\n"
    (folder / "ny.yaml").write_text(change("arbejdsdage: '2'", "arbejdsdage: 3"), "utf-8")
    number = RULES[: RULES.index("arbejdsdage: '2'")].count("\n") + 1
    said = skab("rules", "diff", "routing_rules.yaml", "ny.yaml")[1]
    assert said == f"løfter.arbejdsdage: 2 -> 3 (linje {number}; før linje {number})\n"
    said = skab("rules", "diff", "ny.yaml", "--lang", "en")[1]
    assert said.startswith("promises.working_days: 3 -> 2 (line ")


def keep_versions(folder: Path, *texts: str) -> None:
    async def whole() -> None:
        store = await Database.open(folder / "var" / "skab.db")
        for number, text in enumerate(texts):
            who = ("Ulla Berg", "")[number % 2]
            await store.write(
                lambda transaction, text=text, who=who: transaction.rules.keep(digest(text.encode()), text, NOW, who)
            )
        await store.close()

    (folder / "var").mkdir()
    asyncio.run(whole())


def test_older_versions_are_listed_shown_compared_and_taken_back(skab: Skab, folder: Path) -> None:
    older = change("arbejdsdage: '2'", "arbejdsdage: 3 # længere", RULES)
    keep_versions(folder, older, RULES)
    listed = skab("rules", "versions")[1].splitlines()
    assert [line.split()[:4] for line in listed] == [
        ["2", "02-11-2026", "09.30", "filen"],
        ["1", "02-11-2026", "09.30", "Ulla"],
    ]
    assert listed[0].endswith("<- står i filen nu")
    assert skab("rules", "show", "1") == (0, older)
    assert skab("rules", "diff", "1", "2")[1].startswith("løfter.arbejdsdage: 3 -> 2 (")
    code, said = skab("rules", "rollback", "1")
    assert code == 0
    assert said.startswith("løfter.arbejdsdage: 2 -> 3 (")
    assert "routing_rules.yaml er nu som version 1." in said
    assert (folder / "routing_rules.yaml").read_bytes() == older.encode()
    assert skab("rules", "rollback", "1")[1] == "Der er ingen forskel.\n"
    assert sorted(path.name for path in folder.iterdir()) == ["routing_rules.yaml", "var"]


def test_what_the_file_held_is_not_lost_by_a_rollback(skab: Skab, folder: Path) -> None:
    keep_versions(folder, RULES)
    (folder / "routing_rules.yaml").write_text("midt i en rettelse\n", "utf-8")
    said = skab("rules", "rollback", "1", "--lang", "en")[1]
    assert "It now lies in routing_rules.yaml.before." in said
    assert (folder / "routing_rules.yaml.before").read_text("utf-8") == "midt i en rettelse\n"
    assert (folder / "routing_rules.yaml").read_text("utf-8") == RULES


@pytest.mark.parametrize("words", [("rules", "unmatched"), ("retention",), ("parked", "list"), ("register",)])
def test_a_question_makes_no_database_of_which_it_then_says_that_all_is_well(
    skab: Skab, folder: Path, words: tuple[str, ...]
) -> None:
    assert skab(*words) == (2, "Der er ingen database i var/skab.db endnu. Start botten først: skab run\n")
    assert not (folder / "var").exists()
    (folder / "var/sandbox").mkdir(parents=True)
    (folder / "var/sandbox/skab.db").touch()
    assert "skriv SKAB_DATABASE=var/sandbox/skab.db foran kommandoen." in skab(*words)[1]


def test_a_version_that_is_not_there_or_no_longer_fits_changes_nothing(skab: Skab, folder: Path) -> None:
    assert skab("rules", "versions")[1].startswith("Der er ingen database i ")
    keep_versions(folder, change("ansvarlig: bo", "ansvarlig: Bo Lindd"))
    assert skab("rules", "rollback", "7")[0] == cli.EXIT_MEND
    code, said = skab("rules", "rollback", "1")
    assert code == cli.EXIT_MEND
    assert said.startswith("version 1: reglerne kan ikke bruges.")
    assert (folder / "routing_rules.yaml").read_text("utf-8") == RULES


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "show", "9" * 30),
        ("rules", "rollback", "9" * 30),
        ("rules", "diff", "9" * 30),
        ("rules", "versions", "--most", "9" * 30),
        ("parked", "show", "outbox", "9" * 30),
        ("parked", "retry", "inbox", "9" * 30),
        ("parked", "drop", "inbox", "9" * 30),
        ("retention", "--days", "9" * 30),
    ],
)
def test_a_number_beyond_all_numbers_is_told_like_any_that_is_not_there(
    skab: Skab, folder: Path, words: tuple[str, ...]
) -> None:
    keep_versions(folder, RULES)
    code, said = skab(*words)
    assert code == cli.EXIT_MEND
    assert "Traceback" not in said
    assert said.strip()


def test_unknown_words_of_several_citizens_are_told_and_those_of_one_are_not(skab: Skab, folder: Path) -> None:
    send_ideas(folder, "et hvirvleri", "hvirvleri nu", "hvirvleri tak", "brumlehus")
    said = skab("rules", "unmatched")[1]
    assert "hvirvleri: 3 idéer, gik mest til trafik" in said
    assert "brumlehus" not in said
    assert "5" in skab("rules", "unmatched", "--fewest", "5")[1]


def correct(folder: Path) -> None:
    """Aase chose idraet for nr. 1; staff passed nr. 2 on to Farid, and nr. 3 went to a stand-in."""

    def move_ideas(transaction: Transaction) -> None:
        texts = ("Byg et hvirvleri", "hvirvleri til idræt", "hvirvleri og mere hvirvleri")
        for number, text in enumerate(texts, start=1):
            chosen = {marks.CHOSEN: "idraet"} if number == 1 else {}
            transaction.initiatives.save(an_idea(number, words=(Utterance(text, 1, NOW),), extra=chosen))
        transaction.timeline.add([Note(2, "passed", "Mette Holm", "owner", {"to": "farid", "how": "passed"})], NOW)
        transaction.timeline.add([Note(3, "passed", "Mette Holm", "owner", {"to": "bo", "how": "stands_in"})], NOW)

    async def whole() -> None:
        store = await Database.open(folder / "var" / "skab.db")
        await store.write(move_ideas)
        await store.close()

    (folder / "var").mkdir()
    asyncio.run(whole())


def test_corrections_become_a_proposal_that_changes_nothing_by_itself(skab: Skab, folder: Path) -> None:
    correct(folder)
    code, said = skab("rules", "proposals", "--out", "forslag.yaml")
    assert code == 0
    assert said.startswith("2 idéer er sendt et andet sted hen af borgere eller jer selv.\n")
    assert "idraet: nyt ord »hvirvleri« (nr. 1, nr. 2)\n" in said
    assert ":     - hvirvleri\n" in said
    assert (folder / "routing_rules.yaml").read_text("utf-8") == RULES
    assert "idraet: 1 ord mere (hvirvleri)" in skab("rules", "try", "forslag.yaml")[1]
    again, told = skab("rules", "proposals", "--out", "forslag.yaml")
    assert again == cli.EXIT_MEND
    assert "forslag.yaml: findes i forvejen." in told


def test_without_corrections_there_is_nothing_to_propose(skab: Skab, folder: Path) -> None:
    send_ideas(folder, "et hvirvleri")
    said = skab("rules", "proposals", "--lang", "en")[1]
    assert said == (
        "0 ideas were sent elsewhere by citizens or by yourselves.\nThey point to no new word or example.\n"
    )


def test_the_schema_is_json(skab: Skab) -> None:
    code, said = skab("rules", "schema")
    assert code == 0
    assert json.loads(said)["title"] == "routing_rules.yaml"


def test_help_teaches(skab: Skab) -> None:
    said = skab("rules", "--help")[1]
    assert "skab rules check" in said
    for command in ("check", "try", "diff", "versions", "show", "rollback", "schema", "unmatched", "proposals"):
        assert command in said


def test_words_of_the_subject_plan_are_brought_in_and_told_by_topic(skab: Skab, folder: Path) -> None:
    (folder / "kle.csv").write_text("kle,keyword\n05.01.02,hjulsporsfræsning\n99.01.02,noget helt andet\n", "utf-8")
    assert skab("rules", "import-kle", "kle.csv", "--out", "ny.yaml") == (
        0,
        "trafik: 1 ord\n1 ord ligger nu i ny.yaml. Se, hvad de flytter: skab rules try ny.yaml\n",
    )
    assert (folder / "routing_rules.yaml").read_text("utf-8") == RULES
    assert skab("rules", "import-kle", "kle.csv", "--out", "ny.yaml")[0] == cli.EXIT_MEND
    assert skab("rules", "import-kle", "kle.csv")[0] == 0
    assert (folder / "routing_rules.yaml").read_bytes() == (folder / "ny.yaml").read_bytes()
    code, said = skab("rules", "import-kle", "routing_rules.yaml")
    assert (code, said) == (
        cli.EXIT_MEND,
        "routing_rules.yaml: filen har ikke kolonnerne kle og keyword (it lacks these columns)\n",
    )
