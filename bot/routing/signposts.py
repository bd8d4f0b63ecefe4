"""Which signpost of the rules fits a message that is no initiative."""

from bot.routing.cues import CueSet
from bot.routing.reading import Reading
from bot.routing.rules import Rules


class Signposts:
    """Chooses among the signposts of a kind by their cues; the first without cues is the kind's own."""

    def __init__(self, rules: Rules) -> None:
        self.kinds = frozenset(signpost.kind for signpost in rules.signposts.values())
        pairs = [(name, cue) for name, signpost in rules.signposts.items() for cue in signpost.cues]
        self._owners = [name for name, _ in pairs]
        self._cues = CueSet(cue for _, cue in pairs)
        self._kind_of = {name: signpost.kind for name, signpost in rules.signposts.items()}
        self._usual: dict[str, str] = {}
        for name, signpost in sorted(rules.signposts.items(), key=lambda item: bool(item[1].cues)):
            self._usual.setdefault(signpost.kind, name)

    def choose(self, kind: str, reading: Reading) -> str:
        """The id of the signpost for this kind whose cues stand most often in the words."""
        votes: dict[str, int] = {}
        for hit in self._cues.find(reading.bare, reading.openings):
            owner = self._owners[hit.cue]
            if self._kind_of[owner] == kind:
                votes[owner] = votes.get(owner, 0) + 1
        return max(votes, key=lambda name: votes[name]) if votes else self._usual[kind]
