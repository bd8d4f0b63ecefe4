"""N6: an act of a citizen gives at most two messages and one question mark; N5: no text of the bot's promises a result.

The words of people are not the bot's: a hit counts unless the whole of it stands within something that somebody said.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from tests.journeys.invariants.traffic import NEW_MESSAGE, Call, Traffic, arrived, is_citizen, keys, own_chat, texts
from tests.journeys.invariants.views import pattern
from tests.journeys.labels import LANGUAGES, whole
from tests.journeys.person import Act
from tests.journeys.wording import PROMISE, pieces, promises

STARTS = "getMe"
"""What a bot calls first of all."""
ON_START = ("citizen.outage", "citizen.outage_long", "citizen_step.late", "citizen_step.late_step")
"""What it has to say for itself after it was away."""
MOST_MESSAGES = 2
MOST_QUESTIONS = 1


def nothing_promised(traffic: Traffic) -> None:
    """N5: in texts, captions, alerts, buttons and names of topics, whoever reads them."""
    spoken = traffic.spoken
    for call in traffic.new_calls:
        for text in (*texts(call), *(str(key.get("text", "")) for key in keys(call))):
            if promises(text):
                bot_s = without_speech(text, spoken, _promises_itself)
                assert not promises(bot_s), f"N5: {promises(bot_s)} in {text!r}"


def quiet(traffic: Traffic) -> None:
    """N6: of several acts in a hurry each has its two messages and its question."""
    spoken = traffic.spoken
    for acts, calls in _runs(traffic):
        begun = any(call["method"] == STARTS for call in calls)
        for chat in dict.fromkeys(act.chat for act in acts if own_chat(act) and is_citizen(act.chat)):
            # A message of an agent's comes too, where one is written at the same time.
            own = [act for act in acts if act.chat == chat or not is_citizen(act.chat)]
            answers = [
                call for call in calls
                if call.get("chat_id") == chat and arrived(call) and NEW_MESSAGE.match(call["method"])
            ]  # fmt: skip
            if begun:
                answers = _without_the_start(answers)
            written = [text for call in answers for text in texts(call)]
            told = f"after {own[0].kind} {own[0].text!r} and {len(own) - 1} more: {written}"
            assert len(answers) <= MOST_MESSAGES * len(own), f"N6: {len(answers)} messages {told}"
            labels = [str(key.get("text", "")) for call in answers for key in keys(call)]
            asked = sum(without_speech(text, spoken, _asks).count("?") for text in (*written, *labels))
            assert asked <= MOST_QUESTIONS * len(own), f"N6: {asked} question marks {told}"


def _runs(traffic: Traffic) -> Iterator[tuple[list[Act], list[Call]]]:
    """The acts from one rest of the bot's to the next, mostly one alone, and what it called; no time passes there."""
    acts: list[Act] = []
    calls: list[Call] = []
    for move in traffic.moves():
        if move.act.kind == "clock":
            yield acts, calls
            acts, calls = [], []
            continue
        acts.append(move.act)
        calls += move.calls
        if move.rest:
            if move.place >= traffic.start.act:
                yield acts, calls
            acts, calls = [], []
    yield acts, calls


def _without_the_start(answers: list[Call]) -> list[Call]:
    """What is left when the bot began anew meanwhile: it says where it was, and its last message may come twice."""
    kept: list[Call] = []
    for call in answers:
        text = "\n".join(texts(call))
        if text and any(text == "\n".join(texts(one)) for one in kept):
            continue
        if not any(pattern(key, lang).match(text) for key in ON_START for lang in LANGUAGES if whole(key, lang)):
            kept.append(call)
    return kept


def without_speech(text: str, spoken: Sequence[str], matters: Callable[[str], bool]) -> str:
    """The text without those pieces of people's words that hold what is looked for; the longest first."""
    for piece in _pieces(tuple(spoken), matters):
        text = text.replace(piece, " ")
    return text


@lru_cache(maxsize=64)
def _pieces(spoken: tuple[str, ...], matters: Callable[[str], bool]) -> list[str]:
    found = {part for one in spoken for part in pieces(one) if matters(part)}
    return sorted(found, key=len, reverse=True)


def _promises_itself(piece: str) -> bool:
    return PROMISE.search(piece) is not None


def _asks(piece: str) -> bool:
    return "?" in piece
