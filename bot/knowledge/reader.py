"""Reads the pages of `knowledge/`: Markdown with a front matter that says what is asked, and where the answer is from.

A page is one answer of at most 80 words, in plain characters, since it is sent as it stands.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from bot.core import cpr
from bot.knowledge.calendar import Listing, read_listing
from bot.knowledge.meeting import LIKE_A_CPR_NUMBER

LONGEST = 80
"""The most words that an answer may have, with its source (B-18)."""

MOST_KNOWN = 500
"""Pages that are kept as they were read: of some eighty, each time one is tried, only that one is new."""
CALENDAR = "calendar"
"""The folder within that holds meetings and events."""
ANY_TOPIC = "alle"
"""Stands for every topic: what ideas of all kinds can be taken to."""
_KEYS = ("titel", "spørgsmål", "kilde", "sted", "sprog", "gælder_fra", "gælder_til", "emner", "se_også")
_NEEDED = ("titel", "spørgsmål", "kilde", "sprog", "gælder_fra")
OF_THE_BOT = frozenset({"denne bot", "this bot", "цей бот"})
"""What an answer has for a source that tells of the bot itself: that stands in no document."""
_LISTS = {"spørgsmål": "hvert spørgsmål", "emner": "hvert emne", "se_også": "hver side"}
_FRONT = re.compile(r"\A---\n(?P<front>.*?)^---\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(r"\*\*|__|`|\]\(|^#|^\s*>|^\|", re.MULTILINE)
_OWN_LINE = re.compile(r"^(?:\d+\.|[-•]) ")

Front = dict[str, "str | list[str]"]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: how people ask for it, what it says, where that is written, and from when until when it holds.

    `id` is the file's name without ending, the same in every language. `aliases` are questions as people put them.
    `source` names the document and the place in it ("Anbefaling til principper og veje, afsnit 2"). `topics` are the
    ids of the topics whose ideas a council or a form of dialogue may be suggested for, or `ANY_TOPIC`; most pages have
    none.
    `see_also` are the ids of pages that can be asked for next.
    """

    id: str
    lang: str
    title: str
    aliases: tuple[str, ...]
    source: str
    text: str
    valid_from: date
    valid_to: date | None = None
    topics: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the answer is valid on this day, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a page, told in Danish to the one who edits it; `line` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}, linje {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: the pages that can be used, everything that is wrong with the others, and the files."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    listings: tuple[Listing, ...] = ()
    """The files of the calendar."""


def load(folder: Path) -> Shelf:
    """Read every page `<language>/<id>.md` of a folder. Never raises for what the files hold; all faults at once."""
    return read_all(read_files(folder), folder.name)


def paths_of(folder: Path) -> list[Path]:
    """Every file of the folder that is read: the pages by language, and the calendar."""
    return sorted([*folder.glob("*/*.md"), *folder.glob(f"{CALENDAR}/*.ics")])


def read_files(folder: Path) -> dict[str, bytes]:
    """The bytes of every page, by "da/raadene.md", and of the calendar; a file that goes away meanwhile is left out."""
    files: dict[str, bytes] = {}
    for path in paths_of(folder):
        with suppress(OSError):
            files[f"{path.parent.name}/{path.name}"] = path.read_bytes()
    return files


def read_all(files: Mapping[str, bytes], folder: str = "knowledge") -> Shelf:
    """The pages that these files hold, and whether they go together: no way of asking twice, no link to nowhere."""
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    listings: list[Listing] = []
    asked: dict[tuple[str, str], str] = {}
    for name, data in sorted(files.items()):
        if name.endswith(".ics"):
            listing = read_listing(data, name)
            if isinstance(listing, Listing):
                listings.append(listing)
            else:
                problems += [Problem(name, line, what) for line, what in listing]
            continue
        try:
            lang, _, file = name.partition("/")
            read = read_page(data.decode("utf-8"), file.removesuffix(".md"), lang, name)
        except UnicodeDecodeError:
            read = (Problem(name, 1, "filen er ikke gemt som UTF-8. Gem den igen, og vælg UTF-8"),)
        if isinstance(read, tuple):
            problems += read
            continue
        for alias in read.aliases:
            other = asked.setdefault((read.lang, alias), name)
            if other != name:
                line = line_of(data, alias)
                problems.append(Problem(name, line, f"“{alias}” står også i {other}. Behold det kun ét sted"))
        pages[name] = read
    problems += _broken_links(pages, files)
    if not pages and not problems:
        problems.append(Problem(folder, 1, "der er ingen sider. Læg dem som da/navn.md"))
    return Shelf(tuple(pages.values()), tuple(problems), dict(files), tuple(listings))


def line_of(data: bytes, words: str) -> int:
    """The first line that holds these words, from 1."""
    lines = data.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if words in line), 1)


