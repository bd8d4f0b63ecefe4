"""Bytes of a rules file to rules, with every fault of the file told at once, in Danish, with line and column."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.routing.checks import check_meaning
from bot.routing.document import (
    MOST_PROBLEMS,
    Document,
    Path,
    Problem,
    read_document,
    suggest,
)
from bot.routing.rules import Rules


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a rules file: rules when nothing was refused, and all faults and warnings in the file's order."""

    rules: Rules | None
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that keep the file from being used."""
        return tuple(problem for problem in self.problems if problem.refused)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are told, but let the file be used."""
        return tuple(problem for problem in self.problems if not problem.refused)


def load_rules(data: bytes) -> Loaded:
    """Read a rules file; never raises for what the file holds."""
    document = read_document(data)
    rules: Rules | None = None
    if not document.problems and isinstance(document.tree, dict):
        try:
            rules = Rules.model_validate(document.tree).model_copy(update={"digest": digest(data)})
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                _explain(document, fault["loc"], fault["type"], str(fault.get("input", "")), fault.get("ctx") or {})
        check_meaning(document, rules)
    elif not document.problems:
        document.report((1, 1), "filen er ikke en regelfil", "Begynd med »kommune:«")
    problems = tuple(sorted(set(document.problems))[:MOST_PROBLEMS])
    refused = any(problem.refused for problem in problems)
    return Loaded(None if refused else rules, problems)


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


_WRONG = {
    "string_type": ("her skal stå en tekst", "Skriv et ord eller en sætning"),
    "int_parsing": ("»{input}« er ikke et helt tal", "Skriv tallet med cifre"),
    "int_type": ("her skal stå et helt tal", "Skriv tallet med cifre"),
    "float_parsing": ("»{input}« er ikke et tal", "Skriv tallet med cifre og punktum"),
    "bool_parsing": ("»{input}« er hverken ja eller nej", "Skriv true eller false"),
    "list_type": ("her skal stå en liste", "Skriv [et, to, tre], eller en linje pr. punkt med - foran"),
    "dict_type": ("her skal stå en blok med felter", "Skriv »navn: værdi« på linjerne under, rykket ind"),
    "model_type": ("her skal stå en blok med felter", "Skriv »navn: værdi« på linjerne under, rykket ind"),
    "greater_than": ("»{input}« er for lidt", "Skriv et tal over {gt}"),
    "greater_than_equal": ("»{input}« er for lidt", "Skriv et tal fra {ge} og op"),
    "less_than_equal": ("»{input}« er for meget", "Skriv et tal, der højst er {le}"),
    "too_short": ("listen er tom", "Skriv mindst ét"),
    "too_long": ("listen er for lang", "Højst {max_length}"),
    "time_parsing": ("»{input}« er ikke et klokkeslæt", 'Skriv for eksempel "16:00"'),
    "literal_error": ("»{input}« kan ikke stå her", "Vælg mellem {expected}"),
}


def _explain(document: Document, loc: Path, kind: str, written: str, context: dict[str, Any]) -> None:
    path = tuple(step for step in loc if step != "[key]")
    place = document.place(path)
    name = str(path[-1]) if path else ""
    if kind == "missing" or (kind.endswith("_type") and written == "None"):
        owner = path[-2] if len(path) > 1 else "filen"
        document.report(_block_place(document, path), f"»{name}« mangler under »{owner}«", f"Skriv »{name}: …«")
    elif kind == "extra_forbidden":
        known = _fields_at(path[:-1])
        advice = suggest(name, known, f"Felterne hedder: {', '.join(known)}")
        document.report(document.key_marks.get(path, place), f"»{name}« kendes ikke her", advice)
    elif kind == "literal_error":
        choices = [choice.strip("' ") for choice in str(context.get("expected", "")).replace(" or ", ",").split(",")]
        advice = suggest(written, choices, f"Vælg mellem {', '.join(choices)}")
        document.report(place, f"»{written}« kan ikke stå her", advice)
    elif kind == "value_error":
        parts = str(context.get("error", "")).split("|")
        what, instead = (parts[-2], parts[-1]) if len(parts) >= 3 else (parts[0], "Ret det")
        document.report(place, what, instead[:1].upper() + instead[1:])
    elif kind.startswith("date"):
        document.report(place, f"»{written}« er ikke en dato", f"Skriv år-måned-dag, for eksempel {date(2026, 7, 6)}")
    else:
        what, instead = _WRONG.get(kind, ("»{input}« kan ikke læses", "Ret det"))
        values = {"input": written[:60], **context}
        document.report(place, what.format_map(values), instead.format_map(values))


def _block_place(document: Document, path: Path) -> tuple[int, int]:
    """Where the block stands that lacks the field: its key if it has one."""
    for end in range(len(path), 0, -1):
        if path[:end] in document.key_marks:
            return document.key_marks[path[:end]]
    return (1, 1)
