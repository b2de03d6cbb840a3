"""A receipt that its issuer took back by one in red, why, and which one replaces it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("dues_receipt", sa.Column("red_no", sa.String(length=40), nullable=True))
    op.add_column("dues_receipt", sa.Column("ended_for", sa.String(length=400), nullable=True))
    op.create_index("uq_dues_receipt_red_no", "dues_receipt", ["red_no"], unique=True)
