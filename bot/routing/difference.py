"""What differs between two rules files, in words that an admin would use, with the lines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.routing.document import ENGLISH, FREE_KEYS, Document, Path, Tree, read_document

MOST_NAMED = 5
"""Words that are named one by one in a change; of more, only the number is told."""

_IN_ENGLISH = {danish: english for english, danish in reversed(ENGLISH.items())}
_LISTS = {
    "ord": ("ord", "ord", "word", "words"),
    "svage_ord": ("svagt ord", "svage ord", "weak word", "weak words"),
    "andre_sprog": ("ord på andre sprog", "ord på andre sprog", "word in another language", "words in other languages"),
    "vendinger": ("vending", "vendinger", "phrase", "phrases"),
    "eksempler": ("eksempel", "eksempler", "example", "examples"),
    "tilbud": ("tilbud", "tilbud", "offer", "offers"),
    "stærke": ("stærkt tegn", "stærke tegn", "strong cue", "strong cues"),
    "tegn": ("tegn", "tegn", "cue", "cues"),
    "svage": ("svagt tegn", "svage tegn", "weak cue", "weak cues"),
    "imod": ("tegn imod", "tegn imod", "cue against", "cues against"),
    "ro": ("tegn på ro", "tegn på ro", "cue of calm", "cues of calm"),
    "også": ("andet navn", "andre navne", "other name", "other names"),
    "medspillere": ("medspiller", "medspillere", "helper", "helpers"),
    "kle": ("KLE-nummer", "KLE-numre", "KLE number", "KLE numbers"),
    "lukket": ("lukkedag", "lukkedage", "closed day", "closed days"),
    "admins": ("admin", "admins", "admin", "admins"),
    "fravær": ("fravær", "fravær", "absence", "absences"),
    "spørgsmål": ("spørgsmål", "spørgsmål", "question", "questions"),
    "steder": ("sted", "steder", "place", "places"),
    "kle_ord": ("KLE-ord", "KLE-ord", "KLE word", "KLE words"),
    "": ("punkt", "punkter", "item", "items"),
}
"""What one and several items of a list are called, in Danish and English."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in Danish and in English; `lines` are those of the new file, `gone` those of the old one."""

    da: str
    en: str
    lines: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that only one of the files has: of the old one when it is `gone`, else of the new one."""

    number: int
    text: str
    gone: bool


def between(old: bytes, new: bytes) -> tuple[Change, ...]:
    """What changed from the old file to the new one, in the order of the rules; nothing when they are the same."""
    if old == new:
        return ()
    before, after = read_document(old), read_document(new)
    differing = lines(old, new)
    here = tuple(line.number for line in differing if not line.gone)
    there = tuple(line.number for line in differing if line.gone)
    if not isinstance(before.tree, dict) or not isinstance(after.tree, dict):
        count = max(len(here), len(there))
        da, en = ("1 linje", "1 line differs") if count == 1 else (f"{count} linjer", f"{count} lines differ")
        return (Change(f"{da} er anderledes", en, here, there),)
    found = tuple(_Comparison(before, after).changes())
    if found:
        return found
    return (
        Change(
            "kun bemærkninger, mellemrum eller rækkefølge er ændret",
            "only comments, spacing or order changed",
            here,
            there,
        ),
    )


def lines(old: bytes, new: bytes) -> tuple[Line, ...]:
    """The lines that went away and came, in the order of the files."""
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
    # Most changes are small: what both begin and end with need not be searched.
    head = _same(before, after)
    tail = _same([*reversed(before[head:])], [*reversed(after[head:])])
    old_part, new_part = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[Line] = []
    for what, start, end, first, last in SequenceMatcher(None, old_part, new_part).get_opcodes():
        if what != "equal":
            found += [Line(head + number + 1, old_part[number], True) for number in range(start, end)]
            found += [Line(head + number + 1, new_part[number], False) for number in range(first, last)]
    return tuple(found)


def _same(first: Sequence[str], second: Sequence[str]) -> int:
    """How many lines two files share from the start on."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(first), len(second)))


