"""The way back from a false alarm: what only sounded like danger is held until the citizen says how it was meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import partners, places, relay, wording
from bot.core.card import say
from bot.core.effects import Buttons, Parts, Quote, Say, SetTimer, Tag, Words
from bot.core.events import Said
from bot.core.initiative import Initiative
from bot.core.people import Held, Utterance
from bot.core.world import Move

VERB, VERB_ALL = "calm", "calm_all"
"""There is no danger: about the words of one message (the button's detail), and about all that are in nothing yet."""
INTENT, INTENT_ALL = "calm", "take_in"
"""The plain words that say the same as the buttons."""
KIND = "citizen_held"
"""The timer that forgets what was held."""
KEPT = timedelta(hours=24)
MOST = 10
"""Messages held at most for one citizen; of more the oldest are forgotten."""
SHOWN = 24
"""Words at most of what is in nothing yet, as the citizen is shown them."""


def called_off(move: Move) -> Held | None:
    """What plain words call off; None where they are said about something else ("alt er godt", to whoever asked)."""
    if move.world.intent == INTENT_ALL:
        return take_all(move)
    newest = move.talk.held[-1] if move.talk.held else None
    if move.world.intent != INTENT or newest is None:
        return None
    return take(move) if _is_last(move, newest) or not _is_in_a_talk(move) else None


def tell(move: Move, number: Quote, said: Said, initiative: Initiative | None) -> None:
    """Say the number, and beneath it how to come back; `initiative` is the one whose agent has the words at once."""
    held = Held(said, initiative.number if initiative is not None else 0)
    move.talk = replace(move.talk, held=(*move.talk.held, held)[-MOST:])
    _wind(move)
    _show(move, number, held)


def asks_again(move: Move) -> bool:
    """Whether a bare yes or no follows on the alarm: nobody can know what it means, so the way back is told again."""
    newest = move.talk.held[-1] if move.talk.held else None
    if newest is None or newest.about or newest.offered or not _is_last(move, newest):
        return False
    if move.world.intent not in ("yes", "no"):
        return False
    _show(move, None, newest)
    return True


def take(move: Move, message: int = 0) -> Held | None:
    """Take out what was held of this message, or for 0 what was held last; None where nothing is.

    What an agent has heard that there is no danger goes for all that the agent has got.
    """
    held = move.talk.held
    found = next((one for one in reversed(held) if not message or message in one.said.message_ids), None)
    if found is not None:
        rest = (one for one in held if one is not found and not (found.about and one.about == found.about))
        move.talk = replace(move.talk, held=tuple(rest))
    return found


def take_all(move: Move) -> Held | None:
    """Take out all that is in nothing yet, as one act; None where there is nothing."""
    waiting = _waiting(move)
    if not waiting:
        return None
    move.talk = replace(move.talk, held=tuple(one for one in move.talk.held if one not in waiting))
    return Held(_together([one.said for one in waiting]))


def remember(move: Move, said: Said) -> None:
    """Let the step see what it would have seen if these words came now, and meant no danger."""
    known = move.world.recall(said)
    match = known.match
    if match is not None and match.kind == "emergency":
        match = match.calm or replace(match, kind="idea", emergency="")
    move.world = replace(move.world, match=match, answer=known.answer, target=known.target, intent="", copies=())


def tell_agent(move: Move, initiative: Initiative) -> None:
    """Whoever got the words as possibly acute hears once that the citizen says there is no danger."""
    name = partners.name_of(initiative, move.person.id)
    words = say("desk.relay.calm", name=name, n=initiative.number)
    for desk in places.listening(move, initiative):
        to = places.at_desk(initiative, desk)
        move.do(Say(to, relay.headed(initiative, to, name, words), tag=Tag("about", initiative.number)))


def offer(move: Move) -> tuple[tuple[Words, ...], Buttons]:
    """What is in nothing yet, shown to the citizen, and the button that takes it in; nothing where nothing waits."""
    waiting = _waiting(move)
    if not waiting:
        return (), ()
    held = (replace(one, offered=True) if one in waiting else one for one in move.talk.held)
    move.talk = replace(move.talk, held=tuple(held))
    own = wording.extracts(tuple(one.said.text for one in waiting), SHOWN).replace("\n", " … ")
    return (move.words("citizen.calm.waits", idea=own),), ((move.button("citizen.button.calm_all", f"{VERB_ALL}:0"),),)


def offer_once(move: Move) -> None:
    """Who writes on is shown once what is in nothing yet, beneath the answer; a draft's summary shows it by itself."""
    if all(one.offered for one in _waiting(move)):
        return
    shown, rows = offer(move)
    for place in range(len(move.effects) - 1, -1, -1):
        effect = move.effects[place]
        if isinstance(effect, Say) and effect.to.chat == move.person.id:
            content = effect.content
            parts = content.parts if isinstance(content, Parts) else (content,)
            move.effects[place] = replace(effect, content=Parts((*parts, *shown)), buttons=(*effect.buttons, *rows))
            return
    move.tell(Parts(shown), rows)


def is_unseen(move: Move) -> bool:
    """Whether something is in nothing yet and the citizen has not been shown that."""
    return not all(one.offered for one in _waiting(move))


def unseen(move: Move) -> tuple[Held, ...]:
    """What stays held when an idea is sent: what its citizen left out knowingly is forgotten."""
    return tuple(one for one in move.talk.held if one.about or not one.offered)


def edited(move: Move, message: int, text: str) -> Held | None:
    """Follow an edit of what is held; None where it changes nothing there."""
    for place, one in enumerate(move.talk.held):
        said = one.said
        before = Utterance(said.text, said.message_ids[0], said.at, pieces=said.pieces)
        after = before.edited(message, text)
        if after != before:
            media = tuple(replace(item, caption=text) if item.message_id == message else item for item in said.media)
            changed = replace(one, said=replace(said, text=after.text, pieces=after.pieces, media=media))
            move.talk = replace(move.talk, held=(*move.talk.held[:place], changed, *move.talk.held[place + 1 :]))
            return changed
    return None


def forget(move: Move) -> None:
    """The time is up for what was held a day ago; the rest has its own."""
    kept = tuple(one for one in move.talk.held if one.said.at + KEPT > move.world.now)
    move.talk = replace(move.talk, held=kept)
    if kept:
        _wind(move)


def _waiting(move: Move) -> list[Held]:
    """What is neither with an agent nor in a draft."""
    return [one for one in move.talk.held if not one.about]


def _is_last(move: Move, held: Held) -> bool:
    """Whether neither the citizen nor the agent who has the words has written anything since."""
    initiative, last = move.initiative(held.about), move.talk.last
    answered = initiative is not None and initiative.touched > held.said.at
    return not answered and (last is None or last < held.said.at)


def _is_in_a_talk(move: Move) -> bool:
    """Whether plain words may be meant for an agent."""
    numbers = () if move.talk.draft is not None else {*move.world.initiatives, *move.changed}
    found = (move.initiative(number) for number in numbers)
    return any(one is not None and not one.stage.closed and partners.takes_part(one, move.person.id) for one in found)


def _wind(move: Move) -> None:
    due = move.talk.held[0].said.at + KEPT
    move.do(SetTimer(f"{KIND}:{move.person.id}", KIND, due, chat=move.person.id))


def _show(move: Move, number: Quote | None, held: Held) -> None:
    initiative = move.initiative(held.about)
    if initiative is None:
        back = move.words("citizen.calm.way_back")
    else:
        back = move.words("citizen.calm.way_back_agent", agent=initiative.responsible_name)
    calm = move.button("citizen.button.calm", f"{VERB}:0:{held.said.message_ids[0]}")
    move.tell(Parts((number, back) if number is not None else (back,)), ((calm,),))


def _together(said: Sequence[Said]) -> Said:
    """Several messages as one act, in their order."""
    if len(said) == 1:
        return said[0]
    return replace(
        said[0],
        message_ids=tuple(message for one in said for message in one.message_ids),
        text="\n".join(one.text for one in said),
        media=tuple(item for one in said for item in one.media),
        place=next((one.place for one in said if one.place is not None), None),
        reply_to=next((one.reply_to for one in said if one.reply_to), None),
        cpr=sum(one.cpr for one in said),
        pieces=tuple(piece for one in said for piece in one.pieces or ((one.message_ids[0], one.text),)),
    )
