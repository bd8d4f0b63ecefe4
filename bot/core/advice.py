"""Asking a colleague about an initiative: internal both ways, and nothing of it ever goes to the citizen."""

from bot.core import card, passing, places
from bot.core.card import say
from bot.core.effects import Content, Field, Note, Quote, Ref, Say, SendMedia, Tag, To, Words
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

COMMAND = "spoerg"
ROLE = "advice"
"""The role of a question to a colleague and of the answer: who swipes on either answers whoever wrote it."""
_WORDS = 500


def ask(move: Move, said: Said, agent: Agent, initiative: Initiative | None) -> None:
    """ "/spoerg Lone Hvad tror du?" in a topic, "/spoerg 12 Lone Hvad tror du?" anywhere."""
    here = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    colleague, question = passing.named(move, said.text)
    if initiative is None:
        move.do(Say(here, say("colleague.advice.which")))
    elif colleague is None or not question or colleague.id == agent.id:
        names = tuple(one.name for one in move.world.frame.agents.values() if one.id != agent.id and not one.left)
        move.do(Say(here, say("colleague.advice.how", names=names)))
    elif (to := places.of_agent(initiative, colleague)) is None:
        move.do(Say(here, say("colleague.pass.out_of_reach", **_fields(initiative, agent, colleague))))
    else:
        fields = _fields(initiative, agent, colleague)
        _carry(move, to, said, question, say("colleague.advice.asked", **fields), initiative)
        if to.chat != said.chat.id and (own := card.cut_to(card.own_words(initiative), _WORDS)):
            move.do(Say(to, Quote(own, say("desk.card.words", name=initiative.owner_name)), silent=True))
        move.do(Note(initiative.number, "asked", agent.name, "staff", {"name": colleague.name, "text": question}))
        if to.chat != said.chat.id:
            move.do(Say(here, say("colleague.advice.sent", **fields), silent=True))


def answers(move: Move, said: Said) -> bool:
    """Whether the words answer what a colleague asked from another chat; in one and the same chat all read them."""
    target = move.world.target
    return target is not None and target.role == ROLE and target.origin_chat != said.chat.id


def answer(move: Move, said: Said, agent: Agent) -> None:
    """Carry the words back to where they were asked for, under the name of who gives them."""
    target = move.world.target
    initiative = move.initiative(target.about) if target is not None else None
    if target is None or initiative is None:
        return
    if said.other or not (said.text.strip() or said.media):
        move.do(Say(To(said.chat.id), say("desk.cannot_carry"), reply_to=Ref(said.chat.id, said.message_ids[0])))
        return
    to = places.in_chat(initiative, target.origin_chat)
    fields = _fields(initiative, agent, agent)
    _carry(move, to, said, said.text.strip(), say("colleague.advice.answered", **fields), initiative)
    note: dict[str, Field] = {"text": said.text.strip(), "media": len(said.media)}
    move.do(Note(initiative.number, "advised", agent.name, "staff", note))
    here = places.in_chat(initiative, said.chat.id)
    move.do(Say(here, say("colleague.advice.answer_sent", **fields), silent=True))


def _carry(move: Move, to: To, said: Said, text: str, head: Words, initiative: Initiative) -> None:
    content: Content = Quote(text, head) if text else head
    tag = Tag(ROLE, initiative.number, said.chat.id, said.message_ids[0], said.sender.id)
    if said.media:
        move.do(Say(to, content, tag=tag), SendMedia(to, said.media, tag=tag))
    else:
        move.do(Say(to, content, tag=tag))


def _fields(initiative: Initiative, agent: Agent, colleague: Agent) -> dict[str, Field]:
    fields: dict[str, Field] = {"agent": agent.name, "to": colleague.name, "n": initiative.number}
    return fields | {"title": card.short_title(initiative), "name": card.first_name(initiative)}
