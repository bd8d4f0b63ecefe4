"""What comes of a question between two citizens: a yes makes one talk of it, a no or a silence is told kindly."""

from bot.core import bridges, card, offers, partners, places
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Quote, Ref, Say, Strip, Tag, To, Words
from bot.core.events import Fell, Pressed
from bot.core.initiative import Initiative, Partner
from bot.core.world import Move

VERBS = frozenset({"join_yes", "join_no"})
"""The verbs of the initiator's buttons."""


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """The initiator's answer; a second one changes nothing."""
    number = detail.partition("-")[0]
    bridge = next((one for one in bridges.of(initiative) if str(one.id) == number), None)
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
    initiative = move.initiative(event.about)
    number = event.key.split(":")[2]
    bridge = next((one for one in bridges.of(initiative) if str(one.id) == number), None) if initiative else None
    if initiative is None or bridge is None or bridge.said or _is_over(move, bridge):
        return
    _tell_no(move, bridges.settle(move, initiative, bridge, "silent"), bridge, "silent")


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
    move.do(Say(To(bridge.person), welcome, ((out,),), Tag("bridge", n)))
    to = places.main_desk(changed)
    if to is not None:
        move.do(Say(to, Quote(bridge.text, say("desk.bridge.joined", **fields)), tag=Tag("bridge", n)))
    own = move.initiative(bridge.about) if bridge.about else None
    if own is not None:
        offers.end_in(move, own, changed)


def _is_over(move: Move, bridge: bridges.Bridge) -> bool:
    """Whether whoever asked has taken back what they asked with."""
    own = move.initiative(bridge.about) if bridge.about else None
    return own is not None and own.stage.closed
