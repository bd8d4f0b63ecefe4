"""A rules file that is broken or made to hurt is refused at the line of the slip, soon and with little memory."""

import re
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core import cpr
from bot.routing.document import LARGEST, MOST_PIECES
from bot.routing.faults import FAULTS, fault
from bot.routing.live import Refused, accept
from bot.routing.load import load_rules
from tests.journeys.rulebook import brief_rules
from tests.routing.small import small_rules

SHIPPED = (Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")
SMALL = small_rules(SHIPPED)
LINES = brief_rules().decode().split("\n")
EVERY = 80
"""Every so many of the file's lines are broken, one at a time."""


def numbers_of(what: str) -> list[int]:
    """The numbers (from 0) of lines that can be broken in one way, spread over the file."""
    fits = {
        "colon": lambda line: line.rstrip().endswith(":") or ": " in line.partition('"')[0],
        "quote": lambda line: line.count('"') == 2,
        "bracket": lambda line: (
            line.rstrip().endswith("]") and line.count("]") == 1 and "[" not in line.partition("]")[2]
        ),
        "tab": lambda line: line.startswith("  "),
    }[what]
    found = [
        number for number, line in enumerate(LINES) if line.strip() and not line.lstrip().startswith("#") and fits(line)
    ]
    return found[:: max(1, len(found) // (len(LINES) // EVERY // 8))]


def break_line(number: int, what: str) -> str:
    line = LINES[number]
    broken = {
        "colon": lambda: line.replace(":", "", 1),
        "quote": lambda: line[: line.rindex('"')] + line[line.rindex('"') + 1 :],
        "bracket": lambda: line.replace("]", ""),
        "tab": lambda: "\t" + line.lstrip(" "),
    }[what]()
    return "\n".join([*LINES[:number], broken, *LINES[number + 1 :]])


@pytest.mark.parametrize("what", ["colon", "quote", "bracket", "tab"])
def test_a_slip_anywhere_in_the_file_is_told_at_its_line(what: str) -> None:
    numbers = numbers_of(what)
    assert len(numbers) >= 6
    far = {}
    for number in numbers:
        first = load_rules(break_line(number, what).encode()).problems[0]
        if abs(first.line - (number + 1)) > 1:
            far[number + 1] = str(first)
    assert far == {}


def test_an_opening_quote_that_is_forgotten_is_told_at_its_line() -> None:
    number = SMALL[: SMALL.index("    - natur\n")].count("\n") + 1
    [problem] = load_rules(SMALL.replace("    - natur\n", '    - natur"\n', 1).encode()).problems
    assert (problem.line, problem.what) == (number, "teksten slutter med et anførselstegn, men begynder ikke med et")


def test_several_slips_are_told_at_once() -> None:
    text = SMALL.replace("    ansvarlig: bo\n", "    ansvarlig bo\n", 1)
    text = text.replace("    navn: Bo Lind\n", '    navn: "Bo Lænd\n', 1).replace("leder: karen\n", "leder karen\n", 1)
    lines = [text[: text.index(slip)].count("\n") + 1 for slip in ("leder karen", '"Bo Lænd', "ansvarlig bo")]
    assert [problem.line for problem in load_rules(text.encode()).problems] == lines


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u2028", "\ufeff", "\x85"])
def test_an_invisible_character_is_told_where_it_stands(sign: str) -> None:
    text = SMALL.replace("navn: Bo Lind", f"navn: Bo{sign} Lind", 1)
    [problem] = load_rules(text.encode()).problems
    assert problem.what == "der står et usynligt tegn, som ikke må være der"
    assert problem.line == SMALL[: SMALL.index("navn: Bo Lind")].count("\n") + 1


@pytest.mark.parametrize("spelled", ["251248-9996", "2512489996", "251248 9996"])
def test_a_cpr_number_is_told_at_its_line_without_a_digit_of_it_and_nothing_else_is(spelled: str) -> None:
    number = next(number for number, line in enumerate(LINES) if line.count('"') == 2)
    written = [*LINES[:number], LINES[number].rstrip()[:-1] + f' {spelled}"', *LINES[number + 1 :], "ukendt: 1"]
    [problem] = load_rules("\n".join(written).encode()).problems
    assert problem.line == number + 1
    assert "cpr-nummer" in str(problem)
    assert "9996" not in repr(problem)


def test_the_shipped_rules_hold_nothing_that_looks_like_a_cpr_number() -> None:
    assert cpr.line_with_one(SHIPPED) == 0


def test_a_file_in_cp1252_is_told_at_its_first_foreign_letter() -> None:
    [problem] = load_rules(SMALL.encode("cp1252", "replace")).problems
    # Letters that cp1252 does not have are written as question marks, which are no fault of the file's form.
    before = SMALL[: next(at for at, sign in enumerate(SMALL) if ord(sign) > 127 and sign.encode("cp1252", "ignore"))]
    assert (problem.line, problem.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_may_end_as_other_systems_end_them(ending: str) -> None:
    loaded = load_rules(SMALL.replace("\n", ending).encode())
    assert loaded.rules is not None


BIG = {
    "a file of 19 MB": (b"a: b\n" * 4_000_000, "too_big"),
    "words without end": (b"kommune: [" + b"a," * (LARGEST // 2 - 10) + b"a]\n", "too_many"),
    "lists without end": (b"kommune: [" + b"[]," * (LARGEST // 3 - 10) + b"a]\n", "too_many"),
    "blocks without end": (b"kommune: [" + b"{? [],? []}," * 70_000 + b"a]\n", "too_many"),
    "as many words as there may be": (b"kommune: [" + b"a," * (MOST_PIECES - 9) + b"a]\n", "missing_block"),
    "as many fields as there may be": (b"".join(b"k%d: x\n" % n for n in range(74_000)), "too_many"),
    "lists within lists": (b"[" * 100_000, "too_deep"),
    "a quote that never ends": (b'a: "' + b"x " * 1_900_000, "quote_open"),
    "a bomb of references": (
        b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)),
        "reference",
    ),
}
MEASURE = """
import resource, sys, time
from bot.routing.load import load_rules
load_rules(b"a: 1")
data = sys.stdin.buffer.read()
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
problem = load_rules(data).problems[0]
print(problem.line, time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
print(problem.what)
"""


@pytest.mark.parametrize("case", BIG)
def test_a_file_made_to_hurt_is_refused_within_5_seconds_and_100_mb(case: str) -> None:
    data, key = BIG[case]
    ended = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True)
    numbers, _, what = ended.stdout.decode().partition("\n")
    _, seconds, kilobytes = numbers.split()
    assert what.strip().endswith(FAULTS[key].what.rpartition("}")[2])
    assert float(seconds) < 5
    assert int(kilobytes) < 100 * 1024


def test_a_tag_that_would_run_a_program_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "pwned-marker"
    for tag in ("python/object/apply:os.system", "python/name:os.system", "python/module:os", "binary"):
        text = SMALL.replace("admins: []", f'admins: !!{tag} ["touch {marker}"]', 1)
        outcome = accept(text.encode())
        assert isinstance(outcome, Refused)
        assert outcome.problems[0].line == SMALL[: SMALL.index("admins: []")].count("\n") + 1
    assert not marker.exists()


def test_every_fault_can_be_told_in_both_languages() -> None:
    braces = re.compile(r"{(\w+)}")
    for key in FAULTS:
        fields = dict.fromkeys(braces.findall(" ".join(FAULTS[key])), "x")
        problem = fault(key, (3, 4), fields, meant="y" if not FAULTS[key].instead else "")
        assert problem.said("da").startswith("linje 3, tegn 4: ")
        assert problem.said("en").startswith("line 3, column 4: ")
        assert problem.what != problem.what_en
        assert problem.instead
        assert braces.search(problem.said("da") + problem.said("en")) is None


PIECES = [
    "kommune",
    "emner",
    "natur",
    "ord",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    '"',
    "'",
    "&a",
    "*a",
    "!!x",
    "#",
]
PIECES += [
    "|",
    ">",
    "?",
    "æ",
    "0",
    "2026-01-01",
    "~",
    ",",
    "\x00",
    "\u2028",
    "<<",
    "...",
    "---",
    "%YAML 1.1",
    "\\",
    "@",
    "`",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("a: &a [*a]")
@example("? {a: b}\n: c")
@example("<<: {a: b}")
@example("---\na: b\n---\nc: d\n")
def test_no_text_brings_the_loader_down(text: str) -> None:
    _refused(text.encode())


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_no_bytes_bring_the_loader_down(data: bytes) -> None:
    _refused(data)


@settings(max_examples=60)
@given(st.integers(0, len(SMALL)), st.integers(0, 60), st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
def test_no_slip_of_the_hand_brings_the_loader_down(at: int, gone: int, put: str) -> None:
    started = process_time()
    loaded = load_rules((SMALL[:at] + put + SMALL[at + gone :]).encode())
    assert (loaded.rules is None) == bool(loaded.faults)
    assert all(problem.line <= SMALL.count("\n") + put.count("\n") + 2 for problem in loaded.problems)
    assert process_time() - started < 5


def _refused(data: bytes) -> None:
    started = process_time()
    loaded = load_rules(data)
    assert loaded.rules is None
    assert loaded.faults
    assert all(problem.said("en") and str(problem) for problem in loaded.problems)
    assert process_time() - started < 5
