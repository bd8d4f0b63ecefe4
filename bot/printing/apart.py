"""Prints in a process of its own, at no cost to the bot's memory or to those who wait."""

import json
from collections.abc import Mapping
from typing import Any

from bot.apart import ask

PATIENCE = 60.0
"""Seconds after which printing is given up; the longest case takes a tenth of it."""


class PrintFault(Exception):
    """A sheet could not be printed."""


async def paper_apart(sheet: Mapping[str, Any]) -> bytes:
    """As `paper.paper`. The library of letters takes 50 MB and some time: both end with the process.

    Raises:
        PrintFault: it did not come about; the reason holds nothing of the sheet.
    """
    asked = json.dumps(sheet, ensure_ascii=False).encode("utf-8")
    try:
        code, printed = await ask("bot.printing", asked, PATIENCE)
    except TimeoutError:
        raise PrintFault(f"printing took longer than {PATIENCE:.0f} s") from None
    if code or not printed.startswith(b"%PDF"):
        raise PrintFault(f"the printing process ended with code {code}")
    return printed
