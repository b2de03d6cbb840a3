"""Enrolments, their plans, people, cover, money parts and steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
OVERLAP = (
    "SELECT RAISE(ABORT, 'cover overlaps') WHERE EXISTS (SELECT 1 FROM cover AS other "
    "WHERE other.member_id = NEW.member_id AND other.plan_id = NEW.plan_id "
    "AND other.state_code = 'active' AND other.id IS NOT NEW.id "
    "AND other.from_on < NEW.until_on AND NEW.from_on < other.until_on)"
)


def upgrade() -> None:
    _create_enrolment()
    _create_cover()
    _create_enrollee()
    _create_enrolment_plan()
    _create_enrolment_step()
    _create_funding_part()
    if op.get_bind().dialect.name == "sqlite":
        for change in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER cover_no_overlap_{change.lower()} BEFORE {change} ON cover "
                f"WHEN NEW.state_code = 'active' BEGIN {OVERLAP}; END"
            )
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            "ALTER TABLE cover ADD CONSTRAINT ex_cover_no_overlap EXCLUDE USING gist ("
            "member_id WITH =, plan_id WITH =, daterange(from_on, until_on) WITH &&) "
            "WHERE (state_code = 'active')"
        )


def _create_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("handling_code", sa.String(length=24), nullable=False),
        sa.Column("kind_code", sa.String(length=24), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("step_key", sa.String(length=40), nullable=False),
        sa.Column("at_work", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=True),
        sa.Column("business_no", sa.String(length=40), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("returned_for", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["app_user.id"], name=op.f("fk_enrolment_approved_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["handling_code"],
            ["code_handling.code"],
            name=op.f("fk_enrolment_handling_code_code_handling"),
        ),
        sa.ForeignKeyConstraint(
            ["kind_code"],
            ["code_enrolment_kind.code"],
            name=op.f("fk_enrolment_kind_code_code_enrolment_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["enrolment.id"], name=op.f("fk_enrolment_previous_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_enrolment_scheme_version_id_scheme_version"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_case_state.code"],
            name=op.f("fk_enrolment_state_code_code_case_state"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["app_user.id"], name=op.f("fk_enrolment_submitted_by_app_user")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_enrolment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("uid", name=op.f("uq_enrolment_uid")),
    )
    op.create_index(op.f("ix_enrolment_business_no"), "enrolment", ["business_no"], unique=False)
    op.create_index(op.f("ix_enrolment_step_key"), "enrolment", ["step_key"], unique=False)
    op.create_index(op.f("ix_enrolment_unit_id"), "enrolment", ["unit_id"], unique=False)
    op.create_index("ix_enrolment_year", "enrolment", ["year", "state_code"], unique=False)


def _create_cover() -> None:
    op.create_table(
        "cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("ended_for", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_cover_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_cover_member_id_member")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_cover_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_cover_state.code"],
            name=op.f("fk_cover_state_code_code_cover_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    op.create_index(op.f("ix_cover_enrolment_id"), "cover", ["enrolment_id"], unique=False)
    op.create_index("ix_cover_member", "cover", ["member_id", "plan_id", "from_on"], unique=False)


def _create_enrollee() -> None:
    op.create_table(
        "enrollee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("contribution_fen", sa.BigInteger(), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrollee_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_enrollee_member_id_member")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_enrollee_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_enrollee_state.code"],
            name=op.f("fk_enrollee_state_code_code_enrollee_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollee")),
    )
    op.create_index("ix_enrollee_member", "enrollee", ["member_id", "enrolment_id"], unique=False)
    op.create_index("uq_enrollee", "enrollee", ["enrolment_id", "line_no", "plan_id"], unique=True)


def _create_enrolment_plan() -> None:
    op.create_table(
        "enrolment_plan",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("shares", sa.Integer(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=True),
        sa.Column("document_no", sa.String(length=40), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_plan_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_enrolment_plan_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "plan_id", name=op.f("pk_enrolment_plan")),
    )


def _create_enrolment_step() -> None:
    op.create_table(
        "enrolment_step",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_key", sa.String(length=40), nullable=True),
        sa.Column("to_key", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_step_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_enrolment_step_user_id_app_user")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "seq", name=op.f("pk_enrolment_step")),
    )


def _create_funding_part() -> None:
    op.create_table(
        "funding_part",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("payer_code", sa.String(length=24), nullable=False),
        sa.Column("channel_code", sa.String(length=24), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_code"],
            ["code_channel.code"],
            name=op.f("fk_funding_part_channel_code_code_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_funding_part_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["payer_code"], ["code_payer.code"], name=op.f("fk_funding_part_payer_code_code_payer")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_funding_part_plan_id_plan")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "line_no", name=op.f("pk_funding_part")),
    )
