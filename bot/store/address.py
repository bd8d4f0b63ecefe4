"""Reads what SKAB_DATABASE names: the path of a file, or the address of a file or a server."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.faults import StoreError

DRIVER = "postgresql+psycopg"
SERVERS = ("postgresql", "postgres")
"""What stands before the `+` or the `://` of a server's address; whichever driver it names, ours is used."""


def server_of(where: str | Path) -> URL | None:
    """The server that a setting names, or None for a file.

    Raises:
        StoreError: it is no address of a server and looks like one, or it names no database.
    """
    if isinstance(where, Path) or "://" not in where:
        return None
    url = _read(where)
    if url.drivername.partition("+")[0] not in SERVERS:
        return None
    if not url.database:
        raise StoreError(
            "SKAB_DATABASE: adressen på en PostgreSQL-server slutter med databasens navn: postgresql://vaert/skab. "
            "(It must end in the name of a database.)"
        )
    return url.set(drivername=DRIVER)


def path_of(where: str | Path) -> Path:
    """The file that a setting names: a path, or an address such as `sqlite+aiosqlite:///var/skab.db`.

    Raises:
        StoreError: it names another kind of database.
    """
    if isinstance(where, Path) or "://" not in where:
        return Path(where)
    url = _read(where)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(
            f"SKAB_DATABASE: skab kender ikke {url.get_backend_name()}. Skriv en fils navn eller "
            "postgresql://bruger@vaert/database. (That is no database that skab knows.)"
        )
    return Path(url.database)


def beside(where: str | Path, folder: Path) -> Path:
    """What files beside the database are named after: its own file, or a server's database as if it lay in `folder`.

    Raises:
        StoreError: it names no database.
    """
    server = server_of(where)
    return path_of(where) if server is None else folder / str(server.database)


def is_there(where: str | Path) -> bool:
    """Whether a bot may have written there already: a server is asked when it is opened.

    Raises:
        StoreError: it names no database.
    """
    return server_of(where) is not None or path_of(where).exists()


def _read(where: str) -> URL:
    try:
        return make_url(where)
    except (ArgumentError, ValueError) as error:
        raise StoreError("SKAB_DATABASE er ikke en databases adresse. (It is no address of a database.)") from error