def _broken_links(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> Iterator[Problem]:
    known = {name.partition("/")[2].removesuffix(".md") for name in files}
    for name, page in pages.items():
        for other in page.see_also:
            if other not in known or other == page.id:
                near = difflib.get_close_matches(other, known - {page.id}, n=1)
                hint = f". Mente du `{near[0]}`?" if near else ""
                yield Problem(
                    name, line_of(files[name], f"- {other}"), f"der er ingen side, som hedder `{other}`{hint}"
                )


@lru_cache(maxsize=MOST_KNOWN)
def read_page(written: str, page_id: str, lang: str, file: str) -> Page | tuple[Problem, ...]:
    """One page from its text, or everything that is wrong with it; what has not changed is not read again."""
    if line := cpr.line_with_one(written):
        # Alone: other faults show what stands there.
        return (Problem(file, line, LIKE_A_CPR_NUMBER),)
    found = _FRONT.match(written.removeprefix("\ufeff").replace("\r\n", "\n"))
    if found is None:
        return (Problem(file, 1, "siden skal begynde med en linje `---`, så titel og kilde, og så `---` igen"),)
    try:
        front, lines = _front(found["front"])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return (Problem(file, 2 + (mark.line if mark else 0), "linjen kan ikke læses. Skriv `navn: værdi`"),)
    body_line = found["front"].count("\n") + 3
    problems = [Problem(file, lines.get(key, 2), what) for key, what in _front_faults(front, lang)]
    place = str(front.get("sted", ""))
    source = f"{front.get('kilde', '')}, {place}" if place else str(front.get("kilde", ""))
    problems += [Problem(file, body_line, what) for what in _body_faults(found["body"], source)]
    if problems:
        return tuple(problems)
    return Page(
        id=page_id,
        lang=lang,
        title=str(front["titel"]),
        aliases=tuple(front["spørgsmål"]),
        source=source,
        text=_unwrap(found["body"]),
        valid_from=date.fromisoformat(str(front["gælder_fra"])),
        valid_to=date.fromisoformat(str(front["gælder_til"])) if "gælder_til" in front else None,
        topics=tuple(front.get("emner", ())),
        see_also=tuple(front.get("se_også", ())),
    )


def _front(written: str) -> tuple[Front, dict[str, int]]:
    """The front matter as strings, with each key's line; an empty one is no fault here."""
    root = yaml.compose(written, Loader=yaml.CSafeLoader)
    front: Front = {}
    lines: dict[str, int] = {}
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            items = [str(item.value) for item in value.value] if isinstance(value, yaml.SequenceNode) else None
            front[str(key.value)] = str(value.value) if items is None else items
            lines[str(key.value)] = key.start_mark.line + 2
    return front, lines


def _front_faults(front: Front, lang: str) -> Iterator[tuple[str, str]]:
    for key in front:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            yield key, f"`{key}` kendes ikke" + (f". Mente du `{near[0]}`?" if near else f". Brug {', '.join(_KEYS)}")
    for key in _NEEDED:
        if not front.get(key):
            yield key, f"`{key}` mangler"
    if front.get("kilde") and not front.get("sted") and str(front["kilde"]).strip().casefold() not in OF_THE_BOT:
        yield "kilde", f"`sted` mangler: hvor står det i “{front['kilde']}”? Skriv fx `sted: afsnit 4`"
    for key, each in _LISTS.items():
        if isinstance(front.get(key), str):
            yield key, f"`{key}` skal være en liste: én linje til {each}, med `- ` foran"
    if front.get("sprog") not in (None, "", lang):
        yield "sprog", f"`sprog` er “{front['sprog']}”, men siden ligger i mappen “{lang}”"
    for key in ("gælder_fra", "gælder_til"):
        if front.get(key) and not _is_date(str(front[key])):
            yield key, f"`{key}` skal være en dato som 2026-11-02"


def _body_faults(body: str, source: str) -> Iterator[str]:
    words = len(body.split()) + len(source.split()) + 1
    if not body.strip():
        yield "siden har intet svar. Skriv det under den anden `---`"
    if words > LONGEST:
        yield f"svaret har {words} ord med kilden. Det må højst have {LONGEST}"
    if _MARKUP.search(body):
        yield "svaret må kun være ren tekst: ingen stjerner, overskrifter, links i klammer eller tabeller"


def _is_date(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _unwrap(body: str) -> str:
    """Lines of a paragraph joined, since a phone breaks them itself; an item of a list keeps its own line."""
    paragraphs: list[str] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lines: list[str] = []
        for line in paragraph.splitlines():
            if lines and not _OWN_LINE.match(line):
                lines[-1] += f" {line.strip()}"
            else:
                lines.append(line.strip())
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
