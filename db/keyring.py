"""Who can open the office: its one data key, wrapped for each user by his password."""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import StorageError, StorageKind, WrongPasswordError
from db.files import storage_errors, write_atomically

FILE_NAME = "keyring.json"
_FORMAT = 1
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1 << 20, 32, 64  # a hostile file must not stall us


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs (argon2id); never below the standard unless said."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4
    allow_weak: bool = field(default=False, compare=False)  # for tests

    def __post_init__(self) -> None:
        weak = self.memory_kib < 64 * 1024 or self.passes < 3 or self.lanes < 4
        if weak and not self.allow_weak:
            raise ValueError("argon2id below 64 MiB, 3 passes, 4 lanes")
        if (
            self.memory_kib > _MOST_MEMORY_KIB
            or self.passes > _MOST_PASSES
            or self.lanes > _MOST_LANES
        ):
            raise ValueError("argon2id cost out of bounds")


STANDARD = Cost()


@dataclass(frozen=True, slots=True)
class Secrets:
    """The office's data key and the keys that follow from it."""

    data_key: bytes = field(repr=False)

    @property
    def database_key(self) -> bytes:
        return self._derived(b"database")

    @property
    def attachment_key(self) -> bytes:
        return self._derived(b"attachments")

    @property
    def audit_key(self) -> bytes:
        return self._derived(b"audit")

    @property
    def backup_key(self) -> bytes:
        return self._derived(b"backup")

    def _derived(self, use: bytes) -> bytes:
        return HKDF(SHA256(), 32, None, b"mutual-aid-desk/" + use).derive(self.data_key)


@dataclass(frozen=True, slots=True)
class User:
    """As the sign-in page lists him."""

    login: str
    display_name: str


@dataclass(frozen=True, slots=True)
class _Entry:
    user: User
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


class Keyring:
    """The office's keyring file; every change is written at once and whole."""

    def __init__(
        self, path: Path, office_uid: bytes, generation: int, entries: dict[str, _Entry]
    ) -> None:
        self.path, self.office_uid, self.generation = path, office_uid, generation
        self._entries = entries

    @classmethod
    def create(
        cls, folder: Path, office_uid: bytes, user: User, password: str, cost: Cost = STANDARD
    ) -> tuple[Keyring, Secrets]:
        """Make a new office's keyring with its first user and a fresh data key."""
        path = folder / FILE_NAME
        if path.exists():
            raise FileExistsError(str(path))
        keyring, secrets = cls(path, office_uid, 1, {}), Secrets(os.urandom(32))
        keyring.add_user(secrets, user, password, cost)
        return keyring, secrets

    @classmethod
    def load(cls, folder: Path) -> Keyring:
        path = folder / FILE_NAME
        with storage_errors(path):
            text = path.read_bytes()
        try:
            return cls._from(path, json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise StorageError(StorageKind.DAMAGED, "not a keyring", str(path)) from error

    @property
    def users(self) -> tuple[User, ...]:
        return tuple(entry.user for entry in self._entries.values())

    def unlock(self, login: str, password: str) -> Secrets:
        """Open the data key; WrongPasswordError where login and password do not fit."""
        entry = self._entries.get(login)
        if entry is None:
            raise WrongPasswordError(login)
        key = _stretched(password, entry.salt, entry.cost)
        try:
            data_key = AESGCM(key).decrypt(entry.nonce, entry.wrapped, self._bound_to(login))
        except InvalidTag:
            raise WrongPasswordError(login) from None
        return Secrets(data_key)

    def add_user(self, secrets: Secrets, user: User, password: str, cost: Cost = STANDARD) -> None:
        """Let `user` open the office, or give him this new password."""
        salt, nonce = os.urandom(16), os.urandom(12)
        key = _stretched(password, salt, cost)
        wrapped = AESGCM(key).encrypt(nonce, secrets.data_key, self._bound_to(user.login))
        self._write(self._entries | {user.login: _Entry(user, cost, salt, nonce, wrapped)})

    def change_password(self, login: str, old: str, new: str) -> None:
        secrets = self.unlock(login, old)
        entry = self._entries[login]
        self.add_user(secrets, entry.user, new, entry.cost)

    def remove(self, login: str) -> None:
        """Take the login away; the last one stays, or nobody could open the office."""
        if set(self._entries) == {login}:
            raise ValueError("the last user of an office cannot be removed")
        self._write({at: entry for at, entry in self._entries.items() if at != login})

    def copy_to(self, folder: Path, generation: int) -> None:
        """Write these users as the keyring in `folder`; a restore counts the generation up."""
        copy = Keyring(folder / FILE_NAME, self.office_uid, generation, self._entries)
        copy._write(self._entries)

    def _bound_to(self, login: str) -> bytes:
        return self.office_uid + login.encode()

    def _write(self, entries: dict[str, _Entry]) -> None:
        content = {
            "format": _FORMAT,
            "office": self.office_uid.hex(),
            "generation": self.generation,
            "users": [_as_json(entry) for entry in entries.values()],
        }
        data = json.dumps(content, ensure_ascii=False, indent=1).encode()
        write_atomically(self.path, data)
        self._entries = entries

    @classmethod
    def _from(cls, path: Path, content: dict[str, Any]) -> Keyring:
        if content["format"] > _FORMAT:
            raise StorageError(StorageKind.NEWER, f"keyring {content['format']}", str(path))
        entries = [_from_json(entry) for entry in content["users"]]
        by_login = {entry.user.login: entry for entry in entries}
        return cls(path, bytes.fromhex(content["office"]), int(content["generation"]), by_login)


def _stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    """NFKC first: the same password typed full-width or with another keyboard is the same."""
    return hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _as_json(entry: _Entry) -> dict[str, Any]:
    return {
        "login": entry.user.login,
        "name": entry.user.display_name,
        "argon2id": [entry.cost.memory_kib, entry.cost.passes, entry.cost.lanes],
        "salt": entry.salt.hex(),
        "nonce": entry.nonce.hex(),
        "key": entry.wrapped.hex(),
    }


def _from_json(content: dict[str, Any]) -> _Entry:
    memory, passes, lanes = content["argon2id"]
    user = User(content["login"], content["name"])
    cost = replace(STANDARD, memory_kib=memory, passes=passes, lanes=lanes, allow_weak=True)
    salt, nonce, key = (bytes.fromhex(content[name]) for name in ("salt", "nonce", "key"))
    possible = lanes >= 1 and passes >= 1 and memory >= 8 * lanes  # as argon2id wants it
    if not possible or (len(salt), len(nonce), len(key)) != (16, 12, 48):
        raise ValueError("a keyring entry that was never written so")
    return _Entry(user, cost, salt, nonce, key)
