"""A citizen in their own chat with the bot: what they write, send, edit, and when they come and go."""

from dataclasses import replace
from string import digits

from bot.core import (
    accounting,
    alike,
    asking_back,
    attachments,
    barred,
    bars,
    belonging,
    between,
    callback,
    doorway,
    drafting,
    false_alarm,
    flood,
    gatherings,
    looking_on,
    naming,
    offering,
    offers,
    out_of_reach,
    own_data,
    partners,
    privacy,
    public,
    relay,
    retention,
    seeking,
    status,
    why,
)
from bot.core.effects import Ref, Strip
from bot.core.events import Edited, Fell, Membership, Pressed, Said, Unknown
from bot.core.initiative import Initiative
from bot.core.people import Held
from bot.core.world import Move


def on_said(move: Move, said: Said) -> None:
    """Find out what the words are for: danger first, then what was asked for, then the idea they belong to."""
    _hear_language(move, said)
    alike.forget_aside(move)
    if doorway.emergency(move, said):
        return
    if barred.turned_away(move, said):
        doorway.notice(move)
        return
    if held := false_alarm.called_off(move):
        call_off(move, held)
    elif not false_alarm.asks_again(move):
        if move.world.intent in (false_alarm.INTENT, false_alarm.INTENT_ALL):
            move.world = replace(move.world, intent="")
        _hear(move, said)
        shown_later = move.talk.draft is not None and move.talk.draft.kind != offering.KIND
        if not (shown_later or move.world.intent or said.command or said.gathered):
            false_alarm.offer_once(move)
        doorway.near_danger(move)
    flood.calm(move, said)
    doorway.notice(move)
    move.talk = replace(move.talk, last=move.world.now)


def call_off(move: Move, held: Held | None) -> None:
    """There is no danger: hear what was held as it would have been heard; an agent who has it gets it only once."""
    if held is None:
        move.tell(move.words("citizen.calm.nothing"))
        return
    false_alarm.remember(move, held.said)
    initiative = move.initiative(held.about)
    if initiative is not None and partners.takes_part(initiative, move.person.id):
        false_alarm.tell_agent(move, initiative)
        told = move.words("citizen.calm.agent_told", agent=initiative.responsible_name)
        _hear_carried(move, initiative, replace(held.said, carried=initiative.number))
    else:
        told = move.words("citizen.calm.sorry")
        _hear(move, held.said)
    privacy.tell_with(move, told)


def on_calm(move: Move, event: Pressed, verb: str, detail: str) -> None:
    """The button of a false alarm, or the one that takes in what was left out by it."""
    if verb == false_alarm.VERB_ALL:
        held = false_alarm.take_all(move)
    else:
        held = false_alarm.take(move, int(detail)) if detail.isdigit() and len(detail) < 12 else None
        move.do(Strip(Ref(event.chat.id, event.message_id)))
    call_off(move, held)
    if held is not None:
        doorway.notice(move)
        move.talk = replace(move.talk, last=move.world.now)


def _hear_carried(move: Move, initiative: Initiative, said: Said) -> None:
    """Whatever else the words were for; the talk that they are part of goes on as if they came now."""
    asking = move.talk.asking
    if asking is not None and asking.kind != "which" and move.talk.draft is None:
        _hear(move, said)
    elif not belonging.answers_a_message(move, said):
        belonging.carry_on(move, initiative, said)
        move.talk = replace(move.talk, asking=asking)


def _hear(move: Move, said: Said) -> None:
    """What was asked for, or the idea or the talk that the words belong to."""
    said, files = attachments.without(said)
    if files and not said.text.strip() and not said.media and said.place is None:
        move.tell(move.words("citizen.other.picture_file"))
    elif said.command == "start" or move.world.intent == "start":
        doorway.start(move, said.text.strip() if said.command == "start" else "")
    elif between.heard(move, said):
        return
    elif other := _unusable(move, said):
        move.tell(move.words(f"citizen.other.{other}"))
    elif not (_asked_of_all(move, said) or _as_asked(move, said)):
        _as_words(move, said)
    if files and (said.text.strip() or said.media or said.place is not None):
        privacy.tell_with(move, move.words("citizen.other.picture_file"))
    if attachments.too_large(said):
        privacy.tell_with(move, move.words("citizen.other.large_film"))


def on_edited(move: Move, event: Edited) -> None:
    """Follow an edit: in the draft, or on its way to the agent; one that changes nothing passes in silence."""
    if not event.text.strip():
        return
    if (held := false_alarm.edited(move, event.message_id, event.text.strip())) is not None and not held.about:
        _hear_edited(move, held)
        return
    if drafting.edited(move, event.message_id, event.text.strip()):
        return
    if move.world.copies and not barred.edit_turned_away(move):
        between.edited(move, event)
        relay.citizen_edited(move, event)


