"""Why an idea is with the person it is with: for its citizen in plain words, for staff with scores and versions."""

from collections.abc import Sequence

from bot.core import card, marks, reply, status
from bot.core.card import say
from bot.core.effects import Field, Parts, Say, To, Words
from bot.core.events import Said
from bot.core.frame import Agent, Frame
from bot.core.initiative import Initiative
from bot.core.match import TopicScore
from bot.core.people import Draft
from bot.core.world import Move

COMMANDS = frozenset({"hvorfor", "why"})
MOST_WORDS = 3
"""Matched words that a citizen is told."""
SHORTEST = 3
"""Letters of the shortest word that is worth telling."""
MOST_TOPICS = 3
LIKE = "ligner:"
"""Begins a reason that is an example of the rules and not the citizen's own words."""
SHOWN_HASH = 8


def marks_at_sending(
    frame: Frame, topics: Sequence[TopicScore], agent: Agent, *, sure: bool, chosen: str = "", place: str = ""
) -> dict[str, str]:
    """What must be remembered from the sending, to say later why it went where it did.

    `place` is one whose agent has what fits no topic: it says nothing where there is a topic.
    """
    topic = chosen if chosen in frame.topics else topics[0].topic if sure and topics else ""
    place = "" if topic else place
    lead = frame.topics[topic].lead if topic in frame.topics else ""
    found = {
        marks.SENT_TO: agent.name,
        marks.SENT_AS: topic,
        marks.CHOSEN: chosen,
        marks.SENT_BY_PLACE: place,
        marks.STOOD_FOR: frame.agents[lead].name if lead in frame.agents and lead != agent.id else "",
    }
    return {name: value for name, value in found.items() if value}


def tell(move: Move, said: Said) -> bool:
    """Answer a citizen who asks why; False when the word belongs to the talk with an agent, who can say more."""
    draft = move.talk.draft
    if draft is not None:
        move.tell(_about_draft(move, draft))
        return True
    own = status.open_initiatives(move) or sorted(status.own_initiatives(move), key=lambda idea: -idea.number)
    about = next((idea for idea in own if idea.number == move.talk.focus), next(iter(own), None))
    in_talk = about is not None and about.answered is not None and not about.stage.closed
    if not said.command and (in_talk or move.world.target is not None):
        return False
    move.tell(Parts(tuple(_about(move, about))) if about is not None else move.words("citizen.why.none"))
    return True


def tell_staff(move: Move, event: Said, number: int) -> None:
    """The routing's whole reason, where it was asked for; it is internal and goes nowhere else."""
    target = move.world.target
    about = number or move.world.topic or (target.about if target else 0) or reply.chosen(move)
    initiative = move.initiative(about)
    to = To(event.chat.id, thread=event.chat.thread)
    if initiative is None:
        move.do(Say(to, say("desk.unknown_number" if about else "desk.why.which")))
    else:
        move.do(Say(to, card.stack(*_reasons(move, initiative)), silent=True))


def named(text: str) -> int:
    """The number behind the command: "12", "nr. 12", "#12"; 0 for none."""
    written = text.strip().casefold().removeprefix("nr.").removeprefix("nr").removeprefix("#").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def own_words(because: Sequence[str]) -> tuple[str, ...]:
    """The citizen's own words among the reasons, without what the rules call them, and each thing once."""
    own: list[str] = []
    for reason in because:
        word = reason.partition(" ≈ ")[0]
        again = any(word.casefold() in other.casefold() or other.casefold() in word.casefold() for other in own)
        if not reason.startswith(LIKE) and len(word) >= SHORTEST and not again:
            own.append(word)
    return tuple(own[:MOST_WORDS])


def _about_draft(move: Move, draft: Draft) -> Words:
    frame = move.world.frame
    if not (draft.sure and draft.topics and draft.agent in frame.agents):
        place = move.place_in(draft.text)
        reader = frame.agents[frame.unsure_lead(place, move.world.now.date())].name
        if place:
            return move.words("citizen.why.draft_place", agent=reader, place=place)
        return move.words("citizen.why.draft_unsure", agent=reader)
    fields: dict[str, Field] = {
        "topic": _label(move, draft.topics[0].topic),
        "agent": frame.agents[draft.agent].name,
    }
    words = own_words(draft.topics[0].because)
    if not words:
        return move.words("citizen.why.draft_like", **fields)
    return move.words("citizen.why.draft", **fields, words=_quoted(move, words))


