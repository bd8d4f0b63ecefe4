"""An idea while it is still the citizen's own: mirrored, asked about, summed up, corrected, dropped, taken up again."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.core import alike, false_alarm, measure, offering, others, wording
from bot.core.effects import Buttons, DropTimer, Parts, Quote, SetTimer, Tag, Words
from bot.core.events import Said
from bot.core.face import NO_IDEAS
from bot.core.frame import Promises, Question, Topic
from bot.core.match import Match
from bot.core.people import Asking, Draft, Utterance
from bot.core.promise import awake
from bot.core.world import Move

MOST_QUESTIONS = 3
ENOUGH_WORDS = 10
LONG_WORDS = 60
SUMMARY_WORDS = 55
MIRROR_WORDS = 32
AWAY = timedelta(hours=20)
TIMERS = ("draft_remind", "draft_warn", "draft_delete")


def begin(move: Move, said: Said, match: Match | None, *, ahead: tuple[Words, ...] = ()) -> None:
    """Take up a new idea or offer: mirror it in its own words and ask one open question.

    `ahead` is said first in the same message (a signpost for the part that is an errand). Whatever else the words were
    taken for (a question under a picture, say), a draft is an idea or an offer.
    """
    offers = match is not None and match.kind == offering.KIND
    draft = Draft(since=move.world.now, kind=offering.KIND if offers else "idea")
    if not has_room(move, draft, said):
        return
    draft = _with_words(move, draft, said, match.rest if match and match.rest else said.text)
    _go_on(move, draft, said, ahead)


def add(move: Move, said: Said) -> None:
    """Take more words, pictures or a place into the draft, and go on with it."""
    draft = move.talk.draft or Draft(since=move.world.now)
    if not has_room(move, draft, said):
        return
    if said.cpr and draft.open:
        _take_beside(move, draft, said)
        return
    ahead = (recap(move, draft),) if _was_away(move, draft) else ()
    _go_on(move, _with_words(move, draft, said, said.text), said, ahead)


def _take_beside(move: Move, draft: Draft, said: Said) -> None:
    """Take the words in, and let the question that was open stand as it was."""
    keep(move, replace(_with_words(move, replace(draft, open=""), said, said.text), open=draft.open))
    ask = Quote(question) if (question := _question(move, draft.open)) else move.words("citizen.ask_line")
    move.tell(ask, ((move.button("citizen.button.skip", f"d_skip:{draft.version}"),),))


def rewrite(move: Move, said: Said) -> None:
    """Put new words in the place of all earlier ones, which stay in the history."""
    draft = move.talk.draft or Draft(since=move.world.now)
    if not has_room(move, draft, said):
        return
    struck = tuple(replace(words, struck=True) for words in draft.words)
    _go_on(move, _with_words(move, replace(draft, words=struck), said, said.text), said, ())


def has_room(move: Move, draft: Draft, said: Said) -> bool:
    """Whether what was just said fits in; if not, the draft stays as it is, can be sent, and its citizen hears why."""
    if measure.has_room(draft.words, draft.media, said):
        return True
    _refuse(move, draft)
    return False


def _refuse(move: Move, draft: Draft) -> None:
    if not draft.words and not draft.media:
        move.tell(move.words("citizen.full.first"))
        return
    if draft.full is not None and move.world.now - draft.full < measure.AGAIN:
        return
    move.talk = replace(move.talk, draft=replace(draft, full=move.world.now), asking=None)
    full = move.words("citizen.full.more")
    if draft.kind == offering.KIND:
        move.tell(full)
        return
    summarise(move, ahead=(full,))


def edited(move: Move, message_id: int, text: str) -> bool:
    """Follow an edit on the phone; True if the message is part of the draft and the words did change."""
    draft = move.talk.draft
    if draft is None or all(said.edited(message_id, text) == said for said in draft.words):
        return False
    words = tuple(said if said.struck else said.edited(message_id, text) for said in draft.words)
    draft = rematch(move, replace(draft, words=words, touched=move.world.now))
    keep(move, draft)
    if draft.version:
        summarise(move)
    return True


def drop(move: Move) -> None:
    """Throw the draft away; it can be taken up again until another one is dropped."""
    draft = move.talk.draft
    if draft is None:
        move.tell(move.words("citizen.nothing_to_drop"))
        return
    move.talk = replace(move.talk, draft=None, dropped=draft, asking=None)
    stop_timers(move)
    # What was thrown away is gone for good when a draft would be.
    gone = move.world.now + timedelta(days=move.world.frame.promises.draft_days)
    move.do(SetTimer(f"draft_delete:{move.person.id}", "draft_delete", gone, chat=move.person.id))
    undo = move.button("citizen.button.undo_drop", "d_undo:0")
    move.tell(move.words("citizen.dropped"), ((undo,),))


def take_up_again(move: Move) -> None:
    """Bring back the draft that was thrown away, whole."""
    dropped = move.talk.dropped
    if dropped is None or move.talk.draft is not None:
        move.tell(move.words("citizen.nothing_to_undo"))
        return
    keep(move, replace(dropped, touched=move.world.now))
    move.talk = replace(move.talk, dropped=None)
    summarise(move, ahead=(move.words("citizen.back_again"),))


def skip(move: Move) -> None:
    """Let the open question be and show what there is."""
    draft = move.talk.draft
    if draft is not None:
        keep(move, replace(draft, open=""))
        summarise(move)


def summarise(move: Move, ahead: tuple[Words, ...] = ()) -> None:
    """Show the draft as it would be sent, in the citizen's own words, with who will read it, and send, edit, drop."""
    draft = move.talk.draft
    if draft is None:
        return
    if draft.kind == offering.KIND:
        offering.show(move, None, offering.words_of(move, None))
        return
    draft = replace(draft, version=draft.version + 1, open="")
    keep(move, draft)
    own = wording.extracts(tuple(said.text for said in draft.standing), SUMMARY_WORDS)
    whole = sum(wording.count(said.text) for said in draft.standing) <= SUMMARY_WORDS
    parts: list[Words | Quote] = [*ahead, move.words("citizen.summary.head")]
    if own:
        parts.append(Quote(f"«{own}»"))
    parts += _beside_the_words(move, draft)
    if not whole:
        parts.append(move.words("citizen.summary.all_is_kept"))
    parts.append(_reader(move, draft))
    if move.talk.lang not in ("da", "") and draft.version == 1 and not _has_sent_one(move):
        parts.append(move.words("citizen.staff_languages"))
    if others.are_told_of("\n".join(said.text for said in draft.standing), _staff(move)):
        parts.append(move.words("citizen.summary.others"))
    left_out, take_in = false_alarm.offer(move)
    parts += [*left_out, move.words("citizen.summary.right")]
    rows = (*take_in, *summary_buttons(move, draft.version))
    move.tell(Parts(tuple(parts)), rows, Tag("summary", detail=str(draft.version)))


