"""A batch keeps its good rows packed, and which column of its file was taken for which field."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


# Plans that waited hold their good rows in the former way: they are read again.
WAITING = "SELECT id FROM import_batch WHERE subject = 'roster' AND state_code = 'planned'"


def upgrade() -> None:
    op.execute(f"DELETE FROM import_row WHERE batch_id IN ({WAITING})")
    op.execute(
        "UPDATE import_batch SET state_code = 'dropped'"
        " WHERE subject = 'roster' AND state_code = 'planned'"
    )
    op.add_column("import_batch", sa.Column("waiting", sa.LargeBinary(), nullable=True))
    op.add_column("import_batch", sa.Column("columns", sa.JSON(none_as_null=True), nullable=True))
