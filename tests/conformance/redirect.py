"""A pytest plugin for the downloaded suite: sends every bot to the local server, and notes how each case went."""

from __future__ import annotations

import functools
import inspect
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
import telegram

TELEGRAM = "https://api.telegram.org"
SERVER = os.environ["CONFORMANCE_SERVER"].rstrip("/")
OUTCOMES = Path(os.environ["CONFORMANCE_OUTCOMES"])


def _redirect(bot: type) -> None:
    """Replace Telegram's host in the addresses that a bot is made with; ExtBot goes by the same constructor."""
    original: Any = bot.__init__  # type: ignore[misc]
    signature = inspect.signature(original)

    @functools.wraps(original)
    def init(*args: Any, **kwargs: Any) -> None:
        call = signature.bind(*args, **kwargs)
        call.apply_defaults()
        for name in ("base_url", "base_file_url"):
            address = call.arguments[name]
            if isinstance(address, str) and address.startswith(TELEGRAM):
                call.arguments[name] = SERVER + address.removeprefix(TELEGRAM)
        original(*call.args, **call.kwargs)

    bot.__init__ = init  # type: ignore[misc]


_redirect(telegram.Bot)

# The webhook cases compare the server's address of a website with that of a name server. The sandbox asks none: in
# its closed world every other host has the address that is kept for documentation.
socket.gethostbyname = lambda _host: "192.0.2.1"


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One line a phase: which case, how it went, and the last line of what went wrong."""
    reason = str(report.longrepr).strip().splitlines()[-1] if report.failed else ""
    line = {"case": report.nodeid, "phase": report.when, "outcome": report.outcome, "reason": reason}
    with OUTCOMES.open("a") as file:
        file.write(json.dumps(line) + "\n")
