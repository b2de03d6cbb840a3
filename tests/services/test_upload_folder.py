"""The upload folder held against the ledger, cell by cell, by a reader of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from tests.services.desks import FEES, Row, Staff, people
from tests.services.walks import Walk, walked

HEAD = ("序号", "参保人姓名", "身份证号", "手机号")
PLANS = (("hospital", 1), ("women", 1), ("accident", 1))
LISTED = """
SELECT m.name, m.identity_no, m.phone
FROM enrollee e JOIN member m ON m.id = e.member_id JOIN plan p ON p.id = e.plan_id
WHERE e.enrolment_id = :id AND p.plan_key = :plan AND e.state_code = 'listed'
ORDER BY e.line_no
"""


def crowd() -> list[Row]:
    """Thirty people with names and numbers that a spreadsheet likes to change."""
    rows = people(30, women=9)
    named = {0: "阿依·古丽", 1: "张䶮", 2: "欧阳䶮", 3: "王一二三四五六"}
    rows = [(row[0], named.get(at, row[1]), *row[2:]) for at, row in enumerate(rows)]
    rows[4] = (*rows[4][:3], "")  # nobody told a phone
    return rows


@pytest.fixture
def walk(staff: Staff) -> Walk:
    return walked(staff, "approved", plans=PLANS, rows=crowd(), at_work=30, women=9)


def ledger(staff: Staff, walk: Walk, plan: str) -> list[tuple[str, ...]]:
    with staff.database.reading() as uow:
        found = uow.session.execute(text(LISTED), {"id": walk.id, "plan": plan}).all()
    return [(str(no), name, identity, phone or "") for no, (name, identity, phone) in
            enumerate(found, 1)]  # fmt: skip


def cells(path: Path) -> tuple[list[tuple[Any, ...]], set[tuple[str, str]]]:
    """Every cell of a workbook, and what kinds and formats of cell there are."""
    book = openpyxl.load_workbook(path)
    [sheet] = book.worksheets
    rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]
    told = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    return rows, {(cell.data_type, cell.number_format) for cell in told}


def test_every_cell_of_every_list_is_what_the_ledger_holds_and_text(
    staff: Staff, walk: Walk, tmp_path: Path
) -> None:
    exported = staff.clerk.submissions.exported(
        staff.clerk.submissions.export(walk.id, tmp_path).value
    )
    lists = [name for name in exported.files if name.endswith(".xlsx")]
    assert len(lists) == len(PLANS)
    for name, (plan, _shares) in zip(lists, PLANS, strict=True):
        rows, kinds = cells(Path(exported.folder) / name)
        assert rows[0] == HEAD
        assert rows[1:] == ledger(staff, walk, plan), name
        assert kinds == {("s", "@")}, name
    women = [row for row in crowd() if int(row[2][16]) % 2 == 0]
    assert len(ledger(staff, walk, "women")) == len(women) == 9


@pytest.mark.both_databases
def test_the_manifest_counts_and_hashes_what_lies_in_the_folder(
    staff: Staff, walk: Walk, tmp_path: Path
) -> None:
    exported = staff.clerk.submissions.exported(
        staff.clerk.submissions.export(walk.id, tmp_path).value
    )
    folder = Path(exported.folder)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    sums = {plan: FEES[plan] * len(ledger(staff, walk, plan)) for plan, _shares in PLANS}
    assert (told["people"], told["total_fen"]) == (30, sum(sums.values()))
    assert told["total_fen"] == staff.value(
        "SELECT due_fen FROM enrolment WHERE id = :id", id=walk.id
    )
    files = {one["name"]: one for one in told["files"]}
    assert {path.name for path in folder.iterdir()} == {*files, "manifest.json", "清单.txt"}
    for name, one in files.items():
        data = (folder / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    assert [one["total_fen"] for one in told["files"] if one["kind"] == "workbook"] == [
        *sums.values()
    ]
    [proof] = [one for one in told["files"] if one["kind"] == "attachment"]
    kept = staff.value(
        "SELECT a.sha256 FROM enrolment_paper p JOIN attachment a ON a.id = p.attachment_id"
        " WHERE p.enrolment_id = :id AND p.paper_key = 'insurance-proof'", id=walk.id,
    )  # fmt: skip
    assert proof["sha256"] == kept
