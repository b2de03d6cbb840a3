"""What comes back of a submission: failure list and acknowledgement; people marked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import and_, select, update

from db.codes import AnswerKind, SubmissionState
from db.models.submissions import Answer, AnswerLine, Submission, SubmissionRecord
from db.queries import submissions as queries
from desktop_app.domain.names import name_key
from desktop_app.errors import UserError
from desktop_app.exchange.acknowledgements import read_acknowledgement
from desktop_app.intake.answers import AnswerRow, read_answers
from desktop_app.intake.file_digests import file_digest
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.permissions import Permission
from desktop_app.services.province.sent_back import send_back
from desktop_app.services.views.submissions import AnswerResult

STRANGER = "(不在这次上报里)"


class AnswerService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("submission.read-failures", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def read_failures(self, tx: Transaction, enrolment_id: int, path: Path) -> int:
        """失败人员名单: mark the people it names; exported is not accepted."""
        digest = file_digest(path)
        with self.desk.readers.lent() as reader:
            rows = read_answers(path, reader=reader)
        submission = queries.latest(tx.session, enrolment_id)
        if submission is None:
            raise UserError("not-exported", "这份申请还没有导出上报。", "请先导出上报文件夹。")
        _require_new(tx, submission, digest, path.name)
        people = queries.people_of(tx.session, submission.id)
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
        answer = _answer(tx, submission, AnswerKind.FAILURES, (path.name, digest))
        answer.accepted, answer.failed = len(people) - len(failed), len(failed)
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
        send_back(tx, enrolment_id, failed)
        tx.audit(f"submission {submission.id}", failed=len(failed), named=len(rows))
        return answer.id

    @act("submission.acknowledge", Permission.SUBMIT, Area.SUBMISSIONS, Area.ENROLMENTS)
    def acknowledge(self, tx: Transaction, enrolment_id: int, path: Path) -> int:
        """回执: taken only where it answers to the package that was exported."""
        submission = queries.latest(tx.session, enrolment_id)
        if submission is None:
            raise UserError("not-exported", "这份申请还没有导出上报。", "请先导出上报文件夹。")
        digest = file_digest(path)
        receipt = read_acknowledgement(path, submission.package_sha256)
        _require_new(tx, submission, digest, path.name)
        people = queries.people_of(tx.session, submission.id)
        by_number = {identity: member_id for member_id, _name, identity in people}
        failed = {by_number.get(person.identity) for person in receipt.failed} - {None}
        if receipt.accepted + len(failed) != len(people):
            raise UserError(
                "acknowledgement-counts",
                f"回执说收下{receipt.accepted}人、名单中退回{len(failed)}人,上报的是{len(people)}人。",
                "请与出具回执的一方核对人数,索取改正后的回执。",
                path.name,
            )
        answer = _answer(tx, submission, AnswerKind.ACKNOWLEDGEMENT, (path.name, digest))
        answer.accepted, answer.failed = receipt.accepted, len(failed)
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
        named = {member_id for member_id in failed if member_id is not None}
        _mark(tx, submission.id, named)
        send_back(tx, enrolment_id, named)
        submission.state_code = SubmissionState.ACKNOWLEDGED
        tx.audit(f"submission {submission.id}", accepted=receipt.accepted)
        return answer.id

    @look()
    def get(self, answer_id: int) -> AnswerResult:
        with self.desk.database.reading() as uow:
            answer = uow.session.get(Answer, answer_id)
            if answer is None:
                raise UserError("answer-unknown", "没有这份回执。", "请刷新后再试。")
            lines = queries.lines_of(uow.session, answer_id)
            named = [line.member_id for line in lines if line.member_id is not None]
            return AnswerResult(
                accepted=answer.accepted,
                failed=len(set(named)),
                unknown=len(lines) - len(named),
                lines=tuple((line.name, _reason(line)) for line in lines),
                repeated=len(named) - len(set(named)),
            )


def _reason(line: AnswerLine) -> str:
    return line.reason if line.member_id is not None else f"{line.reason}{STRANGER}"


def _answer(
    tx: Transaction, submission: Submission, kind: AnswerKind, file: tuple[str, str]
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


def _find(row: AnswerRow, people: Sequence[tuple[int, str, str]]) -> int | None:
    """By number; where it is damaged, by a name that only one person of the submission has."""
    for member_id, _name, identity in people:
        if row.identity and identity == row.identity:
            return member_id
    key = name_key(row.name)
    same = [member_id for member_id, name, _identity in people if name_key(name) == key]
    return same[0] if len(same) == 1 and not row.identity else None


def _require_new(tx: Transaction, submission: Submission, digest: str, name: str) -> None:
    """An answer is read once: who was mended since is not sent back by it again."""
    query = select(Answer.id).where(
        Answer.submission_id == submission.id, Answer.file_sha256 == digest
    )
    if tx.session.scalars(query).first() is not None:
        raise UserError(
            "answer-read", f"《{name}》已经读入过。", "如有新的回复,请读入新的文件。", name
        )


def _mark(tx: Transaction, submission_id: int, failed: set[int]) -> None:
    """Named people are refused, the others taken; who was refused before stays so."""
    for state, fits in (
        (SubmissionState.REFUSED, SubmissionRecord.member_id.in_(failed)),
        (
            SubmissionState.ACKNOWLEDGED,
            and_(
                SubmissionRecord.member_id.not_in(failed),
                SubmissionRecord.state_code == SubmissionState.EXPORTED,
            ),
        ),
    ):
        tx.session.execute(
            update(SubmissionRecord)
            .where(SubmissionRecord.submission_id == submission_id, fits)
            .values(state_code=state)
        )
