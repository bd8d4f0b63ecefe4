"""The rules file as text: bytes to a plain tree in which every value knows its line and column, or what is wrong."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml

from bot.core import cpr
from bot.routing.faults import Problem, fault
from bot.routing.syntax import ON_ONE_LINE, explain_syntax

MEGABYTE = 1024 * 1024
LARGEST = 4 * MEGABYTE
"""Bytes; a bigger file is refused before it is read."""
MOST_PIECES = 150_000
"""Commas, colons, brackets and lines; a file of more would take the memory of a hundred ordinary ones."""
DEEPEST = 40
"""Brackets and indents within each other; deeper is refused, so that no file can exhaust the parser."""
MOST_PROBLEMS = 60
"""Faults and warnings that are told at once."""
MOST_NOTED = 500
"""Warnings that are noted on the way, and twice as many faults; the first of them by line are told."""
MOST_FIELDS = 10_000
"""Fields of one block; a block of more is no rules."""
MOST_SLIPS = 10
"""How often a broken file is read on after a slip, to tell more than one at once."""

Path = tuple[str | int, ...]
Tree = dict[str, "Tree"] | list["Tree"] | str | None
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value")
)
_REFERENCE = re.compile(r"(?<![^\s\[{,:-])\*(?=[^\s*])")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

ENGLISH = {
    "municipality": "kommune",
    "staff": "personale", "coordinator": "koordinator", "leader": "leder", "agents": "agenter",
    "topics": "emner", "questions": "spørgsmål", "kinds": "slags", "kind": "slags", "places": "steder",
    "signposts": "vejvisere", "danger": "nødhjælp", "promises": "løfter", "spellings": "stavemåder", "name": "navn",
    "title": "titel", "lead": "ansvarlig", "helpers": "medspillere", "words": "ord", "hints": "svage_ord",
    "phrases": "vendinger", "other_languages": "andre_sprog", "examples": "eksempler", "facet": "om",
    "strong": "stærke", "cues": "tegn", "weak": "svage",
    "against": "imod", "also": "også", "who": "hvem", "contact": "kontakt", "sentence": "sætning", "number": "nummer",
    "lines": "linjer", "calm": "ro", "from": "fra", "to": "til", "working_days": "arbejdsdage", "hour": "klokken",
    "closed": "lukket", "quiet": "stille", "phone": "telefon", "hours": "åbent", "meet": "mødested", "area": "område",
    "south": "syd", "west": "vest", "north": "nord", "east": "øst", "stand_in": "afløser", "away": "fravær",
    "desk": "svarer_i", "staff_chat": "gruppe", "chat": "gruppe", "privacy_link": "privatliv", "bot_name": "bot",
    "calm_examples": "rolige_eksempler", "groups": "ordgrupper", "kle_words": "kle_ord", "offers": "tilbud",
    "cue_is_enough": "tegn_er_nok",
}  # fmt: skip
"""English names of the fields, taken as well as the Danish ones."""
FREE_KEYS = frozenset(
    {"emner", "agenter", "vejvisere", "linjer", "steder", "stavemåder", "slags", "ordgrupper", "skabeloner", "kle_ord"}
)
"""Blocks whose keys are names that the municipality chose, not fields."""


@dataclass(slots=True)
class Document:
    """A rules file that was read: its tree, where each value stands, and what was wrong on the way."""

    tree: Tree = None
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    key_marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of the value at the path, or of the nearest block around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def report(
        self, place: tuple[int, int], key: str, *, meant: str = "", refused: bool = True, **fields: object
    ) -> None:
        """Note the fault of that key in FAULTS; `meant` is the word that the admin probably wanted.

        Of too many only the first are noted, but no number of warnings keeps a fault out.
        """
        if len(self.problems) < MOST_NOTED * (1 + refused):
            self.problems.append(fault(key, place, fields, meant=meant, refused=refused))


def nearest(written: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, or ""."""
    near = get_close_matches(written.lower(), [word.lower() for word in known], n=1, cutoff=0.6)
    return next((word for word in known if near and word.lower() == near[0]), "")


def read_document(data: bytes, names: Mapping[str, str] = ENGLISH) -> Document:
    """Read the bytes of a rules file; never raises, whatever they hold. `names` are fields that have another name."""
    document = Document()
    text = _decode(data, document)
    if text is None:
        return document
    _check_lines(text, document)
    if document.problems:
        return document
    root = _compose(text, document)
    if document.problems:
        return document
    if root is None:
        document.report((1, 1), "empty")
        return document
    document.tree = _Walk(document, names, text).value(root, ())
    return document


