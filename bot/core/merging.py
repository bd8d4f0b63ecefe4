"""Two initiatives that are sent become one: an agent proposes it, both initiators say yes, and both stay initiators."""

from bot.core import bridges, card, places, wording
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Parts, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

FORM = "merge"
"""The form by which an agent proposes it; its one line, `with`, holds the other one's number."""
VERBS = frozenset({"merge_ok", "merge_no"})
"""The verbs of the first citizen's buttons; their detail is the other one's number."""
WORDS = 60


def number_in(filled: str) -> int:
    """The number that an agent has written ("12", "nr. 12"); 0 for none."""
    digits = "".join(sign for sign in filled if sign.isdigit())
    return int(digits) if digits and len(digits) < 10 else 0


def propose(move: Move, initiative: Initiative, agent: Agent, filled: str, chat: int) -> None:
    """Ask the citizen of the first one; the other one must be open to everybody, since its title is told."""
    other = move.initiative(number_in(filled))
    if other is None or not bridges.is_open_to(other, initiative.owner) or not initiative.owner:
        told = say("desk.bridge.merge_not", n=number_in(filled))
        move.do(Say(places.in_chat(initiative, chat), told))
        return
    n, lang = initiative.number, initiative.lang
    rows = (
        (Button("bridge.button.merge_ok", f"merge_ok:{n}:{other.number}", lang),),
        (Button("bridge.button.merge_no", f"merge_no:{n}:{other.number}", lang),),
    )
    move.do(Say(To(initiative.owner), asks(move, initiative, agent, filled, lang), rows, Tag(FORM, n)))
    move.do(Note(n, "merge_proposed", agent.name, "owner", {"with": other.number}))


def asks(move: Move, initiative: Initiative, agent: Agent, filled: str, lang: str) -> Parts:
    """What the first citizen reads: the other one's number and title, and that nothing happens without both."""
    other = move.initiative(number_in(filled))
    shown = other if other is not None and other.public else None
    fields: dict[str, Field] = {"n": initiative.number, "agent": agent.name, "about": number_in(filled)}
    fields["title"] = card.short_title(shown) if shown is not None else "…"
    return Parts((Words("bridge.merge.proposed", lang, fields),))


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """The first yes asks the other initiator; a no changes nothing."""
    other = move.initiative(int(detail)) if detail.isdigit() else None
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if other is None or initiative.stage.closed or not bridges.is_open_to(other, move.person.id):
        move.answers(event.callback_id, move.words("citizen.old_button"))
        return
    if bridges.waiting(other, move.person.id) is not None:
        move.answers(event.callback_id, move.words("bridge.asked_already"))
        return
    if verb == "merge_no":
        move.tell(move.words("bridge.merge.stays", n=initiative.number))
        return
    own = wording.extracts(tuple(said.text for said in initiative.standing), WORDS) or initiative.title
    until = bridges.ask(move, other, FORM, own, about=initiative.number)
    move.tell(move.words("bridge.merge.asking", n=initiative.number, about=other.number, due=until))
