"""What a claim's worksheet was figured from, and the figure of one with nothing open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("claim_amount", sa.Column("basis", sa.JSON(), nullable=True))
    kinds = sa.table("code_claim_figure", sa.column("code", sa.String))
    op.bulk_insert(kinds, [{"code": "computed"}])
