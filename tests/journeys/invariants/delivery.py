"""N2: every content that somebody sends is delivered, answered, or held with the reason told to its sender.

What stands in a topic of the staff's group is where it belongs as soon as it is written: there the bot owes an answer
to what is meant for it or for a citizen (a command, an answer to a message of its own), and to every press.
"""

import re
from collections.abc import Iterable, Sequence

from tests.journeys import labels
from tests.journeys.invariants.traffic import (
    NEW_MESSAGE,
    Call,
    Move,
    Traffic,
    arrived,
    bare,
    is_citizen,
    keys,
    own_chat,
    pressed,
    shown,
    texts,
)
from tests.journeys.invariants.views import claims, pattern
from tests.journeys.person import Act
from tests.journeys.residents import serves

SILENT = ("clock", "delete", "block", "unblock", "says")
"""What a bot is never told of (people talk to each other too), or has nobody to answer."""
SPENT = ("ja", "nej")
"""Answers that did their work: an edit of one is no content, and B-12 (d) lets the bot keep still."""
TO_CITIZEN, TO_AGENT = "desk.reply.sent", ("citizen.carried.on", "citizen.carried.until")
"""With these words the bot claims that it has carried something on."""
LETTERS = re.compile(r"[^\W\d_]{4,}")


def nothing_lost(traffic: Traffic) -> None:
    """Whatever somebody sends or presses is answered there or carried on; what is called carried on has arrived."""
    for move in traffic.moves():
        if move.place < traffic.start.act or move.act.kind in SILENT:
            continue
        later = _from(traffic, move)
        if not _spent(traffic.acts, move):
            assert _answered(later, move.act), (
                f"N2: {move.act.kind} {move.act.text!r} of {move.act.person.name} in {move.act.chat} got nothing"
            )
        if move.rest:
            _carried_as_told(traffic, move)
            _sent_as_seen(traffic, move)


def _from(traffic: Traffic, move: Move) -> list[Call]:
    """The calls from the act to the next one in its chat: two people may act at the same time."""
    act, until = move.act, None
    if move.rest:
        following = (one for one in traffic.acts[move.place + 1 :] if one.chat == act.chat or one.kind == "clock")
        until = next((one.after_call for one in following), None)
    return [call for call in traffic.calls if call["n"] > act.after_call and (until is None or call["n"] <= until)]


def _spent(acts: Sequence[Act], move: Move) -> bool:
    """Whether the bot may keep still: nothing is said in it that has not had its answer."""
    act = move.act
    if act.kind == "edit" and act.text in SPENT:
        return True
    if act.chat < 0 and not serves(act.person.id):
        # Strangers in a group, and groups that are not the staff's, are told nothing (J-02, S-10).
        return True
    if act.chat < 0 and act.kind not in ("press", "start") and not act.text.startswith("/"):
        # In a topic all is internal unless it is chosen for the citizen; an answer to a message may be a choice, but
        # none to the line that says what was sent (S-02, 7).
        return act.kind != "swipe" or pattern(TO_CITIZEN, "da").match(act.to) is not None
    own = [one for one in acts[: move.place] if one.person.id == act.person.id and one.chat == act.chat]
    # The same words that told nothing the first time: B-18 (7) asks once, and then lets it lie.
    return bool(own) and act.kind == "text" and own[-1].text == act.text and not _said_something(act.text)


def _said_something(text: str) -> bool:
    """Whether there is a word in it with a vowel and a consonant, and no run of letters that no word has."""
    return not re.search(r"[bcdfghjklmnpqrstvwxz]{5}", text, re.IGNORECASE)


def _answered(calls: Iterable[Call], act: Act) -> bool:
    """Whether one of the calls answers the act where it was done, or carries what was sent."""
    arrivals = [call for call in calls if arrived(call)]
    if act.kind == "press":
        # Until this call the button spins on, whatever else has been said.
        return any(
            call["method"] == "answerCallbackQuery" and call["params"].get("callback_query_id") == act.press
            for call in arrivals
        )
    return any(
        (call.get("chat_id") == act.chat and (NEW_MESSAGE.match(call["method"]) or call["method"].startswith("edit")))
        or call["params"].get("from_chat_id") == act.chat
        or (bool(act.text) and act.text in shown(call))
        for call in arrivals
    )


def _carried_as_told(traffic: Traffic, move: Move) -> None:
    """When the bot says that something is sent, the words of it, or the file, are with the one it names."""
    acts = traffic.acts[: move.place + 1]
    for call in filter(arrived, move.calls):
        for text in texts(call):
            to_citizen = (
                pattern(TO_CITIZEN, "da").fullmatch(text.split("\n")[0]) if traffic.is_staff(call["chat_id"]) else None
            )
            if to_citizen is not None:
                owner = traffic.owners.get(int(to_citizen["n"]))
                if owner is not None:
                    _is_there(acts, "the citizen", [one for one in move.calls if one["chat_id"] == owner.id])
            elif call["chat_id"] == move.act.chat and is_citizen(call["chat_id"]) and _says_carried(text):
                _is_there(acts, "the agent", [one for one in move.calls if traffic.is_staff(one["chat_id"])])


def _says_carried(text: str) -> bool:
    """Whether a citizen is told that their words are with the agent now."""
    return any(
        pattern(key, lang).match(text) for key in TO_AGENT for lang in labels.LANGUAGES if labels.whole(key, lang)
    )


def _is_there(acts: Sequence[Act], receiver: str, calls: list[Call]) -> None:
    """The words of the last act stand in the calls, or what has no words was copied by one of them.

    What was refused and tried again by hand comes when it comes: then it is an earlier act that is called sent.
    """
    act = acts[-1]
    found = [call for call in calls if arrived(call) and NEW_MESSAGE.match(call["method"])]
    there = set(LETTERS.findall(" ".join(text for call in found for text in texts(call))))
    missing = _words(act) - there
    late = any(_words(one) and _words(one) <= there for one in acts[:-1] if one.chat == act.chat)
    assert found, f"N2: {act.kind} {act.text!r} is called sent, and nothing came to {receiver}"
    assert late or not missing, f"N2: {act.kind} {act.text!r} is called sent, and {missing} never came to {receiver}"


def _words(act: Act) -> set[str]:
    """The words that somebody wrote, as far as they are long enough to be told apart."""
    return set(LETTERS.findall(act.text.removeprefix("/svar"))) if act.kind != "press" else set()


def _sent_as_seen(traffic: Traffic, move: Move) -> None:
    """What a citizen reads as their idea when they press SEND is what stands on a card then, word for word."""
    if not own_chat(move.act) or not pressed(move.act, labels.SEND):
        return
    number = next((one.number for call in move.calls for text in texts(call) if call["chat_id"] == move.act.chat
                   for one in claims(text) if one.where == "receipt"), None)  # fmt: skip
    before = [call for call in traffic.calls if call["n"] <= move.act.after_call and call["chat_id"] == move.act.chat]
    seen = next((call for call in reversed(before) if any(labels.is_key(key, labels.SEND) for key in keys(call))), None)
    if number is None or seen is None:
        return
    summary = " ".join(re.findall(r"«(.*?)»", "\n".join(texts(seen)), re.DOTALL))
    there = bare(" ".join(text for call in move.calls if traffic.is_staff(call["chat_id"]) for text in texts(call)))
    missing = [word for word in bare(summary).split() if word not in there.split()]
    assert not missing, f"N2: {missing} of the summary of nr. {number} is on no card"
