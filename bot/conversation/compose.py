"""Turns what a step decided into rows: what is stored at once, and the calls that leave."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import structlog

from bot.conversation import aloud, casefile, comeback, forgetting, listing, own_file
from bot.conversation.ports import Call
from bot.conversation.rooms import Rooms
from bot.conversation.rows import Leaving, Rank, Timer
from bot.conversation.showcase import Look
from bot.conversation.staff import frame_in_force, keep_post
from bot.conversation.storage import Transaction
from bot.core import asking_back, poster, sent_before
from bot.core.effects import Answer as AnswerPress
from bot.core.effects import (
    Button,
    Buttons,
    CameBy,
    CaseFile,
    Clear,
    DropTimer,
    DropTopic,
    Effect,
    EndForgetting,
    Erase,
    FindSent,
    Follow,
    Forget,
    Invite,
    KeepBar,
    KeepPost,
    KeepPoster,
    LiftBar,
    MakeTopic,
    MendFollowers,
    MoveChat,
    NameTopic,
    Note,
    OwnFile,
    Parts,
    Pin,
    Recount,
    Redact,
    Ref,
    Rewrite,
    Say,
    SayFollowers,
    SendCode,
    SendList,
    SendMedia,
    SendPages,
    SendPaper,
    SendPlace,
    SendRules,
    SendWaiting,
    SetTimer,
    Strip,
    Suspect,
    Tag,
    TakePart,
    TellHumans,
    TellPosters,
    To,
    TroubleOver,
    Words,
)
from bot.core.history import retell
from bot.core.people import Person
from bot.core.promise import awake, next_news

log = structlog.get_logger()

PRESS = "press:"
TOPIC = "topic"
WEEK = "follow_week"
"""The kind of the timer at which a follower's gathered news is told."""
TROUBLES = "troubles"
"""The setting that holds the troubles of which the admins were told, and which are not over."""
NOTICE = "notice"
"""The role of what is told to the admins: when that fails in turn, nobody is told again."""


