"""A bridge between two citizens: one asks to join or to help, the other says yes or no, and only a yes tells names."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.core import card, marks, partners
from bot.core.effects import Button, Buttons, Content, Field, Note, Parts, Quote, Say, SetTimer, Tag, To, Words
from bot.core.initiative import Initiative
from bot.core.promise import awake
from bot.core.world import Move

SILENT = "bridge_silent"
"""The kind of the timer that ends the waiting."""
WAIT = timedelta(days=7)
WRITE = "a_write"
"""The verb of the button by which the two write to each other without names, see `between`."""
MOST_OPEN = 5
"""Questions that may wait for one initiator at a time."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """One question to an initiator.

    `kind`: "join", "offer" or "merge". `person`, `name` and `lang` are of the one who asks, `text` their own words.
    `about` is the asker's own initiative that ends in the other one when the answer is yes, or 0. `said`: "" while it
    waits, then "yes", "no", "silent" or "back" (the asker has taken it back). `quiet`: one of the two wants
    no more words before the answer.
    """

    id: int
    kind: str
    person: int
    name: str
    lang: str
    text: str
    at: str
    about: int = 0
    said: str = ""
    quiet: bool = False


def of(initiative: Initiative) -> list[Bridge]:
    """All questions to its initiator, oldest first."""
    written = marks.value(initiative, marks.BRIDGES)
    return [Bridge(**one) for one in json.loads(written)] if written else []


def find(initiative: Initiative, which: str) -> Bridge | None:
    """The question with this id, as a button or a timer tells it."""
    return next((one for one in of(initiative) if str(one.id) == which), None)


def waiting(initiative: Initiative, person: int) -> Bridge | None:
    """The question of this person that has no answer yet."""
    return next((one for one in of(initiative) if one.person == person and not one.said), None)


def is_open_to(initiative: Initiative | None, person: int) -> bool:
    """Whether this person may ask: it is public, running, somebody can answer, and they are not in it already."""
    if initiative is None or not initiative.public or initiative.stage.closed or not initiative.owner:
        return False
    full = sum(not one.said for one in of(initiative)) >= MOST_OPEN
    return not partners.takes_part(initiative, person) and not full


def ask(move: Move, initiative: Initiative, kind: str, text: str, about: int = 0) -> datetime:
    """Ask the initiator; until when an answer is waited for."""
    before = of(initiative)
    number = max((one.id for one in before), default=0) + 1
    person, now = move.person, move.world.now
    name = (person.name.split() or ["?"])[0]
    bridge = Bridge(number, kind, person.id, name, move.talk.lang or "da", text, now.isoformat(), about=about)
    changed = _kept(replace(initiative, touched=now), [*before, bridge])
    move.save(changed)
    n, lang = changed.number, changed.lang
    detail = f"{bridge.id}-{about}"
    rows: Buttons = (
        (Button(f"bridge.button.agree_{kind}", f"join_yes:{n}:{detail}", lang),),
        (Button(f"bridge.button.decline_{kind}", f"join_no:{n}:{detail}", lang),),
    )
    if kind == "join":
        rows = (*rows, (write_button(n, bridge.id, "owner", lang),))
    tag = Tag("bridge", n, by=person.id, detail=str(bridge.id) if kind == "join" else "")
    move.do(Say(To(changed.owner), question(changed, kind, name, text), rows, tag))
    until = awake(now + WAIT, move.world.frame.promises)
    # The timer is the asker's: it outlives what they have asked about, should that be deleted meanwhile.
    move.do(SetTimer(f"bridge:{n}:{bridge.id}:{about}", SILENT, until, chat=person.id))
    move.do(Note(n, "bridge_asked", person.name, "staff", {"kind": kind}))
    return until


def question(initiative: Initiative, kind: str, name: str, text: str) -> Content:
    """What the initiator reads: of somebody who wants to join the first name, of one who offers help only the words."""
    fields: dict[str, Field] = {"n": initiative.number, "title": card.short_title(initiative), "name": name}
    head = Words(f"bridge.ask.{kind}", initiative.lang, fields)
    foot = Words(f"bridge.ask.{kind}_foot", initiative.lang, fields)
    return Parts((Quote(f"«{text}»", head), foot))


def write_button(number: int, question: int, side: str, lang: str) -> Button:
    """The button by which one of the two ("owner" or "asker") writes to the other."""
    fields: dict[str, Field] = {} if side == "owner" else {"n": number}
    return Button(f"bridge.button.write_{side}", f"{WRITE}:{number}:{question}", lang, fields)


def of_timer(key: str) -> tuple[int, str, int]:
    """What a timer's key tells: the number asked about, the question, and the asker's own number or 0."""
    _, number, question, own = key.split(":")
    return int(number), question, int(own)


def without(initiative: Initiative, person: int) -> Initiative:
    """The initiative without the questions of somebody who is to be forgotten."""
    left = [one for one in of(initiative) if one.person != person]
    return _kept(initiative, left) if len(left) < len(of(initiative)) else initiative


def settle(move: Move, initiative: Initiative, bridge: Bridge, said: str) -> Initiative:
    """Keep what came of a question."""
    return _put(move, initiative, replace(bridge, said=said))


def hush(move: Move, initiative: Initiative, bridge: Bridge) -> Initiative:
    """Keep that one of the two wants no more words; the question itself still waits."""
    return _put(move, initiative, replace(bridge, quiet=True))


def _put(move: Move, initiative: Initiative, changed: Bridge) -> Initiative:
    saved = _kept(initiative, [changed if one.id == changed.id else one for one in of(initiative)])
    move.save(saved)
    return saved


def _kept(initiative: Initiative, bridges: list[Bridge]) -> Initiative:
    written = json.dumps([asdict(one) for one in bridges], ensure_ascii=False) if bridges else ""
    return marks.mark(initiative, **{marks.BRIDGES: written})
