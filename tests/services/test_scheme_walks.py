"""Four schemes walked to the end by the services, each with its own figures (演示)."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from desktop_app.domain.dates import last_day
from desktop_app.errors import UserError
from tests.services.desks import Staff, people, transfer
from tests.services.scheme_desks import case_of, local, use_scheme
from tests.services.walks import Walk, walked

WINDOW = "2022-11-21 09:30"


def _parts(staff: Staff, walk: Walk) -> list[tuple[str, int]]:
    found = staff.clerk.enrolments.get(walk.id).quote
    assert found is not None
    return [(part.payer, part.fen) for part in found.parts]


def _stored_parts(staff: Staff, walk: Walk) -> object:
    return staff.value("SELECT sum(fen) FROM funding_part WHERE enrolment_id = :i", i=walk.id)


def _pay(staff: Staff, walk: Walk, fen: int) -> None:
    paid_on = staff.clock.today()
    slip = transfer(fen, 10, staff.picture("回单.png"), paid_on=paid_on)
    staff.clerk.payments.record(walk.id, slip)
    staff.reviewer.payments.confirm(walk.id, paid_on)


def _paper(staff: Staff, walk: Walk, *forms: str) -> None:
    for form in forms:
        staff.clerk.prints.issue(walk.id, form)
        staff.clerk.archives.receive_stamped(walk.id, form)


def test_anyangs_unit_transfers_50_of_75_and_is_covered_for_the_year(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", WINDOW, 2023)
    walk = case_of(staff, "anyang-2023")
    walk.submitted()
    walk.approved()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.total_fen, view.due_fen) == (75_000, 50_000)
    assert _parts(staff, walk) == [("upper-union", 25_000), ("unit-and-member", 50_000)]
    assert _stored_parts(staff, walk) == 75_000
    assert (view.effective_on, view.last_on) == (date(2023, 1, 1), date(2023, 12, 31))
    assert view.quote is not None
    assert view.quote.kept
    board = staff.clerk.board.board()
    assert board.rows[0].size == "10人 · 500.00(合计750.00)"
    staff.clerk.payments.record(
        walk.id, transfer(75_000, 10, staff.picture("回单.png"), paid_on=date(2022, 11, 21))
    )
    told = staff.clerk.enrolments.get(walk.id)
    assert told.difference == (
        "多5人的钱:名单10人应缴500.00元(合计750.00元,其余由工会承担),回单10人750.00元"
    )
    staff.clerk.payments.return_(told.payments[0].id, "多付")
    _pay(staff, walk, 50_000)
    staff.clerk.prints.issue(walk.id, "confirmation")
    _paper(staff, walk, "application", "member-list", "confirmation")
    assert staff.clerk.archives.finish(walk.id).value
    assert staff.value("SELECT count(*) FROM cover WHERE state_code = 'active'") == 10


def test_pinghus_unit_transfers_one_yuan_a_head_and_the_unions_the_rest(staff: Staff) -> None:
    use_scheme(staff, "pinghu", "2023-11-20 10:00", 2024)
    walk = case_of(staff, "pinghu")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.total_fen, view.due_fen) == (50_000, 1_000)
    assert _parts(staff, walk) == [
        ("member", 1_000),
        ("city-union", 30_000),
        ("town-union", 19_000),
    ]
    assert view.effective_on == date(2024, 1, 1)
    _pay(staff, walk, 1_000)
    _paper(staff, walk, "application", "member-list")
    assert staff.clerk.archives.finish(walk.id).value


def test_pinghus_open_weights_leave_an_estimate_that_nobody_is_asked_for(staff: Staff) -> None:
    use_scheme(staff, "pinghu", "2023-11-20 10:00", 2024, confirm=False)
    walk = case_of(staff, "pinghu")
    staff.clerk.enrolments.submit(walk.id)
    view = staff.reviewer.enrolments.get(walk.id)
    assert (view.due_fen, view.total_fen) == (None, None)
    assert view.quote is not None
    assert (view.quote.estimate, view.quote.total_fen) == (True, 50_000)
    assert "互助金分担比例" in view.missing[0].message
    with pytest.raises(UserError, match="互助金分担比例") as refused:
        walk.approved()
    assert refused.value.code == "to-confirm"
    assert all(not form.may_print for form in view.forms)


def test_beijing_is_free_and_needs_no_payment(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023)
    walk = case_of(staff, "beijing")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.total_fen, view.due_fen) == (0, 0)
    assert (view.effective_on, view.last_on) == (date(2023, 1, 1), date(2023, 12, 31))
    assert [form.key for form in view.forms if form.key == "confirmation"] == []
    notice = next(form for form in view.forms if form.key == "payment-notice")
    assert "不用单位缴款" in notice.why_not
    with pytest.raises(UserError, match="不用单位缴款"):
        staff.clerk.payments.record(walk.id, transfer(100, 10, None, paid_on=date(2022, 11, 20)))
    _paper(staff, walk, "member-list")
    assert staff.clerk.archives.finish(walk.id).value
    assert staff.clerk.prints.issue(walk.id, "archive-list").value


@pytest.mark.both_databases
def test_beijings_period_waits_for_the_month_it_begins_in(staff: Staff) -> None:
    use_scheme(staff, "beijing", "2022-11-20 10:00", 2023, confirm=False)
    walk = case_of(staff, "beijing")
    staff.clerk.enrolments.submit(walk.id)
    with pytest.raises(UserError, match="保障期的起止日期待核对"):
        walk.approved()


def test_yongding_pays_100_yuan_and_is_covered_from_the_confirmed_month(staff: Staff) -> None:
    use_scheme(staff, "yongding", "2023-02-20 10:00", 2023)
    walk = case_of(staff, "yongding")
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    view = staff.clerk.enrolments.get(walk.id)
    assert (view.total_fen, view.due_fen) == (100_000, 100_000)
    assert (view.effective_on, view.last_on) == (date(2023, 3, 1), date(2024, 2, 29))
    _pay(staff, walk, 100_000)
    staff.clerk.prints.issue(walk.id, "confirmation")
    _paper(staff, walk, "application", "member-list", "confirmation")
    assert staff.clerk.archives.finish(walk.id).value


def test_people_added_in_mid_period_are_covered_with_the_units_plans(staff: Staff) -> None:
    use_scheme(staff, "yongding", "2023-02-20 10:00", 2023)
    walk = case_of(staff, "yongding", at_work=12)
    staff.clerk.enrolments.submit(walk.id)
    walk.approved()
    _pay(staff, walk, 100_000)
    staff.clerk.prints.issue(walk.id, "confirmation")
    _paper(staff, walk, "application", "member-list", "confirmation")
    staff.clerk.archives.finish(walk.id)
    staff.clock.at = local("2023-07-03 09:00")
    more = Walk(staff, plans=walk.plans[:2], unit_id=walk.unit_id, at_work=12)
    with pytest.raises(UserError, match="须与本单位已办理的相同"):
        more.start()
    more.plans = walk.plans
    more.rows = people(2, start=50)
    more.start()
    more.roster()
    assert staff.value("SELECT kind_code FROM enrolment WHERE id = :i", i=more.id) == "addition"
    staff.clerk.enrolments.submit(more.id)
    more.approved()
    view = staff.clerk.enrolments.get(more.id)
    assert (view.effective_on, view.last_on) == (date(2023, 3, 1), last_day(date(2024, 3, 1)))
    assert view.due_fen == 20_000


PARTS = """
[[funding.parts]]
payer = "upper-union"
fee_fen = { value = 2000, source = "演示文件" }

