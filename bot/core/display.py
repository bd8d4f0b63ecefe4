"""An initiative as the board shows it: its face (`face.py` decides what anybody may see), places, and what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.face import Face, face_of
from bot.core.forms import FORMS
from bot.core.initiative import Initiative, Stage, Turn

SHOWN_KINDS = ("taken", "late", "withdrawn", "reopened", *(f"form_{name}" for name in FORMS))
"""The kinds of lines of a timeline that the public may know to have happened; never what stands in them."""
ANSWERED, LATE, REOPENED = "answered", "late", "reopened"
"""What can have happened besides a new stage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that has happened, with its moment: a stage's name, or that it was answered, late, or opened again."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NextPublicStep:
    """What happens next: staff's own words, or the key of the bot's; who does it, whose move it is, and by when."""

    what: str
    key: str
    first: str
    who: str
    turn: Turn
    due: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One initiative on the board. Of one that was taken back or joined, only number and stage are there.

    `places` are names of the rules that stand in the approved words. `late_since` is the promised date that passed
    without an answer. `why` and `instead` tell of a no, `what` of an ending. `seeks` is what it looks for help with.
    """

    number: int
    stage: Stage
    sent: datetime
    touched: datetime
    lang: str = "da"
    title: str = ""
    words: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    responsible: str = ""
    role: str = ""
    step: NextPublicStep | None = None
    late_since: datetime | None = None
    what: str = ""
    why: str = ""
    instead: str = ""
    seeks: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def topic(self) -> str:
        """The topic under which it stands, or ""."""
        return self.topics[0] if self.topics else ""

    def late(self, now: datetime) -> datetime | None:
        """The promised date that has passed, and since when the citizen therefore waits; None where nothing is late."""
        if self.stage.closed or self.step is None:
            return None
        if self.late_since is not None:
            return self.late_since
        return self.step.due if self.step.turn is not Turn.CITIZEN and self.step.due < now else None


def show(initiative: Initiative, happened: Iterable[tuple[str, datetime]], places: Sequence[str] = ()) -> Shown | None:
    """The initiative as the board shows it, or None where its citizen has not said yes.

    `happened` are kinds of its timeline's lines with their moments (see `SHOWN_KINDS`), oldest first.
    """
    if not initiative.public:
        return None
    face = face_of(initiative)
    if not face.listed:
        return Shown(face.number, face.stage, face.sent, initiative.touched)
    ending = face.ending
    return Shown(
        number=face.number,
        stage=face.stage,
        sent=face.sent,
        touched=initiative.touched,
        lang=initiative.lang,
        title=face.title,
        words=face.words,
        topics=face.topics,
        places=tuple(places),
        responsible=face.responsible,
        role=face.role,
        step=None if face.stage.closed else _step(face),
        late_since=face.late_since,
        what=ending.what if ending else "",
        why=ending.why if ending else "",
        instead=ending.instead if ending else "",
        seeks=face.seeks,
        passages=passages(initiative, happened),
    )


def passages(initiative: Initiative, happened: Iterable[tuple[str, datetime]]) -> tuple[Passage, ...]:
    """The stages so far with their moments; what follows on itself is told once."""
    found = [Passage(Stage.RECEIVED.value, initiative.sent)]
    if initiative.answered is not None:
        found.append(Passage(ANSWERED, initiative.answered))
    for kind, at in happened:
        what = _passed(kind)
        if what:
            found.append(Passage(what, at))
    told: list[Passage] = []
    for passage in sorted(found, key=lambda one: one.at):
        stages = [one.what for one in told if one.what not in (ANSWERED, LATE)]
        if passage.what == LATE or not stages or stages[-1] != passage.what:
            told.append(passage)
    return tuple(told)


def _passed(kind: str) -> str:
    """What a line of that kind says to everybody, or ""."""
    if kind in (LATE, REOPENED):
        return kind
    if kind == "taken":
        return Stage.WITH_AGENT.value
    if kind == "withdrawn":
        return Stage.WITHDRAWN.value
    form = FORMS.get(kind.removeprefix("form_"))
    if form is None or form.name in ("title", "show", "meeting", "seeks", "merge"):
        return ""
    return (form.stage or Stage.DEVELOPING).value


def _step(face: Face) -> NextPublicStep:
    key = (face.step.key or "step.first_answer").rpartition(".")[2]
    step = face.step
    return NextPublicStep(
        step.what, f"step_of_another.{key}", face.responsible.split()[0], step.who, step.turn, step.due
    )
