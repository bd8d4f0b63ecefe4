"""Bytes of a rules file to rules, with every fault of the file told at once, with line and column."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.routing.checks import check_meaning
from bot.routing.document import MOST_NOTED, MOST_PROBLEMS, Document, Path, nearest, read_document
from bot.routing.faults import FAULTS, Judged, Problem
from bot.routing.rules import Rules

MOST_SHOWN = 60
"""Characters of what an admin wrote that are shown in a fault."""


@dataclass(frozen=True, slots=True)
class Loaded(Judged):
    """What came of a rules file: rules when nothing was refused, and all faults and warnings in the file's order.

    `agents` says where the block of each agent stands.
    """

    rules: Rules | None
    problems: tuple[Problem, ...]
    agents: Mapping[str, tuple[int, int]]


def load_rules(data: bytes) -> Loaded:
    """Read a rules file; never raises for what the file holds."""
    document = read_document(data)
    rules: Rules | None = None
    if not document.problems and isinstance(document.tree, dict):
        try:
            rules = Rules.model_validate(document.tree).model_copy(update={"digest": digest(data)})
        except ValidationError as error:
            for fault in error.errors(include_url=False)[: 2 * MOST_NOTED]:
                _explain(document, fault["loc"], fault["type"], str(fault.get("input", "")), fault.get("ctx") or {})
        check_meaning(document, rules)
    elif not document.problems:
        document.report((1, 1), "no_rules")
    problems = tuple(sorted(set(document.problems))[:MOST_PROBLEMS])
    refused = any(problem.refused for problem in problems)
    agents = {str(path[1]): at for path, at in document.key_marks.items() if len(path) == 2 and path[0] == "agenter"}
    return Loaded(None if refused else rules, problems, agents)


def digest(data: bytes) -> str:
    """The rules' hash for audit: the first 16 hex digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


def _fields_at(path: Path) -> list[str]:
    """The names of the fields that may stand in the block at this path."""
    model: Any = Rules
    for step in path:
        if isinstance(model, type) and issubclass(model, BaseModel):
            named = [info.annotation for name, info in model.model_fields.items() if (info.alias or name) == step]
            model = named[0] if named else None
        else:
            arguments = getattr(model, "__args__", ())
            model = arguments[-1] if arguments else None
        while model is not None and type(None) in getattr(model, "__args__", ()):
            model = next(argument for argument in model.__args__ if argument is not type(None))
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [info.alias or name for name, info in model.model_fields.items() if not info.exclude]
    return []


_SAME = {"model_type": "dict_type"}
"""Faults of pydantic's that are told like another."""


def _explain(document: Document, loc: Path, kind: str, written: str, context: dict[str, Any]) -> None:
    path = tuple(step for step in loc if step != "[key]")
    place = document.place(path) if len(path) == len(loc) else document.key_marks.get(path, document.place(path))
    if kind == "template_field":
        # What is wrong stands in the text of that language.
        place = document.place((*path, str(context["code"])))
    name = str(path[-1]) if path else ""
    if kind == "missing" or (kind.endswith("_type") and written == "None"):
        _explain_missing(document, path)
    elif kind == "extra_forbidden":
        known = _fields_at(path[:-1])
        at = document.key_marks.get(path, place)
        document.report(at, "unknown_field", meant=nearest(name, known), name=name, known=", ".join(known))
    elif kind == "literal_error":
        choices = [choice.strip("' ") for choice in str(context.get("expected", "")).replace(" or ", ",").split(",")]
        meant = nearest(written, choices)
        document.report(place, "choice", meant=meant, input=written[:MOST_SHOWN], choices=", ".join(choices))
    elif kind.startswith("date"):
        document.report(place, "date", input=written[:MOST_SHOWN])
    else:
        kind = _SAME.get(kind, kind)
        fields = {"input": written[:MOST_SHOWN], **context}
        document.report(place, kind if kind in FAULTS else "other", **fields)


def _explain_missing(document: Document, path: Path) -> None:
    """What should stand at the path does not: the field, its value, or an item of a list."""
    name = path[-1]
    if isinstance(name, int):
        document.report(document.place(path), "no_item")
    elif path in document.key_marks:
        document.report(document.key_marks[path], "no_value", name=name)
    elif len(path) == 1:
        document.report((1, 1), "missing_block", name=name)
    elif isinstance(item := path[-2], int):
        document.report(document.place(path), "missing_in_item", name=name, number=item + 1, owner=path[-3])
    else:
        document.report(document.key_marks.get(path[:-1], document.place(path)), "missing", name=name, owner=path[-2])
