"""The journal of uses of a seal, and 暂用 prints, which stand until the final one is issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    states = sa.table("code_issue_state", sa.column("code", sa.String(24)))
    op.bulk_insert(states, [{"code": "provisional"}])
    op.create_table(
        "seal_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("seal", sa.String(length=120), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("kept_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_for", sa.String(length=400), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_use")),
        sa.UniqueConstraint("uid", name=op.f("uq_seal_use_uid")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["app_user.id"], name=op.f("fk_seal_use_recorded_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by"], ["app_user.id"], name=op.f("fk_seal_use_voided_by_app_user")
        ),
    )
    op.create_table(
        "seal_use_print",
        sa.Column("seal_use_id", sa.Integer(), nullable=False),
        sa.Column("issued_form_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seal_use_id", "issued_form_id", name=op.f("pk_seal_use_print")),
        sa.ForeignKeyConstraint(
            ["seal_use_id"], ["seal_use.id"], name=op.f("fk_seal_use_print_seal_use_id_seal_use")
        ),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_seal_use_print_issued_form_id_issued_form"),
        ),
    )
    op.create_index(op.f("ix_seal_use_print_issued_form_id"), "seal_use_print", ["issued_form_id"])
