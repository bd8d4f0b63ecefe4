"""Where the processes of journeys are born: one process that has imported the program forks each of them.

A start of Python and its imports is most of what a journey's start costs. What is forked off here has done just that,
and then runs `python -m bot ...` as any other process does: alone, with its own environment, and killed as such.
"""

import asyncio
import atexit
import contextlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from tests.journeys.surroundings import learned, surroundings

ROOT = Path(__file__).resolve().parents[2]
READY = b"ready\n"


class Child:
    """A process that was born in the nursery, as `asyncio.subprocess` would show it."""

    def __init__(self, pid: int, line: asyncio.StreamReader, end: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._end = end
        self._gone = asyncio.create_task(self._watch(line))

    async def _watch(self, line: asyncio.StreamReader) -> None:
        told = await line.readline()
        # A nursery that has gone took all its children with it.
        self.returncode = int(told) if told else -signal.SIGKILL
        self._end.close()

    async def wait(self) -> int:
        """Its exit code, when it has ended; that of a killed one is the signal's number below zero."""
        await asyncio.shield(self._gone)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, how: int) -> None:
        """As `kill` of the shell; one that has ended is left alone."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The nursery of this process of tests; it begins at the first birth, and ends with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = self._address = ""

    async def bear(self, words: list[str], log: Path, cwd: Path, environment: dict[str, str]) -> Child:
        """A new process that runs `python -m` with these words, and prints to the end of `log`."""
        if self._process is None or self._process.poll() is not None:
            self._begin()
        line, end = await asyncio.open_unix_connection(self._address)
        wish = {"words": words, "log": str(log), "cwd": str(cwd), "environment": environment}
        end.write(json.dumps(wish).encode() + b"\n")
        await end.drain()
        return Child(int(await line.readline()), line, end)

    def _begin(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="skab-nursery-")
        self._address = f"{self._folder}/door"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.nursery", self._address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=surroundings(),
        )  # fmt: skip
        atexit.register(self._end)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == READY, "the nursery did not begin"

    def _end(self) -> None:
        assert self._process is not None
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)


NURSERY = Nursery()


def _run(wish: dict[str, object]) -> None:
    """Become what was wished for; never returns."""
    environment, words = wish["environment"], wish["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(str(wish["cwd"]))
    log = os.open(str(wish["log"]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = [f"{words[0]}/__main__.py", *words[1:]]
    code = 0
    try:
        if words[0] == "bot":
            from bot.__main__ import main as bot_main

            bot_main()
        elif words[0] == "bot.sandbox":
            from bot.sandbox.__main__ import main as sandbox_main

            code = sandbox_main()
        else:
            runpy.run_module(str(words[0]), run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    # What Python does at its end: wait for threads, call who wanted to be called, write out what is left.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _keep_rules() -> None:
    """Read back once what every bot here reads from the same file: the shipped rules, as they were learned."""
    from bot.routing import learned as kept

    data = (ROOT / "routing_rules.yaml").read_bytes()
    key = kept._key(data)
    file = kept._place(learned(), key)
    found, take_down = kept._take_down(file, key), kept._take_down
    kept._take_down = lambda place, asked: found if found and (place, asked) == (file, key) else take_down(place, asked)


def _serve(address: str) -> None:
    """Bear children until the tests end (standard input closes), and tell of each when it has ended."""
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen(64)
    deaths, bell = socket.socketpair()
    bell.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(bell.fileno())
    lines: dict[int, socket.socket] = {}
    os.write(1, READY)
    while True:
        ready, _, _ = select.select([0, door, deaths], [], [])
        if 0 in ready:
            break
        if deaths in ready:
            deaths.recv(4096)
            _tell_of_deaths(lines)
        if door in ready:
            line, _ = door.accept()
            wish = json.loads(line.makefile("rb").readline())
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for one in (door, deaths, bell, line, *lines.values()):
                    one.close()
                _run(wish)
            lines[pid] = line
            line.sendall(f"{pid}\n".encode())
    for pid in lines:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _tell_of_deaths(lines: dict[int, socket.socket]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (died := os.waitpid(-1, os.WNOHANG))[0]:
            line = lines.pop(died[0])
            with line, contextlib.suppress(OSError):
                line.sendall(f"{os.waitstatus_to_exitcode(died[1])}\n".encode())


if __name__ == "__main__":
    import bot.__main__
    import bot.app
    import bot.sandbox.__main__  # noqa: F401
    from bot.knowledge.live import LivePages
    from bot.routing.questions import Questions
    from bot.texts.book import Book

    # Read once, for all that are born here: the texts, the pages, the rules as they were learned.
    Book.load()
    LivePages(ROOT / "knowledge", Questions)
    _keep_rules()
    _serve(sys.argv[1])
