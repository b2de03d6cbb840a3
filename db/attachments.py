"""Scans, proofs and issued papers as encrypted files; the database names them."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.errors import StorageError, StorageKind
from db.files import make_folder, storage_errors, sync_file, write_atomically

ORPHAN_AGE = timedelta(hours=24)
_MAGIC = b"MAD1"
_NONCE = 12
_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    name: str
    sha256: str
    size: int


class AttachmentStore:
    """Keeps contents in `folder`; a file is synced under its name before anybody may name it.

    A name is a keyed hash of the content: the same scan twice is one file, an act may be
    repeated, and the name tells nothing to who has no key.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self._key = folder, key

    def put(self, data: bytes) -> Stored:
        sha256 = hashlib.sha256(data)
        name = self._name(sha256.digest())
        path = self.path(name)
        make_folder(path.parent)
        if not self._stands(path, name, sha256.hexdigest()):
            nonce = os.urandom(_NONCE)
            sealed = AESGCM(self._key).encrypt(nonce, data, name.encode())
            write_atomically(path, _MAGIC + nonce + sealed)
        return Stored(name, sha256.hexdigest(), len(data))

    def get(self, name: str, sha256: str) -> bytes:
        """Return the content, or StorageError where it is missing or not what was stored."""
        _raw, data = self._read(name)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(StorageKind.DAMAGED, "another content", str(self.path(name)))
        return data

    def sealed(self, name: str) -> bytes:
        """Return the file as it lies there, once its seal has shown it undamaged."""
        raw, _data = self._read(name)
        return raw

    def sweep(self, named: Collection[str], now: datetime) -> int:
        """Remove files a day old or older that no row names; return how many.

        Younger ones may belong to an act that is about to commit.
        """
        latest = (now - ORPHAN_AGE).timestamp()
        swept = 0
        for path in list(self.files()):
            with storage_errors(path):
                if path.name not in named and path.stat().st_mtime <= latest:
                    path.unlink()
                    swept += 1
        return swept

    def files(self) -> Iterator[Path]:
        """Everything in the store, leftovers of interrupted writes included."""
        return self.folder.glob("??/*")

    def names(self) -> list[str]:
        return sorted(path.name for path in self.files() if _NAME.fullmatch(path.name))

    def path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of an attachment")
        return self.folder / name[:2] / name

    def _read(self, name: str) -> tuple[bytes, bytes]:
        path = self.path(name)
        with storage_errors(path):
            raw = path.read_bytes()
        nonce, sealed = raw[len(_MAGIC) : len(_MAGIC) + _NONCE], raw[len(_MAGIC) + _NONCE :]
        if not raw.startswith(_MAGIC) or len(nonce) < _NONCE:
            raise StorageError(StorageKind.DAMAGED, "not an attachment", str(path))
        try:
            data = AESGCM(self._key).decrypt(nonce, sealed, name.encode())
        except InvalidTag:
            raise StorageError(StorageKind.DAMAGED, "does not open", str(path)) from None
        return raw, data

    def _name(self, sha256: bytes) -> str:
        return hmac.new(self._key, sha256, "sha256").hexdigest()

    def _stands(self, path: Path, name: str, sha256: str) -> bool:
        """Tell whether the content is there whole; if so, make it young, so no sweep takes it."""
        try:
            self.get(name, sha256)
        except StorageError:
            return False
        with storage_errors(path):
            os.utime(path)
            sync_file(path)
        return True
