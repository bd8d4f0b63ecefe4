"""Acute danger in a text: judged before everything else."""

from bot.routing.cues import CueSet
from bot.routing.reading import Reading
from bot.routing.rules import Rules


class Danger:
    """Finds the emergency line that a text points to."""

    def __init__(self, rules: Rules) -> None:
        pairs = [(line, cue) for line, block in rules.danger.lines.items() for cue in block.cues]
        self._owners = [line for line, _ in pairs]
        self._cues = CueSet(cue for _, cue in pairs)
        self._calm = CueSet(rules.danger.calm)
        self._order = {line: number for number, line in enumerate(rules.danger.lines)}
        self.words = self._cues.words | self._calm.words

    def line(self, reading: Reading) -> str:
        """The id of the line, or "" when the words don't point to danger now."""
        hits = self._cues.find(reading.words, reading.openings)
        if not hits or self._calm.find(reading.words, reading.openings):
            return ""
        votes: dict[str, int] = {}
        for hit in hits:
            votes[self._owners[hit.cue]] = votes.get(self._owners[hit.cue], 0) + 1
        return min(votes, key=lambda line: (-votes[line], self._order[line]))
