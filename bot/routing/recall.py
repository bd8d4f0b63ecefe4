"""The newest answers to a slow question about a word: each is thought out once, and none is kept on a disk."""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Recall(Generic[Answer]):
    """Asks `think` about a word, and remembers the newest `most` answers; it is put away without them."""

    def __init__(self, think: Callable[[str], Answer], most: int) -> None:
        self._think, self._most = think, most
        self.ask = lru_cache(maxsize=most)(think)
        """What is thought of the word; for a loop over many words, which spares a call for each."""

    def __call__(self, word: str) -> Answer:
        """What is thought of the word."""
        return self.ask(word)

    def __reduce__(self) -> tuple[type["Recall[Answer]"], tuple[Callable[[str], Answer], int]]:
        return Recall, (self._think, self._most)
