"""A drive of hundreds of units, each taken by the services as far as its place in the round."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, text

import db.models  # noqa: F401 - every table, for the copies
from db.base import Base
from desktop_app.services.drafts import CallDraft, EnrolmentDraft
from tests.services.desks import (
    TODAY,
    YEAR,
    Staff,
    Template,
    people,
    seat_at_copy,
    transfer,
    unit_draft,
)
from tests.services.test_submissions import failed, failures
from tests.services.walks import STEPS, Walk

AREAS = ("城区片", "东片", "西片", None)
# What becomes of unit after unit; every kind of number on the board is met.
ROUND = (
    "registered", "sent-back", "open", "refunding", "drafted", "roster", "returned", "submitted",
    "approved", "number", "differs", "paid", "confirmed", "printed", "finished", "by-unit",
    "by-unit-paid", "called", "ending", "adding",
)  # fmt: skip


def make_office(folder: Path, template: Template, units: int) -> Staff:
    """An office in a new folder with a drive of so many units: one round, and its copies."""
    staff = seat_at_copy(folder, template)
    staff.head.schemes.set_target(YEAR, 1_000)
    make_drive(staff, len(ROUND))
    multiply(staff, units // len(ROUND))
    return staff


def make_drive(staff: Staff, count: int, heads: int = 2) -> None:
    """Make `count` units of `heads` people each, every one at its stage of ROUND."""
    for at in range(count):
        kind, area = ROUND[at % len(ROUND)], AREAS[(at + at // len(ROUND)) % len(AREAS)]
        rows = people(heads, start=at * heads)
        walk = Walk(staff, f"演示单位{at:04d}", rows=rows, at_work=heads, women=0)
        draft = unit_draft(walk.name, area=area, at_work=heads, women=0)
        walk.unit_id = staff.clerk.units.register(draft).value
        _take(walk, kind)


def _take(walk: Walk, kind: str) -> None:
    if kind == "registered":
        return
    if kind == "sent-back":
        walk.staff.reviewer.units.return_(walk.unit_id, "缺证书")
        return
    walk.staff.reviewer.units.open(walk.unit_id)
    acts = _ACTS.get(kind)
    if acts is not None:
        acts(walk)


def _walked(walk: Walk, until: str) -> None:
    walk.start()
    for step in STEPS[: STEPS.index(until) + 1]:
        getattr(walk, step)()


def _drafted(walk: Walk) -> None:
    walk.start()


def _returned(walk: Walk) -> None:
    _walked(walk, "submitted")
    walk.staff.reviewer.enrolments.return_(walk.id, "漏了1人")


def _differs(walk: Walk) -> None:
    _walked(walk, "number")
    walk.pay(walk.due_fen - 1_000, len(walk.rows))


def _finished(walk: Walk) -> None:
    _walked(walk, "stamped")
    walk.finished()


def _refunding(walk: Walk) -> None:
    """Paid and arrived; then the province refuses one, whose money is asked back."""
    _walked(walk, "approved")
    clerk = walk.staff.clerk
    clerk.submissions.export(walk.id, walk.staff.papers)
    for step in ("number", "paid", "confirmed"):
        getattr(walk, step)()
    path = failures(walk.staff, [failed(walk.rows[0], "重复参保")])
    clerk.submission_answers.read_failures(walk.id, path)
    clerk.sent_back.withdraw(walk.id, (1,), "不再参加")
    back = clerk.enrolments.get(walk.id).overpaid_fen
    clerk.refunds.ask(walk.id, back, TODAY, "省办退回1人")


def _by_unit(walk: Walk) -> None:
    """单位自办: only its numbers are followed."""
    walk.handling = "by-unit"
    walk.start()
    number = f"ZB{walk.id:05d}"
    walk.staff.clerk.business_numbers.follow(walk.id, len(walk.rows), walk.due_fen, number)
    walk.staff.clerk.enrolments.submit(walk.id)
    walk.staff.reviewer.enrolments.approve(walk.id)


def _by_unit_paid(walk: Walk) -> None:
    _by_unit(walk)
    draft = transfer(walk.due_fen, None, None)
    walk.staff.clerk.payments.record(walk.id, draft)


def _called(walk: Walk) -> None:
    call = CallDraft("unreported", "明天再打", again_on=walk.staff.clock.today())
    walk.staff.clerk.calls.log(walk.unit_id, call)


def _ending(walk: Walk) -> None:
    """Last year's cover ends in a month and nothing of this year is there."""
    _finished(walk)
    last_year = {"year": TODAY.year, "id": walk.id}
    until: date = TODAY + timedelta(days=30)
    walk.staff.run(
        "UPDATE enrolment SET year = :year, until_on = :until WHERE id = :id",
        **last_year, until=until,
    )  # fmt: skip


