"""Which initiative a citizen's words belong to, and what the citizen can do with one that is sent."""

import hashlib
from dataclasses import replace

from bot.core import (
    alike,
    card,
    drafting,
    false_alarm,
    handover,
    measure,
    offering,
    offers,
    others,
    partners,
    plenty,
    relay,
    reopening,
    status,
    steps,
    trial,
    wording,
)
from bot.core.effects import Buttons, Field, Note, Parts, Quote
from bot.core.events import Chat, Said, Sender
from bot.core.face import NO_IDEAS
from bot.core.initiative import Initiative, Turn
from bot.core.people import Asking
from bot.core.world import Move

NEW = Asking("new")
MEANT = Asking("meant")
"""What is asked after a signpost that was wrong: what comes next is an idea, whatever it sounds like."""
MOST_CHOICES = 3
PAUSE_WORKING_DAYS = 20
WORDS_OF_AN_IDEA = 7
"""Words from which a message in an open talk may be another idea."""


def answers_a_message(move: Move, said: Said) -> bool:
    """Whether the words answer a message about one of the citizen's own initiatives; then they go there."""
    target = move.world.target
    initiative = move.initiative(target.about) if target is not None and target.about else None
    if initiative is None or not partners.takes_part(initiative, move.person.id):
        return False
    carry_on(move, initiative, said)
    return True


def find(move: Move, said: Said) -> None:
    """No draft, no reply: the talk that is open, or else one question."""
    if move.talk.asking in (NEW, MEANT):
        _begin(move, said)
        return
    running = status.open_initiatives(move)
    already = next((initiative for initiative in running if initiative.number == said.carried), None)
    waiting = [initiative for initiative in running if initiative.step.turn is Turn.CITIZEN]
    if already is not None:
        carry_on(move, already, said)
    elif len(waiting) == 1:
        carry_on(move, waiting[0], said)
    elif len(running) == 1 and not _sounds_new(running[0], move, said.text):
        carry_on(move, running[0], said)
    elif move.world.match is not None and move.world.match.kind == "smalltalk" and move.talk.focus == 0:
        move.tell(move.words("citizen.smalltalk"))
    else:
        _ask_which(move, said, running)


def carry_on(move: Move, initiative: Initiative, said: Said) -> None:
    """Carry the words on to the agent; the citizen is told when it becomes the agent's turn, and by when."""
    if initiative.stage.closed:
        _after_the_end(move, initiative, said)
        return
    was_waiting = initiative.step.turn is Turn.CITIZEN
    quiet_since = move.world.now - initiative.touched
    relay.to_desk(move, initiative, said)
    current = move.initiative(initiative.number) or initiative
    move.talk = replace(
        move.talk, focus=initiative.number, carried=said.message_ids[0], asking=None, last=move.world.now
    )
    if was_waiting:
        steps.citizen_answered(move, current)
        current = move.initiative(initiative.number) or current
    first = current.responsible_name.split()[0]
    if trial.heard(move, current, said):
        return
    if was_waiting or current.answered is None:
        told = "citizen.carried.until"
        move.tell(move.words(told, agent=current.responsible_name, first=first, due=current.step.due))
    elif quiet_since.total_seconds() > 600:
        move.tell(move.words("citizen.carried.on", agent=current.responsible_name))


def give_to(move: Move, number: int) -> None:
    """The citizen has said which initiative the waiting words are for; 0 is a new idea."""
    asking = move.talk.asking
    if asking is None or not asks_which(move):
        move.tell(move.words("citizen.old_button"))
        return
    said = _waiting_words(move, asking)
    initiative = move.initiative(number) if number else None
    move.talk = replace(move.talk, asking=None)
    if initiative is not None and partners.takes_part(initiative, move.person.id):
        carry_on(move, initiative, said)
    else:
        _begin(move, said)


def asks_which(move: Move) -> bool:
    """Whether the citizen was asked which initiative their words are for."""
    return move.talk.asking is not None and move.talk.asking.kind == "which"


def let_go(move: Move) -> None:
    """The words that waited are for none of them: they go nowhere, and the citizen is told."""
    move.talk = replace(move.talk, asking=None)
    move.tell(move.words("citizen.which_let_go"))


