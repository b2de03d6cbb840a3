"""A batch keeps which column of its file was taken for which field."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("columns", sa.JSON(none_as_null=True), nullable=True))
