"""更正: what the menu offers is what the acts allow, at every step and for everyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models.acts import ChangeLog
from db.models.enrolments import Cover, EnrolmentPlan
from desktop_app.documents.differences import differences
from desktop_app.errors import UserError
from desktop_app.services.drafts import ClaimDraft
from desktop_app.services.services import Services
from desktop_app.services.views.corrections import CorrectionOffer
from tests.services.desks import TODAY, Staff
from tests.services.refusals import refused
from tests.services.scheme_desks import case_of, use_scheme
from tests.services.walks import STEPS, Walk, walked

WHY = "登记错了"
DAY = TODAY + timedelta(days=7)
PAYER = "unit-and-member"
ACTS: dict[str, Callable[[Services, Walk], object]] = {
    "undo": lambda s, w: s.undo.undo(w.id),
    "take-back": lambda s, w: s.undo.withdraw_submission(w.id),
    "workers": lambda s, w: s.mending.set_workers(w.id, 12, 3, WHY),
    "people": lambda s, w: s.mending.remove_people(w.id, (joining(s, w),), WHY),
    "number": lambda s, w: s.business_numbers.correct(w.id, f"HB-{history(s, w)}", WHY),
    "effective": lambda s, w: s.mending.correct_effective(
        w.id, DAY + timedelta(days=history(s, w)), WHY, void_printed=True
    ),
    "funding": lambda s, w: s.mending.correct_funding(w.id, another_account(s, w), WHY),
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


def another_account(services: Services, walk: Walk) -> tuple[tuple[str, str, int], ...]:
    """All of it from one account, from another one each time."""
    channel = ("welfare", "union-funds")[history(services, walk) % 2]
    return tuple((part.payer, channel, part.fen) for part in services.drafting.funding(walk.id))


def accounts(staff: Staff, walk: Walk) -> dict[str, int]:
    return {line.key: line.fen for line in staff.clerk.enrolments.get(walk.id).charged}


def changes(staff: Staff, table: str) -> list[tuple[int, str, object, object]]:
    with staff.database.reading() as uow:
        lines = select(ChangeLog).where(ChangeLog.table_name == table).order_by(ChangeLog.id)
        return [(at.row_id, at.field, at.old, at.new) for at in uow.session.scalars(lines)]


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
        "funding",
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
    early, scan = TODAY - timedelta(days=5), staff.picture("票据.png")
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
    first = papers["dues-receipt"].attachment_id
    assert papers["dues-receipt"].state == "kept"
    assert first is not None  # it is the same receipt, and so is its scan
    archives.void_receipt(walk.id, "扫错了")
    archives.record_receipt(walk.id, "演示10", TODAY, walk.due_fen, staff.slip())
    papers = {paper.key: paper for paper in staff.clerk.enrolments.get(walk.id).papers}
    assert papers["dues-receipt"].attachment_id not in {first, None}


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


@pytest.mark.both_databases
def test_an_account_told_wrong_is_put_right_after_payment_with_a_reason(staff: Staff) -> None:
    walk = walked(staff, "roster")
    fen = walk.due_fen
    staff.clerk.drafting.set_funding(walk.id, ((PAYER, "member", fen),))
    for step in ("submitted", "approved", "number", "paid", "confirmed"):
        getattr(walk, step)()
    before = staff.clerk.enrolments.get(walk.id)
    with refused(staff, "not-a-draft") as caught:
        staff.clerk.drafting.set_funding(walk.id, ((PAYER, "welfare", fen),))
    assert "更正列支渠道" in caught.value.remedy
    right = ((PAYER, "welfare", fen - 20_000), (PAYER, "union-funds", 20_000))
    staff.clerk.mending.correct_funding(walk.id, right, "单位财务记账为福利费和工会经费")
    assert accounts(staff, walk) == {"welfare": fen - 20_000, "union-funds": 20_000}
    after = staff.clerk.enrolments.get(walk.id)
    assert (after.due_fen, after.total_fen, after.paid_fen, after.step_key, after.quote) == (
        before.due_fen, before.total_fen, before.paid_fen, before.step_key, before.quote,
    )  # fmt: skip
    assert staff.clerk.enrolments.history(walk.id)[-1].note == (
        "列支渠道由职工个人500.00元改为福利费300.00元、工会经费200.00元"
        ":单位财务记账为福利费和工会经费"
    )
    assert changes(staff, "funding_part") == [
        (walk.id, "1:channel_code", "member", "welfare"),
        (walk.id, "1:fen", 50_000, 30_000),
    ]
    kept = "SELECT detail FROM audit_line WHERE act = 'mending.correct-funding'"
    assert staff.document(kept)["accounts_before"] == "unit-and-member:member:50000"
    (line,) = staff.clerk.ties.tie().lines
    assert [(one.channel, one.fen) for one in line.parts] == [
        ("福利费", 30_000), ("工会经费", 20_000),
    ]  # fmt: skip


@pytest.mark.both_databases
def test_two_accounts_become_one_and_the_log_keeps_the_line_that_went(staff: Staff) -> None:
    walk = walked(staff, "roster")
    told = ((PAYER, "member", 10_000), (PAYER, "union-funds", 40_000))
    staff.clerk.drafting.set_funding(walk.id, told)
    walk.submitted()
    staff.clerk.mending.correct_funding(walk.id, ((PAYER, "welfare", 50_000),), WHY)
    assert accounts(staff, walk) == {"welfare": 50_000}
    gone = [old for _row, field, old, _new in changes(staff, "funding_part") if field == "2:*"]
    assert [(old["channel_code"], old["fen"]) for old in gone if isinstance(old, dict)] == [
        ("union-funds", 40_000)
    ]
    walk.approved()
    assert accounts(staff, walk) == {"welfare": 50_000}


def test_the_application_that_tells_the_old_account_is_printed_and_stamped_anew(
    staff: Staff,
) -> None:
    walk = walked(staff, "approved")
    staff.clerk.prints.issue(walk.id, "payment-notice")
    for step in ("number", "paid", "confirmed", "printed", "stamped"):
        getattr(walk, step)()
    staff.clerk.mending.correct_funding(walk.id, ((PAYER, "welfare", walk.due_fen),), WHY)
    view = staff.clerk.enrolments.get(walk.id)
    again = {form.key: form.again_for for form in view.forms if form.again}
    assert again == {"application": "内容已改:资金来源和列支"}
    papers = {one.key: one.state for one in view.papers}
    wanted = [papers[key] for key in ("application", "member-list", "confirmation")]
    assert wanted == ["missing", "stamped", "stamped"]
    assert (
        staff.value("SELECT state_code FROM issued_form WHERE form_key = 'payment-notice'")
        == "valid"
    )  # no account stands on it
    form = staff.clerk.prints.issue(walk.id, "application").value
    content = staff.document("SELECT content FROM issued_form WHERE id = :i", i=form)
    assert [(one["channel"], one["fen"]) for one in content["funding"]] == [
        ("福利费", walk.due_fen)
    ]


def test_a_notice_tells_who_bears_what_whatever_the_accounts(staff: Staff) -> None:
    def told(*parts: tuple[str, str, int]) -> dict[str, object]:
        return {"funding": [{"payer": p, "channel": c, "fen": fen} for p, c, fen in parts]}

    one = told(("单位", "工会经费", 500), ("县总工会", "县总工会", 100))
    two = told(("单位", "工会经费", 200), ("单位", "福利费", 300), ("县总工会", "县总工会", 100))
    less = told(("单位", "工会经费", 400), ("县总工会", "县总工会", 200))
    assert differences("payment-notice", one, two) == ()
    assert differences("payment-notice", one, less) == ("资金来源和列支",)
    assert differences("application", one, two) == ("资金来源和列支",)


def test_of_a_finished_file_the_papers_stay_and_the_history_says_so(staff: Staff) -> None:
    walk = walked(staff, "stamped")
    walk.finished()
    assert offers(staff.clerk, walk)["funding"].may
    staff.clerk.mending.correct_funding(walk.id, ((PAYER, "welfare", walk.due_fen),), WHY)
    assert accounts(staff, walk) == {"welfare": walk.due_fen}
    put_right, closed = staff.clerk.enrolments.history(walk.id)[-2:]
    assert put_right.note == f"列支渠道由未说明500.00元改为福利费500.00元:{WHY}"
    assert closed.note.endswith("(已归档的不换)")
    assert staff.value("SELECT count(*) FROM issued_form WHERE state_code = 'void'") == 0
    assert staff.clerk.enrolments.get(walk.id).state == "finished"


@pytest.mark.parametrize(
    ("charges", "why", "code"),
    [
        (((PAYER, "welfare", 49_000),), WHY, "funding-differs"),
        (((PAYER, "welfare", 50_000),), " ", "reason-missing"),
        (((PAYER, "welfare", 50_000),), "因" * 301, "reason-long"),
        (((PAYER, "budget", 50_000),), WHY, "channel-unknown"),
        ((("upper-union", "welfare", 50_000),), WHY, "channel-unknown"),
        (((PAYER, "member", 50_000),), WHY, "funding-same"),
        ((), WHY, "funding-same"),
    ],
)
def test_other_accounts_add_up_to_the_same_and_are_others(
    staff: Staff, charges: tuple[tuple[str, str, int], ...], why: str, code: str
) -> None:
    walk = walked(staff, "roster")
    staff.run("UPDATE unit SET kind_code = 'firm'")
    staff.clerk.drafting.set_funding(walk.id, ((PAYER, "member", 50_000),))
    walk.submitted()
    with refused(staff, code):
        staff.clerk.mending.correct_funding(walk.id, charges, why)


def test_a_reason_of_the_longest_kind_still_has_its_place_in_the_history(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    charges = tuple(
        (line.payer, line.key, 10_000 if line.key != "member" else 0)
        for line in staff.clerk.drafting.funding(walk.id)[0].channels
    )
    rest = walk.due_fen - sum(fen for _payer, _key, fen in charges)
    right = tuple((p, key, fen or rest) for p, key, fen in charges)
    staff.clerk.mending.correct_funding(walk.id, right, "因" * 300)
    note = staff.clerk.enrolments.history(walk.id)[-1].note
    assert note.endswith("因" * 300)
    assert len(note) <= 400


def test_accounts_of_a_draft_or_of_a_unit_on_its_own_are_told_elsewhere(staff: Staff) -> None:
    draft = walked(staff, "roster")
    with refused(staff, "funding-draft"):
        staff.clerk.mending.correct_funding(draft.id, ((PAYER, "welfare", 50_000),), WHY)
    own = Walk(staff, "明山县演示自办厂(演示)", handling="by-unit").start()
    with refused(staff, "by-unit"):
        staff.clerk.mending.correct_funding(own.id, ((PAYER, "welfare", 50_000),), WHY)
    draft.submitted()
    staff.run("DELETE FROM funding_part")
    with refused(staff, "funding-none"):
        staff.clerk.mending.correct_funding(draft.id, (), WHY)


def test_a_payer_that_is_not_named_keeps_its_accounts(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", "2023-04-03 09:00", 2023)
    walk = case_of(staff, "anyang-2023", kind="renewal", ends=date(2023, 6, 15))
    upper, own = staff.clerk.drafting.funding(walk.id)
    staff.clerk.drafting.set_funding(walk.id, ((PAYER, "union-funds", own.fen),))
    walk.submitted()
    staff.clerk.mending.correct_funding(walk.id, ((PAYER, "member", own.fen),), WHY)
    rows = {part.payer: part for part in staff.clerk.drafting.funding(walk.id)}
    assert rows["upper-union"] == upper
    assert rows[PAYER].fen == own.fen
    assert accounts(staff, walk) == {"member": own.fen}
    assert "上级工会" not in staff.clerk.enrolments.history(walk.id)[-1].note
