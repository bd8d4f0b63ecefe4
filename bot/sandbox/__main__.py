"""`python -m bot.sandbox`: the sandbox on its own, until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from bot.sandbox.server import serve

LAST_PORT = 65535


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m bot.sandbox", description="A local Bot API server and its chat page.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8080, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument("--token", default="42:TEST", help="the one bot's token (default: %(default)s)")
    parser.add_argument("--clock-file", type=Path, help="file that tells the bot by how many seconds time is moved")
    parser.add_argument("--data", type=Path, help="folder in which files that are sent are kept as well")
    return parser.parse_args(arguments)


def _port(written: str) -> int:
    if not (written.isascii() and written.isdigit() and int(written) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LAST_PORT}")
    return int(written)


async def run(options: argparse.Namespace) -> None:
    """Serve until the process is told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with serve(
        options.token, host=options.host, port=options.port, clock_file=options.clock_file, data=options.data
    ) as running:
        sys.stdout.write(f"{running.url}/\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Exit code 0 after a stop, 2 if it can't start."""
    logging.basicConfig(level=logging.WARNING)
    try:
        asyncio.run(run(read_arguments()))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"the sandbox can't start: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
