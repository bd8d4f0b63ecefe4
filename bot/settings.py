"""Reads the environment and `.env` into frozen settings; tells all that is wrong at once, in plain words."""

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

PREFIX: Final = "SKAB_"
TELEGRAM: Final = "https://api.telegram.org"
LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})

TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""Telegram allows 1 to 256 of these characters (Bot API, `setWebhook`); a short one could be guessed."""
SEAT: Final = re.compile(r"([A-Za-z0-9_-]+)=([0-9]+)")

HINTS: Final[Mapping[str, tuple[str, str]]] = {
    "bot_token": (
        "skal se ud som 123456789:AAE... (fra @BotFather)",
        "must look like 123456789:AAE... (from @BotFather)",
    ),
    "api_url": ("skal være en adresse, som begynder med http:// eller https://", "must be an http(s) address"),
    "database": ("skal være et filnavn eller en databaseadresse", "must be a file name or a database address"),
    "cache": ("skal være en mappe", "must be a folder"),
    "rules": ("skal være et filnavn", "must be a file name"),
    "own_texts": ("skal være et filnavn", "must be a file name"),
    "knowledge": ("skal være en mappe", "must be a folder"),
    "staff_chat": (
        "skal være gruppens nummer, fx -1001234567890",
        "must be the group's number, such as -1001234567890",
    ),
    "admins": (
        "skal være Telegram-numre med mellemrum imellem, fx 1001 1002",
        "must be Telegram ids with spaces between, such as 1001 1002",
    ),
    "seats": (
        "skal være par med mellemrum imellem, fx mette=2001 bo=2002",
        "must be pairs with spaces between, such as mette=2001 bo=2002",
    ),
    "webhook_url": (
        "skal begynde med https:// og slutte med en hemmelig sti",
        "must begin with https:// and end in a secret path",
    ),
    "webhook_secret": (
        "skal være 16 til 256 tegn af a-z, A-Z, 0-9, _ og -",
        "must be 16 to 256 characters of a-z, A-Z, 0-9, _ and -",
    ),
    "web_host": (
        "skal være en adresse på maskinen, fx 127.0.0.1",
        "must be an address of the machine, such as 127.0.0.1",
    ),
    "web_port": ("skal være et tal fra 0 til 65535 (0: ingen)", "must be a number from 0 to 65535 (0: none)"),
    "board_url": (
        "skal være tavlens adresse uden sti, fx https://ideer.kommunen.dk",
        "must be the board's address without a path, such as https://ideas.example.org",
    ),
    "clock_file": ("skal være et filnavn", "must be a file name"),
    "pace": ("skal være steady, single eller off", "must be steady, single or off"),
    "semantic": ("skal være auto eller off", "must be auto or off"),
    "lang": ("skal være da eller en", "must be da or en"),
    "log_level": ("skal være debug, info, warning eller error", "must be debug, info, warning or error"),
    "needs_secret": (
        "mangler, når SKAB_WEBHOOK_URL er sat",
        "is missing while SKAB_WEBHOOK_URL is set",
    ),
    "needs_port": (
        "må ikke være 0, når SKAB_WEBHOOK_URL eller SKAB_BOARD_URL er sat",
        "must not be 0 while SKAB_WEBHOOK_URL or SKAB_BOARD_URL is set",
    ),
}
"""What to write instead, by field, in Danish and English."""


class SettingsError(Exception):
    """The settings can't be used; `lines` says what to mend, one line for each fault, and holds no secret."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class Settings(BaseSettings):
    """All that is set from outside; each field is the variable SKAB_ and its name in capitals (see `.env.example`)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    api_url: str = TELEGRAM
    database: str = Field(default="var/skab.db", repr=False)
    cache: Path | None = None
    rules: Path = Path("routing_rules.yaml")
    own_texts: Path | None = None
    knowledge: Path = Path("knowledge")
    staff_chat: int | None = Field(default=None, lt=0)
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    seats: Annotated[Mapping[str, int], NoDecode] = Field(default_factory=dict)
    webhook_url: str | None = Field(default=None, repr=False)
    webhook_secret: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8081, ge=0, le=65535)
    board_url: str | None = None
    clock_file: Path | None = None
    pace: Literal["steady", "single", "off"] = "steady"
    semantic: Literal["auto", "off"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    lang: Literal["da", "en"] = "da"

    @property
    def cache_folder(self) -> Path:
        """Where things lie that can be worked out anew: beside the database unless the setting says elsewhere."""
        return self.cache or (Path("var") if "://" in self.database else Path(self.database).parent)

    @property
    def own_texts_file(self) -> Path:
        """The municipality's own texts: beside the rules unless the setting says elsewhere; it need not be there."""
        return self.own_texts or self.rules.with_name("own_texts.yaml")

    @field_validator("bot_token")
    @classmethod
    def _check_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("api_url")
    @classmethod
    def _check_api_url(cls, value: str) -> str:
        if not _is_address(value, ("http", "https")):
            raise ValueError
        return value.rstrip("/")

    @field_validator("admins", mode="before")
    @classmethod
    def _read_admins(cls, value: Any) -> Any:
        return frozenset(int(word) for word in _words(value)) if isinstance(value, str) else value

    @field_validator("seats", mode="before")
    @classmethod
    def _read_seats(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = [SEAT.fullmatch(word) for word in _words(value)]
        seats = {pair[1]: int(pair[2]) for pair in pairs if pair}
        if len(seats) != len(pairs):
            raise ValueError
        return seats

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        local = urlsplit(value).hostname in LOCAL_HOSTS
        if not _is_address(value, ("http", "https") if local else ("https",)) or len(urlsplit(value).path) < 2:
            raise ValueError
        return value

    @field_validator("board_url")
    @classmethod
    def _check_board_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        local = urlsplit(value).hostname in LOCAL_HOSTS
        parts = urlsplit(value.rstrip("/"))
        if not _is_address(value, ("http", "https") if local else ("https",)) or parts.path or parts.query:
            raise ValueError
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not SECRET.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check_webhook(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError("needs_secret")
        if (self.webhook_url or self.board_url) and self.web_port == 0:
            raise ValueError("needs_port")
        return self

    @property
    def webhook_path(self) -> str:
        """The secret path at which Telegram pushes updates, or "" when they are polled for."""
        return urlsplit(self.webhook_url).path if self.webhook_url else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log line may hold."""
        hidden = [kept.get_secret_value() for kept in (self.bot_token, self.webhook_secret) if kept]
        found = urlsplit(self.database).password if "://" in self.database else None
        return tuple(filter(None, [*hidden, found, unquote(found or ""), self.webhook_path]))


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings from the environment, and from `env_file` what is not set there.

    Raises:
        SettingsError: with a line for each fault.
    """
    try:
        # pydantic-settings takes this argument; the type that mypy derives from the fields does not know it.
        read_from: dict[str, Any] = {"_env_file": env_file}
        return Settings(**read_from)
    except ValidationError as error:
        raise SettingsError(_line(fault["loc"], str(fault["msg"])) for fault in error.errors()) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{env_file}: skal være UTF-8-tekst. (must be UTF-8 text.)"]) from None
    except OSError as error:
        told = f"{env_file}: kan ikke læses ({error.strerror}). Den, der kører botten, skal have lov. (can't be read.)"
        raise SettingsError([told]) from None


def names_in(env_file: Path = Path(".env")) -> list[str]:
    """The names that a file of settings sets; none where there is no such file, or no text that can be read."""
    try:
        return [name.upper() for name in DotEnvSettingsSource(Settings, env_file=env_file).env_vars]
    except (UnicodeDecodeError, OSError):
        return []


def unknown_names(environment: Iterable[str]) -> list[str]:
    """A line for each SKAB_ variable that does not exist, with the one that was probably meant."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    lines = []
    for name in sorted(set(environment)):
        if not name.upper().startswith(PREFIX) or name.upper() in known:
            continue
        near = difflib.get_close_matches(name.upper(), known, n=1)
        meant = f" Mente du {near[0]}? (Did you mean {near[0]}?)" if near else ""
        lines.append(f"{name}: findes ikke. (There is no such setting.){meant}")
    return lines


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]) if place else ""
    hint = message.removeprefix("Value error, ")
    danish, english = HINTS[hint] if hint in HINTS else HINTS[name]
    field = {"needs_secret": "webhook_secret", "needs_port": "web_port"}.get(hint, name)  # nosec B105
    return f"{PREFIX}{field.upper()}: {danish}. ({english}.)"


def _words(value: str) -> list[str]:
    return re.split(r"[\s,;]+", value.strip(" \t\r\n,;")) if value.strip(" \t\r\n,;") else []


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