def send(move: Move, version: int, topic: str = "") -> None:
    """Send the draft if this is its newest summary; where routing is not sure, ask what it is about, once."""
    draft = move.talk.draft
    if draft is None:
        newest = status.open_initiatives(move)
        if newest:
            move.tell(status.one(move, newest[0]))
        else:
            move.tell(move.words("citizen.old_button"))
    elif draft.kind == offering.KIND:
        drafting.summarise(move)
    elif draft.version != version:
        drafting.summarise(move, ahead=(move.words("citizen.stale_summary"),))
    elif false_alarm.is_unseen(move):
        # Something that was taken for danger may belong to the idea: the citizen sees that before it is sent.
        drafting.summarise(move)
    elif plenty.waits(move, draft):
        return
    elif topic or draft.sure or not _choices(move):
        handover.send(move, draft, topic=topic)
    else:
        choices = _choices(move, version)
        topics = [str(button.fields["topic"]) for row in choices for button in row if "topic" in button.fields]
        move.tell(move.words("citizen.which_topic", topics=", ".join(topics)), choices)


def _choices(move: Move, version: int = 0) -> Buttons:
    draft = move.talk.draft
    frame = move.world.frame
    lang = move.talk.lang or "da"
    found = [frame.topics[t.topic] for t in (draft.topics if draft else ()) if t.topic in frame.topics and t.score > 0]
    if not found:
        return ()
    rows = [
        (move.button("citizen.button.topic", f"d_topic:{version}:{t.id}", topic=t.label.get(lang, t.label["da"])),)
        for t in found[:MOST_CHOICES]
    ]
    rows.append((move.button("citizen.button.other_topic", f"d_topic:{version}:other"),))
    rows.append((move.button("citizen.button.dont_know", f"d_topic:{version}:dont_know"),))
    return tuple(rows)


def ask_if_ours(move: Move, said: Said) -> None:
    """The place lies outside the municipality: one question, and the place waits for the answer."""
    move.talk = replace(move.talk, asking=Asking("outside", place=said.place, message_ids=said.message_ids))
    name = move.world.frame.municipality.replace(" Kommune", "")
    yes = move.button("citizen.button.inside", "d_inside:1", municipality=name)
    no = move.button("citizen.button.outside", "d_inside:0")
    move.tell(move.words("citizen.outside", municipality=name), ((yes,), (no,)))


def place_is_ours(move: Move, yes: bool) -> None:
    """Keep the place that waited, or leave it out."""
    asking = move.talk.asking
    draft = move.talk.draft
    if asking is None or asking.kind != "outside" or draft is None:
        move.tell(move.words("citizen.old_button"))
        return
    drafting.keep(move, replace(draft, place=asking.place if yes else draft.place))
    drafting.summarise(move, ahead=(move.words("citizen.got.place" if yes else "citizen.place_left_out"),))


def regret(move: Move) -> None:
    """ "Jeg har fortrudt": one question with three choices; nothing changes before a press."""
    running = status.owned(move)
    draft = move.talk.draft
    if draft is not None:
        if not draft.version or draft.kind == offering.KIND:
            drafting.summarise(move)
            return
        move.tell(move.words("citizen.regret_draft"), drafting.summary_buttons(move, draft.version))
    elif not running:
        move.tell(move.words("citizen.nothing_to_regret"))
    elif len(running) == 1 or any(initiative.number == move.talk.focus for initiative in running):
        ask_regret(move, next((i for i in running if i.number == move.talk.focus), running[0]))
    else:
        presses = tuple(
            (move.button("citizen.button.this_one", f"i_regret:{i.number}", n=i.number, title=i.title[:18]),)
            for i in running[:MOST_CHOICES]
        )
        move.tell(move.words("citizen.regret_which"), presses)


def ask_regret(move: Move, initiative: Initiative) -> None:
    """Mend it, put it on pause, or take it back; an offer is only taken back."""
    if initiative.kind == offering.KIND:
        offers.ask_back(move, initiative)
        return
    n, idea = initiative.number, initiative.kind not in NO_IDEAS
    rows = (
        (move.button("citizen.button.edit_sent" if idea else "matter.button.edit", f"i_edit:{n}"),),
        (move.button("citizen.button.pause", f"i_pause:{n}"),),
        (move.button("citizen.button.withdraw" if idea else "citizen.button.own_stop", f"i_withdraw:{n}", n=n),),
    )
    move.tell(move.words("citizen.regret", n=n, title=initiative.title), rows)


