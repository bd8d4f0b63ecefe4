"""Being called: who would rather talk gets a person's name and a date at once, and it is kept like any other case."""

from dataclasses import replace

from bot.core import opening, plenty, status
from bot.core.effects import Button, Buttons, Field, Tag
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.people import Asking, Utterance
from bot.core.promise import first_due
from bot.core.world import Move

ASKING = "call"
"""The question that waits for a number, as `Asking.kind`, and the kind of the initiative that comes of it."""
STEP = "step.call_back"
"""What is promised with it: a call, and no answer in writing."""
SHORT = 6
"""So few words answer the question also without a figure ("det nummer, I har")."""


def button(move: Move) -> Button:
    """Be called: about the initiative that is open, or else about anything."""
    own = status.owned(move)
    if own:
        return move.button("citizen_step.button.meet_wish", f"meet_wish:{own[0].number}")
    return move.button("citizen.button.call_me", "call_me:0")


def buttons(move: Move) -> Buttons:
    """The one button, on a row of its own."""
    return ((button(move),),)


def ask(move: Move) -> None:
    """Ask for the number to call, and say who calls and by when."""
    if plenty.turns_away(move):
        return
    move.talk = replace(move.talk, asking=Asking(ASKING))
    due = first_due(move.world.now, move.world.frame.promises)
    move.tell(move.words("citizen.call_how", agent=_caller(move).name, due=due))


def answers(move: Move, said: Said) -> bool:
    """Whether these words are the number that was asked for; many words without a figure are something else."""
    asking = move.talk.asking
    if asking is None or asking.kind != ASKING:
        return False
    if said.media or any(sign.isdigit() for sign in said.text) or len(said.text.split()) <= SHORT:
        return True
    move.talk = replace(move.talk, asking=None)
    return False


def send(move: Move, said: Said) -> None:
    """Hand the number over; a draft stays as it is."""
    if plenty.turns_away(move):
        return
    agent = _caller(move)
    words = Utterance(said.text.strip(), said.message_ids[0], move.world.now)
    owner = (move.person.id, move.person.name)
    title = move.world.spoken(move.words("citizen.title.call"))
    case = opening.opened(move, agent, owner, words, title, kind=ASKING, media=said.media, step=STEP)
    move.talk = replace(move.talk, asking=None, focus=case.number)
    fields: dict[str, Field] = {"n": case.number, "agent": agent.name, "due": case.step.due}
    fields["phone"] = move.world.frame.contact.phone
    how = move.button("citizen.button.status", f"i_status:{case.number}")
    move.tell(move.words("citizen.call_receipt", **fields), ((how,),), Tag("receipt", about=case.number))


def _caller(move: Move) -> Agent:
    frame = move.world.frame
    return frame.agents[frame.reachable_lead(frame.coordinator, move.world.now.date())]
