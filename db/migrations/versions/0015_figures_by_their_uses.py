"""A figure or clause is held by cases and claims that went by it, not by all of its version."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
STOP = "a figure that cases went by never changes"
CONFIRMED = "OLD.state_code <> 'to-confirm'"
FIGURE = ("value", "path", "scheme_version_id")
# what differs between the dialects: a value inside a JSON column, by the figure's key path
ON_SQLITE = {
    "way": "json_extract(a.basis, '$.clauses.\"' || OLD.path || '\".way')",
    "state": "json_extract(q.content, '$.figures.\"' || OLD.path || '\".state')",
}
ON_POSTGRESQL = {
    "way": "(a.basis -> 'clauses' -> OLD.path ->> 'way')",
    "state": "(q.content -> 'figures' -> OLD.path ->> 'state')",
}
QUOTES = (
    "SELECT 1 FROM enrolment_quote q WHERE q.enrolment_id = e.id AND q.act = 'enrolment.approve'"
)
CASES = (
    "EXISTS (SELECT 1 FROM enrolment e WHERE e.scheme_version_id = OLD.scheme_version_id"
    " AND e.approved_at IS NOT NULL AND e.state_code <> 'void'"
    " AND (OLD.path NOT LIKE 'plans.%' OR EXISTS (SELECT 1 FROM enrolment_plan ep"
    " JOIN plan p ON p.id = ep.plan_id WHERE ep.enrolment_id = e.id"
    " AND OLD.path LIKE 'plans.' || p.plan_key || '.%'))"
    f" AND (EXISTS ({QUOTES} AND {{state}} <> 'to-confirm')"
    f" OR (NOT EXISTS ({QUOTES}) AND e.approved_at >= OLD.confirmed_at)))"
)
CLAIMS = (
    "EXISTS (SELECT 1 FROM claim c WHERE c.scheme_version_id = OLD.scheme_version_id"
    " AND c.state_code <> 'void' AND (c.decided_fen IS NOT NULL OR c.paid_on IS NOT NULL)"
    " AND (OLD.path LIKE 'claims.%' OR EXISTS (SELECT 1 FROM claim_amount a"
    " WHERE a.claim_id = c.id AND a.kind_code = 'computed' AND {way} IS NOT NULL)))"
)
USED = (
    "((OLD.path NOT LIKE '%.benefits%' AND OLD.path NOT LIKE 'claims.%' AND " + CASES + ")"
    " OR ((OLD.path LIKE '%.benefits%' OR OLD.path LIKE 'claims.%') AND " + CLAIMS + "))"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def _hold_on_sqlite() -> None:
    other = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIGURE)
    used = USED.format(**ON_SQLITE)
    stop = f"BEGIN SELECT RAISE(ABORT, '{STOP}'); END"
    op.execute("DROP TRIGGER scheme_figure_frozen")
    op.execute("DROP TRIGGER scheme_figure_kept")
    op.execute(
        "CREATE TRIGGER scheme_figure_frozen BEFORE UPDATE ON scheme_figure"
        f" WHEN {CONFIRMED} AND ({other}) AND {used} {stop}"
    )
    op.execute(
        "CREATE TRIGGER scheme_figure_kept BEFORE DELETE ON scheme_figure"
        f" WHEN {CONFIRMED} AND {used} {stop}"
    )


def _hold_on_postgresql() -> None:
    columns = " OR ".join(
        f"NEW.{column}{cast} IS DISTINCT FROM OLD.{column}{cast}"
        for column, cast in zip(FIGURE, ("::text", "", ""), strict=True)
    )
    other = f"(TG_OP = 'DELETE' OR {columns})"
    op.execute(
        "CREATE OR REPLACE FUNCTION scheme_figure_frozen() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {CONFIRMED} AND {other} AND {USED.format(**ON_POSTGRESQL)}"
        f" THEN RAISE EXCEPTION '{STOP}'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
