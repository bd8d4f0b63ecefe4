"""The log holds no token and nobody's words, at any level and from any library."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logbook import open_log

TOKEN = "42:AAEhBOweik6ad9r"


@pytest.fixture
def page() -> Iterator[io.StringIO]:
    """A log at the most verbose level, and the logging that was there before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    open_log("debug", [TOKEN], stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def test_an_event_is_one_line_with_its_fields(page: io.StringIO) -> None:
    structlog.get_logger("bot.x").info("sent", lane="1001", tries=2, note="to ord")
    line = page.getvalue()
    assert line.count("\n") == 1
    assert 'level=info logger=bot.x event=sent lane=1001 tries=2 note="to ord"' in line


def test_the_token_is_struck_out_of_every_field_and_of_libraries_lines(page: io.StringIO) -> None:
    structlog.get_logger("bot.x").warning("failed", url=f"https://api/bot{TOKEN}/x", held={"a": TOKEN})
    logging.getLogger("some.library").warning(f"POST https://api/bot{TOKEN}/getMe")
    assert TOKEN not in page.getvalue()
    assert page.getvalue().count("[hemmelig]") == 3


def test_what_libraries_fill_into_their_lines_is_left_out(page: io.StringIO) -> None:
    logging.getLogger("telegram.Bot").debug("Calling with %s", "Aases ord")
    logging.getLogger("httpx").info("HTTP Request: %s", "https://api/bot")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: ValueError('Aases ord')")
    told = page.getvalue()
    assert "Aases ord" not in told
    assert "Calling" not in told
    assert "HTTP Request" not in told
    assert "never retrieved" in told


def test_an_exception_is_told_by_kind_and_place_without_its_words(page: io.StringIO) -> None:
    def relay() -> None:
        raise ValueError("Aases ord")

    try:
        relay()
    except ValueError:
        structlog.get_logger("bot.x").exception("failed")
        logging.getLogger("some.library").exception("failed %s", "too")
    told = page.getvalue()
    assert "Aases ord" not in told
    assert told.count("\n") == 2
    assert told.count("fault=ValueError") == 2
    assert told.count(":relay <") == 2
