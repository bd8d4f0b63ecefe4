"""The open list: what everybody may see by topic, one initiative's page, the whole list as a file, and following."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import wording
from bot.core.effects import Button, Buttons, Field, Follow, Parts, Quote, SendList, To, Words
from bot.core.events import Pressed
from bot.core.face import Face, next_step
from bot.core.initiative import Stage, Turn
from bot.core.world import Move

VERBS = frozenset({"p_list", "p_topic", "p_show", "p_file", "p_week", "follow", "unfollow"})
"""The verbs of the buttons under the list and the pages."""
MOST = 8
"""Initiatives in one message; where there are more, the topics are shown first."""
MOST_TOPICS = 12
TITLE = 40
BUTTON_TITLE = 18
NOES = frozenset({Stage.MAY_NOT, Stage.CAN_NOT})


def tell(move: Move) -> None:
    """The list: all of it, a topic after the other, or the topics with how many there are where it is long."""
    counts = move.world.public.topics()
    total = sum(counts.values())
    if not total:
        move.tell(move.words("citizen.public.none"))
        return
    head = move.words("citizen.public.head", n=total)
    file = (move.button("open.button.file", "p_file:0"),)
    if total > MOST:
        topics = sorted(counts, key=lambda topic: (-counts[topic], topic))[:MOST_TOPICS]
        rows = tuple((_topic_button(move, topic, counts[topic]),) for topic in topics)
        move.tell(Parts((head, move.words("open.choose"))), (*rows, file))
        return
    faces = move.world.public.listed()
    parts: list[Words | Quote] = [head]
    for topic in dict.fromkeys(face.topic for face in faces):
        parts.append(move.words("open.topic", topic=_label(move, topic)))
        parts += [line(move, face) for face in faces if face.topic == topic]
    move.tell(Parts(tuple(parts)), (*openers(move, faces), file))


def on_press(move: Move, event: Pressed, verb: str, number: int, detail: str) -> None:
    """A press under the list or a page; what is not public is answered as what is not there."""
    if verb == "p_list":
        tell(move)
    elif verb == "p_topic":
        _tell_topic(move, detail, number)
    elif verb == "p_show":
        show(move, number)
    elif verb == "p_file":
        move.do(SendList(To(move.person.id), move.words("open.file.caption")))
    elif verb == "p_week":
        _gather(move, on=number == 1)
    else:
        follow(move, number, on=verb == "follow")
    move.answers(event.callback_id)


def show(move: Move, number: int) -> None:
    """One initiative's page."""
    face = move.world.public.face(number)
    if face is None:
        move.tell(move.words("citizen.follow_none"))
        return
    if not face.listed:
        move.tell(move.words(f"open.{face.stage.value}", n=number))
        return
    parts: list[Words | Quote] = [move.words("open.page", n=number, title=face.title)]
    if face.words:
        parts.append(Quote(f"«{face.words}»"))
    parts.append(standing(face, move.talk.lang or "da", move.world.now))
    if face.seeks:
        parts.append(move.words("open.seeks", seeks=face.seeks))
    parts.append(way(face, move.talk.lang or "da"))
    move.tell(Parts(tuple(parts)), _page_buttons(move, face))


def follow(move: Move, number: int, *, on: bool = True) -> None:
    """Follow a public initiative, or no longer; one that is not public is answered as one that is not there."""
    face = move.world.public.face(number)
    if face is None and not (number in move.world.followed and not on):
        move.tell(move.words("citizen.follow_none"))
        return
    if face is not None and not face.listed:
        move.tell(move.words(f"open.{face.stage.value}", n=number))
        on = False
    move.do(Follow(move.person.id, number, on))
    if face is None:
        move.tell(move.words("open.unfollowed"))
        return
    if not face.listed:
        return
    fields: dict[str, Field] = {"n": number, "title": face.title}
    if not on:
        move.tell(move.words("citizen.unfollowed", **fields))
        return
    stop = move.button("citizen.button.unfollow", f"unfollow:{number}")
    weekly = move.person.weekly
    how = move.button("open.button.each" if weekly else "open.button.week", f"p_week:{0 if weekly else 1}")
    move.tell(move.words("citizen.following", **fields), ((stop,), (how,)))


def line(move: Move, face: Face) -> Words:
    """Title, stage, next step, responsible and date in one line; what is late says so."""
    return _in_line(face, move.talk.lang or "da", move.world.now)


def _in_line(face: Face, lang: str, now: datetime) -> Words:
    fields = facts(face, lang)
    fields["title"] = wording.title(face.title, TITLE)
    if face.stage in NOES:
        return Words("open.line.refused", lang, fields)
    if face.stage.closed:
        return Words("open.line.closed", lang, fields)
    if face.overdue(now):
        return Words("open.line.overdue", lang, fields)
    if face.late_since is not None:
        return Words("open.line.late", lang, fields)
    return Words("open.line.on_time", lang, fields)


