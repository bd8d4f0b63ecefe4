"""What `make mutants` runs: a sample of mutants of core and routing, tried by the quick tests in this process."""

import argparse
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, Orchard, Place
from tests.mutation.trial import Trial
from tests.mutation.verdicts import share, table

ROOT = Path(__file__).resolve().parents[2]
INTO = ROOT / "build" / "mutants"
ROOMS = ["bot/core", "bot/routing"]
ROOMS_OF_TESTS = ("core", "routing", "conversation", "keeper", "knowledge", "machine", "stories", "texts")
TESTS = [*(f"tests/{room}" for room in ROOMS_OF_TESTS), "tests/web/test_board.py", "tests/test_rules_commands.py"]
UNNOTICED = INTO / "unnoticed.diff"
WANTED = 0.85


def main() -> int:
    """Draw, try, tell; the exit code says whether enough were noticed."""
    asked = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    asked.add_argument("--mutants", type=int, default=400, help="how many, 0 for all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--rooms", nargs="+", default=ROOMS, help="folders or files of the program")
    asked.add_argument("--tests", nargs="+", default=TESTS, help="folders or files of tests")
    asked.add_argument("--again", action="store_true", help="only those that the last run left unnoticed")
    asked.add_argument("--wanted", type=float, default=WANTED, help="the share that must be noticed")
    wishes = asked.parse_args()
    INTO.mkdir(parents=True, exist_ok=True)
    orchard = Orchard(ROOT, INTO)
    if wishes.again:
        places = [Place.read(line) for line in UNNOTICED.read_text("utf-8").splitlines() if line.startswith("# ")]
    else:
        places = orchard.sample(wishes.rooms, wishes.mutants, wishes.seed)
    mutants = orchard.make(places)
    trial = Trial(mutants, ROOT, ROOMS, INTO, wishes.at_once)
    # A mutant may leave behind what is wrong: nothing outside this folder, and nothing for the next run.
    temporary, learned = INTO / "temporary", INTO / "learned"
    shutil.rmtree(learned, ignore_errors=True)
    learned.mkdir()
    tempfile.tempdir = str(learned)
    # Everything is said by this program, so pytest and the tests are to be silent; and nothing is left elsewhere.
    ended = pytest.main(
        [
            *wishes.tests, "-m", "not soak and not bench", "-q", "-s", "--no-header", "--no-summary",
            "-o", "log_cli=false", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={temporary}",
        ],
        plugins=[trial],
    )  # fmt: skip
    for folder in (temporary, learned):
        shutil.rmtree(folder, ignore_errors=True)
    if len(trial.verdicts) < len(mutants):
        print(f"The trial was not carried through (pytest: {ended}).")
        return 2
    return _tell(trial, mutants, wishes.wanted)


def _tell(trial: Trial, mutants: list[Mutant], wanted: float) -> int:
    """The table on the screen, what was not noticed in a file, and the exit code."""
    verdicts = [trial.verdicts[nth] for nth in range(len(mutants))]
    both = list(zip(mutants, verdicts, strict=True))
    left = [(mutant, verdict) for mutant, verdict in both if not verdict.noticed]
    UNNOTICED.write_text(
        "\n\n".join(
            f"# {mutant.place}: {verdict.value}, {mutant.function}\n{mutant.difference}" for mutant, verdict in left
        ),
        "utf-8",
    )
    print(table((mutant.place.file, verdict) for mutant, verdict in both))
    reached = share(Counter(verdicts))
    print(f"{100 * reached:.1f} % are noticed, {100 * wanted:.0f} % are wanted.")
    print(f"Those that are not: {UNNOTICED.relative_to(ROOT)}")
    return 0 if reached >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
