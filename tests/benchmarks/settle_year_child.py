"""One run over the year in a process of its own: the product's, the hand-written one, the check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import sqlcipher3

from db.engine import apply_settings
from tests.benchmarks.settle_year_file import KEY, opened
from tests.services.settlements import NOW, PERIOD, USER, VERSION, uid

SCHEME = Path(__file__).parents[2] / "resources" / "schemes" / "beijing.toml"
PLAN = "above-ceiling"
EACH_KIND = 5_000  # members of each band held against the reference rule, and the extremes

NEW_RUN = """
INSERT INTO settlement_run (uid, period_id, scheme_version_id, ran_at, ran_by, settlements, members,
                            benefit_fen)
VALUES (randomblob(16), 1, 1, '2026-01-15 00:00:00', 1, 0, 0, 0)
"""
BY_HAND = """
INSERT INTO settlement_due
SELECT ?, member_id, settlements, fen, 0, CASE
    WHEN fen < 5000000 THEN (fen * 4 + 5) / 10
    WHEN fen < 10000000 THEN 2000000 + ((fen - 5000000) * 6 + 5) / 10
    WHEN fen < 15000000 THEN 5000000 + ((fen - 10000000) * 8 + 5) / 10
    WHEN fen < 25000000 THEN 9000000 + ((fen - 15000000) * 9 + 5) / 10
    ELSE 18000000 END
FROM (SELECT member_id, count(*) AS settlements, sum(eligible_own_fen) AS fen
      FROM settlement WHERE period_id = 1 AND member_id IS NOT NULL GROUP BY member_id)
"""
SUMS = "SELECT count(*), sum(settlements), sum(benefit_fen) FROM settlement_due WHERE run_id = ?"
KEEP = "UPDATE settlement_run SET members = ?, settlements = ?, benefit_fen = ? WHERE id = ?"
DIFFER = """
SELECT member_id, settlements, eligible_own_fen, deductible_fen, benefit_fen
FROM settlement_due WHERE run_id = ?
EXCEPT SELECT member_id, settlements, eligible_own_fen, deductible_fen, benefit_fen
FROM settlement_due WHERE run_id = ?
"""
SAMPLED = """
WITH kinds AS (
    SELECT member_id, eligible_own_fen AS own, benefit_fen AS fen, CASE
        WHEN eligible_own_fen <= 5000000 THEN 1 WHEN eligible_own_fen <= 10000000 THEN 2
        WHEN eligible_own_fen <= 15000000 THEN 3 WHEN eligible_own_fen <= 25000000 THEN 4
        ELSE 5 END AS kind
    FROM settlement_due WHERE run_id = :run
), placed AS (
    SELECT member_id, own, fen,
           row_number() OVER (PARTITION BY kind ORDER BY member_id * 514229 % 1000003) AS chance,
           row_number() OVER (PARTITION BY kind ORDER BY own) AS low,
           row_number() OVER (PARTITION BY kind ORDER BY own DESC) AS high
    FROM kinds
)
SELECT member_id, own, fen FROM placed
WHERE chance <= :each OR low <= :each / 10 OR high <= :each / 10
"""


def product(file: Path) -> None:
    from desktop_app.domain.benefits.benefit_segments import bulk_rule  # noqa: PLC0415 - not the limit's
    from desktop_app.domain.schemes.schemes import scheme_from  # noqa: PLC0415
    from desktop_app.services.settling.runs import new_run, settle  # noqa: PLC0415

    benefits = scheme_from(SCHEME.read_text("utf-8"), SCHEME.name).plan(PLAN).benefits
    if benefits is None:
        raise RuntimeError("the plan has no benefits")
    database = opened(file)
    with database.writing() as uow:
        number = uow.session.connection().exec_driver_sql("SELECT count(*) FROM settlement_run")
        run = new_run(uid(number.scalar_one() + 1), PERIOD, VERSION, USER, NOW)
        settle(uow.session, bulk_rule(benefits), run)
        uow.commit()
    database.close()


def limit(file: Path) -> None:
    connection = _connect(file)
    connection.execute("BEGIN IMMEDIATE")
    run = connection.execute(NEW_RUN).lastrowid
    connection.execute(BY_HAND, (run,))
    connection.execute(KEEP, (*connection.execute(SUMS, (run,)).fetchone(), run))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def check(file: Path) -> None:
    """Fail where the last two runs differ in a row, or members of any band from the reference."""
    from desktop_app.domain.benefits.benefit_facts import Facts  # noqa: PLC0415
    from desktop_app.domain.benefits.benefits import evaluate  # noqa: PLC0415
    from desktop_app.domain.schemes.schemes import scheme_from  # noqa: PLC0415

    benefits = scheme_from(SCHEME.read_text("utf-8"), SCHEME.name).plan(PLAN).benefits
    connection = _connect(file)
    (last,) = connection.execute("SELECT max(id) FROM settlement_run").fetchone()
    rows, settlements, _fen = connection.execute(SUMS, (last,)).fetchone()
    for pair in ((last, last - 1), (last - 1, last)):
        if connection.execute(DIFFER, pair).fetchone() is not None:
            raise RuntimeError("the product and the SQL written by hand differ")
    sampled = connection.execute(SAMPLED, {"run": last, "each": EACH_KIND}).fetchall()
    for member, own, fen in sampled:
        if benefits is None or evaluate(benefits, Facts(eligible_own_fen=own)).fen != fen:
            raise RuntimeError(f"the reference rule does not give {fen} for {own} of {member}")
    if len(sampled) < min(rows, 20_000):
        raise RuntimeError(f"only {len(sampled)} members were held against the reference rule")
    answer = {"members": rows, "settled": settlements, "held_against_reference": len(sampled)}
    sys.stdout.write(json.dumps(answer))


def _connect(file: Path) -> Any:
    connection = sqlcipher3.dbapi2.connect(str(file))
    connection.isolation_level = None
    apply_settings(connection, KEY)
    return connection


if __name__ == "__main__":
    {"product": product, "limit": limit, "check": check}[sys.argv[2]](Path(sys.argv[1]))
