"""档案包: every finished case of a year with its prints and scans, verified by the carried file."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.files import ATTACHMENTS
from desktop_app.errors import Cancelled, FileError
from desktop_app.exchange.archive_package import FILES, SUMS
from desktop_app.services.acts import operation
from desktop_app.services.papers import archive_packages
from desktop_app.services.views.archives import ArchiveYear
from tests.paper_scans import as_tiff, pages_of
from tests.services.desks import YEAR, Staff, people
from tests.services.refusals import refused
from tests.services.test_receptions import pdf_of, take
from tests.services.test_signatures import KEY, chosen
from tests.services.walks import STAMPED, Walk, walked


def finished(staff: Staff, tmp_path: Path) -> Walk:
    """A case whose papers came back as a stack of TIFF pages."""
    walk = walked(staff, "printed")
    pages = [pages_of(pdf_of(staff, walk, form))[0] for form in STAMPED]
    assert take(staff, as_tiff(pages, tmp_path / "盖章件.tif"))["filed"] == 3
    walk.finished()
    return walk


def target(tmp_path: Path) -> Path:
    (tmp_path / "U盘").mkdir()
    return tmp_path / "U盘"


def test_a_finished_case_is_packed_with_its_prints_and_its_scans(
    staff: Staff, tmp_path: Path
) -> None:
    walk = finished(staff, tmp_path)
    walked(staff, "printed", name="明山县演示小学(演示)", rows=people(10, start=50, women=2))
    assert staff.clerk.archive_packages.years() == (ArchiveYear(YEAR, 1, ()),)
    made = staff.clerk.archive_packages.package(YEAR, target(tmp_path)).value
    folder = Path(made["folder"])
    assert folder.parent == tmp_path / "U盘"
    names = sorted(path.name for path in (folder / "案卷").rglob("*") if path.is_file())
    assert [name.split(" ")[1].split(".")[0] for name in names] == [
        "申请书", "会员名单", "确认书", "湖北省社会保险缴纳证明(单位专用)",
        "申请书", "会员名单", "银行回单", "确认书",
    ]  # fmt: skip
    assert (made["cases"], made["files"]) == (1, len(names))
    assert [name[-4:] for name in names].count(".tif") == 3
    assert walk.name in (folder / "案卷目录.txt").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, check=False,
        env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0
    assert made["sha256"] in done.stdout.decode()
    assert staff.value("SELECT count(*) FROM audit_line WHERE act = 'archive.package'") == 1


@pytest.mark.both_databases
def test_a_signed_print_is_packed_beside_its_issued_bytes_and_verified(
    staff: Staff, tmp_path: Path
) -> None:
    walk = finished(staff, tmp_path)
    chosen(staff)
    forms = {form.key: form.issued_id for form in staff.clerk.enrolments.get(walk.id).forms}
    signed = staff.reviewer.signatures.sign(forms["confirmation"], KEY).value
    saved = Path(staff.clerk.signatures.save_pdf(signed, tmp_path / "签名件.pdf")).read_bytes()
    made = staff.clerk.archive_packages.package(YEAR, target(tmp_path)).value
    folder = Path(made["folder"])
    lines = [line.split("\t") for line in (folder / FILES).read_text("utf-8").splitlines()]
    at = next(place for place, line in enumerate(lines) if line[4] == "电子签名件")
    plain, copy = lines[at - 1], lines[at]
    assert (plain[2], plain[4], copy[2]) == ("确认书", "开出的单据", "确认书(签名件)")
    assert copy[3] == plain[3]
    assert (folder / plain[7]).read_bytes() == staff.clerk.prints.read_pdf(forms["confirmation"])
    assert (folder / copy[7]).read_bytes() == saved
    assert copy[8] == hashlib.sha256(saved).hexdigest() != plain[8]
    assert f"{copy[8]}  {copy[7]}" in (folder / SUMS).read_text("utf-8").splitlines()
    assert verified(folder)[0] == 0
    (folder / copy[7]).write_bytes(saved + b" ")
    code, told = verified(folder)
    assert code != 0
    assert Path(copy[7]).name in told


def test_of_a_print_out_of_force_no_signed_file_is_packed(staff: Staff, tmp_path: Path) -> None:
    walk = finished(staff, tmp_path)
    chosen(staff)
    forms = {form.key: form.issued_id for form in staff.clerk.enrolments.get(walk.id).forms}
    staff.reviewer.signatures.sign(forms["payment-notice"] or forms["application"], KEY)
    staff.run("UPDATE issued_form SET state_code = 'void'")
    folder = Path(staff.clerk.archive_packages.package(YEAR, target(tmp_path)).value["folder"])
    assert "签名" not in (folder / FILES).read_text("utf-8")


def verified(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, check=False,
        env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


def test_the_same_case_gives_the_same_package_beside_the_first(
    staff: Staff, tmp_path: Path
) -> None:
    finished(staff, tmp_path)
    place, uid = target(tmp_path), staff.desk.uids()
    packages = staff.clerk.archive_packages
    with operation(uid):
        first = packages.package(YEAR, place).value
    with operation(uid):
        assert packages.package(YEAR, place).value == first
    second = packages.package(YEAR, place).value
    assert second["folder"] == f"{first['folder']}(2)"
    assert second["sha256"] == first["sha256"]


@pytest.mark.both_databases
def test_a_box_is_packed_by_itself(staff: Staff, tmp_path: Path) -> None:
    finished(staff, tmp_path)
    other = walked(
        staff, "stamped", name="明山县演示小学(演示)", rows=people(10, start=50, women=2)
    )
    other.finished()
    staff.run("UPDATE archive_file SET box_no = '12' WHERE enrolment_id = :id", id=other.id)
    packages = staff.clerk.archive_packages
    assert packages.years() == (ArchiveYear(YEAR, 2, (("12", 1),)),)
    place = target(tmp_path)
    made = packages.package(YEAR, place, "12").value
    assert made["cases"] == 1
    assert "12盒" in Path(made["folder"]).name
    assert packages.package(YEAR, place).value["cases"] == 2
    with refused(staff, "archive-none") as caught:
        packages.package(YEAR, place, "13")
    assert "13号盒" in caught.value.message


def test_a_year_without_finished_cases_gives_none(staff: Staff, tmp_path: Path) -> None:
    walk = walked(staff, "stamped")
    place = target(tmp_path)
    with refused(staff, "archive-none"):
        staff.clerk.archive_packages.package(YEAR, place)
    walk.finished()
    staff.run("UPDATE enrolment SET state_code = 'void'")
    assert staff.clerk.archive_packages.years() == ()
    with refused(staff, "archive-none"):
        staff.clerk.archive_packages.package(YEAR, place)
    with refused(staff, "folder-missing"):
        staff.clerk.archive_packages.package(YEAR, place / "没有")


def test_a_lost_scan_or_a_stop_leaves_no_package(staff: Staff, tmp_path: Path) -> None:
    finished(staff, tmp_path)
    place = target(tmp_path)

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        staff.clerk.archive_packages.package(YEAR, place, None, stop)
    shutil.rmtree(staff.desk.folder / ATTACHMENTS)
    with refused(staff, "scan-lost") as caught:
        staff.clerk.archive_packages.package(YEAR, place)
    assert isinstance(caught.value, FileError)
    assert list(place.iterdir()) == []


def test_a_package_whose_act_comes_to_nothing_is_taken_away(
    staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(staff, tmp_path)
    place = target(tmp_path)
    write = archive_packages.write_archive

    def failing(*told: object) -> object:
        write(*told)  # type: ignore[arg-type]
        raise RuntimeError("after it")

    monkeypatch.setattr(archive_packages, "write_archive", failing)
    with pytest.raises(RuntimeError):
        staff.clerk.archive_packages.package(YEAR, place)
    assert list(place.iterdir()) == []
