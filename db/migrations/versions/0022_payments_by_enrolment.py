"""A transfer is compared, confirmed and refunded enrolment by enrolment, each its own part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    # In batches, as SQLite adds no named key to a table that is there: nothing refers to these
    # two, and no trigger or index by expression hangs on them.
    with op.batch_alter_table("payment_allocation") as table:
        table.add_column(sa.Column("agrees", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("row_version", sa.Integer(), nullable=False, server_default="1"))
        table.create_foreign_key(
            op.f("fk_payment_allocation_confirmed_by_app_user"),
            "app_user",
            ["confirmed_by"],
            ["id"],
        )
    with op.batch_alter_table("refund") as table:
        table.add_column(sa.Column("enrolment_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_refund_enrolment_id_enrolment"), "enrolment", ["enrolment_id"], ["id"]
        )
        table.create_index(op.f("ix_refund_enrolment_id"), ["enrolment_id"], unique=False)
    _fill()


def _fill() -> None:
    """Until now every transfer paid for one enrolment, whose everything was the transfer's."""
    of_payment = "FROM payment WHERE payment.id = payment_allocation.payment_id"
    for column in ("confirmed_on", "confirmed_by"):
        op.execute(f"UPDATE payment_allocation SET {column} = (SELECT {column} {of_payment})")
    for state, agrees in (("agrees", "TRUE"), ("differs", "FALSE")):
        op.execute(
            f"UPDATE payment_allocation SET agrees = {agrees}"
            f" WHERE EXISTS (SELECT 1 {of_payment} AND payment.state_code = '{state}')"
        )
    op.execute(
        "UPDATE refund SET enrolment_id = (SELECT min(a.enrolment_id) FROM payment_allocation a"
        " WHERE a.payment_id = refund.payment_id)"
    )
