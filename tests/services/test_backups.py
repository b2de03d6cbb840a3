"""Backups through the office's own door: made, verified, restored on a clean machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from db.errors import StorageError, StorageKind
from db.files import LEDGER
from db.keyring import Keyring
from desktop_app import bootstrap
from desktop_app.bootstrap import create_office, sign_in
from desktop_app.errors import UserError
from desktop_app.services.offices.glimpses import NOTE, look_at
from desktop_app.services.offices.offices import OfficeDraft
from tests.db.offices import CHEAP
from tests.services.desks import FEES, NOW, USERS, YEAR, Staff, seat
from tests.services.refusals import refused
from tests.services.walks import Walk, walked

CLERK, HEAD = USERS[0], USERS[2]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "机构"
    draft = OfficeDraft("明山县总工会(演示)", "明山县", demo=True)
    create_office(folder, draft, USERS, now=lambda: NOW, cost=CHEAP)
    return folder


@pytest.fixture
def county_staff(county: Path, tmp_path: Path) -> Iterator[Staff]:
    staff = seated(county, tmp_path / "材料")
    for plan, fee in FEES.items():
        staff.head.schemes.confirm_figure(f"plans.{plan}.fee_fen", fee, "演示用会费标准")
    staff.head.schemes.confirm_figure("participation.all_join_limit", 100, "演示用口径")
    staff.head.schemes.set_year(YEAR)
    yield staff
    leave(staff)


def seated(folder: Path, papers: Path) -> Staff:
    papers.mkdir(exist_ok=True)
    secrets = Keyring.load(folder).unlock(CLERK.login, CLERK.password)
    url = bootstrap._url(folder)
    return seat(make_url(url), folder, secrets, secrets.database_key, papers)


def leave(staff: Staff) -> None:
    staff.desk.readers.rest()
    staff.database.close()


def test_a_backup_is_made_listed_and_verified(county_staff: Staff) -> None:
    walked(county_staff)
    path = county_staff.clerk.backups.back_up().value
    (line,) = county_staff.clerk.backups.list_backups()
    assert (line.path, line.people, line.verified, line.made_at) == (path, 10, True, NOW)
    assert line.size > 100_000
    assert county_staff.clerk.backups.verify(path)
    with refused(county_staff, "backup-unknown"):
        county_staff.clerk.backups.verify(f"{path}-nein")


def test_a_damaged_backup_is_found(county_staff: Staff) -> None:
    path = Path(county_staff.clerk.backups.back_up().value)
    raw = bytearray((path / LEDGER).read_bytes())
    raw[5000] ^= 1
    (path / LEDGER).write_bytes(raw)
    with pytest.raises(StorageError) as caught:
        county_staff.clerk.backups.verify(str(path))
    assert caught.value.kind is StorageKind.DAMAGED


def test_a_backup_goes_where_it_is_told(county_staff: Staff, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    path = Path(county_staff.clerk.backups.back_up(stick).value)
    assert path.parent == stick
    assert county_staff.clerk.backups.list_backups() == ()


def test_an_office_comes_back_on_a_clean_machine_and_draws_no_number_twice(
    county_staff: Staff, county: Path, tmp_path: Path
) -> None:
    walk = walked(county_staff, "approved")
    first = county_staff.clerk.prints.issue(walk.id, "application").value
    kept = county_staff.clerk.prints.read_pdf(first)
    made = Path(county_staff.clerk.backups.back_up().value)
    # what was printed after the backup is lost to it, and its number must not come again
    county_staff.clerk.prints.issue(walk.id, "member-list")
    clean = tmp_path / "新电脑"
    stick = tmp_path / "stick"
    shutil.copytree(made.parent, stick)
    bootstrap.restore(stick / made.name, clean, CLERK.login, CLERK.password, now=lambda: NOW)
    with sign_in(clean, CLERK.login, CLERK.password, now=lambda: NOW) as signed:
        services = signed.services
        view = services.enrolments.get(walk.id)
        assert (view.people, view.due_fen, view.step_key) == (10, 50_000, "entry")
        assert services.prints.read_pdf(first) == kept
        again = services.prints.issue(walk.id, "member-list").value
        numbers = {form.key: form.number for form in services.enrolments.get(walk.id).forms}
        assert numbers["application"] == "SQ-A-2027-00001"
        assert numbers["member-list"] == "MD-A2-2027-00001"
        assert services.prints.read_pdf(again)
        assert services.audits.verify_chain().ok
        assert services.audits.verify_attachments().ok


def test_a_wrong_password_restores_nothing(county_staff: Staff, tmp_path: Path) -> None:
    made = Path(county_staff.clerk.backups.back_up().value)
    with pytest.raises(bootstrap.WrongPasswordError):
        bootstrap.restore(made, tmp_path / "neu", CLERK.login, HEAD.password)
    assert not (tmp_path / "neu").exists()


def test_a_missing_attachment_is_found(county_staff: Staff) -> None:
    walk = Walk(county_staff).start()
    walk.proof()
    assert county_staff.clerk.audits.verify_attachments().ok
    name = str(county_staff.value("SELECT stored_name FROM attachment"))
    county_staff.desk.attachments.path(name).unlink()
    report = county_staff.clerk.audits.verify_attachments()
    assert (report.ok, report.files, report.bad) == (False, 1, (1,))


def test_every_page_of_the_ledger_is_checked_on_a_copy(county_staff: Staff) -> None:
    walked(county_staff)
    before = sorted(county_staff.desk.folder.iterdir())
    assert county_staff.clerk.audits.count_ledger()["member"] == 10
    audit = county_staff.clerk.audits.verify_all()
    assert (audit.ok, audit.counts["member"]) == (True, 10)
    assert sorted(county_staff.desk.folder.iterdir()) == before


@pytest.mark.both_databases
def test_the_rows_of_the_ledger_are_counted_on_every_database(staff: Staff) -> None:
    walked(staff)
    counts = staff.clerk.audits.count_ledger()
    assert (counts["member"], counts["enrollee"], counts["enrolment"]) == (10, 10, 1)
    assert list(staff.desk.folder.glob("verify-*")) == []


def test_a_shared_database_is_backed_up_by_its_server(staff: Staff) -> None:
    if staff.database.engine.dialect.name == "sqlite":
        assert Path(staff.clerk.backups.back_up().value).is_dir()
        return
    with refused(staff, "server-backup"):
        staff.clerk.backups.back_up()


def test_an_office_is_made_only_in_an_empty_folder(county: Path) -> None:
    draft = OfficeDraft("又一个", "明山县")
    with pytest.raises(UserError) as caught:
        create_office(county, draft, USERS, cost=CHEAP)
    assert caught.value.code == "folder-not-empty"


def test_what_is_known_of_an_office_before_signing_in(county: Path, tmp_path: Path) -> None:
    assert not look_at(tmp_path / "leer").exists
    glimpse = look_at(county)
    assert (glimpse.exists, glimpse.demo, glimpse.name) == (True, True, "明山县总工会(演示)")
    assert glimpse.users[0] == ("wangli", "王丽")
    assert glimpse.passwords[0] == ("wangli", "王丽", CLERK.password)
    (county / NOTE).unlink()
    real = look_at(county)
    assert (real.exists, real.demo, real.passwords) == (True, False, ())


def test_nothing_copies_a_ledger_that_lies_on_a_server(
    county_staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(county_staff.database.engine.dialect, "name", "postgresql")
    with pytest.raises(UserError) as caught:
        county_staff.clerk.backups.back_up()
    assert caught.value.code == "server-backup"
    assert county_staff.clerk.audits.count_ledger()["app_user"] == 4
