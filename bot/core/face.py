"""What everybody may see of an initiative that its citizen has opened: its face, and nothing behind it.

This decides it for the phones, the file and the board alike; `display.py` adds what only the board tells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.core import marks
from bot.core.effects import Words
from bot.core.initiative import Ending, Initiative, NextStep, Passed, Stage, Turn
from bot.core.match import TopicScore

SILENT_ENDINGS = frozenset({Stage.WITHDRAWN, Stage.JOINED})
"""Endings after which nothing but the ending itself is shown."""
NO_IDEAS = frozenset({"offer", "call", "ask"})
"""Kinds of what a citizen brings that are between them and the municipality, and are never opened."""
LEAST_NAME = 3
"""Letters of a name that is looked for in the words of staff."""

_NUMBER = re.compile(r"(?<!\w)(?:\+?\d[ .-]?){7,}\d(?!\w)")
_ADDRESS = re.compile(r"(?<![\w.])@\w{3,}|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass(frozen=True, slots=True)
class Face:
    """The title and the words as the citizen has approved them, who has it, what comes next, and the way so far.

    No name, no word of the talk, nothing that the citizen does themselves. `seeks` is what help it looks for, or "".
    `joins` says that its initiator can be asked whether somebody may join.
    """

    number: int
    title: str
    words: str
    topics: tuple[str, ...]
    stage: Stage
    stages: tuple[Passed, ...]
    sent: datetime
    responsible: str
    role: str
    step: NextStep
    late_since: datetime | None = None
    ending: Ending | None = None
    seeks: str = ""
    joins: bool = False

    @property
    def listed(self) -> bool:
        """Whether it stands in the list; what was taken back does not."""
        return self.stage not in SILENT_ENDINGS

    @property
    def topic(self) -> str:
        """The topic under which it stands, or ""."""
        return self.topics[0] if self.topics else ""

    def late(self, now: datetime) -> datetime | None:
        """The promised date that has passed, and since when the citizen therefore waits; None where nothing is late."""
        if self.stage.closed:
            return None
        return self.late_since or (self.step.due if self.overdue(now) else None)

    def overdue(self, now: datetime) -> bool:
        """Whether the promised date has passed while it is the municipality's move."""
        return not self.stage.closed and self.step.turn is not Turn.CITIZEN and self.step.due < now


def face_of(initiative: Initiative) -> Face:
    """The face of an initiative that is public; of one that was taken back no more than that it was."""
    shown = initiative.stage not in SILENT_ENDINGS
    passed = initiative.stages if initiative.stages[:1] else (Passed(initiative.stage, initiative.touched),)
    return Face(
        number=initiative.number,
        title=initiative.title if shown else "",
        words=initiative.public_words if shown else "",
        topics=tuple(found.topic for found in initiative.topics[:3]) if shown else (),
        stage=initiative.stage,
        stages=passed if shown else (),
        sent=initiative.sent,
        responsible=initiative.responsible_name,
        role=initiative.responsible_title,
        step=replace(
            initiative.step,
            who=who_for_all(initiative, initiative.step.who),
            what=careful(initiative, initiative.step.what),
            own_part="",
        ),
        late_since=marks.moment(initiative, marks.LATE_SINCE) if shown else None,
        ending=ending_for_all(initiative) if shown else None,
        seeks=marks.value(initiative, marks.SEEKS) if shown and not initiative.stage.closed else "",
        joins=bool(initiative.owner) and not initiative.stage.closed,
    )


def ending_for_all(initiative: Initiative) -> Ending | None:
    """How it ended, in staff's words as everybody may read them."""
    ending = initiative.ending
    if ending is None:
        return None
    what, why, instead = (careful(initiative, words) for words in (ending.what, ending.why, ending.instead))
    return replace(ending, what=what, why=why, instead=instead)


def who_for_all(initiative: Initiative, who: str) -> str:
    """Who takes a step, as everybody may read it: the responsible alone, where a citizen is named too."""
    return who if careful(initiative, who) == who else initiative.responsible_name


def careful(initiative: Initiative, text: str) -> str:
    """Words of staff without a citizen's name, and without numbers and addresses at which somebody is reached."""
    text = _ADDRESS.sub("…", _NUMBER.sub("…", text))
    names = " ".join((initiative.owner_name, *(partner.name for partner in initiative.partners)))
    for name in names.split():
        if len(name) >= LEAST_NAME and name not in initiative.responsible_name.split():
            text = re.sub(rf"(?<!\w){re.escape(name)}(s?)(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def next_step(face: Face, lang: str) -> str | Words:
    """The next step as a human wrote it, or the bot's own words for it, to whoever is not its citizen."""
    key = (face.step.key or "step.first_answer").rpartition(".")[2]
    return face.step.what or Words(f"step_of_another.{key}", lang, {"first": face.responsible.split()[0]})


class Public(Protocol):
    """What everybody may see, as it stands in this transaction; nothing that is not public can be found by it."""

    def face(self, number: int) -> Face | None:
        """The face of one that is public, or None."""

    def topics(self) -> Mapping[str, int]:
        """How many are listed under each topic ("" for those without)."""

    def listed(self, topic: str | None = None) -> tuple[Face, ...]:
        """Those in the list, newest first; with a topic those under it."""

    def like(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        """Those that say much the same as the text, the likest first."""

    def seeking(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        """Those that look for help, first the ones that the text fits."""


class NothingPublic:
    """No initiative is public."""

    def face(self, number: int) -> Face | None:  # noqa: ARG002
        """None."""
        return None

    def topics(self) -> Mapping[str, int]:
        """No topic."""
        return {}

    def listed(self, topic: str | None = None) -> tuple[Face, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def like(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def seeking(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:  # noqa: ARG002
        """Nothing."""
        return ()
