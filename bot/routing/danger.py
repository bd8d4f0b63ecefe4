"""Acute danger in a text: judged before everything else, with lines of last resort when there are no rules."""

from bot.core.frame import EmergencyLine
from bot.routing.cues import CueSet
from bot.routing.reading import Reading, read_text
from bot.routing.rules import Rules
from bot.routing.vocabulary import Vocabulary


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
        hits = self._cues.find(reading.bare, reading.openings)
        if not hits or self._calm.find(reading.bare, reading.openings):
            return ""
        votes: dict[str, int] = {}
        for hit in hits:
            votes[self._owners[hit.cue]] = votes.get(self._owners[hit.cue], 0) + 1
        return min(votes, key=lambda line: (-votes[line], self._order[line]))


_LAST_CUES = {
    "livslinien": (
        "vil/orker/gider/magter/kan ikke ... leve/livet", "ikke lyst til at leve", "tage/tager ... liv/livet af",
        "begå/begår selvmord", "jeg vil bare/gerne/helst ... dø", "vil dø", "slå mig selv ihjel", "tænker på selvmord",
        "holde det ikke ud længere/mere", "want to die", "kill myself", "end my life", "хочу померти", "не хочу жити",
    ),
    "112": (
        "brand/ild/brænder/røg/flammer + kælder*/hus*/lejlighed*/skole*/opgang*/vindue*/tag*/nu",
        "trækker/trække/får/få ikke ... vejret/luft", "er bevidstløs", "reagerer/svarer ikke når/selvom",
        "slår/sparker/kvæler/truer mig/os", "låst mig/os inde", "er faldet i vandet/havnen/søen/isen", "drukner",
        "masse/mange/alle ... piller", "påkørt", "kørt ned", "skudt", "stukket ned", "kniv + truer/mand/har", "bløder",
        "there is a fire", "on fire", "not breathing", "unconscious", "hit by a car", "drowning",
        "пожежа", "не дихає", "тоне",
    ),
    "114": (
        "er/blev væk/forsvundet fra", "er forsvundet + søn/datter/barn/mor/far/dement*",
        "demens/dement + væk/finde/gået", "is missing",
    ),
}  # fmt: skip

LAST_LINES = {
    "112": EmergencyLine(
        "112",
        "112",
        {
            "da": "Ring 112 nu. Jeg er en bot og kan ikke ringe for dig.",
            "en": "Call 112 now. I am a bot and cannot call for you.",
            "uk": "Телефонуйте 112 зараз. Я бот і не можу зателефонувати за вас.",
        },
    ),
    "livslinien": EmergencyLine(
        "livslinien",
        "70 201 201",
        {
            "da": "Ring til Livslinien nu. Er der fare lige nu, så ring 112. Jeg er en bot og kan ikke ringe for dig.",
            "en": "Call Livslinien now. In danger right now, call 112. I am a bot and cannot call for you.",
            "uk": "Зателефонуйте на Livslinien зараз. Якщо є небезпека, телефонуйте 112. Я бот і не можу "
            "зателефонувати за вас.",
        },
    ),
    "114": EmergencyLine(
        "114",
        "114",
        {
            "da": "Ring til politiet nu. Er der fare for liv, så ring 112. Jeg er en bot og kan ikke ringe for dig.",
            "en": "Call the police now. If life is in danger, call 112. I am a bot and cannot call for you.",
            "uk": "Зателефонуйте в поліцію зараз. Якщо є загроза життю, телефонуйте 112. Я бот і не можу "
            "зателефонувати за вас.",
        },
    ),
}
"""The emergency lines when no rules can be loaded."""

_LAST_PAIRS = [(line, cue) for line, cues in _LAST_CUES.items() for cue in cues]
_LAST_SET = CueSet(cue for _, cue in _LAST_PAIRS)
_LAST_VOCABULARY = Vocabulary((), _LAST_SET.words, {})


def emergency_without_rules(text: str) -> str:
    """The id of a line in LAST_LINES that the words point to, or ""; for when no rules are in force."""
    reading = read_text(text, _LAST_VOCABULARY)
    hits = _LAST_SET.find(reading.bare, reading.openings)
    return _LAST_PAIRS[min(hit.cue for hit in hits)][0] if hits else ""
