"""Batches of prints that are kept, so that what a jam or a power cut stopped goes on behind it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

STATES = ("waits", "sent", "printed")


def upgrade() -> None:
    states = op.create_table(
        "code_print_part_state",
        sa.Column("code", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code_print_part_state")),
    )
    op.bulk_insert(states, [{"code": code} for code in STATES])
    _create_batch()
    _create_part()


def _create_batch() -> None:
    op.create_table(
        "print_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(length=24), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_print_batch_uid")),
        sa.ForeignKeyConstraint(["desk_id"], ["desk.id"], name=op.f("fk_print_batch_desk_id_desk")),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["app_user.id"], name=op.f("fk_print_batch_begun_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["reason_code"],
            ["code_print_reason.code"],
            name=op.f("fk_print_batch_reason_code_code_print_reason"),
        ),
    )
    op.create_index(op.f("ix_print_batch_desk_id"), "print_batch", ["desk_id"])


def _create_part() -> None:
    op.create_table(
        "print_batch_part",
        sa.Column("print_batch_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("issued_form_id", sa.Integer(), nullable=True),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("spoilt", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("print_batch_id", "place", name=op.f("pk_print_batch_part")),
        sa.ForeignKeyConstraint(
            ["print_batch_id"],
            ["print_batch.id"],
            name=op.f("fk_print_batch_part_print_batch_id_print_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_print_batch_part_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_print_batch_part_issued_form_id_issued_form"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_print_part_state.code"],
            name=op.f("fk_print_batch_part_state_code_code_print_part_state"),
        ),
    )
