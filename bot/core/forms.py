"""The forms by which an agent moves an initiative: what each asks for, and how the filled lines are read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from bot.core.days import read_day
from bot.core.frame import Agent
from bot.core.hours import read_hours
from bot.core.initiative import Stage, Turn
from bot.core.promise import is_working_day

Kind = Literal["words", "person", "day", "hours"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: its name, the labels that agents write before it, what it holds, and how long it may be.

    `most_sentences` 0 sets no limit.
    """

    name: str
    labels: tuple[str, ...]
    kind: Kind = "words"
    needed: bool = True
    limit: int = 400
    most_sentences: int = 0


@dataclass(frozen=True, slots=True)
class FormKind:
    """One form: its lines in order, the stage that it leads to (None: as it is), and whose turn it is afterwards.

    `most_words` is how many words all lines may have together; 0 sets no limit.
    """

    name: str
    lines: tuple[Line, ...]
    stage: Stage | None = None
    turn: Turn = Turn.AGENT
    most_words: int = 0

    def line(self, name: str) -> Line:
        """A line by its name; raises StopIteration where there is none."""
        return next(line for line in self.lines if line.name == name)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of an agent's lines: the filled ones, those that are missing, and those with a fault.

    `faults` holds (line, fault), a fault being "unreadable", "past", "person", "long", "sentences", "hours" or "words"
    (too many in all).
    """

    filled: Mapping[str, str]
    missing: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not self.missing and not self.faults


WHAT = Line("what", ("hvad", "hvad sker der", "næste skridt", "hvad prøver vi", "hvad venter vi på"))
WHO = Line("who", ("hvem", "hvem gør det", "ansvarlig"), "person", limit=80)
WHEN = Line("when", ("hvornår", "hvornaar", "dato", "senest", "indtil", "til hvornår"), "day", limit=80)
OWN = Line("own", ("selv", "borgeren selv", "borgeren gør selv"), needed=False, limit=300)
TOGETHER = Line("together", ("med hvem", "sammen med", "med"), limit=200)
LOOK = Line("look", ("hvad kigger vi efter", "vi kigger efter", "kigger efter"), limit=300)
LEARNED = Line("learned", ("lært", "hvad lærte vi", "hvad lærte i", "det lærte vi"), limit=400)
WHY = Line("why", ("hvorfor", "grund", "reglen"), limit=400, most_sentences=3)
INSTEAD = Line("instead", ("i stedet", "hvad så", "hvad kan lade sig gøre", "muligt"), limit=300)
CAME_OF = Line("came_of", ("hvad kom der ud af det", "ud af det", "resultat"), limit=500)
REASON = Line("reason", ("hvorfor", "grund"), limit=300)
TIMES = Line("times", ("mødetid", "mødetider", "tid", "tider", "hvornår"), "hours", limit=300)
WHERE = Line("where", ("sted", "hvor", "mødested"), limit=120)
COUNCIL = Line("council", ("hvor", "råd", "for hvem"), limit=120)
SHOWN = Line("text", ("tekst", "det ser de"), limit=600)
TITLE = Line("title", ("titel", "ny titel"), limit=90)
SEEKS = Line("seeks", ("hjælp", "søger", "søger hjælp", "hvad"), limit=140)
WITH = Line("with", ("nr", "nummer", "sammen med", "sammen med nr"), limit=12)
MAY_NOT = Line("what", ("hvad", "hvad må vi ikke", "hvad kan vi ikke"), limit=300)
NOT_ALLOWED = Line("not_allowed", ("hvad må vi ikke", "må ikke", "det må vi ikke"), limit=300)
GOES_ON = Line("what", ("hvad går videre", "går videre", "det går videre"), limit=300)

FORMS: Mapping[str, FormKind] = {
    form.name: form
    for form in (
        FormKind("step", (WHAT, WHO, WHEN, OWN)),
        FormKind("trial", (WHAT, WHO, WHEN, TOGETHER, LOOK, OWN), Stage.TRIAL),
        FormKind("learned", (LEARNED, WHAT, WHO, WHEN, OWN), Stage.DEVELOPING),
        FormKind("waiting", (WHAT, WHO, WHEN), Stage.WAITING, Turn.OUTSIDE),
        FormKind("realising", (WHAT, WHO, WHEN, OWN), Stage.REALISING),
        FormKind("back", (REASON, WHAT, WHO, WHEN, OWN), Stage.DEVELOPING),
        FormKind("done", (CAME_OF,), Stage.DONE),
        FormKind("may_not", (MAY_NOT, WHY, INSTEAD), Stage.MAY_NOT, most_words=80),
        FormKind("can_not", (MAY_NOT, WHY, INSTEAD), Stage.CAN_NOT, most_words=80),
        FormKind("partly", (NOT_ALLOWED, WHY, GOES_ON, WHO, WHEN, OWN), Stage.DEVELOPING, most_words=80),
        FormKind("meeting", (TIMES, WHERE)),
        FormKind("show", (COUNCIL, WHEN, SHOWN)),
        FormKind("title", (TITLE,)),
        FormKind("seeks", (SEEKS,)),
        FormKind("merge", (WITH,)),
    )
}
NEXT = ("step", "trial", "waiting", "realising", "back")
"""What the button for the next step offers."""
NEXT_IN_TRIAL = ("learned", "step", "waiting", "realising", "back")
"""What it offers while something is being tried."""
MORE = ("done", "may_not", "can_not", "partly", "other")
"""What the button for more offers; "other" is a menu of its own."""
TEMPLATE = "template"
OTHER = ("meeting", "show", "title", "seeks", "merge", TEMPLATE)
"""What is neither a step nor an ending; a canned answer is no form, but is found where they are."""

_LABELLED = re.compile(r"^\s*(?:[-*•]\s*)?([^:\n]{2,40}?)\s*:\s*(.*)$")
_NOBODY = frozenset({"vi", "os", "man", "teamet", "kommunen", "forvaltningen", "afdelingen", "gruppen", "nogen"})
_MYSELF = frozenset({"jeg", "mig", "jeg selv", "mig selv"})
_NOTHING = frozenset({"", "-", "–", "ingenting", "intet", "?"})
_ON_ONE_LINE = re.compile(r"(?<![ \t])[ \t]*[·•|][ \t]*(?:sted:[ \t]*)?", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")


def read(form: FormKind, text: str, before: Mapping[str, str], now: datetime, hour: time, agents: "Agents") -> Reading:
    """Read an agent's lines into a form: labelled ones by their label, others in the form's order.

    `before` is what was filled earlier; a new line replaces it. Where one line alone is missing, words without a
    label fill that one. `now` is aware; days become that day at `hour`, in ISO form.
    """
    if form.name == "meeting":
        # One line holds it all: "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · Byens Hus".
        text = _ON_ONE_LINE.sub("\nsted: ", text)
    labelled, plain = _sort(form, text, before)
    filled, faults = dict(before), list[tuple[str, str]]()
    for name, words in {**labelled, **plain}.items():
        line = form.line(name)
        value, fault = _value(line, words, now, hour, agents)
        if fault:
            faults.append((name, fault))
            filled.pop(name, None)
        elif value:
            filled[name] = value
        elif not line.needed:
            filled.pop(name, None)
    told = sum(len(filled[line.name].split()) for line in form.lines if line.name in filled)
    if form.most_words and told > form.most_words:
        faults.append((form.lines[0].name, "words"))
    wrong = {name for name, _ in faults}
    missing = tuple(line.name for line in form.lines if line.needed and line.name not in filled.keys() | wrong)
    return Reading(filled, missing, tuple(faults))


@dataclass(frozen=True, slots=True)
class Agents:
    """Who may be named in a form: the one who fills it, and everybody with a name in the rules."""

    writer: Agent
    every: tuple[Agent, ...]

    def named(self, words: str) -> str:
        """The full name that the words stand for, as written where no agent is meant; "" for nobody in particular."""
        plain = words.strip(" .").casefold()
        if plain in _MYSELF:
            return self.writer.name
        if plain in _NOBODY:
            return ""
        fitting = [agent for agent in self.every if plain in (agent.name.casefold(), agent.first_name.casefold())]
        return fitting[0].name if len(fitting) == 1 else words.strip(" .")


def _sort(form: FormKind, text: str, before: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    labelled: dict[str, str] = {}
    loose: list[str] = []
    open_line = ""
    for written in text.splitlines():
        found = _LABELLED.match(written)
        name = _named(form, found[1]) if found else ""
        if found and name:
            labelled[name], open_line = found[2].strip(), name
        elif open_line and written.strip():
            labelled[open_line] = f"{labelled[open_line]}\n{written.strip()}".strip()
        elif written.strip():
            loose.append(written.strip())
    left = [line.name for line in form.lines if line.name not in labelled and line.name not in before]
    needed = [name for name in left if form.line(name).needed]
    if len(form.lines) == 1 or (len(needed) == 1 and before and loose):
        return labelled, {(needed or [form.lines[0].name])[0]: "\n".join(loose)} if loose else {}
    return labelled, dict(zip(left, loose, strict=False))


def _named(form: FormKind, label: str) -> str:
    plain = label.strip(" *").casefold()
    for line in form.lines:
        if plain in line.labels or (line.name == "own" and plain.endswith(" selv")):
            return line.name
    return ""


def _value(line: Line, words: str, now: datetime, hour: time, agents: Agents) -> tuple[str, str]:
    words = words.strip()
    if words.casefold() in _NOTHING:
        return "", ""
    if line.kind == "day":
        return _day(words, now, hour)
    if line.kind == "hours":
        return _hours(words, now)
    if line.kind == "person":
        name = agents.named(words)
        return (name, "") if name else ("", "person")
    if len(words) > line.limit:
        return "", "long"
    if line.most_sentences and len(_SENTENCE.findall(words.rstrip(".!?") + ".")) > line.most_sentences:
        return "", "sentences"
    return words, ""


def past(filled: Mapping[str, str], now: datetime) -> str:
    """The filled line whose moment has passed since it was written, or ""."""
    for name in ("when", "times"):
        if any(datetime.fromisoformat(one) <= now for one in filled.get(name, "").split()):
            return name
    return ""


def day_off(filled: Mapping[str, str], closed: Collection[date]) -> datetime | None:
    """The first filled moment on a day that is no working day, or None."""
    written = " ".join(filled.get(name, "") for name in ("when", "times")).split()
    moments = (datetime.fromisoformat(one) for one in written)
    return next((one for one in moments if not is_working_day(one.date(), closed)), None)


def _hours(words: str, now: datetime) -> tuple[str, str]:
    moments = read_hours(words, now)
    if not moments:
        return "", "hours"
    return (" ".join(one.isoformat() for one in moments), "") if moments[0] > now else ("", "past")


def _day(words: str, now: datetime, hour: time) -> tuple[str, str]:
    day = read_day(words, now.date())
    if day is None:
        return "", "unreadable"
    due = datetime.combine(day, hour, tzinfo=now.tzinfo)
    return (due.isoformat(), "") if due > now else ("", "past")
