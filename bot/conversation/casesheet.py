"""The case as lines on paper, for the archive's people: the same facts as the JSON document, in words and in order."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from bot.conversation.ports import Json, Speak
from bot.core import card
from bot.core.effects import Field, Words
from bot.core.forms import FORMS
from bot.core.frame import Frame
from bot.core.initiative import Initiative

ASKED_FIRST = frozenset({"meeting", "show", "title", "merge", "seeks"})
"""Forms that only ask the citizen, or are a citizen's own; what comes of them has a line by another name."""
KINDS = frozenset(
    {
        "sent", "entered", "taken_over", "told", "untold", "citizen_said", "citizen_edited", "erased", "edited",
        "agent_said", "agent_edited", "astray", "taken_back", "note", "asked", "advised", "taken", "helper",
        "helper_left", "pass_offered", "pass_declined", "passed", "promised", "their_turn", "late", "paused",
        "withdrawn", "reopened", "public",
        "hidden", "title_proposed", "title_yes", "title_kept", "meeting_wish", "meeting_proposed", "meeting_set",
        "meeting_off", "meeting", "show_proposed", "show_ok", "show_no", "trial_over", "trial_seen", "on_yes", "on_no",
        "case_file", "case_number", "moved", "link_renewed", "redacted", "survey", "renamed", "out_of_reach", "seeks",
        "seeks_no_more", "merge_proposed", "bridge_asked", "offer_shown", "joined_in", "left", "joined",
        *(f"form_{form}" for form in FORMS if form not in ASKED_FIRST),
    }
)  # fmt: skip
"""The kinds of lines of a timeline that have words of their own here; any other is shown by its bare name."""
DETAILS = (
    "from", "to", "name", "what", "not_allowed", "who", "when", "due", "times", "at", "until", "where", "council",
    "own", "together", "look", "learned", "reason", "why", "instead", "came_of", "by", "title", "before", "after",
    "source", "case", "with", "words", "media", "topics",
)  # fmt: skip
"""What a line may tell besides its words, in this order."""
NAMED = {name: name for name in DETAILS}
ENDING = {"hvad": "what", "hvorfor": "why", "i_stedet": "instead", "svaret_af": "by"}
"""The parts of an ending, by their names in the document."""
SPOKEN = "text"
MOMENTS = frozenset({"when", "due", "at", "times", "until"})
AGENTS = frozenset({"from", "to"})
CORRECTED = "_corrected"
INTERNAL = "staff"
Line = list[str]
"""A line on paper: style, text, and what stands beside it (see `printing.paper`)."""


def sheet(case: Mapping[str, Json], initiative: Initiative, frame: Frame, speak: Speak) -> dict[str, Json]:
    """The sheet that `printing` prints; staff read Danish."""
    zone = initiative.step.due.tzinfo
    told = _Teller(frame, speak, zone)
    n = case["nummer"]
    lines: list[Line] = [["title", told.words("title", n=n), ""]]
    lines += [["fact", text, told.words(f"fact.{name}")] for name, text in told.facts(case, initiative) if text]
    lines.append(["head", told.words("words"), ""])
    for said in case["ord"]:
        lines.append(["said", said["tekst"], told.moment(said["tid"])])
    lines.append(["head", told.words("history"), ""])
    for entry in case["historie"]:
        lines += told.entry(entry)
    lines += [["small", told.words("legend"), ""]]
    foot = told.words("foot", n=n, who=case["hentet_af"], at=datetime.fromisoformat(case["hentet"]))
    return {"title": told.words("title", n=n), "foot": foot, "lang": "da", "lines": lines}


