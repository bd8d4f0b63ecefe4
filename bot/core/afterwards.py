"""After it is done: one press says whether the citizen drives it on, and a second press is no second answer."""

from bot.core import card, marks, places
from bot.core.card import say
from bot.core.effects import Button, Buttons, Note, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed
from bot.core.initiative import Initiative, Stage
from bot.core.world import Move

VERBS = frozenset({"on_yes", "on_no"})
"""The verbs of the citizen's buttons."""


def buttons(initiative: Initiative) -> Buttons:
    """Yes, no, or that it is not over."""
    n, lang = initiative.number, initiative.lang
    return (
        (Button("citizen_step.button.on_yes", f"on_yes:{n}", lang),),
        (Button("citizen_step.button.on_no", f"on_no:{n}", lang),),
        (Button("citizen.button.reopen", f"i_reopen:{n}", lang),),
    )


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str) -> None:
    """Keep the answer, thank for it, and tell the desk."""
    if initiative.stage is not Stage.DONE or marks.value(initiative, marks.GOES_ON):
        first = initiative.responsible_name.split()[0]
        move.answers(event.callback_id, Words("citizen_step.on_said", initiative.lang, {"first": first}))
        return
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    move.save(marks.mark(initiative, **{marks.GOES_ON: verb}))
    agent = initiative.responsible_name
    answer = Words(f"citizen_step.{verb}", initiative.lang, {"agent": agent, "first": agent.split()[0]})
    move.do(Say(To(initiative.owner), answer, tag=Tag("notice", about=initiative.number)))
    to = places.main_desk(initiative)
    if to is not None:
        told = say(f"desk.{verb}", name=card.first_name(initiative), n=initiative.number)
        move.do(Say(to, told, ((card.reply_button(initiative),),)))
    move.do(Note(initiative.number, verb, initiative.owner_name, "owner"))