class _Comparison:
    """Two read files side by side."""

    def __init__(self, before: Document, after: Document) -> None:
        self._before, self._after = before, after
        self._agents = {**_names(before.tree), **_names(after.tree)}

    def changes(self) -> Iterator[Change]:
        """Every difference, block by block."""
        yield from self._blocks((), self._before.tree, self._after.tree)

    def _value(self, path: Path, old: Tree, new: Tree) -> Iterator[Change]:
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self._blocks(path, old, new)
        elif isinstance(old, list | None) and isinstance(new, list | None):
            yield from self._items(path, old or [], new or [])
        elif old is None or new is None:
            yield self._came_or_went(path, old, new)
        else:
            da, en = (self._show(path, side) for side in (old, new))
            yield self._change(path, f"{_dotted(path)}: {da} -> {en}", f"{_english(path)}: {da} -> {en}")

    def _blocks(self, path: Path, old: Tree, new: Tree) -> Iterator[Change]:
        was = old if isinstance(old, dict) else {}
        now = new if isinstance(new, dict) else {}
        for key in dict.fromkeys((*was, *now)):
            if key in was and key in now:
                yield from self._value((*path, key), was[key], now[key])
            elif isinstance(was.get(key, now.get(key)), list) and path != ("steder",):
                yield from self._items((*path, key), was.get(key) or [], now.get(key) or [])
            else:
                yield self._came_or_went((*path, key), was.get(key), now.get(key))

    def _came_or_went(self, path: Path, old: Tree, new: Tree) -> Change:
        came = new is not None
        what = new if came else old
        match path:
            case ("emner", topic):
                lead = what.get("ansvarlig") if isinstance(what, dict) else None
                by = f" ({self._name(str(lead))})" if lead else ""
                da = f"nyt emne {topic}{by}" if came else f"emnet {topic}{by} er væk"
                en = f"new topic {topic}{by}" if came else f"topic {topic}{by} is gone"
            case ("agenter", agent):
                name = self._name(str(agent))
                da = f"{name} er ny agent" if came else f"{name} er ikke agent mere"
                en = f"{name} is a new agent" if came else f"{name} is no longer an agent"
            case _:
                shown = self._show(path, what)
                value = shown if isinstance(what, str) else ""
                da = f"{_dotted(path)}{': ' + value if value else ''} er {'kommet til' if came else 'slettet'}"
                en = f"{_english(path)}{': ' + value if value else ''} {'is new' if came else 'is gone'}"
        return self._change(path, da, en)

    def _items(self, path: Path, old: Tree, new: Tree) -> Iterator[Change]:
        was, now = (self._shown(path, side) for side in (old, new))
        came, went = Counter(now) - Counter(was), Counter(was) - Counter(now)
        if came:
            da, en = self._count(path, came, ("mere", "more"))
            yield Change(da, en, lines=_numbers(self._after, path, now, came))
        if went:
            da, en = self._count(path, went, ("mindre", "fewer"))
            yield Change(da, en, gone=_numbers(self._before, path, was, went))

    def _shown(self, path: Path, items: Tree) -> list[str]:
        return [self._show((*path, 0), item) for item in items] if isinstance(items, list) else []

    def _count(self, path: Path, items: Counter[str], words: tuple[str, str]) -> tuple[str, str]:
        is_free = len(path) == 2 and path[0] in ("steder", "kle_ord")
        one, many, one_en, many_en = _LISTS.get(str(path[0] if is_free else path[-1]), _LISTS[""])
        count = items.total()
        shown = ", ".join([*items][:MOST_NAMED]) + (" …" if len(items) > MOST_NAMED else "")
        if len(path) == 3 and path[0] in ("emner", "slags", "agenter"):
            owner = self._name(str(path[1]))
            heads = (owner, owner)
        else:
            around = path if is_free else path[:-1]
            heads = (_dotted(around), _english(around))
        da, en = (f"{head}: " if head else "" for head in heads)
        return (
            f"{da}{count} {one if count == 1 else many} {words[0]} ({shown})",
            f"{en}{count} {words[1]} {one_en if count == 1 else many_en} ({shown})",
        )

    def _show(self, path: Path, value: Tree) -> str:
        """A value in one short line; agents by name."""
        if isinstance(value, dict):
            if "fra" in value and "til" in value:
                return f"{value['fra']} – {value['til']}"
            return str(value.get("da") or value.get("navn") or ", ".join(map(str, value)))
        field = path[-1] if path and isinstance(path[-1], str) else path[-2] if len(path) > 1 else ""
        if field in ("ansvarlig", "afløser", "agent", "koordinator", "leder", "medspillere"):
            return self._name(str(value))
        return str(value)

    def _name(self, agent: str) -> str:
        return self._agents.get(agent, agent)

    def _change(self, path: Path, da: str, en: str) -> Change:
        here = (self._after.place(path)[0],) if _holds(self._after, path) else ()
        there = (self._before.place(path)[0],) if _holds(self._before, path) else ()
        return Change(da, en, here, there)


def _names(tree: Tree) -> Mapping[str, str]:
    agents = tree.get("agenter") if isinstance(tree, dict) else None
    blocks = agents if isinstance(agents, dict) else {}
    return {agent: str(block["navn"]) for agent, block in blocks.items() if isinstance(block, dict) and "navn" in block}


def _holds(document: Document, path: Path) -> bool:
    return path in document.marks


def _numbers(document: Document, path: Path, shown: Sequence[str], wanted: Counter[str]) -> tuple[int, ...]:
    """The lines on which the wanted items of a list stand, each line once."""
    at = (document.place((*path, number))[0] for number, item in enumerate(shown) if item in wanted)
    return tuple(dict.fromkeys(at))


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _english(path: Path) -> str:
    """The path by the fields' English names; what the municipality named keeps its name."""
    named = [before in FREE_KEYS for before in ("", *path[:-1])] if path else []
    return ".".join(
        str(step) if own else _IN_ENGLISH.get(str(step), str(step)) for step, own in zip(path, named, strict=True)
    )
