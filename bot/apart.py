"""One question to a process of its own, whose memory, and whose faults, end with it."""

import asyncio
import sys
from collections.abc import Mapping


async def ask(
    module: str, question: bytes, patience: float, environment: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Run `python -m module`, give it the question on standard input: its exit code and all that it printed.

    `patience` is in seconds; the `environment` is this process's own where none is given.

    Raises:
        TimeoutError: it took longer; it has been ended.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
    )
    try:
        printed, _ = await asyncio.wait_for(process.communicate(question), patience)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, printed
