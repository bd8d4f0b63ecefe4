"""The pages in force: changed files are read as a whole and taken together, or the last good pages hold on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge.index import Asked, Finder, Index, index_of
from bot.knowledge.reader import Page, Problem, Shelf, paths_of, read_all, read_files

STEADY = 1.5
"""Seconds that the folder must be left alone before it is judged: some editors save in two steps, up to 1 s apart."""

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a look at the folder found: files that are other than before, or what is wrong with them.

    `before` holds the former text of each changed file, "" where there was none; `after` the new one.
    """

    before: dict[str, str]
    after: dict[str, str]
    problems: tuple[Problem, ...] = ()
    mended: bool = False


class LivePages:
    """The folder, the pages that hold, and who finds them."""

    def __init__(self, folder: Path, learn: Callable[[Iterable[Asked]], Finder], samples: Path | None = None) -> None:
        """Read the folder as it stands. Where files are broken, the pages that can be read hold until they are mended.

        `learn` makes somebody who finds pages (see `Index`). What lies in a folder of `samples` is read along.
        """
        self.folder = folder
        self._samples = samples
        self._learn = learn
        self._stamp, self._steady_since = self._look(), 0.0
        self._waiting = False
        self._take(read_all(self._files(), folder.name))

    def _take(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.index = index_of(shelf.pages, self._learn)
        self.problems = shelf.problems

    def poll(self, now: float) -> Changed | None:
        """Look at the folder (`now` is a running clock, seconds); what came of it, once it was left alone a moment."""
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp, self._steady_since, self._waiting = stamp, now, True
        if not self._waiting or now - self._steady_since < STEADY:
            return None
        files = self._files()
        if self._look() != stamp:
            return None
        self._waiting = False
        return self._judge(read_all(files, self.folder.name))

    def try_page(self, name: str, text: str) -> Shelf:
        """All pages as they would be with this one ("" for without it); nothing is taken."""
        files = {**self.shelf.files, name: text.encode()}
        if not text:
            del files[name]
        return read_all(files, self.folder.name)

    def lost_with(self, shelf: Shelf) -> tuple[str, ...]:
        """The ways of asking that find their page now and would find another, or none, with these pages."""
        then = index_of(shelf.pages, self._learn)
        return tuple(
            alias
            for page in then.pages
            for alias in page.aliases
            if not _finds(then, alias, page) and _finds(self.index, alias, page)
        )

    def take(self, shelf: Shelf) -> None:
        """These pages hold from now on, and the folder was made to hold the same."""
        # Where the folder is broken, it is looked at again, and told again if it still is.
        self._waiting = bool(self.problems)
        self._take(shelf)
        self._stamp = self._look()

    def text(self, name: str) -> str:
        """What a page's file holds, "" where there is none."""
        return self.shelf.files.get(name, b"").decode("utf-8", "replace")

    def _judge(self, found: Shelf) -> Changed | None:
        was, now = self.shelf.files, found.files
        names = [name for name in sorted({*was, *now}) if was.get(name) != now.get(name)]
        changed = Changed(
            {name: was.get(name, b"").decode("utf-8", "replace") for name in names},
            {name: now.get(name, b"").decode("utf-8", "replace") for name in names},
        )
        if found.problems:
            news = found.problems != self.problems
            self.problems = found.problems
            return replace(changed, problems=found.problems) if news else None
        mended = bool(self.problems)
        if names or mended:
            self._take(found)
            return replace(changed, mended=mended)
        return None

    def _files(self) -> dict[str, bytes]:
        return {**(read_files(self._samples) if self._samples is not None else {}), **read_files(self.folder)}

    def _look(self) -> Stamp:
        stamps = []
        for path in [*paths_of(self.folder), *(paths_of(self._samples) if self._samples is not None else ())]:
            try:
                status = path.stat()
            except OSError:
                continue
            stamps.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(stamps)


def _finds(index: Index, alias: str, page: Page) -> bool:
    found = index.find(f"{alias}?", page.lang)
    return found is not None and found.id == page.id
