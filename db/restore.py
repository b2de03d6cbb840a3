"""Restoring an office from a backup: all of it verified before anything is replaced."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from db.attachments import AttachmentStore
from db.backup import verify
from db.copies import opened
from db.errors import StorageError, StorageKind
from db.failures import driver_errors
from db.files import (
    ATTACHMENTS,
    LEDGER,
    PART,
    make_folder,
    storage_errors,
    sync_file,
    sync_folder,
    write_atomically,
)
from db.keyring import FILE_NAME as KEYRING
from db.keyring import Keyring, Secrets
from db.manifest import Manifest, file_sha256
from db.office_lock import OfficeLock

REPLACED = "replaced"  # holds, by time, the ledgers that restores took the place of
_LOGS = (f"{LEDGER}-wal", f"{LEDGER}-shm", f"{LEDGER}-journal")


def restore(backup: Path, office: Path, secrets: Secrets, now: datetime) -> int:
    """Put the office back to `backup` and return its new generation.

    Refused while a program holds the office, and where another office lies there. Until the last
    rename the old ledger is whole; a restore that was cut short is simply done again.
    """
    make_folder(office)
    with OfficeLock.take(office):
        manifest = verify(backup, secrets)
        generation = max(manifest.generation, _present_generation(office, manifest)) + 1
        # a folder, so that no journal of a restore that was cut short is played onto this copy
        staging = office / f"restore{PART}"
        shutil.rmtree(staging, ignore_errors=True)
        make_folder(staging)
        staged = staging / LEDGER
        try:
            _stage(backup / LEDGER, staged, manifest, secrets, generation)
            _bring_attachments(backup, office, manifest, secrets)
            _set_aside(office, secrets, now)
            with storage_errors(office):
                staged.replace(office / LEDGER)
                sync_folder(office)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        Keyring.load(backup).copy_to(office, generation)
    return generation


def _present_generation(office: Path, manifest: Manifest) -> int:
    if not (office / KEYRING).exists():
        return 0
    try:
        present = Keyring.load(office)
    except StorageError as error:
        if error.kind != StorageKind.DAMAGED:
            raise
        return 0  # the ledger cannot be opened with it, so a restore is what it needs
    if present.office_uid.hex() != manifest.office:
        raise StorageError(StorageKind.WRONG_KEY, "another office lies here", str(office))
    return present.generation


def _stage(
    source: Path, staged: Path, manifest: Manifest, secrets: Secrets, generation: int
) -> None:
    """Copy the ledger beside the old one and start a new block of printed numbers in it."""
    with storage_errors(staged):
        shutil.copyfile(source, staged)
    if file_sha256(staged) != manifest.ledger_sha256:
        raise StorageError(StorageKind.DAMAGED, "the copy differs", str(staged))
    if manifest.counts.get("office"):
        with (
            opened(staged, secrets.database_key, writable=True) as ledger,
            driver_errors(str(staged)),
        ):
            ledger.execute(
                "UPDATE office SET number_block = ?, row_version = row_version + 1", (generation,)
            )
    with storage_errors(staged):
        sync_file(staged)


def _bring_attachments(backup: Path, office: Path, manifest: Manifest, secrets: Secrets) -> None:
    """Add what is missing or damaged here; a file's name follows from its content."""
    kept = AttachmentStore(backup.parent / ATTACHMENTS, secrets.attachment_key)
    store = AttachmentStore(office / ATTACHMENTS, secrets.attachment_key)
    for name in manifest.attachments:
        try:
            store.sealed(name)
        except StorageError:
            make_folder(store.path(name).parent)
            write_atomically(store.path(name), kept.sealed(name))


def _set_aside(office: Path, secrets: Secrets, now: datetime) -> None:
    """Keep the old ledger under another name, and leave no log that the new one would read."""
    ledger = office / LEDGER
    if not ledger.exists():
        _move_logs(office, None)
        return
    try:
        with opened(ledger, secrets.database_key, writable=True) as old, driver_errors(str(ledger)):
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except StorageError:
        pass  # damaged, which is why it is replaced; its log goes aside with it
    aside = office / REPLACED / now.strftime("%Y%m%dT%H%M%SZ")
    make_folder(aside)
    kept = aside / LEDGER
    if not kept.exists():
        with storage_errors(kept):
            _second_name(ledger, kept)
            sync_folder(aside)
    _move_logs(office, aside)


def _second_name(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a file system without links, such as a USB stick's
        part = name.with_name(name.name + PART)
        shutil.copyfile(path, part)
        sync_file(part)
        part.replace(name)


def _move_logs(office: Path, aside: Path | None) -> None:
    with storage_errors(office):
        for name in _LOGS:
            log = office / name
            if not log.exists():
                continue
            if aside is None:
                log.unlink()
            else:
                log.replace(aside / name)
        sync_folder(office)
