"""A backup counts only when it is whole, and a restore replaces nothing before it knows that."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.backup import Backup, back_up, list_backups, verify
from db.errors import OfficeInUseError, StorageError, StorageKind
from db.files import ATTACHMENTS, BACKUPS, LEDGER
from db.keyring import Keyring, Secrets
from db.office_lock import OfficeLock
from db.restore import REPLACED, restore
from tests.conftest import KEY
from tests.db.offices import NOW, PASSWORD, Office, flip_bit, make_office, open_office
from tests.faults.disks import can_mount, make_read_only, small_disk


@pytest.fixture
def office(office_folder: Path, template_ledger: Path) -> Iterator[Office]:
    made = make_office(office_folder, template_ledger, KEY)
    made.add_area("城关片区")
    made.attach(b"scan" * 1000)
    yield made
    made.database.close()


@pytest.fixture
def backup(office: Office) -> Backup:
    return backed_up(office)


def backed_up(office: Office, target: Path | None = None) -> Backup:
    return back_up(office.database.readers, office.secrets, office.folder, NOW, target)


def picture(folder: Path) -> dict[str, bytes]:
    """Every file of an office but its lock and the keys of a running ledger's index."""
    return {
        str(at.relative_to(folder)): at.read_bytes()
        for at in sorted(folder.rglob("*"))
        if at.is_file() and at.name != "office.lock"
    }


def test_a_backup_says_what_it_holds(office: Office, backup: Backup) -> None:
    manifest = verify(backup.folder, office.secrets)
    assert manifest == backup.manifest
    assert manifest.counts["area"] == 1
    assert len(manifest.attachments) == 1
    assert manifest.unsound == ()
    assert list_backups(office.folder / BACKUPS) == [backup.folder]


def test_a_backup_while_somebody_writes_is_of_one_moment(office: Office) -> None:
    with office.database.writing() as uow:
        uow.session.execute(text("DELETE FROM area"))
        made = backed_up(office)
    assert verify(made.folder, office.secrets).counts["area"] == 1


def test_a_clean_machine_is_restored_from_the_backup_folder_alone(
    office: Office, backup: Backup, tmp_path: Path
) -> None:
    stick, machine = tmp_path / "stick", tmp_path / "machine"
    shutil.copytree(office.folder / BACKUPS, stick)
    copy = stick / backup.folder.name
    secrets = Keyring.load(copy).unlock("zhang", PASSWORD)
    assert restore(copy, machine, secrets, NOW) == 2
    assert Keyring.load(machine).generation == 2
    restored = open_office(machine, Keyring.load(machine).unlock("zhang", PASSWORD))
    assert restored.areas() == {"城关片区"}
    [name] = backup.manifest.attachments
    assert restored.attachments.sealed(name) == office.attachments.sealed(name)
    with restored.database.reading() as uow:
        assert uow.session.scalar(text("SELECT number_block FROM office")) == 2
    restored.database.close()


def test_a_restore_takes_the_office_back_and_keeps_the_replaced_ledger(
    office: Office, backup: Backup
) -> None:
    office.add_area("后来的片区")
    office.database.close()
    restore(backup.folder, office.folder, office.secrets, NOW)
    assert office.areas() == {"城关片区"}
    [kept] = (office.folder / REPLACED).glob(f"*/{LEDGER}")
    old = open_office(kept.parent, office.secrets)
    assert old.areas() == {"城关片区", "后来的片区"}
    old.database.close()


def test_a_log_left_by_a_crash_is_not_played_onto_the_restored_ledger(
    office: Office, backup: Backup, tmp_path: Path
) -> None:
    office.add_area("后来的片区")
    crashed = tmp_path / "crashed"
    shutil.copytree(office.folder, crashed)  # with its log beside it, as a kill leaves it
    assert (crashed / f"{LEDGER}-wal").stat().st_size > 0
    restore(backup.folder, crashed, office.secrets, NOW)
    restored = open_office(crashed, office.secrets)
    assert restored.areas() == {"城关片区"}
    restored.database.close()


