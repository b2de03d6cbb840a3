"""What a version of a scheme says is changed by a new version only, once cases went by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.errors import ConflictError
from tests.services.desks import FEES, Staff, people
from tests.services.refusals import refused
from tests.services.walks import walked

FEE = "plans.hospital.fee_fen"
OLD, LATER = "2026-11-01 00:00:00+00:00", "2027-06-01 00:00:00+00:00"
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


def test_a_figure_confirmed_wrongly_is_put_right_until_a_case_was_approved_by_it(
    staff: Staff,
) -> None:
    walked(staff, "approved")  # by the open limit: one share each
    path = "plans.hospital.share_limits.default"
    for value in (2, 3):
        staff.head.schemes.confirm_figure(path, value, PAPER)
    assert staff.value("SELECT count(*) FROM scheme_figure WHERE path = :path", path=path) == 1
    walked(staff, "approved", name="明山县演示纸厂(演示)", rows=people(10, start=20))
    with refused(staff, "figure-used") as caught:
        staff.head.schemes.confirm_figure(path, 2, PAPER)
    assert "1件审核过的申请" in caught.value.message
    for change in ("UPDATE scheme_figure SET value = '2'", "DELETE FROM scheme_figure"):
        with pytest.raises(ConflictError):
            staff.run(f"{change} WHERE path = :path", path=path)


def test_a_fee_of_a_plan_that_no_case_has_may_be_put_right(staff: Staff) -> None:
    walked(staff, "approved")
    staff.head.schemes.confirm_figure("plans.accident.fee_fen", 1_500, PAPER)
    staff.run("DELETE FROM scheme_figure WHERE path = 'plans.accident.fee_fen'")


@pytest.mark.both_databases
def test_a_case_that_is_only_followed_goes_by_what_was_confirmed_before_it(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    staff.run("UPDATE enrolment SET handling_code = 'by-unit', approved_at = :at", at=OLD)
    staff.head.schemes.confirm_figure(FEE, 5_500, PAPER)
    staff.run("UPDATE enrolment SET approved_at = :at WHERE id = :id", at=LATER, id=walk.id)
    with refused(staff, "figure-used"):
        staff.head.schemes.confirm_figure(FEE, 6_000, PAPER)
    staff.clock.at += timedelta(days=400)
    staff.head.schemes.confirm_figure(FEE, 5_500, f"{PAPER}更正")  # which confirms nothing anew
    with refused(staff, "figure-used"):
        staff.head.schemes.confirm_figure(FEE, 6_000, PAPER)
    with pytest.raises(ConflictError):
        staff.run("UPDATE scheme_figure SET value = '1' WHERE path = :path", path=FEE)


@pytest.mark.parametrize(("value", "words"), [(0, "1到50"), (51, "1到50"), (-1, "1到50")])
def test_a_limit_by_which_nobody_or_everybody_joins_is_refused(
    staff: Staff, value: int, words: str
) -> None:
    with refused(staff, "figure-value") as caught:
        staff.head.schemes.confirm_figure("plans.hospital.share_limits.default", value, PAPER)
    assert words in caught.value.message


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
