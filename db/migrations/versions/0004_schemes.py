"""Schemes, versions, plans, figures, drives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
FROZEN = "OLD.activated_at IS NOT NULL AND (NEW.text {0} OLD.text OR NEW.sha256 {0} OLD.sha256)"


def upgrade() -> None:
    _create_scheme()
    _create_coverage_period()
    _create_plan()
    _create_scheme_version()
    _create_plan_version()
    _create_scheme_figure()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version "
            f"WHEN {FROZEN.format('IS NOT')} "
            "BEGIN SELECT RAISE(ABORT, 'an activated scheme version never changes'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION scheme_version_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'an activated scheme version never changes'; END $$"
        )
        op.execute(
            "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version "
            f"FOR EACH ROW WHEN ({FROZEN.format('IS DISTINCT FROM')}) "
            "EXECUTE FUNCTION scheme_version_frozen()"
        )


def _create_scheme() -> None:
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scheme_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("scheme_key", name=op.f("uq_scheme_scheme_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_scheme_uid")),
    )


def _create_coverage_period() -> None:
    op.create_table(
        "coverage_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("target_people", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_coverage_period_scheme_id_scheme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_period")),
        sa.UniqueConstraint("uid", name=op.f("uq_coverage_period_uid")),
    )
    op.create_index("uq_coverage_period", "coverage_period", ["scheme_id", "year"], unique=True)


def _create_plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("plan_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sort_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_plan_scheme_id_scheme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("uq_plan", "plan", ["scheme_id", "plan_key"], unique=True)


def _create_scheme_version() -> None:
    op.create_table(
        "scheme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=120), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activated_by"], ["app_user.id"], name=op.f("fk_scheme_version_activated_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_version_scheme_id_scheme")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_version_state.code"],
            name=op.f("fk_scheme_version_state_code_code_version_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_scheme_version_uid")),
    )
    op.create_index("uq_scheme_version", "scheme_version", ["scheme_id", "version_no"], unique=True)


def _create_plan_version() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id_plan")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_plan_version_scheme_version_id_scheme_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    op.create_index(op.f("ix_plan_version_plan_id"), "plan_version", ["plan_id"], unique=False)
    op.create_index(
        "uq_plan_version", "plan_version", ["scheme_version_id", "plan_id"], unique=True
    )


def _create_scheme_figure() -> None:
    op.create_table(
        "scheme_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("scheme_version_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("state_code", sa.String(length=24), nullable=False),
        sa.Column("document_no", sa.String(length=400), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["app_user.id"], name=op.f("fk_scheme_figure_confirmed_by_app_user")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_version_id"],
            ["scheme_version.id"],
            name=op.f("fk_scheme_figure_scheme_version_id_scheme_version"),
        ),
        sa.ForeignKeyConstraint(
            ["state_code"],
            ["code_figure_state.code"],
            name=op.f("fk_scheme_figure_state_code_code_figure_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_figure")),
        sa.UniqueConstraint("uid", name=op.f("uq_scheme_figure_uid")),
    )
    op.create_index("uq_scheme_figure", "scheme_figure", ["scheme_version_id", "path"], unique=True)
