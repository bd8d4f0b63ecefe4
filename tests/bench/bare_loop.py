"""The yardstick: python-telegram-bot's Bot and SQLAlchemy's asyncio layer, one transaction and one reply an update.

What a competent developer writes in an hour, with the safe settings (WAL, FULL) and the update kept before the reply.
`python -m tests.bench.bare_loop API_URL TOKEN DATABASE`
"""

import asyncio
import sqlite3
import sys
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from telegram import Bot, Update
from telegram.request import HTTPXRequest

IN_FLIGHT = 8
metadata = sa.MetaData()
seen = sa.Table("seen", metadata, sa.Column("update_id", sa.BigInteger, primary_key=True), sa.Column("body", sa.Text))
talks = sa.Table("talks", metadata, sa.Column("chat", sa.BigInteger, primary_key=True), sa.Column("said", sa.Integer))


def prepare(connection: Any, _record: Any) -> None:
    """The settings that keep what was committed."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


async def handle(engine: AsyncEngine, bot: Bot, update: Update) -> None:
    """One transaction, one reply."""
    assert update.message is not None
    async with engine.begin() as connection:
        await connection.execute(seen.insert().values(update_id=update.update_id, body=update.to_json()))
        chat = update.message.chat_id
        said = (await connection.execute(sa.select(talks.c.said).where(talks.c.chat == chat))).scalar()
        if said is None:
            await connection.execute(talks.insert().values(chat=chat, said=1))
        else:
            await connection.execute(talks.update().where(talks.c.chat == chat).values(said=said + 1))
    await bot.send_message(chat, f"Tak for din besked: {update.message.text}")


async def main(url: str, token: str, database: str) -> None:
    """Poll and answer until killed."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    sa.event.listen(engine.sync_engine, "connect", prepare)
    sa.event.listen(engine.sync_engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE"))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    bot = Bot(
        token, base_url=f"{url}/bot", request=HTTPXRequest(connection_pool_size=IN_FLIGHT),
        get_updates_request=HTTPXRequest(connection_pool_size=1),
    )  # fmt: skip
    await bot.initialize()
    free, offset, running = asyncio.Semaphore(IN_FLIGHT), 0, set[asyncio.Task[None]]()

    async def one(update: Update) -> None:
        try:
            await handle(engine, bot, update)
        finally:
            free.release()

    while True:
        for update in await bot.get_updates(offset=offset, timeout=10):
            offset = update.update_id + 1
            await free.acquire()
            task = asyncio.create_task(one(update))
            running.add(task)
            task.add_done_callback(running.discard)


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except (KeyboardInterrupt, sqlite3.OperationalError):
        sys.exit(0)
