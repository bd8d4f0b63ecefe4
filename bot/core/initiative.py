"""An initiative: a citizen's idea from the moment it is sent, with exactly one responsible person, step and date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.events import Media, Place
from bot.core.match import TopicScore
from bot.core.people import Utterance


class Stage(StrEnum):
    """Where an initiative stands; the last five are endings."""

    RECEIVED = "received"
    WITH_AGENT = "with_agent"
    DEVELOPING = "developing"
    TRIAL = "trial"
    WAITING = "waiting"
    REALISING = "realising"
    DONE = "done"
    MAY_NOT = "may_not"
    CAN_NOT = "can_not"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"

    @property
    def closed(self) -> bool:
        """Whether the initiative has ended."""
        return self in ENDINGS


ENDINGS = frozenset({Stage.DONE, Stage.MAY_NOT, Stage.CAN_NOT, Stage.WITHDRAWN, Stage.JOINED})


NOBODY = 0
"""The owner of an initiative whose citizen has no Telegram, as long as they have none."""
WITHOUT_TELEGRAM = 1 << 53
"""Beyond every id that Telegram gives (Bot API: 52 bits at most)."""
NOBODY_ANY_MORE = -1
"""The owner of an initiative whose citizen has been deleted: it stays as a number that was counted."""


OUT_OF_REACH = "out_of_reach"
"""The mark that says since when the citizen gets no messages; while it stands no date counts."""


APPOINTMENTS = frozenset({"step.meeting", "step.call"})
"""The keys of the steps that are an appointment with the citizen; both are reminded of it apart (see `meetings`)."""


class Turn(StrEnum):
    """Whose move it is. While it is the citizen's or something outside, the agent is not late."""

    AGENT = "agent"
    CITIZEN = "citizen"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, who does it (a person's full name), and when; it can't be left out.

    `what` is a human's own words; where the bot sets the step itself, `key` names its text instead.
    `own_part` is what the citizen does themselves.
    """

    who: str
    due: datetime
    turn: Turn
    what: str = ""
    key: str = ""
    own_part: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A chat where staff work with the initiative: the staff group (in a topic of its own) or an agent's chat."""

    chat: int
    topic: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: what, why, what is possible instead, and who answered."""

    what: str
    why: str = ""
    instead: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A citizen who takes part in an initiative that another began, with the consent of both.

    `person` is their private chat's id, `name` what they are called in the shared talk. `answers` are the letters of
    what they answered to the questions after it was done, in their order.
    """

    person: int
    name: str
    lang: str
    since: datetime
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage that was reached, and when."""

    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class Initiative:
    """A case, not a chat; its words are the citizen's own and change only by the citizen's own act.

    `responsible` is an agent's id; `responsible_name` and `_title` are kept beside it so that history keeps the
    name of someone who has left. `first_due` is the first promise, which the numbers count against. `answered` is
    when a human's answer first reached the citizen. `desks[0]` is where the talk is carried; cards stand in all.
    `stages` are those reached so far, oldest first; `Move.save` keeps them. `partners` take part besides the owner.
    """

    number: int
    owner: int
    owner_name: str
    lang: str
    title: str
    words: tuple[Utterance, ...]
    topics: tuple[TopicScore, ...]
    stage: Stage
    responsible: str
    responsible_name: str
    responsible_title: str
    step: NextStep
    sent: datetime
    first_due: datetime
    touched: datetime
    desks: tuple[Desk, ...] = ()
    kind: str = "idea"
    media: tuple[Media, ...] = ()
    place: Place | None = None
    taken: datetime | None = None
    answered: datetime | None = None
    helpers: tuple[str, ...] = ()
    proposed_title: str = ""
    public: bool = False
    public_words: str = ""
    paused: bool = False
    ending: Ending | None = None
    rules_hash: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[Passed, ...] = ()
    partners: tuple[Partner, ...] = ()

    def overdue(self, now: datetime) -> bool:
        """Whether the promised date has passed while it is the municipality's move."""
        waits = self.step.turn is not Turn.CITIZEN and not self.out_of_reach
        return not self.stage.closed and waits and self.step.due < now

    @property
    def out_of_reach(self) -> bool:
        """Whether its citizen gets no messages just now."""
        return OUT_OF_REACH in self.extra

    @property
    def standing(self) -> tuple[Utterance, ...]:
        """The words that the citizen has not taken back."""
        return tuple(said for said in self.words if not said.struck)


def person_of(initiative: Initiative) -> int:
    """Its citizen's Telegram id; for one without Telegram a number of their own, which is nobody's id."""
    return initiative.owner if initiative.owner != NOBODY else -(WITHOUT_TELEGRAM + initiative.number)


def number_of(person: int) -> int:
    """The initiative of somebody without Telegram, by the number of their own; 0 for anybody else."""
    return max(0, -person - WITHOUT_TELEGRAM)
