"""What a citizen's press of a button does; every payload is checked against what is theirs."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import (
    absent,
    accounting,
    afterwards,
    alike,
    asking_back,
    barred,
    belonging,
    between,
    bridging,
    callback,
    citizen,
    doorway,
    drafting,
    false_alarm,
    gatherings,
    handover,
    meetings,
    merging,
    offers,
    out_of_reach,
    own_data,
    partners,
    plenty,
    privacy,
    public,
    relay,
    reopening,
    seeking,
    showing,
    status,
    steps,
    survey,
)
from bot.core.effects import Answer, Effect, Ref, Say, Strip, Suspect, To
from bot.core.events import Edited, Event, Fell, Membership, Pressed, Said
from bot.core.initiative import Initiative
from bot.core.people import Asking, Talk
from bot.core.world import Link, Move, Needs

OWN: dict[str, Callable[[Move, Initiative], None]] = {
    "i_status": status.tell_one,
    "i_edit": belonging.ask_edit,
    "i_regret": belonging.ask_regret,
    "i_pause": belonging.pause,
    "i_withdraw": belonging.withdraw,
    "i_reopen": reopening.by_citizen,
    "i_public": belonging.offer_public,
    "i_hide": belonging.hide,
    "i_seek": seeking.ask,
    "i_seek_off": seeking.stop,
}
"""Acts on an initiative of one's own, by the verb of the button."""
OF_WHAT_RUNS = frozenset({"i_regret", "i_pause", "i_withdraw"})
"""Those of them that can only be done to what has not ended: their buttons outlive it."""
OF_BRIDGES = bridging.VERBS | merging.VERBS | seeking.VERBS | {survey.KIND}
"""The verbs by which an initiator answers others, says what help is looked for, or tells how it was."""


def on_pressed(move: Move, event: Pressed) -> None:
    """Do what the button says, if it is this citizen's to do; an old or a forged one is told so, kindly."""
    verb, number, detail = parse(event.data)
    if barred.press_turned_away(move, verb):
        return
    _do(move, event, verb, number, detail)
    waited, asked = move.world.talk.asking, move.talk.asking
    kept = asked is None or asked.kind in ("which", own_data.FORGET) or verb == "i_to"
    if waited is not None and waited.kind == "which" and not kept:
        # Another question stands now, so that the words which waited for an answer go nowhere.
        privacy.tell_with(move, move.words("citizen.which_lost"))


def _do(move: Move, event: Pressed, verb: str, number: int, detail: str) -> None:
    if verb.startswith("d_"):
        _on_draft(move, verb, number, detail)
    elif (
        verb in OWN
        or verb in ("i_erase", "i_public_ok")
        or verb in steps.CITIZEN_VERBS | meetings.VERBS | showing.VERBS | afterwards.VERBS | OF_BRIDGES
    ):
        _on_own(move, event, verb, number, detail)
    elif verb == "i_to":
        belonging.give_to(move, number)
    elif verb in offers.VERBS:
        offers.on_press(move, event, verb, number, detail)
    elif verb in alike.VERBS:
        _on_alike(move, verb, number)
    elif verb in between.VERBS:
        between.on_press(move, event, verb, number, detail)
    elif verb == partners.LEAVE:
        _on_own(move, event, verb, number, detail)
    elif verb in public.VERBS:
        public.on_press(move, event, verb, number, detail)
    elif verb in (false_alarm.VERB, false_alarm.VERB_ALL):
        citizen.on_calm(move, event, verb, detail)
    elif verb == asking_back.VERB:
        asking_back.ask(move, number)
    elif verb == accounting.VERB:
        accounting.tell_part(move, To(move.person.id), move.talk.lang or "da", detail)
    elif verb == "human":
        doorway.human(move)
    elif verb == "call_me":
        callback.ask(move)
    elif verb == out_of_reach.READ:
        out_of_reach.read(move)
    elif verb in own_data.VERBS:
        own_data.on_press(move, event, verb)
    elif verb == "wrong_door":
        doorway.not_what_i_meant(move)
    elif verb == gatherings.VERB:
        gatherings.on_pressed(move, event, detail)
    else:
        move.answers(event.callback_id, move.words("citizen.old_button"))


def said(effects: list[Effect], event: Pressed) -> list[Effect]:
    """What follows a press, with what would pop up said as a message: a screen reader reads no pop-up (A-01)."""
    told: list[Effect] = []
    for effect in effects:
        if isinstance(effect, Answer) and effect.words is not None:
            told += [Answer(effect.callback_id), Say(To(event.chat.id), effect.words)]
        else:
            told.append(effect)
    return told


def spoken(effects: list[Effect], event: Pressed) -> list[Effect]:
    """What follows a button that was pressed by its words: there is no press to answer, and no message was pressed."""
    pressed = Ref(event.chat.id, event.message_id)
    return [
        effect
        for effect in said(effects, event)
        if not isinstance(effect, Answer) and not (isinstance(effect, Strip) and effect.target == pressed)
    ]


