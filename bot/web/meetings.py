"""The meetings on the board: those of the municipality's calendar by topic and place, and as a file for one's own."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from bot.core.world import Gathering
from bot.knowledge.calendar import write_calendar
from bot.web.edition import Edition
from bot.web.pages import Choice, Group, NoSuchPage, Pages

PATH: Final = "/moeder"
TOPIC, PLACE = "emne", "sted"
FILTERS: Final = (TOPIC, PLACE)
"""The names by which the meetings are narrowed, as they stand in the address."""
_HELD: Final[Mapping[str, Callable[[Gathering], Sequence[str]]]] = {
    TOPIC: lambda one: one.topics,
    PLACE: lambda one: (one.where,) if one.where else (),
}


class Meetings:
    """Everything that the board tells of meetings; only dates that are in the calendar's files."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def page(self, edition: Edition, lang: str, wanted: Mapping[str, str]) -> str:
        """The meetings by month, narrowed to what is `wanted`. Raises `NoSuchPage` for a choice of none."""
        found = [one for one in edition.meetings if _fits(one, wanted)]
        groups = [self._group(edition, lang, wanted, name) for name in FILTERS]
        months = groupby(found, key=lambda one: (one.start.year, one.start.month))
        return self._pages.render(
            "meetings.html", edition, lang, PATH, here="meetings", choices=[one for one in groups if one.choices],
            months=[list(of_month) for _, of_month in months], nothing=not edition.meetings,
        )  # fmt: skip

    def calendar(self, edition: Edition, _: str) -> str:
        """All of them as one file, which a calendar may fetch again and again."""
        return write_calendar(edition.meetings, edition.now)

    def one(self, edition: Edition, key: str) -> str:
        """One of them as a file. Raises `NoSuchPage` for one that is not in the calendar."""
        found = [one for one in edition.meetings if one.key == key]
        if not found:
            raise NoSuchPage
        return write_calendar(found, edition.now)

    def _group(self, edition: Edition, lang: str, wanted: Mapping[str, str], name: str) -> Group:
        rest = {other: value for other, value in wanted.items() if other != name}
        among = [one for one in edition.meetings if _fits(one, rest)]
        chosen = wanted.get(name, "")
        values = sorted({value for one in among for value in _HELD[name](one)})
        if chosen and chosen not in values:
            raise NoSuchPage

        def label(value: str) -> str:
            return edition.topic(value, lang) if name == TOPIC else value

        def link(asked: Mapping[str, str]) -> str:
            ordered = {one: asked[one] for one in FILTERS if one in asked}
            return self._pages.link(PATH, lang) + (f"?{urlencode(ordered)}" if ordered else "")

        choices = [
            Choice(label(value), sum(value in _HELD[name](one) for one in among), link({**rest, name: value}),
                   value == chosen)
            for value in values
        ]  # fmt: skip
        if chosen:
            choices.insert(0, Choice(self._pages.say("board.all", lang), len(among), link(rest), False))
        key = "board.by_topic" if name == TOPIC else "board.by_place"
        return Group(self._pages.say(key, lang), choices, label(chosen) if chosen else "", bool(chosen))


def _fits(one: Gathering, wanted: Mapping[str, str]) -> bool:
    return all(value in _HELD[name](one) for name, value in wanted.items())
