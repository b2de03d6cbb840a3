"""Bank statements of the office's own accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

VALID = sa.text("state_code = 'valid'")


def upgrade() -> None:
    _create_account()
    _create_statement()
    _create_line()
    _create_sighting()
    _create_layout()


def _create_account() -> None:
    op.create_table(
        "bank_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["app_user.id"], name=op.f("fk_bank_account_created_by_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_account_uid")),
        sa.UniqueConstraint("number", name=op.f("uq_bank_account_number")),
    )


def _create_statement() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("file_sha256", sa.String(length=120), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("first_whole", sa.Boolean(), nullable=False),
        sa.Column("last_whole", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("new_lines", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["bank_account.id"],
            name=op.f("fk_bank_statement_account_id_bank_account"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_bank_statement_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_issue_state.code"],
            name=op.f("fk_bank_statement_state_code_code_issue_state"),
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["app_user.id"], name=op.f("fk_bank_statement_imported_by_app_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_statement_uid")),
    )
    op.create_index(
        "uq_bank_statement_file",
        "bank_statement",
        ["account_id", "file_sha256"],
        unique=True,
        sqlite_where=VALID,
        postgresql_where=VALID,
    )


def _create_line() -> None:
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("booked_time", sa.Time(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=True),
        sa.Column("other_name", sa.String(length=400), nullable=False),
        sa.Column("other_account", sa.String(length=120), nullable=True),
        sa.Column("memo", sa.String(length=400), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_account.id"], name=op.f("fk_bank_line_account_id_bank_account")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_issue_state.code"],
            name=op.f("fk_bank_line_state_code_code_issue_state"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_bank_line_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_line_uid")),
    )
    op.create_index("ix_bank_line_day", "bank_line", ["account_id", "booked_on"])
    op.create_index(op.f("ix_bank_line_payment_id"), "bank_line", ["payment_id"])


def _create_sighting() -> None:
    op.create_table(
        "bank_sighting",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=True),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["bank_statement.id"],
            name=op.f("fk_bank_sighting_statement_id_bank_statement"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["bank_line.id"], name=op.f("fk_bank_sighting_line_id_bank_line")
        ),
        sa.PrimaryKeyConstraint("statement_id", "seq", name=op.f("pk_bank_sighting")),
    )
    op.create_index(op.f("ix_bank_sighting_line_id"), "bank_sighting", ["line_id"])


def _create_layout() -> None:
    op.create_table(
        "bank_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("whole_days", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_account.id"], name=op.f("fk_bank_layout_account_id_bank_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_layout")),
    )
    op.create_index("uq_bank_layout", "bank_layout", ["account_id", "signature"], unique=True)
