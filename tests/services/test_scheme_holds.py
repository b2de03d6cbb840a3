"""What a version of a scheme says is changed by a new version only, once cases went by it."""

from __future__ import annotations

import pytest

from db.errors import ConflictError
from desktop_app.domain.clauses import GIVEN, READ, Ruling
from desktop_app.services.drafts import ClaimDraft
from tests.services.desks import FEES, TODAY, Staff
from tests.services.refusals import refused
from tests.services.walks import walked

FEE = "plans.hospital.fee_fen"
RATE = "plans.hospital.benefits.rate"
PAPER = "省办2027年通知第3号(演示)"


@pytest.mark.parametrize(
    "path", ["plans.hospital.share_limits.government", "claims.paper_threshold_fen"]
)
def test_a_figure_that_the_scheme_gives_with_its_source_is_not_confirmed_over(
    staff: Staff, path: str
) -> None:
    with refused(staff, "figure-given") as caught:
        staff.head.schemes.confirm_figure(path, 9, PAPER)
    assert "已有依据" in caught.value.message
    assert "新建草稿" in caught.value.remedy


def test_a_confirmed_fee_may_be_put_right_until_a_case_was_approved_by_it(
    staff: Staff,
) -> None:
    staff.head.schemes.confirm_figure(FEE, 5_500, PAPER)
    staff.head.schemes.confirm_figure(FEE, FEES["hospital"], PAPER)
    walked(staff, "approved")
    with refused(staff, "figure-used") as caught:
        staff.head.schemes.confirm_figure(FEE, 1, PAPER)
    assert "1件审核过的申请" in caught.value.message
    assert caught.value.where == FEE
    staff.head.schemes.confirm_figure(FEE, FEES["hospital"], f"{PAPER}更正")  # its document may
    [line] = [one for one in staff.head.schemes.list_figures() if one.path == FEE]
    assert (line.value, line.document_no) == (FEES["hospital"], f"{PAPER}更正")


def test_a_figure_still_open_is_confirmed_at_any_time(staff: Staff) -> None:
    walked(staff, "approved")
    path = "plans.hospital.share_limits.default"
    staff.head.schemes.confirm_figure(path, 2, PAPER)
    assert staff.value("SELECT count(*) FROM scheme_figure WHERE path = :path", path=path) == 1
    with refused(staff, "figure-used"):
        staff.head.schemes.confirm_figure(path, 3, PAPER)


def test_a_clause_by_which_a_claim_was_decided_is_not_ruled_on_anew(staff: Staff) -> None:
    staff.head.clauses.confirm_clause(RATE, Ruling(READ, PAPER, {}))
    staff.head.clauses.confirm_clause(RATE, Ruling(GIVEN, PAPER, {"share": "60/100"}))
    staff.clerk.claims.register(ClaimDraft("hospital", TODAY, person_name="查演示"))
    staff.run("UPDATE claim SET decided_fen = 100")
    with refused(staff, "figure-used") as caught:
        staff.head.clauses.confirm_clause(RATE, Ruling(GIVEN, PAPER, {"share": "50/100"}))
    assert "1件定过的申领" in caught.value.message
    with pytest.raises(ConflictError):
        staff.run("UPDATE scheme_figure SET value = '1' WHERE path = :rate", rate=RATE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scheme_figure SET value = '1'",
        "DELETE FROM scheme_figure",
        "UPDATE plan_version SET fee_fen = 1",
        "DELETE FROM plan_version",
        "UPDATE scheme_version SET activated_at = NULL",
    ],
)
def test_the_ledger_itself_holds_what_cases_went_by(staff: Staff, statement: str) -> None:
    walked(staff, "approved")
    with pytest.raises(ConflictError):
        staff.run(statement)
