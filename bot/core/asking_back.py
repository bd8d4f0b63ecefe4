"""Asking back: whoever reads an open initiative can write to its responsible, and gets a name and a date at once."""

from dataclasses import replace

from bot.core import card, opening, places, plenty, wording
from bot.core.card import say
from bot.core.effects import Field, Say, Tag
from bot.core.events import Said
from bot.core.match import TopicScore
from bot.core.people import Asking, Utterance
from bot.core.world import Move

ASKING = "ask"
"""The question that waits for words, as `Asking.kind`, and the kind of the case that comes of them."""
VERB = "ask_about"
CERTAIN = 100.0


def ask(move: Move, number: int) -> None:
    """Ask for the words; the one who is responsible reads them."""
    face = move.world.public.face(number)
    if face is None or not face.listed:
        move.tell(move.words("citizen.follow_none"))
        return
    if plenty.turns_away(move):
        return
    move.talk = replace(move.talk, asking=Asking(ASKING, about=number))
    move.tell(move.words("open.ask.how", n=number, title=face.title, agent=face.responsible))


def is_answer(move: Move) -> bool:
    """Whether the words that come now are for the responsible of an open initiative."""
    asking = move.talk.asking
    return asking is not None and asking.kind == ASKING


def send(move: Move, said: Said) -> None:
    """Hand the words to the responsible as a case of their own; the initiative itself is not touched."""
    asking = move.talk.asking
    move.talk = replace(move.talk, asking=None)
    face = move.world.public.face(asking.about) if asking is not None else None
    if face is None or not (said.text.strip() or said.media):
        move.tell(move.words("citizen.follow_none"))
        return
    if plenty.turns_away(move):
        return
    frame, today = move.world.frame, move.world.now.date()
    wanted = next((agent.id for agent in frame.agents.values() if agent.name == face.responsible), frame.coordinator)
    agent = frame.agents[frame.reachable_lead(wanted, today)]
    words = Utterance(said.text.strip(), said.message_ids[0], move.world.now)
    title = wording.title(words.text) or move.world.spoken(move.words("open.ask.title", n=face.number))
    topics = tuple(TopicScore(topic, CERTAIN, ()) for topic in face.topics[:1])
    owner = (move.person.id, move.person.name)
    case = opening.opened(move, agent, owner, words, title, kind=ASKING, topics=topics, media=said.media)
    move.talk = replace(move.talk, focus=case.number)
    fields: dict[str, Field] = {"n": case.number, "agent": agent.name, "first": agent.first_name, "due": case.step.due}
    fields |= {"about": face.number, "title": face.title}
    move.tell(move.words("open.ask.sent", **fields), tag=Tag("receipt", about=case.number))
    to = places.main_desk(case)
    if to is not None:
        told = say("desk.open.asked", name=card.first_name(case), n=face.number, title=face.title)
        move.do(Say(to, told, silent=True))