def _compose(text: str, document: Document) -> yaml.Node | None:
    """The file's nodes; slips that stay on their own line are all told, by reading on without that line."""
    lines = text.split("\n")
    for number in range(MOST_SLIPS if len(text) < MEGABYTE else 1):
        try:
            root: yaml.Node | None = yaml.compose("\n".join(lines), Loader=_LOADER)
        except yaml.YAMLError as error:
            key, place = explain_syntax(error, "\n".join(lines))
            if number == 0 or key in ON_ONE_LINE:
                document.report(place, key)
            if key not in ON_ONE_LINE:
                return None
            lines[place[0] - 1] = ""
        else:
            return root
    return None


def _decode(data: bytes, document: Document) -> str | None:
    if len(data) > LARGEST:
        document.report((1, 1), "too_big", size=round(len(data) / MEGABYTE), most=LARGEST // MEGABYTE)
        return None
    if (pieces := sum(data.count(sign) for sign in (b",", b"\n", b":", b"[", b"{"))) > MOST_PIECES:
        document.report((1, 1), "too_many", count=pieces, most=MOST_PIECES)
        return None
    if not data.strip():
        document.report((1, 1), "empty")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        document.report((line, column), "encoding")
        return None
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _check_lines(text: str, document: Document) -> None:
    depth = deepest = 0
    for number, line in enumerate(text.split("\n"), start=1):
        indent = len(line) - len(line.lstrip(" \t"))
        if "\t" in line[:indent]:
            document.report((number, line.index("\t") + 1), "tab")
        if strange := _INVISIBLE.search(line):
            document.report((number, strange.start() + 1), "control")
        if cpr.line_with_one(line):
            document.report((number, 1), "cpr")
        if re.match(r"\s*(?:[-?]\s+){10}", line) or indent > 8 * DEEPEST:
            deepest = DEEPEST + 1
        for sign in line if ("[" in line or "{" in line or "]" in line or "}" in line) else "":
            depth += (sign in "[{") - (sign in "]}")
            deepest = max(deepest, depth)
        if deepest > DEEPEST:
            document.report((number, 1), "too_deep")
        if len(document.problems) >= MOST_PROBLEMS or deepest > DEEPEST:
            return


class _Walk:
    """Turns YAML nodes into a plain tree of text and notes where each value stands."""

    def __init__(self, document: Document, names: Mapping[str, str], text: str) -> None:
        self._document = document
        self._names = names
        self._lines = text.split("\n")
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Tree:
        """The plain value of a node; faults are reported, and what is wrong becomes None."""
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self._document.marks[path] = place
        if node.tag not in _PLAIN_TAGS:
            self._document.report(place, "tag", tag=node.tag)
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self._seen:
            if len(self._document.problems) < MOST_PROBLEMS:
                self._document.report(self._star(path), "reference")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _star(self, path: Path) -> tuple[int, int]:
        """Where the "*" of a reference stands: the parser has followed it, and tells only where it led."""
        marks, last = self._document.marks, path[-1]
        before = (*path[:-1], last - 1) if isinstance(last, int) and last else path[:-1]
        line, column = self._document.key_marks.get(path) or marks.get(before, (1, 1))
        for number, written in enumerate(self._lines[line - 1 :], start=line):
            star = _REFERENCE.search(written, column if number == line else 0)
            if star is not None:
                return number, star.start() + 1
        return line, column

    def _scalar(self, node: yaml.ScalarNode, place: tuple[int, int]) -> str | None:
        plain = not node.style
        if plain and node.value in ("", "~", "null", "Null", "NULL"):
            return None
        if node.style in ('"', "'") and node.end_mark.line > node.start_mark.line and ": " in node.value:
            self._document.report(place, "quote_open")
        if plain and node.value.endswith('"') and node.value.count('"') % 2:
            self._document.report(place, "quote_start")
        return str(node.value)

    def _mapping(self, node: yaml.Node, path: Path) -> Tree:
        if len(node.value) > MOST_FIELDS:
            place = (node.start_mark.line + 1, node.start_mark.column + 1)
            self._document.report(place, "too_many", count=len(node.value), most=MOST_FIELDS)
            return None
        result: dict[str, Tree] = {}
        first: dict[str, int] = {}
        free = bool(path) and path[-1] in FREE_KEYS
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._document.report(place, "field_name")
                continue
            written = str(key_node.value)
            key = written if free else self._names.get(written, written)
            if key in result:
                self._document.report(place, "twice", name=written, first=first[key])
                continue
            first[key] = place[0]
            result[key] = self.value(value_node, (*path, key))
            self._document.key_marks[(*path, key)] = place
        return result
