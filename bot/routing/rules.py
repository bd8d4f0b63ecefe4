"""The rules as an admin writes them: one model a block of `routing_rules.yaml`, with the file's Danish field names."""

import re
from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.core.match import Kind
from bot.routing.cues import CueError, read_cue

TAXONOMY = (
    "trafik", "natur", "klima", "byrum", "kyst", "boern", "skole", "unge", "senior", "handicap", "sundhed", "frivillig",
    "integration", "kultur", "idraet", "erhverv", "demokrati", "digital", "tryghed", "bolig",
)  # fmt: skip
"""The topics that every municipality's rules must have; it may add its own."""

KINDS: tuple[Kind, ...] = (
    "idea", "offer", "question", "status", "service_request", "personal_case", "complaint", "other_authority",
    "emergency", "smalltalk", "noise",
)  # fmt: skip
WEAKEST_WORD = 2
"""A topic's word has at least this many letters: shorter ones match almost every message."""


def _fault(key: str, **fields: object) -> PydanticCustomError:
    """The fault of that key in FAULTS."""
    return PydanticCustomError(key, key, fields)


def _check_text(text: str) -> str:
    if not text.strip():
        raise _fault("blank")
    return text.strip()


def _check_word(word: str) -> str:
    word = _check_text(word)
    letters = sum(sign.isalnum() for sign in word)
    if letters < WEAKEST_WORD:
        raise _fault("short", word=word)
    return word


def _check_cue(cue: str) -> str:
    cue = _check_text(cue)
    try:
        rows = read_cue(cue)
    except CueError as error:
        raise _fault("cue", word=cue) from error
    if all(len(row.slots) == 1 and len(min((*row.slots[0].words, *row.slots[0].starts), key=len)) < 2 for row in rows):
        raise _fault("cue_short", word=cue)
    return cue


def _read_id(value: object) -> object:
    written = str(value).strip()
    if written.startswith("0") and written != "0":
        raise _fault("leading_zero", input=written)
    return value


def _read_yes_no(value: object) -> object:
    return {"ja": True, "nej": False}.get(str(value).strip().lower(), value)


def _read_day(value: str) -> tuple[int, int]:
    try:
        day, month = (int(part) for part in value.split("-"))
        date(2024, month, day)
    except ValueError:
        raise _fault("day", input=value) from None
    return month, day


Text = Annotated[str, AfterValidator(_check_text)]
Word = Annotated[str, AfterValidator(_check_word)]
Cue = Annotated[str, AfterValidator(_check_cue)]
MOST_ID = 2**52 - 1
"""The largest Telegram id of a person (Bot API: at most 52 significant bits)."""
TelegramId = Annotated[int, BeforeValidator(_read_id), Field(gt=0, le=MOST_ID)]
YesNo = Annotated[bool, BeforeValidator(_read_yes_no)]
TemplateId = Annotated[str, Field(pattern="^[a-z0-9_]{1,30}$")]
TEMPLATE_FIELDS = frozenset({"navn", "titel", "nr", "agent", "dato", "telefon"})
"""What a canned answer may hold between braces."""
_FIELD = re.compile(r"\{(\w*)\}")
DayOfYear = Annotated[str, AfterValidator(lambda value: (_read_day(value), value)[1])]


class Block(BaseModel):
    """One block of the file; a field that it doesn't know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Languages(Block):
    """A short text in the languages of the bot; Danish is always there."""

    da: Text
    en: Text | None = None
    uk: Text | None = None

    def by_language(self) -> dict[str, str]:
        """The texts that are there, by language code."""
        return {code: text for code, text in (("da", self.da), ("en", self.en), ("uk", self.uk)) if text}


class ContactBlock(Block):
    """How a human is reached without the bot."""

    phone: Text = Field(alias="telefon")
    hours: Languages = Field(alias="åbent")
    meet: Languages = Field(alias="mødested")


class AreaBlock(Block):
    """The municipality's box on the map, degrees WGS 84."""

    south: float = Field(alias="syd", ge=-90, le=90)
    west: float = Field(alias="vest", ge=-180, le=180)
    north: float = Field(alias="nord", ge=-90, le=90)
    east: float = Field(alias="øst", ge=-180, le=180)

    @model_validator(mode="after")
    def _has_inside(self) -> Self:
        if self.south >= self.north or self.west >= self.east:
            raise _fault("area")
        return self