def _hear_edited(move: Move, held: Held) -> None:
    """Words that tell of no danger any more are heard at once; where it is certain now, the number comes alone."""
    match = move.world.route(held.said.text) if move.world.route is not None else None
    if match is not None and match.kind != "emergency":
        call_off(move, false_alarm.take(move, held.said.message_ids[0]))
    elif match is not None and match.certain:
        move.tell(doorway.emergency_words(move.world.frame, match.emergency, move.talk.lang or "da"))


def on_membership(move: Move, event: Membership) -> None:
    """The citizen blocked the bot, or let it in again; nothing of theirs is deleted by it."""
    out_of_reach.found_all(move) if event.status == "member" else out_of_reach.lost_all(move)


def on_unknown(move: Move, event: Unknown) -> None:
    """Nobody who writes is met with silence, also when what they sent is of a kind that nobody knows."""
    if event.chat is not None and event.chat.kind == "private":
        move.tell(move.words("citizen.other.unknown"))


def on_fell(move: Move, event: Fell) -> None:
    """The week's news; the draft's timers: one reminder, a warning, and the day itself; and a message refused."""
    if event.kind == out_of_reach.LOST:
        out_of_reach.lost_all(move)
        return
    if event.kind == bars.KIND:
        barred.on_fell(move)
        return
    if event.kind == retention.IDLE:
        retention.on_idle(move)
        return
    if event.kind == false_alarm.KIND:
        false_alarm.forget(move)
        return
    if event.kind == "follow_week":
        public.on_week(move)
        return
    draft = move.talk.draft
    if event.kind == "draft_delete":
        move.talk = replace(move.talk, aside=None, dropped=None)
    if draft is None:
        return
    own = status.draft_words(move)
    if event.kind == "draft_remind":
        move.talk = replace(move.talk, draft=replace(draft, reminded=True))
        later = move.button("citizen.button.later", f"d_later:{draft.version}")
        drop = move.button("citizen.button.drop", f"d_drop:{draft.version}")
        move.tell(move.words("citizen.draft_reminder", title=own), ((later,), (drop,)))
    elif event.kind == "draft_warn" and draft.warned is None:
        move.talk = replace(move.talk, draft=replace(draft, warned=move.world.now))
        days = move.world.frame.promises.draft_warning_days
        if draft.kind == offering.KIND:
            see = move.button("bridge.button.see", "of_list:0:d")
            move.tell(move.words("bridge.offer.draft_warning", title=own, n=days), ((see,),))
            return
        move.tell(move.words("citizen.draft_warning", title=own, n=days), drafting.summary_buttons(move, draft.version))
    elif event.kind == flood.KIND:
        flood.over(move)
    elif event.kind == "draft_delete" and not drafting.waits(move, draft):
        move.talk = replace(move.talk, draft=None, asking=None)
        drafting.stop_timers(move)


def _hear_language(move: Move, said: Said) -> None:
    """Speak the language that is written; a word or two in another language, a number or a name change nothing."""
    match = move.world.match
    heard = match.lang if match is not None and said.text.strip() else ""
    told = bool(heard) and match is not None and match.lang_told
    spoken = move.talk.lang
    if spoken and move.talk.lang_written and not told:
        heard = ""
    if heard not in move.world.frame.languages:
        heard = "en" if heard not in ("", "da") and not spoken else ""
    if heard and (not spoken or len(said.text.split()) >= 3):
        spoken = heard
        move.talk = replace(move.talk, lang_written=told)
    if not spoken:
        spoken = said.sender.lang if said.command and said.sender.lang in move.world.frame.languages else ""
    move.talk = replace(move.talk, lang=spoken or "da" if said.text.strip() and not said.command else spoken)
    move.person = replace(move.person, lang=move.talk.lang or "da")


def _unusable(move: Move, said: Said) -> str:
    """What the message is when it can't be used: "contact", "poll" ..., or "" when it can.

    A sticker says something to the agent whom one talks with, but nothing in an idea.
    """
    if said.other:
        return said.other if said.other in doorway.OTHER else "unknown"
    only_stickers = bool(said.media) and all(item.kind == "sticker" for item in said.media)
    in_talk = move.talk.draft is None and bool(status.open_initiatives(move))
    return "sticker" if only_stickers and not said.text.strip() and not in_talk else ""


def _asked_of_all(move: Move, said: Said) -> bool:
    """Whether it was asked for what anybody may know: numbers, meetings, and what is public."""
    return any(room.answered(move, said) for room in (accounting, gatherings, looking_on))