class Composer:
    """Collects the calls of one transaction, in the order in which they are to leave."""

    def __init__(self, transaction: Transaction, rooms: Rooms, now: datetime) -> None:
        self._transaction = transaction
        self.rooms = rooms
        self.now = now
        self.leaving: list[Leaving] = []
        self._woken: list[int] = []
        self._redacted: list[tuple[int, int]] = []
        self._told = 0

    def follow(self, effects: Iterable[Effect], whose: Callable[[Note], int] = lambda _: 0) -> None:
        """Let these effects happen: store what is ours, collect what leaves. `whose` line it is, see `core.authors`."""
        notes: list[Note] = []
        for effect in effects:
            if isinstance(effect, Note):
                notes.append(effect)
            else:
                self._one(effect)
        self._transaction.timeline.add(notes, self.now, whose)
        for about, message in self._redacted:
            self._transaction.timeline.redact(about, message)
        self._redacted = []

    def because_of(self, cause: int) -> int:
        """What was collected since the last time follows from this inbox row; how many calls those are."""
        fresh = self.leaving[self._told :]
        self.leaving[self._told :] = [replace(one, cause=cause) for one in fresh]
        self._told = len(self.leaving)
        return len(fresh)

    def save(self, real: float) -> int:
        """Store the collected calls; how many there were. `real` is real time."""
        count = len(self.leaving)
        self._transaction.offered.keep(aloud.offers(self.leaving, self.rooms.intent))
        self._transaction.outbox.add(self.leaving, real)
        self.leaving, self._told = [], 0
        for person in self._woken:
            comeback.send(self._transaction, person, real)
            count += 1
        self._woken = []
        return count

    def _one(self, effect: Effect) -> None:
        match effect:
            case Follow(person=person, about=about, on=on):
                self._transaction.initiatives.follow(person, about, on)
            case TakePart(person=person, about=about, on=on):
                self._transaction.initiatives.take_part(person, about, on)
            case SendList():
                self.leaving.append(self._list(effect))
            case SetTimer(key=key, kind=kind, due=due, about=about, chat=chat):
                self._transaction.timers.set(Timer(key, kind, due, about, chat))
            case DropTimer(key=key):
                self._transaction.timers.drop(key)
            case SayFollowers():
                people = self._transaction.initiatives.followers(effect.about)
                self.leaving.extend(self._to_followers(effect, people))
            case MendFollowers():
                self.leaving.extend(self._to_misled(effect))
            case TellHumans():
                self.leaving.extend(self._to_humans(effect))
            case TroubleOver(trouble=trouble):
                self._troubled(trouble, on=False)
            case CaseFile(about=about):
                frame = frame_in_force(self._transaction, self.rooms)
                for upload in casefile.calls(self._transaction, effect, self.now, frame, self.rooms.speak):
                    self.leaving.append(Leaving(upload.lane, upload.method, upload.params, Tag("case", about)))
            case OwnFile():
                upload = own_file.call(self._transaction, effect, self.now, self.rooms)
                self.leaving.append(Leaving(upload.lane, upload.method, upload.params))
            case Clear() | Forget() | EndForgetting() | SendWaiting() | Redact() | KeepBar() | LiftBar():
                self._of_people(effect)
            case KeepPoster(slug=slug, place=place):
                self._transaction.posters.keep(slug, place)
            case CameBy(slug=slug):
                self._transaction.posters.came(slug)
            case TellPosters(to=to):
                said = poster.counts(to, self._transaction.posters.all())
                self.leaving.extend(calls(self.rooms, said, self.now))
            case KeepPost(agent=agent, post=post):
                keep_post(self._transaction, agent, post)
            case Recount(to=to, about=about) | FindSent(to=to, about=about):
                for said in self._retold(to, about, isinstance(effect, FindSent)):
                    self.leaving.extend(calls(self.rooms, said, self.now))
            case Suspect(what=what, about=about):
                log.warning("refused", what=what, about=about)
            case MoveChat(old=old, new=new):
                self._transaction.move_chat(old, new)
                self.rooms.moved(old, new)
            case _:
                self.leaving.extend(calls(self.rooms, effect, self.now))

    def _retold(self, to: To, about: int, only_sent: bool) -> Iterator[Say]:
        """What was said on an initiative so far, or only what was sent to its citizen lately."""
        entries = self._transaction.timeline.of(about)
        initiative = self._transaction.initiatives.some([about]).get(about) if only_sent else None
        if initiative is not None:
            copies = self._transaction.messages.latest(initiative.owner, "reply", about)
            yield from sent_before.tell(to, initiative, copies, entries, self.now)
        elif not only_sent:
            yield from retell(to, about, entries)

    def _to_followers(self, effect: SayFollowers, people: Collection[int]) -> Iterator[Leaving]:
        after = awake(self.now, self.rooms.frame().promises)
        for person in self._transaction.people.some(people).values():
            if person.weekly and not effect.last:
                self._gather(person, effect.about)
            elif person.reachable:
                words, buttons = _of_news(effect, person.lang), _of_follower(effect, person.lang)
                say = Say(To(person.id), words, buttons, effect.tag, after=after)
                yield from calls(self.rooms, say, self.now, Rank.NEWS)

    def _to_misled(self, effect: MendFollowers) -> Iterator[Leaving]:
        """What has not left yet is said anew and right; what was read is mended there, and told once more."""
        news, tag = effect.news, effect.news.tag
        if tag is None or self._reads_alike(_of_news(news), replace(_of_news(news), fields=effect.before)):
            return
        origin, roles = (tag.origin_chat, tag.origin_message), {tag.role}
        waits = {link.chat for link in self._transaction.outbox.carrying(*origin) if link.role in roles}
        self._transaction.outbox.withhold(*origin, roles)
        told = [link for link in self._transaction.messages.copies(*origin) if link.role in roles]
        people = self._transaction.people.some(self._transaction.initiatives.followers(news.about))
        read = {link.chat for link in told}
        unread = [n for n, person in people.items() if person.weekly or (n in waits and n not in read)]
        yield from self._to_followers(news, unread)
        after = awake(self.now, self.rooms.frame().promises)
        for person in (one for one in people.values() if one.id in read and one.reachable):
            words, buttons = _of_news(news, person.lang), _of_follower(news, person.lang)
            mended = Parts((Words("citizen_step.followers.mended", person.lang, {"n": news.about}), words))
            for link in (one for one in told if one.chat == person.id):
                there = Rewrite(Ref(person.id, link.message_id), mended if link.detail else words, buttons)
                yield from calls(self.rooms, there, self.now, Rank.NEWS)
            if not person.weekly:
                again = replace(tag, detail="mended")
                say = Say(To(person.id), mended, buttons, again, silent=True, after=after)
                yield from calls(self.rooms, say, self.now, Rank.NEWS)

    def _reads_alike(self, one: Words, other: Words) -> bool:
        return self.rooms.speak(one).plain == self.rooms.speak(other).plain

    def _gather(self, person: Person, about: int) -> None:
        """Keep it for the week's news, which are told at one time for all that has moved."""
        news = (*(number for number in person.news if number != about), about)
        self._transaction.people.save(replace(person, news=news))
        due = next_news(self.now, self.rooms.frame().promises)
        self._transaction.timers.set(Timer(f"{WEEK}:{person.id}", WEEK, due, 0, person.id))

    def _list(self, effect: SendList) -> Leaving:
        faces = Look(self.rooms.showcase, self._transaction).listed()
        upload = listing.call(effect, faces, self.rooms.frame(), self.rooms.speak, self.now)
        return Leaving(upload.lane, upload.method, upload.params, Tag("list"))

    def _of_people(self, effect: Clear | Forget | EndForgetting | SendWaiting | Redact | KeepBar | LiftBar) -> None:
        """What is kept of people is taken away, what waited for them let go, or a bar begins or ends."""
        match effect:
            case Forget():
                self.follow(forgetting.carry_out(self._transaction, effect, self.now, self._shared_title))
            case Clear(about=about):
                self.follow(forgetting.clear(self._transaction, about, self.now))
            case EndForgetting(deletion=deletion):
                self._transaction.deletions.end(deletion)
            case SendWaiting(person=person):
                self._woken.append(person)
            case Redact(about=about, message=message, chat=chat):
                self._redacted.append((about, message))
                forgetting.let_go(self._transaction, chat, message)
            case KeepBar(bar=bar):
                self._transaction.barred.keep(bar)
            case LiftBar(person=person):
                self._transaction.barred.lift(person)

    def _shared_title(self, lang: str) -> str:
        return self.rooms.speak(Words("citizen.title.shared", lang)).plain

    def _to_humans(self, effect: TellHumans) -> Iterator[Leaving]:
        """To the admins who can be reached, else to the staff group, else to the admins all the same."""
        if effect.trouble and not self._troubled(effect.trouble, on=True):
            return
        frame = self.rooms.frame()
        known = self._transaction.people.some(frame.admins)
        chats = sorted(person.id for person in known.values() if person.reachable)
        if not chats:
            chats = [frame.staff_chat] if frame.staff_chat is not None else sorted(frame.admins)
        for chat in chats:
            tag = replace(effect.tag, role=NOTICE) if effect.tag is not None else Tag(NOTICE)
            yield from calls(self.rooms, Say(To(chat), effect.words, effect.buttons, tag), self.now)

    def _troubled(self, trouble: str, *, on: bool) -> bool:
        """Know that the admins were told of it, or that it is over; whether that is new."""
        known: list[str] = self._transaction.settings.get(TROUBLES) or []
        if (trouble in known) is on:
            return False
        told = [*known, trouble] if on else [one for one in known if one != trouble]
        self._transaction.settings.put(TROUBLES, told)
        return True


