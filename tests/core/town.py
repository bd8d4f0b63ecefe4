"""A small municipality and its people for the stories of the staff's side."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.effects import Answer, Effect, Quote, Rewrite, Say, Words
from bot.core.events import Chat, Delivery, Edited, Event, Media, Pressed, Said, Sender
from bot.core.frame import Agent, Contact, Frame, Promises, Topic
from bot.core.initiative import Desk, Initiative, NextStep, Stage, Turn
from bot.core.match import TopicScore
from bot.core.people import Person, Talk, Utterance
from bot.core.world import Link, Move, World
from tests.core.open_list import OpenList, OpenLists

ZONE = ZoneInfo("Europe/Copenhagen")
GROUP = -1001
METTE, BO, SIGNE, PETER, KAREN, FARID = 101, 102, 103, 104, 105, 106
NANNA = 555
AASE, JONAS, KARIM = 900, 901, 902
CLOSED = frozenset(
    {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)}
    | {date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)}
)
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=ZONE)
DUE = datetime(2026, 11, 4, 16, tzinfo=ZONE)
PHOTO = Media("photo", "p1", 300)
PROMISES = Promises(2, time(16), CLOSED, time(21), time(7))


def an_agent(key: str, name: str, telegram: int | None, desk: Any = "group") -> Agent:
    return Agent(key, name, "sparringsagent", telegram, desk)


AGENTS = {
    "mette": an_agent("mette", "Mette Holm", METTE),
    "bo": an_agent("bo", "Bo Lind", BO),
    "signe": an_agent("signe", "Signe Krag", SIGNE, "private"),
    "farid": an_agent("farid", "Farid Nazari", FARID, "both"),
    "peter": an_agent("peter", "Peter Dam", PETER, "both"),
    "karen": an_agent("karen", "Karen Toft", KAREN, "private"),
}
FRAME = Frame(
    municipality="Gentofte Kommune",
    bot_name="Skab",
    contact=Contact("39 98 00 00", {"da": "hverdage"}, {"da": "Rådhuset"}),
    privacy_link="https://example.org",
    agents=AGENTS,
    topics={"trafik": Topic("trafik", {"da": "Trafik"}, "mette")},
    coordinator="peter",
    leader="karen",
    admins=frozenset({7}),
    signposts={},
    emergency_lines={},
    promises=PROMISES,
    area=None,
    questions=(),
    rules_hash="r",
    staff_chat=GROUP,
)


def an_idea(number: int = 1, **changes: Any) -> Initiative:
    """Aase's idea as it stands just after it was sent, in Mette's topic with a copy at Peter's."""
    idea = Initiative(
        number=number,
        owner=AASE,
        owner_name="Aase Winther",
        lang="da",
        title="Cykler ved Ordrup Station",
        words=(Utterance("cyklerne ligger og flyder", 11, NOW), Utterance("jeg vil gerne selv være med", 12, NOW)),
        topics=(TopicScore("trafik", 90.0, ("cykler", "ordrup st")),),
        stage=Stage.RECEIVED,
        responsible="mette",
        responsible_name="Mette Holm",
        responsible_title="sparringsagent",
        step=NextStep("Mette Holm", DUE, Turn.AGENT, key="step.first_answer"),
        sent=NOW - timedelta(minutes=20),
        first_due=DUE,
        touched=NOW - timedelta(minutes=20),
        desks=(Desk(GROUP, topic=True), Desk(PETER, topic=False)),
    )
    return replace(idea, **changes)


def for_signe(number: int = 2, **changes: Any) -> Initiative:
    """Jonas's idea, carried in Signe's own chat."""
    changes = {
        "owner": JONAS,
        "owner_name": "Jonas Berg",
        "title": "Bænke på torvet",
        "responsible": "signe",
        "responsible_name": "Signe Krag",
        "desks": (Desk(SIGNE, topic=False),),
        **changes,
    }
    return an_idea(number, **changes)


