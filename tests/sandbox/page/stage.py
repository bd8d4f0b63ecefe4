"""The stage of these tests: the real server as a process, a small scripted bot on its Bot API, and the people."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TOKEN = "42:TEST"
Json = dict[str, Any]


def call(url: str, body: Json | None = None) -> Any:
    """One HTTP call, JSON in and out; a body makes it a POST. AssertionError on any answer but 2xx."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        way = "GET" if body is None else "POST"
        text = None if body is None else json.dumps(body)
        connection.request(way, f"{parts.path}?{parts.query}", text, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        read = answer.read().decode()
        assert answer.status < 300, f"{url} answered {answer.status}: {read}"
        return json.loads(read)
    finally:
        connection.close()


@dataclass
class Sandbox:
    """The server as a process of its own; `restart` gives an empty world on the same port."""

    port: int
    clock_file: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.sandbox", "--port", str(self.port), "--token", TOKEN]
        self.process = subprocess.Popen(
            [*command, "--clock-file", str(self.clock_file)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        tick = threading.Event()
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                if self.process.poll() is not None:
                    assert self.process.stderr is not None
                    raise AssertionError(self.process.stderr.read().decode()) from None
                tick.wait(0.05)

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(timeout=10)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def phone(self, name: str, **body: Any) -> Any:
        """A POST to the phone address."""
        return call(f"{self.url}/sandbox/{name}", body)

    def state(self) -> Json:
        return dict(call(f"{self.url}/sandbox/state"))

    def messages(self, chat: int) -> list[Json]:
        return [m for m in call(f"{self.url}/sandbox/chat/{chat}")["messages"] if not m.get("deleted")]

    def bot(self, method: str, **params: Any) -> Any:
        """A call of the bot's."""
        return call(f"{self.url}/bot{TOKEN}/{method}", params)["result"]


@dataclass
class World:
    """The people and the group that most tests need."""

    aase: int
    jonas: int
    mette: int
    bo: int
    group: int
    topic: int


@dataclass
class ScriptedBot:
    """Answers over plain HTTP; `seen` holds every update, `wait_for` waits for one that fits."""

    sandbox: Sandbox
    seen: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(timeout=15)

    def wait_for(self, fits: Callable[[Json], Any], timeout: float = 10) -> Json:
        """The first update, past or to come, that fits."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.seen)), timeout), f"not among {self.seen}"
            return next(update for update in self.seen if fits(update))

    def _run(self) -> None:
        offset = 0
        while not self._stop.is_set():
            for update in self.sandbox.bot("getUpdates", offset=offset, timeout=1):
                offset = update["update_id"] + 1
                self._answer(update)
                with self._news:
                    self.seen.append(update)
                    self._news.notify_all()

    def _answer(self, update: Json) -> None:
        if "message" in update and update["message"]["chat"]["type"] == "private":
            self._answer_message(update["message"])
        elif query := update.get("callback_query"):
            loud = query["data"] == "alert"
            text = "Husk: det er en prøve." if loud else "Modtaget, tak."
            self.sandbox.bot("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=loud)

    def _answer_message(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/start"):
            name = message["from"]["first_name"]
            self.sandbox.bot("sendMessage", chat_id=chat, text=f"Hej {name}. Hvad har du på hjerte?")
            return
        for kind in ("photo", "voice", "location", "document"):
            if kind in message:
                self.sandbox.bot("sendMessage", chat_id=chat, text=f"Fik {kind}")
                return
        rows = [[{"text": "Send", "callback_data": "send"}], [{"text": "Læs mere", "callback_data": "alert"}]]
        if text:
            self.sandbox.bot(
                "sendMessage", chat_id=chat, text=f"Du skrev: {text}", reply_markup={"inline_keyboard": rows}
            )
