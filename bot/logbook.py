"""Sets up the log: one line an event to standard error, with no secret and no person's words in it."""

import logging
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from typing import Any, Final, TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

QUIET: Final = (
    "aiohttp",
    "aiosqlite",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
    "uvicorn",
    "watchfiles",
)
"""Libraries that write addresses (which hold the token), statements or messages when they are told to be chatty."""

HIDDEN: Final = "[hemmelig]"


def open_log(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Let everything be logged from `level` ("debug" to "error") up; `secrets` are struck out wherever they turn up.

    Libraries may say no more than warnings at any level. An exception is told by its kind and place: its message
    could hold what a citizen wrote.
    """
    hidden = tuple(sorted(filter(None, secrets), key=len, reverse=True))
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _place_exceptions,
        _Striker(hidden),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    line = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"], drop_missing=True)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_keep_the_template, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, line],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)


def _keep_the_template(_: WrappedLogger, __: str, event: EventDict) -> MutableMapping[str, Any]:
    """Of a library's line keep the first line of its template: what is filled in may be a message or an address."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        told = record.getMessage() if record.name == "py.warnings" else str(record.msg)
        event["event"] = next(iter(told.splitlines()), "")
        event["exc_info"] = record.exc_info
    return event


class _Striker:
    """Strikes secrets out of everything that a log line holds."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if not key.startswith("_"):
                event[key] = self._strike(value)
        return event

    def _strike(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        told = value if isinstance(value, str) else repr(value)
        for secret in self._secrets:
            told = told.replace(secret, HIDDEN)
        return told


def _place_exceptions(_: WrappedLogger, __: str, event: EventDict) -> MutableMapping[str, Any]:
    """Put an exception's kind and way through the code in the place of its traceback and message."""
    found = event.pop("exc_info", None)
    error = _error(found)
    if error is not None:
        event["fault"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        event["at"] = " < ".join(f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in reversed(frames))
    event.pop("exc_text", None)
    return event


def _error(found: ExcInfo | BaseException | bool | None) -> BaseException | None:
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        return found[1]
    return sys.exc_info()[1] if found else None
