"""Files that belong to a case: checked at the Gate, stored encrypted, named in the ledger."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import select

from db.models.papers import Attachment
from desktop_app.intake.scan_pages import DrawnPage, Sheet, draw_page
from desktop_app.intake.scans import Scan, read_scan
from desktop_app.services.acts import Transaction
from desktop_app.services.desk import Desk


def keep_scan(transaction: Transaction, path: Path) -> Attachment:
    """Store a picture or PDF and name it; FileError where it is neither."""
    return keep_read(transaction, path, look_at(transaction.desk, path))


def look_at(desk: Desk, path: Path) -> Scan:
    """Read a picture or PDF; nothing is stored and nothing locked meanwhile."""
    with desk.readers.lent() as reader:
        return read_scan(path, child=reader.child)


def keep_read(transaction: Transaction, path: Path, scan: Scan) -> Attachment:
    return keep(transaction, scan.data, scan.kind, path.name, scan.pages)


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


def page_picture(desk: Desk, attachment: Attachment, number: int, width: int) -> DrawnPage:
    """A page of a kept scan, drawn by the child."""
    sheet = Sheet(attachment.file_name, attachment.sha256, number, width)
    with desk.readers.lent() as reader:
        return draw_page(sheet, partial(content, desk, attachment), reader.child)
