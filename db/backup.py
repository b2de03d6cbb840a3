"""Backups: a copy counts once it has been opened, checked and counted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db.attachments import AttachmentStore
from db.copies import contents, copy_ledger
from db.errors import StorageError, StorageKind
from db.files import (
    ATTACHMENTS,
    BACKUPS,
    LEDGER,
    PART,
    make_folder,
    storage_errors,
    sync_folder,
    write_atomically,
)
from db.keyring import FILE_NAME as KEYRING
from db.keyring import Keyring, Secrets
from db.manifest import FILE_NAME as MANIFEST
from db.manifest import Manifest, file_sha256


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    manifest: Manifest


def back_up(
    engine: Engine, secrets: Secrets, office: Path, now: datetime, target: Path | None = None
) -> Backup:
    """Copy the office in `office` into a new folder below `target` (else its own backups).

    `target` holds all that a restore on a clean machine needs: the ledger and keyring of each
    backup, and the attachments of all of them once. A failure leaves the older backups alone.
    """
    if engine.dialect.name != "sqlite":
        raise ValueError("a server's databases are backed up by the server's own means")
    target = target or office / BACKUPS
    make_folder(target)
    for leftover in target.glob(f"*{PART}"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = _free_name(target, now)
    part = target / (folder.name + PART)
    try:
        manifest = _fill(part, engine, secrets, office, now)
        with storage_errors(folder):
            part.rename(folder)
            sync_folder(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Backup(folder, manifest)


def list_backups(target: Path) -> list[Path]:
    """Return the finished backups below `target`, newest first."""
    found = (at.parent for at in target.glob(f"[0-9]*Z*/{MANIFEST}"))
    return sorted((folder for folder in found if folder.suffix != PART), reverse=True)


def verify(backup: Path, secrets: Secrets) -> Manifest:
    """Read every byte of a backup; StorageError names the first thing that is not as it was."""
    manifest = Manifest.read(backup, secrets.backup_key)
    for name, sha256 in (
        (LEDGER, manifest.ledger_sha256),
        (KEYRING, manifest.keyring_sha256),
    ):
        _expect(backup / name, sha256)
    keyring = Keyring.load(backup)
    found = contents(backup / LEDGER, secrets.database_key)
    if not manifest.agrees(found) or keyring.office_uid.hex() != manifest.office:
        raise StorageError(StorageKind.DAMAGED, "the manifest disagrees", str(backup))
    store = AttachmentStore(backup.parent / ATTACHMENTS, secrets.attachment_key)
    if set(found.attachments) != {*manifest.attachments, *manifest.unsound}:
        raise StorageError(StorageKind.DAMAGED, "attachments are not listed", str(backup))
    for name in manifest.attachments:
        store.sealed(name)
    return manifest


def _fill(part: Path, engine: Engine, secrets: Secrets, office: Path, now: datetime) -> Manifest:
    with storage_errors(part):
        part.mkdir()
    keyring = Keyring.load(office)
    copy_ledger(engine, secrets.database_key, part / LEDGER)
    found = contents(part / LEDGER, secrets.database_key)
    kept = _keep_attachments(found.attachments, secrets.attachment_key, office, part.parent)
    keyring.copy_to(part, keyring.generation)
    manifest = Manifest(
        office=keyring.office_uid.hex(),
        generation=keyring.generation,
        made_at=now.isoformat(timespec="seconds"),
        ledger_sha256=file_sha256(part / LEDGER),
        keyring_sha256=file_sha256(part / KEYRING),
        revision=found.revision,
        counts=found.counts,
        audit_heads=found.audit_heads,
        attachments=kept,
        unsound=tuple(sorted(set(found.attachments) - set(kept))),
    )
    manifest.write(part, secrets.backup_key)
    return manifest


def _keep_attachments(
    names: tuple[str, ...], key: bytes, office: Path, target: Path
) -> tuple[str, ...]:
    """Copy what the backups do not hold yet; a good older copy outlives a damaged original.

    Returns the names of those that are safe now.
    """
    source = AttachmentStore(office / ATTACHMENTS, key)
    kept = AttachmentStore(target / ATTACHMENTS, key)
    safe: list[str] = []
    for name in names:
        held = _sealed(kept, name)
        if held is None and (held := _sealed(source, name)) is not None:
            make_folder(kept.path(name).parent)
            write_atomically(kept.path(name), held)
        if held is not None:
            safe.append(name)
    return tuple(safe)


def _sealed(store: AttachmentStore, name: str) -> bytes | None:
    """Return the sealed file if it opens; a disk that cannot be read at all is not passed over."""
    if not store.path(name).exists():
        return None
    try:
        return store.sealed(name)
    except StorageError as error:
        if error.kind != StorageKind.DAMAGED:
            raise
        return None


def _expect(path: Path, sha256: str) -> None:
    if not path.is_file() or file_sha256(path) != sha256:
        raise StorageError(StorageKind.DAMAGED, "missing or changed", str(path))


def _free_name(target: Path, now: datetime) -> Path:
    name, count = now.strftime("%Y%m%dT%H%M%SZ"), 1
    while (folder := target / (name if count == 1 else f"{name}-{count:03}")).exists():
        count += 1
    return folder