def _adding(walk: Walk) -> None:
    """Finished, and people are being added: the draft counts for nothing yet."""
    _finished(walk)
    draft = EnrolmentDraft("on-behalf", walk.plans, 10, 0, "addition")
    walk.staff.clerk.enrolments.start(walk.unit_id, draft)


_ACTS = {
    "drafted": _drafted,
    "refunding": _refunding,
    "returned": _returned,
    "differs": _differs,
    "finished": _finished,
    "by-unit": _by_unit,
    "by-unit-paid": _by_unit_paid,
    "called": _called,
    "ending": _ending,
    "adding": _adding,
    **{
        step: functools.partial(_walked, until=step)
        for step in ("roster", "submitted", "approved", "number", "paid", "confirmed", "printed")
    },
}


COPIED = (
    "unit", "unit_contact", "unit_paper", "unit_call", "member", "enrolment", "enrolment_plan",
    "enrolment_quote", "enrolment_step", "business_number", "enrollee", "cover", "funding_part",
    "payment", "payment_allocation", "refund", "bank_slip", "dues_receipt", "issued_form",
    "print_copy", "enrolment_paper", "archive_file", "archive_item", "import_batch", "import_row",
)  # fmt: skip
STEP = 1_000_000  # between the keys of a row and of its copy


def multiply(staff: Staff, times: int) -> None:
    """Copy every unit with all that hangs on it: rows as the services wrote them, SQLite only."""
    tables = [Base.metadata.tables[name] for name in COPIED]
    with staff.database.writing() as uow:
        uow.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for copy in range(1, times):
            for one in tables:
                names = ", ".join(f'"{column.name}"' for column in one.columns)
                values = ", ".join(_copied(one, column, copy) for column in one.columns)
                first = " AND ".join(
                    f'"{column.name}" < {STEP}' for column in one.columns if _shifts(one, column)
                )
                uow.session.execute(
                    text(f"INSERT INTO {one.name} ({names}) SELECT {values} FROM {one.name}"
                         f" WHERE {first}")
                )  # fmt: skip
        uow.commit()


def _shifts(one: Table, column: Column[Any]) -> bool:
    """Whether a column holds the key of a copied row: its own, or one that it points to."""
    if column.name == "id":
        return True
    targets = {key.column.table.name for key in column.foreign_keys}
    return bool(targets & set(COPIED)) and not column.nullable


def _copied(one: Table, column: Column[Any], copy: int) -> str:
    name, shift = f'"{column.name}"', STEP * copy
    targets = {key.column.table.name for key in column.foreign_keys}
    if column.name == "id" or targets & set(COPIED):
        return f"{name} + {shift}"
    if column.name == "area_id":
        return f"({name} + {copy - 1}) % {len(AREAS) - 1} + 1"
    if column.name == "uid":
        return "randomblob(16)"
    if column.name in ("identity_no", "identity_tail"):
        return "NULL"
    if column.name in ("name", "number", "business_no", "name_key"):
        return f"{name} || '-{copy}'"
    return name
