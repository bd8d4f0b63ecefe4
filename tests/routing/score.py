"""Scores the shipped rules on labelled messages: python tests/routing/score.py FILE.jsonl [--wrong] [--semantic]."""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.match import Match
from bot.routing.live import Accepted, accept
from bot.routing.match import Router
from bot.routing.semantic import Semantic

Row = dict[str, Any]
TODAY = date(2026, 11, 2)
RULES = Path(__file__).parents[2] / "routing_rules.yaml"
CACHE = Path(__file__).parents[2] / "var" / "meanings"


def load_router() -> Router:
    """The router of the shipped rules."""
    outcome = accept(RULES.read_bytes())
    if not isinstance(outcome, Accepted):
        raise SystemExit("\n".join(str(problem) for problem in outcome.problems))
    return outcome.router


def measure(router: Router, rows: list[Row]) -> tuple[dict[str, float], list[tuple[Row, Match]]]:
    """Shares (0..1) by name, and every row with its match."""
    routed = [(row, router.match(row["text"], today=TODAY)) for row in rows]
    result: dict[str, float] = {}

    def note(name: str, right: list[bool]) -> None:
        if right:
            result[name] = sum(right) / len(right)

    note("kind right", [match.kind == row["kind"] for row, match in routed])
    for kind in sorted({row["kind"] for row in rows}):
        note(f"  kind {kind}", [match.kind == kind for row, match in routed if row["kind"] == kind])
    note("emergency false alarms", [m.kind == "emergency" for row, m in routed if row["kind"] != "emergency"])
    ideas = [(row, match) for row, match in routed if row["kind"] in ("idea", "offer")]
    groups = (
        ("all", ideas),
        ("hard", [pair for pair in ideas if pair[0].get("hard")]),
        ("not Danish", [pair for pair in ideas if pair[0].get("lang", "da") != "da"]),
        ("sure", [pair for pair in ideas if pair[1].sure]),
    )
    for name, pairs in groups:
        note(f"first acceptable, {name}", [first_topic(match) in accepted(row) for row, match in pairs])
        note(f"among three, {name}", [bool(three_topics(match) & accepted(row)) for row, match in pairs])
    note("share sure", [match.sure for _, match in ideas])
    return result, routed


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(text + "\n")


def accepted(row: Row) -> set[str]:
    """The topics that the label accepts."""
    return {row["topic"], *row.get("also", ())}


def first_topic(match: Match) -> str:
    """The topic that came first, or ""."""
    return match.topics[0].topic if match.topics else ""


def three_topics(match: Match) -> set[str]:
    """The first three topics."""
    return {topic.topic for topic in match.topics[:3]}


def consult(router: Router, cache: Path = CACHE) -> None:
    """Give the router its second opinion, and wait until the model has learned the rules."""
    second = Semantic(cache, patience=60.0, share=1.0)
    second.teach(router.rules)
    if not second.wait(1800):
        raise SystemExit("the extra `semantic` is not there, or does not run")
    router.second = second


def main(path: str, show_wrong: bool, semantic: bool) -> None:
    """Print the score of the file at the path, and what went wrong when asked."""
    router = load_router()
    if semantic:
        consult(router)
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
    result, routed = measure(router, rows)
    for name, share in result.items():
        say(f"{name:38s} {100 * share:5.1f} %")
    confused = Counter(
        (row["topic"], first_topic(match))
        for row, match in routed
        if row["kind"] in ("idea", "offer") and first_topic(match) not in accepted(row)
    )
    pairs = ", ".join(f"{label}->{found or '-'} {count}" for (label, found), count in confused.most_common(12))
    say(f"confused: {pairs}")
    for row, match in routed if show_wrong else ():
        if match.kind != row["kind"]:
            say(f"KIND {row['id']} {row['kind']} -> {match.kind} | {row['text'][:150]}")
        elif row["kind"] in ("idea", "offer") and first_topic(match) not in accepted(row):
            reasons = "; ".join(f"{t.topic} {t.score:.0f} {list(t.because)}" for t in match.topics[:4])
            say(f"TOPIC {row['id']} {sorted(accepted(row))} | {row['text'][:150]}\n      {reasons}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], "--wrong" in sys.argv, "--semantic" in sys.argv)
