"""A password opens the office; nothing else does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from db.errors import StorageError, StorageKind, WrongPasswordError
from db.keyring import FILE_NAME, STANDARD, Cost, Keyring, Secrets, User
from tests.db.offices import CHEAP

UID = bytes(range(16))
ZHANG, LI = User("zhang", "张三"), User("li", "李四")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path, UID, ZHANG, "小张-2026", CHEAP)[0]


def again(keyring: Keyring) -> Keyring:
    return Keyring.load(keyring.path.parent)


def test_the_password_opens_the_same_keys_after_a_restart(tmp_path: Path) -> None:
    keyring, secrets = Keyring.create(tmp_path, UID, ZHANG, "小张-2026", CHEAP)
    loaded = again(keyring)
    assert loaded.unlock("zhang", "小张-2026") == secrets
    assert (loaded.office_uid, loaded.generation, loaded.users) == (UID, 1, (ZHANG,))


@pytest.mark.parametrize(
    ("login", "password"), [("zhang", "小张-2027"), ("zhang", ""), ("li", "小张-2026")]
)
def test_anything_else_is_refused(keyring: Keyring, login: str, password: str) -> None:
    with pytest.raises(WrongPasswordError):
        keyring.unlock(login, password)


def test_full_width_typing_is_the_same_password(keyring: Keyring) -> None:
    assert keyring.unlock("zhang", "小张-２０２６")


def test_each_office_has_keys_of_its_own_and_one_per_use(tmp_path: Path) -> None:
    made: set[bytes] = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _keyring, secrets = Keyring.create(tmp_path / name, UID, ZHANG, "x", CHEAP)
        made |= {
            secrets.data_key,
            secrets.database_key,
            secrets.attachment_key,
            secrets.audit_key,
            secrets.backup_key,
        }
    assert len(made) == 10
    assert {len(key) for key in made} == {32}


def test_keys_show_in_no_text(tmp_path: Path) -> None:
    _keyring, secrets = Keyring.create(tmp_path, UID, ZHANG, "x", CHEAP)
    assert secrets.data_key.hex() not in repr(secrets)
    assert repr(secrets.data_key) not in repr(secrets)


def test_users_come_and_go(keyring: Keyring) -> None:
    secrets = keyring.unlock("zhang", "小张-2026")
    keyring.add_user(secrets, LI, "小李", CHEAP)
    assert again(keyring).unlock("li", "小李") == secrets
    keyring.remove("zhang")
    assert again(keyring).users == (LI,)
    with pytest.raises(WrongPasswordError):
        again(keyring).unlock("zhang", "小张-2026")


def test_the_last_user_stays(keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="last"):
        keyring.remove("zhang")
    assert again(keyring).users == (ZHANG,)


def test_a_new_password_takes_the_place_of_the_old(keyring: Keyring) -> None:
    secrets = keyring.unlock("zhang", "小张-2026")
    keyring.change_password("zhang", "小张-2026", "新密码")
    assert again(keyring).unlock("zhang", "新密码") == secrets
    with pytest.raises(WrongPasswordError):
        again(keyring).unlock("zhang", "小张-2026")


def test_a_wrong_old_password_changes_nothing(keyring: Keyring) -> None:
    before = keyring.path.read_bytes()
    with pytest.raises(WrongPasswordError):
        keyring.change_password("zhang", "wrong", "新密码")
    assert keyring.path.read_bytes() == before


def test_a_users_key_cannot_be_given_to_another_login(keyring: Keyring) -> None:
    content = json.loads(keyring.path.read_text("utf-8"))
    content["users"][0]["login"] = "li"
    keyring.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(WrongPasswordError):
        again(keyring).unlock("li", "小张-2026")


def test_a_keyring_cannot_be_carried_to_another_office(keyring: Keyring) -> None:
    content = json.loads(keyring.path.read_text("utf-8"))
    content["office"] = bytes(16).hex()
    keyring.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(WrongPasswordError):
        again(keyring).unlock("zhang", "小张-2026")


def test_the_standard_cost_is_the_floor() -> None:
    assert (STANDARD.memory_kib, STANDARD.passes, STANDARD.lanes) == (65536, 3, 4)
    for cheaper in ({"memory_kib": 65535}, {"passes": 2}, {"lanes": 3}):
        with pytest.raises(ValueError, match="below"):
            Cost(**cheaper)


def test_a_new_user_costs_the_standard_unless_said(tmp_path: Path) -> None:
    keyring, _secrets = Keyring.create(tmp_path, UID, ZHANG, "x")
    [entry] = json.loads(keyring.path.read_text("utf-8"))["users"]
    assert entry["argon2id"] == [65536, 3, 4]
    assert keyring.unlock("zhang", "x")


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"[]",
        b'{"format": 1, "office": "zz", "generation": 1, "users": []}',
        b'{"format": 1, "office": "00", "generation": 1, "users": [{"login": 1}]}',
    ],
)
def test_a_damaged_keyring_is_named(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    with pytest.raises(StorageError) as caught:
        Keyring.load(tmp_path)
    assert caught.value.kind == StorageKind.DAMAGED


def test_a_hostile_cost_does_not_stall_the_program(keyring: Keyring) -> None:
    content = json.loads(keyring.path.read_text("utf-8"))
    content["users"][0]["argon2id"] = [1 << 30, 1000, 4]
    keyring.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(StorageError):
        again(keyring)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("argon2id", [-1, 3, 4]),
        ("argon2id", [65536, 0, 4]),
        ("argon2id", [65536, 3, 0]),
        ("argon2id", [16, 3, 4]),
        ("salt", "00"),
        ("nonce", "00"),
        ("key", "00"),
    ],
)
def test_a_damaged_entry_is_damage_and_no_wrong_password(
    keyring: Keyring, field: str, value: object
) -> None:
    content = json.loads(keyring.path.read_text("utf-8"))
    content["users"][0][field] = value
    keyring.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(StorageError) as caught:
        again(keyring)
    assert caught.value.kind == StorageKind.DAMAGED


def test_a_newer_keyring_is_refused(keyring: Keyring) -> None:
    content = json.loads(keyring.path.read_text("utf-8"))
    content["format"] = 2
    keyring.path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(StorageError) as caught:
        again(keyring)
    assert caught.value.kind == StorageKind.NEWER


def test_a_missing_keyring_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Keyring.load(tmp_path)
    assert caught.value.kind == StorageKind.UNREADABLE


def test_an_offices_keyring_is_not_made_twice(keyring: Keyring) -> None:
    with pytest.raises(FileExistsError):
        Keyring.create(keyring.path.parent, UID, LI, "x", CHEAP)
    assert again(keyring).users == (ZHANG,)


def test_a_copy_carries_users_and_generation(keyring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    keyring.copy_to(tmp_path / "copy", 5)
    copy = Keyring.load(tmp_path / "copy")
    assert copy.generation == 5
    assert isinstance(copy.unlock("zhang", "小张-2026"), Secrets)
    assert os.listdir(tmp_path / "copy") == [FILE_NAME]  # noqa: PTH208
