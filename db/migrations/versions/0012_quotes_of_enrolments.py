"""Applications keep what their amount hangs on, and what they came to, step by step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
STOP = "what an application came to never changes"


def upgrade() -> None:
    for column in (
        sa.Column("total_fen", sa.BigInteger()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("enrolment", column)
    op.execute("UPDATE enrolment SET total_fen = due_fen, applied_at = submitted_at")
    op.create_table(
        "enrolment_quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("operation_id", sa.LargeBinary(16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_quote")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_enrolment_quote_enrolment_id_enrolment"),
        ),
    )
    op.create_index(op.f("ix_enrolment_quote_enrolment_id"), "enrolment_quote", ["enrolment_id"])
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def _hold_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER enrolment_quote_no_{act.lower()} BEFORE {act} ON enrolment_quote "
            f"BEGIN SELECT RAISE(ABORT, '{STOP}'); END"
        )


def _hold_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION enrolment_quote_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{STOP}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER enrolment_quote_stays BEFORE UPDATE OR DELETE ON enrolment_quote "
        "FOR EACH ROW EXECUTE FUNCTION enrolment_quote_stays()"
    )
