"""Bank lines that are no contribution (interest, fees, own money), and what was said of a line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

KINDS = ("interest", "fee", "own-transfer", "other")


def upgrade() -> None:
    kinds = op.create_table(
        "code_bank_mark",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code_bank_mark")),
    )
    op.bulk_insert(kinds, [{"code": kind} for kind in KINDS])
    with op.batch_alter_table("bank_line") as table:
        table.add_column(sa.Column("mark_code", sa.String(length=24), nullable=True))
        table.add_column(sa.Column("note", sa.String(length=400), nullable=True))
        table.create_foreign_key(
            op.f("fk_bank_line_mark_code_code_bank_mark"), "code_bank_mark", ["mark_code"], ["code"]
        )
