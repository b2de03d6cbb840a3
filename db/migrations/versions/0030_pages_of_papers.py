"""Which paper of its case a page without a form is of; pages that had gone from view come back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_FREE = (
    "SELECT s.id, s.enrolment_id, s.attachment_id, p.paper_key FROM scanned_page s"
    " LEFT JOIN enrolment_paper p"
    " ON p.enrolment_id = s.enrolment_id AND p.attachment_id = s.attachment_id"
    " WHERE s.enrolment_id IS NOT NULL AND s.issued_form_id IS NULL ORDER BY s.id"
)
# What the act that placed a page by hand said of it.
_PLACED = (
    "SELECT c.row_id, c.new, a.detail FROM change_log c"
    " JOIN audit_line a ON a.operation_id = c.operation_id"
    " WHERE c.table_name = 'scanned_page' AND c.field = 'enrolment_id'"
    " AND a.act = 'reception.assign-case' ORDER BY c.id"
)
_NAME = "UPDATE scanned_page SET paper_key = :key WHERE id = :id"
_TO_TRAY = "UPDATE scanned_page SET enrolment_id = NULL WHERE id = :id"
_COUNT = (
    "UPDATE enrolment_paper SET pages = (SELECT count(*) FROM scanned_page s"
    " WHERE s.enrolment_id = :case AND s.paper_key = :key)"
    " WHERE enrolment_id = :case AND paper_key = :key"
)


def upgrade() -> None:
    op.add_column("scanned_page", sa.Column("paper_key", sa.String(length=40), nullable=True))
    op.add_column("scanned_page", sa.Column("form_page", sa.Integer(), nullable=True))
    put_back(op.get_bind())


def put_back(connection: sa.Connection) -> None:
    """Only the last page that was put to a paper by hand had stayed with its case.

    The others go to the same paper, as the log tells, where the paper still is one of such pages;
    where another file took their place or nothing tells, a person decides at the tray.
    """
    rows = connection.execute(sa.text(_FREE)).all()
    standing = {(row.enrolment_id, row.paper_key) for row in rows if row.paper_key is not None}
    placed = {(page, case): key for page, case, key in _placed(connection)}
    grown: dict[tuple[int, str], None] = {}
    for row in rows:
        paper = (row.enrolment_id, row.paper_key or placed.get((row.id, row.enrolment_id)))
        if paper not in standing:
            connection.execute(sa.text(_TO_TRAY), {"id": row.id})
            continue
        connection.execute(sa.text(_NAME), {"id": row.id, "key": paper[1]})
        if row.paper_key is None:
            grown[paper] = None
    for case, key in grown:
        connection.execute(sa.text(_COUNT), {"case": case, "key": key})


def _placed(connection: sa.Connection) -> Iterator[tuple[int, int, str]]:
    for row in connection.execute(sa.text(_PLACED)):
        case, detail = _plain(row.new), _plain(row.detail)
        if case is not None and "paper" in detail:
            yield row.row_id, case, detail["paper"]


def _plain(stored: Any) -> Any:
    """A value of a JSON column: as text on the one database, as itself on the other."""
    return json.loads(stored) if isinstance(stored, str) else stored