def parse(data: str) -> tuple[str, int, str]:
    """A button's verb, number and detail; ("", 0, "") for what is no payload of ours."""
    verb, _, rest = data.partition(":")
    number, _, detail = rest.partition(":")
    if not verb.replace("_", "").isalpha() or not (number.isascii() and number.isdigit()) or len(number) > 12:
        return "", 0, ""
    return verb, int(number), detail


def citizen_needs(event: Event, talk: Talk, target: Link | None) -> Needs:
    """What a citizen's event needs: their own initiatives, and the one that a button or a link names."""
    if isinstance(event, Fell):
        return Needs(owned_by=event.chat)
    if isinstance(event, Pressed):
        verb, number, detail = parse(event.data)
        named = frozenset({number}) if number and not verb.startswith("d_") else frozenset[int]()
        if verb in bridging.VERBS | merging.VERBS | offers.VERBS:
            own = detail.rpartition("-")[2]
            named |= {int(own)} if own.isdigit() and len(own) < 12 else set()
        copies = int(detail) if verb in ("i_erase", between.ERASE) and detail.isdigit() else 0
        return Needs(initiatives=named, owned_by=event.sender.id, copies_of=copies)
    if isinstance(event, Said):
        payload = event.text.strip().removeprefix("follow_") if event.command == "start" else ""
        if payload.startswith(absent.START):
            payload = payload.removeprefix(absent.START).partition("_")[0]
        named = frozenset({int(payload)}) if payload.isdigit() and len(payload) < 12 else frozenset[int]()
        if target is not None and target.about:
            named |= {target.about}
        if talk.focus:
            named |= {talk.focus}
        if talk.asking is not None and between.is_asked(talk):
            named |= {talk.asking.about}
        return Needs(initiatives=named, owned_by=event.sender.id)
    if isinstance(event, Edited | Membership):
        return Needs(owned_by=event.sender.id)
    return Needs()


def _on_draft(move: Move, verb: str, version: int, detail: str) -> None:
    draft = move.talk.draft
    if verb == "d_undo":
        drafting.take_up_again(move)
    elif verb in ("d_send", "d_topic"):
        belonging.send(move, version) if verb == "d_send" else _choose_topic(move, version, detail)
    elif draft is None:
        move.tell(move.words("citizen.old_button"))
    elif verb == "d_skip":
        drafting.skip(move)
    elif verb == "d_edit":
        drafting.ask_how_to_edit(move)
    elif verb == "d_rewrite":
        move.talk = replace(move.talk, asking=Asking("rewrite"))
        move.tell(move.words("citizen.rewrite_how"))
    elif verb == "d_drop":
        drafting.drop(move)
    elif verb == "d_later":
        move.tell(move.words("citizen.later"))
    elif verb == "d_inside":
        belonging.place_is_ours(move, yes=version == 1)


def _choose_topic(move: Move, version: int, topic: str) -> None:
    draft = move.talk.draft
    if draft is not None and draft.version == version and topic in ("other", "dont_know"):
        if not plenty.waits(move, draft):
            handover.send(move, draft, topic=topic)
    else:
        belonging.send(move, version, topic if topic in move.world.frame.topics else "")


def _on_alike(move: Move, verb: str, number: int) -> None:
    if verb == "l_follow":
        alike.follow(move, number)
    elif verb == "l_join":
        alike.join(move, number)
    elif verb == "l_send":
        belonging.send_aside(move, number)
    elif move.talk.draft is not None:
        drafting.summarise(move)
    else:
        move.tell(move.words("citizen.old_button"))


def _on_own(move: Move, event: Pressed, verb: str, number: int, detail: str) -> None:
    initiative = move.initiative(number)
    partner = initiative is not None and partners.of(initiative, move.person.id) is not None
    allowed = partner and verb in partners.VERBS | {survey.KIND}
    if initiative is None or (initiative.owner != move.person.id and not allowed):
        move.do(Suspect("press on another's initiative", number))
        move.answers(event.callback_id, move.words("citizen.old_button"))
    elif verb == partners.LEAVE:
        partners.leave(move, initiative)
    elif verb in seeking.VERBS:
        seeking.on_press(move, event, initiative, verb, detail)
    elif verb in merging.VERBS:
        merging.on_press(move, event, initiative, verb, detail)
    elif verb == survey.KIND:
        survey.on_press(move, event, initiative, detail)
    elif verb in bridging.VERBS:
        bridging.on_press(move, event, initiative, verb, detail)
    elif verb in afterwards.VERBS:
        afterwards.on_press(move, event, initiative, verb)
    elif verb in showing.VERBS:
        showing.on_press(move, event, initiative, verb, detail)
    elif verb in meetings.VERBS:
        meetings.on_press(move, event, initiative, verb, detail)
    elif verb in steps.CITIZEN_VERBS:
        steps.on_citizen_press(move, event, initiative, verb, detail)
    elif verb == "i_public_ok":
        belonging.make_public(move, initiative, detail)
    elif verb == "i_erase":
        relay.erase_for_citizen(move, initiative, int(detail) if detail.isdigit() else 0)
    elif verb in OF_WHAT_RUNS and initiative.stage.closed:
        move.answers(event.callback_id, move.words("citizen.old_button"))
    else:
        OWN[verb](move, initiative)
