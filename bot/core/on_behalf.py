"""All about a citizen without Telegram is deleted on their word, by the agent who has it: asked first, told after."""

from bot.core import astray, card
from bot.core.card import say
from bot.core.effects import Button, Field, Forget, Note, Ref, Say, SayFollowers, Strip, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.frame import Agent
from bot.core.initiative import NOBODY, Initiative, person_of
from bot.core.world import Move

COMMAND = "slet"
YES, NO = "forget_yes", "forget_no"
VERBS = frozenset({YES, NO})
"""The verbs of the two buttons."""


def by_command(move: Move, said: Said, agent: Agent, initiative: Initiative | None) -> None:
    """ "/slet 12": ask once more; whoever has Telegram does it themselves."""
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    meant = said.text.strip().removeprefix("nr.").strip()
    if initiative is None or meant not in ("", str(initiative.number)):
        # In a topic another number may be meant than the topic's own.
        move.do(Say(to, say("desk.on_behalf.how")))
        return
    told = _barred(move, agent, initiative)
    if told is not None:
        move.do(Say(to, told))
        return
    n = initiative.number
    rows = ((Button("desk.button.forget_yes", f"{YES}:{n}"),), (Button("desk.button.forget_no", f"{NO}:{n}"),))
    asked = say("desk.on_behalf.sure", name=card.first_name(initiative), n=n)
    move.do(Say(to, asked, rows, Tag("notice", about=n)))


def on_pressed(move: Move, event: Pressed, initiative: Initiative, agent: Agent, verb: str) -> None:
    """All of it goes; followers hear that it is taken back, and the data-protection contact of the kind."""
    if _barred(move, agent, initiative) is not None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    n = initiative.number
    if verb == NO:
        to = To(event.chat.id, topic_of=move.world.topic)
        move.do(Say(to, say("desk.on_behalf.kept", n=n)))
        return
    if initiative.public and not initiative.partners:
        move.do(SayFollowers(n, "citizen_step.followers.withdrawn", {"n": n}, last=True))
    # Not in its topic, which goes too.
    move.do(Say(To(event.chat.id), say("desk.on_behalf.going"), tag=Tag("notice")))
    move.do(Note(0, "data_deleted", "staff"))
    astray.tell_guardian(move, say("desk.own.forget_told", at=move.world.now, numbers=(str(n),)))
    move.do(Forget(person_of(initiative), initiative.lang, told=event.chat.id))


def _barred(move: Move, agent: Agent, initiative: Initiative) -> Words | None:
    """Why this agent can't delete it; None where they can."""
    fields: dict[str, Field] = {"n": initiative.number, "name": card.first_name(initiative)}
    if initiative.owner != NOBODY:
        return say("desk.on_behalf.own", **fields)
    if agent.id not in (initiative.responsible, *initiative.helpers, move.world.frame.coordinator):
        return say("desk.on_behalf.whose", n=initiative.number, agent=initiative.responsible_name)
    return None
