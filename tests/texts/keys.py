"""The keys of texts that the code names, read from its source."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def labels(folder: Path) -> frozenset[str]:
    """The keys that the code puts on buttons, read from its calls of `Button(key, ...)` and `.button(key, ...)`."""
    return frozenset(key for key, is_label in _named(folder) if is_label)


def named(folder: Path, sections: frozenset[str]) -> frozenset[str]:
    """Every string in the code that looks like the key of a text in one of these sections, and is no module's name."""
    looks_like_a_key = re.compile(rf"({'|'.join(sections)})(\.[a-z0-9_]+)+")
    found = {key for key, _ in _named(folder) if looks_like_a_key.fullmatch(key)}
    return frozenset(key for key in found if not _is_module(folder.parent / key.replace(".", "/")))


def _is_module(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").is_file()


@cache
def _named(folder: Path) -> tuple[tuple[str, bool], ...]:
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces = {id(piece) for made in ast.walk(tree) if isinstance(made, ast.JoinedStr) for piece in made.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
                yield node.value, False
            if isinstance(node, ast.Call) and node.args and _callee(node).lower() == "button":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, True


def _callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
