"""A batch keeps what was put in the place of a file's cells, and which repairs were taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("changes", sa.JSON(none_as_null=True), nullable=True))
