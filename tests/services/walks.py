"""A unit's case taken as far as a test wants it, each act by the person who would do it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from desktop_app.services.drafts import EnrolmentDraft
from tests.services.desks import FEES, TODAY, Row, Staff, people, transfer, unit_draft

STAMPED = ("application", "member-list", "confirmation")
STEPS = ("roster", "submitted", "approved", "number", "paid", "confirmed", "printed", "stamped")
PLANS = (("hospital", 1),)


@dataclass
class Walk:
    """One unit and its case; each method takes the case one step on."""

    staff: Staff
    name: str = "明山县演示水厂(演示)"
    plans: tuple[tuple[str, int], ...] = PLANS
    rows: list[Row] = field(default_factory=lambda: people(10, women=2))
    at_work: int = 10
    women: int | None = 2
    handling: str = "on-behalf"
    kind: str | None = None
    ends: date | None = None
    unit_id: int = 0
    id: int = 0

    def start(self) -> Walk:
        self.unit_id, self.id = self.staff.begin(self._start, "start", *self._facts())
        return self

    def to(self, until: str) -> Walk:
        """Start, and take the steps up to and with `until`."""
        self.unit_id, self.id = self.staff.begin(
            functools.partial(self._to, until), until, *self._facts()
        )
        return self

    def _facts(self) -> tuple[object, ...]:
        """All that makes a walk differ from others of an office that stands the same."""
        return tuple(getattr(self, one.name) for one in fields(self) if one.name != "staff")

    def _to(self, until: str) -> tuple[int, int]:
        self.start()
        for step in STEPS[: STEPS.index(until) + 1]:
            getattr(self, step)()
        return self.unit_id, self.id

    def _start(self) -> tuple[int, int]:
        if not self.unit_id:
            self.unit_id = self.staff.clerk.units.register(unit_draft(self.name)).value
            self.staff.reviewer.units.open(self.unit_id)
        draft = EnrolmentDraft(
            self.handling, self.plans, self.at_work, self.women, self.kind, self.ends
        )
        done = self.staff.clerk.enrolments.start(self.unit_id, draft)
        return self.unit_id, done.value

    def read(self, rows: list[Row] | None = None) -> int:
        roster = self.staff.roster(
            self.rows if rows is None else rows, f"{self.name.replace('/', '')}.csv"
        )
        return self.staff.clerk.rosters.plan_file(self.id, roster).value

    def roster(self) -> None:
        self.staff.clerk.rosters.carry_out(self.read())

    def proof(self) -> None:
        self.staff.clerk.enrolments.attach_paper(
            self.id, "insurance-proof", self.staff.picture("保险证明.png")
        )

    def submitted(self) -> None:
        self.proof()
        self.staff.clerk.enrolments.submit(self.id)

    def approved(self) -> None:
        self.staff.reviewer.enrolments.approve(self.id)

    def number(self) -> None:
        self.staff.clerk.business_numbers.enter(self.id, f"HB{self.id:06d}")

    def paid(self) -> None:
        self.pay(self.due_fen, len(self.rows))

    def pay(self, fen: int, people_count: int | None, **more: object) -> int:
        slip = self.staff.slip()
        draft = transfer(fen, people_count, slip, **more)
        return self.staff.clerk.payments.record(self.id, draft).value

    def confirmed(self) -> None:
        self.staff.reviewer.enrolments.set_effective(self.id, TODAY, "演示计划书1号")
        self.staff.reviewer.payments.confirm(self.id, TODAY)

    def printed(self) -> None:
        for form in STAMPED:
            self.staff.clerk.prints.issue(self.id, form)

    def stamped(self) -> None:
        for form in STAMPED:
            self.staff.clerk.archives.receive_stamped(self.id, form)

    def finished(self) -> str:
        self.staff.clerk.archives.record_receipt(self.id, f"演示{self.id}", TODAY, self.due_fen)
        return self.staff.clerk.archives.finish(self.id).value

    @property
    def due_fen(self) -> int:
        return sum(FEES[plan] * shares * len(self.rows) for plan, shares in self.plans)

    @property
    def step(self) -> str:
        return self.staff.clerk.enrolments.get(self.id).step_key


def walked(staff: Staff, until: str = "roster", **more: object) -> Walk:
    """Take a new unit's case through the steps up to and with `until`."""
    return Walk(staff, **more).to(until)  # type: ignore[arg-type]


def csv_file(folder: Path, name: str, lines: list[Row]) -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8-sig")
    return path