[[funding.parts]]
payer = "unit-and-member"
fee_fen = { value = 3000, source = "演示文件" }
"""


def test_the_notice_demands_the_units_own_part_and_tells_of_the_others(staff: Staff) -> None:
    editing = staff.head.scheme_editing
    made = editing.new_draft(1).value
    text = editing.text_of(made).text
    head = 'default_payer = "unit-and-member"'
    editing.save_text(made, text.replace(head, head + PARTS))
    editing.activate(made, "演示文件")
    walk = walked(staff, "approved")
    issued = staff.clerk.prints.issue(walk.id, "payment-notice").value
    content = staff.document("SELECT content FROM issued_form WHERE id = :i", i=issued)
    assert (content["total_fen"], content["due_fen"]) == (50_000, 30_000)
    printed = "".join(
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(staff.clerk.prints.read_pdf(issued))).pages
    ).replace("\n", "")
    assert "上级工会200.00元不由你单位缴款，单位和职工300.00元为应缴金额" in printed
    assert "人民币叁佰元整" in printed


def test_a_scheme_without_an_account_prints_no_notice(staff: Staff) -> None:
    use_scheme(staff, "anyang-2023", WINDOW, 2023)
    walk = case_of(staff, "anyang-2023")
    walk.submitted()
    walk.approved()
    with pytest.raises(UserError, match="方案里没有收款账户"):
        staff.clerk.prints.issue(walk.id, "payment-notice")
