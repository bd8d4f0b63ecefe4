"""Offers that are kept until somebody can use them: when an initiative begins to look for help, they are shown it."""

from bot.core import bridges, card, marks, offering, places
from bot.core.card import say
from bot.core.effects import Field, Note, Parts, Say, SetTimer, Tag, To, Words
from bot.core.events import Fell
from bot.core.face import Face
from bot.core.initiative import Initiative
from bot.core.promise import awake
from bot.core.world import Move

KIND = "kept_offers"
"""The kind of the timer at which the kept offers are gone through; its `about` is the one that looks for help."""


def watch(move: Move, seeking: Initiative) -> None:
    """Somebody looks for help from now on: at once, or in the morning, whoever has an offer lying hears of it."""
    due = awake(move.world.now, move.world.frame.promises)
    move.do(SetTimer(f"{KIND}:{seeking.number}", KIND, due, about=seeking.number))


def on_fell(move: Move, event: Fell) -> None:
    """As with a new offer: among the three that fit it best, not asked before, and a yes of both before names pass."""
    face = move.world.public.face(event.about)
    seeking = move.initiative(event.about)
    if face is None or seeking is None or not face.seeks:
        return
    for number in sorted(move.initiatives):
        own = move.initiatives[number]
        if own.kind == offering.KIND and _waits(own) and bridges.is_open_to(seeking, own.owner):
            _show(move, own, face)


def _waits(own: Initiative) -> bool:
    """Whether the offer lies with the municipality: nobody is asked about it, and its citizen can be reached."""
    return not own.stage.closed and own.step.key != offering.ASKED and not own.out_of_reach


def _show(move: Move, own: Initiative, face: Face) -> None:
    told = marks.value(own, marks.SEEKERS).split()
    fits = offering.open_to(move, card.own_words(own), own.topics, own)
    if str(face.number) in told or face.number not in [one.number for one in fits]:
        return
    move.save(marks.mark(own, **{marks.SEEKERS: " ".join([*told, str(face.number)])}))
    n, lang = own.number, own.lang
    fields: dict[str, Field] = {"n": face.number, "title": face.title, "seeks": face.seeks}
    parts = (
        Words("bridge.offer.now", lang, {"n": n, "agent": own.responsible_name}),
        Words("bridge.offer.line", lang, fields),
        Words("bridge.offer.which_now", lang),
    )
    move.do(Say(To(own.owner), Parts(parts), offering.choices(move, (face,), own, lang), Tag("bridge", n)))
    told_of: dict[str, Field] = {"n": n, "name": card.first_name(own), "other": face.number, "title": face.title}
    desk = places.of_responsible(move, own)
    if desk is not None:
        move.do(Say(desk, say("desk.bridge.offer_shown", **told_of), silent=True, tag=Tag("bridge", n)))
    move.do(Note(n, "offer_shown", own.responsible_name, "owner", {"about": face.number}))
