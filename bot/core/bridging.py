"""What comes of a question between two citizens: a yes makes one talk of it, a no or a silence is told kindly."""

from dataclasses import replace

from bot.core import appointment, bridges, card, offering, offers, partners, places, steps
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Note, Parts, Quote, Ref, Say, SayFollowers, Strip, Tag, To, Words
from bot.core.events import Fell, Pressed
from bot.core.initiative import Initiative, Partner, Stage
from bot.core.world import Move

VERBS = frozenset({"join_yes", "join_no"})
"""The verbs of the initiator's buttons."""


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """The initiator's answer; a second one changes nothing."""
    number = detail.partition("-")[0]
    bridge = bridges.find(initiative, number)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if bridge is None or bridge.said or initiative.stage.closed or _is_over(move, bridge):
        move.answers(event.callback_id, Words("bridge.over", initiative.lang))
        return
    move.answers(event.callback_id)
    changed = bridges.settle(move, initiative, bridge, "yes" if verb == "join_yes" else "no")
    if verb == "join_yes":
        _come_in(move, changed, bridge)
    else:
        move.tell(Words("bridge.no_told", changed.lang))
        _tell_no(move, changed, bridge, "declined")


def on_fell(move: Move, event: Fell) -> None:
    """Nobody has answered for so long: whoever asked hears that, with what they can do next."""
    number, question, about = bridges.of_timer(event.key)
    initiative = move.initiative(number)
    if initiative is None:
        _tell_gone(move, about, number)
        return
    bridge = bridges.find(initiative, question)
    if bridge is None or bridge.said or _is_over(move, bridge):
        return
    _tell_no(move, bridges.settle(move, initiative, bridge, "silent"), bridge, "silent")


def _tell_gone(move: Move, about: int, number: int) -> None:
    """What was asked about is no longer there: to the asker that is a silence like another."""
    own = move.initiative(about) if about else None
    lang = move.person.lang
    if own is not None and own.kind == offering.KIND and not own.stage.closed:
        offers.go_on(move, own, "silent")
    elif own is None and not about:
        rows = ((Button("bridge.button.send_own", f"l_send:{number}", lang),),)
        move.tell(Words("bridge.silent.join", lang, {"n": number}), rows)


def _tell_no(move: Move, initiative: Initiative, bridge: bridges.Bridge, how: str) -> None:
    """A no and a silence are told alike: kindly, without a name or a reason, and with what can be done next."""
    own = move.initiative(bridge.about) if bridge.about else None
    if bridge.kind == "offer" and own is not None:
        offers.go_on(move, own, how)
        return
    n = initiative.number
    fields: dict[str, Field] = {"n": n, "title": card.short_title(initiative)}
    rows: Buttons = ()
    if bridge.kind == "join":
        rows = (
            (Button("bridge.button.send_own", f"l_send:{n}", bridge.lang),),
            (Button("open.button.follow", f"follow:{n}", bridge.lang),),
        )
    move.do(Say(To(bridge.person), Words(f"bridge.{how}.{bridge.kind}", bridge.lang, fields), rows))


def _come_in(move: Move, initiative: Initiative, bridge: bridges.Bridge) -> None:
    """Both have said yes: names pass, and from now on there is one talk."""
    partner = Partner(bridge.person, bridge.name, bridge.lang, move.world.now)
    changed = partners.join(move, initiative, partner)
    n, agent = changed.number, changed.responsible_name
    fields: dict[str, Field] = {"n": n, "title": card.short_title(changed), "agent": agent, "name": bridge.name}
    fields |= {"first": agent.split()[0], "owner": card.first_name(changed)}
    move.tell(Words("bridge.yes_owner", changed.lang, fields), tag=Tag("bridge", n))
    out = Button("bridge.button.leave", f"{partners.LEAVE}:{n}", bridge.lang)
    welcome = Words(f"bridge.agreed.{'offer' if bridge.kind == 'offer' else 'join'}", bridge.lang, fields)
    others = Words("bridge.with", bridge.lang, {"names": partners.names(initiative)})
    told = Parts((welcome, others)) if initiative.partners else welcome
    move.do(Say(To(bridge.person), told, ((out,),), Tag("bridge", n)))
    appointment.to_partner(move, changed, partner)
    for other in initiative.partners:
        move.do(Say(To(other.person), Words("bridge.has_joined", other.lang, fields)))
    to = places.main_desk(changed)
    if to is not None:
        move.do(Say(to, Quote(bridge.text, say("desk.bridge.joined", **fields)), tag=Tag("bridge", n)))
    own = move.initiative(bridge.about) if bridge.about else None
    if own is not None:
        _end_in(move, own, changed)


def _is_over(move: Move, bridge: bridges.Bridge) -> bool:
    """Whether whoever asked has taken back what they asked with."""
    own = move.initiative(bridge.about) if bridge.about else None
    return own is not None and own.stage.closed


def _end_in(move: Move, own: Initiative, other: Initiative) -> None:
    """Both said yes: what was the citizen's own goes on in the other one, and both initiators are in it."""
    steps.drop_timers(move, own)
    ended = replace(own, stage=Stage.JOINED, touched=move.world.now, paused=False)
    move.save(ended)
    move.do(Note(own.number, "joined", own.owner_name, "owner", {"with": other.number}))
    to = places.main_desk(ended)
    if to is not None:
        move.do(Say(to, say("desk.bridge.ended_in", n=own.number, other=other.number), silent=True))
    card.refresh(move, ended)
    if ended.public:
        fields: dict[str, Field] = {"n": own.number, "title": own.title, "other": other.number}
        move.do(SayFollowers(own.number, "citizen_step.followers.joined", fields, last=True))
    # Those who took part in it are no followers of it, and have said yes to nobody in the other one.
    for partner in own.partners:
        if not partners.takes_part(other, partner.person):
            went: dict[str, Field] = {"n": own.number, "title": card.short_title(own), "other": other.number}
            follow = Button("open.button.follow", f"follow:{other.number}", partner.lang)
            move.do(Say(To(partner.person), Words("bridge.went_on", partner.lang, went), ((follow,),)))
