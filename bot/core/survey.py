"""A few questions some days after it is done: one press is an answer, and a human has answered before any is asked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core import card, marks, partner_words, partners, places
from bot.core.card import say
from bot.core.effects import Button, Buttons, DropTimer, Note, Parts, Ref, Say, SetTimer, Strip, Tag, To, Words
from bot.core.events import Fell, Pressed
from bot.core.initiative import Initiative, Stage
from bot.core.promise import awake
from bot.core.world import Move

KIND = "survey"
"""The kind of the timer, and the verb of the buttons; their detail is the number of the question and the answer."""
QUESTIONS = ("heard", "clear", "own")
ANSWERS = {"y": "yes", "p": "partly", "n": "no"}
ENOUGH = "x"
AFTER = timedelta(days=3)
REST = "survey_rest"
"""The kind of the timer after which what was answered is told, though not all of it was; the key ends with whose."""


def plan(move: Move, initiative: Initiative) -> None:
    """Ask some days from now."""
    due = awake(move.world.now + AFTER, move.world.frame.promises)
    move.do(SetTimer(f"{KIND}:{initiative.number}", KIND, due, about=initiative.number))


def on_fell(move: Move, event: Fell) -> None:
    """Ask each of them the first question, once; of one that is open again, or no human has answered, nothing."""
    initiative = move.initiative(event.about)
    if initiative is None or initiative.stage is not Stage.DONE or initiative.answered is None or not initiative.owner:
        return
    for person, lang in partners.circle(initiative):
        if not answers(initiative, person):
            content, rows = _question(initiative, 0, person, lang)
            head = Words("bridge.survey.head", lang, {"n": initiative.number, "title": card.short_title(initiative)})
            move.do(Say(To(person), Parts((head, content)), rows, Tag(KIND, about=initiative.number)))


def on_press(move: Move, event: Pressed, initiative: Initiative, detail: str) -> None:
    """Keep the answer and ask the next in a new message, which is read out; a second press on one changes nothing."""
    person = event.sender.id
    given = answers(initiative, person)
    place, answer = detail[:1], detail[1:]
    over = len(given) >= len(QUESTIONS) or ENOUGH in given.values() or initiative.stage is not Stage.DONE
    if over or place != str(len(given)) or answer not in (*ANSWERS, ENOUGH):
        move.answers(event.callback_id, move.words("bridge.survey.known"))
        return
    move.answers(event.callback_id)
    given = {**given, QUESTIONS[len(given)]: answer}
    kept = _keep(replace(initiative, touched=move.world.now), person, given)
    move.save(kept)
    lang = dict(partners.circle(kept))[person]
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    rest = f"{REST}:{kept.number}:{person}"
    if answer != ENOUGH and len(given) < len(QUESTIONS):
        content, rows = _question(kept, len(given), person, lang)
        waits = SetTimer(rest, REST, move.world.now + AFTER, about=kept.number, chat=person)
        move.do(Say(To(person), content, rows, Tag(KIND, about=kept.number)), waits)
        return
    move.do(DropTimer(rest))
    agent = kept.responsible_name
    thanks = Words("bridge.survey.thanks", lang, {"agent": agent, "first": agent.split()[0]})
    move.do(Say(To(person), thanks, tag=Tag(KIND, about=kept.number)))
    _tell_desk(move, kept, person, given)


def on_rest(move: Move, event: Fell) -> None:
    """Whoever leaves a question open has answered the others all the same."""
    initiative, person = move.initiative(event.about), int(event.key.rpartition(":")[2])
    there = initiative is not None and initiative.stage is Stage.DONE and partners.takes_part(initiative, person)
    if initiative is not None and there:
        _tell_desk(move, initiative, person, answers(initiative, person))


def answers(initiative: Initiative, person: int) -> dict[str, str]:
    """What somebody has answered so far, by question."""
    partner = partners.of(initiative, person)
    if partner is not None:
        return dict(zip(QUESTIONS, partner.answers, strict=False))
    written = marks.value(initiative, marks.SURVEY)
    return dict(json.loads(written)) if written else {}


def without_answers(initiative: Initiative) -> Initiative:
    """The initiative as if nobody had been asked: once it is done again, they are."""
    left = tuple(replace(partner, answers="") for partner in initiative.partners)
    return marks.mark(replace(initiative, partners=left), **{marks.SURVEY: ""})


def _keep(initiative: Initiative, person: int, given: Mapping[str, str]) -> Initiative:
    if partners.of(initiative, person) is None:
        return marks.mark(initiative, **{marks.SURVEY: json.dumps(given)})
    written = "".join(given.values())
    every = (replace(one, answers=written) if one.person == person else one for one in initiative.partners)
    return replace(initiative, partners=tuple(every))


def _question(initiative: Initiative, place: int, person: int, lang: str) -> tuple[Words, Buttons]:
    n, shared = initiative.number, partners.of(initiative, person) is not None
    rows: Buttons = tuple(
        (Button(_label(QUESTIONS[place], letter, shared), f"{KIND}:{n}:{place}{letter}", lang),) for letter in ANSWERS
    )
    enough = (Button("bridge.button.enough", f"{KIND}:{n}:{place}{ENOUGH}", lang),)
    return Words(f"bridge.survey.{QUESTIONS[place]}", lang, {"n": n}), (*rows, enough)


def _label(question: str, answer: str, shared: bool) -> str:
    """The key of what stands on the button that gives this answer: it tells which question it answers, and of whom."""
    key = f"bridge.button.{question}_{ANSWERS[answer]}"
    return f"partner.{key}" if shared and key in partner_words.TWINS else key


def _tell_desk(move: Move, initiative: Initiative, person: int, given: Mapping[str, str]) -> None:
    """What was answered reaches the responsible, in one message; nothing where nothing was."""
    told = {name: answer for name, answer in given.items() if answer != ENOUGH}
    to = places.main_desk(initiative)
    if not told or to is None:
        return
    partner = partners.of(initiative, person)
    lines = [say("desk.bridge.survey", name=partners.name_of(initiative, person), n=initiative.number)]
    for name, answer in told.items():
        asked, said = say(f"bridge.survey.{name}"), say(_label(name, answer, partner is not None))
        lines.append(say("desk.bridge.survey_line", asked=asked, said=said))
    move.do(Say(to, card.stack(*lines), ((card.reply_button(initiative),),), Tag(KIND, about=initiative.number)))
    who = partner.name if partner is not None else initiative.owner_name
    move.do(Note(initiative.number, KIND, who, "owner", dict(told)))
