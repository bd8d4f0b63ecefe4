"""What each part of routing gives: python tests/routing/ablations.py FILE.jsonl [--semantic] [--kle CSV] [--folds].

`--semantic` adds a line with the second opinion, `--kle` one with a municipality's words of the subject plan. `--folds`
tells besides what is learned from the rules' own examples: each fifth of them is routed by rules that lack it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from bot.routing import kle
from bot.routing.load import load_rules
from bot.routing.match import Router
from bot.routing.rules import Rules, TopicBlock
from tests.routing.score import RULES, TODAY, Row, consult, first_topic, load_router, measure, say, three_topics

COLUMNS = ("kind right", "first acceptable, all", "among three, all", "first acceptable, sure", "share sure")
FOLDS = 5

PARTS = {
    "all parts": None,
    "without what topics learn": ("bot.routing.taught.Taught.strengths", lambda _self, _words: {}),
    "without likeness to examples": ("bot.routing.neighbours.Neighbours.nearest", lambda _self, _features: {}),
    "without parts of compounds": ("bot.routing.vocabulary.Vocabulary._split_compound", lambda _self, _word: ()),
    "without guesses at spelling": ("bot.routing.match.Spellings._find_nearest", lambda _self, _word: None),
    "without what kinds learn": ("bot.routing.weights.Rows.add_up", lambda _self, _features, _scores: None),
}
LESS: dict[str, Callable[[TopicBlock], dict[str, object]]] = {
    "without the topics' examples": lambda _: {"examples": [], "offers": []},
    "without weak words": lambda _: {"hints": []},
    "without phrases": lambda _: {"phrases": []},
    "with ten words a topic": lambda block: {"words": block.words[:10], "hints": []},
}


def read_rules(data: bytes | None = None) -> Rules:
    """The shipped rules, or those in the bytes."""
    rules = load_rules(data or RULES.read_bytes()).rules
    assert rules is not None
    return rules


def change_topics(rules: Rules, change: Callable[[TopicBlock], dict[str, object]]) -> Rules:
    """The rules with every topic changed."""
    topics = {topic: block.model_copy(update=change(block)) for topic, block in rules.topics.items()}
    return rules.model_copy(update={"topics": topics})


def tabulate(rows: list[Row], *, semantic: bool, table: Path | None) -> Iterator[str]:
    """The table as Markdown, a line at a time."""
    yield "| | " + " | ".join(COLUMNS) + " |"
    yield "| --- |" + " ---: |" * len(COLUMNS)
    for name, part in PARTS.items():
        if part is None:
            yield line(name, measure(load_router(), rows)[0])
        else:
            # The router is made anew, since it learns with the part too; without it, an example may lose its topic.
            with patch(*part):
                yield line(name, measure(Router(read_rules()), rows)[0])
    for name, change in LESS.items():
        yield line(name, measure(Router(change_topics(read_rules(), change)), rows)[0])
    if table is not None:
        found = kle.bring_in(RULES.read_bytes(), kle.read_keywords(table.read_bytes()))
        yield line("with the words of the subject plan", measure(Router(read_rules(found.data)), rows)[0])
    if semantic:
        router = load_router()
        consult(router)
        yield line("with the second opinion", measure(router, rows)[0])


def line(name: str, result: dict[str, float]) -> str:
    """One line of the table."""
    return f"| {name} | " + " | ".join(f"{100 * result.get(column, 0):.1f}" for column in COLUMNS) + " |"


def cross_validate(rules: Rules) -> tuple[float, float]:
    """How many of the topics' examples find their topic, first and among three, by rules that lack them (0..1)."""
    first = three = count = 0
    for fold in range(FOLDS):
        router = Router(change_topics(rules, lambda block, fold=fold: keep(block, fold, inside=False)))  # type: ignore[misc]
        for topic, block in rules.topics.items():
            for texts in keep(block, fold, inside=True).values():
                for text in texts:
                    match = router.match(text, today=TODAY)
                    count += 1
                    first += first_topic(match) == topic
                    three += topic in three_topics(match)
    return first / count, three / count


def keep(block: TopicBlock, fold: int, *, inside: bool) -> dict[str, list[str]]:
    """The topic's examples and offers that belong to the fold, or all the others."""
    fields = {"examples": block.examples, "offers": block.offers}
    return {
        field: [text for number, text in enumerate(texts) if (number % FOLDS == fold) == inside]
        for field, texts in fields.items()
    }


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    messages = [json.loads(row) for row in Path(sys.argv[1]).read_text("utf-8").splitlines() if row.strip()]
    words = Path(sys.argv[sys.argv.index("--kle") + 1]) if "--kle" in sys.argv else None
    for told in tabulate(messages, semantic="--semantic" in sys.argv, table=words):
        say(told)
    if "--folds" in sys.argv:
        right, among = cross_validate(read_rules())
        say(f"examples that were left out: first topic {100 * right:.1f} %, among three {100 * among:.1f} %")
