"""The figures a demonstration goes by are counted from the ledger."""

from __future__ import annotations

import pytest

from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.tallies import Tally
from tests.services.desks import TODAY, Staff
from tests.services.walks import walked


def test_an_empty_office_counts_nothing(staff: Staff) -> None:
    assert staff.clerk.tallies.count() == Tally(0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.both_databases
def test_everything_done_is_counted_once(staff: Staff) -> None:
    walk = walked(staff, "approved")
    for _ in range(2):
        staff.clerk.submissions.export(walk.id, staff.papers)
    walk.number()
    staff.clerk.payments.return_(walk.pay(1_000, None), "付错了")
    walk.paid()
    walk.confirmed()
    issued = staff.clerk.prints.issue(walk.id, "application").value
    staff.clerk.prints.record_copy(issued, "first", "")
    scan = staff.picture("盖章件.png")
    staff.clerk.archives.receive_stamped(walk.id, "application", scan)
    staff.clerk.claims.register(ClaimDraft("hospital", TODAY, person_name="某人"))
    assert staff.clerk.tallies.count() == Tally(
        units=1, people=10, enrolments=1, printed=1, scans_filed=1, claims=1,
        payments_fen=50_000, submitted=1, acknowledged=0,
    )  # fmt: skip
