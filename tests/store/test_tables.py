"""Each table family: what is kept comes back, in order, and by an index."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.rows import Arrival, Leaving, Rank, Timer
from bot.core.effects import Note, Tag, Words
from bot.core.initiative import Desk, Ending, Initiative, NextStep, Stage, Turn
from bot.core.people import Person, Talk
from bot.core.world import Link
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.store.plan import plan_of, whole_tables

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


def initiative(number: int, **changes: Any) -> Initiative:
    made = Initiative(
        number=number, owner=71, owner_name="Aase", lang="da", title="Cykler", words=(), topics=(),
        stage=Stage.RECEIVED, responsible="mette", responsible_name="Mette Holm", responsible_title="agent",
        step=NextStep("Mette Holm", NOW + timedelta(days=number), Turn.AGENT), sent=NOW, first_due=NOW, touched=NOW,
    )  # fmt: skip
    return replace(made, **changes)


def link(message: int, chat: int = 71, role: str = "card", about: int = 12, origin: int = 0) -> Link:
    return Link(chat, message, role, about, 72 if origin else 0, origin, 0, "", NOW)


async def test_an_update_is_stored_once_and_a_repeat_is_known_after_it_was_handled(database: Database) -> None:
    def work(one: Transaction) -> None:
        arrivals = [Arrival("telegram", key, "71", {"said": "ø\ud800\0"}) for key in ("1", "2", "1")]
        assert one.inbox.add(arrivals, 1.0) == 2
        rows = one.inbox.waiting(10)
        assert [row.key for row in rows] == ["1", "2"]
        assert rows[0].body == {"said": "ø\ud800\0"}
        one.inbox.done([rows[0].id])
        assert one.inbox.add([Arrival("telegram", "1", "71", {})], 2.0) == 0
        assert one.inbox.add([Arrival("timer", "1", "71", {})], 2.0) == 1

    await database.write(work)


async def test_nothing_of_what_was_said_stays_in_a_handled_row(database: Database) -> None:
    def work(one: Transaction) -> list[Any]:
        one.inbox.add([Arrival("telegram", "1", "71", {"text": "hemmeligt"})], 1.0)
        one.inbox.done([1])
        one.outbox.add([Leaving("71", "sendMessage", {"text": "hemmeligt"})], 1.0)
        one.outbox.sent(1)
        rows = one.connection.exec_driver_sql("SELECT body FROM inbox UNION SELECT params FROM outbox")
        return list(rows.scalars())

    assert "hemmeligt" not in str(await database.write(work))


async def test_handled_rows_are_forgotten_when_their_time_is_up_and_others_never(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.inbox.add([Arrival("telegram", key, "71", {}) for key in "123"], 1.0)
        one.inbox.done([1])
        one.inbox.park([2], "broken")
        assert one.inbox.forget(1.0, 10) == 0
        assert one.inbox.forget(2.0, 10) == 1
        one.outbox.add([Leaving("71", "sendMessage", {}) for _ in range(4)], 1.0)
        one.outbox.sent(1)
        one.outbox.drop(2, "moot")
        one.outbox.park(3, "broken")
        assert one.outbox.forget(2.0, 1) == 1
        assert one.outbox.forget(2.0, 10) == 1
        assert [row.id for row in one.outbox.due(10, ())] == [4]

    await database.write(work)


async def test_calls_leave_by_rank_then_in_order_and_one_can_be_put_before_another(database: Database) -> None:
    def work(one: Transaction) -> list[str]:
        one.outbox.add([Leaving("1", "news", {}, rank=Rank.NEWS), Leaving("1", "first", {})], 1.0)
        one.outbox.add([Leaving("1", "second", {}), Leaving("press:x", "press", {}, rank=Rank.PRESS)], 1.0)
        second = next(row for row in one.outbox.due(10, ()) if row.method == "second")
        one.outbox.add_before(second, [Leaving("1", "topic", {}), Leaving("1", "card", {})], 1.0)
        assert [row.method for row in one.outbox.due(10, ["1"])] == ["press"]
        return [row.method for row in one.outbox.due(10, ())]

    assert await database.write(work) == ["press", "first", "topic", "card", "second", "news"]


async def test_the_number_of_a_call_is_never_given_twice_also_when_all_were_forgotten(database: Database) -> None:
    def work(one: Transaction) -> list[int]:
        first = one.outbox.add([Leaving("1", "a", {}), Leaving("1", "b", {})], 1.0)
        one.connection.exec_driver_sql("DELETE FROM outbox")
        return first + one.outbox.add([Leaving("1", "c", {})], 1.0)

    assert await database.write(work) == [1, 2, 3]


async def test_what_is_held_back_is_let_go_at_its_hour_and_keeps_its_tag(database: Database) -> None:
    def work(one: Transaction) -> None:
        morning = NOW + timedelta(hours=1)
        one.outbox.add([Leaving("1", "a", {}, Tag("news", 12), tell=True, hold=morning)], 1.0)
        assert one.outbox.due(10, ()) == []
        assert one.outbox.next_hold() == morning.timestamp()
        assert one.outbox.release(morning - timedelta(seconds=1), 5.0) == 0
        assert one.outbox.release(morning, 5.0) == 1
        row = one.outbox.due(10, ())[0]
        assert (row.tag, row.tell, row.due) == (Tag("news", 12), True, 5.0)

    await database.write(work)


async def test_a_chat_that_nobody_reads_is_put_aside_with_all_that_waits_for_it(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.outbox.add([Leaving("1", "a", {}), Leaving("2", "b", {}), Leaving("1", "c", {}, hold=NOW)], 1.0)
        assert {row.method for row in one.outbox.park_lane("1", "blocked")} == {"a", "c"}
        assert [row.method for row in one.outbox.due(10, ())] == ["b"]

    await database.write(work)


async def test_a_person_and_their_talk_come_back_as_they_were_saved_last(database: Database) -> None:
    def work(one: Transaction) -> None:
        assert one.people.person(71) is None
        assert one.people.talk("71") is None
        one.people.save(Person(71, "Aase"))
        one.people.save(Person(71, "Aase W.", reachable=False))
        one.people.save_talk("71", 71, Talk(focus=3))
        one.people.save_talk("71", 71, Talk(focus=4))
        assert one.people.person(71) == Person(71, "Aase W.", reachable=False)
        assert one.people.some([71, 99]) == {71: Person(71, "Aase W.", reachable=False)}
        assert one.people.talk("71") == Talk(focus=4)

    await database.write(work)


async def test_initiatives_are_found_by_number_owner_queue_and_whether_they_are_public(database: Database) -> None:
    def work(one: Transaction) -> None:
        assert one.initiatives.next_number() == 1
        one.initiatives.save(initiative(3))
        one.initiatives.save(initiative(1, owner=72, public=True))
        one.initiatives.save(initiative(2, stage=Stage.DONE, ending=Ending("færdig"), public=True))
        one.initiatives.save(initiative(3, title="Flere cykler"))
        assert one.initiatives.next_number() == 4
        assert one.initiatives.some([3, 9])[3].title == "Flere cykler"
        assert list(one.initiatives.owned_by(71)) == [2, 3]
        assert list(one.initiatives.open()) == [1, 3]
        assert list(one.initiatives.public()) == [1, 2]

    await database.write(work)


async def test_following_twice_is_following_once(database: Database) -> None:
    def work(one: Transaction) -> None:
        for person, about, on in ((71, 12, True), (71, 12, True), (72, 12, True), (71, 9, True), (72, 9, False)):
            one.initiatives.follow(person, about, on)
        assert one.initiatives.followers(12) == [71, 72]
        assert one.initiatives.counts([12, 9, 5]) == {12: 2, 9: 1}
        assert one.initiatives.followed_by(71) == {9, 12}
        one.initiatives.follow(71, 12, False)
        assert one.initiatives.followers(12) == [72]

    await database.write(work)


async def test_the_timeline_keeps_what_happened_in_order_and_never_changes(database: Database) -> None:
    def work(one: Transaction) -> None:
        note = Note(12, "taken", "Mette Holm", "owner", {"when": NOW, "n": 2, "why": Words("staff.step")})
        one.timeline.add([note, Note(9, "sent", "Aase"), Note(12, "step", "Mette Holm")], NOW)
        entries = one.timeline.of(12)
        assert [entry.kind for entry in entries] == ["taken", "step"]
        assert entries[0].data == note.data
        assert (entries[0].at, entries[0].seen_by) == (NOW, "owner")

    await database.write(work)


async def test_words_that_must_go_are_a_citizens_and_an_agents_of_the_same_number_stay(database: Database) -> None:
    def work(one: Transaction) -> list[object]:
        told = {"text": "ord", "message": 57}
        one.timeline.add([Note(12, kind, "x", data=told) for kind in ("citizen_said", "agent_said", "note")], NOW)
        one.timeline.redact(12, 57)
        return [entry.data["text"] for entry in one.timeline.of(12)]

    assert await database.write(work) == ["", "ord", ""]


async def test_a_message_is_found_by_its_place_its_role_and_whose_words_it_carries(database: Database) -> None:
    def work(one: Transaction) -> None:
        for made in (link(500), link(501, about=9), link(3, chat=-5), link(40, role="relay", origin=7), link(4)):
            one.messages.add(made)
        one.messages.add(link(41, role="relay", origin=7))
        assert one.messages.at(71, 501) == link(501, about=9)
        assert one.messages.at(72, 501) is None
        # The newest by our own count: a supergroup counts its messages from 1 again.
        assert one.messages.newest(71, "card", 12) == 4
        assert one.messages.newest(71, "card", 77) is None
        assert [copy.message_id for copy in one.messages.copies(72, 7)] == [40, 41]
        assert one.messages.copies(0, 0) == ()

    await database.write(work)


async def test_a_topic_is_known_both_ways_until_it_is_gone(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.topics.keep(-1, 12, 5)
        one.topics.keep(-1, 12, 6)
        assert (one.topics.thread(-1, 12), one.topics.number(-1, 6), one.topics.number(-1, 5)) == (6, 12, 0)
        one.topics.forget(-1, 12)
        assert one.topics.thread(-1, 12) is None

    await database.write(work)


async def test_a_timer_of_the_same_key_is_replaced(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.timers.set(Timer("remind:12", "remind", NOW, 12))
        one.timers.set(Timer("remind:12", "remind", NOW + timedelta(days=1), 12, 71))
        one.timers.set(Timer("late:9", "late", NOW - timedelta(days=1), 9))
        assert one.timers.due(NOW, 10) == [Timer("late:9", "late", NOW - timedelta(days=1), 9)]
        one.timers.drop("late:9")
        one.timers.drop("late:9")
        assert one.timers.due(NOW + timedelta(days=1), 10) == [
            Timer("remind:12", "remind", NOW + timedelta(days=1), 12, 71)
        ]

    await database.write(work)


async def test_rules_that_did_not_change_make_no_new_version(database: Database) -> None:
    def work(one: Transaction) -> None:
        for digest in ("a", "a", "b", "a"):
            one.rules.keep(digest, f"text of {digest}", NOW, "Ulla Skov")
        versions = one.rules.versions(10)
        assert [version.hash for version in versions] == ["a", "b", "a"]
        assert (versions[0].text, versions[0].at, versions[0].who) == ("text of a", NOW, "Ulla Skov")

    await database.write(work)


async def test_what_is_to_carry_a_message_on_is_found_before_it_is_sent(database: Database) -> None:
    def work(one: Transaction) -> None:
        waits, held, sent = one.outbox.add([
            Leaving("-5", "sendMessage", {"chat_id": -5}, Tag("relay", 12, 71, 3, 71, parts=(4, 5))),
            Leaving("72", "sendMessage", {"chat_id": 72}, Tag("fellow", 12, 71, 3, 71, "media", (4, 5)), hold=NOW),
            Leaving("-5", "sendMessage", {"chat_id": -5}, Tag("relay", 12, 71, 9, 71)),
        ], 1.0)  # fmt: skip
        assert one.outbox.sent(sent)
        for message, first in ((3, 3), (4, 3)):
            found = one.outbox.carrying(71, message)
            assert [(link.chat, link.message_id, link.role, link.first) for link in found] == [
                (-5, 0, "relay", first), (72, 0, "fellow", first),
            ]  # fmt: skip
        assert one.outbox.carrying(71, 9) == (), "it has left: the messages know it from here on"
        assert one.outbox.carrying(7, 3) == ()
        one.outbox.withhold(71, 3, ["relay"])
        assert [link.role for link in one.outbox.carrying(71, 3)] == ["fellow"]
        assert not one.outbox.sent(waits), "one that is on its way is taken away again"
        assert waits < held

    await database.write(work)


async def test_a_moved_group_is_moved_everywhere(database: Database) -> None:
    old, new = -5, -1005

    def work(one: Transaction) -> None:
        one.inbox.add([Arrival("telegram", "1", str(old), {})], 1.0)
        one.outbox.add([
            Leaving(str(old), "sendMessage", {"chat_id": old, "text": "-5", "reply_parameters": {"message_id": 3}}),
            Leaving(str(old), "deleteMessage", {"chat_id": old, "message_id": 3}),
            Leaving(str(old), "sendMessage", {"chat_id": old}, hold=NOW),
            Leaving("71", "sendMessage", {"chat_id": 71}),
        ], 1.0)  # fmt: skip
        one.messages.add(Link(old, 3, "card", 12, 71, 1, 0, "", NOW))
        one.messages.add(Link(71, 4, "relay", 12, old, 9, 0, "", NOW))
        one.topics.keep(old, 12, 5)
        one.timers.set(Timer("t", "k", NOW, 12, old))
        one.people.save_talk(f"{old}:2001", 2001, Talk(focus=1))
        one.people.save_talk("-55:2001", 2001, Talk(focus=2))
        one.initiatives.save(initiative(12, desks=(Desk(old, True), Desk(-55, False))))
        one.move_chat(old, new)
        one.move_chat(old, new)
        assert one.inbox.waiting(5)[0].lane == str(new)
        rows = one.outbox.due(5, ())
        assert (rows[0].lane, rows[0].params) == (str(new), {"chat_id": new, "text": "-5"}), "it answers nobody there"
        assert rows[1].params == {"chat_id": old, "message_id": 3}, "there, 3 is somebody else's message"
        assert rows[2].params == {"chat_id": 71}
        assert one.outbox.release(NOW, 1.0) == 1
        assert one.messages.at(new, 3) is None
        assert one.messages.copies(new, 9) == (), "there, 9 is somebody else's message"
        assert one.messages.copies(old, 9)[0].message_id == 4
        assert one.topics.thread(new, 12) is None
        assert one.timers.due(NOW, 5)[0].chat == new
        assert one.people.talk(f"{new}:2001") == Talk(focus=1)
        assert one.people.talk("-55:2001") == Talk(focus=2)
        assert one.initiatives.some([12])[12].desks == (Desk(new, True), Desk(-55, False))
        assert one.settings.get("moved_chats") == {str(old): new}

    await database.write(work)


async def test_what_a_chat_can_press_is_that_of_its_last_message(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.offered.keep({71: {"ab12": "d_send:1"}, 72: {"cd34": "d_edit:1"}, 73: {}})
        assert one.offered.of(71) == {"ab12": "d_send:1"}
        one.offered.keep({71: {"ef56": "i_status:1"}, 72: {}})
        assert (one.offered.of(71), one.offered.of(72), one.offered.of(73)) == ({"ef56": "i_status:1"}, {}, {})

    await database.write(work)


@pytest.mark.parametrize(
    "look",
    [
        lambda one: one.inbox.waiting(50),
        lambda one: one.inbox.done([1]),
        lambda one: one.inbox.forget(1.0, 5),
        lambda one: one.outbox.due(50, ["1", "2"]),
        lambda one: one.outbox.sent(1),
        lambda one: one.outbox.park_lane("1", "x"),
        lambda one: one.outbox.next_hold(),
        lambda one: one.outbox.carrying(1, 2),
        lambda one: one.outbox.release(NOW, 1.0),
        lambda one: one.outbox.forget(1.0, 5),
        lambda one: one.people.person(1),
        lambda one: one.people.some([1, 2]),
        lambda one: one.people.talk("1"),
        lambda one: one.initiatives.some([1, 2]),
        lambda one: one.initiatives.owned_by(1),
        lambda one: one.initiatives.open(),
        lambda one: one.initiatives.public(),
        lambda one: one.initiatives.next_number(),
        lambda one: one.initiatives.followers(1),
        lambda one: one.initiatives.followed_by(1),
        lambda one: one.initiatives.counts([1, 2]),
        lambda one: one.timeline.of(1),
        lambda one: one.messages.at(1, 2),
        lambda one: one.messages.copies(1, 2),
        lambda one: one.messages.newest(1, "card", 2),
        lambda one: one.topics.number(1, 2),
        lambda one: one.topics.thread(1, 2),
        lambda one: one.timers.due(NOW, 5),
        lambda one: one.timers.claim(NOW, 5),
        lambda one: one.inbox.claim(50, 10),
        lambda one: one.offered.of(1),
    ],
)
async def test_no_question_reads_a_whole_table(database: Database, look: Any) -> None:
    def work(one: Transaction) -> tuple[list[str], list[str]]:
        plan = plan_of(one, look)
        return plan, whole_tables(one, plan)

    plan, whole = await database.write(work)
    assert plan
    assert whole == []


@pytest.mark.parametrize(
    "look", [lambda one: one.initiatives.public_mark(), lambda one: one.initiatives.public_stamps()]
)
async def test_whether_anything_public_has_changed_is_seen_without_reading_a_document(
    database: Database, look: Any
) -> None:
    plan = await database.write(lambda one: plan_of(one, look))
    assert any("initiatives_shown" in line for line in plan)
    if await database.read(lambda one: one.connection.dialect.name) == "sqlite":
        # Only an index that holds all that is asked spares the page of each document.
        assert [line for line in plan if "COVERING INDEX" not in line] == []


async def test_who_comes_by_a_poster_is_counted_by_place_and_nothing_else_is_kept(database: Database) -> None:
    def work(one: Transaction) -> list[tuple[str, int]]:
        one.posters.keep("byens-hus", "Byens Hus")
        for slug in ("byens-hus", "byens-hus", "nowhere"):
            one.posters.came(slug)
        one.posters.keep("byens-hus", "Byens Hus")
        one.posters.keep("hellerup", "Hellerup")
        return one.posters.all()

    assert await database.write(work) == [("Byens Hus", 2), ("Hellerup", 0)]
