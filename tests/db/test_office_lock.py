"""One program per office, and no lock outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import OfficeInUseError, StorageError
from db.office_lock import OfficeLock

HOLD = """
import sys, pathlib
from db.office_lock import OfficeLock
lock = OfficeLock.take(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def ended(child: subprocess.Popen[str], how: int | None = None) -> None:
    if how is not None:
        child.send_signal(how)
    child.communicate()


def test_a_second_program_is_told_who_holds_it(tmp_path: Path) -> None:
    child = holder(tmp_path)
    with pytest.raises(OfficeInUseError) as caught:
        OfficeLock.take(tmp_path)
    assert str(child.pid) in caught.value.holder
    ended(child)
    OfficeLock.take(tmp_path).release()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of Unix")
def test_a_killed_holder_leaves_the_office_free(tmp_path: Path) -> None:
    for _ in range(5):
        ended(holder(tmp_path), signal.SIGKILL)
        OfficeLock.take(tmp_path).release()


def test_the_same_program_cannot_hold_it_twice(tmp_path: Path) -> None:
    with OfficeLock.take(tmp_path), pytest.raises(OfficeInUseError):
        OfficeLock.take(tmp_path)
    OfficeLock.take(tmp_path).release()


def test_a_child_process_does_not_inherit_the_lock(tmp_path: Path) -> None:
    lock = OfficeLock.take(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock.release()
    OfficeLock.take(tmp_path).release()
    child.communicate(b"\n")


def test_of_many_starts_at_once_one_gets_it(tmp_path: Path) -> None:
    script = HOLD.replace("lock = ", "try:\n lock = ").replace(
        'print("held"', 'except Exception: print("refused"); sys.exit()\nprint("held"'
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    said = [child.stdout.readline().strip() for child in children if child.stdout]
    for child in children:
        child.communicate()
    assert sorted(said) == ["held", *["refused"] * 5]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        OfficeLock.take(tmp_path / "none")
