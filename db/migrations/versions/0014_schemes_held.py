"""An activated scheme keeps when and by whom, its plans, and the figures that cases went by."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
HELD = (
    "text", "sha256", "scheme_id", "version_no", "effective_from", "effective_until",
    "activated_at", "activated_by",
)  # fmt: skip
FIGURE = ("value", "path", "scheme_version_id")
VERSION_STOP = "an activated scheme version never changes"
FIGURE_STOP = "a figure that cases went by never changes"
USED = (
    "((OLD.path NOT LIKE '%.benefits%' AND EXISTS (SELECT 1 FROM enrolment"
    " WHERE scheme_version_id = OLD.scheme_version_id"
    " AND approved_at IS NOT NULL AND state_code <> 'void'))"
    " OR (OLD.path LIKE '%.benefits%' AND EXISTS (SELECT 1 FROM claim"
    " WHERE scheme_version_id = OLD.scheme_version_id AND state_code <> 'void'"
    " AND (decided_fen IS NOT NULL OR paid_on IS NOT NULL))))"
)
CONFIRMED = "OLD.state_code <> 'to-confirm'"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def _hold_on_sqlite() -> None:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in HELD)
    op.execute("DROP TRIGGER scheme_version_frozen")
    op.execute(
        "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version WHEN"
        f" OLD.activated_at IS NOT NULL AND ({changed} OR NEW.state_code = 'draft')"
        f" BEGIN SELECT RAISE(ABORT, '{VERSION_STOP}'); END"
    )
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER plan_version_no_{event.lower()} BEFORE {event} ON plan_version"
            f" BEGIN SELECT RAISE(ABORT, '{VERSION_STOP}'); END"
        )
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIGURE)
    stop = f"BEGIN SELECT RAISE(ABORT, '{FIGURE_STOP}'); END"
    op.execute(
        "CREATE TRIGGER scheme_figure_frozen BEFORE UPDATE ON scheme_figure"
        f" WHEN {CONFIRMED} AND ({other}) AND {USED} {stop}"
    )
    op.execute(
        "CREATE TRIGGER scheme_figure_kept BEFORE DELETE ON scheme_figure"
        f" WHEN {CONFIRMED} AND {USED} {stop}"
    )


def _hold_on_postgresql() -> None:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in HELD)
    op.execute("DROP TRIGGER scheme_version_frozen ON scheme_version")
    op.execute(
        "CREATE TRIGGER scheme_version_frozen BEFORE UPDATE ON scheme_version FOR EACH ROW WHEN"
        f" (OLD.activated_at IS NOT NULL AND ({changed} OR NEW.state_code = 'draft'))"
        " EXECUTE FUNCTION scheme_version_frozen()"
    )
    op.execute(
        "CREATE TRIGGER plan_version_frozen BEFORE UPDATE OR DELETE ON plan_version FOR EACH ROW"
        " EXECUTE FUNCTION scheme_version_frozen()"
    )
    columns = " OR ".join(
        f"NEW.{column}{cast} IS DISTINCT FROM OLD.{column}{cast}"
        for column, cast in zip(FIGURE, ("::text", "", ""), strict=True)
    )
    other = f"(TG_OP = 'DELETE' OR {columns})"
    op.execute(
        "CREATE FUNCTION scheme_figure_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {CONFIRMED} AND {other} AND {USED} THEN RAISE EXCEPTION '{FIGURE_STOP}'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER scheme_figure_frozen BEFORE UPDATE OR DELETE ON scheme_figure"
        " FOR EACH ROW EXECUTE FUNCTION scheme_figure_frozen()"
    )
