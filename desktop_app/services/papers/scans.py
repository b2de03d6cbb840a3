"""Kept scans looked at: which there are of a unit, an application, its payments; their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.errors import StorageError
from db.files import write_atomically
from db.models.papers import Attachment, IssuedForm
from db.queries import scans as queries
from desktop_app.documents.kinds import BY_KEY
from desktop_app.domain.money import yuan
from desktop_app.errors import FileError, UserError
from desktop_app.intake.scan_pages import DrawnPage, draw_file
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.files import SCANS, content, lost, page_picture
from desktop_app.services.papers.form_codes import form_title
from desktop_app.services.papers.form_parts import title_of
from desktop_app.services.targets import require_file
from desktop_app.services.views.scans import ScanLine
from desktop_app.services.views.units import UNIT_PAPERS

SLIP, RECEIPT = "bank-slip", "dues-receipt"


class ScanService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def of_unit(self, unit_id: int) -> tuple[ScanLine, ...]:
        """The certificates in force, in the order of the registration, then its scanned forms."""
        with self.desk.database.reading() as uow:
            rows = queries.of_unit(uow.session, unit_id)
            kept = {row[0]: row[1] for row in rows}  # the last of each
            forms = _of_forms(uow.session, queries.forms_of_unit(uow.session, unit_id))
        papers = (_line(key, label, kept[key]) for key, label in UNIT_PAPERS.items() if key in kept)
        return _once(*papers, *forms)

    @look()
    def of_enrolment(self, enrolment_id: int) -> tuple[ScanLine, ...]:
        """What was attached to an application, in the order of its checklist, each file once."""
        with self.desk.database.reading() as uow:
            return lines_of_case(uow.session, enrolment_id)

    @look()
    def slips(self, enrolment_id: int) -> tuple[ScanLine, ...]:
        """The bank slips of its payments that count, newest first."""
        with self.desk.database.reading() as uow:
            case = cases.load(uow.session, enrolment_id)
            return tuple(_slips(uow.session, case))

    @look()
    def page(self, attachment_id: int, number: int, width: int) -> DrawnPage:
        """A page as PNG, `width` pixels wide, drawn by the child.

        Raises:
            FileError: `scan-not-shown`, or `scan-lost` where the kept file itself is damaged.
        """
        file = self._file(attachment_id)
        if file.kind not in SCANS:
            raise FileError(
                "scan-not-shown",
                f"《{file.file_name}》是表格文件,不能在这里显示。",
                "逐人核对请点“证明与名单”。",
                file.file_name,
            )
        try:
            return page_picture(self.desk, file, number, width)
        except StorageError as error:
            raise lost(file, error) from error

    @look()
    def page_of_file(self, path: Path, number: int, width: int) -> DrawnPage:
        """A page of a file that is about to be kept."""
        with self.desk.readers.lent() as reader:
            return draw_file(path, number, width, reader.child)

    @look()
    def save(self, attachment_id: int, target: Path) -> str:
        """Give the file out as it came in; its path."""
        require_file(self.desk, target)
        file = self._file(attachment_id)
        try:
            data = content(self.desk, file)
        except StorageError as error:
            raise lost(file, error) from error
        write_atomically(target, data)
        return str(target)

    def _file(self, attachment_id: int) -> Attachment:
        with self.desk.database.reading() as uow:
            file = uow.session.get(Attachment, attachment_id)
        if file is None:
            raise UserError("attachment-unknown", "没有这份附件。", "请刷新后再看。")
        return file


def lines_of_case(session: Session, enrolment_id: int) -> tuple[ScanLine, ...]:
    """What came in with a case, in the order of its checklist, each file once."""
    return _once(*_of_case(session, enrolment_id))


def lines_of_claim(
    session: Session, claim_id: int, labels: Mapping[str, str]
) -> tuple[ScanLine, ...]:
    """What came in with a claim, in the order of its checklist, then its scanned forms."""
    rows = queries.of_claim(session, claim_id)
    papers = [_line(key, labels.get(key, key), file) for key, file in rows]
    return _once(*papers, *_of_forms(session, queries.forms_of_claim(session, claim_id)))


def _once(*lines: ScanLine) -> tuple[ScanLine, ...]:
    return tuple({line.attachment_id: line for line in lines}.values())


def _of_forms(session: Session, rows: Sequence[Row[IssuedForm, Attachment]]) -> list[ScanLine]:
    return [_line(form.form_key, form_title(session, form), file) for form, file in rows]


def _of_case(session: Session, enrolment_id: int) -> Iterator[ScanLine]:
    case = cases.load(session, enrolment_id)
    kept = queries.kept_of(session, enrolment_id)
    slips = tuple(_slips(session, case))
    for paper in case.scheme.papers:
        if paper.id == SLIP:
            put = (file for key, file, _ in queries.pages_of(session, enrolment_id) if key == SLIP)
            yield from (_line(SLIP, paper.label, file) for file in put)
            yield from slips  # named by their payments, where a page put here is one of them
        else:
            yield from (_line(paper.id, paper.label, file) for file in kept.get(paper.id, ()))
    listed, words = {paper.id for paper in case.scheme.papers}, case.scheme.words
    for key in sorted(BY_KEY.keys() & kept.keys() - listed):  # forms that are on no checklist
        yield from (_line(key, title_of(BY_KEY[key], words), file) for file in kept[key])
    for receipt, file in queries.receipts_of(session, enrolment_id):  # whether a paper or not
        yield _line(RECEIPT, f"{case.scheme.words.receipt} {receipt.number}", file)


def _slips(session: Session, case: cases.Case) -> Iterator[ScanLine]:
    for payment, file in queries.slips_of(session, case.enrolment.id):
        yield _line(SLIP, f"银行回单 {payment.paid_on:%m-%d} {yuan(payment.amount_fen)} 元", file)


def _line(key: str, label: str, file: Attachment) -> ScanLine:
    return ScanLine(file.id, key, label, file.file_name, file.kind, file.pages)
