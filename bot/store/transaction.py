"""All tables within one transaction, and the changes that go across them."""

import json
from functools import cached_property

from sqlalchemy import Connection, bindparam, select, update

from bot.conversation.resolve import is_numbered
from bot.conversation.storage import MOVED
from bot.core.initiative import Initiative
from bot.store import records
from bot.store.barred import Barred
from bot.store.deletions import Deletions
from bot.store.inbox import Inbox
from bot.store.initiatives import Initiatives
from bot.store.ledger import Ledger
from bot.store.lists import Lists
from bot.store.messages import Messages
from bot.store.offered import Offered
from bot.store.outbox import Outbox
from bot.store.pages import Pages
from bot.store.people import People
from bot.store.posters import Posters
from bot.store.settings import Settings
from bot.store.tables import inbox, initiatives, outbox, talks, timers, topics
from bot.store.timeline import Timeline
from bot.store.timers import Timers
from bot.store.topics import Topics
from bot.store.versions import Versions


class Transaction:
    """One connection while one transaction lasts."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def inbox(self) -> Inbox:
        """All that happened and is not yet handled."""
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        """All calls that are still to be made."""
        return Outbox(self.connection)

    @cached_property
    def people(self) -> People:
        """Persons and their talks."""
        return People(self.connection)

    @cached_property
    def initiatives(self) -> Initiatives:
        """Initiatives and their followers."""
        return Initiatives(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        """What the numbers are counted from."""
        return Ledger(self.connection)

    @cached_property
    def lists(self) -> Lists:
        """The lists of open initiatives."""
        return Lists(self.connection)

    @cached_property
    def timeline(self) -> Timeline:
        """What happened to each initiative."""
        return Timeline(self.connection)

    @cached_property
    def offered(self) -> Offered:
        """What private chats can answer in words instead of a press."""
        return Offered(self.connection)

    @cached_property
    def messages(self) -> Messages:
        """Messages of the bot's."""
        return Messages(self.connection)

    @cached_property
    def topics(self) -> Topics:
        """Forum topics."""
        return Topics(self.connection)

    @cached_property
    def timers(self) -> Timers:
        """What falls due later."""
        return Timers(self.connection)

    @cached_property
    def deletions(self) -> Deletions:
        """Deletions of all that is kept about a person."""
        return Deletions(self.connection)

    @cached_property
    def settings(self) -> Settings:
        """Single values that outlive a restart."""
        return Settings(self.connection)

    @cached_property
    def barred(self) -> Barred:
        """Who can't write to staff for a while."""
        return Barred(self.connection)

    @cached_property
    def posters(self) -> Posters:
        """Posters by place."""
        return Posters(self.connection)

    @cached_property
    def rules(self) -> Versions:
        """The versions of the rules that were in force, and those that wait."""
        return Versions(self.connection)

    @cached_property
    def pages(self) -> Pages:
        """The versions of the pages that answer questions, and those that wait."""
        return Pages(self.connection)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its stored id changes, also in calls that still wait.

        What was said stays where it was said: the supergroup counts its messages from 1 again, so that an old number
        would be a stranger's message there.
        """
        run, lane = self.connection.execute, str(old)
        run(update(inbox).where(inbox.c.lane == lane, inbox.c.state == "new").values(lane=str(new)))
        run(topics.delete().where(topics.c.chat == old))
        run(update(timers).where(timers.c.chat == old).values(chat=new))
        self._move_calls(lane, new)
        self._move_talks(old, new)
        self._move_desks(old, new)
        moved = self.settings.get(MOVED) or {}
        self.settings.put(MOVED, {**moved, lane: new})

    def _move_calls(self, lane: str, new: int) -> None:
        rows = self.connection.execute(
            select(outbox.c.id, outbox.c.params).where(
                outbox.c.lane == lane, outbox.c.state.in_(("due", "held", "parked"))
            )
        ).all()
        changed = [
            {"row": row.id, "lane": str(new), "params": _moved(_answering_nobody(row.params), int(lane), new)}
            for row in rows
            if not is_numbered(json.loads(row.params))
        ]
        if changed:
            self.connection.execute(
                update(outbox)
                .where(outbox.c.id == bindparam("row"))
                .values(lane=bindparam("lane"), params=bindparam("params")),
                changed,
            )

    def _move_talks(self, old: int, new: int) -> None:
        first, last = f"{old}:", f"{old};"
        for row in self.connection.execute(select(talks.c.key).where(talks.c.key > first, talks.c.key < last)).all():
            key = f"{new}:{row.key.partition(':')[2]}"
            self.connection.execute(talks.delete().where(talks.c.key == key))
            self.connection.execute(update(talks).where(talks.c.key == row.key).values(key=key))

    def _move_desks(self, old: int, new: int) -> None:
        # Rare (once in a group's life), so that a look at every document is a fair price.
        found = self.connection.execute(
            select(initiatives.c.body).where(initiatives.c.body.contains(f'"chat":{old},', autoescape=True))
        ).scalars()
        for body in list(found):
            moved = _moved(body, old, new)
            self.initiatives.save(records.load(Initiative, moved))


def _answering_nobody(stored: str) -> str:
    """The parameters without the number of a message that the call was to answer."""
    params = json.loads(stored)
    answers = is_numbered(params.get("reply_parameters") or {})
    return json.dumps({key: value for key, value in params.items() if key != "reply_parameters"}) if answers else stored


def _moved(stored: str, old: int, new: int) -> str:
    """The JSON with the chat's id changed wherever it stands as a value of its own."""

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {key: walk(one) for key, one in value.items()}
        if isinstance(value, list):
            return [walk(one) for one in value]
        return new if value == old and isinstance(value, int) else value

    return json.dumps(walk(json.loads(stored)), ensure_ascii=False, separators=(",", ":"))