def ask_edit(move: Move, initiative: Initiative | None = None) -> None:
    """Ask what should be different in an initiative that is sent."""
    chosen = initiative or status.owned(move)[0]
    move.talk = replace(move.talk, asking=Asking("edit", about=chosen.number))
    move.tell(
        move.words(
            "citizen.edit_sent_how", n=chosen.number, title=chosen.title, first=chosen.responsible_name.split()[0]
        )
    )


def edit_sent(move: Move, number: int, said: Said) -> None:
    """Take in a correction of an initiative that is sent: the agent sees old and new; nothing else moves.

    An idea that got a no is open again once it is another idea.
    """
    initiative = move.initiative(number)
    move.talk = replace(move.talk, asking=None)
    refused = initiative is not None and initiative.stage in status.NOES
    if initiative is None or initiative.owner != move.person.id or (initiative.stage.closed and not refused):
        move.tell(move.words("citizen.old_button"))
        return
    if not measure.has_room(initiative.words, initiative.media, said):
        carry_on(move, initiative, said)
        return
    before = "\n".join(words.text for words in initiative.standing)
    draft = drafting.corrected(initiative.words, said)
    changed = replace(initiative, words=draft, touched=move.world.now)
    move.save(changed)
    after = "\n".join(words.text for words in changed.standing)
    relay.correction(move, changed, before, after)
    card.refresh(move, changed)
    move.do(Note(number, "edited", move.person.name, "owner", {"before": before, "after": after}))
    if refused:
        reopening.by_citizen(move, changed)
        return
    move.tell(move.words("citizen.edited_sent", first=changed.responsible_name.split()[0]))


def pause(move: Move, initiative: Initiative) -> None:
    """Rest until the citizen writes again; the agent asks on a named date."""
    steps.pause_by_citizen(move, initiative, PAUSE_WORKING_DAYS)
    paused = move.initiative(initiative.number) or initiative
    fields: dict[str, Field] = {"n": paused.number, "agent": paused.responsible_name, "due": paused.step.due}
    move.tell(move.words("citizen.paused", **fields))
    fields |= {"title": card.short_title(paused), "name": card.first_name(paused)}
    partners.tell(move, paused, move.words("bridge.paused", **fields))


def withdraw(move: Move, initiative: Initiative) -> None:
    """The citizen's own act: it stops."""
    handover.withdraw(move, initiative)
    move.tell(move.words("citizen.withdrawn", n=initiative.number, title=initiative.title))


def send_aside(move: Move, number: int) -> None:
    """Send the idea that was laid aside while the initiator of another one was asked."""
    draft = alike.take_up(move, number)
    if draft is None:
        move.tell(move.words("citizen.one_at_a_time" if move.talk.draft is not None else "citizen.old_button"))
    else:
        send(move, draft.version)


def offer_to_erase(move: Move) -> None:
    """Say plainly that deleting on the phone deletes nothing here, and offer a button that does."""
    initiative = move.initiative(move.talk.focus)
    if not move.talk.carried or initiative is None:
        move.tell(move.words("citizen.erase_nothing"))
        return
    first = initiative.responsible_name.split()[0]
    press = move.button("citizen.button.erase", f"i_erase:{initiative.number}:{move.talk.carried}", first=first)
    move.tell(move.words("citizen.erase_offer", first=first), ((press,),))


def offer_public(move: Move, initiative: Initiative) -> None:
    """Show the very text that others would see, before anything is shown."""
    if initiative.kind in NO_IDEAS or initiative.stage.closed:
        move.tell(move.words("citizen.old_button"))
        return
    if others.names(initiative.title, _staff(move)):
        edit = move.button("citizen.button.edit_sent", f"i_edit:{initiative.number}")
        move.tell(move.words("citizen.public_names"), ((edit,),))
        return
    own = shown_words(move, initiative)
    ok = move.button("citizen.button.public_ok", f"i_public_ok:{initiative.number}:{_stamp(move, initiative)}")
    no = move.button("citizen.button.public_no", f"i_status:{initiative.number}")
    head = move.words("citizen.public_offer", n=initiative.number, title=initiative.title)
    health = others.is_about_health(f"{initiative.title}\n{own}")
    foot = move.words("citizen.public_offer_health" if health else "citizen.public_offer_foot")
    move.tell(Parts((head, Quote(f"«{own}»"), foot)), ((ok,), (no,)))


