"""What one step of the dialogue may see, and the working copy in which it collects what follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter

from bot.core.bars import Bar
from bot.core.effects import Answer, Button, Buttons, Content, DropTimer, Effect, Field, Say, SetTimer, Tag, To, Words
from bot.core.events import Said
from bot.core.face import NothingPublic, Public
from bot.core.frame import Frame
from bot.core.initiative import NOBODY_ANY_MORE, Initiative, Passed
from bot.core.lists import Listed, Lists, NoLists, Wanted
from bot.core.match import Match
from bot.core.mirror import Mirror
from bot.core.numbers import Account
from bot.core.people import Person, Talk

PART = "part:"
"""How the detail of a link begins that is found by a further message of an act; the first message's number follows."""


@dataclass(frozen=True, slots=True)
class Link:
    """A message that the bot knows: what it is (see `effects.Tag`), where it stands, and its `kind` ("photo" ...).

    One that carries on several messages of one act is known by each of them: by the first, and by each part besides.
    One that is not sent yet has the number 0.
    """

    chat: int
    message_id: int
    role: str
    about: int
    origin_chat: int
    origin_message: int
    by: int
    detail: str
    at: datetime
    kind: str = ""

    def by_part(self, message: int) -> "Link":
        """The same, as it is found by a further message of the act."""
        return replace(self, origin_message=message, detail=f"{PART}{self.origin_message}")

    @property
    def first(self) -> int:
        """The first message of the act that it carries on."""
        return int(self.detail.removeprefix(PART)) if self.detail.startswith(PART) else self.origin_message


@dataclass(frozen=True, slots=True)
class Told:
    """What `knowledge/` says to a question: the text, where that is written, and what else can be asked about."""

    text: str
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of words that were held, as it would be if they came now (see `World`)."""

    match: Match | None = None
    answer: Told | None = None
    target: Link | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """One meeting or event of the municipality's calendar, at one time; a meeting that comes again is several.

    `key` is the same as long as the meeting and its time are. `start` and `end` are in the municipality's own zone.
    `topics` are the ids of the topics that it is about.
    """

    key: str
    title: str
    start: datetime
    end: datetime
    where: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What an event needs to have loaded besides the person, the talk and the messages it points at.

    `initiatives` by number; `owned_by` all of a citizen's; `queue` all open ones; `copies_of` a message of this chat
    whose copies elsewhere are wanted. `heard_in` is a chat: whose words came there lately is loaded too, also where it
    has ended. `lately_of` an agent are only as many of their open ones as can be named to choose from, those that moved
    last, and with `since` all that moved since.
    """

    initiatives: frozenset[int] = frozenset()
    owned_by: int = 0
    queue: bool = False
    copies_of: int = 0
    heard_in: int = 0
    lately_of: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class World:
    """The state that a step starts from. `now` is aware, in the municipality's own zone.

    `target` is the message that the event answers, presses or edits, if the bot knows it. `copies` are the messages
    that carry this very message on (the relays of an edited message, say), newest last. `topic` is the number of
    the initiative whose forum topic the event happened in, or 0. `intent` is the plain word or command that was
    understood ("send", "edit", "drop", "status", "human", "help", "stop", "yes", "no" ...), else "".
    `followed` are the numbers that the person follows. `fresh` is a random word that nobody can guess. `answer` is what
    `knowledge/` says, with its source, when the words are a question it can answer. `route` is routing itself, a pure
    function of the rules in force: a draft of several messages is matched as a whole. `spoken` is a text of the bot's
    as it is said, for the few that are kept and not only sent: the title of an idea without words. `public` is what
    everybody may see, looked up when it is asked. `forums` are councils and forms of dialogue that ideas of some topics
    may be taken to: title, what it is, and which of the topics. `account` counts the numbers, for the few who ask;
    `mirror` looks back on the month that begins on a day. `waiting` is how many messages by people the person has not
    got, since they could not be written to. `gatherings` gives the meetings to come, the next one first, about a topic
    or place, or all for "". `recall` says what is known of words that were held. `places` finds the municipality's
    places in a text, by the rules in force. `bar` is the person's own, `bars` gives everybody's, for the few who look.
    `lists` are those of open initiatives, read as far as they are shown.
    """

    now: datetime
    frame: Frame
    person: Person
    talk: Talk
    match: Match | None = None
    intent: str = ""
    initiatives: Mapping[int, Initiative] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    target: Link | None = None
    copies: tuple[Link, ...] = ()
    topic: int = 0
    next_number: int = 1
    followed: frozenset[int] = frozenset()
    followers: Mapping[int, int] = field(default_factory=dict)
    answer: Told | None = None
    route: Callable[[str], Match] | None = None
    spoken: Callable[[Words], str] = attrgetter("key")
    fresh: str = ""
    gatherings: Callable[[str], tuple[Gathering, ...]] = lambda _: ()
    waiting: int = 0
    public: Public = field(default_factory=NothingPublic)
    forums: Callable[[Sequence[str]], Sequence[tuple[str, str, str]]] = lambda _topics: ()
    account: Callable[[], Account] | None = None
    mirror: Callable[[date], Mirror] | None = None
    recall: Callable[[Said], Known] = lambda _: Known()
    places: Callable[[str], Sequence[str]] = lambda _: ()
    bar: Bar | None = None
    bars: Callable[[], Sequence[Bar]] = lambda: ()
    lists: Lists = field(default_factory=NoLists)


