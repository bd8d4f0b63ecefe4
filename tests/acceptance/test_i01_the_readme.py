"""I-01: what the README names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_every_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make (\w+)`|^make (\w+)", README, re.MULTILINE))
    for target in {one or other for one, other in named}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"README says `make {target}`; the Makefile has none"


def test_a_every_setting_that_the_readme_names_is_explained() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in sorted(set(re.findall(r"SKAB_[A-Z_]+", README))):
        assert name in example, f"README names {name}; .env.example does not"
