"""Holds one version of the rules against another: in words, in lines, and in who would have what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.rule_news import Difference, Fault, Passed
from bot.core.succession import heir_of, orphaned
from bot.routing.difference import between, lines
from bot.routing.faults import Problem
from bot.routing.lab import Sample, Where, compare, examples
from bot.routing.live import Accepted
from bot.routing.unswept import unswept
from bot.store.versions import RulesVersion

MOST_WEIGHED = 2000
"""Open ideas, the newest ones, for which it is worked out who would have them: more would keep an admin waiting."""
MOST_MOVED = 5
MOST_LOST = 8
"""Lines that went away unseen and are told one by one."""


def weigh(
    old: Accepted, new: Accepted, running: Mapping[int, Initiative], today: date, chosen: Mapping[str, str]
) -> Difference:
    """What the new version changes, but for the rules' own examples.

    `running` are the initiatives that have not ended; `chosen` holds, by a leaver's id, who is to have their ideas.
    """
    newest = sorted(running, reverse=True)[:MOST_WEIGHED]
    ideas = [Sample(str(number), words) for number in newest if (words := own(running[number]))]
    heirs = _heirs(new.frame, running, today, chosen)
    passing = {number for number, _, _ in heirs}
    stored = [
        (int(moved.sample.key), moved.before.agent_name, moved.after.agent_name)
        for moved in compare(old, new, ideas, today).to_others
    ]
    return replace(
        describe(old.data, new.data),
        ideas=tuple(sorted(idea for idea in stored if idea[0] not in passing)),
        leavers=tuple((id_, agent.name) for id_, agent in old.frame.agents.items() if id_ not in new.frame.agents),
        heirs=heirs,
    )


def count_examples(old: Accepted, new: Accepted, today: date) -> Difference:
    """How many of the old version's own examples go elsewhere, of how many, and the first; it takes seconds."""
    labelled = list(examples(old))
    moved = compare(old, new, labelled, today).moved
    told = tuple((one.sample.text, _where(old, one.before), _where(new, one.after)) for one in moved[:MOST_MOVED])
    return Difference(examples=len(moved), tried=len(labelled), moved=told)


def _where(rules: Accepted, where: Where) -> str:
    """The topic and who has it, as admins know them: "Natur (Bo Lind)"; a dash for what there is none of."""
    return f"{rules.topic_name(where.topic) or '–'} ({where.agent_name or '–'})"


def _heirs(
    frame: Frame, running: Mapping[int, Initiative], today: date, chosen: Mapping[str, str]
) -> tuple[Passed, ...]:
    """The open ideas that lose their agent or topic, and by name who gets them."""
    return tuple(
        (number, idea.responsible_name, frame.agents[heir_of(frame, idea, today, chosen)].name)
        for number, idea in sorted(running.items())
        if orphaned(frame, idea)
    )


def describe(old: bytes, new: bytes) -> Difference:
    """What the new file says otherwise, in words and lines alone: that takes no time."""
    with unswept():
        return Difference(
            words=tuple(change.da for change in between(old, new)),
            lines=spans([line.number for line in lines(old, new) if not line.gone]),
        )


def spans(numbers: Sequence[int]) -> str:
    """Line numbers as a person writes them: "12, 15-18"."""
    told: list[str] = []
    for number in sorted(set(numbers)):
        first, _, last = told[-1].partition("-") if told else ("", "", "")
        if told and int(last or first) == number - 1:
            told[-1] = f"{first}-{number}"
        else:
            told.append(str(number))
    return ", ".join(told)


def nearest(data: bytes, versions: Sequence[RulesVersion]) -> RulesVersion | None:
    """The version that differs from these bytes in the fewest lines: probably the one they were made from."""
    own = Counter(data.splitlines())

    def apart(version: RulesVersion) -> tuple[int, int]:
        other = Counter(version.data.splitlines())
        return (own - other).total() + (other - own).total(), -version.id

    return min(versions, key=apart, default=None)


def lost_lines(base: bytes, newest: bytes, data: bytes) -> tuple[str, ...]:
    """The lines that `newest` added to `base` and that `data`, made from `base`, does not have: "812: - bænk"."""
    before, after = set(base.splitlines()), set(data.splitlines())
    found = [
        f"{number}: {line.decode('utf-8', 'replace').strip()}"
        for number, line in enumerate(newest.splitlines(), start=1)
        if line.strip() and line not in before and line not in after
    ]
    return tuple(found[:MOST_LOST])


def told(problems: Sequence[Problem], most: int) -> tuple[Fault, ...]:
    """The first problems of a file, as they are told to admins."""
    return tuple((one.line, one.column, one.what, one.instead) for one in problems[:most])


def own(idea: Initiative) -> str:
    """All that the citizen has said and not taken back, as one text."""
    return "\n".join(said.text for said in idea.standing if said.text.strip())
