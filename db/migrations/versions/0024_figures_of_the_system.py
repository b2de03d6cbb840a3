"""What the upper office's system shows under a number: people and amount, as somebody read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("business_number", sa.Column("people", sa.Integer(), nullable=True))
    op.add_column("business_number", sa.Column("fen", sa.BigInteger(), nullable=True))
