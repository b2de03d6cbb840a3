"""Row versions where rows change one by one; activated schemes keep dates and rows too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
TABLES = ("cover", "enrollee", "member_identity", "office_setting")
HELD = ("text", "sha256", "scheme_id", "version_no", "effective_from", "effective_until")


def upgrade() -> None:
    for table in TABLES:
        column = sa.Column("row_version", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, column)
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def _hold_on_sqlite() -> None:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in HELD)
    stop = "BEGIN SELECT RAISE(ABORT, 'an activated scheme version never changes'); END"
    op.execute("DROP TRIGGER scheme_version_frozen")
    op.execute(
        "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version "
        f"WHEN OLD.activated_at IS NOT NULL AND ({changed}) {stop}"
    )
    op.execute(
        "CREATE TRIGGER scheme_version_kept BEFORE DELETE ON scheme_version "
        f"WHEN OLD.activated_at IS NOT NULL {stop}"
    )


def _hold_on_postgresql() -> None:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in HELD)
    op.execute("DROP TRIGGER scheme_version_frozen ON scheme_version")
    op.execute(
        "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version FOR EACH ROW "
        f"WHEN (OLD.activated_at IS NOT NULL AND ({changed})) "
        "EXECUTE FUNCTION scheme_version_frozen()"
    )
    op.execute(
        "CREATE TRIGGER scheme_version_kept BEFORE DELETE ON scheme_version FOR EACH ROW "
        "WHEN (OLD.activated_at IS NOT NULL) EXECUTE FUNCTION scheme_version_frozen()"
    )