def shown_words(move: Move, initiative: Initiative) -> str:
    """What others see once the citizen says yes to it: an extract without what names somebody or where they live."""
    spared = tuple(others.without(words.text, _staff(move)) for words in initiative.standing)
    return wording.extracts(tuple(words for words in spared if words), 60)


def _staff(move: Move) -> frozenset[str]:
    """The names that may stand anywhere: those of the sparring agents."""
    return frozenset(agent.name for agent in move.world.frame.agents.values())


def make_public(move: Move, initiative: Initiative, shown: str) -> None:
    """Open the initiative for others to follow, in the very words that were shown; other words are shown first."""
    if shown != _stamp(move, initiative):
        offer_public(move, initiative)
        return
    move.save(replace(initiative, public=True, public_words=shown_words(move, initiative), touched=move.world.now))
    move.do(Note(initiative.number, "public", move.person.name, "owner"))
    move.tell(move.words("citizen.public_now", n=initiative.number))


def hide(move: Move, initiative: Initiative) -> None:
    """Close it again: nobody but the citizen and the municipality sees it any more."""
    if not initiative.public:
        move.tell(move.words("citizen.not_public", n=initiative.number))
        return
    move.save(replace(initiative, public=False, public_words="", touched=move.world.now))
    move.do(Note(initiative.number, "hidden", move.person.name, "owner"))
    move.tell(move.words("citizen.hidden_now", n=initiative.number))


def _stamp(move: Move, initiative: Initiative) -> str:
    """A short mark of what would be shown, so that a yes to other words is seen for what it is."""
    return hashlib.sha256(f"{initiative.title}\n{shown_words(move, initiative)}".encode()).hexdigest()[:12]


def _begin(move: Move, said: Said) -> None:
    route = move.world.route
    match = route(said.text) if route is not None and said.text.strip() else move.world.match
    offers.take_up(move, said, match)


def _sounds_new(running: Initiative, move: Move, text: str) -> bool:
    """Whether the words are clearly another idea than the one that is open; a short remark is part of the talk."""
    match = move.world.match
    if match is None or match.kind not in ("idea", "offer") or not match.sure or not match.topics:
        return False
    if wording.count(text) < WORDS_OF_AN_IDEA or len(match.topics[0].because) < 2:
        return False
    return match.topics[0].topic not in {found.topic for found in running.topics[:3]}


def _ask_which(move: Move, said: Said, running: list[Initiative]) -> None:
    before = move.talk.asking
    asking = Asking("which", text=said.text, media=said.media, place=said.place, message_ids=said.message_ids)
    if before is not None and before.message_ids and before.kind != "outside":
        # What is written while the question stands open waits with what it was asked about.
        asking = replace(
            asking,
            text="\n".join(filter(None, (before.text, said.text))),
            media=before.media + said.media,
            place=said.place or before.place,
            message_ids=before.message_ids + said.message_ids,
        )
    move.talk = replace(move.talk, asking=asking)
    rows = [
        (move.button("citizen.button.this_one", f"i_to:{i.number}", n=i.number, title=i.title[:18]),)
        for i in running[:MOST_CHOICES]
    ]
    rows.append((move.button("citizen.button.new_idea", "i_to:0"),))
    move.tell(move.words("citizen.which"), tuple(rows))


def _waiting_words(move: Move, asking: Asking) -> Said:
    return Said(
        chat=Chat(move.person.id, "private"),
        sender=Sender(move.person.id, move.person.name),
        message_ids=asking.message_ids,
        at=move.world.now,
        text=asking.text,
        media=asking.media,
        place=asking.place,
    )


def _after_the_end(move: Move, initiative: Initiative, said: Said) -> None:
    """It has ended, but who answered can still be asked: the words go to the same person, in the same thread."""
    relay.to_desk(move, initiative, said)
    move.tell(move.words("citizen.carried.on", agent=initiative.responsible_name))