def standing(face: Face, lang: str, now: datetime) -> Words:
    """Where it stands: the stage, who has the responsibility and in what role, the next step and its date."""
    fields = facts(face, lang)
    if face.stage in NOES:
        return Words("open.standing.refused", lang, fields)
    if face.stage.closed:
        return Words("open.standing.done", lang, fields)
    if face.overdue(now):
        return Words("open.standing.overdue", lang, fields)
    if face.late_since is not None:
        return Words("open.standing.late", lang, fields)
    if face.step.turn is Turn.CITIZEN:
        return Words("open.standing.waiting", lang, fields)
    return Words("open.standing.on_time", lang, fields)


def way(face: Face, lang: str) -> Words:
    """The stages so far, each with its day."""
    lines = [Words("open.sent", lang, {"at": face.sent})]
    for passed in face.stages:
        if passed.stage is not Stage.RECEIVED:
            stage = Words(f"stage.{passed.stage.value}", lang)
            lines.append(Words("open.passed", lang, {"at": passed.at, "stage": stage}))
    stacked = lines[-1]
    for above in reversed(lines[:-1]):
        stacked = Words("open.stack", lang, {"above": above, "below": stacked})
    return Words("open.way", lang, {"steps": stacked})


def facts(face: Face, lang: str) -> dict[str, Field]:
    """What the texts of a face are filled with."""
    ending = face.ending
    return {
        "n": face.number,
        "title": face.title,
        "stage": Words(f"stage.{face.stage.value}", lang),
        "agent": face.responsible,
        "role": face.role,
        "first": face.responsible.split()[0],
        "step": next_step(face, lang),
        "who": face.step.who,
        "due": face.step.due,
        "since": face.late_since or face.step.due,
        "what": ending.what if ending else "",
        "why": ending.why if ending else "",
        "instead": ending.instead if ending else "",
    }


def on_week(move: Move) -> None:
    """The week's news in one message: where each stands now that has moved; what is no longer public is left out."""
    faces = [move.world.public.face(number) for number in move.person.news if number in move.world.followed]
    shown = [face for face in faces if face is not None and face.listed]
    move.person = replace(move.person, news=())
    if not shown or not move.person.reachable:
        return
    lines = tuple(_in_line(face, move.person.lang, move.world.now) for face in shown[:MOST])
    head = Words("open.week.head", move.person.lang, {"n": len(shown)})
    each = Button("open.button.each", "p_week:0", move.person.lang)
    rows = tuple(
        (Button("open.button.show", f"p_show:{face.number}", move.person.lang, _named(face)),) for face in shown[:MOST]
    )
    move.tell(Parts((head, *lines)), (*rows, (each,)))


def _gather(move: Move, *, on: bool) -> None:
    move.person = replace(move.person, weekly=on)
    move.tell(move.words("open.week.on" if on else "open.week.off"))


def _tell_topic(move: Move, topic: str, start: int) -> None:
    faces = move.world.public.listed(topic)
    page = faces[start : start + MOST]
    if not page:
        tell(move)
        return
    head = move.words("open.topic", topic=_label(move, topic))
    more: Buttons = ()
    if len(faces) > start + MOST:
        more = ((move.button("open.button.more", f"p_topic:{start + MOST}:{topic}"),),)
    back = (move.button("open.button.list", "p_list:0"),)
    move.tell(Parts((head, *(line(move, face) for face in page))), (*openers(move, page), *more, back))


def openers(move: Move, faces: Sequence[Face]) -> Buttons:
    """A button for the page of each."""
    return tuple((move.button("open.button.show", f"p_show:{face.number}", **_named(face)),) for face in faces)


def _named(face: Face) -> dict[str, Field]:
    return {"n": face.number, "title": wording.title(face.title, BUTTON_TITLE)}


def _page_buttons(move: Move, face: Face) -> Buttons:
    n = face.number
    rows: list[tuple[Button, ...]] = []
    if n in move.world.followed:
        rows.append((move.button("citizen.button.unfollow", f"unfollow:{n}"),))
    elif not face.stage.closed:
        rows.append((move.button("open.button.follow", f"follow:{n}"),))
    rows.append((move.button("open.button.ask", f"ask_about:{n}", first=face.responsible.split()[0]),))
    rows.append((move.button("open.button.list", "p_list:0"),))
    return tuple(rows)


def _topic_button(move: Move, topic: str, count: int) -> Button:
    return move.button("open.button.topic", f"p_topic:0:{topic}", topic=_label(move, topic), count=count)


def _label(move: Move, topic: str) -> str | Words:
    found = move.world.frame.topics.get(topic)
    lang = move.talk.lang or "da"
    return found.label.get(lang, found.label["da"]) if found is not None else move.words("open.no_topic")
