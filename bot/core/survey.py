"""A few questions some days after it is done: one press is an answer, and a human has answered before any is asked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core import card, marks, places
from bot.core.card import say
from bot.core.effects import Button, Buttons, Note, Parts, Ref, Rewrite, Say, SetTimer, Tag, To, Words
from bot.core.events import Fell, Pressed
from bot.core.initiative import Initiative, Stage
from bot.core.promise import awake
from bot.core.world import Move

KIND = "survey"
"""The kind of the timer, and the verb of the buttons; their detail is the number of the question and the answer."""
QUESTIONS = ("heard", "clear", "own")
ANSWERS = {"y": "yes_it_was", "p": "partly", "n": "it_was_not"}
ENOUGH = "x"
AFTER = timedelta(days=3)


def plan(move: Move, initiative: Initiative) -> None:
    """Ask some days from now."""
    due = awake(move.world.now + AFTER, move.world.frame.promises)
    move.do(SetTimer(f"{KIND}:{initiative.number}", KIND, due, about=initiative.number))


def on_fell(move: Move, event: Fell) -> None:
    """Ask the first question, once; of one that is open again, or that no human has answered, nothing is asked."""
    initiative = move.initiative(event.about)
    if initiative is None or initiative.stage is not Stage.DONE or initiative.answered is None or not initiative.owner:
        return
    if marks.value(initiative, marks.SURVEY):
        return
    content, rows = _question(initiative, 0)
    head = Words("bridge.survey.head", initiative.lang, {"n": initiative.number, "title": card.short_title(initiative)})
    tag = Tag(KIND, about=initiative.number)
    move.do(Say(To(initiative.owner), Parts((head, content)), rows, tag))


def on_press(move: Move, event: Pressed, initiative: Initiative, detail: str) -> None:
    """Keep the answer and ask the next one in the same message; a second press on the same question changes nothing."""
    given = answers(initiative)
    place, answer = detail[:1], detail[1:]
    over = len(given) >= len(QUESTIONS) or ENOUGH in given.values() or initiative.stage is not Stage.DONE
    if over or place != str(len(given)) or answer not in (*ANSWERS, ENOUGH):
        move.answers(event.callback_id, move.words("bridge.survey.known"))
        return
    move.answers(event.callback_id)
    given = {**given, QUESTIONS[len(given)]: answer}
    kept = marks.mark(replace(initiative, touched=move.world.now), **{marks.SURVEY: json.dumps(given)})
    move.save(kept)
    target = Ref(event.chat.id, event.message_id)
    if answer != ENOUGH and len(given) < len(QUESTIONS):
        content, rows = _question(kept, len(given))
        move.do(Rewrite(target, content, rows))
        return
    agent = kept.responsible_name
    thanks = Words("bridge.survey.thanks", kept.lang, {"agent": agent, "first": agent.split()[0]})
    move.do(Rewrite(target, thanks))
    _tell_desk(move, kept, given)


def answers(initiative: Initiative) -> dict[str, str]:
    """What the citizen has answered so far, by question."""
    written = marks.value(initiative, marks.SURVEY)
    return dict(json.loads(written)) if written else {}


def _question(initiative: Initiative, place: int) -> tuple[Words, Buttons]:
    n, lang = initiative.number, initiative.lang
    rows: Buttons = tuple(
        (Button(f"bridge.button.{name}", f"{KIND}:{n}:{place}{letter}", lang),) for letter, name in ANSWERS.items()
    )
    enough = (Button("bridge.button.enough", f"{KIND}:{n}:{place}{ENOUGH}", lang),)
    return Words(f"bridge.survey.{QUESTIONS[place]}", lang), (*rows, enough)


def _tell_desk(move: Move, initiative: Initiative, given: Mapping[str, str]) -> None:
    """What was answered reaches the responsible, in one message; nothing where nothing was."""
    told = {name: answer for name, answer in given.items() if answer != ENOUGH}
    to = places.main_desk(initiative)
    if not told or to is None:
        return
    lines = [say("desk.bridge.survey", name=card.first_name(initiative), n=initiative.number)]
    for name, answer in told.items():
        asked, said = say(f"bridge.survey.{name}"), say(f"bridge.button.{ANSWERS[answer]}")
        lines.append(say("desk.bridge.survey_line", asked=asked, said=said))
    move.do(Say(to, card.stack(*lines), ((card.reply_button(initiative),),), Tag(KIND, about=initiative.number)))
    move.do(Note(initiative.number, KIND, initiative.owner_name, "staff", dict(told)))