def test_a_damaged_ledger_with_its_log_can_be_replaced(
    office: Office, backup: Backup, tmp_path: Path
) -> None:
    office.add_area("后来的片区")
    crashed = tmp_path / "crashed"
    shutil.copytree(office.folder, crashed)
    (crashed / LEDGER).write_bytes(b"\0" * 8192)
    restore(backup.folder, crashed, office.secrets, NOW)
    restored = open_office(crashed, office.secrets)
    assert restored.areas() == {"城关片区"}
    restored.database.close()


def test_what_a_restore_cut_short_left_behind_does_no_harm(office: Office, backup: Backup) -> None:
    """Its journal, played onto the next copy, would spoil it."""
    office.database.close()
    staging = office.folder / "restore.part"
    staging.mkdir()
    (staging / f"{LEDGER}-journal").write_bytes((backup.folder / LEDGER).read_bytes())
    restore(backup.folder, office.folder, office.secrets, NOW)
    assert office.areas() == {"城关片区"}
    assert not staging.exists()


def test_a_backup_cut_short_is_cleared_by_the_next(office: Office) -> None:
    leftover = office.folder / BACKUPS / "20261130T000000Z.part"
    leftover.mkdir(parents=True)
    (leftover / "manifest.json").write_bytes(b"{}")
    assert list_backups(office.folder / BACKUPS) == []
    made = backed_up(office)
    assert list_backups(office.folder / BACKUPS) == [made.folder]
    assert not leftover.exists()


def test_backups_of_the_same_second_stand_side_by_side(office: Office, backup: Backup) -> None:
    later = backed_up(office)
    assert list_backups(office.folder / BACKUPS) == [later.folder, backup.folder]


def test_each_restore_starts_a_new_block_of_numbers(office: Office, backup: Backup) -> None:
    office.database.close()
    assert restore(backup.folder, office.folder, office.secrets, NOW) == 2
    assert restore(backup.folder, office.folder, office.secrets, NOW) == 3


def test_a_held_office_is_not_restored_over(office: Office, backup: Backup) -> None:
    office.database.close()
    before = picture(office.folder)
    with OfficeLock.take(office.folder), pytest.raises(OfficeInUseError):
        restore(backup.folder, office.folder, office.secrets, NOW)
    assert picture(office.folder) == before


def test_another_office_is_not_restored_over(
    office: Office, backup: Backup, tmp_path: Path, template_ledger: Path
) -> None:
    other = make_office(tmp_path / "other", template_ledger, KEY)
    other.database.close()
    with pytest.raises(StorageError, match="another office"):
        restore(backup.folder, other.folder, office.secrets, NOW)


@pytest.mark.parametrize("victim", [LEDGER, "keyring.json", "manifest.json", ATTACHMENTS])
@pytest.mark.parametrize("seed", range(5))
def test_any_flipped_bit_is_noticed_before_anything_is_replaced(
    office: Office, backup: Backup, victim: str, seed: int
) -> None:
    office.add_area("后来的片区")
    office.database.close()
    path = backup.folder / victim
    if victim == ATTACHMENTS:
        [path] = (backup.folder.parent / ATTACHMENTS).glob("*/*")
    flip_bit(path, random.Random(seed).randrange(path.stat().st_size))
    before = picture(office.folder)
    with pytest.raises(StorageError) as caught:
        restore(backup.folder, office.folder, office.secrets, NOW)
    assert caught.value.kind == StorageKind.DAMAGED
    assert picture(office.folder) == before


@pytest.mark.parametrize("victim", [LEDGER, "keyring.json", "manifest.json"])
def test_a_missing_file_is_noticed(office: Office, backup: Backup, victim: str) -> None:
    (backup.folder / victim).unlink()
    with pytest.raises(StorageError):
        verify(backup.folder, office.secrets)


