"""A new title that an agent proposes: until the citizen says yes, the old one stands everywhere."""

from dataclasses import replace

from bot.core import card, partners, places
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.world import Move

VERBS = frozenset({"title_ok", "title_no"})
"""The verbs of the citizen's buttons."""


def propose(move: Move, initiative: Initiative, agent: Agent, title: str) -> Initiative:
    """Ask the citizen whether the idea may be called so."""
    changed = replace(initiative, proposed_title=title, touched=move.world.now)
    move.save(changed)
    n = changed.number
    fields: dict[str, Field] = {"agent": agent.name, "old": changed.title, "new": title, "n": n}
    rows = (
        (Button("citizen_step.button.title_ok", f"title_ok:{n}:{_stamp(title)}", changed.lang),),
        (Button("citizen_step.button.title_no", f"title_no:{n}:{_stamp(title)}", changed.lang),),
    )
    words = Words("citizen_step.title_ask", changed.lang, fields)
    move.do(Say(To(changed.owner), words, rows, Tag("title", about=n)))
    move.do(Note(n, "title_proposed", agent.name, "owner", {"title": title}))
    return changed


def on_answer(move: Move, event: Pressed, initiative: Initiative, *, yes: bool, proposed: str) -> None:
    """The citizen's answer; a press on an earlier proposal changes nothing."""
    title = initiative.proposed_title
    if not title or proposed != _stamp(title):
        move.answers(event.callback_id, Words("citizen_step.title_old", initiative.lang))
        return
    changed = replace(
        initiative,
        title=title if yes else initiative.title,
        proposed_title="",
        touched=move.world.now,
    )
    move.save(changed)
    key = "title_yes" if yes else "title_kept"
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    answer = Words(f"citizen_step.{key}", changed.lang, {"title": changed.title})
    move.do(Say(To(changed.owner), answer, tag=Tag("notice", about=changed.number)))
    to = places.main_desk(changed)
    if to is not None:
        told: dict[str, Field] = {"name": card.first_name(changed), "title": title, "n": changed.number}
        move.do(Say(to, say(f"desk.{key}", **told)))
    move.do(Note(changed.number, key, changed.owner_name, "owner", {"title": title}))
    if yes:
        named: dict[str, Field] = {"n": changed.number, "title": title, "name": card.first_name(changed)}
        partners.tell(move, changed, Words("bridge.renamed", changed.lang, named))
        card.name_topics(move, changed)
    card.refresh(move, changed)


def _stamp(title: str) -> str:
    """A short mark of a proposal, so that a press on an older one is seen for what it is."""
    return f"{sum((place + 1) * ord(sign) for place, sign in enumerate(title)) % 1_000_000}"
