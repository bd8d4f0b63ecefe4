"""Whoever is no agent among the staff: strangers, anonymous admins, and those who come into the group or leave it."""

from dataclasses import replace

from bot.core import queue, typed
from bot.core.card import say
from bot.core.effects import Ref, Say, Suspect, TellHumans, To
from bot.core.events import Joined, Pressed, Said
from bot.core.people import Form
from bot.core.world import Move


def on_said(move: Move, event: Said) -> None:
    """Nobody's words go out but an agent's; who tries is told why, and those who mend things hear of a stranger."""
    command, _, _ = typed.command_of(event)
    if not command and not _answers_a_citizen(move):
        return
    key = "desk.anonymous" if event.sender.anonymous else "desk.stranger.said"
    to = To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)
    move.do(Say(to, say(key), reply_to=Ref(event.chat.id, event.message_ids[0])))
    if not event.sender.anonymous:
        move.do(Suspect("words by a stranger", move.world.topic))
        _tell_of_stranger(move, event)


def on_pressed(move: Move, event: Pressed, number: int) -> None:
    """Only agents press anything; the admins hear of whoever tries in the group."""
    move.answers(event.callback_id, say("desk.stranger.press"), alert=True)
    move.do(Suspect("press by a stranger", number))
    _tell_of_stranger(move, event)


def on_joined(move: Move, event: Joined) -> None:
    """Somebody came into the staff group who is no agent, or an agent left it: those who mend things hear of it.

    Telegram says it twice, in the talk and as a change of membership.
    """
    frame = move.world.frame
    known = frame.agent_of(event.who.id)
    gone = event.status in ("left", "kicked")
    if gone != (known is not None) or (known is None and event.who.id in frame.admins):
        return
    seen = Form("gone" if gone else "joined", event.who.id)
    if move.talk.form == seen:
        return
    if move.talk.form is None or move.talk.form.kind in ("gone", "joined"):
        move.talk = replace(move.talk, form=seen)
    if known is None:
        move.do(TellHumans(say("desk.stranger.told", name=event.who.name, group=event.chat.title)))
    elif known.desk != "private":
        move.do(TellHumans(say("colleague.invite.left_group", agent=known.name, group=event.chat.title)))


def _tell_of_stranger(move: Move, event: Said | Pressed) -> None:
    """Once for each stranger: somebody who is no agent can read the group."""
    if event.sender.anonymous or event.chat.kind != "group":
        return
    if move.talk.form is None or move.talk.form.kind != "stranger":
        move.talk = replace(move.talk, form=Form("stranger", 0))
        move.do(TellHumans(say("desk.stranger.told", name=event.sender.name, group=event.chat.title)))


def _answers_a_citizen(move: Move) -> bool:
    target = move.world.target
    return target is not None and target.role in ("relay", "card", queue.LOOK, "prompt")
