"""Words between somebody who asks to join and the initiator, without a name, until there is an answer or one stops."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.core import bridges, card, others, relay
from bot.core.bridges import Bridge
from bot.core.cpr import as_read
from bot.core.effects import (
    Button,
    Buttons,
    Erase,
    Field,
    Parts,
    Quote,
    Redact,
    Ref,
    Rewrite,
    Say,
    Strip,
    Suspect,
    Tag,
    To,
    Words,
)
from bot.core.events import Edited, Pressed, Said
from bot.core.initiative import Initiative
from bot.core.people import Asking, Talk
from bot.core.world import Move

ASKING = "between"
"""The question that waits for words, as `Asking.kind`; its text is the bridge's id."""
STOP = "a_stop"
ERASE = "a_erase"
VERBS = frozenset({bridges.WRITE, STOP, ERASE})
ROLES = frozenset({relay.BETWEEN, "bridge"})
"""The roles of messages that are answered by words to the other one, where their detail says which bridge it is."""
PATIENCE = timedelta(hours=1)
"""How long the words of whoever has pressed the button are waited for."""
_REACHES = re.compile(r"(?:\d[\s.\-()/]*){8}|\S@\S|(?<!\w)@\w{3,}|https?:|www\.|\bt\.me\b", re.IGNORECASE)
"""A telephone number, an address for mail, a username or a link."""
_CALLED = re.compile(
    r"\b(?:jeg hedder|mit navn er|jeg kaldes|i am called|my name is|мене звати|мене звуть|моє ім['’ʼ]я)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:[Hh]ilsen|[Mm]vh|[Kk]h|[Rr]egards|[Cc]heers)[,.:!]?\s+[A-ZÆØÅ]\w+")


def on_press(move: Move, event: Pressed, verb: str, number: int, detail: str) -> None:
    """Ask for the words, stop, or take words away again; only the two of them can."""
    if verb == ERASE:
        _erase(move)
        return
    initiative = move.initiative(number)
    bridge = _bridge(initiative, detail)
    if initiative is None or bridge is None or move.person.id not in (initiative.owner, bridge.person):
        move.do(Suspect("press on another's initiative", number))
        move.answers(event.callback_id, move.words("citizen.old_button"))
    elif not _is_open(initiative, bridge):
        move.answers(event.callback_id, move.words("bridge.over"))
    elif verb == STOP:
        move.do(Strip(Ref(event.chat.id, event.message_id)))
        _stop(move, initiative, bridge)
    else:
        asking = Asking(ASKING, about=number, text=str(bridge.id))
        move.talk = replace(move.talk, asking=asking, last=move.world.now)
        move.tell(move.words(f"bridge.between.how_{_side(move, initiative)}", n=number))


def heard(move: Move, said: Said) -> bool:
    """Whether the words were for the other one: an answer to what they wrote, or what was asked for by the button."""
    asking, target = move.talk.asking, move.world.target
    if said.command:
        return False
    if target is not None and target.role in ROLES and target.detail:
        number, which = target.about, target.detail
    elif asking is not None and is_asked(move.talk) and target is None:
        if move.world.intent not in ("", "yes", "no", "drop", "stop") or _is_forgotten(move):
            return False
        number, which = asking.about, asking.text
    else:
        return False
    initiative = move.initiative(number)
    bridge = _bridge(initiative, which)
    if bridge is not None and bridge.said == "yes":
        # From the yes on there is one talk, which these words are a part of like any others.
        _ask_no_more(move)
        return False
    _hear(move, said, initiative, bridge)
    return True


def is_asked(talk: Talk) -> bool:
    """Whether the next words are waited for, as the button was pressed."""
    return talk.asking is not None and talk.asking.kind == ASKING


def tells_who(text: str, names: str) -> bool:
    """Whether the words hold what shows who somebody is: one of these names, any other full name, or a way to reach."""
    own = (name for name in re.findall(r"[^\W\d_]{2,}", names))
    named = any(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text, re.IGNORECASE) for name in own)
    plain, _ = as_read(text)
    found = any(one.search(plain) for one in (_REACHES, _CALLED, _SIGNED))
    return named or found or others.without(text) != text


def _hear(move: Move, said: Said, initiative: Initiative | None, bridge: Bridge | None) -> None:
    if is_asked(move.talk) and move.world.target is None and move.world.intent in ("drop", "stop"):
        _ask_no_more(move)
        move.tell(move.words("bridge.between.kept"))
        return
    ours = initiative is not None and bridge is not None and move.person.id in (initiative.owner, bridge.person)
    if initiative is None or bridge is None or not ours or not _is_open(initiative, bridge):
        _ask_no_more(move)
        move.tell(move.words("bridge.between.over"))
    elif said.media or said.place is not None or said.other or not said.text.strip():
        move.tell(move.words("bridge.between.only_words"))
    elif said.cpr or tells_who(said.text, _names(move, initiative)):
        # The question stays open, so that the next words go where these were meant to.
        move.talk = replace(move.talk, asking=Asking(ASKING, about=initiative.number, text=str(bridge.id)))
        move.tell(move.words("bridge.between.refused"))
    else:
        _ask_no_more(move)
        _send(move, initiative, bridge, said)


