"""One step of the dialogue: a state and an event give the new state and what follows. Pure, and the only way in."""

from dataclasses import replace
from datetime import datetime

from bot.core import (
    absent,
    barring,
    by_night,
    by_voice,
    card,
    citizen,
    desk,
    erasure,
    invite,
    matter_words,
    new_number,
    offer_words,
    pagebook,
    partner_words,
    presses,
    privacy,
    reach,
    retention,
    rulebook,
    standing,
    strangers,
    traces,
)
from bot.core.effects import Effect, MoveChat, Say, To
from bot.core.events import (
    Delivery,
    Edited,
    Event,
    Fell,
    Forgotten,
    Joined,
    Membership,
    Migrated,
    Pressed,
    Said,
    TopicChanged,
    Unknown,
)
from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.page_news import PageNews
from bot.core.people import Person, Talk
from bot.core.rule_news import RuleNews
from bot.core.world import Link, Move, Needs, World


def needs(event: Event, talk: Talk, target: Link | None, topic: int, frame: Frame) -> Needs:
    """What must be loaded for this event, besides the person, the talk and the messages that it points at."""
    if isinstance(event, Migrated) or (isinstance(event, Said) and _changes_the_staff(event)):
        return Needs(queue=True)
    if isinstance(event, Forgotten):
        return Needs(initiatives=frozenset(number for number, _ in event.shared))
    if isinstance(event, Unknown):
        return Needs()
    if pagebook.concerns(event, frame):
        return Needs()
    if rulebook.concerns(event, talk, frame):
        return rulebook.rulebook_needs(event)
    if isinstance(event, Said | Pressed) and barring.concerns(event, frame):
        return barring.bar_needs(event, talk, topic)
    if at_desk(event, frame):
        return desk.desk_needs(event, talk, target, topic, frame)
    return presses.citizen_needs(event, talk, target)


def step(world: World, event: Event) -> Move:
    """What this event changes and what follows from it; neither clock nor anything outside is asked."""
    move = Move.of(world)
    if isinstance(event, Migrated):
        standing.on_migrated(move, event)
        move.do(MoveChat(event.old, event.new))
        new_number.on_migrated(move, event)
    elif isinstance(event, Forgotten):
        erasure.on_forgotten(move, event)
        return move
    elif isinstance(event, Fell) and by_night.puts_off(move, event):
        return move
    elif isinstance(event, Said) and event.cpr and _is_of_an_admin(move, event):
        privacy.stop_staff(move, event)
    elif pagebook.concerns(event, world.frame):
        pagebook.on_event(move, event)
    elif rulebook.concerns(event, world.talk, world.frame):
        rulebook.on_event(move, event)
        if isinstance(event, Said):
            privacy.calm(move, event)
    elif isinstance(event, Said) and invite.is_for_admins(move, event):
        invite.on_said(move, event)
    elif isinstance(event, Said) and invite.accepts(move, event):
        return move
    elif isinstance(event, Said | Pressed) and barring.concerns(event, world.frame):
        barring.on_event(move, event)
    elif at_desk(event, world.frame):
        _at_the_desk(move, event)
    elif not isinstance(event, Unknown) and _in_a_strange_group(event):
        _in_company(move, event)
    else:
        _with_a_citizen(move, event)
    if isinstance(event, Pressed) and not event.callback_id:
        move.effects = presses.spoken(move.effects, event)
    move.effects = partner_words.speak(matter_words.speak(offer_words.speak(move.effects, move), move), move)
    move.effects = absent.speak_for(by_voice.speak(move.effects, move), move)
    move.effects = traces.told_apart(move) + retention.watch(move)
    return move


def _is_of_an_admin(move: Move, said: Said) -> bool:
    """Whether an admin asks for something with it that goes past the desk: of rules, pages, or who sits there."""
    frame = move.world.frame
    asks = pagebook.concerns(said, frame) or rulebook.concerns(said, move.world.talk, frame)
    return said.sender.id in frame.admins and (asks or invite.is_for_admins(move, said))


def _changes_the_staff(said: Said) -> bool:
    """Whether it may be an admin who lets somebody in or out, or somebody who comes by an invitation."""
    invited = said.command == "start" and said.text.strip().startswith(invite.PAYLOAD)
    return said.chat.kind == "private" and (invited or said.command.casefold() in invite.COMMANDS)


def renew(frame: Frame, now: datetime, chat: int, initiative: Initiative) -> tuple[Effect, ...]:
    """What makes an initiative's deleted forum topic anew in a chat, in order."""
    nobody = Person(id=initiative.owner, name=initiative.owner_name)
    move = Move.of(World(now=now, frame=frame, person=nobody, talk=Talk()))
    card.renew(move, initiative, chat)
    return tuple(move.effects)


def at_desk(event: Event, frame: Frame) -> bool:
    """Whether it happened where staff work: a staff group, or the private chat of a sparring agent."""
    if isinstance(event, Delivery):
        return True
    if isinstance(event, Fell):
        return not event.kind.startswith(("draft_", "follow_", "citizen_"))
    if isinstance(event, Migrated | RuleNews | PageNews | Forgotten) or event.chat is None:
        return False
    if event.chat.kind == "private":
        return frame.agent_of(event.chat.id) is not None
    return event.chat.id in frame.staff_chats


def _at_the_desk(move: Move, event: Event) -> None:
    match event:
        case Said(cpr=found) | Edited(cpr=found) if found:
            privacy.stop_staff(move, event)
        case Said():
            desk.on_said(move, event)
        case Pressed():
            desk.on_pressed(move, event)
            move.answers(event.callback_id)
        case Edited():
            desk.on_edited(move, event)
        case TopicChanged():
            desk.on_topic_changed(move, event)
        case Delivery():
            desk.on_delivery(move, event)
        case Fell():
            desk.on_fell(move, event)
        case Membership() if event.chat.kind == "group":
            standing.on_membership(move, event)
        case Membership():
            reach.on_membership(move, event)
        case Joined():
            strangers.on_joined(move, event)
        case _:
            return


def _with_a_citizen(move: Move, event: Event) -> None:
    match event:
        case Said():
            citizen.on_said(move, event)
            privacy.calm(move, event)
        case Pressed():
            presses.on_pressed(move, event)
            move.answers(event.callback_id)
            move.effects = presses.said(move.effects, event)
        case Edited():
            citizen.on_edited(move, event)
            privacy.calm(move, event)
        case Membership():
            citizen.on_membership(move, event)
        case Fell():
            citizen.on_fell(move, event)
        case Unknown():
            citizen.on_unknown(move, event)
        case _:
            return


def _in_a_strange_group(event: Event) -> bool:
    if isinstance(event, Fell | Delivery | Migrated | Unknown | RuleNews | PageNews | Forgotten):
        return False
    return event.chat.kind == "group"


def _in_company(move: Move, event: Event) -> None:
    """A group that is nobody's desk: one line to whoever asks, then silence; no personal data, whoever it is."""
    asked = isinstance(event, Said) and (event.command or move.world.intent in ("status", "help", "start"))
    if isinstance(event, Said) and asked and move.talk.welcomed is None:
        move.talk = replace(move.talk, welcomed=move.world.now)
        move.do(Say(To(event.chat.id, thread=event.chat.thread), move.words("citizen.private_only")))
    elif isinstance(event, Pressed):
        move.answers(event.callback_id)
