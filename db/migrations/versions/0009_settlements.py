"""Settlements of the medical insurance and what each member's benefit comes to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create_settlement_period()
    _create_settlement_feed()
    _create_settlement_run()
    _create_settlement()
    _create_settlement_due()


def _create_settlement_period() -> None:
    op.create_table(
        "settlement_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_settlement_period_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_period")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_period_uid")),
    )
    op.create_index(
        "uq_settlement_period", "settlement_period", ["plan_id", "from_on"], unique=True
    )


def _create_settlement_feed() -> None:
    op.create_table(
        "settlement_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("file_sha256", sa.String(length=120), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["settlement_period.id"],
            name=op.f("fk_settlement_feed_period_id_settlement_period"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["app_user.id"], name=op.f("fk_settlement_feed_received_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_batch_state.code"],
            name=op.f("fk_settlement_feed_state_code_code_batch_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_feed")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_feed_uid")),
    )
    op.create_index(
        op.f("ix_settlement_feed_file_sha256"), "settlement_feed", ["file_sha256"], unique=False
    )
    op.create_index(
        op.f("ix_settlement_feed_period_id"), "settlement_feed", ["period_id"], unique=False
    )


def _create_settlement_run() -> None:
    op.create_table(
        "settlement_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_by", sa.Integer(), nullable=False),
        sa.Column("settlements", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("benefit_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["settlement_period.id"],
            name=op.f("fk_settlement_run_period_id_settlement_period"),
        ),
        sa.ForeignKeyConstraint(
            ["ran_by"], ["app_user.id"], name=op.f("fk_settlement_run_ran_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_settlement_run_scheme_version_id_scheme_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_run")),
        sa.UniqueConstraint("uid", name=op.f("uq_settlement_run_uid")),
    )
    op.create_index(
        op.f("ix_settlement_run_period_id"), "settlement_run", ["period_id"], unique=False
    )


def _create_settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("admission_no", sa.Integer(), nullable=True),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("own_fen", sa.BigInteger(), nullable=False),
        sa.Column("eligible_own_fen", sa.BigInteger(), nullable=False),
        sa.Column("deducted_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["settlement_feed.id"], name=op.f("fk_settlement_feed_id_settlement_feed")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_settlement_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["settlement_period.id"],
            name=op.f("fk_settlement_period_id_settlement_period"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    op.create_index("ix_settlement_feed", "settlement", ["feed_id", "line_no"], unique=False)
    op.create_index(
        "ix_settlement_member",
        "settlement",
        ["period_id", "member_id", "settled_on", "id", "admission_no", "eligible_own_fen"],
        unique=False,
    )


def _create_settlement_due() -> None:
    op.create_table(
        "settlement_due",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("settlements", sa.Integer(), nullable=False),
        sa.Column("eligible_own_fen", sa.BigInteger(), nullable=False),
        sa.Column("deductible_fen", sa.BigInteger(), nullable=False),
        sa.Column("benefit_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_settlement_due_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["settlement_run.id"], name=op.f("fk_settlement_due_run_id_settlement_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "member_id", name=op.f("pk_settlement_due")),
        sqlite_with_rowid=False,
    )
