"""What the public may see, kept in memory beside the store: faces and the words by which like ones are found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.storage import Transaction
from bot.core.face import Face, face_of
from bot.core.match import TopicScore
from bot.routing.likeness import ALIKE, Likeness

AT_ONCE = 200
"""Texts at most that are read anew for one step, when the rules have changed; each takes about a quarter of a ms."""


@dataclass(slots=True)
class Kept:
    """A face with the stamp of the change that it was read at."""

    stamp: int | None
    face: Face


class Showcase:
    """The faces of all that is public, read anew where the store says that something has changed.

    It follows the transaction in which it is asked, so that neither a rollback nor another process leaves anything
    wrong in it, and what is public no more is gone from it before the next answer. `likeness` makes an empty index by
    the rules in force, `rules` names them.
    """

    def __init__(self, likeness: Callable[[], Likeness] = Likeness, rules: Callable[[], str] = str) -> None:
        self._likeness, self._rules = likeness, rules
        self._kept: dict[int, Kept] = {}
        self._mark = (0, 0)
        self._index: Likeness | None = None
        self._by = ""
        self._next: Likeness | None = None
        self._next_by = ""

    def follow(self, transaction: Transaction) -> None:
        """See what everybody may see in this transaction."""
        mark = transaction.initiatives.public_mark()
        if mark == self._mark:
            return
        stamps = transaction.initiatives.public_stamps()
        for number in self._kept.keys() - stamps.keys():
            self._put_away(number)
        changed = [
            number for number, stamp in stamps.items() if number not in self._kept or self._kept[number].stamp != stamp
        ]
        for at in range(0, len(changed), AT_ONCE):
            for number, initiative in transaction.initiatives.some(changed[at : at + AT_ONCE]).items():
                self._put_up(number, Kept(stamps[number], face_of(initiative)))
        self._mark = mark

    def open(self, transaction: Transaction) -> None:
        """Read all that is public before anybody asks."""
        self.follow(transaction)
        self.index()

    def faces(self) -> Mapping[int, Kept]:
        """All faces by number, as of the last look."""
        return self._kept

    def index(self) -> Likeness:
        """The index by the rules in force; after a change of them the old one answers until the new one is whole."""
        rules = self._rules()
        if self._index is None:
            self._index, self._by = self._filled(self._likeness()), rules
        elif self._by != rules:
            self._read_anew(rules)
        return self._index

    def _read_anew(self, rules: str) -> None:
        if self._next is None or self._next_by != rules:
            self._next, self._next_by = self._likeness(), rules
        missing = [number for number in self._kept if number not in self._next.numbers()]
        for number in missing[:AT_ONCE]:
            _enter(self._next, self._kept[number].face)
        if len(missing) <= AT_ONCE:
            self._index, self._by, self._next = self._next, rules, None

    def _filled(self, index: Likeness) -> Likeness:
        for kept in self._kept.values():
            _enter(index, kept.face)
        return index

    def _put_up(self, number: int, kept: Kept) -> None:
        before = self._kept.get(number)
        self._kept[number] = kept
        if before is None or _said(before.face) != _said(kept.face):
            for index in (self._index, self._next):
                if index is not None:
                    _enter(index, kept.face)

    def _put_away(self, number: int) -> None:
        del self._kept[number]
        for index in (self._index, self._next):
            if index is not None:
                index.drop(number)


class Look:
    """What is public, for one step in one transaction (see `core.face.Public`); it looks only when it is asked."""

    def __init__(self, showcase: Showcase, transaction: Transaction) -> None:
        self._showcase, self._transaction = showcase, transaction

    def face(self, number: int) -> Face | None:
        """The face of one that is public, or None."""
        kept = self._faces().get(number)
        return kept.face if kept is not None else None

    def topics(self) -> dict[str, int]:
        """How many are listed under each topic ("" for those without)."""
        counts: dict[str, int] = {}
        for kept in self._faces().values():
            if kept.face.listed:
                counts[kept.face.topic] = counts.get(kept.face.topic, 0) + 1
        return counts

    def listed(self, topic: str | None = None) -> tuple[Face, ...]:
        """Those in the list, newest first; with a topic those under it."""
        faces = (kept.face for kept in self._faces().values())
        shown = [face for face in faces if face.listed and topic in (None, face.topic)]
        return tuple(sorted(shown, key=lambda face: -face.number))

    def like(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        """Those that say much the same as the text, the likest first."""
        faces = self._faces()
        if not faces:
            return ()
        ranked = self._showcase.index().rank(text, topics)
        return tuple(faces[number].face for likeness, number in ranked[:most] if likeness >= ALIKE)

    def seeking(self, text: str, topics: tuple[TopicScore, ...], most: int) -> tuple[Face, ...]:
        """Those that look for help, first the ones that the text fits."""
        seeking = {kept.face.number: kept.face for kept in self._faces().values() if kept.face.seeks}
        if not seeking:
            return ()
        likeness = {number: like for like, number in self._showcase.index().rank(text, topics, seeking)}
        about = {found.topic: found.score / 100 for found in topics}

        def fit(face: Face) -> tuple[float, int]:
            return likeness.get(face.number, 0.0) + max(
                (about.get(one, 0.0) for one in face.topics), default=0.0
            ), face.number

        return tuple(sorted(seeking.values(), key=fit, reverse=True)[:most])

    def _faces(self) -> Mapping[int, Kept]:
        self._showcase.follow(self._transaction)
        return self._showcase.faces()


def _enter(index: Likeness, face: Face) -> None:
    if face.listed:
        index.put(face.number, face.title, f"{face.words}\n{face.seeks}", face.topics)
    else:
        index.drop(face.number)


def _said(face: Face) -> tuple[str, ...]:
    return (face.title, face.words, face.seeks, *face.topics)
