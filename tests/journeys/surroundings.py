"""What every process of a journey is given: an environment, and a folder for what all of them find out alike."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path


def learned() -> Path:
    """A folder for what the bots of all journeys learn alike: the first one learns, the others need not."""
    # Of this checkout only: others learn from other sources, and would throw out what this one keeps.
    here = sha256(str(Path(__file__).parent).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"skab-learned-{os.getuid()}-{here}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def surroundings() -> dict[str, str]:
    """The environment of this shell without its own SKAB_*; what Python compiles is kept for the next process."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SKAB_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept
