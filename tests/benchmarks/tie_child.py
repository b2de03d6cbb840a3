"""The tie, the same sums by hand, and the page, in one process of an open office."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from db.engine import apply_settings
from db.files import LEDGER
from desktop_app import bootstrap
from desktop_app.services.services import Services
from desktop_app.services.views.ties import DriveTie
from desktop_app.ui.pages.reports.tie_report import TieReport
from desktop_app.ui.tasks import TaskRunner
from tests.benchmarks.tie_office import HEAD
from tests.services.desks import YEAR

ROUNDS = 15
PATIENCE = 60.0
THERE = "JOIN enrolment e ON e.id = enrolment_id WHERE e.year = ? AND e.state_code <> 'void'"
COUNTED = "p.state_code IN ('recorded', 'agrees', 'differs')"
CAME_IN = "state_code = 'valid' AND amount_fen > 0"
# Each sum of the tie from its rows, by application where the page shows it so.
BY_HAND = {
    "cases": """
        SELECT e.id, e.unit_id, e.scheme_version_id, e.handling_code, e.people, e.due_fen,
               e.total_fen, e.approved_at, e.business_no, u.name, a.name, b.people, b.fen
        FROM enrolment e JOIN unit u ON u.id = e.unit_id LEFT JOIN area a ON a.id = u.area_id
        LEFT JOIN business_number b ON b.enrolment_id = e.id AND b.voided_at IS NULL
        WHERE e.year = ? AND e.state_code <> 'void'
        ORDER BY a.sort_no IS NULL, a.sort_no, a.id, u.sort_key, e.id""",
    "plans": f"""
        SELECT enrolment_id, plan_id, plan.name, p.people, p.due_fen
        FROM enrolment_plan p JOIN plan ON plan.id = plan_id
        {THERE} AND handling_code = 'on-behalf' ORDER BY plan.sort_no, plan.id""",
    "parts": f"""
        SELECT enrolment_id, payer_code, channel_code, sum(fen) FROM funding_part
        {THERE} GROUP BY 1, 2, 3 ORDER BY min(line_no)""",
    "money": f"""
        SELECT enrolment_id, sum(fen), CASE WHEN count(a.people) = count(*) THEN sum(a.people) END,
               sum(CASE WHEN a.confirmed_on IS NOT NULL THEN fen ELSE 0 END), sum(payer_is_person)
        FROM payment_allocation a JOIN payment p ON p.id = payment_id
        {THERE} AND {COUNTED} GROUP BY 1""",
    "refunds": f"""
        SELECT enrolment_id, sum(fen), sum(CASE WHEN arrived_on IS NULL THEN fen ELSE 0 END)
        FROM refund {THERE} GROUP BY 1""",
    "receipts": f"""
        SELECT enrolment_id, sum(amount_fen) FROM dues_receipt r
        {THERE} AND r.state_code = 'valid' GROUP BY 1""",
    "transfers": f"""
        SELECT sum(p.amount_fen), sum(s.fen), sum(s.of_year), sum(max(p.amount_fen - s.fen, 0))
        FROM payment p JOIN (
            SELECT payment_id, sum(fen) AS fen,
                   sum(CASE WHEN e.year = ?1 THEN fen ELSE 0 END) AS of_year
            FROM payment_allocation JOIN enrolment e ON e.id = enrolment_id
            WHERE e.state_code <> 'void' GROUP BY 1 HAVING max(e.year = ?1)
        ) s ON s.payment_id = p.id WHERE {COUNTED}""",
    "bank": f"""
        SELECT (SELECT sum(amount_fen) FROM bank_line WHERE {CAME_IN} AND payment_id IS NOT NULL),
               (SELECT sum(CASE WHEN {COUNTED} THEN amount_fen ELSE 0 END) FROM payment p
                WHERE id IN (SELECT payment_id FROM bank_line WHERE {CAME_IN})),
               sum(amount_fen), count(*)
        FROM bank_line WHERE {CAME_IN} AND payment_id IS NULL AND ?1 > 0""",
}  # fmt: skip


def main(folder: Path) -> None:
    told = json.loads((folder / "told.json").read_text("utf-8"))
    connection = sqlcipher3.dbapi2.connect(str(folder / "office" / LEDGER))
    apply_settings(connection, bytes.fromhex(told.pop("key")))
    with bootstrap.sign_in(folder / "office", HEAD.login, HEAD.password) as signed:
        tie = signed.services.ties.tie
        _agree(tie(), _by_hand(connection))
        product, limit, waited = _in_turn(tie, lambda: _by_hand(connection))
        page = _page(signed.services)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"cpu_s": product, "limit_cpu_s": limit, "p95_ms": waited, "peak_mb": round(peak, 1)}
    sys.stdout.write(json.dumps(found | told | page))


def _by_hand(connection: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {name: connection.execute(sql, (YEAR,)).fetchall() for name, sql in BY_HAND.items()}


def _agree(drive: DriveTie, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Both ways must have counted the same; a limit that counts less is no limit."""
    assert [one.enrolment_id for one in drive.lines] == [row[0] for row in rows["cases"]]
    assert sum(len(one.parts) for one in drive.lines) == len(rows["parts"])
    paid = {row[0]: row[1] for row in rows["money"]}
    assert {one.enrolment_id: one.paid_fen for one in drive.lines if one.paid_fen} == paid
    back = {row[0]: row[1] for row in rows["refunds"]}
    assert {one.enrolment_id: one.back_fen for one in drive.lines if one.back_fen} == back
    receipts = {row[0]: row[1] for row in rows["receipts"]}
    assert {
        one.enrolment_id: one.receipt_fen for one in drive.lines if one.receipt_fen is not None
    } == receipts
    whole, shared, of_year, left = rows["transfers"][0]
    assert (drive.proofs[2].left_fen, drive.proofs[2].right_fen) == (whole, shared + left)
    assert of_year == sum(paid.values())
    assert (drive.free_fen, drive.free_lines) == rows["bank"][0][2:]
    assert all(proof.holds for proof in drive.proofs)


def _in_turn(
    product: Callable[[], object], limit: Callable[[], object]
) -> tuple[float, float, float]:
    """Medians of CPU seconds, and the 95th percentile of what the product took, in ms."""
    times = [(_timed(product), _timed(limit)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(pair[at][0] for pair in times) for at in (0, 1))
    waited = sorted(pair[0][1] for pair in times)[round(0.95 * (ROUNDS - 1))]
    return round(ours, 4), round(theirs, 4), round(waited * 1000, 1)


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return time.process_time() - cpu, time.perf_counter() - wall


def _page(services: Services) -> dict[str, float]:
    """From the page's making until its rows are shown, in CPU seconds: the second of two."""
    application = QApplication([])
    tasks = TaskRunner(application)
    taken = [_timed(lambda: _opened(services, tasks))[0] for _ in range(2)]
    return {"page_s": round(taken[1], 3)}


def _opened(services: Services, tasks: TaskRunner) -> None:
    page = TieReport(services, tasks)
    page.resize(1366, 768)
    page.show()
    end = time.monotonic() + PATIENCE
    while not page.table.shown_rows():
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            raise RuntimeError(f"the page shows no rows after {PATIENCE:.0f} s")
        time.sleep(0.001)
    QCoreApplication.processEvents()
    page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
