"""Files that belong to a case: checked at the Gate, stored encrypted, named in the ledger."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import select

from db.errors import StorageError, StorageKind
from db.models.papers import Attachment
from desktop_app.domain.proofs.proofs import people_of_workbook
from desktop_app.domain.tables import Workbook
from desktop_app.errors import FileError
from desktop_app.intake.kinds import TEXT
from desktop_app.intake.proof_files import ProofFile, open_proof, read_sheets
from desktop_app.intake.scan_pages import DrawnPage, Sheet, draw_page
from desktop_app.intake.scans import Scan, read_scan
from desktop_app.services.acts import Transaction
from desktop_app.services.desk import Desk

SCANS = frozenset(("pdf", "png", "jpeg", "tiff"))  # kinds that have pages to look at


def keep_scan(transaction: Transaction, path: Path) -> Attachment:
    """Store a picture or PDF and name it; FileError where it is neither."""
    return keep_read(transaction, path, look_at(transaction.desk, path))


def look_at(desk: Desk, path: Path) -> Scan:
    """Read a picture or PDF; nothing is stored and nothing locked meanwhile."""
    with desk.readers.lent() as reader:
        return read_scan(path, child=reader.child)


def keep_read(transaction: Transaction, path: Path, scan: Scan) -> Attachment:
    return keep(transaction, scan.data, scan.kind, path.name, scan.pages)


def keep_proof(transaction: Transaction, path: Path) -> Attachment:
    """Store a proof of insurance, which may also be a workbook; FileError where it is neither."""
    file = open_proof(path)
    workbook = _workbook(transaction.desk, file) if file.is_workbook else None
    if workbook is None:
        return keep_scan(transaction, path)
    pages = sum(not sheet.hidden for sheet in workbook.sheets)
    return keep(transaction, file.data, workbook.kind, path.name, max(pages, 1))


def _workbook(desk: Desk, file: ProofFile) -> Workbook | None:
    """None where it is no workbook; any text is one of commas, and must name people."""
    try:
        with desk.readers.lent() as reader:
            workbook = read_sheets(file, reader)
    except FileError as error:
        if error.code != "file-not-a-workbook":
            raise
        return None
    return workbook if workbook.kind != TEXT or people_of_workbook(workbook) else None


def keep(
    transaction: Transaction, data: bytes, kind: str, file_name: str, pages: int
) -> Attachment:
    """Store bytes; the file is safely on disk before the row names it."""
    stored = transaction.desk.attachments.put(data)
    same = select(Attachment).where(Attachment.stored_name == stored.name)
    row = transaction.session.scalars(same).one_or_none()
    if row is not None:
        return row
    row = transaction.add(
        Attachment(
            stored_name=stored.name,
            sha256=stored.sha256,
            size=stored.size,
            kind=kind,
            file_name=file_name[:400],
            pages=pages,
            created_at=transaction.now,
            created_by=transaction.user_id,
        )
    )
    transaction.session.flush()
    return row


def content(desk: Desk, attachment: Attachment) -> bytes:
    return desk.attachments.get(attachment.stored_name, attachment.sha256)


def lost(file: Attachment, error: StorageError) -> StorageError | FileError:
    """What to say of a kept file that cannot be read back."""
    if error.kind not in (StorageKind.DAMAGED, StorageKind.UNREADABLE):
        return error
    return FileError(
        "scan-lost",
        f"《{file.file_name}》在数据文件夹里已损坏或不见了,不能显示。",
        "请换一份,或从最近的备份恢复。",
        file.file_name,
    )


def page_picture(desk: Desk, attachment: Attachment, number: int, width: int) -> DrawnPage:
    """A page of a kept scan, drawn by the child."""
    sheet = Sheet(attachment.file_name, attachment.sha256, number, width)
    with desk.readers.lent() as reader:
        return draw_page(sheet, partial(content, desk, attachment), reader.child)