def summary_buttons(move: Move, version: int) -> Buttons:
    """Send, edit and drop for the summary of this version."""
    return (
        (move.button("citizen.button.send", f"d_send:{version}"),),
        (
            move.button("citizen.button.edit", f"d_edit:{version}"),
            move.button("citizen.button.drop", f"d_drop:{version}"),
        ),
    )


def ask_how_to_edit(move: Move) -> None:
    """Ask what should be different; what comes next is taken in as a correction."""
    draft = move.talk.draft
    if draft is None:
        return
    move.talk = replace(move.talk, asking=Asking("edit"))
    anew = move.button("citizen.button.rewrite", f"d_rewrite:{draft.version}")
    move.tell(move.words("citizen.edit_how"), ((anew,),))


def recap(move: Move, draft: Draft) -> Words:
    """What the idea was and which question stood open, for someone who has been away."""
    own = wording.extract(" ".join(said.text for said in draft.standing), 20)
    question = _question(move, draft.open)
    if question is None:
        return move.words("citizen.recap", idea=own)
    return move.words("citizen.recap_question", idea=own, question=question.rstrip("?"))


def keep(move: Move, draft: Draft) -> None:
    """Save the draft and wind its timers up anew: a reminder, a warning, and the day when it is deleted."""
    promises = move.world.frame.promises
    now = move.world.now
    draft = replace(draft, touched=now, warned=None)
    move.talk = replace(move.talk, draft=draft, asking=None, puzzled=0)
    stop_timers(move)
    if not draft.reminded:
        _wind(move, "draft_remind", now + timedelta(days=promises.draft_reminder_days))
    _wind(move, "draft_warn", now + timedelta(days=promises.draft_days - promises.draft_warning_days))
    delete = now + timedelta(days=promises.draft_days)
    move.do(SetTimer(f"draft_delete:{move.person.id}", "draft_delete", delete, chat=move.person.id))


