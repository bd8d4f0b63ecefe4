"""`make audit`: what bandit finds in the code, hadolint in the Containerfile, and what is known of the pinned packages.

Where the data on packages can't be reached it fails, rather than say nothing; with AUDIT_OFFLINE=ok it says so in a
line, and holds every package to its pin and its hashes instead.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINS = sorted(ROOT.glob("constraints*.txt"))
BIN = Path(sys.executable).parent
UNREACHED = "the data on packages could not be reached"


def verdict(told: str, pins: Sequence[str]) -> list[str]:
    """What is wrong with the packages by pip-audit's JSON; [UNREACHED] where it knew nothing of any of them."""
    try:
        found: Sequence[Mapping[str, Any]] = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [UNREACHED]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    if not found or len(skipped) == len(found):
        return [UNREACHED]
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
        for one in found
        for hole in one.get("vulns", ())
    ]
    missing = sorted(set(pins) - {one["name"] for one in found})
    return [*holes, *(f"{name}: nothing could be found out" for name in [*skipped, *missing])]


def unpinned(text: str) -> list[str]:
    """The lines of a file of pins that name a package without its version or without a hash."""
    whole = text.replace("\\\n", " ").splitlines()
    named = [line for line in whole if line.strip() and not line.lstrip().startswith("#")]
    return [line.split()[0] for line in named if not re.match(r"[\w.-]+==\S+\s+--hash=sha256:[0-9a-f]{64}", line)]


def names(text: str) -> list[str]:
    """The packages of a file of pins."""
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


def main() -> int:
    """Look at the code, then at the packages; 0 when nothing is wrong."""
    code = subprocess.run([BIN / "bandit", "--quiet", "--recursive", "bot", "--configfile", "pyproject.toml"], cwd=ROOT)
    loose = [f"{path.name}: {line}" for path in PINS for line in unpinned(path.read_text(encoding="utf-8"))]
    built = subprocess.run([BIN / "hadolint", "deploy/Containerfile"], cwd=ROOT)
    wrong = [*loose, *(["bandit found something in the code"] if code.returncode else [])]
    wrong += ["hadolint found something in deploy/Containerfile"] if built.returncode else []
    used = ROOT / "constraints.txt"
    words = ["--progress-spinner", "off", "--format", "json", "--require-hashes", "--disable-pip", "-r", used]
    asked = subprocess.run([BIN / "pip-audit", *words], capture_output=True, text=True)
    found = verdict(asked.stdout, names(used.read_text(encoding="utf-8")))
    if found == [UNREACHED] and os.environ.get("AUDIT_OFFLINE") == "ok":
        print(f"audit: {UNREACHED}; every package is held to its version and hashes in {len(PINS)} files.")
        found = []
    for line in [*wrong, *found]:
        print(f"audit: {line}")
    if not wrong and not found:
        print("audit: nothing wrong.")
    return 1 if wrong or found else 0


if __name__ == "__main__":
    sys.exit(main())
