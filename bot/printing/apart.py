"""Prints in a process of its own, at no cost to the bot's memory or to those who wait."""

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

PATIENCE = 60.0
"""Seconds after which printing is given up; the longest case takes a tenth of it."""


class PrintFault(Exception):
    """A sheet could not be printed."""


async def paper_apart(sheet: Mapping[str, Any]) -> bytes:
    """As `paper.paper`. The library of letters takes 50 MB and some time: both end with the process.

    Raises:
        PrintFault: it did not come about; the reason holds nothing of the sheet.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.printing",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    asked = json.dumps(sheet, ensure_ascii=False).encode("utf-8")
    try:
        printed, _ = await asyncio.wait_for(process.communicate(asked), PATIENCE)
    except TimeoutError:
        raise PrintFault(f"printing took longer than {PATIENCE:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not printed.startswith(b"%PDF"):
        raise PrintFault(f"the printing process ended with code {process.returncode}")
    return printed
