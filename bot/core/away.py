"""Being away: an agent says so in one line or two presses, and their open work goes to the stand-in by name."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.core import card, lead, muster, roster
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Say, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.frame import Agent
from bot.core.span import next_week, read_span, this_week
from bot.core.world import Move

AWAY, BACK = "vaek", "tilbage"
"""The commands."""
VERBS = frozenset({"away", "away_off"})
_SAYS_AWAY = re.compile(r"/?(?:jeg er )?(?:væk|vaek|ferie|fravær|på ferie|har ferie)\b[\s:]*(.*)", re.IGNORECASE)
_SAYS_BACK = re.compile(r"/?tilbage[.!]?", re.IGNORECASE)
_MANY_DAYS = 400


def command_of(text: str, today: date, *, private: bool) -> tuple[str, str]:
    """The command that a typed line is, with the days it names; ("", "") for words that are words.

    In a group only a line that begins with a slash counts.
    """
    text = " ".join(text.split())
    if not private and not text.startswith("/"):
        return "", ""
    if _SAYS_BACK.fullmatch(text):
        return BACK, ""
    found = _SAYS_AWAY.fullmatch(text)
    if found and (not found[1] or text.startswith("/") or read_span(found[1], today)):
        return AWAY, found[1]
    return "", ""


def ask(move: Move, chat: To, agent: Agent) -> None:
    """Offer the usual absences; a line with two days says any other."""
    rows: Buttons = tuple(
        (Button(f"colleague.button.away_{name}", f"away:0:{name}"),) for name in ("today", "week", "two_weeks", "next")
    )
    move.do(Say(chat, say("colleague.away.ask", agent=agent.first_name), rows, Tag("away")))


def on_said(move: Move, said: Said, agent: Agent, days: str) -> None:
    """ "væk 2/11-13/11" """
    to = To(said.chat.id, thread=said.chat.thread)
    if not days.strip():
        ask(move, to, agent)
        return
    span = read_span(days, move.world.now.date())
    if span is None or span[1] < span[0] or (span[1] - span[0]).days > _MANY_DAYS:
        move.do(Say(to, say("colleague.away.unread")))
    elif span[1] < move.world.now.date():
        move.do(Say(to, say("colleague.away.past")))
    else:
        _leave(move, to, agent, *span)


def on_pressed(move: Move, event: Pressed, agent: Agent, verb: str, detail: str) -> None:
    """One of the usual absences, or "I am here after all"."""
    to = To(event.chat.id, thread=event.chat.thread)
    today = move.world.now.date()
    spans = {
        "today": (today, today),
        "week": (today, this_week(today)),
        "two_weeks": (today, next_week(today)[1]),
        "next": next_week(today),
    }
    if verb == "away_off":
        move.answers(event.callback_id)
        come_back(move, to, agent)
    elif detail == "ask":
        move.answers(event.callback_id)
        ask(move, to, agent)
    elif detail in spans:
        move.answers(event.callback_id)
        _leave(move, to, agent, *spans[detail])
    else:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)


def come_back(move: Move, to: To, agent: Agent) -> None:
    """End an absence before its time, also one that the rules have; what had gone to the stand-in comes back."""
    today = move.world.now.date()
    post = roster.post_of(move, agent.id)
    coming = tuple(days for days in post.away if date.fromisoformat(days[0]) > today)
    if move.world.frame.away_until(agent.id, today) is None and coming == post.away:
        move.do(Say(to, say("colleague.away.not_away")))
        return
    ahead = move.world.frame.away_until(agent.id, today) is None
    roster.keep(move, agent.id, replace(post, away=() if ahead else coming, back="" if ahead else today.isoformat()))
    again = muster.hold(move).get(agent.id, [])
    lines = [say("colleague.away.back", agent=agent.first_name)]
    if again:
        lines.append(say("colleague.away.yours_again", n=len(again)))
    move.do(Say(to, card.stack(*lines)))


def _leave(move: Move, to: To, agent: Agent, first: date, last: date) -> None:
    today = move.world.now.date()
    post = roster.post_of(move, agent.id)
    kept = tuple(days for days in post.away if date.fromisoformat(days[1]) >= today)
    back = post.back if post.back < first.isoformat() else (first - timedelta(days=1)).isoformat()
    away = tuple(dict.fromkeys((*kept, (first.isoformat(), last.isoformat()))))
    roster.keep(move, agent.id, replace(post, away=away, back=back if post.back else ""))
    _tell(move, to, agent, (first, last), muster.told(muster.hold(move)))


def _tell(move: Move, to: To, agent: Agent, days: tuple[date, date], moved: tuple[Words, ...]) -> None:
    """The receipt: from when to when, who takes new ideas, and who has what was open."""
    frame = roster.frame_now(move)
    zone = move.world.now.tzinfo
    first, last = (datetime.combine(day, time(), tzinfo=zone) for day in days)
    stand_in = frame.agents[frame.reachable_lead(agent.id, max(days[0], move.world.now.date()))].name
    fields: dict[str, Field] = {"first": agent.first_name, "since": first, "until": last, "agent": stand_in}
    fields["due"] = lead.first_day_back(move, days[1])
    lines: list[Words] = [say("colleague.away.set", **fields), *moved]
    if not moved and days[0] > move.world.now.date():
        lines.append(say("colleague.away.later", agent=stand_in, since=first))
    rows: Buttons = ((Button("colleague.button.away_off", "away_off:0"),),)
    move.do(Say(to, card.stack(*lines), rows, Tag("away")))
