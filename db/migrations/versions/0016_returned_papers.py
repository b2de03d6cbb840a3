"""What a printed form's code says, and where a scanned page came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("issued_form", sa.Column("code", sa.String(length=40), nullable=True))
    op.create_index(op.f("ix_issued_form_code"), "issued_form", ["code"], unique=False)
    for column in (
        sa.Column("code", sa.String(length=400), nullable=True),
        sa.Column("source_sha256", sa.String(length=120), nullable=True),
        sa.Column("source_page", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("scanned_page", column)
    op.create_index(
        "uq_scanned_page_source", "scanned_page", ["source_sha256", "source_page"], unique=True
    )
