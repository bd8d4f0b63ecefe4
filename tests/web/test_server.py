"""What the service serves is sent at once, and what it is sent has an end."""

import asyncio
import contextlib
import socket

from bot.web.server import LONGEST_HEAD, bind, build_site, serve_site


async def test_an_answer_in_two_parts_does_not_wait_for_the_reader_to_confirm_the_first() -> None:
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        await writer.wait_closed()

    listening = bind("127.0.0.1", 0)
    async with await asyncio.start_server(answer, sock=listening):
        _, asking = await asyncio.open_connection(*listening.getsockname())
        assert await found == 1
        asking.close()
        await asking.wait_closed()


async def test_a_head_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    listening, stop = bind("127.0.0.1", 0), asyncio.Event()
    serving = asyncio.create_task(serve_site(build_site([]), listening, stop))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < 16 * LONGEST_HEAD and not reader.at_eof():
            writer.write(b"a" * 4096)
            await writer.drain()
            sent += 4096
            # Gives the server its turn on the same loop.
            await asyncio.sleep(0)
    assert sent < 16 * LONGEST_HEAD
    writer.close()
    stop.set()
    await serving
