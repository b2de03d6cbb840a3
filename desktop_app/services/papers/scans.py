"""Kept scans looked at: which there are of a unit, an application, its payments; their pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from db.errors import StorageError
from db.files import write_atomically
from db.models.papers import Attachment
from db.queries import scans as queries
from desktop_app.domain.money import yuan
from desktop_app.errors import FileError, UserError
from desktop_app.intake.scan_pages import DrawnPage, draw_file
from desktop_app.services.acts import look
from desktop_app.services.cases import cases
from desktop_app.services.desk import Desk
from desktop_app.services.files import SCANS, content, lost, page_picture
from desktop_app.services.targets import require_file
from desktop_app.services.views.scans import ScanLine
from desktop_app.services.views.units import UNIT_PAPERS

SLIP, RECEIPT = "bank-slip", "dues-receipt"


class ScanService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def of_unit(self, unit_id: int) -> tuple[ScanLine, ...]:
        """The certificates in force, in the order of the registration."""
        with self.desk.database.reading() as uow:
            rows = queries.of_unit(uow.session, unit_id)
            kept = {row[0]: row[1] for row in rows}  # the last of each
        return tuple(
            _line(key, label, kept[key]) for key, label in UNIT_PAPERS.items() if key in kept
        )

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
    lines = {one.attachment_id: one for one in _of_case(session, enrolment_id)}
    return tuple(lines.values())


def _of_case(session: Session, enrolment_id: int) -> Iterator[ScanLine]:
    case = cases.load(session, enrolment_id)
    kept: dict[str, list[Attachment]] = {}
    for key, file in queries.pages_of(session, enrolment_id):
        kept.setdefault(key, []).append(file)
    for key, file in queries.papers_of(session, enrolment_id):
        kept.setdefault(key, []).insert(0, file)
    slips = tuple(_slips(session, case))
    for paper in case.scheme.papers:
        if paper.id == SLIP:
            yield from slips
        else:
            yield from (_line(paper.id, paper.label, file) for file in kept.get(paper.id, ()))
    for receipt, file in queries.receipts_of(session, enrolment_id):  # whether a paper or not
        yield _line(RECEIPT, f"{case.scheme.words.receipt} {receipt.number}", file)


def _slips(session: Session, case: cases.Case) -> Iterator[ScanLine]:
    for payment, file in queries.slips_of(session, case.enrolment.id):
        yield _line(SLIP, f"银行回单 {payment.paid_on:%m-%d} {yuan(payment.amount_fen)} 元", file)


def _line(key: str, label: str, file: Attachment) -> ScanLine:
    return ScanLine(file.id, key, label, file.file_name, file.kind, file.pages)
