"""The Outbox: the upload folder for the province, its package, and what comes back."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from db.codes import AnswerKind, Handling, SubmissionState
from db.models.papers import Attachment as AttachmentRecord
from db.models.submissions import Answer, AnswerLine, Submission, SubmissionRecord
from db.queries import enrolments as queries
from db.queries import submissions as submission_queries
from desktop_app.errors import UserError
from desktop_app.exchange.acknowledgements import read_acknowledgement
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
from desktop_app.intake.answers import AnswerRow, read_answers
from desktop_app.services import cases
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.files import content
from desktop_app.services.form_values import case_code, unit_particulars
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_folder
from desktop_app.services.views.submissions import AnswerResult, ExportedFolder

SERIES = "SB"
PACKAGE_SUFFIX = ".zip"
_COLUMN_FIELDS = {"number": "no"}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class SubmissionService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("submission.export", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def export(self, tx: Transaction, enrolment_id: int, target_folder: Path) -> int:
        """Write the upload folder and its package below `target_folder`; a new one each time."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            facts = cases.facts_of(uow.session, case, self.desk)
            if case.enrolment.handling_code == Handling.BY_UNIT:
                raise UserError("by-unit", "单位自办的申请由单位上报。", "这里只登记业务号。")
            cases.require_not_void(case)
            if case.enrolment.approved_at is None:
                raise UserError("not-approved", "审核通过后才能导出上报。", "请先完成审核。")
            if facts.to_confirm:
                names = "、".join(facts.to_confirm)
                raise UserError("to-confirm", f"{names}待核对,不能上报。", "请负责人先确认。")
            upload = self._upload(uow.session, case, tx)
            records = _records(uow.session, case)
        require_folder(self.desk, target_folder)
        folder = _free(target_folder / _folder_name(case))
        manifest = write_upload_folder(folder, upload)
        tx.if_undone(lambda: shutil.rmtree(folder, ignore_errors=True))
        package = folder.with_name(folder.name + PACKAGE_SUFFIX)
        sha256 = write_package(folder, package).sha256
        tx.if_undone(lambda: package.unlink(missing_ok=True))
        submission = self._record(tx, case, folder, (manifest, sha256))
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

    @act("submission.read-failures", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def read_failures(self, tx: Transaction, enrolment_id: int, path: Path) -> int:
        """失败人员名单: mark the people it names; exported is not accepted."""
        with self.desk.readers.lent() as reader:
            rows = read_answers(path, reader=reader)
        submission = submission_queries.latest(tx.session, enrolment_id)
        if submission is None:
            raise UserError("not-exported", "这份申请还没有导出上报。", "请先导出上报文件夹。")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        people = submission_queries.people_of(tx.session, submission.id)
        lines = [(row, _find(row, people)) for row in rows]
        failed = {member_id for _row, member_id in lines if member_id is not None}
        if not failed:  # or everyone would count as accepted
            raise UserError(
                "failures-of-nobody",
                f"《{path.name}》里的{len(rows)}人都不在这次上报里,没有读入。"
                if rows
                else f"《{path.name}》里没有人员,没有读入。",
                "请核对是不是拿错了单位的名单;没有人失败时不用读入。",
                path.name,
            )
        answer = self._answer(tx, submission, AnswerKind.FAILURES, (path.name, digest))
        answer.accepted, answer.failed = len(people) - len(failed), len(rows)
        tx.session.flush()
        for line_no, (row, member_id) in enumerate(lines, start=1):
            tx.session.add(
                AnswerLine(
                    answer_id=answer.id,
                    line_no=line_no,
                    member_id=member_id,
                    name=row.name[:60],
                    identity_no=(row.identity or "")[:40],
                    reason=row.reason[:400],
                )
            )
        _mark(tx, submission.id, failed)
        tx.audit(f"submission {submission.id}", failed=len(failed), named=len(rows))
        return answer.id

    @act("submission.acknowledge", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def acknowledge(self, tx: Transaction, enrolment_id: int, path: Path) -> int:
        """回执: taken only where it answers to the package that was exported."""
        submission = submission_queries.latest(tx.session, enrolment_id)
        if submission is None:
            raise UserError("not-exported", "这份申请还没有导出上报。", "请先导出上报文件夹。")
        receipt = read_acknowledgement(path, submission.package_sha256)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        people = submission_queries.people_of(tx.session, submission.id)
        by_number = {identity: member_id for member_id, _name, identity in people}
        failed = {by_number.get(person.identity) for person in receipt.failed} - {None}
        if receipt.accepted + len(failed) != len(people):
            raise UserError(
                "acknowledgement-counts",
                f"回执说收下{receipt.accepted}人、名单中退回{len(failed)}人,上报的是{len(people)}人。",
                "请与省办核对人数,索取改正后的回执。",
                path.name,
            )
        answer = self._answer(tx, submission, AnswerKind.ACKNOWLEDGEMENT, (path.name, digest))
        answer.accepted, answer.failed = receipt.accepted, len(receipt.failed)
        tx.session.flush()
        for line_no, person in enumerate(receipt.failed, start=1):
            tx.session.add(
                AnswerLine(
                    answer_id=answer.id,
                    line_no=line_no,
                    member_id=by_number.get(person.identity),
                    name=person.name[:60],
                    identity_no=person.identity[:40],
                    reason=person.reason[:400],
                )
            )
        _mark(tx, submission.id, {member_id for member_id in failed if member_id is not None})
        submission.state_code = SubmissionState.ACKNOWLEDGED
        tx.audit(f"submission {submission.id}", accepted=receipt.accepted)
        return answer.id

    @look()
    def answer(self, answer_id: int) -> AnswerResult:
        with self.desk.database.reading() as uow:
            answer = uow.session.get(Answer, answer_id)
            if answer is None:
                raise UserError("answer-unknown", "没有这份回执。", "请刷新后再试。")
            lines = submission_queries.lines_of(uow.session, answer_id)
            return AnswerResult(
                accepted=answer.accepted,
                failed=answer.failed,
                unknown=sum(1 for line in lines if line.member_id is None),
                lines=tuple((line.name, line.reason) for line in lines),
            )

    def _upload(self, session: Session, case: Case, tx: Transaction) -> ProvinceUpload:
        profile = case.scheme.province[0]
        people = queries.joining_rows(session, case.enrolment.id)
        sheets = []
        for plan, record in queries.plans_of(session, case.enrolment.id):
            listed = [member for _, member, enrollee in people if enrollee.plan_id == plan.plan_id]
            sheets.append(
                PlanSheet(
                    plan_id=record.plan_key,
                    name=record.name,
                    shares=plan.shares,
                    people=tuple(
                        UploadPerson(m.name, m.identity_no or "", m.phone or "") for m in listed
                    ),
                    total_fen=plan.due_fen or 0,
                )
            )
        unit = unit_particulars(session, case)
        return ProvinceUpload(
            case_code=case_code(case.enrolment.uid),
            unit_name=unit.name,
            unit_code=unit.code or unit.union_code,
            scheme=case.scheme.title,
            year=case.enrolment.year,
            people=case.enrolment.people,
            total_fen=case.enrolment.total_fen or 0,
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
        kept = queries.papers_of(session, case.enrolment.id)
        found = []
        for key in wanted:
            paper = kept.get(key)
            if paper is None or paper.attachment_id is None:
                continue
            record = session.get_one(AttachmentRecord, paper.attachment_id)
            suffix = ".jpg" if record.kind == "jpeg" else f".{record.kind}"
            label = case.scheme.paper(key).label
            found.append(Attachment(label, suffix, content(self.desk, record)))
        return tuple(found)

    def _record(
        self, tx: Transaction, case: Case, folder: Path, made: tuple[UploadManifest, str]
    ) -> Submission:
        manifest, package_sha256 = made
        earlier = submission_queries.latest(tx.session, case.enrolment.id)
        if earlier is not None and earlier.state_code == SubmissionState.EXPORTED:
            earlier.state_code = SubmissionState.REPLACED
        submission = tx.add(
            Submission(
                number=tx.next_number(SERIES, case.enrolment.year),
                enrolment_id=case.enrolment.id,
                profile=case.scheme.province[0].id,
                folder_name=str(folder),
                manifest={
                    "files": [file.name for file in manifest.files],
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

    def _answer(
        self, tx: Transaction, submission: Submission, kind: AnswerKind, file: tuple[str, str]
    ) -> Answer:
        return tx.add(
            Answer(
                submission_id=submission.id,
                kind_code=kind,
                file_name=file[0][:400],
                file_sha256=file[1],
                accepted=0,
                failed=0,
                read_at=tx.now,
                read_by=tx.user_id,
            )
        )


def _records(session: Session, case: Case) -> list[dict[str, object]]:
    numbers: dict[int, int] = {}
    rows = []
    for _line, member, enrollee in queries.joining_rows(session, case.enrolment.id):
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


def _find(row: AnswerRow, people: Sequence[tuple[int, str, str]]) -> int | None:
    """By number; where it is damaged, by a name that only one person of the submission has."""
    for member_id, _name, identity in people:
        if row.identity and identity == row.identity:
            return member_id
    same = [member_id for member_id, name, _identity in people if name == row.name]
    return same[0] if len(same) == 1 and not row.identity else None


def _mark(tx: Transaction, submission_id: int, failed: set[int]) -> None:
    """Named people are refused, the others taken."""
    for state, fits in (
        (SubmissionState.REFUSED, SubmissionRecord.member_id.in_(failed)),
        (SubmissionState.ACKNOWLEDGED, SubmissionRecord.member_id.not_in(failed)),
    ):
        tx.session.execute(
            update(SubmissionRecord)
            .where(SubmissionRecord.submission_id == submission_id, fits)
            .values(state_code=state)
        )


def _folder_name(case: Case) -> str:
    name = _UNSAFE.sub("_", case.unit.name).strip(" .")[:60]
    return f"{name}_{case.enrolment.year}年度_上报"


def _free(path: Path) -> Path:
    candidate, count = path, 1
    while candidate.exists() or candidate.with_name(candidate.name + PACKAGE_SUFFIX).exists():
        count += 1
        candidate = path.with_name(f"{path.name}({count})")
    return candidate