def goes(draft: Draft, touched: datetime, promises: Promises) -> datetime:
    """When a draft is deleted: so many days after the last word of it, and never before what the warning said."""
    due = touched + timedelta(days=promises.draft_days)
    warned = draft.warned + timedelta(days=promises.draft_warning_days) if draft.warned is not None else due
    return due if warned.date() <= due.date() else warned


def waits(move: Move, draft: Draft) -> bool:
    """Whether it may not be deleted yet: after a standstill the warning and this day can come at once.

    Whoever was not warned is warned first, in the daytime; then it waits as long as the warning says.
    """
    now, promises = move.world.now, move.world.frame.promises
    warned = draft.warned if draft.warned is not None else awake(now, promises)
    due = warned + timedelta(days=promises.draft_warning_days)
    if draft.warned is not None and now.date() >= due.date():
        return False
    person = move.person.id
    if draft.warned is None:
        move.do(SetTimer(f"draft_warn:{person}", "draft_warn", warned, chat=person))
    move.do(SetTimer(f"draft_delete:{person}", "draft_delete", due, chat=person))
    return True


def stop_timers(move: Move) -> None:
    """The draft is sent or gone: nothing more falls due for it."""
    move.do(*(DropTimer(f"{kind}:{move.person.id}") for kind in TIMERS))


def rematch(move: Move, draft: Draft) -> Draft:
    """Let routing look at all standing words together."""
    route = move.world.route
    text = "\n".join(said.text for said in draft.standing).strip()
    if route is None or not text:
        return replace(draft, topics=(), sure=False, agent=move.world.frame.coordinator)
    match = route(text)
    draft_was_sure = draft.sure and draft.topics and not any(said.struck for said in draft.words)
    if not match.sure and draft_was_sure and match.topics and match.topics[0].topic == draft.topics[0].topic:
        # What a citizen adds when asked may touch on other topics; the idea itself is still the first words'.
        return replace(draft, topics=match.topics, rules_hash=match.rules_hash)
    return replace(
        draft,
        topics=match.topics,
        sure=match.sure,
        agent=match.agent or move.world.frame.coordinator,
        rules_hash=match.rules_hash,
    )


def corrected(words: tuple[Utterance, ...], said: Said, text: str = "", answers: str = "") -> tuple[Utterance, ...]:
    """The words with a message added; what the message takes back is struck, and kept in the history."""
    text = (text or said.text).strip()
    if not text:
        return words
    taken_back = wording.correction(text) if words else None
    if taken_back is not None:
        words = tuple(replace(w, struck=w.struck or wording.speaks_of(w.text, taken_back.negated)) for w in words)
        words += (Utterance(text, said.message_ids[0], said.at, struck=True, pieces=said.pieces),)
        text = taken_back.rest
    return (*words, Utterance(text, said.message_ids[0], said.at, answers=answers, pieces=said.pieces))


def _with_words(move: Move, draft: Draft, said: Said, text: str) -> Draft:
    words = corrected(draft.words, said, text, draft.open)
    draft = replace(
        draft,
        words=words,
        media=draft.media + said.media,
        place=said.place or draft.place,
        open="",
        touched=move.world.now,
    )
    return rematch(move, draft)


def _go_on(move: Move, draft: Draft, said: Said, ahead: tuple[Words, ...]) -> None:
    """Either one more open question, or the summary."""
    keep(move, draft)
    got = _got(move, said)
    if not draft.standing and not draft.asked:
        keep(move, replace(draft, open="line", asked=("line",)))
        skip_it = move.button("citizen.button.skip", f"d_skip:{draft.version}")
        move.tell(Parts((*ahead, *got, move.words("citizen.ask_line"))), ((skip_it,),))
        return
    if like := alike.find(move, draft):
        keep(move, replace(draft, shown=tuple(face.number for face in like)))
        mirror = Quote(f"«{wording.extract(draft.standing[-1].text, MIRROR_WORDS)}»", move.words("citizen.mirror"))
        alike.tell(move, like, (*ahead, *got, mirror))
        return
    known = sum(wording.count(words.text) for words in draft.standing)
    first = len(draft.standing) <= 1 and not draft.version
    question = None if draft.version or len(draft.asked) >= MOST_QUESTIONS else _next_question(move, draft)
    if question is None or known >= LONG_WORDS or (known >= ENOUGH_WORDS and not first):
        summarise(move, ahead=(*ahead, *got))
        return
    topic = _sure_topic(move, draft)
    of = topic.id if topic is not None and question in topic.questions else ""
    keep(move, replace(draft, open=question.facet, of=of, asked=(*draft.asked, question.facet)))
    parts: list[Words | Quote] = [*ahead, *got]
    if said.text.strip():
        last = draft.standing[-1].text
        head = "citizen.mirror" if first else "citizen.mirror_more"
        parts.append(Quote(f"«{wording.extract(last, MIRROR_WORDS)}»", move.words(head)))
    ask = question.ask.get(move.talk.lang or "da") or question.ask["da"]
    parts.append(Quote(ask))
    move.tell(Parts(tuple(parts)), ((move.button("citizen.button.skip", f"d_skip:{draft.version}"),),))


