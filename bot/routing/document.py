"""The rules file as text: bytes to a plain tree in which every value knows its line and column, or what is wrong."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml

LARGEST = 4 * 1024 * 1024
"""Bytes; a bigger file is refused before it is read."""
DEEPEST = 40
"""Brackets and indents within each other; deeper is refused, so that no file can exhaust the parser."""
MOST_PROBLEMS = 60

Path = tuple[str | int, ...]
Tree = dict[str, "Tree"] | list["Tree"] | str | None
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value")
)
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
    "calm_examples": "rolige_eksempler", "groups": "ordgrupper",
}  # fmt: skip
"""English names of the fields, taken as well as the Danish ones."""
_FREE_KEYS = frozenset({"emner", "agenter", "vejvisere", "linjer", "steder", "stavemåder", "slags", "ordgrupper"})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a rules file, told in Danish. `line` and `column` count from 1; `refused` is False for a warning."""

    line: int
    column: int
    what: str
    instead: str
    refused: bool = True

    def __str__(self) -> str:
        return f"linje {self.line}, tegn {self.column}: {self.what}. {self.instead.rstrip('.')}".rstrip("?") + (
            "?" if self.instead.endswith("?") else "."
        )


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

    def report(self, place: tuple[int, int], what: str, instead: str, *, refused: bool = True) -> None:
        """Note one fault."""
        self.problems.append(Problem(*place, what, instead, refused))


def suggest(written: str, known: list[str], otherwise: str) -> str:
    """ "mente du »x«?" for the nearest known word, else the other advice."""
    near = get_close_matches(written.lower(), [word.lower() for word in known], n=1, cutoff=0.6)
    if not near:
        return otherwise
    return f"Mente du »{next(word for word in known if word.lower() == near[0])}«?"


def read_document(data: bytes) -> Document:
    """Read the bytes of a rules file; never raises, whatever they hold."""
    document = Document()
    text = _decode(data, document)
    if text is None:
        return document
    _check_lines(text, document)
    if document.problems:
        return document
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        _explain_syntax(error, text, document)
        return document
    if root is None:
        document.report((1, 1), "filen er tom", "Læg reglerne tilbage")
        return document
    document.tree = _Walk(document).value(root, ())
    return document


def _decode(data: bytes, document: Document) -> str | None:
    if len(data) > LARGEST:
        document.report(
            (1, 1), f"filen fylder {len(data) / 1024 / 1024:.0f} MB, og det er for meget", "En regelfil må fylde 4 MB"
        )
        return None
    if not data.strip():
        document.report((1, 1), "filen er tom", "Læg reglerne tilbage")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        document.report(
            (line, column),
            "filen er ikke gemt som UTF-8, så æ, ø og å kan ikke læses",
            "Gem den igen, og vælg tegnsættet UTF-8",
        )
        return None
    return unicodedata.normalize("NFC", text)


def _check_lines(text: str, document: Document) -> None:
    depth = deepest = 0
    for number, line in enumerate(text.split("\n"), start=1):
        indent = len(line) - len(line.lstrip(" \t"))
        if "\t" in line[:indent]:
            document.report(
                (number, line.index("\t") + 1), "linjen er rykket ind med tabulator", "Brug mellemrum i stedet"
            )
        if re.match(r"\s*(?:[-?]\s+){10}", line) or indent > 8 * DEEPEST:
            deepest = DEEPEST + 1
        for sign in line if ("[" in line or "{" in line or "]" in line or "}" in line) else "":
            depth += (sign in "[{") - (sign in "]}")
            deepest = max(deepest, depth)
        if deepest > DEEPEST:
            document.report((number, 1), "for mange parenteser inde i hinanden", "Skriv reglerne fladere")
        if len(document.problems) >= MOST_PROBLEMS or deepest > DEEPEST:
            return


_SYNTAX = (
    ("could not find expected ':'", "der mangler et kolon", "Skriv »navn: værdi« med kolon og mellemrum"),
    ("mapping values are not allowed", "der står et kolon, hvor der ikke må stå et",
     "Ret indrykningen eller kolonet i linjen over, eller sæt teksten i anførselstegn"),
    ("found unexpected end of stream", "et anførselstegn bliver ikke lukket", "Sæt anførselstegn i begge ender"),
    ("expected ',' or ']'", "en liste bliver ikke lukket", "Sæt komma mellem ordene og ] til sidst"),
    ("expected ',' or '}'", "en blok bliver ikke lukket", "Sæt komma mellem delene og } til sidst"),
    ("did not find expected key", "linjen passer ikke med indrykningen omkring den",
     "Ret mellemrummene forrest i linjen"),
    ("found character '\\t'", "der står en tabulator", "Brug mellemrum i stedet"),
    ("undefined alias", "»*« forrest gør ordet til en henvisning", "Sæt anførselstegn om ordet"),
    ("that cannot start any token", "et tegn kan ikke stå forrest", "Sæt anførselstegn om teksten"),
)  # fmt: skip
_OPEN_QUOTE = re.compile(r"""(?:^\s*(?:-\s+)*|[:,\[{]\s+|[\[{,])(["'])((?:(?!\1).)*)$""")


def _explain_syntax(error: yaml.YAMLError, text: str, document: Document) -> None:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    wrong = str(getattr(error, "problem", None) or error)
    what, instead = next(
        ((what, instead) for pattern, what, instead in _SYNTAX if pattern in wrong),
        ("linjen kan ikke læses", "Se efter manglende kolon, anførselstegn eller indrykning"),
    )
    if context is not None and ("expected ':'" in wrong or "end of stream" in wrong):
        mark = context
    place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    for number, line in enumerate(text.split("\n")[: place[0]], start=1):
        opened = _OPEN_QUOTE.search(line)
        if opened and not line.lstrip().startswith("#"):
            place = (number, opened.start(1) + 1)
            what, instead = "et anførselstegn bliver ikke lukket", "Sæt anførselstegn i begge ender på samme linje"
            break
    document.report(place, what, instead)


class _Walk:
    """Turns YAML nodes into a plain tree of text and notes where each value stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Tree:
        """The plain value of a node; faults are reported, and what is wrong becomes None."""
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self._document.marks[path] = place
        if node.tag not in _PLAIN_TAGS:
            self._document.report(place, f"»{node.tag}« er ikke tilladt her", "Skriv teksten uden udråbstegn foran")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if id(node) in self._seen:
            self._document.report(place, "filen bruger en henvisning (*), og det er ikke tilladt", "Skriv teksten ud")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, place: tuple[int, int]) -> str | None:
        if node.style is None and node.value in ("", "~", "null", "Null", "NULL"):
            return None
        if node.style in ('"', "'") and node.end_mark.line > node.start_mark.line and ": " in node.value:
            self._document.report(
                place, "et anførselstegn bliver ikke lukket", "Sæt anførselstegn i begge ender på samme linje"
            )
        return str(node.value)

    def _mapping(self, node: yaml.Node, path: Path) -> Tree:
        result: dict[str, Tree] = {}
        first: dict[str, int] = {}
        free = bool(path) and path[-1] in _FREE_KEYS
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._document.report(place, "et felt skal hedde et ord", "Skriv »navn: værdi«")
                continue
            written = str(key_node.value)
            key = written if free else ENGLISH.get(written, written)
            if key in result:
                self._document.report(
                    place,
                    f"»{written}« står to gange (første gang i linje {first[key]})",
                    "Slet den ene, eller saml dem",
                )
                continue
            first[key] = place[0]
            result[key] = self.value(value_node, (*path, key))
            self._document.key_marks[(*path, key)] = place
        return result
