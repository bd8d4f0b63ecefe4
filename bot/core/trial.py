"""The small trial at its end: agent and citizen are both asked what it showed, and what they saw is kept."""

from dataclasses import replace

from bot.core import card, marks, outcomes, partners, places, steps
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Say, Tag, TellHumans, To, Words
from bot.core.events import Said
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.promise import NEW_DATE_WORKING_DAYS, awake, due_after
from bot.core.world import Move


def standing(initiative: Initiative) -> bool:
    """Whether the date that stands is the day on which a trial ends."""
    stands = outcomes.standing(initiative)
    tried = initiative.stage is Stage.TRIAL and stands.kind == "trial"
    return tried and initiative.step.what == stands.filled.get("what")


def ended(move: Move, initiative: Initiative) -> None:
    """The last day has come: that is no missed promise, but both sides are asked, and the telling has a date."""
    promises = move.world.frame.promises
    filled = outcomes.standing(initiative).filled
    due = due_after(move.world.now, NEW_DATE_WORKING_DAYS, promises)
    step = NextStep(initiative.responsible_name, due, Turn.AGENT, key="step.trial_learned")
    asked = marks.mark(initiative, **{marks.LEARN_ASKED: move.world.now.isoformat()})
    changed = steps.set_step(move, asked, step)
    fields: dict[str, Field] = {"n": changed.number, "title": card.short_title(changed), "due": due}
    fields |= {"agent": changed.responsible_name, "name": card.first_name(changed), "look": filled.get("look", "")}
    _ask_responsible(move, changed, say("desk.trial.over", **fields))
    words = Words("citizen_step.trial_over", changed.lang, fields)
    tag = Tag("learned", about=changed.number)
    wakes = awake(move.world.now, promises)
    move.do(Say(To(changed.owner), words, tag=tag, after=wakes))
    partners.tell(move, changed, words, after=wakes)
    move.do(Note(changed.number, "trial_over", changed.responsible_name, "public", {"what": filled.get("what", "")}))
    card.refresh(move, changed)


def heard(move: Move, initiative: Initiative, said: Said) -> bool:
    """Whether these words are the citizen's answer to what they saw; then they are kept on the timeline as that."""
    if initiative.stage.closed or not marks.value(initiative, marks.LEARN_ASKED):
        return False
    move.save(marks.mark(replace(initiative, touched=move.world.now), **{marks.LEARN_ASKED: ""}))
    told: dict[str, Field] = {"text": said.text, "message": said.message_ids[0], "media": len(said.media)}
    partner = partners.of(initiative, said.sender.id)
    seen_by = partner.name if partner is not None else initiative.owner_name
    move.do(Note(initiative.number, "trial_seen", seen_by, "owner", told))
    move.tell(move.words("citizen_step.trial_heard", agent=initiative.responsible_name, due=initiative.step.due))
    return True


def _ask_responsible(move: Move, initiative: Initiative, words: Words) -> None:
    to = places.of_responsible(move, initiative)
    if to is None:
        move.do(TellHumans(words))
        return
    learned = Button("desk.form.button.learned", f"form:{initiative.number}:learned")
    move.do(Say(to, words, ((learned,), (card.reply_button(initiative),)), Tag("promise", about=initiative.number)))
