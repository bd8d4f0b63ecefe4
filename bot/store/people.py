"""People as far as the bot must know them, and the talk it has with each of them."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, bindparam, select

from bot.core.people import Person, Talk
from bot.store import records
from bot.store.insertion import insert
from bot.store.tables import people, talks

_person = select(people.c.body).where(people.c.id == bindparam("number"))
_some = select(people.c.id, people.c.body).where(people.c.id.in_(bindparam("numbers", expanding=True)))
_save = insert(people)
_save = _save.on_conflict_do_update(index_elements=["id"], set_={"body": _save.excluded.body})
_talk = select(talks.c.body).where(talks.c.key == bindparam("which"))
_save_talk = insert(talks)
_save_talk = _save_talk.on_conflict_do_update(
    index_elements=["key"], set_={"person": _save_talk.excluded.person, "body": _save_talk.excluded.body}
)


class People:
    """The tables `people` and `talks` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def person(self, number: int) -> Person | None:
        """The person with this Telegram user id, or None for a stranger."""
        body = self._run(_person, {"number": number}).scalar()
        return None if body is None else records.load(Person, body)

    def some(self, numbers: Collection[int]) -> dict[int, Person]:
        """Those of them who are known."""
        if not numbers:
            return {}
        return {row.id: records.load(Person, row.body) for row in self._run(_some, {"numbers": list(numbers)})}

    def save(self, person: Person) -> None:
        """Keep the person as they are now."""
        self._run(_save, {"id": person.id, "body": records.dump(Person, person)})

    def talk(self, key: str) -> Talk | None:
        """The talk of that key, or None where nobody talked yet."""
        body = self._run(_talk, {"which": key}).scalar()
        return None if body is None else records.load(Talk, body)

    def talks(self) -> Iterator[Talk]:
        """Every talk, read as they are asked for."""
        for body in self._run(select(talks.c.body)).scalars():
            yield records.load(Talk, body)

    def save_talk(self, key: str, person: int, talk: Talk) -> None:
        """Keep the talk as it stands now."""
        self._run(_save_talk, {"key": key, "person": person, "body": records.dump(Talk, talk)})
