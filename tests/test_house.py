"""The house rules that no style checker knows: lengths, first sentences, and what may not stand in any file."""

import ast
import gc
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("bot", "tests", "docs", "knowledge", ".ci")
LOOSE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "routing_rules.yaml")
WRITTEN = {".py", ".js", ".css", ".html", ".yaml", ".md", ".ini", ".toml", ".txt", ""}
FILES = [
    *(path for folder in OURS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()),
    *(ROOT / name for name in LOOSE),
]
TEXTS = {path: path.read_text(encoding="utf-8") for path in FILES if path.suffix in WRITTEN}
CODE = {".py", ".js", ".css", ".html"}
MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 50
VALUES = {
    "collections", "collections.abc", "dataclasses", "datetime", "enum", "hashlib", "json", "operator", "re",
    "statistics", "string", "typing", "unicodedata",
}  # fmt: skip
"""What the core may import beside itself: types of values, and functions of nothing but their arguments."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[Path, ast.Module]:
    """Every file of Python, parsed; three quarters of a million nodes that nobody shall look through for garbage."""
    gc.disable()
    parsed = {path: ast.parse(text) for path, text in TEXTS.items() if path.suffix == ".py"}
    gc.freeze()
    gc.enable()
    return parsed


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def public(block: ast.Module | ast.ClassDef, inside: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """What others may use: the public functions, classes and methods, but no function within a function."""
    for node in block.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield inside + node.name, node
        if isinstance(node, ast.ClassDef) and not is_protocol(node):
            yield from public(node, f"{inside}{node.name}.")


def is_protocol(block: ast.ClassDef) -> bool:
    """A protocol's methods are documented where they are carried out."""
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in block.bases)


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    lengths = {named(path): len(text.splitlines()) for path, text in TEXTS.items() if path.suffix in CODE}
    assert len(lengths) > 200
    assert {path: lines for path, lines in lengths.items() if lines > MOST_FILE_LINES} == {}


def test_no_function_is_longer_than_a_page() -> None:
    lengths = {
        f"{named(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, Function)
    }
    assert len(lengths) > 1000
    assert {where: lines for where, lines in lengths.items() if lines > MOST_FUNCTION_LINES} == {}


def test_every_module_says_in_its_first_line_what_lives_there() -> None:
    first = {named(path): (ast.get_docstring(module) or "").partition("\n")[0] for path, module in modules().items()}
    assert [path for path, line in first.items() if not line.endswith((".", "?"))] == []


def test_everything_public_in_the_product_is_documented() -> None:
    silent = [
        f"{named(path)}: {name}"
        for path, module in modules().items()
        if path.is_relative_to(ROOT / "bot")
        for name, node in public(module)
        if not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a thing left for later", r"\b(?:TO" r"DO|FIX" r"ME)\b"),
        ("a path of one machine", r"(?<![\w.*])/(?:ho" r"me|ro" r"ot|wo" r"rk|Us" r"ers|tm" r"p)/\w"),
        ("a sleep that holds everything up", r"\btime\.sle" r"ep\("),
        ("a fault that is swallowed", r"except:\s*\n\s*pa" r"ss"),
    ],
)
def test_nothing_is_left_lying_in_any_file(what: str, pattern: str) -> None:
    found = [
        f"{named(path)}:{text.count(chr(10), 0, hit.start()) + 1}"
        for path, text in TEXTS.items()
        for hit in re.finditer(pattern, text)
    ]
    assert found == [], what


def test_the_types_of_the_product_are_looked_at_everywhere() -> None:
    """Where a checker of types has to look away, the types say less than is known."""
    aside = re.compile(r"#\s*type:\s*ign" r"ore|\bno_type_che" r"ck\b")
    ours = {path: text for path, text in TEXTS.items() if path.suffix == ".py" and path.is_relative_to(ROOT / "bot")}
    assert len(ours) > 300
    assert [named(path) for path, text in ours.items() if aside.search(text)] == []


def test_every_dependency_is_used() -> None:
    """What the product installs, it imports; the time zones are data, and uvicorn alone reads by httptools."""
    told = re.search(r"^dependencies = \[(.*?)^\]", TEXTS[ROOT / "pyproject.toml"], re.MULTILINE | re.DOTALL)
    assert told is not None
    named_here = set(re.findall(r'"([a-z0-9-]+)', told[1])) - {"tzdata", "httptools"}
    packages = {"python-telegram-bot": "telegram", "pyyaml": "yaml", "fpdf2": "fpdf", "pillow": "PIL"}
    imported = {
        name.partition(".")[0]
        for path, module in modules().items()
        if path.is_relative_to(ROOT / "bot")
        for node in ast.walk(module)
        for name in imports(node)
    }
    assert {name for name in named_here if packages.get(name, name.replace("-", "_")) not in imported} == set()


def test_the_core_imports_itself_and_values_of_the_standard_library_alone() -> None:
    """Nothing that tells the time, opens, sends, waits or draws lots; `datetime` is asked for no "now"."""
    found = [
        f"{named(path)}: {name}"
        for path, module in modules().items()
        if path.is_relative_to(ROOT / "bot" / "core")
        for node in ast.walk(module)
        for name in (imports(node) or clocks(node))
        if name not in VALUES and not re.match(r"bot\.core(\.|\Z)", name)
    ]
    assert found == []


def clocks(node: ast.AST) -> list[str]:
    """The call by which a moment or a day is read off a clock, or a file opened."""
    if not isinstance(node, ast.Call):
        return []
    called = ast.unparse(node.func)
    return [called] if re.search(r"\.(now|utcnow|today)\Z|\A(open|print|input|__import__)\Z", called) else []


def imports(node: ast.AST) -> list[str]:
    """The modules that a statement imports, by their whole names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
