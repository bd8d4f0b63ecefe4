"""A PostgreSQL server of our own that lives as long as the tests do: on a socket in a folder, for nobody else."""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
from sqlalchemy import create_engine, make_url

from bot.store.migrations import migrate
from tests.needs import missing

PLACES = "/usr/lib/postgresql/*/bin"
"""Where Debian keeps the server's programs, which stand on no PATH."""
NOBODYS = ("postgres", "nobody")
"""Users that the server may run as where the tests run as root, which it refuses to run as."""
UNSAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
"""A server that is thrown away need not survive a power cut."""
START_SECONDS = 30.0
TEMPLATE = "empty"
FOLDER = "skab-pg-"
"""What a server's folder is called, with the process that runs the tests."""


def programs() -> Path:
    """The folder of the newest server that is installed here; without one the test is skipped."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    found = sorted(glob.glob(PLACES), key=lambda place: int(Path(place).parent.name.partition(".")[0]))
    if not found:
        missing("no PostgreSQL server on this machine: apt-get install postgresql")
    return Path(found[-1])


def sweep() -> None:
    """Throw away what tests left behind that were killed: their server ended with them, its folder could not."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        process = folder.name.removeprefix(FOLDER).partition("-")[0]
        if process.isdigit() and not psutil.pid_exists(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """A running server. `safe` lets it wait for the disk, as a real one does."""

    def __init__(self, *, safe: bool = False) -> None:
        self._bin = programs()
        self._safe = safe
        self._made = 0
        sweep()
        # Not in pytest's folder, into which the server's user may not look.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
        self._data = ("-D", str(self.folder / "data"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster, start it, and make the database that all others are copied from."""
        if os.getuid() == 0:
            shutil.chown(self.folder, _nobody())
        settings = [f"-c{one}" for one in ("listen_addresses=", f"unix_socket_directories={self.folder}",
                    "max_connections=60", "log_min_messages=fatal", *(() if self._safe else UNSAFE))]  # fmt: skip
        with (self.folder / "log").open("wb") as log:
            self.call(
                "initdb", *self._data, "--no-sync", "--auth=trust", "--username=skab", "--encoding=UTF8", "--locale=C"
            )
            self.process = subprocess.Popen(
                self._words("postgres", *self._data, *settings), stdout=log, stderr=log, cwd="/"
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "the server did not start"
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.02)
        self._make_template()

    def stop(self) -> None:
        """End it, and leave nothing behind."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, name: str) -> str:
        """The address of one of its databases, as SKAB_DATABASE takes it."""
        return f"postgresql://skab@/{name}?host={self.folder}"

    def database(self, template: str = TEMPLATE) -> str:
        """The address of a new database, with the tables of today in it and nothing else."""
        self._made += 1
        name = f"skab{self._made}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Throw a database away, whoever is still on it."""
        self.ask(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def ask(self, query: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            found = connection.execute(query)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []

    def _make_template(self) -> None:
        self.ask(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
        engine = create_engine(make_url(self.address(TEMPLATE)).set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()

    def _answers(self) -> bool:
        try:
            return bool(self.ask("SELECT 1"))
        except psycopg.OperationalError:
            return False

    def call(self, program: str, *words: str) -> None:
        """Run one of the server's programs, as the server's user, to its good end."""
        done = subprocess.run(self._words(program, *words), capture_output=True, text=True, cwd="/")
        assert done.returncode == 0, done.stderr

    def _words(self, program: str, *words: str) -> list[str]:
        # However the tests end, the server ends with them.
        able = ["setpriv", "--pdeathsig", "QUIT"]
        if os.getuid() == 0:
            user = _nobody()
            able += ["--reuid", user, "--regid", _group(user), "--clear-groups"]
        return [*able, str(self._bin / program), *words]


def _nobody() -> str:
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in NOBODYS if name in known)


def _group(user: str) -> str:
    return str(pwd.getpwnam(user).pw_gid)
