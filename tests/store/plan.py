"""How an engine would answer what a piece of work asks: by an index, or by reading a whole table."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from bot.store.database import Database
from bot.store.transaction import Transaction

WHOLE_TABLE = {"sqlite": re.compile(r"^SCAN (?!anon_)(?!.*INDEX)(?!.*\()"), "postgresql": re.compile(r"Seq Scan on")}


def plan_of(one: Transaction, work: Callable[[Transaction], Any]) -> list[str]:
    """The lines of the plan for each statement that the work runs."""
    asked: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        asked.append((sql, values[0] if many else values))

    sqlite = one.connection.dialect.name == "sqlite"
    if not sqlite:
        # An empty table is read whole, whatever there is to find rows by; that must not hide a missing index.
        one.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    event.listen(one.connection, "before_cursor_execute", hear)
    work(one)
    event.remove(one.connection, "before_cursor_execute", hear)
    explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
    told = [one.connection.exec_driver_sql(f"{explain} {sql}", values).all() for sql, values in asked]
    return [str(row[-1]) for rows in told for row in rows]


def whole_tables(one: Transaction, plan: list[str]) -> list[str]:
    """The lines that read a whole table."""
    return [line for line in plan if WHOLE_TABLE[one.connection.dialect.name].search(line)]


async def plan_and_whole(database: Database, asked: Callable[[Transaction], Any]) -> tuple[list[str], list[str]]:
    """The plan of what is asked in a transaction of its own, and its lines that read a whole table."""

    def work(one: Transaction) -> tuple[list[str], list[str]]:
        plan = plan_of(one, asked)
        return plan, whole_tables(one, plan)

    return await database.write(work)
