"""What each part of routing gives on labelled messages: python tests/routing/ablations.py FILE.jsonl [--semantic]."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from bot.routing.load import load_rules
from bot.routing.match import Router
from tests.routing.score import RULES, Row, consult, load_router, measure, say

COLUMNS = ("kind right", "first acceptable, all", "among three, all", "first acceptable, sure", "share sure")


PARTS = {
    "all parts": None,
    "without letters": ("bot.routing.letters.LetterHints._add_up", lambda _self, _word: ()),
    "without likeness to examples": ("bot.routing.neighbours.Neighbours.nearest", lambda _self, _features: {}),
    "without parts of compounds": ("bot.routing.vocabulary.Vocabulary._split_compound", lambda _self, _word: ()),
    "without guesses at spelling": ("bot.routing.match.Spellings._find_nearest", lambda _self, _word: None),
    "without what kinds learn": ("bot.routing.weights.Rows.add_up", lambda _self, _features, _scores: None),
}


def tabulate(rows: list[Row], *, semantic: bool) -> Iterator[str]:
    """The table as Markdown, a line at a time."""
    yield "| | " + " | ".join(COLUMNS) + " |"
    yield "| --- |" + " ---: |" * len(COLUMNS)
    for name, part in PARTS.items():
        if part is None:
            result, _ = measure(load_router(), rows)
        else:
            # The router is made anew, since it learns with the part too; without it, an example may lose its topic.
            with patch(*part):
                rules = load_rules(RULES.read_bytes()).rules
                assert rules is not None
                result, _ = measure(Router(rules), rows)
        yield line(name, result)
    if semantic:
        router = load_router()
        consult(router)
        result, _ = measure(router, rows)
        yield line("with the second opinion", result)


def line(name: str, result: dict[str, float]) -> str:
    """One line of the table."""
    return f"| {name} | " + " | ".join(f"{100 * result.get(column, 0):.1f}" for column in COLUMNS) + " |"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    messages = [json.loads(row) for row in Path(sys.argv[1]).read_text("utf-8").splitlines() if row.strip()]
    for told in tabulate(messages, semantic="--semantic" in sys.argv):
        say(told)
