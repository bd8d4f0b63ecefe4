"""The mutants: every small change that mutmut would make to a function of some rooms, and a sample of them."""

import difflib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode


@dataclass(frozen=True)
class Place:
    """One change in one file: the so-manieth that mutmut finds there."""

    file: str
    nth: int

    def __str__(self) -> str:
        return f"{self.file} {self.nth}"

    @staticmethod
    def read(line: str) -> "Place":
        """From a line that begins with one, after a sign of its own."""
        _, file, nth, *_ = line.replace(":", "").split()
        return Place(file, int(nth))


@dataclass(frozen=True)
class Change:
    """What stands from `begin` to `end` (characters of a file) becomes `text`; `line` is where that is."""

    function: str
    line: int
    begin: int
    end: int
    text: str

    def made(self, source: str) -> str:
        """The file with this change."""
        return source[: self.begin] + self.text + source[self.end :]


@dataclass(frozen=True)
class Mutant:
    """A change, the function that it is in, and the whole file with it."""

    place: Place
    line: int
    function: str
    source: str
    difference: str

    @property
    def module(self) -> str:
        """The module's name, as it is imported."""
        return self.place.file.removesuffix(".py").replace("/", ".")


class Orchard:
    """All changes in the files of a folder. Finding them is long, so they are kept, by what stood in the file."""

    def __init__(self, root: Path, kept: Path) -> None:
        self._root = root
        self._kept = kept

    def sample(self, rooms: Iterable[str], most: int, seed: int) -> list[Place]:
        """So many places of all that there are in the rooms (folders or files), drawn by a seed; 0 takes all."""
        files = sorted(str(file.relative_to(self._root)) for room in rooms for file in _files(self._root / room))
        with Pool() as pool:
            found = dict(zip(files, pool.map(self.changes, files), strict=True))
        places = [Place(file, nth) for file, changes in found.items() for nth in range(len(changes))]
        told = f"of {len(places)} mutants in {len(files)} files"
        if 0 < most < len(places):
            places = sorted(random.Random(seed).sample(places, most), key=lambda place: (place.file, place.nth))
        print(f"{len(places)} {told}, seed {seed}", flush=True)
        return places

    def make(self, places: Iterable[Place]) -> list[Mutant]:
        """The mutants at these places."""
        return [self._make(place) for place in places]

    def changes(self, file: str) -> list[Change]:
        """All changes in a file."""
        source = (self._root / file).read_text("utf-8")
        kept = self._kept / f"changes-{sha256(source.encode()).hexdigest()[:16]}.json"
        if not kept.exists():
            kept.write_text(json.dumps([asdict(change) for change in _find(source)]), "utf-8")
        return [Change(**fields) for fields in json.loads(kept.read_text("utf-8"))]

    def _make(self, place: Place) -> Mutant:
        source = (self._root / place.file).read_text("utf-8")
        change = self.changes(place.file)[place.nth]
        made = change.made(source)
        before, after = source.splitlines(), made.splitlines()
        lines = difflib.unified_diff(before, after, place.file, place.file, n=1, lineterm="")
        return Mutant(place, change.line, change.function, made, "\n".join(lines))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.rglob("*.py")
    else:
        yield path


def _find(source: str) -> Iterator[Change]:
    """What mutmut would change in functions and methods; the rest of a module runs before any test can tell."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visitor = MutationVisitor(mutation_operators, IgnoredCode(set(), set(), set()))
    module = wrapper.visit(visitor)
    names = dict(_functions(module.body))
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)
    places = wrapper.resolve(PositionProvider)
    begins = [0]
    for line in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    for mutation in visitor.mutations:
        if not isinstance(mutation.contained_by_top_level_function, cst.FunctionDef):
            continue
        function, line = names[id(mutation.contained_by_top_level_function)], places[mutation.original_node].start.line
        if isinstance(mutation.original_node, cst.BaseCompoundStatement):
            # Its code would stand at the margin.
            yield Change(function, line, 0, len(source), _whole(module, mutation))
            continue
        span = spans[mutation.original_node]
        begin, end = (begins[at.line - 1] + at.column for at in (span.start, span.end))
        yield Change(function, line, begin, end, module.code_for_node(mutation.mutated_node))


def _whole(module: cst.Module, mutation: Mutation) -> str:
    changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
    assert isinstance(changed, cst.Module)
    return changed.code


def _functions(body: Iterable[cst.CSTNode], inside: str = "") -> Iterator[tuple[int, str]]:
    for node in body:
        if isinstance(node, cst.FunctionDef):
            yield id(node), inside + node.name.value
        elif isinstance(node, cst.ClassDef) and not inside:
            yield from _functions(node.body.body, f"{node.name.value}.")
