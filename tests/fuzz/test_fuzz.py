"""Fuzzing by coverage: no bytes bring down what reads updates, rules, pages, own texts or calendars."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = int(os.environ.get("FUZZ_RUNS", "60000"))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("target", ["translate", "rules", "match", "knowledge", "texts", "calendar"])
def test_no_bytes_bring_it_down(target: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    told = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.targets", target, f"-runs={RUNS}", "-max_len=4096", "-timeout=20"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    said = told.stdout + told.stderr
    done = re.search(r"Done (\d+) runs in (\d+) second", said)
    assert told.returncode == 0, said[-3000:]
    assert done, said[-2000:]
    print(f"\nfuzz {target}: {done[1]} runs in {done[2]} s, no fault")
