"""What a text says of an initiative: who has it, the next step and its date, read by the book of texts itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys import labels
from tests.journeys.invariants.traffic import bare
from tests.journeys.wording import dates

STATUS = (
    "received", "moving", "appointment", "your_turn", "waiting", "overdue", "late", "paused", "line", "line_overdue",
    "line_appointment",
)  # fmt: skip
QUEUE = ("line", "line_untaken", "line_waiting", "line_appointment", "line_overdue", "line_late", "line_out_of_reach")
FORMS = ("step", "trial", "learned", "waiting", "realising", "back", "partly")
NEWS = (*(f"form.{name}" for name in FORMS), "late", "late_step", "outside_passed", "reopened", "trial_over")
HOME = ZoneInfo("Europe/Copenhagen")
SINGLE = {
    "STATUS": [f"{kind}citizen.status.{name}" for kind in ("", "offer.", "matter.") for name in STATUS]
    + ["lead.line_late"],
    "queue": [f"desk.queue.{name}" for name in QUEUE],
    "public": ["open.line.on_time", "open.line.overdue", "open.line.late", "bridge.alike.line"],
    "receipt": [
        "citizen.receipt",
        "bridge.offer.kept",
        "citizen_step.taken",
        "offer.citizen_step.taken",
        "matter.citizen_step.taken",
    ],
    "news": [f"{kind}citizen_step.{name}" for kind in ("", "offer.", "matter.") for name in NEWS],
    "followers": [f"citizen_step.followers.{name}" for name in FORMS],
}
"""The texts that name one initiative with its person and date, by where a reader meets them."""
PAGE = [f"open.standing.{name}" for name in ("on_time", "overdue", "late", "waiting")]
CLOSED = ("done", "may_not", "can_not", "withdrawn", "joined")
"""The stages after which nobody waits for anything."""
STEPS = ("step", "step_of_another", "desk.next", "citizen_step.next")
"""The tables of the bot's own words for a next step: a name means the same step in all of them."""
LATE = re.compile(r"overdue|late|out_of_reach")
DUE = {
    "da": r"\w+dag den \d{1,2}\. \w+(?: \d{4})?(?: kl\. \d{1,2}(?:\.\d\d)?)?",
    "en": r"\w+day \d{1,2} \w+(?: \d{4})?(?: at \d\d:\d\d)?",
    "uk": r"(?:\d\d:\d\d )?(?:у )?[\w’]+, \d{1,2} \w+(?: \d{4}(?: р\.)?)?(?:, об? \d\d:\d\d)?",
}
"""A date as each language writes it after "senest" and its like."""
DAYS = ("senest", "at", "day", "until")
HOUR = re.compile(r"(?:kl\. |at |об? )(\d{1,2})(?:[.:](\d\d))?\b|\A(\d\d):(\d\d)")
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ENGLISH_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(ENGLISH)})\b")
HEAD = re.compile(r"\ANr\. (?P<n>\d+) · (?P<title>[^\n]*)\n(?P<facts>.*?)(?:\n\n(?P<rest>.*))?\Z", re.DOTALL)
SIGN = re.compile(r"[Nn]r\.|[Nn]o\.|№")
NUMBERED = re.compile(r"\A(?:Nr\.|No\.|№) (\d+)\b")
FIELDS = {"n": r"\d+", "first": r"\S+", "agent": r"[^\n,.:…]+?", "who": r"[^\n,.:…]+?"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one view says of one initiative; what that view does not tell is empty or None."""

    where: str
    number: int
    name: str = ""
    step: str = ""
    due: tuple[int, int] | None = None
    hour: str = ""
    late: bool = False
    title: str = ""
    closed: bool = False

    @property
    def steps(self) -> frozenset[str]:
        """What the step is called in the tables of steps; a human's own words for it stand for themselves."""
        return _steps(self.step)

    def moment(self, near: float) -> datetime | None:
        """The date, in the year that lies nearest to that time (in seconds since 1970)."""
        if self.due is None:
            return None
        here = datetime.fromtimestamp(near, HOME)
        hour, _, minute = (self.hour or "23.59").partition(".")
        day, month = self.due
        years = (here.year - 1, here.year, here.year + 1)
        found = [datetime(year, month, min(day, 28), int(hour), int(minute or 0), tzinfo=HOME) for year in years]
        return min(found, key=lambda one: abs(one - here)) + timedelta(days=day - min(day, 28))

    def differs(self, other: "Claim") -> str:
        """In what the two don't say the same, or "" ."""
        if self.name and other.name and self.name != other.name:
            return f"person: {self.name!r} in {self.where}, {other.name!r} in {other.where}"
        if self.step and other.step and not (self.steps & other.steps or _masked(self.step, other.step)):
            return f"step: {self.step!r} in {self.where}, {other.step!r} in {other.where}"
        if self.due and other.due and self.due != other.due:
            return f"date: {self.due} in {self.where}, {other.due} in {other.where}"
        if self.hour and other.hour and self.hour != other.hour:
            return f"hour: {self.hour} in {self.where}, {other.hour} in {other.where}"
        return ""


@lru_cache(maxsize=20_000)
def claims(text: str) -> tuple[Claim, ...]:
    """All that a text says of initiatives, in order."""
    if not SIGN.search(text):
        return ()
    head = HEAD.match(text)
    if head is not None and "\nAnsvarlig: " in text:
        return tuple(_card(head))
    found = _found(text, "single")
    numbered = NUMBERED.match(text)
    if numbered is not None and not found:
        found = _found(text, "page", numbered[1])
    return tuple(found[place] for place in sorted(found))


def _found(text: str, which: str, number: str = "") -> dict[int, Claim]:
    """The claims by where they begin; where two texts fit, it is the one with more words of its own."""
    found: dict[int, Claim] = {}
    for where, form, late in _patterns(which):
        for hit in form.finditer(text):
            said = hit.groupdict()
            found.setdefault(hit.start(), _claim(where, said, late, int(said.get("n") or number)))
    return found


def quoted(text: str) -> str:
    """The citizen's words as they stand on a card, or ""."""
    head = HEAD.match(text)
    below = (head["rest"] or "") if head is not None else ""
    found = re.match(r"Ord fra [^\n]+:\n(.*?)(?=\n\nEmne: |\Z)", below, re.DOTALL)
    return found[1] if found else ""


def _card(head: re.Match[str]) -> Iterator[Claim]:
    facts, number = head["facts"], int(head["n"])
    lead = re.findall(r"^Ansvarlig: (.*)$", facts, re.MULTILINE)
    name = " / ".join(lead)
    for key in ("desk.card.next", "desk.card.appointment"):
        hit = pattern(key, "da").search(facts)
        if hit is not None:
            late = re.search(r"^(Overskredet|Svar forsinket|\S+ kan ikke nås)", facts, re.MULTILINE) is not None
            said = hit.groupdict() | {"title": head["title"], "agent": name}
            yield _claim("card", said, late, number)
            return
    stage = pattern("desk.card.stage", "da").search(facts)
    closed = stage is not None and stage["stage"] in [labels.whole(f"stage.{ending}") for ending in CLOSED]
    yield Claim("card", number, name, title=head["title"], closed=closed)


def _claim(where: str, said: dict[str, Any], late: bool, number: int) -> Claim:
    due = said.get("due") or ""
    hour = HOUR.search(due)
    clock = f"{int(hour[1] or hour[3])}.{hour[2] or hour[4] or '00'}" if hour else ""
    name, step, title = (said.get(field) or "" for field in ("agent", "step", "title"))
    return Claim(where, number, name, step, _day(due), clock, late, title)


def _day(due: str) -> tuple[int, int] | None:
    english = ENGLISH_DATE.search(due)
    if english:
        return int(english[1]), ENGLISH.index(english[2]) + 1
    found = dates(due)
    return found[0] if found else None


@cache
def _patterns(which: str) -> list[tuple[str, re.Pattern[str], bool]]:
    named = {"public": PAGE} if which == "page" else SINGLE
    found = [
        (where, key, lang) for where, all_keys in named.items() for key in all_keys for lang in labels.LANGUAGES
        if labels.whole(key, lang)
    ]  # fmt: skip
    found.sort(key=lambda one: -len(re.sub(r"\{[^}]+\}", "", labels.whole(one[1], one[2]))))
    late = (LATE.search(key.rpartition(".")[2]) is not None for _, key, _ in found)
    return [(where, pattern(key, lang), is_late) for (where, key, lang), is_late in zip(found, late, strict=True)]


@cache
def pattern(key: str, lang: str) -> re.Pattern[str]:
    """A text of the book as a pattern: each field a group, the first time that it stands there."""
    assert labels.whole(key, lang), f"no text {key!r} in {lang}.yaml"
    words = str(labels.whole(key, lang)).replace("**", "").strip()
    whole, seen = "", set()
    for part in re.split(r"(\{[^}]+\})", words):
        if not part.startswith("{"):
            # After words that end with a mark of their own ("…") the book sets no second one.
            whole += re.sub(r"\A\\\.", r"(?:\\.|(?<=[.!?…]))", re.escape(part))
            continue
        name, _, form = part[1:-1].partition(":")
        inner = DUE[lang] if form in DAYS else FIELDS.get(name, r"[^\n]+?")
        whole += f"(?P<{name}>{inner})" if name not in seen else f"(?:{inner})"
        seen.add(name)
    return re.compile(rf"^{whole}$" if "\n" not in words else rf"^{whole}(?=\n|\Z)", re.MULTILINE)


def _masked(one: str, other: str) -> bool:
    """Whether one is the other with "…" for what not everybody may read (D-03: names and numbers of others)."""
    return any("…" in seen and re.fullmatch(re.escape(seen).replace("…", ".+?"), whole)
               for seen, whole in ((one, other), (other, one)))  # fmt: skip


@lru_cache(maxsize=5_000)
def _steps(said: str) -> frozenset[str]:
    names = {name for name, form in _own_steps() if form.fullmatch(said)}
    return frozenset(names or {bare(said)})


@cache
def _own_steps() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, pattern(f"{table}.{name}", lang))
        for table in STEPS for lang in labels.LANGUAGES for name in labels.whole(table, lang) or ()
    ]  # fmt: skip
