"""Cleans in a process of its own: what opens files of strangers has neither the bot's secrets nor its memory."""

import os
from pathlib import Path

from bot.apart import ask

PATIENCE = 60.0
"""Seconds after which a picture is given up; the largest takes a tenth of it on a small machine."""
MOST_OUT = 20 * 2**20
"""Bytes of a cleaned picture at most."""
NEEDED = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPYCACHEPREFIX", "PYTHONHOME")
"""What of the environment the process gets: none of the settings, so also no token."""


class CleanFault(Exception):
    """A picture could not be cleaned."""


async def clean_apart(data: bytes) -> tuple[str, bytes]:
    """As `clean.clean`; the memory that it takes ends with the process.

    Raises:
        CleanFault: it did not come about; the reason holds nothing of the picture.
    """
    root = str(Path(__file__).parents[2])
    environment = {key: os.environ[key] for key in NEEDED if key in os.environ} | {"PYTHONPATH": root}
    try:
        code, made = await ask("bot.pictures", data, PATIENCE, environment)
    except TimeoutError:
        raise CleanFault(f"cleaning took longer than {PATIENCE:.0f} s") from None
    ending, _, cleaned = made.partition(b"\n")
    if code or not cleaned or len(cleaned) > MOST_OUT:
        raise CleanFault(f"the cleaning process ended with code {code}, {len(cleaned)} bytes")
    return ending.decode("ascii"), cleaned