def _about(move: Move, initiative: Initiative) -> list[Words]:
    sent_to = marks.value(initiative, marks.SENT_TO) or initiative.responsible_name
    topic = marks.value(initiative, marks.SENT_AS)
    found = next((score for score in initiative.topics if score.topic == topic), None)
    words = own_words(found.because) if found else ()
    fields: dict[str, Field] = {"n": initiative.number, "agent": sent_to}
    if not marks.value(initiative, marks.SENT_TO):
        # It never went through routing: somebody asked to be called, say.
        return [move.words("citizen.why.with", **fields)]
    if place := marks.value(initiative, marks.SENT_BY_PLACE):
        told = [move.words("citizen.why.place", **fields, place=place)]
    elif not topic:
        told = [move.words("citizen.why.unsure", **fields)]
    elif marks.value(initiative, marks.CHOSEN):
        told = [move.words("citizen.why.chosen", **fields, topic=_label(move, topic))]
    elif words:
        told = [move.words("citizen.why.sent", **fields, words=_quoted(move, words))]
    else:
        told = [move.words("citizen.why.like", **fields, topic=_label(move, topic))]
    if lead := marks.value(initiative, marks.STOOD_FOR):
        told.append(move.words("citizen.why.stand_in", lead=lead, agent=sent_to))
    if initiative.responsible_name != sent_to:
        told.append(move.words("citizen.why.now", agent=initiative.responsible_name))
    if not initiative.stage.closed:
        told.append(move.words("citizen.why.wrong", agent=initiative.responsible_name))
    return told


def _reasons(move: Move, initiative: Initiative) -> list[Words]:
    sent_to = marks.value(initiative, marks.SENT_TO) or initiative.responsible_name
    lines = [say("desk.why.head", n=initiative.number)]
    lines.append(say("desk.why.kind", kind=say(f"desk.why.{initiative.kind}")))
    lines += [_topic_line(move, score) for score in initiative.topics[:MOST_TOPICS]]
    if not initiative.topics:
        lines.append(say("desk.why.no_topic"))
    if chosen := marks.value(initiative, marks.CHOSEN):
        known = chosen in move.world.frame.topics
        label: Field = _staff_label(move, chosen) if known else say("desk.why.none_of_them")
        lines.append(say("desk.why.chosen", name=card.first_name(initiative), topic=label))
    if place := marks.value(initiative, marks.SENT_BY_PLACE):
        lines.append(say("desk.why.place", place=place))
    elif marks.value(initiative, marks.SENT_TO) and not chosen and not marks.value(initiative, marks.SENT_AS):
        lines.append(say("desk.why.unsure"))
    lines.append(say("desk.why.sent_to", agent=sent_to))
    if lead := marks.value(initiative, marks.STOOD_FOR):
        lines.append(say("desk.why.stood_for", lead=lead, agent=sent_to))
    if initiative.responsible_name != sent_to:
        lines.append(say("desk.why.now", agent=initiative.responsible_name))
    if initiative.rules_hash:
        lines.append(say("desk.why.rules", version=initiative.rules_hash[:SHOWN_HASH]))
    return lines


def _topic_line(move: Move, score: TopicScore) -> Words:
    fields: dict[str, Field] = {"topic": _staff_label(move, score.topic), "score": round(score.score)}
    if not score.because:
        return say("desk.why.topic_faint", **fields)
    return say("desk.why.topic", **fields, words=tuple(card.cut_to(word, 60) for word in score.because))


def _quoted(move: Move, words: Sequence[str]) -> Words:
    """One to three words in quotes, joined as the language joins them."""
    fields = dict(zip(("first", "second", "third"), words, strict=False))
    return move.words(f"citizen.why.words.{('one', 'two', 'three')[len(words) - 1]}", **fields)


def _label(move: Move, topic: str) -> str:
    found = move.world.frame.topics.get(topic)
    return found.label.get(move.talk.lang or "da", found.label["da"]) if found else topic


def _staff_label(move: Move, topic: str) -> str:
    found = move.world.frame.topics.get(topic)
    return found.label["da"] if found else topic
