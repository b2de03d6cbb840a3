"""What a backup says of itself: sealed with the office's key, compared when it is verified."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.copies import Contents
from db.errors import StorageError, StorageKind
from db.files import MANIFEST, storage_errors, write_atomically

FILE_NAME, _FORMAT = MANIFEST, 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup's contents.

    Attributes:
        office: the office's uid.
        generation: how often the office had been restored.
        made_at: UTC, ISO 8601.
        ledger_sha256: of the encrypted file.
        keyring_sha256: of the keyring beside it.
        attachments: names of those kept; a file's seal is bound to its name.
        unsound: attachments that the ledger names and that were missing or damaged already.
    """

    office: str
    generation: int
    made_at: str
    ledger_sha256: str
    keyring_sha256: str
    revision: str | None
    counts: dict[str, int]
    audit_heads: dict[str, list[Any]]
    attachments: tuple[str, ...]
    unsound: tuple[str, ...]

    def agrees(self, found: Contents) -> bool:
        return (self.revision, self.counts, self.audit_heads) == (
            found.revision,
            found.counts,
            found.audit_heads,
        )

    def write(self, folder: Path, key: bytes) -> None:
        body = {"format": _FORMAT, **asdict(self)}
        text = json.dumps({**body, "mac": _mac(body, key)}, ensure_ascii=False, indent=1)
        write_atomically(folder / FILE_NAME, text.encode())

    @classmethod
    def read(cls, folder: Path, key: bytes) -> Manifest:
        """Return the manifest, or StorageError where its seal does not fit the key."""
        path = folder / FILE_NAME
        with storage_errors(path):
            text = path.read_bytes()
        try:
            body = json.loads(text)
            mac = body.pop("mac")
            sealed = hmac.compare_digest(mac, _mac(body, key))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StorageError(StorageKind.DAMAGED, "not a manifest", str(path)) from error
        if not sealed:
            raise StorageError(StorageKind.DAMAGED, "the manifest's seal is broken", str(path))
        if body.pop("format") > _FORMAT:
            raise StorageError(StorageKind.NEWER, "backup format", str(path))
        for listed in ("attachments", "unsound"):
            body[listed] = tuple(body[listed])
        return cls(**body)


def file_sha256(path: Path) -> str:
    with storage_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mac(body: dict[str, Any], key: bytes) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, canonical.encode(), "sha256").hexdigest()
