"""Archive files that are lent: to whom, until when, and when they came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "archive_loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("archive_file_id", sa.Integer(), nullable=False),
        sa.Column("borrower", sa.String(length=120), nullable=False),
        sa.Column("borrower_of", sa.String(length=120), nullable=True),
        sa.Column("purpose", sa.String(length=400), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("lent_by", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_loan")),
        sa.UniqueConstraint("uid", name=op.f("uq_archive_loan_uid")),
        sa.ForeignKeyConstraint(
            ["archive_file_id"],
            ["archive_file.id"],
            name=op.f("fk_archive_loan_archive_file_id_archive_file"),
        ),
        sa.ForeignKeyConstraint(
            ["lent_by"], ["app_user.id"], name=op.f("fk_archive_loan_lent_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["app_user.id"], name=op.f("fk_archive_loan_taken_back_by_app_user")
        ),
    )
    op.create_index(op.f("ix_archive_loan_archive_file_id"), "archive_loan", ["archive_file_id"])
    op.create_index(
        "uq_archive_loan_out",
        "archive_loan",
        ["archive_file_id"],
        unique=True,
        sqlite_where=sa.text("returned_on IS NULL"),
        postgresql_where=sa.text("returned_on IS NULL"),
    )
