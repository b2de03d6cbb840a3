"""The Outbox: the upload folder for the province and its package."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Row, insert
from sqlalchemy.orm import Session

from db.codes import Handling, SubmissionState
from db.models.enrolments import Enrollee
from db.models.members import Member
from db.models.submissions import Submission, SubmissionRecord
from db.queries import enrolments as queries
from db.queries import scans as scan_queries
from db.queries import submissions as submission_queries
from desktop_app.domain.schemes.scheme_parts import ProvinceProfile
from desktop_app.domain.texts import file_name
from desktop_app.errors import UserError
from desktop_app.exchange.package import write_package
from desktop_app.exchange.province import (
    Attachment,
    PlanSheet,
    ProvinceUpload,
    UploadColumn,
    UploadManifest,
    UploadPerson,
    write_upload_folder,
)
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import content
from desktop_app.services.papers.form_parts import case_code, unit_particulars
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_folder
from desktop_app.services.views.submissions import ExportedFolder

SERIES = "SB"
PACKAGE_SUFFIX = ".zip"
WORKBOOK = "workbook"
_COLUMN_FIELDS = {"number": "no"}
People = Sequence[Row[int, Member, Enrollee]]


class SubmissionService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("submission.export", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def export(
        self,
        tx: Transaction,
        enrolment_id: int,
        target_folder: Path,
        profile_id: str | None = None,
    ) -> int:
        """Write the upload folder and its package below `target_folder`; a new one each time."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            facts = facts_of(uow.session, case, self.desk)
            if case.enrolment.handling_code == Handling.BY_UNIT:
                raise UserError("by-unit", "单位自办的申请由单位上报。", "这里只登记业务号。")
            profile = profile_of(case, profile_id)
            cases.require_not_void(case)
            if case.enrolment.approved_at is None:
                raise UserError("not-approved", "审核通过后才能导出上报。", "请先完成审核。")
            if facts.to_confirm:
                names = "、".join(facts.to_confirm)
                raise UserError("to-confirm", f"{names}待核对,不能上报。", "请负责人先确认。")
            people = _to_send(uow.session, case)
            upload = self._upload(uow.session, case, people, tx, profile)
            records = _records(people)
        require_folder(self.desk, target_folder)
        folder = _free(target_folder / _folder_name(case))
        manifest = write_upload_folder(folder, upload)
        tx.if_undone(lambda: shutil.rmtree(folder, ignore_errors=True))
        package = folder.with_name(folder.name + PACKAGE_SUFFIX)
        sha256 = write_package(folder, package).sha256
        tx.if_undone(lambda: package.unlink(missing_ok=True))
        submission = self._record(tx, case, folder, profile.id, (manifest, sha256))
        rows = [record | {"submission_id": submission.id} for record in records]
        tx.session.execute(insert(SubmissionRecord), rows)
        tx.audit(f"enrolment {enrolment_id}", people=upload.people, fen=upload.total_fen)
        return submission.id

    @look()
    def exported(self, submission_id: int) -> ExportedFolder:
        with self.desk.database.reading() as uow:
            submission = uow.session.get(Submission, submission_id)
            if submission is None:
                raise UserError("submission-unknown", "没有这次上报。", "请刷新后再试。")
            return ExportedFolder(
                submission_id=submission.id,
                number=submission.number,
                folder=submission.folder_name,
                files=tuple(submission.manifest["files"]),
                people=submission.manifest["people"],
                due_fen=submission.manifest["total_fen"],
                package_sha256=submission.package_sha256 or "",
            )

    def _upload(
        self,
        session: Session,
        case: Case,
        people: People,
        tx: Transaction,
        profile: ProvinceProfile,
    ) -> ProvinceUpload:
        sheets = []
        for plan, record in queries.plans_of(session, case.enrolment.id):
            rows = [row for row in people if row[2].plan_id == plan.plan_id]
            if not rows:
                continue
            due = sum(enrollee.contribution_fen or 0 for _, _, enrollee in rows)
            sheets.append(
                PlanSheet(
                    plan_id=record.plan_key,
                    name=record.name,
                    shares=plan.shares,
                    people=tuple(
                        UploadPerson(m.name, m.identity_no or "", m.phone or "") for _, m, _ in rows
                    ),
                    total_fen=due if len(rows) < plan.people else plan.due_fen or 0,
                )
            )
        unit = unit_particulars(session, case)
        return ProvinceUpload(
            case_code=case_code(case.enrolment.uid),
            unit_name=unit.name,
            unit_code=unit.code or unit.union_code,
            scheme=case.scheme.title,
            year=case.enrolment.year,
            people=len({line_no for line_no, _, _ in people}),
            total_fen=sum(sheet.total_fen for sheet in sheets),
            created_at=tx.now,
            plans=tuple(sheets),
            attachments=self._attachments(session, case, profile.attachments),
            columns=tuple(
                UploadColumn(column.title, _COLUMN_FIELDS.get(column.field, column.field))
                for column in profile.columns
            ),
            demo=submission_queries.is_demo(session),
        )

    def _attachments(
        self, session: Session, case: Case, wanted: Sequence[str]
    ) -> tuple[Attachment, ...]:
        kept = scan_queries.kept_of(session, case.enrolment.id, standing=True)
        found = []
        for key in wanted:
            label = case.scheme.paper(key).label
            for record in kept.get(key, ()):
                suffix = ".jpg" if record.kind == "jpeg" else f".{record.kind}"
                found.append(Attachment(label, suffix, content(self.desk, record)))
        return tuple(found)

    def _record(
        self,
        tx: Transaction,
        case: Case,
        folder: Path,
        profile_id: str,
        made: tuple[UploadManifest, str],
    ) -> Submission:
        manifest, package_sha256 = made
        earlier = submission_queries.latest(tx.session, case.enrolment.id)
        if earlier is not None and earlier.state_code == SubmissionState.EXPORTED:
            earlier.state_code = SubmissionState.REPLACED
        submission = tx.add(
            Submission(
                number=tx.next_number(SERIES, case.enrolment.year),
                enrolment_id=case.enrolment.id,
                profile=profile_id,
                folder_name=str(folder),
                manifest={
                    "files": [file.name for file in manifest.files],
                    "sheets": [
                        [file.name, file.rows, file.total_fen]
                        for file in manifest.files
                        if file.kind == WORKBOOK
                    ],
                    "sha256": manifest.sha256,
                    "people": manifest.people,
                    "total_fen": manifest.total_fen,
                },
                package_sha256=package_sha256,
                state_code=SubmissionState.EXPORTED,
                exported_at=tx.now,
                exported_by=tx.user_id,
            )
        )
        tx.session.flush()
        return submission