def test_a_ledger_of_another_backup_is_noticed(office: Office, backup: Backup) -> None:
    office.add_area("后来的片区")
    later = backed_up(office)
    shutil.copy(later.folder / LEDGER, backup.folder / LEDGER)
    with pytest.raises(StorageError):
        verify(backup.folder, office.secrets)


def test_a_manifest_cannot_be_rewritten_without_the_key(office: Office, backup: Backup) -> None:
    path = backup.folder / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["counts"]["area"] = 2
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(StorageError, match="seal"):
        verify(backup.folder, office.secrets)


def test_another_key_verifies_nothing(backup: Backup) -> None:
    with pytest.raises(StorageError):
        verify(backup.folder, Secrets(os.urandom(32)))


def test_a_damaged_ledger_yields_no_backup(office: Office) -> None:
    for number in range(300):
        office.add_area(f"片区{number:04}")
    office.database.close()
    ledger = office.folder / LEDGER
    flip_bit(ledger, 4096 * 60 + 100)
    with pytest.raises(StorageError) as caught:
        backed_up(office)
    assert caught.value.kind == StorageKind.DAMAGED
    assert list((office.folder / BACKUPS).iterdir()) == []


def test_a_good_copy_in_the_backups_outlives_a_damaged_attachment(
    office: Office, backup: Backup
) -> None:
    [name] = backup.manifest.attachments
    flip_bit(office.attachments.path(name), 500)
    later = backed_up(office)
    assert later.manifest.attachments == (name,)
    verify(later.folder, office.secrets)


def test_a_damaged_attachment_without_a_copy_is_named(office: Office) -> None:
    stored = office.attach(b"second")
    office.attachments.path(stored.name).unlink()
    made = backed_up(office)
    assert made.manifest.unsound == (stored.name,)
    assert verify(made.folder, office.secrets).unsound == (stored.name,)


def test_a_failed_backup_leaves_the_older_ones(
    office: Office, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise StorageError(StorageKind.FULL)

    monkeypatch.setattr("db.manifest.write_atomically", full)
    with pytest.raises(StorageError):
        backed_up(office)
    assert list_backups(office.folder / BACKUPS) == [backup.folder]
    assert {at.name for at in (office.folder / BACKUPS).iterdir()} == {
        ATTACHMENTS,
        backup.folder.name,
    }


@pytest.fixture(name="disk")
def a_disk_of_2_mb(tmp_path: Path) -> Iterator[Path]:
    if not can_mount():
        pytest.skip("mounting needs root")
    with small_disk(tmp_path / "small", "2m") as folder:
        yield folder


@pytest.mark.integration
@pytest.mark.parametrize("left", [0, 100_000, 900_000], ids=["nothing", "little", "the ledger's"])
def test_a_full_disk_is_named_and_leaves_no_part(office: Office, disk: Path, left: int) -> None:
    """It may be full before the ledger's copy, within it, or when the attachments' turn comes."""
    office.attach(os.urandom(1_500_000))
    (disk / "holiday.jpg").write_bytes(bytes(2 * 1024 * 1024 - left - 100_000))
    with pytest.raises(StorageError) as caught:
        backed_up(office, disk)
    assert caught.value.kind == StorageKind.FULL, caught.value.detail
    assert list_backups(disk) == []
    assert not list(disk.glob("*.part"))


@pytest.mark.integration
def test_a_read_only_folder_is_named(office: Office, disk: Path) -> None:
    make_read_only(disk)
    with pytest.raises(StorageError) as caught:
        backed_up(office, disk)
    assert caught.value.kind == StorageKind.READ_ONLY


@pytest.mark.integration
def test_a_write_protected_stick_can_be_verified(office: Office, disk: Path) -> None:
    made = backed_up(office)
    for at in (made.folder, office.folder / BACKUPS / ATTACHMENTS):
        shutil.copytree(at, disk / at.name)
    make_read_only(disk)
    assert verify(disk / made.folder.name, office.secrets) == made.manifest
