"""The province's answer: read back as written, refused in one sentence where it is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import FileError
from desktop_app.exchange.acknowledgements import (
    Acknowledgement,
    FailedPerson,
    read_acknowledgement,
    write_acknowledgement,
)

HASH = "ab" * 32
ANSWER = Acknowledgement(
    HASH,
    datetime(2026, 12, 2, 3, 4, 5, tzinfo=UTC),
    84,
    (FailedPerson("李䶮", "999999198501010014", "姓名与身份证号不一致"),),
)
GOOD = {
    "package_sha256": HASH,
    "received_at": "2026-12-02T03:04:05+00:00",
    "accepted": 84,
    "failed": [],
}


def test_an_answer_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "回执.json"
    write_acknowledgement(path, ANSWER)
    assert read_acknowledgement(path, HASH) == ANSWER


def test_an_answer_with_a_byte_order_mark_and_local_time_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    document = {**GOOD, "received_at": "2026-12-02T11:04:05+08:00"}
    path.write_text(json.dumps(document), "utf-8-sig")
    assert read_acknowledgement(path).received_at == ANSWER.received_at


def test_the_answer_to_another_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_acknowledgement(path, ANSWER)
    with pytest.raises(FileError) as caught:
        read_acknowledgement(path, "cd" * 32)
    assert caught.value.code == "acknowledgement-other-package"


def test_an_existing_answer_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_acknowledgement(path, ANSWER)
    before = path.read_bytes()
    with pytest.raises(FileError):
        write_acknowledgement(path, ANSWER)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    "change",
    [
        {"package_sha256": "short"},
        {"package_sha256": None},
        {"accepted": "84"},
        {"accepted": True},
        {"accepted": -1},
        {"failed": None},
        {"failed": ["李"]},
        {"failed": [{"name": "李", "identity": "", "reason": "x"}]},
        {"received_at": "yesterday"},
        {"received_at": None},
        {"received_at": "2026-12-02T03:04:05"},
    ],
)
def test_a_wrong_field_is_named_and_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**GOOD, **change}), "utf-8")
    with pytest.raises(FileError, match=next(iter(change))) as caught:
        read_acknowledgement(path)
    assert caught.value.code == "acknowledgement-invalid"


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b"PK\x03\x04", b"[" * 100000])
def test_what_is_no_answer_at_all_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        read_acknowledgement(path)
    assert caught.value.code == "acknowledgement-invalid"


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("answer") / "a.json"
    path.write_bytes(data)
    with pytest.raises(FileError):
        read_acknowledgement(path)


def test_a_missing_file_is_told_by_its_name_and_blames_no_disk(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read_acknowledgement(tmp_path / "gone.json")
    assert caught.value.code == "file-missing"
    assert "gone.json" in caught.value.message


def test_a_time_without_a_zone_is_never_written(tmp_path: Path) -> None:
    naive = Acknowledgement(HASH, datetime(2026, 12, 2), 1)
    with pytest.raises(ValueError, match="zone"):
        write_acknowledgement(tmp_path / "a.json", naive)
