"""What help an open initiative looks for: said by its citizen, or proposed by an agent and shown after a yes."""

from dataclasses import replace

from bot.core import card, kept_offers, marks, places
from bot.core.card import say
from bot.core.effects import Button, Note, Parts, Quote, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.people import Asking
from bot.core.world import Move

ASKING = "seek"
FORM = "seeks"
"""The form by which an agent proposes it, and its one line."""
VERBS = frozenset({"seek_ok", "seek_no"})
LIMIT = 140


def ask(move: Move, initiative: Initiative) -> None:
    """Ask the citizen what they look for; nothing is shown before they have seen how it reads."""
    if not initiative.public or initiative.stage.closed:
        move.tell(move.words("citizen.old_button"))
        return
    move.talk = replace(move.talk, asking=Asking(ASKING, about=initiative.number))
    move.tell(move.words("bridge.seek.how", n=initiative.number, title=initiative.title))


def is_answer(move: Move) -> bool:
    """Whether the words that come now say what help is looked for."""
    asking = move.talk.asking
    return asking is not None and asking.kind == ASKING


def hear(move: Move, said: Said) -> None:
    """The citizen's own words, shown as others would read them."""
    asking = move.talk.asking
    initiative = move.initiative(asking.about) if asking is not None else None
    words = " ".join(said.text.split())
    if initiative is None or initiative.owner != move.person.id or not initiative.public:
        move.talk = replace(move.talk, asking=None)
        move.tell(move.words("citizen.old_button"))
    elif not words or len(words) > LIMIT:
        move.tell(move.words("bridge.seek.too_long", most=LIMIT))
    else:
        move.talk = replace(move.talk, asking=None)
        propose(move, initiative, words)


def propose(move: Move, initiative: Initiative, words: str, agent: Agent | None = None) -> None:
    """Ask the citizen for their yes to the very words; an earlier proposal is void."""
    move.save(marks.mark(replace(initiative, touched=move.world.now), **{marks.SEEKS_ASKED: words}))
    n, lang = initiative.number, initiative.lang
    rows = (
        (Button("bridge.button.seek_ok", f"seek_ok:{n}:{_stamp(words)}", lang),),
        (Button("bridge.button.seek_no", f"seek_no:{n}:{_stamp(words)}", lang),),
    )
    move.do(Say(To(initiative.owner), asks(initiative, words, lang, agent), rows, Tag("seek", n)))


def asks(initiative: Initiative, words: str, lang: str, agent: Agent | None = None) -> Parts:
    """What the citizen reads before they say yes."""
    fields = {"n": str(initiative.number), "title": card.short_title(initiative)}
    head = Words("bridge.seek.preview", lang, fields)
    if agent is not None:
        head = Words("bridge.seek.proposed", lang, {**fields, "agent": agent.name})
    return Parts((Quote(f"«{words}»", head), Words("bridge.seek.ask", lang, fields)))


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """The citizen's yes or no, to the newest proposal alone."""
    words = marks.value(initiative, marks.SEEKS_ASKED)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if not words or detail != _stamp(words) or initiative.stage.closed or not initiative.public:
        move.answers(event.callback_id, move.words("citizen.old_button"))
        return
    yes = verb == "seek_ok"
    changes = {marks.SEEKS_ASKED: ""} | ({marks.SEEKS: words} if yes else {})
    _keep(move, marks.mark(replace(initiative, touched=move.world.now), **changes))
    move.tell(move.words("bridge.seek.on" if yes else "bridge.seek.off", n=initiative.number))
    if yes:
        move.do(Note(initiative.number, "seeks", initiative.owner_name, "owner", {"words": words}))
        _tell_desk(move, initiative, "desk.bridge.seeks", words)
        kept_offers.watch(move, initiative)


def stop(move: Move, initiative: Initiative) -> None:
    """It no longer looks for help."""
    _keep(move, marks.mark(replace(initiative, touched=move.world.now), **{marks.SEEKS: "", marks.SEEKS_ASKED: ""}))
    move.tell(move.words("bridge.seek.off", n=initiative.number))
    move.do(Note(initiative.number, "seeks_no_more", initiative.owner_name, "owner"))


def _keep(move: Move, initiative: Initiative) -> None:
    move.save(initiative)
    card.refresh(move, initiative)


def _tell_desk(move: Move, initiative: Initiative, key: str, words: str) -> None:
    to = places.main_desk(initiative)
    if to is not None:
        told = say(key, name=card.first_name(initiative), n=initiative.number)
        move.do(Say(to, Quote(f"«{words}»", told), silent=True))


def _stamp(words: str) -> str:
    """A short mark of a proposal, so that a press on an older one is seen for what it is."""
    return f"{sum((place + 1) * ord(sign) for place, sign in enumerate(words)) % 1_000_000}"
