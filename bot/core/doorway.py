"""The doorway: danger first, a welcome, the way to a human, signposts, and listening for an idea."""

from dataclasses import replace
from datetime import timedelta

from bot.core import (
    absent,
    belonging,
    callback,
    drafting,
    false_alarm,
    offers,
    out_of_reach,
    partners,
    poster,
    privacy,
    public,
    relay,
    retention,
    status,
)
from bot.core.effects import Parts, Quote, Words
from bot.core.events import Said
from bot.core.frame import Frame
from bot.core.initiative import Initiative
from bot.core.world import Move

OTHER = frozenset({"contact", "sticker", "poll", "dice"})
MOST_PUZZLED = 1
ONE_WELCOME = timedelta(minutes=10)


def emergency(move: Move, said: Said) -> bool:
    """Acute danger: the right number at once and nothing else; in a talk with an agent the words reach them too.

    Where danger is only likely, the way back stands beneath the number, and the words are held for it.
    """
    match = move.world.match
    if match is None or match.kind != "emergency" or move.world.intent:
        # Plain words that ask for something of the bot's ("slet min sidste besked") are known to the letter.
        return False
    number = emergency_words(move.world.frame, match.emergency, move.talk.lang or "da")
    initiative = _talked_about(move)
    if match.certain:
        move.tell(number)
    else:
        false_alarm.tell(move, number, said, initiative)
    if initiative is not None:
        relay.to_desk(move, initiative, said, urgent=True)
        move.talk = replace(move.talk, carried=said.message_ids[0])
    return True


def near_danger(move: Move) -> None:
    """Name the number above the answer where danger can't be left out: the talk goes on for whoever is in none."""
    match = move.world.match
    if match is None or not match.near or move.world.intent:
        return
    line = move.world.frame.emergency_lines.get(match.near)
    if line is not None:
        privacy.tell_with(move, move.words("citizen.calm.near", phone=line.number))


def _talked_about(move: Move) -> Initiative | None:
    """The initiative whose agent the citizen is in a talk with, if they are in one."""
    initiative = move.initiative(move.talk.focus)
    if initiative is None or initiative.stage.closed or move.talk.draft is not None:
        return None
    return initiative if partners.takes_part(initiative, move.person.id) else None


def emergency_words(frame: Frame, which: str, lang: str) -> Quote:
    """The number within the first 60 characters, and the rules' calm sentence, which says that a bot can't call."""
    line = frame.emergency_lines.get(which) or frame.emergency_lines["112"]
    sentence = line.sentence.get(lang, line.sentence["da"])
    return Quote(sentence if line.number in sentence[:60] else f"{line.number}: {sentence}")


def start(move: Move, payload: str) -> None:
    """START, as often as it is pressed: a welcome the first time, after that where things stand."""
    out_of_reach.found_all(move)
    if payload.startswith("follow_") and payload.removeprefix("follow_").isdigit():
        public.follow(move, int(payload.removeprefix("follow_")[:9]))
        return
    if payload.startswith(absent.START):
        absent.take_over(move, payload)
        return
    if payload.startswith(poster.START):
        poster.came(move, payload)
    if out_of_reach.welcome_back(move):
        return
    if move.talk.draft is not None:
        drafting.summarise(move, ahead=(drafting.recap(move, move.talk.draft),))
    elif status.open_initiatives(move):
        status.tell(move)
    else:
        welcome(move)


def welcome(move: Move) -> None:
    """Who this is, and an open invitation; START pressed again and again is one welcome."""
    now, before = move.world.now, move.talk.welcomed
    if before is not None and before == move.talk.last and now - before < ONE_WELCOME:
        move.talk = replace(move.talk, welcomed=now)
        return
    move.talk = replace(move.talk, welcomed=now)
    move.tell(move.words("citizen.welcome", municipality=move.world.frame.municipality))


