"""The municipality's frame, as the dialogue sees it: topics, agents, signposts, promises. Built from the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Literal

DeskKind = Literal["group", "private", "both"]
ByLang = Mapping[str, str]
"""A short text by language code; "da" is always there."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A sparring agent's days away, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Agent:
    """A sparring agent: the member of staff who helps citizens develop ideas.

    `telegram` is the Telegram user id, or None when it is not known yet. `desk` says where hand-overs reach them.
    `away` is what the rules say, `own_away` what the agent has said; absences that began no later than the day `back`
    count no more. `silent` is why the bot can't write to them in private ("blocked", "unstarted"), else "". `digest`
    is the hour at which they want their day ("08:00"), or "". `left` is true when an admin has said that they work
    here no more.
    """

    id: str
    name: str
    title: str
    telegram: int | None
    desk: DeskKind
    stand_in: str | None = None
    away: tuple[Absence, ...] = ()
    own_away: tuple[Absence, ...] = ()
    back: date | None = None
    silent: str = ""
    digest: str = ""
    left: bool = False

    @property
    def own_chat(self) -> int | None:
        """Their private chat with the bot, or None where nothing can be written to them there."""
        return None if self.silent or self.left else self.telegram

    @property
    def absences(self) -> list[Absence]:
        """All absences that count, the first one first."""
        every = sorted((*self.away, *self.own_away), key=lambda absence: absence.first)
        return [absence for absence in every if self.back is None or absence.first > self.back]

    @property
    def first_name(self) -> str:
        """The name that is used in running text."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Question:
    """One open question that may help an idea to grow; `facet` says what it asks for (hvor, hvem, selv, hvordan)."""

    facet: str
    ask: ByLang


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the taxonomy, with who leads it and what is worth asking."""

    id: str
    label: ByLang
    lead: str
    helpers: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    staff_chat: int | None = None


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where a message belongs when it is not an initiative: who, one link or number, one sentence."""

    id: str
    who: ByLang
    contact: str
    sentence: ByLang


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """A number to call now, and one calm sentence; the number stands first in the message."""

    id: str
    number: str
    sentence: ByLang


@dataclass(frozen=True, slots=True)
class Promises:
    """What is promised and when nobody is disturbed.

    An answer by a human comes at `hour` on the `working_days`-th working day after the day of receipt. `closed`
    holds the days that are not working days besides weekends (Danish public holidays and the rules' own).
    Nothing that the bot starts itself reaches a citizen from `quiet_from` to `quiet_to`. A draft is kept
    `draft_days`, the personal data of what has ended `closed_months`; of what is open after `ask_years` the coordinator
    is asked once a year.
    """

    working_days: int
    hour: time
    closed: frozenset[date]
    quiet_from: time
    quiet_to: time
    draft_days: int = 30
    draft_warning_days: int = 4
    draft_reminder_days: int = 3
    closed_months: int = 12
    ask_years: int = 3


@dataclass(frozen=True, slots=True)
class Area:
    """The municipality's box on the map, degrees WGS 84."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the point lies within the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a human without the bot (HUMAN of the acceptance scenarios)."""

    phone: str
    hours: ByLang
    meet: ByLang


@dataclass(frozen=True, slots=True)
class Template:
    """A canned answer; its text may hold {navn}, {titel}, {nr}, {agent}, {dato} and {telefon}."""

    id: str
    name: str
    text: ByLang


@dataclass(frozen=True, slots=True)
class Guardian:
    """The municipality's data-protection contact (Telegram user id), who hears of requests and of what went astray."""

    name: str
    telegram: int


@dataclass(frozen=True, slots=True)
class Press:
    """Whom journalists ask: a person by name and role, and how to reach them (a number or an address)."""

    name: str
    title: str
    contact: str

    def fields(self) -> dict[str, str]:
        """What fills the text that tells of them."""
        return {"name": self.name, "role": self.title, "contact": self.contact}


@dataclass(frozen=True, slots=True)
class Frame:
    """All that the dialogue may know of the municipality, from one version of the rules.

    `username` is the bot's; `board` is the public board's address, or "" where there is none.
    """

    municipality: str
    bot_name: str
    contact: Contact
    privacy_link: str
    agents: Mapping[str, Agent]
    topics: Mapping[str, Topic]
    coordinator: str
    leader: str
    admins: frozenset[int]
    signposts: Mapping[str, Signpost]
    emergency_lines: Mapping[str, EmergencyLine]
    promises: Promises
    area: Area | None
    questions: tuple[Question, ...]
    rules_hash: str
    staff_chat: int | None = None
    staff_topics: bool = True
    guardian: Guardian | None = None
    basis: ByLang = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    languages: tuple[str, ...] = field(default=("da", "en", "uk"))
    username: str = ""
    board: str = ""
    press: Press | None = None
    posts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, what an agent's title is called there; titles are kept in Danish everywhere."""
    place_agents: Mapping[str, str] = field(default_factory=dict)
    """By the name of a place, the id of the agent who has the ideas that name it and fit no topic."""

    def title_in(self, lang: str, title: str) -> str:
        """An agent's title as people of that language read it, or as it is where the rules don't say."""
        return self.titles.get(lang, {}).get(title, title)

    def agent_of(self, telegram: int) -> Agent | None:
        """The agent who writes with this Telegram user id, or None for a citizen or a stranger."""
        return next((a for a in self.agents.values() if a.telegram == telegram and not a.left), None)

    @property
    def staff_chats(self) -> frozenset[int]:
        """Every group where staff work."""
        own = {topic.staff_chat for topic in self.topics.values() if topic.staff_chat is not None}
        return frozenset(own | ({self.staff_chat} if self.staff_chat is not None else set()))

    def in_use(self, chats: Mapping[int, int], admins: frozenset[int], username: str = "", board: str = "") -> "Frame":
        """The same frame with the new ids of groups that became supergroups, further admins, and what is set outside.

        That is the bot's name and the address of the board.
        """

        def now(chat: int | None) -> int | None:
            return None if chat is None else chats.get(chat, chat)

        topics = {name: replace(topic, staff_chat=now(topic.staff_chat)) for name, topic in self.topics.items()}
        groups = replace(self, topics=topics, staff_chat=now(self.staff_chat))
        return replace(groups, admins=admins | self.admins, username=username, board=board)

    def reachable_lead(self, agent: str, today: date) -> str:
        """The agent, or their stand-in today; a ring of stand-ins ends with the coordinator, then the leader.

        Where they are away as well it is whoever is there, the first one in the rules.
        """
        seen: set[str] = set()
        for start in (agent, self.coordinator, self.leader):
            at: str | None = start
            while at is not None and at not in seen and at in self.agents:
                seen.add(at)
                if self.is_there(at, today):
                    return at
                at = self.agents[at].stand_in
        return next((one for one in self.agents if self.is_there(one, today)), self.leader)

    def lead_of(self, topic: str, otherwise: str, today: date) -> str:
        """Who leads an idea about this topic today; where there is no such topic, `otherwise` or their stand-in."""
        chosen = self.topics.get(topic)
        return self.reachable_lead(chosen.lead if chosen else otherwise, today)

    def unsure_lead(self, place: str, today: date) -> str:
        """Who leads an idea of which no topic is sure today: the agent of its place, else the coordinator."""
        return self.reachable_lead(self.place_agents.get(place, self.coordinator), today)

    def agents_place(self, places: Iterable[str]) -> str:
        """The first of these places that has an agent for what fits no topic, or ""."""
        return next((place for place in places if place in self.place_agents), "")

    def is_there(self, agent: str, today: date) -> bool:
        """Whether an agent can be responsible today: known, not away, and within the bot's reach."""
        found = self.agents.get(agent)
        if found is None or found.left or self.away_until(agent, today) is not None:
            return False
        if found.telegram is None:
            # Before anybody has a number, nobody is passed over.
            return all(other.telegram is None for other in self.agents.values())
        return not found.silent or (found.desk != "private" and self._has_a_group(agent))

    def _has_a_group(self, agent: str) -> bool:
        """Whether there is a group where the agent reads: everybody's, or that of a topic which they answer for."""
        own = (one for one in self.topics.values() if agent in (one.lead, *one.helpers))
        return self.staff_chat is not None or any(topic.staff_chat is not None for topic in own)

    def away_until(self, agent: str, today: date) -> date | None:
        """The last day of an agent's absence today, with those that follow on it; None when they are here."""
        last: date | None = None
        day = today
        for absence in self.agents[agent].absences if agent in self.agents else ():
            if absence.first <= day <= absence.last:
                last, day = absence.last, absence.last + timedelta(days=1)
        return last
