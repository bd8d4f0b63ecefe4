"""Somebody with a phone, and one thing that they did with it."""

from dataclasses import dataclass, field

from tests.journeys.message import Message


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = "da"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True)
class Act:
    """One thing that a person did, and what the bot answered in that chat.

    `after_call` is the number of the newest Bot API call before it; `seconds` is real time to the first answer;
    `alert` is what the press of a button showed. `now` is the town's time when it was done, in seconds since 1970;
    `awake` tells whether the bot ran then; `to` is the text of the message that was answered by swiping it.
    """

    person: Person
    chat: int
    kind: str
    text: str
    after_call: int
    began: float
    message_ids: tuple[int, ...] = ()
    answers: list[Message] = field(default_factory=list)
    seconds: float | None = None
    alert: str = ""
    press: str = ""
    hurried: bool = False
    now: float = 0.0
    awake: bool = True
    to: str = ""

    @property
    def text_back(self) -> str:
        """All answers as one text."""
        return "\n".join(message.text for message in self.answers)

    @property
    def questions(self) -> int:
        """How many question marks there are in the answers."""
        return self.text_back.count("?")
