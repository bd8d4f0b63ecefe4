"""Several shells on one store: all of them handle, only the one that leads sends, and an album is never torn."""

from pathlib import Path

from bot.conversation.handle import LISTENING, Handler
from bot.conversation.intake import take_in
from bot.conversation.pace import UNLIMITED
from bot.conversation.shell import Shell
from bot.conversation.storage import Transaction
from bot.store.database import Database
from tests.conversation.house import AASE, House, photo, said, until
from tests.store.cluster import Cluster


def waiting(one: Transaction) -> tuple[int, int]:
    """How many rows wait in the inbox, and how many calls in the outbox."""
    return len(one.inbox.waiting(100)), len(one.outbox.due(100, ()))


async def test_who_does_not_lead_handles_and_leaves_the_sending_to_another(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.store = await Database.open(tmp_path / "skab.db")
    house.store.lead.turn(False)
    house.shell = Shell(house.store, house.rooms, UNLIMITED)
    house.shell.start()
    await house.shell.take([said(1, "hej")])

    async def handled() -> bool:
        return await house.store.read(waiting) == (0, 1)

    await until(handled)
    assert house.telegram.texts(AASE) == []
    house.store.lead.turn(True)
    await until(lambda: house.telegram.texts(AASE) == ["hej"])
    house.store.lead.turn(False)
    await house.shell.take([said(2, "igen")])
    await until(handled)
    house.store.lead.turn(True)
    await until(lambda: house.telegram.texts(AASE) == ["hej", "igen"])
    await house.shell.stop()
    await house.store.close()


async def test_what_one_took_in_and_handled_another_sends_at_once(tmp_path: Path, cluster: Cluster) -> None:
    address = cluster.database()
    leader, other = House(tmp_path), House(tmp_path)
    for house in (leader, other):
        house.store = await Database.open(address)
        house.shell = Shell(house.store, house.rooms, UNLIMITED)
    assert (leader.store.lead.held, other.store.lead.held) == (True, False)
    for house in (leader, other):
        house.shell.start()
    for n in range(1, 41):
        await other.shell.take([said(n, f"{n}", AASE + n % 4)])
    sent = leader.telegram
    await until(lambda: sum(len(sent.texts(AASE + n)) for n in range(4)) == 40, 20)
    for n in range(4):
        assert sent.texts(AASE + n) == [str(one) for one in range(1, 41) if one % 4 == n]
        assert other.telegram.texts(AASE + n) == []
    for house in (leader, other):
        await house.shell.stop()
        await house.store.close()


async def test_an_album_waits_for_what_was_at_telegram_while_nobody_led(tmp_path: Path) -> None:
    house, now = House(tmp_path), 100.0
    store = await Database.open(tmp_path / "skab.db")
    handler = Handler(store, house.rooms, lambda: now)
    await store.write(take_in, house.rooms, [photo(1, "a")], None, now)
    # Another process began to fetch a second later: the rest of the album may have waited for it.
    await store.write(lambda one: one.settings.put(LISTENING, 101.0))
    now = 101.5
    assert (await handler.turn()).handled == 0
    await store.write(take_in, house.rooms, [photo(2, "a")], None, now)
    now = 103.0
    assert (await handler.turn()).handled == 1
    await store.close()
