"""Posters by place, and how many have come by each: two numbers and a name, and nothing of anybody."""

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.store.settings import Settings
from bot.store.tables import counters

POSTERS = "posters"
"""The setting that holds the places: the short name in the link, and the name that people know."""
_COUNTER = "poster:"
_count = select(counters.c.value).where(counters.c.name == bindparam("which"))
_more = update(counters).where(counters.c.name == bindparam("which")).values(value=counters.c.value + 1)
_new = insert(counters)


class Posters:
    """The places within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._settings = Settings(connection)

    def keep(self, slug: str, place: str) -> None:
        """A place has a poster; one that has one already goes on counting."""
        kept = self._settings.get(POSTERS) or {}
        self._settings.put(POSTERS, {**kept, slug: place})
        if self._run(_count, {"which": _COUNTER + slug}).scalar() is None:
            self._run(_new, {"name": _COUNTER + slug, "value": 0})

    def came(self, slug: str) -> None:
        """One more has come by this poster; where there is none, nothing is counted."""
        self._run(_more, {"which": _COUNTER + slug})

    def all(self) -> list[tuple[str, int]]:
        """Each place with how many have come."""
        kept = self._settings.get(POSTERS) or {}
        return [(place, self._run(_count, {"which": _COUNTER + slug}).scalar() or 0) for slug, place in kept.items()]
