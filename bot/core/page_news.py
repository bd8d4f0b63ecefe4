"""What the keeper tells the dialogue of the pages that answer questions: what came of a file, a save, a list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PageFault = tuple[str, int, str]
"""What is wrong in a page: the file ("da/raadene.md"), the line (from 1), and what it is."""


Why = Literal["faults", "started", "too_large", "unreadable", "no_page"]
"""Why pages can't be used (see `PagesRefused`)."""


@dataclass(frozen=True, slots=True)
class PagesRefused:
    """Pages can't be used and the last good ones hold. `chat` is the admin who sent one, 0 when they lay on the disk.

    `why`: "faults" (see there; `more` were left out), "started" (the bot started without the pages that are broken),
    "too_large", "unreadable" (it could not be fetched), "no_page" (the front matter tells no language).
    """

    at: datetime
    file: str = ""
    why: Why = "faults"
    faults: tuple[PageFault, ...] = ()
    more: int = 0
    chat: int = 0


@dataclass(frozen=True, slots=True)
class PagesInForce:
    """These files hold from now on, by what `who` sent, or what was saved on the disk ("").

    `mended` says that broken pages went before. Where one page changed, `before` is the number of its version before.
    """

    at: datetime
    files: tuple[str, ...]
    who: str = ""
    mended: bool = False
    restored: bool = False
    before: int = 0
    chat: int = 0


@dataclass(frozen=True, slots=True)
class PageTried:
    """A good page that an admin sent, as a citizen would read it; it waits under the number `draft`.

    `lost` are ways of asking that would no longer find their page. Of a file of the calendar `ways` are the meetings to
    come, and `text` tells the first of them, a line each.
    """

    at: datetime
    chat: int
    draft: int
    file: str
    is_new: bool
    ways: int
    text: str
    source: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBarred:
    """A page was not taken: it is "gone", the "same" as before, or the disk can't be written ("unwritten")."""

    at: datetime
    chat: int
    why: Literal["gone", "same", "unwritten"]


@dataclass(frozen=True, slots=True)
class PagesListed:
    """What an admin asked to see: the files that are meant, or none and all `titles` ("raadene: De fire råd")."""

    at: datetime
    chat: int
    asked: str
    files: tuple[str, ...]
    titles: tuple[str, ...] = ()


PageNews = PagesRefused | PagesInForce | PageTried | PageBarred | PagesListed
PAGE_KINDS: tuple[type[PageNews], ...] = (PagesRefused, PagesInForce, PageTried, PageBarred, PagesListed)
