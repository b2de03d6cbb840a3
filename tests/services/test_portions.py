"""Files of a folder stored with one commit: units whole, acts their own, none reported early."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db.errors import StorageError, StorageKind
from db.models.acts import AuditLine, ChangeLog, Operation
from desktop_app.errors import Cancelled
from desktop_app.services.rosters.folder_imports import import_folder
from desktop_app.services.rosters.portions import LARGEST, MOST, portions
from desktop_app.services.rosters.rosters import RosterService
from desktop_app.services.views.roster_folders import FolderLine
from tests.services.desks import Row, Staff, people
from tests.services.walks import Walk

UNITS = ("演示一厂(演示)", "演示二厂(演示)", "演示三厂(演示)", "演示四厂(演示)")
HEADS: Row = ("序号", "姓名", "身份证号", "手机号")


@pytest.fixture
def cases(staff: Staff) -> list[Walk]:
    rows = [people(5, start=10 * at) for at in range(len(UNITS))]
    made = [Walk(staff, name=name, rows=own) for name, own in zip(UNITS, rows, strict=True)]
    return [walk.start() for walk in made]


@pytest.fixture
def folder(tmp_path: Path, cases: list[Walk]) -> Path:
    made = tmp_path / "各单位"
    made.mkdir()
    for number, walk in enumerate(cases):
        put(made, f"{number} {UNITS[number]}.csv", walk.rows)
    return made


def put(folder: Path, name: str, rows: list[Row]) -> None:
    lines = "\n".join(",".join(line) for line in (HEADS, *rows))
    (folder / name).write_text(lines, "utf-8-sig")


def begun(staff: Staff, folder: Path) -> Iterator[FolderLine]:
    return import_folder(staff.clerk, staff.clerk.roster_folders.open(folder))


def on_lists(staff: Staff, cases: list[Walk]) -> list[int]:
    return [staff.clerk.enrolments.get(walk.id).people for walk in cases]


def test_few_files_go_first_and_a_large_one_goes_alone(tmp_path: Path) -> None:
    files = [tmp_path / f"{at:02d}.csv" for at in range(60)]
    for path in files:
        path.write_bytes(b"")
    files[5].write_bytes(bytes(LARGEST + 1))
    cut = [len(part) for part in portions(files)]
    assert cut[:4] == [1, 2, 2, 1]
    assert sum(cut) == 60
    assert max(cut) == MOST
    assert [*portions([])] == []


@pytest.mark.both_databases
def test_each_list_has_its_act_audit_line_and_changes_as_if_read_in_alone(
    staff: Staff, cases: list[Walk], folder: Path
) -> None:
    assert [line.stored for line in begun(staff, folder)] == [5, 5, 5, 5]
    with staff.database.reading() as uow:
        acts = uow.session.execute(
            select(Operation.act, AuditLine.subject, Operation.id)
            .join(AuditLine, AuditLine.operation_id == Operation.id)
            .where(Operation.act.like("roster.%"))
            .order_by(AuditLine.seq)
        ).all()
        changed = uow.session.execute(select(ChangeLog.operation_id, ChangeLog.row_id)).all()
    assert [act for act, _, _ in acts] == ["roster.import"] * 4
    for walk, (_act, subject, operation) in zip(cases, acts, strict=True):
        assert subject == f"enrolment {walk.id}"
        assert walk.id in {row for of, row in changed if of == operation}
    assert staff.clerk.audits.verify_chain().ok
    staff.clerk.undo.undo(cases[2].id)
    assert on_lists(staff, cases) == [5, 5, 0, 5]


def test_a_list_refused_on_the_way_takes_no_other_with_it(
    staff: Staff, cases: list[Walk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, f"1 {UNITS[1]}.csv", people(3, start=0))  # who are of the first unit by then
    (folder / f"2 {UNITS[2]}.csv").write_bytes(b"%PDF-1.7")
    (folder / f"4 {UNITS[3]}副本.csv").write_bytes((folder / f"3 {UNITS[3]}.csv").read_bytes())
    lines = [*begun(staff, folder)]
    assert [line.state for line in lines] == ["stored", "stored", "refused", "stored", "again"]
    assert [line.counts.rejected for line in lines] == [0, 3, 0, 0, 0]
    assert on_lists(staff, cases) == [5, 0, 0, 5]


def test_a_full_disk_leaves_nothing_of_its_portion_and_all_of_those_before(
    staff: Staff, cases: list[Walk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_list = RosterService.import_list

    def full(self: RosterService, enrolment_id: int, path: Path) -> object:
        if enrolment_id == cases[2].id:
            raise StorageError(StorageKind.FULL)
        return import_list(self, enrolment_id, path)

    lines = begun(staff, folder)
    assert next(lines).stored == 5
    with monkeypatch.context() as patched:
        patched.setattr(RosterService, "import_list", full)
        with pytest.raises(StorageError):
            next(lines)
    assert on_lists(staff, cases) == [5, 0, 0, 0]
    assert staff.value("SELECT count(*) FROM import_batch") == 1
    assert [line.state for line in begun(staff, folder)] == ["again", "stored", "stored", "stored"]


def test_a_stop_while_files_are_read_ahead_stores_none_of_them(
    staff: Staff, cases: list[Walk], folder: Path
) -> None:
    def step(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    lines = import_folder(staff.clerk, staff.clerk.roster_folders.open(folder), step)
    assert next(lines).stored == 5
    with pytest.raises(Cancelled):
        next(lines)
    assert on_lists(staff, cases) == [5, 0, 0, 0]
