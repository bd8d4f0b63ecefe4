"""What somebody who offers help is shown: who looks for help, and the very words that the other would read."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import bridges, marks, partners, wording
from bot.core.effects import Button, Buttons, Field, Parts, Quote
from bot.core.face import Face
from bot.core.initiative import Initiative
from bot.core.match import TopicScore
from bot.core.world import Move

KIND = "offer"
MOST = 3
WORDS = 60
ASKED = "step.offer_asked"
"""The key of the step while somebody is asked whether they want the help."""
UNSENT = "d"
"""The detail of a button whose offer is not sent yet."""


def show(move: Move, own: Initiative | None, words: str) -> None:
    """Who looks for help, a line each, or, where nobody does, who can keep the offer until somebody does."""
    topics = own.topics if own is not None else move.talk.draft.topics if move.talk.draft is not None else ()
    faces = open_to(move, words, topics, own)
    mirror = Quote(f"«{words}»", move.words("bridge.offer.mirror"))
    if faces:
        lines = tuple(move.words("bridge.offer.line", n=f.number, title=f.title, seeks=f.seeks) for f in faces)
        ask = move.words("bridge.offer.which")
        move.tell(Parts((mirror, *lines, ask)), choices(move, faces, own))
    else:
        keeper = _keeper(move)
        nobody = move.words("bridge.offer.nobody", agent=keeper)
        move.tell(Parts((mirror, nobody)), choices(move, (), own))


def words_of(move: Move, own: Initiative | None) -> str:
    """The words of an offer as others read them: of one that is sent, or of the draft; "" where there is none."""
    draft = move.talk.draft
    if own is not None:
        return wording.extracts(tuple(said.text for said in own.standing), WORDS)
    if draft is None or draft.kind != KIND:
        return ""
    return wording.extracts(tuple(said.text for said in draft.standing), WORDS)


def open_to(move: Move, words: str, topics: tuple[TopicScore, ...], own: Initiative | None) -> tuple[Face, ...]:
    """Up to three that look for help and were not asked before."""
    asked = {int(one) for one in marks.value(own, marks.BRIDGED_TO).split()} if own is not None else set[int]()
    person = own.owner if own is not None else move.person.id
    mine = {n for n, one in move.world.initiatives.items() if partners.takes_part(one, person)}
    found = move.world.public.seeking(words, topics, MOST + len(asked | mine))
    return tuple(face for face in found if face.joins and face.number not in asked | mine)[:MOST]


def choices(move: Move, faces: Sequence[Face], own: Initiative | None, lang: str = "") -> Buttons:
    """Whom to help, that none of them fits, and a way out; five buttons at most, as the word "stop" leads out too."""
    lang = lang or move.talk.lang or "da"
    detail = str(own.number) if own is not None else UNSENT
    rows: list[tuple[Button, ...]] = [
        (Button("open.button.show", f"of_pick:{face.number}:{detail}", lang, _named(face)),) for face in faces
    ]
    alone = "bridge.button.keep" if own is None else "bridge.button.keep_later"
    keep = "bridge.button.none_of_them" if faces else alone
    rows.append((Button(keep, f"of_keep:0:{detail}", lang),))
    if own is None:
        rows.append((Button("bridge.button.is_idea", f"of_idea:0:{UNSENT}", lang),))
        rows.extend([(Button("bridge.button.drop", "d_drop:0", lang),)] if len(faces) < MOST else [])
    else:
        rows.append((Button("bridge.button.back", f"of_back:{own.number}", lang),))
    return tuple(rows)


def _named(face: Face) -> dict[str, Field]:
    return {"n": face.number, "title": wording.title(face.title, 18)}


def preview(move: Move, number: int, own: Initiative | None, words: str) -> None:
    """What the other will read, before anybody reads it."""
    target = move.initiative(number)
    if target is None or not bridges.is_open_to(target, move.person.id):
        move.tell(move.words("citizen.follow_none"))
        return
    detail = str(own.number) if own is not None else UNSENT
    shown = bridges.question(replace(target, lang=move.talk.lang or "da"), KIND, "", words)
    head = move.words("bridge.offer.preview", n=number)
    foot = move.words("bridge.offer.preview_foot")
    parts = shown.parts if isinstance(shown, Parts) else ()
    rows = (
        (move.button("bridge.button.ask", f"of_ask:{number}:{detail}"),),
        (move.button("bridge.button.other", f"of_list:0:{detail}"),),
    )
    move.tell(Parts((head, *parts, foot)), rows)


def _keeper(move: Move) -> str:
    draft = move.talk.draft
    frame = move.world.frame
    sure = draft is not None and draft.sure and bool(draft.topics)
    today = move.world.now.date()
    if draft is None or not sure:
        return frame.agents[frame.unsure_lead(move.place_in(draft.text) if draft else "", today)].name
    return frame.agents[frame.lead_of(draft.topics[0].topic, draft.agent, today)].name
