"""What anybody may see of an initiative: the words that its citizen said yes to, and where it stands. Nothing else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import marks
from bot.core.forms import FORMS
from bot.core.initiative import Initiative, Stage, Turn

SHOWN_KINDS = ("taken", "late", "withdrawn", "reopened", *(f"form_{name}" for name in FORMS))
"""The kinds of lines of a timeline that the public may know to have happened; never what stands in them."""
ANSWERED, LATE, REOPENED = "answered", "late", "reopened"
"""What can have happened besides a new stage."""
LEAST_NAME = 3
"""Letters of a name that is looked for in the words of staff."""

_NUMBER = re.compile(r"(?<!\w)(?:\+?\d[ .-]?){7,}\d(?!\w)")
_ADDRESS = re.compile(r"(?<![\w.])@\w{3,}|[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that has happened, with its moment: a stage's name, or that it was answered, late, or opened again."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NextPublicStep:
    """What happens next: staff's own words, or the key of the bot's; whose move it is, and by when."""

    what: str
    key: str
    first: str
    turn: Turn
    due: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One initiative as everybody may see it. Of one that was taken back or joined, only number and stage are there.

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
    topic: str = ""
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

    def late(self, now: datetime) -> datetime | None:
        """The promised date that has passed, and since when the citizen therefore waits; None where nothing is late."""
        if self.stage.closed or self.step is None:
            return None
        if self.late_since is not None:
            return self.late_since
        return self.step.due if self.step.turn is not Turn.CITIZEN and self.step.due < now else None


def show(initiative: Initiative, happened: Iterable[tuple[str, datetime]], places: Sequence[str] = ()) -> Shown | None:
    """The initiative as everybody may see it, or None where its citizen has not said yes.

    `happened` are kinds of its timeline's lines with their moments (see `SHOWN_KINDS`), oldest first.
    """
    if not initiative.public:
        return None
    if initiative.stage in (Stage.WITHDRAWN, Stage.JOINED):
        return Shown(initiative.number, initiative.stage, initiative.sent, initiative.touched)
    ending = initiative.ending
    return Shown(
        number=initiative.number,
        stage=initiative.stage,
        sent=initiative.sent,
        touched=initiative.touched,
        lang=initiative.lang,
        title=initiative.title,
        words=initiative.public_words,
        topic=initiative.topics[0].topic if initiative.topics else "",
        places=tuple(places),
        responsible=initiative.responsible_name,
        role=initiative.responsible_title,
        step=None if initiative.stage.closed else _step(initiative),
        late_since=marks.moment(initiative, marks.LATE_SINCE),
        what=careful(initiative, ending.what) if ending else "",
        why=careful(initiative, ending.why) if ending else "",
        instead=careful(initiative, ending.instead) if ending else "",
        seeks="" if initiative.stage.closed else marks.value(initiative, marks.SEEKS),
        passages=passages(initiative, happened),
    )


def careful(initiative: Initiative, text: str) -> str:
    """Words of staff without a citizen's name, and without numbers and addresses at which somebody is reached."""
    text = _ADDRESS.sub("…", _NUMBER.sub("…", text))
    names = " ".join((initiative.owner_name, *(partner.name for partner in initiative.partners)))
    for name in names.split():
        if len(name) >= LEAST_NAME and name not in initiative.responsible_name.split():
            text = re.sub(rf"(?<!\w){re.escape(name)}(s?)(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


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


def _step(initiative: Initiative) -> NextPublicStep:
    step = initiative.step
    key = (step.key or "step.first_answer").rpartition(".")[2]
    first = initiative.responsible_name.split()[0]
    return NextPublicStep(careful(initiative, step.what), f"step_of_another.{key}", first, step.turn, step.due)