@dataclass(slots=True)
class Move:
    """A step's working copy: what changes, and what follows, in order. It lives for one step only."""

    world: World
    talk: Talk
    person: Person
    changed: dict[int, Initiative] = field(default_factory=dict)
    posts: dict[str, Mapping[str, object]] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    listed: dict[int, Initiative] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Move":
        """A fresh working copy in which nothing has changed yet."""
        return cls(world=world, talk=world.talk, person=world.person)

    def save(self, initiative: Initiative) -> None:
        """Keep the initiative as it is now; a stage that it did not have before this step is dated now."""
        before = self.world.initiatives.get(initiative.number)
        stages = before.stages if before is not None else ()
        if not stages or stages[-1].stage is not initiative.stage:
            stages = (*stages, Passed(initiative.stage, self.world.now))
        self.changed[initiative.number] = replace(initiative, stages=stages)

    def initiative(self, number: int) -> Initiative | None:
        """The initiative as this step has it; None if there is none, it is not this event's business, or is deleted."""
        found = self.changed.get(number) or self.world.initiatives.get(number) or self.listed.get(number)
        return None if found is None or found.owner == NOBODY_ANY_MORE else found

    @property
    def initiatives(self) -> dict[int, Initiative]:
        """Every initiative that is this event's business, by its number, as this step has it."""
        return {**self.world.initiatives, **self.changed}

    def page(self, wanted: Wanted) -> Listed:
        """The next lines of a list; what is shown is known to this step from now on."""
        found = self.world.lists.page(wanted)
        self.listed.update((one.number, one) for one in found.shown)
        return found

    def place_in(self, text: str) -> str:
        """The first place in a text that has an agent for what fits no topic, or ""."""
        frame = self.world.frame
        return frame.agents_place(self.world.places(text)) if frame.place_agents else ""

    def words(self, key: str, **fields: Field) -> Words:
        """A text in the language of this talk."""
        return Words(key, self.talk.lang or "da", fields)

    def button(self, key: str, data: str, **fields: Field) -> Button:
        """A button in the language of this talk."""
        return Button(key, data, self.talk.lang or "da", fields)

    def tell(self, content: Content, buttons: Buttons = (), tag: Tag | None = None) -> None:
        """Say something to the citizen in their own chat with the bot."""
        self.do(Say(To(self.person.id), content, buttons, tag))

    def answers(self, callback_id: str, words: Words | None = None, *, alert: bool = False) -> None:
        """Answer a press, once: what comes first counts."""
        if not any(isinstance(effect, Answer) for effect in self.effects):
            self.do(Answer(callback_id, words, alert))

    def do(self, *effects: Effect) -> None:
        """Let these follow, in this order; of several for one timer the last counts."""
        for effect in effects:
            if isinstance(effect, SetTimer | DropTimer):
                self.effects = [one for one in self.effects if not _of_timer(one, effect.key)]
            self.effects.append(effect)


def _of_timer(effect: Effect, key: str) -> bool:
    return isinstance(effect, SetTimer | DropTimer) and effect.key == key