def _got(move: Move, said: Said) -> tuple[Words, ...]:
    """What was received besides words, told once for the whole act."""
    told: list[Words] = []
    photos = sum(item.kind == "photo" for item in said.media)
    files = sum(item.kind in ("video", "document", "audio", "animation", "video_note") for item in said.media)
    if photos:
        told.append(move.words("citizen.got.photos", n=photos))
    if any(item.kind == "voice" for item in said.media):
        told.append(move.words("citizen.got.voice"))
    if files:
        told.append(move.words("citizen.got.files", n=files))
    if said.place is not None:
        told.append(move.words("citizen.got.place"))
    return tuple(told)


def _has_sent_one(move: Move) -> bool:
    """Whether they have sent an idea before: what is said once was said with that one."""
    return any(one.owner == move.person.id and one.kind not in NO_IDEAS for one in move.world.initiatives.values())


def _beside_the_words(move: Move, draft: Draft) -> list[Words | Quote]:
    told: list[Words | Quote] = []
    if draft.media:
        told.append(move.words("citizen.summary.files", n=len(draft.media)))
    if draft.place is not None:
        told.append(move.words("citizen.summary.place"))
    return told


def lead_of(move: Move, draft: Draft) -> str:
    """The id of the agent who would lead a draft of which routing is sure today."""
    frame = move.world.frame
    topic = draft.topics[0].topic if draft.topics else ""
    return frame.lead_of(topic, draft.agent, move.world.now.date())


def _reader(move: Move, draft: Draft) -> Words:
    frame = move.world.frame
    lang = move.talk.lang or "da"
    topic = frame.topics.get(draft.topics[0].topic) if draft.topics else None
    if draft.sure and topic is not None and draft.agent in frame.agents:
        label = topic.label.get(lang, topic.label["da"])
        return move.words("citizen.summary.reader", topic=label, agent=frame.agents[lead_of(move, draft)].name)
    reader = frame.unsure_lead(move.place_in(draft.text), move.world.now.date())
    return move.words("citizen.summary.reader_unsure", agent=frame.agents[reader].name)


def _staff(move: Move) -> frozenset[str]:
    return frozenset(agent.name for agent in move.world.frame.agents.values())


def _next_question(move: Move, draft: Draft) -> Question | None:
    frame, topic = move.world.frame, _sure_topic(move, draft)
    known = frozenset[str]()
    if move.world.route is not None and draft.standing:
        known = move.world.route("\n".join(said.text for said in draft.standing)).facets
    for question in (*(topic.questions if topic else ()), *frame.questions):
        if question.facet not in draft.asked and question.facet not in known:
            return question
    return None


def _sure_topic(move: Move, draft: Draft) -> Topic | None:
    return move.world.frame.topics.get(draft.topics[0].topic) if draft.topics and draft.sure else None


def _question(move: Move, facet: str) -> str | None:
    """The open question as it was asked, whatever else the draft has come to be about since."""
    frame, draft = move.world.frame, move.talk.draft
    topic = frame.topics.get(draft.of) if draft is not None else None
    for question in (*(topic.questions if topic else ()), *frame.questions):
        if facet and question.facet == facet:
            return question.ask.get(move.talk.lang or "da", question.ask["da"])
    return None


def _was_away(move: Move, draft: Draft) -> bool:
    return draft.touched is not None and move.world.now - draft.touched > AWAY


def _wind(move: Move, kind: str, due: datetime) -> None:
    at = awake(datetime.combine(due.date(), time(10), due.tzinfo), move.world.frame.promises)
    move.do(SetTimer(f"{kind}:{move.person.id}", kind, at, chat=move.person.id))
