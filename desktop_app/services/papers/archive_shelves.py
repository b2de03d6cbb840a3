"""The archive on its shelves: which box a finished file lies in, who borrowed it until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.files import write_atomically
from db.models.papers import ArchiveFile, ArchiveLoan
from db.queries import archives as queries
from desktop_app.domain.dates import CHINA, chinese_date
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import LoanDraft
from desktop_app.services.papers.archive_handover import handover_workbook
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_line, needed_text
from desktop_app.services.targets import require_file
from desktop_app.services.views.archives import LoanView, ShelfLine

LONGEST_PLACE, LONGEST_NAME = 40, 120


class ArchiveShelfService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_files(self, year: int | None = None) -> tuple[ShelfLine, ...]:
        """The finished files by their numbers; what is overdue says by how many days."""
        today = self.desk.today()
        with self.desk.database.reading() as uow:
            return tuple(
                ShelfLine(
                    number=file.number,
                    year=enrolment.year,
                    unit_id=unit.id,
                    unit=unit.name,
                    business_no=enrolment.business_no or "",
                    closed_on=file.closed_at.astimezone(CHINA).date() if file.closed_at else None,
                    box_no=file.box_no or "",
                    shelf=file.shelf or "",
                    loan=_loan(loan, today) if loan else None,
                )
                for file, enrolment, unit, loan in queries.on_shelves(uow.session, year)
            )

    @look()
    def loans_of(self, number: str) -> tuple[LoanView, ...]:
        """Every lending of a file, the newest first."""
        today = self.desk.today()
        with self.desk.database.reading() as uow:
            file = _file(uow.session, number)
            return tuple(_loan(one, today) for one in queries.loans_of(uow.session, file.id))

    @look()
    def export_handover(self, target: Path, year: int, box_no: str | None = None) -> str:
        """Write the 档案移交清单 of a year, or of one of its boxes; returns its path.

        Raises:
            UserError: `archive-unknown` where no finished file is of it.
            FileError: the file cannot be written.
        """
        lines = [line for line in self.list_files(year) if box_no is None or line.box_no == box_no]
        if not lines:
            where = f"{year}年度" if box_no is None else f"{year}年度第{box_no}盒"
            raise UserError("archive-unknown", f"{where}没有办结的档案。", "请核对年度和盒号。")
        require_file(self.desk, target)
        write_atomically(target, handover_workbook(lines, year, box_no, self.desk.today()))
        return str(target)

    @act("archive.place", Permission.ARCHIVE, Area.ARCHIVE)
    def place(self, tx: Transaction, numbers: Sequence[str], box_no: str, shelf: str) -> int:
        """Note box and shelf of these files, or that they have none; returns how many."""
        box_no, shelf = _place(box_no, "盒号", "box_no"), _place(shelf, "柜位", "shelf")
        files = [_file(tx.session, number) for number in numbers]
        if not files:
            raise UserError("archive-unknown", "没有选中哪一卷。", "请先在列表里选。")
        for file in files:
            file.box_no, file.shelf = box_no or None, shelf or None
        tx.audit("archive", files=len(files))
        return len(files)

    @act("archive.lend", Permission.ARCHIVE, Area.ARCHIVE)
    def lend(self, tx: Transaction, number: str, draft: LoanDraft) -> int:
        """借出; returns the loan's id."""
        borrower = _name(needed_text(draft.borrower, "借阅人", "borrower"), "borrower")
        purpose = needed_text(draft.purpose, "借阅用途", "purpose")
        check_line(purpose, "借阅用途", "purpose")
        of = _name(draft.borrower_of.strip(), "borrower_of")
        today = self.desk.today()
        if draft.due_on < today:
            raise UserError("date", "应还日期已经过去。", "请填今天或以后的日期。", "due_on")
        file = _file(tx.session, number)
        out = queries.loan_out(tx.session, file.id)
        if out is not None:
            raise UserError(
                "archive-lent",
                f"{number}已由{out.borrower}借出,应{chinese_date(out.due_on)}归还。",
                "收回以后再借给别人。",
            )
        loan = tx.add(
            ArchiveLoan(
                archive_file_id=file.id,
                borrower=borrower,
                borrower_of=of or None,
                purpose=purpose,
                lent_on=today,
                due_on=draft.due_on,
                lent_by=tx.user_id,
            )
        )
        tx.session.flush()
        tx.audit(f"archive_file {file.id}", loan=loan.id)
        return loan.id

    @act("archive.take-back", Permission.ARCHIVE, Area.ARCHIVE)
    def take_back(self, tx: Transaction, number: str) -> int:
        """归还; returns the loan's id."""
        file = _file(tx.session, number)
        loan = queries.loan_out(tx.session, file.id)
        if loan is None:
            raise UserError("archive-in", f"{number}没有借出。", "请核对档案号。")
        loan.returned_on, loan.taken_back_by = self.desk.today(), tx.user_id
        tx.audit(f"archive_file {file.id}", loan=loan.id)
        return loan.id


def _file(session: Session, number: str) -> ArchiveFile:
    file = queries.by_number(session, number.strip().upper())
    if file is None:
        raise UserError("archive-unknown", f"没有档案号{number}。", "请核对档案号后再试。")
    return file


def _loan(loan: ArchiveLoan, today: date) -> LoanView:
    late = 0 if loan.returned_on else max(0, (today - loan.due_on).days)
    return LoanView(
        borrower=loan.borrower,
        borrower_of=loan.borrower_of or "",
        purpose=loan.purpose,
        lent_on=loan.lent_on,
        due_on=loan.due_on,
        returned_on=loan.returned_on,
        overdue_days=late,
    )


def _place(text: str, what: str, field: str) -> str:
    text = text.strip()
    check_line(text, what, field)
    if len(text) > LONGEST_PLACE:
        raise UserError("too-long", f"{what}最多{LONGEST_PLACE}个字。", "请写得短一些。", field)
    return text


def _name(text: str, field: str) -> str:
    check_line(text, "姓名或单位", field)
    if len(text) > LONGEST_NAME:
        raise UserError("too-long", f"这一项最多{LONGEST_NAME}个字。", "请写得短一些。", field)
    return text
