"""What the keeper of the rules and texts tells the dialogue: what came of a file, a trial, a version, a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Fault = tuple[int, int, str, str]
"""What is wrong in a file: line and column (from 1), what it is, and what to write instead."""

Passed = tuple[int, str, str]
"""An initiative by its number, with the names of who has it before and after."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What another version changes: in words, the lines that changed, and who and what it moves.

    `examples` is how many of the rules' own examples go to another topic or person, of `tried`, and `moved` the first
    of them: the text, where it went and where it goes. `ideas` are open ideas that would go to somebody else if they
    were sent today; they stay where they are. `leavers` are the ids and names of agents who are there no more, `heirs`
    the open ideas that lose their agent or topic, and who gets them.
    """

    words: tuple[str, ...] = ()
    lines: str = ""
    examples: int = 0
    tried: int = 0
    moved: tuple[tuple[str, str, str], ...] = ()
    ideas: tuple[Passed, ...] = ()
    leavers: tuple[tuple[str, str], ...] = ()
    heirs: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesRefused:
    """A file can't be used and the old rules hold. `chat` is the admin who sent it, or 0 when it lay on the disk.

    `why`: "faults" (see there; `more` were left out), "gone" (removed from the disk), "started" (the bot started
    with the last good rules), "too_large", "unreadable" (it could not be fetched).
    """

    at: datetime
    file: str
    why: Literal["faults", "gone", "started", "too_large", "unreadable"] = "faults"
    faults: tuple[Fault, ...] = ()
    more: int = 0
    version: int = 0
    chat: int = 0


@dataclass(frozen=True, slots=True)
class RulesMended:
    """The file on the disk, which could not be used, is again the one that is in force."""

    at: datetime
    version: int
    chat: int = 0


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """Another version holds from now on.

    `who` saved it ("" for a file on the disk), `by` is their Telegram id or 0. `restored` is the older version that
    was taken back. `mended` says that a file which could not be used went before. `unwritten` says that the file on
    the disk could not be changed. `lost` are lines of the version before that went away unseen. `warnings` are new
    in this version. `chosen` holds, by a leaver's id, the agent whom an admin chose for their ideas.
    """

    at: datetime
    version: int
    who: str
    by: int
    since: datetime
    change: Difference
    restored: int = 0
    mended: bool = False
    unwritten: bool = False
    lost: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    chat: int = 0


@dataclass(frozen=True, slots=True)
class RulesTried:
    """A good file that an admin sent, held against the rules in force; it waits under the number `draft`.

    `newest` is the version in force; `warnings` let the file be used. `added` are the lines that come, where the file
    is one that people's corrections point to.
    """

    at: datetime
    chat: int
    draft: int
    file: str
    based_on: int
    change: Difference
    newest: int = 0
    warnings: tuple[Fault, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesStale:
    """The file was based on an older version than the one in force, which `who` made; nothing was overwritten."""

    at: datetime
    chat: int
    draft: int
    based_on: int
    version: int
    who: str
    since: datetime
    change: Difference


@dataclass(frozen=True, slots=True)
class RulesBarred:
    """A version was not taken into force: it `leaves` nobody in charge, or takes the asking admin's own right away.

    `why`: "nobody", "yourself" (asked again), "gone" (there is no such draft or version), "same" (it is in force),
    "none" (there is nothing to propose).
    """

    at: datetime
    chat: int
    why: Literal["nobody", "yourself", "gone", "same", "none"]
    draft: int = 0
    version: int = 0
    newest: int = 0


@dataclass(frozen=True, slots=True)
class RulesLooked:
    """What a sentence would meet: topics with score and matched words, who would have it today, and the date.

    `draft` is the waiting file that was asked, or 0 for the rules in force. `asks` says that the citizen is first asked
    what it is about, and that `agent` has it if they don't know. `near` is the number that stands above the answer.
    """

    at: datetime
    chat: int
    sentence: str
    kind: str
    topics: tuple[tuple[str, float, tuple[str, ...]], ...]
    agent: str
    due: datetime | None
    draft: int = 0
    emergency: str = ""
    asks: bool = False
    near: str = ""


@dataclass(frozen=True, slots=True)
class RulesListed:
    """The newest versions, newest first: number, who, when; or the "one" that was asked for, and the `newest` one."""

    at: datetime
    chat: int
    versions: tuple[tuple[int, str, datetime], ...]
    purpose: Literal["file", "versions", "one"] = "file"
    newest: int = 0


@dataclass(frozen=True, slots=True)
class RulesTold:
    """What the version in force changed, and who made it when."""

    at: datetime
    chat: int
    version: int
    who: str
    since: datetime
    change: Difference


@dataclass(frozen=True, slots=True)
class RulesProposed:
    """What people's own corrections point to, of `observed` ideas that they sent elsewhere; nothing is changed.

    `words` are topic, word and the ideas' numbers; `examples` topic and number: the sentence is the citizen's own.
    """

    at: datetime
    observed: int
    words: tuple[tuple[str, str, str], ...]
    examples: tuple[tuple[str, str], ...]
    chat: int = 0


@dataclass(frozen=True, slots=True)
class RulesUnmatched:
    """Words that no rule knows and that stand in `fewest` ideas or more: the word, in how many, and their topics."""

    at: datetime
    chat: int
    fewest: int
    words: tuple[tuple[str, int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TextsRefused:
    """The municipality's own texts can't be used; those that held before hold on, at the start the bot's own.

    `chat` is the admin who sent the file, or 0 when it lay on the disk.
    """

    at: datetime
    file: str
    faults: tuple[Fault, ...] = ()
    more: int = 0
    started: bool = False
    chat: int = 0


@dataclass(frozen=True, slots=True)
class TextsInForce:
    """So many of the municipality's own texts hold from now on; `warnings` are worth a look."""

    at: datetime
    file: str
    many: int
    warnings: tuple[Fault, ...] = ()
    chat: int = 0


@dataclass(frozen=True, slots=True)
class TextsBarred:
    """A file of own texts that an admin sent was good, and was not taken: it is as before, or the disk is closed."""

    at: datetime
    chat: int
    why: Literal["same", "unwritten"]


RuleNews = (
    RulesRefused
    | RulesMended
    | RulesInForce
    | RulesTried
    | RulesStale
    | RulesBarred
    | RulesLooked
    | RulesListed
    | RulesTold
    | RulesProposed
    | RulesUnmatched
    | TextsRefused
    | TextsInForce
    | TextsBarred
)
KINDS: tuple[type[RuleNews], ...] = (
    RulesRefused, RulesMended, RulesInForce, RulesTried, RulesStale, RulesBarred, RulesLooked, RulesListed, RulesTold,
    RulesProposed, RulesUnmatched, TextsRefused, TextsInForce, TextsBarred,
)  # fmt: skip