class _Teller:
    """Words the parts of one case."""

    def __init__(self, frame: Frame, speak: Speak, zone: tzinfo | None) -> None:
        self._frame, self._speak, self._zone = frame, speak, zone

    def words(self, key: str, **fields: Field) -> str:
        """A text of the case file's own."""
        return self._speak(Words(f"case_file.{key}", "da", fields)).plain

    def moment(self, written: str) -> str:
        """A moment with its year."""
        at = datetime.fromisoformat(written).astimezone(self._zone)
        return self._speak(Words("case_file.moment", "da", {"at": at})).plain

    def facts(self, case: Mapping[str, Any], initiative: Initiative) -> Iterator[tuple[str, str]]:
        """The head of the case: (name of the fact, its words); no words where there is nothing to tell."""
        topics = self._frame.topics
        yield "title", case["titel"]
        yield "case", case["sagsnummer"]
        yield "citizen", case["borger"]
        yield "partners", ", ".join(case["sammen_med"])
        yield "source", case["kom_fra"]
        yield "lang", "" if case["sprog"] == "da" else self._speak(Words(f"desk.language.{case['sprog']}", "da")).plain
        yield "topics", ", ".join(topics[name].label["da"] if name in topics else name for name in case["emner"])
        yield "stage", self._speak(card.stage(initiative)).plain
        yield "sent", self.moment(case["sendt"])
        yield "promise", self.moment(case["første_løfte"])
        yield "answered", self.moment(case["besvaret"]) if case["besvaret"] else self.words("nothing")
        yield "responsible", self.words("by", who=initiative.responsible_name, role=initiative.responsible_title)
        yield "helpers", ", ".join(case["medspillere"])
        if not initiative.stage.closed:
            step = card.next_step(initiative)
            yield "next", self.words("next", step=step, who=initiative.step.who, due=initiative.step.due)
        yield "ending", "\n".join(self._details(case["slutning"] or {}, ENDING))
        place = initiative.place
        yield "place", f"{place.latitude:.5f}, {place.longitude:.5f}" if place is not None else ""
        yield "files", str(case["filer"] or "")
        yield "public", case["offentlig"] or ""

    def entry(self, entry: Mapping[str, Any]) -> Iterator[Line]:
        """One line of the timeline: when, what and who; then what was said, and what belongs to it."""
        kind, facts, internal = entry["hvad"], entry["oplysninger"], entry["må_ses_af"] == INTERNAL
        text = "\n".join([self._what(kind, entry["hvem"]), *self._details(facts)])
        when = self.moment(entry["tid"])
        spoken = str(facts.get(SPOKEN) or "")
        if internal:
            yield ["note", "\n".join(filter(None, (text, spoken))), f"{when}. {self.words('internal')}"]
            return
        yield ["fact", text, when]
        if spoken:
            yield ["said", spoken, ""]

    def _what(self, kind: str, who: str) -> str:
        if kind.startswith("form_") and kind.endswith(CORRECTED):
            return self.words("line.corrected", who=who)
        return self.words(f"line.{kind}", who=who) if kind in KINDS else self.words("line.other", who=who, what=kind)

    def _details(self, facts: Mapping[str, Any], named: Mapping[str, str] = NAMED) -> Iterator[str]:
        for field, name in named.items():
            value = facts.get(field)
            if value not in (None, "", 0, []):
                yield f"{self.words(f'detail.{name}')}: {self._value(name, value)}"

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, list) and name == "topics":
            return ", ".join(self._topic(str(one)) for one in value)
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        if name in AGENTS and value in self._frame.agents:
            return self._frame.agents[value].name
        if name in MOMENTS:
            return self._moments(str(value))
        return str(value)

    def _topic(self, found: str) -> str:
        """A topic by its name, and how sure routing was of it."""
        topic, _, score = found.rpartition(" ")
        known = self._frame.topics.get(topic)
        return self.words("topic", topic=known.label["da"] if known is not None else topic, score=score)

    def _moments(self, written: str) -> str:
        """One moment or several; a day alone, and words that are none, stay as they were written."""
        try:
            return ", ".join(self.moment(one) if "T" in one else one for one in written.split())
        except ValueError:
            return written
