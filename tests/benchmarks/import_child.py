"""One run over the workbooks in a process of its own: the product, the limit, the plain way."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BAD = (17, 41, 63)  # of a hundred rows
KEY_ROWS = 20_000  # rows handed to the driver at once
MEMBER = """
INSERT INTO member (uid, name, name_key, initials, sort_key, identity_kind_code, identity_no,
                    identity_tail, identity_shared, sex_code, born_on, phone, phone_tail,
                    state_code, row_version)
VALUES (?, ?, ?, 'YSXM', ?, 'resident', ?, ?, 0, ?, ?, ?, ?, 'active', 1)
"""
ENROLLEE = """
INSERT INTO enrollee (enrolment_id, line_no, member_id, plan_id, shares, contribution_fen,
                      state_code, row_version)
VALUES (?, ?, ?, 1, 1, 6000, 'listed', 1)
"""


def product(folder: Path) -> None:
    """A workbook planned and carried out; many as the folder they lie in, whose each is found."""
    from desktop_app import bootstrap  # noqa: PLC0415 - not the limit's
    from desktop_app.services.rosters.folder_imports import (  # noqa: PLC0415 - not the limit's
        import_folder,
    )
    from tests.benchmarks.import_files import CLERK  # noqa: PLC0415 - not the limit's

    office = fresh(folder)
    with bootstrap.sign_in(office, CLERK.login, CLERK.password) as signed:
        rosters, jobs = signed.services.rosters, told(folder)["jobs"]
        if len(jobs) == 1:
            [(case, path, _share)] = jobs
            rosters.carry_out(rosters.plan_file(case, Path(path)).value)
            return
        sent = signed.services.roster_folders.open(folder / "sent")
        refused = [line for line in import_folder(signed.services, sent) if line.code]
        if refused:
            raise RuntimeError(f"{len(refused)} files refused, the first: {refused[0].message}")


def limit(folder: Path) -> None:
    """Bare reading by the same library, bare inserts into the same tables, one transaction."""
    import python_calamine  # noqa: PLC0415 - not the product's
    import sqlcipher3  # noqa: PLC0415 - the bare driver

    from db.engine import apply_settings  # noqa: PLC0415 - the same settings

    office, facts = fresh(folder), told(folder)
    connection = sqlcipher3.dbapi2.connect(str(office / "ledger.db"))
    connection.isolation_level = None
    apply_settings(connection, bytes.fromhex(facts["key"]))
    connection.execute("BEGIN IMMEDIATE")
    line = 0
    for case, path, _share in facts["jobs"]:
        book = python_calamine.CalamineWorkbook.from_path(path)
        rows = book.get_sheet_by_index(0).iter_rows()
        next(rows)
        for part in parts(rows):
            connection.executemany(MEMBER, map(member, part))
            connection.executemany(
                ENROLLEE, [(case, line + at, line + at) for at in range(1, len(part) + 1)]
            )
            line += len(part)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def member(row: list[Any]) -> tuple[Any, ...]:
    name, number, sex, phone = row[1:5]
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    kind = "male" if sex == "男" else "female"
    return (
        os.urandom(16), name, name, name, number, number[::-1], kind, born, phone, phone[::-1],
    )  # fmt: skip


def parts(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    part: list[list[Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == KEY_ROWS:
            yield part
            part = []
    if part:
        yield part


def plain(folder: Path) -> None:
    """openpyxl row by row, one object a row: what a straightforward program does."""
    from tests.benchmarks.plain_import import import_plainly  # noqa: PLC0415 - its own ORM

    target = folder / "plain.db"
    for old in folder.glob("plain.db*"):
        old.unlink()
    jobs = told(folder)["jobs"]
    stored, refused = import_plainly(f"sqlite:///{target}", [path for _case, path, _share in jobs])
    total = sum(share for _case, _path, share in jobs)
    bad = sum(at % 100 in BAD for at in range(total))
    if (stored, refused) != (total - bad, bad):
        raise RuntimeError(f"the plain way stored {stored} and refused {refused} of {total}")


def check(folder: Path) -> None:
    """Say how many the product stored; fail where they are not who the workbooks hold."""
    from desktop_app import bootstrap  # noqa: PLC0415 - not the limit's
    from tests.benchmarks.import_files import CLERK, people  # noqa: PLC0415 - not the limit's

    jobs = told(folder)["jobs"]
    total = sum(share for _case, _path, share in jobs)
    good = {row[2] for at, row in enumerate(people(total)) if at % 100 not in BAD}
    with (
        bootstrap.sign_in(folder / "run", CLERK.login, CLERK.password) as signed,
        signed.desk.database.reading() as uow,
    ):
        run = uow.session.connection().exec_driver_sql
        stored = {number for (number,) in run("SELECT identity_no FROM member")}
        enrolled = run("SELECT count(*) FROM enrollee").scalar_one()
        parked = run("SELECT count(*) FROM import_row WHERE state_code = 'parked'").scalar_one()
    if stored != good or enrolled != len(good) or parked != total - len(good):
        raise RuntimeError(f"stored {len(stored)}, enrolled {enrolled}, parked {parked} of {total}")
    sys.stdout.write(json.dumps({"people": total, "stored": enrolled, "parked": parked}))


def fresh(folder: Path) -> Path:
    """The office as it was before any import."""
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(folder / "office", run)
    return run


def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "files.json").read_text("utf-8"))
    return found


if __name__ == "__main__":
    ways = {"product": product, "limit": limit, "plain": plain, "check": check}
    ways[sys.argv[2]](Path(sys.argv[1]))