def edited(move: Move, event: Edited) -> None:
    """Words that the other one has read are changed there too, or their writer hears why not."""
    copies = [link for link in move.world.copies if link.role == relay.BETWEEN and link.by == move.person.id]
    initiative = move.initiative(copies[-1].about) if copies else None
    bridge = _bridge(initiative, copies[-1].detail) if copies else None
    text = event.text.strip()
    if not copies:
        return
    if initiative is None or bridge is None or not (bridge.said == "yes" or _is_open(initiative, bridge)):
        move.tell(move.words("bridge.between.edited_over"))
    elif event.cpr or (bridge.said != "yes" and tells_who(text, _names(move, initiative))):
        move.tell(move.words("bridge.between.edited_refused"))
    elif len(copies) == 1 and copies[0].message_id and card.units(text) <= relay.ONE_MESSAGE:
        content, buttons = _shown(move, initiative, bridge, text)
        move.do(Rewrite(Ref(copies[0].chat, copies[0].message_id), content, buttons))
    else:
        _carry(move, initiative, bridge, text, event.message_id)


def offers_to_erase(move: Move) -> bool:
    """Whether the last words that were carried on went to a fellow citizen; then their writer may take them away."""
    number, _, message = move.talk.between.partition(":")
    # A phone counts the messages of one chat upwards.
    if not message or int(message) < move.talk.carried:
        return False
    press = move.button("bridge.button.erase", f"{ERASE}:{number}:{message}")
    move.tell(move.words("bridge.between.erase_offer"), ((press,),))
    return True


def _erase(move: Move) -> None:
    """Take the words away from the other one's chat; nobody else has them, and they are written down nowhere."""
    copies = [one for one in move.world.copies if one.role == relay.BETWEEN and one.by == move.person.id]
    there = [link for link in copies if link.message_id]
    if copies:
        # What has not left yet, since the other one can't be reached or it is night, never leaves; it is in no line.
        move.do(Redact(0, copies[-1].origin_message, move.person.id))
    for link in there:
        initiative = move.initiative(link.about)
        bridge = _bridge(initiative, link.detail)
        lang = _other(move, initiative, bridge)[1] if initiative is not None and bridge is not None else "da"
        move.do(Erase(Ref(link.chat, link.message_id), Words("bridge.between.erased_instead", lang)))
    move.talk = replace(move.talk, between="" if copies else move.talk.between)
    move.tell(move.words("bridge.between.erased" if copies else "bridge.between.erase_none"))


def _send(move: Move, initiative: Initiative, bridge: Bridge, said: Said) -> None:
    """Carry the words over, and say so."""
    _carry(move, initiative, bridge, said.text.strip(), said.message_ids[0])
    tag = Tag(relay.BETWEEN, initiative.number, by=move.person.id, detail=str(bridge.id))
    own = _buttons(initiative, bridge, _side(move, initiative), move.talk.lang or "da")
    move.tell(move.words("bridge.between.sent"), own[:1], tag)


def _carry(move: Move, initiative: Initiative, bridge: Bridge, text: str, message: int) -> None:
    """The words in the other one's chat; they are kept nowhere here, and the desk does not read them."""
    content, buttons = _shown(move, initiative, bridge, text)
    writer = move.person.id
    tag = Tag(relay.BETWEEN, initiative.number, writer, message, by=writer, detail=str(bridge.id))
    move.do(Say(To(_other(move, initiative, bridge)[0]), content, buttons, tag))
    move.talk = replace(move.talk, between=f"{initiative.number}:{message}")


def _shown(move: Move, initiative: Initiative, bridge: Bridge, text: str) -> tuple[Parts, Buttons]:
    """What the other one reads, and the buttons beneath it while words still pass without names."""
    _, lang, side = _other(move, initiative, bridge)
    fields: dict[str, Field] = {"n": initiative.number, "title": card.short_title(initiative)}
    said = Quote(f"«{text}»", Words(f"bridge.between.to_{side}", lang, fields))
    if bridge.said:
        return Parts((said,)), ()
    return Parts((said, Words("bridge.between.foot", lang))), _buttons(initiative, bridge, side, lang)


def _stop(move: Move, initiative: Initiative, bridge: Bridge) -> None:
    """No more words; the question itself still waits for its yes or no."""
    bridges.hush(move, initiative, bridge)
    to, lang, _ = _other(move, initiative, bridge)
    move.tell(move.words(f"bridge.between.stopped_{_side(move, initiative)}", n=initiative.number))
    told = Words("bridge.between.has_stopped", lang, {"n": initiative.number})
    move.do(Say(To(to), told, tag=Tag("notice", initiative.number, by=move.person.id)))


def _ask_no_more(move: Move) -> None:
    if is_asked(move.talk):
        move.talk = replace(move.talk, asking=None)


def _is_forgotten(move: Move) -> bool:
    """Whether the button was pressed so long ago that the words may be meant otherwise."""
    last = move.talk.last
    return last is not None and move.world.now - last > PATIENCE


def _is_open(initiative: Initiative, bridge: Bridge) -> bool:
    return not (bridge.said or bridge.quiet or initiative.stage.closed) and initiative.public and bridge.kind == "join"


def _bridge(initiative: Initiative | None, which: str) -> Bridge | None:
    found = bridges.find(initiative, which) if initiative is not None else None
    return found if found is not None and found.kind == "join" else None


def _side(move: Move, initiative: Initiative) -> str:
    return "owner" if move.person.id == initiative.owner else "asker"


def _other(move: Move, initiative: Initiative, bridge: Bridge) -> tuple[int, str, str]:
    """The other's chat and language, and which of the two they are."""
    if move.person.id == initiative.owner:
        return bridge.person, bridge.lang, "asker"
    return initiative.owner, initiative.lang, "owner"


def _names(move: Move, initiative: Initiative) -> str:
    return f"{move.person.name} {initiative.owner_name if move.person.id == initiative.owner else ''}"


def _buttons(initiative: Initiative, bridge: Bridge, side: str, lang: str) -> Buttons:
    stop = Button("bridge.button.quiet", f"{STOP}:{initiative.number}:{bridge.id}", lang)
    return ((bridges.write_button(initiative.number, bridge.id, side, lang),), (stop,))
