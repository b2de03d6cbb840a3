"""按上年名单续保: a unit's case filled from last year's, its people judged anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.codes import Handling, UnitState
from db.files import storage_errors, write_atomically
from db.models.enrolments import Enrolment
from db.models.units import Unit
from db.queries import enrolments as queries
from db.queries import units as unit_queries
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.texts import file_name
from desktop_app.errors import UserError
from desktop_app.exchange.text_workbook import text_workbook
from desktop_app.intake.workbooks import Step
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.applications import open_unit
from desktop_app.services.cases.enrolling import enrol
from desktop_app.services.cases.recounts import recount
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.enrolments.beginnings import begin
from desktop_app.services.enrolments.renewal_people import Before, Judge, as_row, before
from desktop_app.services.permissions import Permission
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.renewals import RenewalPlan

_TITLES = ("序号", "单位名称", "姓名", "身份证号", "手机号", "备注")
_WIDTHS = (6, 30, 14, 24, 16, 36)


class RenewalService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def plan(self, unit_id: int) -> RenewalPlan:
        """Say what renewing this unit by last year's list would be; nothing is saved."""
        with self.desk.database.reading() as uow:
            return self._plan(uow.session, open_unit(uow.session, unit_id), None)

    @act("renewal.start", Permission.REGISTER, Area.ENROLMENTS, Area.UNITS, Area.MEMBERS)
    def start(
        self, tx: Transaction, unit_id: int, draft: EnrolmentDraft, leavers: Sequence[int] = ()
    ) -> int:
        """Begin the unit's application with last year's people but `leavers`: all or nothing."""
        if draft.handling != Handling.ON_BEHALF:
            raise UserError(
                "by-unit", "单位自办的申请不在这里存名单。", "请用“新建申请”。", "handling"
            )
        unit = open_unit(tx.session, unit_id)
        enrolment = begin(tx, unit_id, draft)
        last = _needed(tx.session, unit, enrolment.year)
        plan = self._plan(tx.session, unit, draft, last)
        staying = _staying(plan, leavers)
        case = cases.load(tx.session, enrolment.id)
        rows = [as_row(member) for member in last.members if member.id in staying]
        stored = enrol(tx, case, rows)
        recount(tx, case)
        unable = len(plan.people) - plan.able
        gone = plan.able - stored
        text = f"按{plan.from_year}年度名单续保{stored}人,离开{gone}人,不能续保{unable}人"
        cases.move(tx, enrolment, enrolment.step_key, text)
        tx.audit(f"enrolment {enrolment.id}", people=stored, left=gone, unable=unable)
        return enrolment.id

    @act("renewal.save-rosters", Permission.REGISTER)
    def save_rosters(
        self, tx: Transaction, unit_ids: Sequence[int], folder: Path, step: Step | None = None
    ) -> dict[str, list[str]]:
        """Write one pre-filled workbook a unit, for it to correct and send back.

        Without units, every open one that was in last year and has not begun this year. Answers
        the files' names and the units that have no list of last year.
        """
        saved: dict[str, list[str]] = {"files": [], "skipped": []}
        with self.desk.database.reading() as uow:  # writing files must not hold the write lock
            session = uow.session
            year = year_of(session, self.desk)
            units = [open_unit(session, unit_id) for unit_id in unit_ids] or _due(session, year)
            for done, unit in enumerate(units, start=1):
                last = before(session, unit.id, year)
                if last is not None:
                    name = f"{file_name(unit.name)}_{year}年续保名单.xlsx"
                    _write(folder, name, self._roster(session, unit, last))
                    saved["files"].append(name)
                elif unit_ids:
                    saved["skipped"].append(unit.name)
                if step is not None:
                    step(done, len(units))
        tx.audit("renewal", year=year, files=len(saved["files"]))
        return saved

    def _roster(self, session: Session, unit: Unit, last: Before) -> bytes:
        plan = self._plan(session, unit, None, last)
        lines = []
        for member, person in zip(last.members, plan.people, strict=True):
            remark = f"不能续保:{person.refusal}" if person.refusal else person.note
            lines.append(
                (unit.name, member.name, member.identity_no or "", member.phone or "", remark)
            )
        rows = [(str(at), *line) for at, line in enumerate(lines, start=1)]
        return text_workbook("续保名单", _TITLES, rows, _WIDTHS)

    def _plan(
        self,
        session: Session,
        unit: Unit,
        draft: EnrolmentDraft | None,
        last: Before | None = None,
    ) -> RenewalPlan:
        """`draft` has the plans that are chosen now, where they are not last year's."""
        year = year_of(session, self.desk)
        version = drive_version(session, self.desk)
        scheme = scheme_in_force(session, version.id)
        last = last or _needed(session, unit, year)
        plans, gone = _plans(session, scheme, unit, last.cases[0])
        keys = [key for key, _shares in draft.plans] if draft else [key for key, _, _ in plans]
        on = max(self.desk.today(), date(year, 1, 1))
        women_only = bool(keys) and all(plan.women_only for plan in scheme.plans if plan.id in keys)
        judge = Judge(session, scheme, version.scheme_id, year, on)
        contact = unit_queries.contact_of(session, unit.id)
        return RenewalPlan(
            unit_id=unit.id,
            unit_name=unit.name,
            year=year,
            from_year=last.year,
            on=on,
            at_work=unit.at_work,
            women=unit.women,
            contact=f"{contact.name} {contact.phone or ''}".strip() if contact else "",
            plans=plans,
            gone_plans=gone,
            people=judge.people(last.members, women_only=women_only),
        )


def _write(folder: Path, name: str, data: bytes) -> None:
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / name, data)


def _needed(session: Session, unit: Unit, year: int) -> Before:
    found = before(session, unit.id, year)
    if found is None:
        raise UserError(
            "no-list-before",
            f"台账里没有“{unit.name}”上年的名单。",
            "请新建申请后读入名单;上年名单可在“期初建账”导入。",
        )
    return found


def _staying(plan: RenewalPlan, leavers: Sequence[int]) -> set[int]:
    able = {person.member_id for person in plan.people if not person.refusal}
    unknown = set(leavers) - {person.member_id for person in plan.people}
    if unknown:
        raise UserError("person-unknown", "要撤出的人不在上年名单上。", "请刷新后再选。")
    staying = able - set(leavers)
    if not staying:
        raise UserError(
            "nobody-renews", "上年名单里没有能续保的人。", "请新建申请,再读入今年的名单。"
        )
    return staying


def _plans(
    session: Session, scheme: Scheme, unit: Unit, case: Enrolment
) -> tuple[tuple[tuple[str, str, int], ...], tuple[str, ...]]:
    """Last year's plans as far as they may be taken this year, and the others' names."""
    now = {plan.id: plan for plan in scheme.plans}
    kept: list[tuple[str, str, int]] = []
    gone = []
    for plan, record in queries.plans_of(session, case.id):
        same = now.get(record.plan_key)
        if same is None:
            gone.append(record.name)
            continue
        limit = same.share_limit(unit.kind_code).value or 1
        kept.append((same.id, same.short_name, min(plan.shares, limit)))
    return tuple(kept), tuple(gone)


def _due(session: Session, year: int) -> list[Unit]:
    """Open units without a case this year."""
    return [
        unit
        for unit, _area, _contact, case in unit_queries.list_rows(session, year)
        if case is None and unit.state_code == UnitState.OPEN
    ]
