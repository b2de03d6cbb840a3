"""The office checked through: audit chain, attachments, worksheets and quotes, a whole copy."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from db.base import Base
from db.copies import contents, copy_ledger
from db.errors import StorageError
from db.files import LEDGER, storage_errors
from db.models.acts import AuditLine
from db.models.claims import Claim
from db.models.office import Desk as DeskRecord
from db.models.papers import Attachment
from db.queries import claims as queries
from db.queries import enrolments as enrolment_queries
from desktop_app.services.acts import link, look
from desktop_app.services.claims.worksheets import comes_out_again
from desktop_app.services.desk import Desk
from desktop_app.services.offices.kept_quotes import quote_comes_out_again
from desktop_app.services.permissions import Permission


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The chains of all desks.

    Args:
        ok: every line follows from the one before, and the last is the desk's last.
        lines: how many there are.
        first_bad: desk and number of the first line that does not fit.
    """

    ok: bool
    lines: int
    first_bad: str | None


@dataclass(frozen=True, slots=True)
class AttachmentReport:
    ok: bool
    files: int
    bad: tuple[int, ...]  # ids of those that are missing or do not open


@dataclass(frozen=True, slots=True)
class WorksheetReport:
    """Every stored worksheet figured once more from its own facts and version."""

    ok: bool
    sheets: int
    bad: tuple[str, ...]  # numbers of the claims whose worksheet comes out differently


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """Every kept quote of an application figured once more from what was kept with it."""

    ok: bool
    quotes: int
    bad: tuple[str, ...]  # unit and year of the applications that come to something else


@dataclass(frozen=True, slots=True)
class Audit:
    ok: bool
    chain: AuditReport
    attachments: AttachmentReport
    counts: dict[str, int]  # rows by table
    worksheets: WorksheetReport
    quotes: QuoteReport


class AuditService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.BACK_UP)
    def verify_chain(self) -> AuditReport:
        """Recompute the MAC of every line; a changed, missing or cut-off line shows."""
        lines, first_bad = 0, None
        with self.desk.database.reading() as uow:
            desks = uow.session.scalars(select(DeskRecord).order_by(DeskRecord.id)).all()
            for record in desks:
                before, seq = b"", 0
                chain = select(AuditLine).where(AuditLine.desk_id == record.id)
                for line in uow.session.scalars(chain.order_by(AuditLine.seq)):
                    seq, lines = seq + 1, lines + 1
                    fits = line.mac == link(self.desk.secrets.audit_key, before, line)
                    if not (fits and line.seq == seq):
                        first_bad = first_bad or f"{record.letter}-{line.seq}"
                        break
                    before = line.mac
                else:
                    if seq != record.audit_seq:
                        first_bad = first_bad or f"{record.letter}-{seq + 1}"
        return AuditReport(first_bad is None, lines, first_bad)

    @look(Permission.BACK_UP)
    def verify_attachments(self) -> AttachmentReport:
        """Open every scan and issued form and compare it with what was stored."""
        bad = []
        with self.desk.database.reading() as uow:
            rows = uow.session.execute(
                select(Attachment.id, Attachment.stored_name, Attachment.sha256).order_by(
                    Attachment.id
                )
            ).all()
        for id_, name, sha256 in rows:
            try:
                self.desk.attachments.get(name, sha256)
            except StorageError:
                bad.append(id_)
        return AttachmentReport(not bad, len(rows), tuple(bad))

    @look(Permission.BACK_UP)
    def verify_worksheets(self) -> WorksheetReport:
        """Recompute what claims came to: the same fen by the same rules, however old."""
        count, bad = 0, []
        with self.desk.database.reading() as uow:
            for amount in queries.sheets(uow.session):
                count += 1
                if not comes_out_again(uow.session, amount):
                    bad.append(uow.session.get_one(Claim, amount.claim_id).number)
        return WorksheetReport(not bad, count, tuple(dict.fromkeys(bad)))

    @look(Permission.BACK_UP)
    def verify_quotes(self) -> QuoteReport:
        """Recompute what applications came to when they were handed in and approved."""
        count, bad = 0, []
        with self.desk.database.reading() as uow:
            for kept, year, unit in enrolment_queries.quotes(uow.session):
                count += 1
                if not quote_comes_out_again(uow.session, kept):
                    bad.append(f"{unit} {year}年度")
        return QuoteReport(not bad, count, tuple(dict.fromkeys(bad)))

    @look(Permission.BACK_UP)
    def count_ledger(self) -> dict[str, int]:
        """Check every page and reference of a fresh copy; returns its rows by table.

        A server checks its own pages: there the tables are counted only.

        Raises:
            StorageError: the ledger is damaged, or there is no room for the copy.
        """
        desk = self.desk
        if desk.database.engine.dialect.name != "sqlite":
            with desk.database.reading() as uow:
                return {
                    name: uow.session.scalars(select(func.count()).select_from(table)).one()
                    for name, table in Base.metadata.tables.items()
                }
        with storage_errors(desk.folder):
            folder = Path(tempfile.mkdtemp(prefix="verify-", dir=desk.folder))
        try:
            key = desk.secrets.database_key
            copy_ledger(desk.database.readers, key, folder / LEDGER)
            return contents(folder / LEDGER, key).counts
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @look(Permission.BACK_UP)
    def verify_all(self) -> Audit:
        counts = self.count_ledger()  # first: what is damaged below need not be asked above
        chain, attachments = self.verify_chain(), self.verify_attachments()
        sheets, quotes = self.verify_worksheets(), self.verify_quotes()
        ok = chain.ok and attachments.ok and sheets.ok and quotes.ok
        return Audit(ok, chain, attachments, counts, sheets, quotes)