class Story:
    """Plays steps one after the other, and keeps what the store would keep: initiatives, talks, messages."""

    def __init__(self, *initiatives: Initiative, now: datetime = NOW) -> None:
        self.initiatives = {initiative.number: initiative for initiative in initiatives}
        self.talks: dict[tuple[int, int], Talk] = {}
        self.links: list[Link] = []
        self.now = now
        self.next_message = 5000
        self.effects: list[Effect] = []

    def step(
        self, act: Callable[[Move, Any], None], event: Event, *, topic: int = 0, target: Link | None = None
    ) -> Move:
        """One step; what follows from it is kept in `effects` of the move and of the story."""
        chat, user = _where(event)
        talk = self.talks.get((chat, user), Talk())
        world = World(
            now=self.now,
            frame=FRAME,
            person=Person(user, "x"),
            talk=talk,
            initiatives=dict(self.initiatives),
            target=target,
            copies=self._copies(event, target),
            topic=topic,
            public=OpenList(self.initiatives),
            lists=OpenLists(self.initiatives),
        )
        move = Move.of(world)
        act(move, event)
        self.initiatives.update(move.changed)
        self.talks[(chat, user)] = move.talk
        self.effects.extend(move.effects)
        return move

    def link(self, chat: int, role: str, about: int, **more: Any) -> Link:
        """A message of the bot's that is known from now on."""
        self.next_message += 1
        fields = {"origin_chat": 0, "origin_message": 0, "by": 0, "detail": "", "at": self.now, **more}
        link = Link(chat, self.next_message, role, about, **fields)
        self.links.append(link)
        return link

    def deliver(self, said: Say, message_id: int = 0) -> Link:
        """What the outbox does once a message is sent: the message is known by its tag."""
        assert said.tag is not None
        tag = said.tag
        link = self.link(
            said.to.chat,
            tag.role,
            tag.about,
            origin_chat=tag.origin_chat,
            origin_message=tag.origin_message,
            by=tag.by,
            detail=tag.detail,
        )
        if message_id:
            self.links[-1] = link = replace(link, message_id=message_id)
        return link

    def _copies(self, event: Event, target: Link | None) -> tuple[Link, ...]:
        if isinstance(event, Edited):
            wanted = (event.chat.id, event.message_id)
        elif isinstance(event, Pressed) and target is not None:
            wanted = (target.origin_chat, target.origin_message)
        else:
            return ()
        return tuple(link for link in self.links if (link.origin_chat, link.origin_message) == wanted)


def _where(event: Event) -> tuple[int, int]:
    if isinstance(event, Said | Pressed | Edited):
        return event.chat.id, event.sender.id
    return 0, 0


def chat_of(chat: int, thread: int | None = 77) -> Chat:
    """The staff group (in a topic) or a private chat."""
    return Chat(chat, "group", thread, "Sparringsagenter", True) if chat < 0 else Chat(chat, "private")


_NUMBER = [100]


def said(user: int, text: str = "", *, chat: int = GROUP, media: tuple[Media, ...] = (), **more: Any) -> Said:
    """Words of somebody; in a private chat give `chat`."""
    _NUMBER[0] += 1
    sender = more.pop("sender", Sender(user, f"person {user}"))
    thread = more.pop("thread", 77)
    return Said(chat_of(chat, thread), sender, (_NUMBER[0],), NOW, text=text, media=media, **more)


def pressed(user: int, data: str, *, chat: int = GROUP, message: int = 1) -> Pressed:
    """A press of a button by somebody."""
    _NUMBER[0] += 1
    return Pressed(chat_of(chat), Sender(user, f"person {user}"), message, f"cb{_NUMBER[0]}", data, NOW)


def delivery(tag: Any, *, outcome: Any = "delivered", message: int = 9001, reason: str = "") -> Delivery:
    """What became of a message with this tag that went to Aase."""
    arrived = message if outcome == "delivered" else None
    return Delivery(outcome, AASE, arrived, tag.role, tag.about, tag.origin_chat, tag.origin_message, reason, NOW)


def to(chat: int, effects: list[Effect]) -> list[Effect]:
    """All that goes to one chat."""
    return [e for e in effects if getattr(getattr(e, "to", None), "chat", None) == chat]


def says(chat: int, effects: list[Effect]) -> list[Say]:
    """All texts that are sent to one chat."""
    return [e for e in to(chat, effects) if isinstance(e, Say)]


def keys(chat: int, effects: list[Effect]) -> list[str]:
    """The keys of all texts that are sent to one chat; a person's own words by their heading."""
    found = []
    for say in says(chat, effects):
        content = say.content
        if isinstance(content, Quote):
            found.append(content.heading.key if content.heading else "")
        elif isinstance(content, Words):
            found.append(content.key)
        else:
            found.append("parts")
    return found


def answer(effects: list[Effect]) -> Answer:
    """The one answer to a press."""
    answers = [e for e in effects if isinstance(e, Answer)]
    assert len(answers) == 1
    return answers[0]


def rewrites(effects: list[Effect]) -> list[Rewrite]:
    """All messages that are changed."""
    return [e for e in effects if isinstance(e, Rewrite)]


def fields(content: Any) -> Mapping[str, Any]:
    """The fields of a text of the bot's."""
    assert isinstance(content, Words)
    return content.fields


def relayed(story: Story, chat: int = GROUP, about: int = 1, owner: int = AASE) -> Link:
    return story.link(chat, "relay", about, origin_chat=owner, origin_message=55, by=owner)


def prompt_of(story: Story, user: int, about: int = 1, chat: int = GROUP) -> Link:
    return story.link(chat, "prompt", about, by=user, detail="reply")


def edit(user: int, message: Said, text: str) -> Edited:
    return Edited(message.chat, Sender(user, "x"), message.message_ids[0], NOW, text)
