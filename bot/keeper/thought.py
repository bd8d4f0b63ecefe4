"""Work that takes seconds, in a thread of its own: where the bot ends meanwhile, nobody waits for it."""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from bot.routing.apart import GivenUp

Found = TypeVar("Found")


async def think(ended: asyncio.Event | None, work: Callable[..., Found], *asked: object) -> Found:
    """What `work` finds out; it may go on for a while after `ended`, or after who waits was cancelled.

    Nothing of it is used then. Without `ended` it is waited for until it is done.

    Raises:
        GivenUp: `ended` was set first.
    """
    ended = ended or asyncio.Event()
    if ended.is_set():
        raise GivenUp
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Found] = loop.create_future()
    context = contextvars.copy_context()

    def settle(tell: Callable[[], None]) -> None:
        if not answer.done():
            tell()

    def run() -> None:
        tell: Callable[[], None]
        try:
            tell = partial(answer.set_result, context.run(work, *asked))
        except BaseException as fault:
            tell = partial(answer.set_exception, fault)
        with contextlib.suppress(RuntimeError):
            # The loop may be closed by now.
            loop.call_soon_threadsafe(settle, tell)

    # Not of the loop's own pool: those threads are waited for at the end of the process, however long they take.
    threading.Thread(target=run, name="thought", daemon=True).start()
    ending = asyncio.create_task(ended.wait())
    either: set[asyncio.Future[Any]] = {answer, ending}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise GivenUp
        return answer.result()
    finally:
        ending.cancel()
        answer.cancel()
