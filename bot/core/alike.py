"""Public initiatives like a new idea, shown before it is sent: follow one, ask to join, or say that this is another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import bridges, partners, wording
from bot.core.effects import Buttons, DropTimer, Field, Follow, Parts, Quote, SetTimer, Tag, Words
from bot.core.face import Face, next_step
from bot.core.initiative import Stage
from bot.core.people import Draft
from bot.core.world import Move

VERBS = frozenset({"l_follow", "l_join", "l_own", "l_send"})
"""The verbs of the buttons under the like ones; the last one sends the idea that was laid aside."""
MOST = 3
WORDS = 60
"""Words of an idea that its asker lets another citizen read."""
NOES = frozenset({Stage.MAY_NOT, Stage.CAN_NOT})


def find(move: Move, draft: Draft) -> tuple[Face, ...]:
    """Up to three that are like a draft, once a draft; one's own are none, and a no is not held up to anybody."""
    text = "\n".join(said.text for said in draft.standing).strip()
    if draft.shown or draft.kind == "offer" or not text:
        return ()
    found = move.world.public.like(text, draft.topics, MOST + 2)
    own = {number for number, one in move.world.initiatives.items() if partners.takes_part(one, move.person.id)}
    return tuple(face for face in found if face.number not in own and face.stage not in NOES)[:MOST]


def tell(move: Move, faces: Sequence[Face], ahead: Sequence[Words | Quote]) -> None:
    """The citizen's own words first, then the like ones with where they stand, and three ways on."""
    running = any(not face.stage.closed for face in faces)
    foot = [move.words("bridge.alike.foot")] if any(face.joins for face in faces) else []
    head = move.words("bridge.alike.head", n=len(faces))
    ask = move.words("bridge.alike.ask" if running else "bridge.alike.ask_done")
    move.tell(Parts((*ahead, head, *(_line(move, face) for face in faces), *foot, ask)), _buttons(move, faces))


def follow(move: Move, number: int) -> None:
    """Follow one of them; the citizen's own idea stays theirs, and unsent."""
    face = move.world.public.face(number)
    if face is None or not face.listed:
        move.tell(move.words("citizen.follow_none"))
        return
    move.do(Follow(move.person.id, number))
    told = move.words("citizen.following", n=number, title=face.title)
    if move.talk.draft is None:
        move.tell(told)
        return
    draft = move.talk.draft
    rows = (
        (move.button("citizen.button.summary", f"d_skip:{draft.version}"),),
        (move.button("citizen.button.drop", f"d_drop:{draft.version}"),),
    )
    move.tell(Parts((told, move.words("bridge.own_stays"))), rows)


def join(move: Move, number: int) -> None:
    """Ask the initiator whether the citizen may join; the own idea is laid aside meanwhile."""
    initiative, draft = move.initiative(number), move.talk.draft
    own = wording.extracts(tuple(said.text for said in draft.standing), WORDS) if draft is not None else ""
    if initiative is None or not initiative.public:
        move.tell(move.words("citizen.follow_none"))
    elif bridges.waiting(initiative, move.person.id) is not None:
        move.tell(move.words("bridge.asked_already"))
    elif draft is None or not own or not bridges.is_open_to(initiative, move.person.id):
        move.tell(move.words("citizen.old_button"))
    else:
        until = bridges.ask(move, initiative, "join", own)
        _lay_aside(move, draft)
        fields: dict[str, Field] = {"n": number, "title": initiative.title, "due": until}
        send = move.button("bridge.button.send_own", f"l_send:{number}")
        bridge = bridges.waiting(move.initiative(number) or initiative, move.person.id)
        which = bridge.id if bridge is not None else 0
        write = bridges.write_button(number, which, "asker", move.talk.lang or "da")
        tag = Tag("between", number, by=move.person.id, detail=str(which))
        move.tell(move.words("bridge.asking", **fields), ((send,), (write,)), tag)


def take_up(move: Move, number: int) -> Draft | None:
    """Bring the idea back that was laid aside, and take an open question back; None where there is none."""
    initiative, draft = move.initiative(number), move.talk.aside
    bridge = bridges.waiting(initiative, move.person.id) if initiative is not None else None
    if draft is None or move.talk.draft is not None:
        return None
    if initiative is not None and bridge is not None:
        bridges.settle(move, initiative, bridge, "back")
    move.talk = replace(move.talk, draft=draft, aside=None)
    return draft


def forget_aside(move: Move) -> None:
    """What was laid aside is no longer needed once the citizen takes part in what it was like."""
    aside = move.talk.aside
    if aside is None or aside.touched is None:
        return
    taking = (partners.of(one, move.person.id) for one in move.world.initiatives.values())
    if any(partner is not None and partner.since >= aside.touched for partner in taking):
        move.talk = replace(move.talk, aside=None)


def _lay_aside(move: Move, draft: Draft) -> None:
    """The draft waits unseen; it is deleted on the day on which any draft would be."""
    now = move.world.now
    kept = replace(draft, touched=now, warned=None, version=draft.version or 1, open="")
    move.talk = replace(move.talk, draft=None, aside=kept, asking=None)
    key = f"draft_delete:{move.person.id}"
    move.do(*(DropTimer(f"{kind}:{move.person.id}") for kind in ("draft_remind", "draft_warn")))
    due = now + timedelta(days=move.world.frame.promises.draft_days)
    move.do(SetTimer(key, "draft_delete", due, chat=move.person.id))


def _line(move: Move, face: Face) -> Words:
    fields: dict[str, Field] = {
        "n": face.number,
        "title": wording.title(face.title, 60),
        "stage": move.words(f"stage.{face.stage.value}"),
        "step": next_step(face, move.talk.lang or "da"),
        "who": face.step.who,
        "due": face.step.due,
        "what": face.ending.what if face.ending else "",
    }
    return move.words("bridge.alike.line_done" if face.stage.closed else "bridge.alike.line", **fields)


def _buttons(move: Move, faces: Sequence[Face]) -> Buttons:
    rows: Buttons = ()
    one = len(faces) == 1
    for face in faces:
        n = face.number
        if face.stage.closed:
            rows += ((move.button("bridge.button.read", f"p_show:{n}", n=n),),)
            continue
        follow = move.button("open.button.follow", f"l_follow:{n}")
        join = move.button("bridge.button.join", f"l_join:{n}")
        if not one:
            follow = move.button("citizen.button.follow", f"l_follow:{n}", n=n)
            join = move.button("bridge.button.join_number", f"l_join:{n}", n=n)
        rows += ((follow, join) if face.joins else (follow,),)
    return (*rows, (move.button("bridge.button.own", "l_own:0"),))
