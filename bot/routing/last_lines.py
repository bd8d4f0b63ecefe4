"""Emergency lines of last resort, built in: for when no rules can be read or nothing else works."""

from bot.core.frame import EmergencyLine
from bot.routing.cues import CueSet, words_of
from bot.routing.reading import read_text
from bot.routing.vocabulary import Vocabulary

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
_LAST_VOCABULARY = Vocabulary((), words_of(cue for _, cue in _LAST_PAIRS), {})


def emergency_without_rules(text: str) -> str:
    """The id of a line in LAST_LINES that the words point to, or ""; for when no rules are in force."""
    reading = read_text(text, _LAST_VOCABULARY)
    hits = _LAST_SET.find(reading.bare, reading.openings)
    return _LAST_PAIRS[min(hit.cue for hit in hits)][0] if hits else ""
