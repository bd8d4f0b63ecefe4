"""A person who writes to the bot, and the talk that they have with it in one chat."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.events import Media, Place, Said
from bot.core.match import TopicScore


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen (or a member of staff) as far as the bot must know them. `id` is the private chat's id.

    Who wants the news of what they follow gathered is `weekly`; `news` are the numbers that have moved since.
    """

    id: int
    name: str
    lang: str = "da"
    reachable: bool = True
    noticed: bool = False
    weekly: bool = False
    news: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of a citizen as they stand now; `message_id` is the message on their phone.

    `answers` is the facet of the open question that they answered, or "". `struck` marks words that the citizen
    has taken back ("nej vent, det er ..."): they stay in the history and are in no summary and on no card. `pieces` are
    the texts of which it was put together where it came in several messages, each with its message.
    """

    text: str
    message_id: int
    at: datetime
    answers: str = ""
    struck: bool = False
    pieces: tuple[tuple[int, str], ...] = ()

    def holds(self, message_id: int) -> bool:
        """Whether that message on the phone is these words, or a piece of them."""
        return message_id == self.message_id or any(piece_id == message_id for piece_id, _ in self.pieces)

    def taken_out(self) -> "Utterance":
        """What is left where the words themselves must go."""
        return replace(self, text="", struck=True, pieces=())

    def edited(self, message_id: int, text: str) -> "Utterance":
        """The words after an edit of that message on the phone: the whole, or the piece that came in it."""
        at = 0
        for n, (piece_id, piece) in enumerate(self.pieces):
            start = self.text.find(piece, at)
            if piece_id == message_id and start >= 0:
                pieces = (*self.pieces[:n], (piece_id, text), *self.pieces[n + 1 :])
                whole = self.text[:start] + text + self.text[start + len(piece) :]
                return replace(self, text=whole, pieces=pieces)
            at = start + len(piece) if start >= 0 else at
        return replace(self, text=text) if message_id == self.message_id and not self.pieces else self


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea that is still the citizen's own: nobody at the municipality has seen it.

    `version` counts the summaries shown: a button of an older one sends nothing. `open` is the facet of the
    question that stands open, `of` the topic whose question that is (or ""), `asked` those that were asked.
    `shown` are the numbers of like initiatives that were shown. `warned` is when the citizen was told that it goes,
    `full` when the citizen last heard that there is no room for more.
    """

    words: tuple[Utterance, ...] = ()
    media: tuple[Media, ...] = ()
    place: Place | None = None
    topics: tuple[TopicScore, ...] = ()
    sure: bool = False
    agent: str = ""
    rules_hash: str = ""
    kind: str = "idea"
    asked: tuple[str, ...] = ()
    open: str = ""
    of: str = ""
    version: int = 0
    since: datetime | None = None
    touched: datetime | None = None
    reminded: bool = False
    shown: tuple[int, ...] = ()
    warned: datetime | None = None
    full: datetime | None = None

    @property
    def standing(self) -> tuple[Utterance, ...]:
        """The words that the citizen has not taken back."""
        return tuple(said for said in self.words if not said.struck)

    @property
    def text(self) -> str:
        """Those words as one text, a line each."""
        return "\n".join(said.text for said in self.standing)


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of the bot's that waits for a press: what it is about and the words that wait for the answer.

    `kind`: "which" (which initiative?), "edit" (how should it read?), "rewrite" (the whole anew), "outside" (is the
    place ours?), "call" (which number?), "whom" (to the citizen or internal?), "confirm" (a filled form).
    """

    kind: str
    about: int = 0
    text: str = ""
    media: tuple[Media, ...] = ()
    place: Place | None = None
    message_ids: tuple[int, ...] = ()
    prompt: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form that an agent fills by answering a prompt: its kind, the initiative, and what is filled so far."""

    kind: str
    about: int
    filled: tuple[tuple[str, str], ...] = ()
    source_message: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """Words that sounded like danger, as they came, until the citizen says that they were misunderstood.

    `about` is the initiative to whose agent they went at once, or 0. `offered` says that the citizen has been shown
    since that they are in nothing yet.
    """

    said: Said
    about: int = 0
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """What the bot and one person are in the middle of, in one chat. All of it survives a restart.

    `lang_written` says that they have written in `lang`, which then is not only their phone's. `focus` is the
    initiative that was talked about last, `carried` the citizen's last message that was carried on to its agent;
    `between` the last one that was carried to a fellow citizen without a name, as "initiative:message". `dropped` is a
    thrown-away draft, kept so that it can be taken up again; `aside` one that waits while somebody is asked whether its
    citizen may join them. `puzzled` counts messages in a row that the bot could make nothing of. While `welcomed` is
    `last`, the last thing that happened was a welcome. `flooded` is when words last had to be gathered, `plenty` when
    staff were last told that the person sends more than a day holds. `held` are words that may have been misunderstood,
    oldest first.
    """

    lang: str = ""
    lang_written: bool = False
    draft: Draft | None = None
    dropped: Draft | None = None
    aside: Draft | None = None
    focus: int = 0
    carried: int = 0
    between: str = ""
    asking: Asking | None = None
    form: Form | None = None
    puzzled: int = 0
    welcomed: datetime | None = None
    last: datetime | None = None
    flooded: datetime | None = None
    plenty: datetime | None = None
    held: tuple[Held, ...] = ()
