"""What SKAB_DATABASE may say: a path, the address of a file, or the address of a server in any spelling."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store.address import is_there, path_of, server_of
from bot.store.faults import StoreError
from bot.store.insertion import insert
from bot.store.tables import settings


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("var/skab.db", "var/skab.db"),
        ("sqlite:///var/skab.db", "var/skab.db"),
        ("sqlite+aiosqlite:////srv/skab.db", "/srv/skab.db"),
    ],
)
def test_a_setting_names_a_file_by_its_path_or_its_address(where: str, path: str) -> None:
    assert path_of(where) == Path(path)
    assert server_of(where) is None
    assert not is_there(where)


@pytest.mark.parametrize("where", ["postgresql://host/skab", "sqlite://", "://", "mysql://host/skab"])
def test_a_setting_that_names_no_file_is_refused(where: str) -> None:
    with pytest.raises(StoreError):
        path_of(where)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg2"])
def test_a_server_is_known_by_each_spelling_and_reached_by_our_own_driver(scheme: str) -> None:
    url = server_of(f"{scheme}://skab:hemmeligt@host:5433/ideer?sslmode=require")
    assert url is not None
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.password, url.host, url.port, url.database) == (
        "skab",
        "hemmeligt",
        "host",
        5433,
        "ideer",
    )
    assert url.query == {"sslmode": "require"}
    assert is_there(f"{scheme}://host/skab")


def test_a_server_without_a_database_is_refused_and_told_how_to_write_it() -> None:
    with pytest.raises(StoreError, match="postgresql://vaert/skab"):
        server_of("postgres://host")


def test_an_address_that_cannot_be_read_is_refused_without_repeating_it() -> None:
    with pytest.raises(StoreError) as fault:
        server_of("postgresql://skab:hemmeligt@host:port/skab")
    assert "hemmeligt" not in str(fault.value)


def test_both_engines_are_given_the_same_insert() -> None:
    put = insert(settings).on_conflict_do_update(index_elements=["key"], set_={"value": "x"})
    told = [
        str(put.compile(dialect=create_engine(url).dialect)).partition("ON CONFLICT")[2].replace('"', "").split("=")[0]
        for url in ("sqlite://", "postgresql+psycopg://")
    ]
    assert told[0] == told[1] == " (key) DO UPDATE SET value "


def test_no_table_is_written_to_in_the_words_of_one_engine() -> None:
    folder = Path(__file__).resolve().parents[2] / "bot" / "store"
    assert [file.name for file in folder.glob("*.py") if "dialects." in file.read_text()] == ["insertion.py"]
