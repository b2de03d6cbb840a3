"""Issued forms with an electronic signature, each a file beside the issued bytes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "signed_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("issued_form_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("issuer", sa.String(length=400), nullable=False),
        sa.Column("serial", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_form")),
        sa.UniqueConstraint("uid", name=op.f("uq_signed_form_uid")),
        sa.ForeignKeyConstraint(
            ["issued_form_id"],
            ["issued_form.id"],
            name=op.f("fk_signed_form_issued_form_id_issued_form"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_signed_form_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["app_user.id"], name=op.f("fk_signed_form_signed_by_app_user")
        ),
    )
    op.create_index(
        op.f("ix_signed_form_attachment_id"), "signed_form", ["attachment_id"], unique=False
    )
    op.create_index("uq_signed_form", "signed_form", ["issued_form_id", "fingerprint"], unique=True)