class GuardianBlock(Block):
    """The data-protection contact, who is told when a message went to the wrong person and of each request."""

    name: Text = Field(alias="navn")
    telegram: TelegramId


class PressBlock(Block):
    """Whom journalists ask about the numbers and everything else: a person, never an agent."""

    name: Text = Field(alias="navn")
    title: Text = Field(alias="titel")
    contact: Text = Field(alias="kontakt")


class MunicipalityBlock(Block):
    """Whose front door it is."""

    name: Text = Field(alias="navn")
    bot_name: Text = Field(alias="bot")
    privacy_link: Text = Field(alias="privatliv")
    contact: ContactBlock = Field(alias="kontakt")
    area: AreaBlock | None = Field(default=None, alias="område")
    guardian: GuardianBlock | None = Field(default=None, alias="databeskyttelse")
    basis: Languages | None = Field(default=None, alias="hjemmel")
    press: PressBlock | None = Field(default=None, alias="presse")


class StaffBlock(Block):
    """The staff group; its chat id usually comes from a setting instead."""

    chat: int | None = Field(default=None, alias="gruppe")
    topics: YesNo = Field(default=True, alias="emnetråde")


class AwayBlock(Block):
    """Days away, both ends included."""

    first: date = Field(alias="fra")
    last: date = Field(alias="til")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.last < self.first:
            raise _fault("absence", first=self.first, last=self.last)
        return self


class AgentBlock(Block):
    """A sparring agent."""

    name: Text = Field(alias="navn")
    title: Text = Field(alias="titel")
    title_en: Text | None = Field(default=None, alias="titel_en")
    title_uk: Text | None = Field(default=None, alias="titel_uk")
    telegram: TelegramId | None = None
    desk: Literal["gruppe", "privat", "begge"] = Field(default="gruppe", alias="svarer_i")
    stand_in: Text | None = Field(default=None, alias="afløser")
    away: list[AwayBlock] = Field(default_factory=list, alias="fravær")


class QuestionBlock(Languages):
    """One open question; `om` says what it asks for."""

    facet: Text = Field(alias="om")

    @model_validator(mode="after")
    def _asks_once(self) -> Self:
        for code, text in self.by_language().items():
            if text.count("?") != 1:
                raise _fault("one_question", text=text, code=code)
        return self


class TopicBlock(Block):
    """A topic: how it is recognised, who leads it, what is worth asking."""

    name: Languages = Field(alias="navn")
    lead: Text = Field(alias="ansvarlig")
    helpers: list[Text] = Field(default_factory=list, alias="medspillere")
    staff_chat: int | None = Field(default=None, alias="gruppe")
    kle: list[Text] = Field(default_factory=list)
    words: list[Word] = Field(alias="ord", min_length=1)
    hints: list[Word] = Field(default_factory=list, alias="svage_ord")
    other_languages: list[Word] = Field(default_factory=list, alias="andre_sprog")
    phrases: list[Cue] = Field(default_factory=list, alias="vendinger")
    examples: list[Text] = Field(default_factory=list, alias="eksempler")
    offers: list[Text] = Field(default_factory=list, alias="tilbud")
    questions: list[QuestionBlock] = Field(default_factory=list, alias="spørgsmål", max_length=3)

    @property
    def texts(self) -> tuple[str, ...]:
        """What people might write under the topic: its ideas, and its offers."""
        return (*self.examples, *self.offers)


class KindBlock(Block):
    """How a kind of message is recognised: cues by how much they say, and examples."""

    strong: list[Cue] = Field(default_factory=list, alias="stærke")
    cues: list[Cue] = Field(default_factory=list, alias="tegn")
    weak: list[Cue] = Field(default_factory=list, alias="svage")
    against: list[Cue] = Field(default_factory=list, alias="imod")
    examples: list[Text] = Field(default_factory=list, alias="eksempler")


class PlaceBlock(Block):
    """A place of the municipality; `agent` takes the ideas that name it and fit no topic."""

    name: Text = Field(alias="navn")
    also: list[Word] = Field(default_factory=list, alias="også")
    agent: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _take_bare_name(cls, written: object) -> object:
        return {"navn": written} if isinstance(written, str) else written


