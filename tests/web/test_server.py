"""What the service serves is sent at once."""

import asyncio
import socket

from bot.web.server import bind


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
