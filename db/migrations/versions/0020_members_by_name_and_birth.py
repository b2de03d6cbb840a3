"""Members are found by name and birth date; the name alone is the head of the same index."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index(op.f("ix_member_name_born"), "member", ["name_key", "born_on"], unique=False)
    op.drop_index(op.f("ix_member_name_key"), table_name="member")
