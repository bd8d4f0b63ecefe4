"""Tells the numbers in Telegram: the same to a citizen, a journalist and the coordinator, and how each is counted."""

import re
from collections.abc import Callable, Iterable

from bot.core import doorway, wording
from bot.core.effects import Button, Buttons, Field, Parts, Say, To, Words
from bot.core.events import Said
from bot.core.numbers import Account, Count, Counts, Numbers, days_since
from bot.core.world import Move

VERB = "numbers"
"""The verb of the buttons; their detail is the part."""
COMMAND = "tal"
MOST_OVERDUE = 8
MOST_MONTHS = 12
TITLE = 40

_PRESS = re.compile(
    r"\b(?:(?:jeg|vi) er|som|i am an?|i['’]m an?|as an?|я)\s+(?:\w+\s+)?(?:journalist|reporter|журналіст)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:hvem|presse|kontakt|interview|udtal|kommentar|who|press|comment|хто|прес|коментар|інтерв)", re.IGNORECASE
)


def answered(move: Move, said: Said) -> bool:
    """Tell the numbers, or whom the press asks, where that is what was asked for; False for all other words.

    A journalist is shown to the press contact, never to an agent; what answers an agent's message goes to the agent.
    """
    if move.world.intent == "numbers":
        tell(move, To(move.person.id), move.talk.lang or "da")
    elif move.world.intent == "press" or (move.world.target is None and _from_the_press(said.text)):
        _tell_press(move)
    else:
        return False
    return True


def tell(move: Move, to: To, lang: str) -> None:
    """All numbers, those that are overdue and public by name, and the ways to see more."""
    account = _account(move)
    if account is None or not account.numbers.whole["received"].known + account.numbers.whole["received"].rest:
        move.do(Say(to, Words("numbers.none", lang)))
        return
    numbers, frame = account.numbers, move.world.frame
    told = [Words("numbers.told", lang, {"municipality": frame.municipality, "at": numbers.at})]
    told += [_line(name, count, lang) for name, count in numbers.whole.items()]
    told += _overdue(account, lang)
    if any(count.few for count in numbers.whole.values()):
        told.append(Words("numbers.why_few", lang))
    if frame.board:
        told.append(Words("numbers.more", lang, {"link": f"{frame.board}/tal"}))
    move.do(Say(to, Parts(tuple(told)), _buttons(lang)))


def tell_part(move: Move, to: To, lang: str, part: str) -> None:
    """The numbers month by month, or topic by topic."""
    account = _account(move)
    if account is None or part not in PARTS:
        move.do(Say(to, Words("numbers.none", lang)))
        return
    head = Words(f"numbers.{part}_how", lang)
    lines = tuple(_part(name, counts, lang) for name, counts in PARTS[part](move, account.numbers, lang))
    move.do(Say(to, Parts((head, *lines, Words("numbers.why_few", lang)))))


def _from_the_press(text: str) -> bool:
    return bool(_PRESS.search(text) and _ASKS.search(text))


def _tell_press(move: Move) -> None:
    """Whom the press asks; where the rules name nobody, how to reach a human."""
    press = move.world.frame.press
    if press is None:
        doorway.human(move)
    else:
        move.tell(move.words("citizen.press", **press.fields()))


def _account(move: Move) -> Account | None:
    return move.world.account() if move.world.account is not None else None


def _line(name: str, count: Count, lang: str) -> Words:
    fields: dict[str, Field] = {"name": Words(f"numbers.name.{name}", lang), "count": _told(count, lang)}
    return Words("numbers.line", lang, fields | {"how": Words(f"numbers.how.{name}", lang)})


def _told(count: Count, lang: str) -> Field:
    """A count as it is told: exactly, or that a few are not counted out."""
    if not count.few:
        return str(count.known)
    return Words("numbers.few_more", lang, {"n": count.public}) if count.public else Words("numbers.few", lang)


def _overdue(account: Account, lang: str) -> list[Words]:
    numbers = account.numbers
    if not numbers.longest and not numbers.overdue:
        return []
    told = [Words("numbers.longest", lang, {"days": Words("shared.days", lang, {"n": numbers.longest})})]
    for late in numbers.overdue[:MOST_OVERDUE]:
        initiative = account.initiatives.get(late.number)
        if initiative is None or not initiative.public:
            continue
        fields: dict[str, Field] = {"number": late.number, "title": wording.title(initiative.title, TITLE)}
        fields |= {"agent": initiative.responsible_name, "role": initiative.responsible_title, "since": late.since}
        days = Words("shared.days", lang, {"n": days_since(late.since, numbers.at)})
        told.append(Words("numbers.overdue_line", lang, fields | {"days": days}))
    return told


def _part(name: Field, counts: Counts, lang: str) -> Words:
    """One month or topic with the counts that say something."""
    chain: Words | None = None
    for measure in reversed(list(counts)):
        count = counts[measure]
        if not count.public and not count.rest:
            continue
        fields: dict[str, Field] = {"name": Words(f"numbers.name.{measure}", lang), "count": _told(count, lang)}
        told = Words("numbers.part_count", lang, fields)
        chain = told if chain is None else Words("numbers.pair", lang, {"first": told, "rest": chain})
    return Words("numbers.part", lang, {"name": name, "counts": chain or "0"})


def _months(_move: Move, numbers: Numbers, lang: str) -> Iterable[tuple[Field, Counts]]:
    newest = sorted(numbers.months, reverse=True)[:MOST_MONTHS]
    for month in newest:
        year, number = map(int, month.split("-"))
        first = numbers.at.replace(year=year, month=number, day=1)
        yield Words("numbers.month", lang, {"at": first}), numbers.months[month]


def _topics(move: Move, numbers: Numbers, lang: str) -> Iterable[tuple[Field, Counts]]:
    for topic, counts in numbers.topics.items():
        known = move.world.frame.topics.get(topic)
        label: Field = known.label.get(lang, known.label["da"]) if known else topic or Words("numbers.no_topic", lang)
        yield label, counts


PARTS: dict[str, Callable[[Move, Numbers, str], Iterable[tuple[Field, Counts]]]] = {
    "by_month": _months,
    "by_topic": _topics,
}
"""The parts that a button asks for."""


def _buttons(lang: str) -> Buttons:
    return tuple((Button(f"numbers.button.{part}", f"{VERB}:0:{part}", lang),) for part in PARTS)
