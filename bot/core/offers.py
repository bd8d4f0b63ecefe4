"""An offer of time, skills, tools or a room: matched with who looks for help, by consent of both; never an idea."""

import re
from dataclasses import replace

from bot.core import bridges, card, drafting, handover, marks, offering, plenty, steps
from bot.core.effects import Button, Field, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.initiative import Initiative, NextStep, Turn
from bot.core.match import Match
from bot.core.people import Draft
from bot.core.promise import ASK_AGAIN_WORKING_DAYS, due_after, first_due
from bot.core.world import Move

VERBS = frozenset({"of_pick", "of_ask", "of_list", "of_keep", "of_idea", "of_back", "of_gone"})
"""The verbs of the citizen's buttons. Their detail is "d" for an offer that is not sent, else its number."""
_NUMBER = re.compile(r"(?:(?:nr|no|nummer|number|номер|№)\.? ?)?\d{1,9}\.?", re.IGNORECASE)


def take_up(move: Move, said: Said, match: Match | None) -> None:
    """Take up new words: as an offer where they offer something, else as an idea."""
    if match is not None and match.kind == offering.KIND:
        begin(move, said, match)
    else:
        drafting.begin(move, said, match)


def begin(move: Move, said: Said, match: Match | None) -> None:
    """Take up an offer: the citizen's own words first, then who looks for help, or who can keep it."""
    draft = Draft(since=move.world.now, kind=offering.KIND, reminded=True)
    _take_in(move, draft, said, match.rest if match is not None and match.rest else said.text)


def add(move: Move, said: Said) -> None:
    """More words to an offer that is not sent; the number of none that stands there is no part of it."""
    draft = move.talk.draft
    if draft is not None and not said.media and _NUMBER.fullmatch(said.text.strip()):
        offering.show(move, None, offering.words_of(move, None))
    elif draft is not None:
        _take_in(move, draft, said, said.text)


def on_press(move: Move, event: Pressed, verb: str, number: int, detail: str) -> None:
    """A press of the one who offers; an offer that is sent must be their own."""
    own = move.initiative(int(detail)) if detail.isdigit() else None
    if verb in ("of_back", "of_gone"):
        own = move.initiative(number)
    mine = own is not None and own.owner == move.person.id and own.kind == offering.KIND and not own.stage.closed
    words = offering.words_of(move, own if mine else None)
    if (
        (own is not None and not mine)
        or not words
        or (own is None and (detail != offering.UNSENT or verb.startswith("of_g")))
    ):
        move.answers(event.callback_id, move.words("citizen.old_button"))
        return
    if verb == "of_pick":
        offering.preview(move, number, own, words)
    elif verb == "of_ask":
        _ask(move, event, number, own, words)
    elif verb == "of_list":
        offering.show(move, own, words)
    elif verb == "of_keep":
        _keep(move, event, own)
    elif verb == "of_idea":
        _is_idea(move)
    elif own is not None and verb == "of_back":
        ask_back(move, own)
    elif own is not None:
        _take_back(move, event, own)


def go_on(move: Move, own: Initiative, how: str) -> None:
    """The answer was no, or none came: told kindly, and the next choice is the citizen's."""
    due = due_after(move.world.now, ASK_AGAIN_WORKING_DAYS, move.world.frame.promises)
    step = NextStep(own.responsible_name, due, Turn.CITIZEN, key="step.offer_choice")
    turned = marks.mark(own, **{marks.TURNED: move.world.now.isoformat(), marks.TURNED_BY: ""})
    changed = steps.set_step(move, turned, step)
    card.refresh(move, changed)
    lang = changed.lang
    faces = offering.open_to(move, card.own_words(changed), changed.topics, changed)
    words = Words(f"bridge.{how}.offer", lang, {"n": changed.number, "agent": changed.responsible_name})
    move.do(Say(To(changed.owner), words, offering.choices(move, faces, changed, lang), Tag("bridge", changed.number)))


