"""The ledger opens with its settings in force, under its key, or not at all."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import Engine, text

from db import engine as engines
from db.engine import ROLE_SETTINGS, SETTINGS, assert_settings, open_engine
from db.errors import StorageError, StorageKind
from db.failures import storage_error

KEY = bytes(range(32))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path}/ledger.db", KEY)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)"))
    yield made
    made.dispose()


def path_of(ledger: Engine) -> Path:
    return Path(str(ledger.url.database))


@pytest.mark.parametrize("role", ["writer", "reader"])
def test_every_setting_is_in_force(ledger: Engine, role: Any) -> None:
    engine = open_engine(ledger.url, KEY, role=role)
    with engine.connect() as connection:
        assert_settings(connection.connection.driver_connection, role)
        for setting in (*SETTINGS, *ROLE_SETTINGS[role]):
            found = connection.exec_driver_sql(f"PRAGMA {setting.name}").scalar()
            assert found == setting.expected, setting.name
    engine.dispose()


WRONG = {
    "busy_timeout": "0",
    "journal_mode": "DELETE",
    "synchronous": "NORMAL",
    "foreign_keys": "OFF",
    "secure_delete": "OFF",
    "trusted_schema": "ON",
    "cell_size_check": "OFF",
    "mmap_size": "1000000",
    "temp_store": "FILE",
    "wal_autocheckpoint": "0",
    "journal_size_limit": "-1",
    "cache_size": "-2000",
}


@pytest.mark.parametrize("name", [at.name for at in (*SETTINGS, *ROLE_SETTINGS["writer"])])
def test_a_setting_that_is_not_in_force_is_noticed(ledger: Engine, name: str) -> None:
    raw = ledger.raw_connection()
    driver: Any = raw.driver_connection
    driver.execute(f"PRAGMA {name}={WRONG[name]}").fetchall()
    with pytest.raises(StorageError, match=name) as caught:
        assert_settings(driver)
    assert caught.value.kind == StorageKind.UNSAFE
    raw.invalidate()


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SAFE_SQLITE", (99, 0, 0))
    with pytest.raises(StorageError) as caught:
        open_engine(f"sqlite:///{tmp_path}/a.db", KEY).connect()
    assert caught.value.kind == StorageKind.UNSAFE


def test_a_ledger_in_memory_is_refused() -> None:
    with pytest.raises(StorageError, match="journal_mode"):
        open_engine("sqlite://", KEY).connect()


def test_nothing_readable_lies_on_the_disk(ledger: Engine) -> None:
    with ledger.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES ('张三 110105199912310000')"))
    for name in os.listdir(path_of(ledger).parent):  # noqa: PTH208 - the log and its index too
        raw = (path_of(ledger).parent / name).read_bytes()
        assert b"110105199912310000" not in raw
        assert not raw.startswith(b"SQLite format 3")


def test_another_key_opens_nothing(ledger: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StorageError) as caught:
        open_engine(ledger.url, bytes(32)).connect()
    assert caught.value.kind == StorageKind.WRONG_KEY
    assert caught.value.where == str(path_of(ledger))
    assert capfd.readouterr().err == ""


def test_a_file_that_is_no_ledger_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"PK\3\4" * 4096)
    with pytest.raises(StorageError):
        open_engine(f"sqlite:///{path}", KEY).connect()
    assert path.read_bytes() == b"PK\3\4" * 4096


def test_a_damaged_page_is_an_error_and_no_value(
    ledger: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    with ledger.begin() as connection:
        for _ in range(100):
            connection.execute(text("INSERT INTO note (words) VALUES (hex(randomblob(1000)))"))
    ledger.dispose()
    raw = bytearray(path_of(ledger).read_bytes())
    raw[4096 * 20 + 123] ^= 1
    path_of(ledger).write_bytes(raw)
    with (
        pytest.raises(Exception) as caught,  # noqa: PT011 - its class is the driver's affair
        ledger.connect() as connection,
    ):
        connection.execute(text("SELECT sum(length(words)) FROM note"))
    mapped = storage_error(caught.value)
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.DAMAGED
    assert capfd.readouterr().err == ""


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        open_engine(f"sqlite:///{tmp_path}/none/ledger.db", KEY).connect()
    assert caught.value.kind == StorageKind.UNREADABLE


def test_a_key_of_another_length_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_engine(f"sqlite:///{tmp_path}/a.db", b"short").connect()


def test_a_reader_cannot_write(ledger: Engine) -> None:
    reader = open_engine(ledger.url, KEY, role="reader")
    with pytest.raises(Exception, match="readonly") as caught, reader.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES ('a')"))
    mapped = storage_error(caught.value)
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.READ_ONLY
    reader.dispose()


def test_a_foreign_lock_is_answered_within_the_timeout(ledger: Engine) -> None:
    """Another program holds the file; ours answers after busy_timeout, not never."""
    holder = sqlcipher3.dbapi2.connect(str(path_of(ledger)), isolation_level=None)
    holder.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(Exception, match="locked") as caught, ledger.begin() as connection:
        connection.execute(text("SELECT 1"))
    assert 4 < time.monotonic() - started < 15
    mapped = storage_error(caught.value)
    assert isinstance(mapped, StorageError)
    assert mapped.kind == StorageKind.LOCKED
    holder.close()


def test_a_second_writer_waits_for_the_first(ledger: Engine) -> None:
    second = open_engine(ledger.url, KEY)
    done = threading.Event()

    def write() -> None:
        with second.begin() as connection:
            connection.execute(text("INSERT INTO note (words) VALUES ('second')"))
        done.set()

    thread = threading.Thread(target=write)
    with ledger.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES ('first')"))
        thread.start()
        assert not done.wait(0.3)
    thread.join()
    with ledger.connect() as connection:
        words = connection.scalars(text("SELECT words FROM note ORDER BY id")).all()
    assert words == ["first", "second"]
    second.dispose()
