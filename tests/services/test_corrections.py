"""更正: what the menu offers is what the acts allow, at every step and for everyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models.acts import ChangeLog
from db.models.enrolments import Cover, EnrolmentPlan
from desktop_app.errors import UserError
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.services import Services
from desktop_app.services.views.corrections import CorrectionOffer
from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.walks import STEPS, Walk, walked

WHY = "登记错了"
DAY = TODAY + timedelta(days=7)
ACTS: dict[str, Callable[[Services, Walk], object]] = {
    "undo": lambda s, w: s.undo.undo(w.id),
    "take-back": lambda s, w: s.undo.withdraw_submission(w.id),
    "workers": lambda s, w: s.mending.set_workers(w.id, 12, 3, WHY),
    "people": lambda s, w: s.mending.remove_people(w.id, (joining(s, w),), WHY),
    "number": lambda s, w: s.business_numbers.correct(w.id, f"HB-{history(s, w)}", WHY),
    "effective": lambda s, w: s.mending.correct_effective(
        w.id, DAY + timedelta(days=history(s, w)), WHY, void_printed=True
    ),
    "receipt": lambda s, w: s.archives.void_receipt(w.id, WHY),
    "payment": lambda s, w: s.payments.return_(counted(s, w), WHY),
    "send-back": lambda s, w: s.mending.send_back(w.id, WHY),
    "void": lambda s, w: s.mending.void(w.id, WHY),
}


def offers(services: Services, walk: Walk) -> dict[str, CorrectionOffer]:
    return {one.key: one for one in services.corrections.list_offers(walk.id)}


def counted(services: Services, walk: Walk) -> int:
    payments = services.enrolments.get(walk.id).payments
    return [one.id for one in payments if one.state not in ("returned", "void")][-1]


def joining(services: Services, walk: Walk) -> int:
    people = services.rosters.list_people(walk.id)
    return next((line.line_no for line in people if line.joining), 1)


def history(services: Services, walk: Walk) -> int:
    return len(services.enrolments.history(walk.id))


def agrees(services: Services, walk: Walk, key: str) -> bool:
    """Do what is offered; say whether the act agreed with the offer."""
    offer = offers(services, walk)[key]
    try:
        ACTS[key](services, walk)
    except (UserError, IndexError) as error:  # no payment is there to be returned
        told = f"{error.message}{error.remedy}" if isinstance(error, UserError) else offer.why_not
        return not offer.may and offer.why_not == told
    return offer.may


@pytest.mark.parametrize("until", [*STEPS[:5], "printed"])
def test_what_is_offered_can_be_done_and_the_rest_is_refused_in_the_same_words(
    staff: Staff, until: str
) -> None:
    walk = walked(staff, until)
    for key in (
        "number",
        "effective",
        "payment",
        "take-back",
        "people",
        "workers",
        "send-back",
        "void",
    ):
        for services in (staff.admin, staff.clerk, staff.reviewer):
            assert agrees(services, walk, key), (until, key)


def test_undo_is_offered_as_on_the_page(staff: Staff) -> None:
    walk = walked(staff, "roster")
    assert offers(staff.clerk, walk)["undo"].may
    assert "王丽办的" in offers(staff.reviewer, walk)["undo"].why_not
    assert agrees(staff.clerk, walk, "undo")
    assert agrees(staff.clerk, walk, "undo")  # not a second time


def test_nobody_can_be_taken_off_an_empty_list(staff: Staff) -> None:
    walk = Walk(staff).start()
    assert offers(staff.clerk, walk)["people"].why_not == "名单上还没有人。请先读入名单。"


def test_of_a_void_case_nothing_is_put_right(staff: Staff) -> None:
    walk = walked(staff, "approved")
    staff.reviewer.mending.void(walk.id, WHY)
    assert not any(one.may for one in offers(staff.reviewer, walk).values())


@pytest.mark.both_databases
def test_a_receipt_typed_wrong_is_voided_and_recorded_anew(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    archives = staff.clerk.archives
    with refused(staff, "receipt-none"):
        archives.void_receipt(walk.id, "号码写错")
    with refused(staff, "date"):
        archives.record_receipt(walk.id, "演示10", TODAY + timedelta(days=1), walk.due_fen)
    early, scan = TODAY - timedelta(days=5), staff.picture("错的票据.png")
    archives.record_receipt(walk.id, "演示10", early, walk.due_fen, scan)
    with refused(staff, "reason-missing"):
        archives.void_receipt(walk.id, " ")
    assert offers(staff.clerk, walk)["receipt"].may
    archives.void_receipt(walk.id, "日期写错")
    assert staff.value("SELECT state_code FROM dues_receipt") == "void"
    assert staff.clerk.enrolments.history(walk.id)[-1].note == "票据演示10作废:日期写错"
    archives.record_receipt(walk.id, "演示10", TODAY, walk.due_fen)
    assert staff.value("SELECT state_code FROM dues_receipt") == "valid"
    papers = {paper.key: paper for paper in staff.clerk.enrolments.get(walk.id).papers}
    assert papers["dues-receipt"].state == "kept"
    assert papers["dues-receipt"].attachment_id is None  # nobody gave a scan of this one


@pytest.mark.both_databases
def test_a_first_day_typed_wrong_is_put_right_with_everyones_cover(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    mending = staff.clerk.mending
    assert offers(staff.clerk, walk)["effective"].may
    with refused(staff, "reason-missing"):
        mending.correct_effective(walk.id, DAY, " ")
    with refused(staff, "effective-same"):
        mending.correct_effective(walk.id, TODAY, WHY)
    with refused(staff, "effective-date"):
        mending.correct_effective(walk.id, date(2031, 1, 1), WHY)
    assert mending.correct_effective(walk.id, DAY, "抄错一周").value == 0
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.step_key, view.effective_on) == ("confirmation", DAY)
    assert view.last_on == date(2027, 12, 7)
    with staff.database.reading() as uow:
        covers = uow.session.scalars(select(Cover)).all()
        plan = uow.session.scalars(select(EnrolmentPlan)).one()
        changed = uow.session.scalars(select(ChangeLog).where(ChangeLog.field == "effective_on"))
        assert [line.new for line in changed][-1] == DAY.isoformat()
    assert {(one.from_on, one.until_on) for one in covers} == {(DAY, date(2027, 12, 8))}
    assert (len(covers), plan.from_on, plan.document_no) == (10, DAY, "演示计划书1号")
    note = staff.clerk.enrolments.history(walk.id)[-1].note
    assert note == "生效日由2026-12-01改为2026-12-08:抄错一周"


def test_what_was_printed_with_the_wrong_first_day_is_void_by_a_word_and_printed_anew(
    staff: Staff,
) -> None:
    walk = walked(staff, "stamped")
    with refused(staff, "printed-with-date") as caught:
        staff.clerk.mending.correct_effective(walk.id, DAY, WHY)
    assert "SQ-A-2027-00001、QR-A-2027-00001" in caught.value.message
    done = staff.clerk.mending.correct_effective(walk.id, DAY, WHY, "演示2号", void_printed=True)
    assert (done.value, walk.step) == (2, "confirmation")
    papers = {one.key: one.state for one in staff.clerk.enrolments.get(walk.id).papers}
    wanted = [papers[key] for key in ("application", "member-list", "confirmation")]
    assert wanted == ["missing", "stamped", "missing"]  # no day stands on the list
    walk.printed()
    assert walk.step == "seal"
    walk.stamped()
    walk.finished()
    with refused(staff, "case-closed"):
        staff.clerk.mending.correct_effective(walk.id, TODAY, WHY)


def test_a_first_day_of_cover_stays_where_it_is_built_upon(staff: Staff) -> None:
    walk = walked(staff, "approved")
    with refused(staff, "effective-none"):
        staff.clerk.mending.correct_effective(walk.id, DAY, WHY)
    staff.reviewer.enrolments.set_effective(walk.id, TODAY, "演示1号")
    member = int(str(staff.value("SELECT min(id) FROM member")))
    staff.clerk.claims.register(ClaimDraft("hospital", TODAY, member))
    with refused(staff, "claim-exists"):
        staff.clerk.mending.correct_effective(walk.id, DAY, WHY)
