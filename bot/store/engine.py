"""What an engine must be able to do for the store: run whole transactions, and say which process leads."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.store.lead import Lead
from bot.store.transaction import Transaction

Result = TypeVar("Result")


class Engine(Protocol):
    """One database, opened by one process. Work is given to it whole; it never runs in the event loop.

    `name` is how people know it, without a password; `shared` says that other processes may work on it too.
    """

    @property
    def name(self) -> str: ...
    @property
    def shared(self) -> bool: ...
    @property
    def lead(self) -> Lead: ...

    async def open(self) -> None:
        """Open it, and make or migrate its tables; raises StoreError, and then nothing stays open."""

    async def begin(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work in a transaction: all of it is kept when this returns, none of it when it raises."""
        ...

    async def look(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work that only reads."""
        ...

    def listen(self, on_arrivals: Callable[[], None], on_leaving: Callable[[], None]) -> None:
        """Call these, in the running event loop, when another process put rows into the inbox or the outbox."""

    async def scrub(self) -> bool:
        """Let nothing of what was deleted remain where the engine can help it; False while somebody reads it."""
        ...

    async def close(self) -> None:
        """Finish what is being written, then let go of all."""
