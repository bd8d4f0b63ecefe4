"""Reads the thirty ideas that a sandbox can be filled with."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import yaml
from pydantic import ConfigDict, TypeAdapter

from bot.core.initiative import Stage

FILE = Path(__file__).parent / "seeds.yaml"


@dataclass(frozen=True, slots=True)
class Seed:
    """One idea with its history, in days before today.

    `moves` are (kind of a timeline's line, days ago). `answered` is how many days ago a human first answered, None for
    not yet; `due` is in how many days the next step's date lies (below 0: it has passed). A shown one is public;
    `seeks` is what it looks for help with.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    title: str
    words: str
    topic: str
    agent: str
    sent: int
    stage: Stage
    moves: tuple[tuple[str, int], ...] = ()
    answered: int | None = None
    step: str = ""
    due: int = 0
    citizens_turn: bool = False
    what: str = ""
    why: str = ""
    instead: str = ""
    shown: bool = True
    lang: str = "da"
    seeks: str = ""


_SEEDS = TypeAdapter(list[Seed])


def read_seeds(file: Path = FILE) -> list[Seed]:
    """All of them, those that were sent first first."""
    written = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return sorted(_SEEDS.validate_python(written), key=lambda seed: -seed.sent)