def notice(move: Move) -> None:
    """Who is responsible for the data and how to see and delete it: once, no later than the first answer."""
    if not move.person.noticed:
        move.person = replace(move.person, noticed=True)
        retention.begin_with(move)
        frame = move.world.frame
        kept = retention.periods(move)
        move.tell(move.words("citizen.notice", municipality=frame.municipality, link=frame.privacy_link, **kept))


def human(move: Move) -> None:
    """How to reach a person: by phone, in a place, or by name where an initiative is open."""
    contact = move.world.frame.contact
    lang = move.talk.lang or "da"
    own = status.open_initiatives(move)
    told: list[Words] = [
        move.words(
            "citizen.human",
            phone=contact.phone,
            hours=contact.hours.get(lang, contact.hours["da"]),
            meet=contact.meet.get(lang, contact.meet["da"]),
        )
    ]
    if own:
        n, agent = own[0].number, own[0].responsible_name
        told.append(move.words("citizen.human_agent", n=n, agent=agent, due=own[0].step.due))
    move.tell(Parts(tuple(told)), callback.buttons(move))


def listen(move: Move, said: Said) -> None:
    """Nothing is open: hear what kind of message it is, and take up an idea where there is one."""
    match = move.world.match
    kind = match.kind if match is not None else "idea"
    if move.world.intent and not said.media:
        move.tell(move.words("citizen.status.none"))
        return
    asked = move.talk.asking
    if asked == belonging.MEANT or (asked == belonging.NEW and kind in ("noise", "smalltalk", "question")):
        kind = "idea"
    brings = kind in ("idea", "offer") or bool(said.media) or said.place is not None
    if match is not None and match.signpost in move.world.frame.signposts and brings and asked != belonging.MEANT:
        drafting.begin(move, said, match, ahead=(_signpost(move, match.signpost),))
    elif brings:
        offers.take_up(move, said, match)
    elif kind == "smalltalk":
        move.tell(move.words("citizen.smalltalk"))
    elif kind == "question":
        _answer(move)
    elif kind == "noise":
        _puzzled(move)
    elif match is not None and match.signpost in move.world.frame.signposts:
        _point(move, match.signpost)
    else:
        _puzzled(move)


def aside(move: Move, said: Said) -> bool:
    """A question that the pages answer, in the middle of something else: answer it and leave the rest as it stands."""
    match = move.world.match
    asked = match is not None and match.kind in ("question", "smalltalk") and not said.media and said.place is None
    if not asked or move.world.answer is None:
        return False
    _answer(move)
    return True


def not_what_i_meant(move: Move) -> None:
    """A signpost was wrong: ask for the idea, and take what comes next as one."""
    move.talk = replace(move.talk, asking=belonging.MEANT)
    move.tell(move.words("citizen.not_meant"))


def _signpost(move: Move, which: str) -> Words:
    post = move.world.frame.signposts[which]
    lang = move.talk.lang or "da"
    return move.words(
        "citizen.signpost",
        who=post.who.get(lang, post.who["da"]),
        contact=post.contact,
        sentence=post.sentence.get(lang, post.sentence["da"]),
    )


def _point(move: Move, which: str) -> None:
    meant = move.button("citizen.button.not_meant", "wrong_door:0")
    move.tell(_signpost(move, which), ((meant,),))


def _answer(move: Move) -> None:
    if move.world.answer is None:
        contact = move.world.frame.contact
        move.tell(move.words("citizen.dont_know", phone=contact.phone, municipality=move.world.frame.municipality))
        return
    told = move.world.answer
    parts: list[Words | Quote] = [Quote(told.text), move.words("citizen.source", source=told.source)]
    if told.also:
        parts.append(move.words("citizen.ask_also", titles=told.also))
    move.tell(Parts(tuple(parts)))


def _puzzled(move: Move) -> None:
    """One polite question, then silence to letters at random; words that can be read always get their calm line."""
    match = move.world.match
    if move.talk.puzzled < MOST_PUZZLED or (match is not None and match.readable):
        move.tell(move.words("citizen.puzzled"))
    move.talk = replace(move.talk, puzzled=move.talk.puzzled + 1)
