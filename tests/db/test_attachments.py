"""Attachments come back exactly or not at all, and tell nothing to who has no key."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.attachments import AttachmentStore
from db.errors import StorageError, StorageKind
from tests.db.offices import flip_bit

KEY = bytes(range(32))
SCAN = "演示 银行回单".encode() * 100


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments", KEY)


@given(data=st.binary(max_size=5000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_was_put_comes_back(store: AttachmentStore, data: bytes) -> None:
    stored = store.put(data)
    assert store.get(stored.name, stored.sha256) == data
    assert stored.size == len(data)


def test_the_same_content_is_one_file(store: AttachmentStore) -> None:
    assert store.put(SCAN) == store.put(SCAN)
    assert len(list(store.files())) == 1


def test_nothing_readable_lies_on_the_disk(store: AttachmentStore) -> None:
    stored = store.put(SCAN)
    assert "演示".encode() not in store.path(stored.name).read_bytes()
    assert stored.sha256 not in stored.name


@pytest.mark.parametrize("offset", [0, 5, 20, 500, -1])
def test_damage_is_noticed_and_mended_by_the_same_content(
    store: AttachmentStore, offset: int
) -> None:
    stored = store.put(SCAN)
    path = store.path(stored.name)
    flip_bit(path, offset)
    with pytest.raises(StorageError) as caught:
        store.get(stored.name, stored.sha256)
    assert caught.value.kind == StorageKind.DAMAGED
    assert store.put(SCAN) == stored
    assert store.get(stored.name, stored.sha256) == SCAN


@pytest.mark.parametrize("length", [0, 3, 10, 20, 100])
def test_a_cut_file_is_noticed(store: AttachmentStore, length: int) -> None:
    stored = store.put(SCAN)
    path = store.path(stored.name)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(StorageError):
        store.get(stored.name, stored.sha256)


def test_one_file_cannot_stand_for_another(store: AttachmentStore) -> None:
    first, second = store.put(b"first"), store.put(b"second")
    store.path(second.name).write_bytes(store.path(first.name).read_bytes())
    with pytest.raises(StorageError):
        store.get(second.name, second.sha256)


def test_a_row_that_names_another_content_is_noticed(store: AttachmentStore) -> None:
    first, second = store.put(b"first"), store.put(b"second")
    with pytest.raises(StorageError, match="another content"):
        store.get(first.name, second.sha256)


def test_another_key_opens_nothing(store: AttachmentStore) -> None:
    stored = store.put(SCAN)
    with pytest.raises(StorageError):
        AttachmentStore(store.folder, bytes(32)).get(stored.name, stored.sha256)


def test_a_missing_file_is_named(store: AttachmentStore) -> None:
    stored = store.put(SCAN)
    store.path(stored.name).unlink()
    with pytest.raises(StorageError) as caught:
        store.get(stored.name, stored.sha256)
    assert caught.value.where == str(store.path(stored.name))


@pytest.mark.parametrize("name", ["../keyring.json", "", "A" * 64, "ab/cd"])
def test_a_name_cannot_leave_the_folder(store: AttachmentStore, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.get(name, "")


def test_the_sweep_takes_only_old_files_that_no_row_names(store: AttachmentStore) -> None:
    named, orphan, young = (store.put(word) for word in (b"named", b"orphan", b"young"))
    leftover = store.path(orphan.name).with_suffix(".part")
    leftover.write_bytes(b"half")
    now = datetime(2026, 12, 3, tzinfo=UTC)
    for path, age in (
        (store.path(named.name), 72),
        (store.path(orphan.name), 25),
        (leftover, 25),
        (store.path(young.name), 23),
    ):
        at = (now - timedelta(hours=age)).timestamp()
        os.utime(path, (at, at))
    assert store.sweep({named.name}, now) == 2
    assert store.names() == sorted([named.name, young.name])


def test_content_put_again_is_young_again(store: AttachmentStore) -> None:
    """Else a sweep could take it between put() and the row that names it."""
    stored = store.put(SCAN)
    os.utime(store.path(stored.name), (0, 0))
    store.put(SCAN)
    assert store.sweep(set(), datetime(2020, 1, 1, tzinfo=UTC)) == 0
    assert store.get(stored.name, stored.sha256) == SCAN
