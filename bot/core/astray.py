"""A message to the wrong person: it is taken away, its reader hears one line, and the data-protection contact hears."""

from bot.core import relay, reply, steps
from bot.core.card import say
from bot.core.effects import Erase, Field, Note, Ref, Say, Strip, Tag, TellHumans, To, Words
from bot.core.events import Delivery, Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

ROLE = "astray"
"""The role of what is taken away from the wrong receiver, also the verb of the button."""


def take_away(move: Move, event: Pressed, initiative: Initiative, agent: Agent, detail: str) -> None:
    """Remove the words at once, however old; where Telegram no longer deletes, they are written over.

    The data-protection contact is told in the same step: when, which kind and to how many, never what it said.
    """
    line = reply.sent_line(move, initiative, detail)
    if line is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    ids = reply.copies_of(move, initiative, detail)
    instead = Words("citizen_step.astray", initiative.lang, {"agent": agent.name})
    tag = Tag(ROLE, initiative.number, line.origin_chat, line.origin_message, agent.telegram or 0)
    for message_id in ids:
        move.do(Erase(Ref(initiative.owner, message_id), instead, tag, tell=message_id == ids[-1]))
    relay.from_partners(move, initiative, "citizen_step.astray", agent.name)
    media = any(link.detail == relay.REPLY_WITH_MEDIA for link in move.world.copies)
    words = say("desk.astray.kind_media" if media else "desk.astray.kind_text")
    fields: dict[str, Field] = {"agent": agent.name, "n": initiative.number, "kind": words}
    fields |= {"at": reply.sent_at(move, initiative, line), "since": move.world.now}
    tell_guardian(move, say("desk.astray.told", **fields))
    told: dict[str, Field] = {"message": line.origin_message, "media": int(media)}
    move.do(Note(initiative.number, ROLE, agent.name, "staff", told), Note(0, ROLE, "staff"))


def on_delivery(move: Move, event: Delivery) -> None:
    """What became of it: the reader hears one line, staff how it stands, and a failure is told at once."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.outcome != "delivered":
        relay.reported(move, event, "desk.undo.failed")
        tell_guardian(move, say("desk.astray.failed", n=initiative.number))
        return
    steps.answer_taken_back(move, initiative, relay.reply_mark(event.origin_chat, event.origin_message))
    overwritten = event.reason == "overwritten"
    relay.reported(move, event, "desk.undo.overwritten" if overwritten else "desk.undo.done")
    if not overwritten:
        # Where it was written over, the line stands in its place.
        words = Words("citizen_step.astray", initiative.lang, {"agent": relay.writer(move, initiative)})
        move.do(Say(To(initiative.owner), words, tag=Tag("notice", about=initiative.number)))


def tell_guardian(move: Move, words: Words) -> None:
    """Tell the data-protection contact; where the rules name none, those who mend things."""
    guardian = move.world.frame.guardian
    if guardian is None:
        move.do(TellHumans(words))
    else:
        move.do(Say(To(guardian.telegram), words, tag=Tag("guardian")))
