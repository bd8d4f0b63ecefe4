"""How an agent's words find the citizen: only by an explicit act, and never to the wrong person."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import attachments, card, companions, marks, places, relay, steps
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Ref, Say, Strip, Tag, To
from bot.core.events import Delivery, Edited, Pressed, Said
from bot.core.frame import Agent
from bot.core.history import TAKEN_BACK
from bot.core.initiative import NOBODY, Initiative
from bot.core.people import Asking, Form, Talk
from bot.core.promise import CORRECTION
from bot.core.world import Link, Move

COMMAND = "svar"
CHOSEN_FOR = timedelta(minutes=15)
"""How long a chosen citizen stays chosen in an agent's own chat after the last words to them."""
MOST_NAMES = 4


def ask_for(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Open the answer field: what is written there goes to the citizen."""
    move.answers(event.callback_id)
    open_field(move, event.chat.id, initiative, agent)


def open_field(move: Move, chat: int, initiative: Initiative, agent: Agent) -> None:
    """Ask the agent for the words to the citizen; the answer to this very message goes out."""
    private = chat == agent.telegram
    name = card.first_name(initiative)
    fields: dict[str, Field] = {"name": name, "agent": agent.first_name, "n": initiative.number}
    fields["title"] = card.short_title(initiative)
    key = "desk.reply.prompt_private" if private else "desk.reply.prompt_group"
    key = "desk.reply.prompt_absent" if initiative.owner == NOBODY else key
    tag = Tag("prompt", initiative.number, by=agent.telegram or 0, detail="reply")
    words = say(key, **fields)
    if agent.id != initiative.responsible:
        words = card.stack(say("colleague.with.lead_has", lead=initiative.responsible_name), words)
    move.do(Say(places.in_chat(initiative, chat), words, tag=tag, prompt=True))
    if private:
        choose(move, initiative.number)


def choose(move: Move, number: int) -> None:
    """From now on, and for a while, what the agent writes in their own chat is for this citizen."""
    now = move.world.now
    times = (("until", (now + CHOSEN_FOR).isoformat()), ("since", now.isoformat()))
    move.talk = replace(move.talk, form=Form("to", number, times), focus=number, asking=None)


def chosen(move: Move) -> int:
    """The initiative whose citizen is chosen right now, or 0.

    A choice ends after a while, when the initiative ends, and as soon as another citizen has been heard here, also
    one whose initiative has ended: what is typed then may be meant for either. The choice of one that had ended
    already holds.
    """
    form = move.talk.form
    if form is None or form.kind != "to":
        return 0
    times = {name: datetime.fromisoformat(value) for name, value in form.filled}
    initiative = move.initiative(form.about)
    over = initiative is None or _ended_since(initiative, times["since"]) or move.world.now > times["until"]
    others = (marks.moment(other, marks.HEARD) for other in move.initiatives.values() if other.number != form.about)
    return 0 if over or any(heard is not None and heard >= times["since"] for heard in others) else form.about


def chosen_since(talk: Talk, at: datetime) -> datetime | None:
    """Since when a citizen is chosen, where that can still hold for words of this moment: who wrote since then counts.

    None where nobody is, so that not every initiative of an agent's need be read for each of their words. Telegram's
    clock may be ahead of ours: twice the time is enough for any.
    """
    form = talk.form
    since = dict(form.filled).get("since") if form is not None and form.kind == "to" else None
    began = datetime.fromisoformat(since) if since else None
    return began if began is not None and at <= began + 2 * CHOSEN_FOR else None


def send(move: Move, initiative: Initiative, agent: Agent, said: Said, *, by_command: bool = False) -> None:
    """Send the words to the citizen of this initiative; "sendt" is told when they have arrived."""
    current = move.initiative(initiative.number) or initiative
    relay.to_citizen(move, companions.joined(move, current, agent), agent, said, by_command=by_command)
    if attachments.too_large(said):
        move.do(Say(To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread), say("desk.reply.large_film")))
    if said.chat.kind == "private":
        choose(move, initiative.number)


def hold(move: Move, initiative: Initiative, said: Said) -> None:
    """A swipe in a group may be meant for either side: nothing goes out before a press says so."""
    n, message = initiative.number, said.message_ids[0]
    before = move.talk.asking
    move.talk = replace(move.talk, asking=_waiting("whom", n, said))
    name = card.first_name(initiative)
    rows = (
        (Button("desk.button.out", f"out:{n}:{message}", fields={"name": card.button_name(initiative)}),),
        (Button("desk.button.internal", f"in:{n}:{message}"),),
    )
    again = before is not None and before.kind == "whom"
    words = say("desk.whom.ask_again" if again else "desk.whom.ask", name=name)
    to = places.in_chat(initiative, said.chat.id)
    move.do(Say(to, words, rows, Tag("whom", about=n), reply_to=Ref(said.chat.id, message)))


def ask_whom(move: Move, said: Said, agent: Agent) -> None:
    """Words in an agent's own chat without a receiver: named buttons, and nothing goes out before a press."""
    mine = open_for(move, agent, move.world.now - CHOSEN_FOR)
    if not mine:
        move.do(Say(To(said.chat.id), say("desk.whom.nobody")))
        return
    message = said.message_ids[0]
    before = move.talk.asking
    waited = before.message_ids[0] if before is not None and before.kind == "whom" and before.message_ids else 0
    move.talk = replace(move.talk, asking=_waiting("whom", 0, said), form=None)
    rows = [
        (
            Button(
                "desk.button.to",
                f"out:{initiative.number}:{message}",
                fields={"name": card.first_name(initiative)[:14], "n": initiative.number},
            ),
        )
        for initiative in mine[:MOST_NAMES]
    ]
    rows.append((Button("desk.button.nobody", f"in:0:{message}"),))
    key = "desk.whom.which_more" if len(mine) > MOST_NAMES else "desk.whom.which"
    if waited and waited != message:
        key = "colleague.whom_again"
    origin = Ref(said.chat.id, message)
    move.do(Say(To(said.chat.id), say(key), tuple(rows), Tag("whom"), reply_to=origin))


def named_first(text: str) -> int:
    """The number that words to a citizen begin with, or 0: in the topic of another it may name whom they are for."""
    first, _, rest = text.strip().partition(" ")
    named = first.removeprefix("nr.").removeprefix("#")
    return int(named) if rest.strip() and named.isascii() and named.isdigit() and len(named) < 10 else 0


def ask_which(move: Move, said: Said, here: Initiative, named: Initiative) -> None:
    """ "/svar 12 ..." in another's topic: whose number it is, or what the words begin with, only the agent knows."""
    message = said.message_ids[0]
    move.talk = replace(move.talk, asking=_waiting("whom", 0, said))
    rows = tuple(
        (Button("desk.button.to", f"out:{n}:{message}", fields={"name": card.first_name(one)[:14], "n": n}),)
        for n, one in ((here.number, here), (named.number, named))
    )
    nobody = (Button("desk.button.nobody", f"in:0:{message}"),)
    to = places.in_chat(here, said.chat.id)
    move.do(Say(to, say("desk.whom.which"), (*rows, nobody), Tag("whom"), reply_to=Ref(said.chat.id, message)))


def decide(move: Move, event: Pressed, agent: Agent, number: int, detail: str, *, out: bool) -> None:
    """The press that sends held words out, or lets them stay inside."""
    asking = move.talk.asking
    held = asking is not None and asking.kind == "whom" and bool(asking.message_ids)
    if asking is None or not held or str(asking.message_ids[0]) != detail or asking.about not in (0, number):
        move.answers(event.callback_id, say("desk.whom.old"), alert=True)
        move.do(Strip(Ref(event.chat.id, event.message_id)))
        return
    move.talk = replace(move.talk, asking=None)
    initiative = move.initiative(number) if out else None
    if out and initiative is None:
        move.answers(event.callback_id, say("desk.unknown_number"), alert=True)
        return
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if initiative is None:
        move.answers(event.callback_id, say("desk.whom.kept"))
        return
    move.answers(event.callback_id)
    said = Said(
        chat=event.chat,
        sender=event.sender,
        message_ids=asking.message_ids,
        at=event.at,
        text=_without_number(asking.text, number) if move.world.topic not in (0, number) else asking.text,
        media=asking.media,
        place=asking.place,
    )
    send(move, initiative, agent, said)


def take_back(move: Move, event: Pressed, initiative: Initiative, detail: str) -> None:
    """Take a sent message back out of the citizen's chat, within 48 h."""
    line = sent_line(move, initiative, detail)
    if line is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    if move.world.now - sent_at(move, initiative, line) > CORRECTION:
        move.answers(event.callback_id, say("desk.undo.too_late", name=card.first_name(initiative)), alert=True)
        move.do(Strip(Ref(event.chat.id, event.message_id)))
        return
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    relay.take_back(move, initiative, (line.origin_chat, line.origin_message), copies_of(move, initiative, detail))


def sent_line(move: Move, initiative: Initiative, detail: str) -> Link | None:
    """The line "sendt til ..." that was pressed, if it tells of words to this initiative's citizen."""
    line = move.world.target
    fits = line is not None and line.role == "sent" and line.about == initiative.number and detail.isdigit()
    return line if fits else None


def sent_at(move: Move, initiative: Initiative, line: Link) -> datetime:
    """When the words came to the citizen; the line that tells of them can be newer."""
    there = (copy.at for copy in move.world.copies if copy.chat == initiative.owner and copy.role == "reply")
    return min(there, default=line.at)


def copies_of(move: Move, initiative: Initiative, detail: str) -> tuple[int, ...]:
    """The messages in the citizen's chat that carry the pressed line's words; `detail` is the first one's id."""
    copies = [c.message_id for c in move.world.copies if c.chat == initiative.owner and c.role == "reply"]
    return tuple(dict.fromkeys((*copies, int(detail))))


def on_edited(move: Move, event: Edited, agent: Agent) -> None:
    """An agent's edit reaches the citizen only where the message itself did, and stays inside otherwise."""
    text = event.text.strip()
    commanded = text.casefold().startswith(f"/{COMMAND}")
    asking = move.talk.asking
    if asking is not None and event.message_id in asking.message_ids:
        move.talk = replace(move.talk, asking=replace(asking, text=without_command(text)))
        return
    copies = tuple(link for link in move.world.copies if link.role == "reply")
    initiative = move.initiative(copies[-1].about) if copies else move.initiative(move.world.topic)
    if initiative is None or not text:
        return
    to = places.in_chat(initiative, event.chat.id)
    origin = Ref(event.chat.id, event.message_id)
    name = card.first_name(initiative)
    if not copies:
        if commanded:
            move.do(Say(to, say("desk.reply.edit_not_sent", name=name), reply_to=origin))
    elif copies[-1].detail == relay.REPLY_BY_COMMAND and not commanded:
        move.do(Say(to, say("desk.reply.edit_without_command", name=name), reply_to=origin))
    else:
        relay.agent_edited(move, initiative, agent, without_command(text), copies)


def on_delivery(move: Move, event: Delivery) -> None:
    """What became of an agent's words: only what has arrived counts as an answer."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.outcome == "delivered":
        steps.answer_arrived(move, initiative, relay.reply_mark(event.origin_chat, event.origin_message))
        about = f"{event.about}:{event.message_id or 0}"
        undo, astray = Button("desk.button.undo", f"undo:{about}"), Button("desk.button.astray", f"astray:{about}")
        relay.reported(move, event, "desk.reply.sent", undo, astray)
    else:
        relay.reported(move, event, f"desk.reply.{event.outcome}")


def on_taken_back(move: Move, event: Delivery) -> None:
    """What became of an undo: staff are told how it stands at the citizen."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.outcome == "delivered":
        taken: dict[str, Field] = {"message": event.origin_message}
        move.do(Note(initiative.number, TAKEN_BACK, relay.writer(move, initiative), "owner", taken))
        steps.answer_taken_back(move, initiative, relay.reply_mark(event.origin_chat, event.origin_message))
        overwritten = event.reason == "overwritten"
        relay.reported(move, event, "desk.undo.overwritten" if overwritten else "desk.undo.done")
    else:
        relay.reported(move, event, "desk.undo.failed")


def open_for(move: Move, agent: Agent, since: datetime) -> list[Initiative]:
    """Those that an agent leads or helps with, the one that moved last first: open, or heard of since then."""
    mine = (i for i in move.initiatives.values() if i.responsible == agent.id or agent.id in i.helpers)
    heard = (i for i in mine if not i.stage.closed or (marks.moment(i, marks.HEARD) or since) > since)
    return sorted(heard, key=lambda initiative: initiative.touched, reverse=True)


def _ended_since(initiative: Initiative, since: datetime) -> bool:
    return initiative.stage.closed and (not initiative.stages or initiative.stages[-1].at >= since)


def without_command(text: str) -> str:
    """The text behind "/svar", with or without the bot's name; any other text as it is."""
    first, _, rest = text.partition(" ")
    name = first.partition("\n")[0].partition("@")[0]
    if name.casefold() != f"/{COMMAND}":
        return text
    return text[len(first.partition("\n")[0]) :].strip() if "\n" in first else rest.strip()


def _without_number(text: str, number: int) -> str:
    return text.strip().partition(" ")[2].strip() if named_first(text) == number else text


def _waiting(kind: str, about: int, said: Said) -> Asking:
    return Asking(kind, about=about, text=said.text, media=said.media, place=said.place, message_ids=said.message_ids)
