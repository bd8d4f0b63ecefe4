"""The shipped rules with a few words a list: the same file in form, read in a moment."""

from functools import cache
from typing import Any

import yaml

FEW = 3


@cache
def small_rules(shipped: str) -> str:
    """A short rules file with every block of the shipped one, one field a line."""
    rules = yaml.load(shipped, Loader=yaml.CBaseLoader)  # noqa: S506
    short = {block: value if block in ("agenter", "spørgsmål") else _cut(value) for block, value in rules.items()}
    for topic in short["emner"].values():
        topic.pop("eksempler", None)
        topic.pop("tilbud", None)
    return yaml.dump(short, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cut(inner) for key, inner in value.items()}
    return [_cut(inner) for inner in value[:FEW]] if isinstance(value, list) else value
