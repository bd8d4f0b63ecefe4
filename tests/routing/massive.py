"""Routing as a plain classifier on MASSIVE: python tests/routing/massive.py FOLDER [--semantic].

The folder holds train_10shot.jsonl and dev.jsonl with {"intent", "utt"} a line. Each intent becomes a topic whose words
are those of its ten examples; nothing else of the shipped rules' topics is used. Nothing of the data is kept.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.routing.load import load_rules
from bot.routing.match import Router
from bot.routing.rules import Rules, TopicBlock
from bot.routing.spelling import fold_words
from tests.routing.score import RULES, TODAY, consult, say

CACHE = Path(__file__).parents[2] / "var" / "massive"

Samples = Mapping[str, Sequence[str]]


def read(path: Path) -> dict[str, list[str]]:
    """The sentences of a file by intent."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["intent"], []).append(row["utt"])
    return found


def teach(samples: Samples) -> Rules:
    """The shipped rules with the intents as their only topics."""
    rules = load_rules(RULES.read_bytes()).rules
    assert rules is not None
    block = next(iter(rules.topics.values()))

    def topic(intent: str, texts: Sequence[str]) -> TopicBlock:
        words = sorted({word for text in texts for word in fold_words(text) if len(word) > 2})
        return block.model_copy(
            update={
                "name": block.name.model_copy(update={"da": intent.replace("_", " ")}),
                "words": words or [intent],
                "hints": [],
                "other_languages": [],
                "phrases": [],
                "examples": list(texts),
                "offers": [],
            }
        )

    topics = {intent: topic(intent, texts) for intent, texts in samples.items()}
    return rules.model_copy(update={"topics": topics, "digest": "massive"})


def score(router: Router, samples: Samples) -> float:
    """The share (0..1) of sentences whose first topic is their intent."""
    right = [router_first(router, text) == intent for intent, texts in samples.items() for text in texts]
    return sum(right) / len(right)


def router_first(router: Router, text: str) -> str:
    """The topic that comes first, by all that the router has."""
    found = router.match(text, today=TODAY).topics
    return found[0].topic if found else ""


def main(folder: Path, *, semantic: bool) -> None:
    """Tell the share that is right."""
    router = Router(teach(read(folder / "train_10shot.jsonl")))
    if semantic:
        consult(router, CACHE)
    say(f"first topic right: {100 * score(router, read(folder / 'dev.jsonl')):.1f} %")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), semantic="--semantic" in sys.argv)