def ask_back(move: Move, own: Initiative) -> None:
    """The first of two presses by which an offer is taken back."""
    yes = move.button("bridge.button.gone", f"of_gone:{own.number}")
    stay = move.button("bridge.button.stays", f"i_status:{own.number}")
    move.tell(move.words("bridge.offer.back", n=own.number), ((yes,), (stay,)))


def _take_in(move: Move, draft: Draft, said: Said, text: str) -> None:
    if not drafting.has_room(move, draft, said):
        return
    words = drafting.corrected(draft.words, said, text)
    draft = drafting.rematch(move, replace(draft, words=words, media=draft.media + said.media))
    drafting.keep(move, replace(draft, version=draft.version + 1))
    offering.show(move, None, offering.words_of(move, None))


def _is_idea(move: Move) -> None:
    """The words were taken for an offer and are an idea: it goes on as one."""
    draft = move.talk.draft
    if draft is not None:
        drafting.keep(move, replace(draft, kind="idea", reminded=False))
        drafting.summarise(move)


def _ask(move: Move, event: Pressed, number: int, own: Initiative | None, words: str) -> None:
    """Send the offer, if it is not sent yet, and ask the initiator; until the answer it has a name and a date."""
    target = move.initiative(number)
    if target is None or not bridges.is_open_to(target, move.person.id):
        move.tell(move.words("citizen.follow_none"))
        return
    if _waits(move, own):
        return
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if own is None:
        draft = move.talk.draft
        if draft is None:
            return
        own = handover.send(move, draft, lead=target.responsible, told=False)
    until = bridges.ask(move, target, offering.KIND, words, about=own.number)
    asked = f"{marks.value(own, marks.BRIDGED_TO)} {number}".strip()
    step = NextStep(own.responsible_name, until, Turn.OUTSIDE, key=offering.ASKED)
    changed = steps.set_step(move, marks.mark(own, **{marks.BRIDGED_TO: asked}), step)
    card.refresh(move, changed)
    fields: dict[str, Field] = {"n": changed.number, "about": number, "title": target.title, "due": until}
    fields |= {"agent": changed.responsible_name, "role": changed.responsible_title}
    back = move.button("bridge.button.back", f"of_back:{changed.number}")
    move.tell(
        move.words("bridge.offer.asked", **fields), (_meet(move, changed), (back,)), Tag("receipt", changed.number)
    )


def _meet(move: Move, offer: Initiative) -> tuple[Button, ...]:
    """With the receipt a meeting or a call is offered, as with that of an idea."""
    return (move.button("citizen_step.button.meet_wish", f"meet_wish:{offer.number}"),)


def _waits(move: Move, own: Initiative | None) -> bool:
    """Whether an offer that is not sent yet has to wait, since its citizen has sent what a day holds."""
    return own is None and move.talk.draft is not None and plenty.waits(move, move.talk.draft)


def _keep(move: Move, event: Pressed, own: Initiative | None) -> None:
    """Nobody fits today: a person keeps it, with a next step and a date."""
    if _waits(move, own):
        return
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if own is None:
        draft = move.talk.draft
        if draft is None:
            return
        own = handover.send(move, draft, told=False)
    due = first_due(move.world.now, move.world.frame.promises)
    step = NextStep(own.responsible_name, due, Turn.AGENT, key="step.offer_kept")
    changed = steps.set_step(move, own, step)
    card.refresh(move, changed)
    fields: dict[str, Field] = {"n": changed.number, "agent": changed.responsible_name, "due": step.due}
    fields |= {"role": changed.responsible_title, "first": changed.responsible_name.split()[0]}
    back = move.button("bridge.button.back", f"of_back:{changed.number}")
    move.tell(
        move.words("bridge.offer.kept", **fields), (_meet(move, changed), (back,)), Tag("receipt", changed.number)
    )


def _take_back(move: Move, event: Pressed, own: Initiative) -> None:
    """The second press: the offer is gone; a yes to it that comes later finds nothing."""
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    handover.withdraw(move, own)
    move.tell(move.words("bridge.offer.gone", n=own.number))