def calls(rooms: Rooms, effect: Effect, now: datetime, rank: Rank = Rank.REPLY) -> Iterator[Leaving]:
    """The calls that carry an effect out. Each message is tagged; only the last one tells of its delivery."""
    rendered = rooms.render(effect, rooms.speak)
    tag, tell, hold = _marks(effect)
    for n, call in enumerate(rendered, start=1):
        yield Leaving(
            lane=call.lane,
            method=call.method,
            params=call.params,
            tag=tag,
            tell=tell and n == len(rendered),
            rank=Rank.PRESS if _is_press(call) else rank,
            hold=hold if hold is not None and hold > now else None,
        )


def _of_news(news: SayFollowers, lang: str = "da") -> Words:
    return Words(news.key, lang, news.fields)


def _of_follower(news: SayFollowers, lang: str) -> Buttons:
    """What a follower can press under the news: write to the responsible, and hear no more."""
    stop = Button("citizen.button.unfollow", f"unfollow:{news.about}", lang)
    ask = Button("open.button.ask", f"{asking_back.VERB}:{news.about}", lang, {"first": news.ask})
    return () if news.last else ((ask,), (stop,)) if news.ask else ((stop,),)


def _is_press(call: Call) -> bool:
    return call.lane.startswith(PRESS)


def _marks(effect: Effect) -> tuple[Tag | None, bool, datetime | None]:
    match effect:
        case Say(tag=tag, tell=tell, after=after):
            return tag, tell, after
        case SendMedia(tag=tag, tell=tell) | Erase(tag=tag, tell=tell):
            return tag, tell, None
        case SendPlace(tag=tag) | SendRules(tag=tag) | SendPages(tag=tag) | DropTopic(tag=tag):
            return tag, False, None
        case Invite(about=about, tag=tag, after=after):
            return tag or Tag("invite", about), False, after
        case MakeTopic(about=about) | NameTopic(about=about):
            return Tag(TOPIC, about), False, None
        case SendCode(about=about):
            return Tag("code", about), False, None
        case SendPaper():
            return Tag("paper"), False, None
        case Rewrite() | Strip() | Pin() | AnswerPress():
            return None, False, None
    return None, False, None
