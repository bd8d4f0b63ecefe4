"""Canned answers: the rules hold them, the agent sees one filled in, and nothing goes out before a press."""

from dataclasses import replace

from bot.core import card, places, reply
from bot.core.card import say
from bot.core.effects import Button, Quote, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.frame import Agent, Template
from bot.core.initiative import Initiative
from bot.core.people import Asking
from bot.core.world import Move

COMMAND = "skabelon"
VERB = "fill"
"""The verb of the buttons that choose one."""
MOST = 5
NAME = 28


def by_command(move: Move, event: Said, number: int) -> None:
    """ "/skabelon", with a number, in a topic, on a swipe, or to the citizen who is chosen."""
    target = move.world.target
    about = number or move.world.topic or (target.about if target else 0) or reply.chosen(move)
    initiative = move.initiative(about)
    if initiative is None:
        key = "desk.unknown_number" if about else "desk.template.about"
        move.do(Say(To(event.chat.id, thread=event.chat.thread), say(key)))
    else:
        offer(move, event.chat.id, initiative, event.text)


def offer(move: Move, chat: int, initiative: Initiative, typed: str = "") -> None:
    """A button for each, those first whose name begins as what was typed behind the command."""
    wanted = typed.strip().casefold()
    every = move.world.frame.templates.values()
    found = [one for one in every if one.name.casefold().startswith(wanted)] if wanted else list(every)
    to = places.in_chat(initiative, chat)
    if not found:
        move.do(Say(to, say("desk.template.none")))
        return
    n = initiative.number
    rows = tuple(
        (Button("desk.button.template", f"{VERB}:{n}:{one.id}", fields={"title": one.name[:NAME]}),)
        for one in found[:MOST]
    )
    key = "desk.template.which" if len(found) <= MOST else "desk.template.which_more"
    move.do(Say(to, say(key, name=card.first_name(initiative), n=n), rows, Tag("menu", about=n), silent=True))


def fill(move: Move, event: Pressed, initiative: Initiative, agent: Agent, detail: str) -> None:
    """Show it as the citizen would read it; it waits for "send" or "internal" as held words do."""
    template = move.world.frame.templates.get(detail)
    if template is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    text = filled(move, template, initiative, agent)
    n = initiative.number
    move.talk = replace(
        move.talk, asking=Asking("whom", about=n, text=text, message_ids=(event.message_id,)), form=None
    )
    rows = (
        (Button("desk.button.out", f"out:{n}:{event.message_id}", fields={"name": card.button_name(initiative)}),),
        (Button("desk.button.internal", f"in:{n}:{event.message_id}"),),
    )
    head = say("desk.template.preview", name=card.first_name(initiative), n=n)
    move.do(Say(places.in_chat(initiative, event.chat.id), Quote(text, head), rows, Tag("whom", about=n)))


def filled(move: Move, template: Template, initiative: Initiative, agent: Agent) -> str:
    """The text in the citizen's language, or else in Danish, with its fields filled in."""
    lang = initiative.lang if initiative.lang in template.text else "da"
    text = template.text[lang]
    fields = {"navn": card.first_name(initiative), "titel": initiative.title, "nr": str(initiative.number)}
    fields |= {"agent": agent.name, "telefon": move.world.frame.contact.phone}
    fields["dato"] = move.world.spoken(Words("desk.template.date", lang, {"due": initiative.step.due}))
    for name, value in fields.items():
        text = text.replace("{" + name + "}", value)
    return text