class SignpostBlock(Block):
    """Where a message belongs when it is no initiative; `cues` choose it among those of its kind."""

    kind: Kind = Field(alias="slags")
    who: Languages = Field(alias="hvem")
    contact: Text = Field(alias="kontakt")
    sentence: Languages = Field(alias="sætning")
    cues: list[Cue] = Field(default_factory=list, alias="tegn")


class EmergencyBlock(Block):
    """A number to call now, with cues and examples; `cue_is_enough`: no second opinion can outweigh a cue."""

    number: Text = Field(alias="nummer")
    sentence: Languages = Field(alias="sætning")
    cues: list[Cue] = Field(default_factory=list, alias="tegn")
    cue_is_enough: YesNo = Field(default=False, alias="tegn_er_nok")
    examples: list[Text] = Field(default_factory=list, alias="eksempler")


class DangerBlock(Block):
    """All emergency lines, what says that there is no danger now, and words that are looked at as one."""

    lines: dict[str, EmergencyBlock] = Field(alias="linjer", min_length=1)
    calm: list[Cue] = Field(default_factory=list, alias="ro")
    calm_examples: list[Text] = Field(default_factory=list, alias="rolige_eksempler")
    groups: dict[str, list[Cue]] = Field(default_factory=dict, alias="ordgrupper")


class QuietBlock(Block):
    """Hours in which the bot starts nothing by itself."""

    start: time = Field(alias="fra")
    end: time = Field(alias="til")


class PromiseBlock(Block):
    """What is promised; `closed` are the days of every year that are not working days besides the public holidays."""

    working_days: int = Field(alias="arbejdsdage", ge=1, le=30)
    hour: time = Field(alias="klokken")
    closed: list[DayOfYear] = Field(default_factory=list, alias="lukket")
    quiet: QuietBlock = Field(alias="stille")
    draft_days: int = Field(default=30, alias="kladde_dage", ge=1, le=366)
    draft_warning_days: int = Field(default=4, alias="kladde_varsel_dage", ge=1, le=60)
    draft_reminder_days: int = Field(default=3, alias="kladde_påmindelse_dage", ge=1, le=60)
    closed_months: int = Field(default=12, alias="afsluttet_måneder", ge=1, le=120)
    ask_years: int = Field(default=3, alias="åben_år", ge=1, le=20)

    def closed_days(self) -> list[tuple[int, int]]:
        """Month and day of each day that is closed every year."""
        return [_read_day(written) for written in self.closed]


class TemplateBlock(Languages):
    """A canned answer, by language; its fields are filled in when an agent chooses it."""

    name: Text = Field(alias="navn", max_length=28)

    @model_validator(mode="after")
    def _knows_its_fields(self) -> Self:
        for code, text in self.by_language().items():
            unknown = sorted(set(_FIELD.findall(text)) - TEMPLATE_FIELDS)
            if unknown:
                known = ", ".join(f"{{{name}}}" for name in sorted(TEMPLATE_FIELDS))
                raise _fault("template_field", field=f"{{{unknown[0]}}}", code=code, known=known)
        return self


class Rules(Block):
    """The whole file. `digest` is the SHA-256 of the bytes it was read from (16 hex digits)."""

    municipality: MunicipalityBlock = Field(alias="kommune")
    staff: StaffBlock = Field(default_factory=StaffBlock, alias="personale")
    coordinator: Text = Field(alias="koordinator")
    leader: Text = Field(alias="leder")
    admins: list[TelegramId] = Field(default_factory=list)
    agents: dict[str, AgentBlock] = Field(alias="agenter", min_length=1)
    topics: dict[str, TopicBlock] = Field(alias="emner", min_length=1)
    questions: list[QuestionBlock] = Field(alias="spørgsmål", min_length=1)
    kinds: dict[Kind, KindBlock] = Field(alias="slags")
    places: dict[str, list[PlaceBlock]] = Field(default_factory=dict, alias="steder")
    signposts: dict[str, SignpostBlock] = Field(alias="vejvisere")
    danger: DangerBlock = Field(alias="nødhjælp")
    promises: PromiseBlock = Field(alias="løfter")
    spellings: dict[str, Text] = Field(default_factory=dict, alias="stavemåder")
    templates: dict[TemplateId, TemplateBlock] = Field(default_factory=dict, alias="skabeloner")
    kle_words: dict[str, list[Word]] = Field(default_factory=dict, alias="kle_ord")
    digest: str = Field(default="", exclude=True)