def _offer_to_erase(move: Move) -> None:
    """Of the last words that were carried on, whoever they went to."""
    if not between.offers_to_erase(move):
        belonging.offer_to_erase(move)


def _as_asked(move: Move, said: Said) -> bool:
    """Do what a plain word or a command asks for; False when the words are words."""
    intent = move.world.intent
    draft = move.talk.draft
    match intent:
        case "status":
            status.tell(move)
        case "human":
            doorway.human(move)
        case "help":
            move.tell(move.words("citizen.help"))
        case "privacy" | "own_data":
            own_data.tell(move, in_full=intent == "privacy")
        case "public":
            public.tell(move)
        case "withdraw" if draft is None:
            own_data.withdraw(move)
        case "delete_last":
            _offer_to_erase(move)
        case "undo_drop" if draft is None and move.talk.dropped is not None:
            drafting.take_up_again(move)
        case "undo_drop" if draft is not None and draft.version:
            _leave_unchanged(move)
        case "new":
            _new_idea(move)
        case "no" | "drop" | "stop" if draft is None and belonging.asks_which(move):
            belonging.let_go(move)
        case "drop" | "stop" if draft is not None:
            drafting.drop(move)
        case "regret" | "drop" | "stop":
            belonging.regret(move)
        case "why":
            _why(move, said)
        case "follow":
            _follow(move, said)
        case "send" | "yes" if draft is not None and draft.version and not draft.open:
            belonging.send(move, draft.version)
        case "send" | "summary" | "skip" if draft is not None:
            drafting.skip(move)
        case "edit" if draft is not None:
            drafting.ask_how_to_edit(move)
        case "edit" if status.owned(move):
            belonging.ask_edit(move)
        case "no" if draft is not None and draft.version:
            move.tell(move.words("citizen.what_is_wrong"))
        case "no" if draft is not None and draft.open:
            drafting.skip(move)
        case _:
            return False
    return True


def _leave_unchanged(move: Move) -> None:
    """Whoever was about to change the draft thinks better of it: it is shown as it stands."""
    move.talk = replace(move.talk, asking=None)
    drafting.summarise(move, ahead=(move.words("citizen.back_again"),))


def _why(move: Move, said: Said) -> None:
    """Say why it is with whom it is with; in a talk with an agent the question is the agent's."""
    if not why.tell(move, said) and not belonging.answers_a_message(move, said):
        belonging.find(move, said)


def _follow(move: Move, said: Said) -> None:
    """Follow the one that is named by its number; without a number, show those that can be followed."""
    number = "".join(sign for sign in said.text if sign in digits)
    if number:
        public.follow(move, int(number[:9]))
    else:
        public.tell(move)


def _as_words(move: Move, said: Said) -> None:
    """Words that are words: an answer, a part of the draft, of the talk with an agent, or something new."""
    asking = move.talk.asking
    match = move.world.match
    if naming.asked(move, said):
        return
    calls = callback.answers(move, said)
    if (
        not calls
        and not (asking_back.is_answer(move) or seeking.is_answer(move))
        and match is not None
        and move.world.target is None
        and not said.media
        and (looking_on.showed(move, said) or status.asked(move, said.text, match))
    ):
        return
    if calls:
        callback.send(move, said)
    elif asking_back.is_answer(move):
        asking_back.send(move, said)
    elif seeking.is_answer(move):
        seeking.hear(move, said)
    elif asking is not None and asking.kind == "rewrite" and move.talk.draft is not None:
        drafting.rewrite(move, said)
    elif asking is not None and asking.kind == "edit" and asking.about:
        belonging.edit_sent(move, asking.about, said)
    elif belonging.answers_a_message(move, said) or doorway.aside(move, said):
        return
    elif move.talk.draft is not None:
        _into_draft(move, said)
    elif status.open_initiatives(move):
        belonging.find(move, said)
    else:
        doorway.listen(move, said)


def _into_draft(move: Move, said: Said) -> None:
    outside = (
        said.place is not None
        and move.world.frame.area is not None
        and not move.world.frame.area.holds(said.place.latitude, said.place.longitude)
    )
    if outside:
        belonging.ask_if_ours(move, said)
    elif move.talk.draft is not None and move.talk.draft.kind == offering.KIND:
        offers.add(move, said)
    else:
        drafting.add(move, said)


def _new_idea(move: Move) -> None:
    """Somebody says that they have an idea, but not which: ask for it, and keep what there is."""
    if move.talk.draft is not None:
        drafting.summarise(move, ahead=(move.words("citizen.one_at_a_time"),))
        return
    move.talk = replace(move.talk, asking=None, focus=0)
    move.talk = replace(move.talk, asking=belonging.NEW)
    move.tell(move.words("citizen.what_idea"))