def profile_of(case: Case, profile_id: str | None = None) -> ProvinceProfile:
    """The entrance of this id, the scheme's first one without it."""
    profiles = case.scheme.province
    if not profiles:
        raise UserError("no-province", "这个方案不用上报。", "请接着办下一步。")
    found = next((one for one in profiles if profile_id in (None, one.id)), None)
    if found is None:
        known = "、".join(one.id for one in profiles)
        raise UserError("profile-unknown", "方案里没有这个入口。", f"可用的入口:{known}。")
    return found


def _to_send(session: Session, case: Case) -> People:
    """Everybody; once an answer has taken some, only those it has not (补报)."""
    left = left_to_send(session, case)
    if not left and queries.joining_rows(session, case.enrolment.id):
        raise UserError(
            "all-taken", "名单上的人都已收下,没有要补报的。", "请直接登记业务号,或办理下一步。"
        )
    return left


def left_to_send(session: Session, case: Case) -> People:
    taken = submission_queries.taken(session, case.enrolment.id)
    people = queries.joining_rows(session, case.enrolment.id)
    return [row for row in people if (row[2].plan_id, row[1].id) not in taken]


def _records(people: People) -> list[dict[str, object]]:
    numbers: dict[int, int] = {}
    rows = []
    for _line, member, enrollee in people:
        numbers[enrollee.plan_id] = numbers.get(enrollee.plan_id, 0) + 1
        rows.append(
            {
                "plan_id": enrollee.plan_id,
                "line_no": numbers[enrollee.plan_id],
                "member_id": member.id,
                "state_code": SubmissionState.EXPORTED,
            }
        )
    return rows


def _folder_name(case: Case) -> str:
    return f"{file_name(case.unit.name)}_{case.enrolment.year}年度_上报"


def _free(path: Path) -> Path:
    candidate, count = path, 1
    while candidate.exists() or candidate.with_name(candidate.name + PACKAGE_SUFFIX).exists():
        count += 1
        candidate = path.with_name(f"{path.name}({count})")
    return candidate
