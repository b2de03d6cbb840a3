"""Forms beside the way of a case: whose they are, when they can be printed, what they say."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from desktop_app.documents.kinds import KINDS
from desktop_app.domain.names import masked_name
from desktop_app.services.forms.issuing import BUILDERS
from desktop_app.services.views.forms import OfferedForm
from tests.services import test_claim_ways
from tests.services.desks import TODAY, Staff, unit_draft
from tests.services.refusals import refused
from tests.services.test_claim_mending import NOBODY, at_the_province
from tests.services.test_claims import LATER, bring_papers, registered
from tests.services.walks import Walk, walked

anyang = test_claim_ways.anyang  # an office that pays by itself


def printed(staff: Staff, form_key: str, of_id: int | None = None) -> str:
    """Issue it and read what stands on its pages."""
    issued = staff.clerk.forms.issue(form_key, of_id).value
    return text_of(staff, issued)


def text_of(staff: Staff, issued: int) -> str:
    pages = pypdf.PdfReader(io.BytesIO(staff.clerk.prints.read_pdf(issued))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def offer(staff: Staff, of: str, of_id: int | None, key: str) -> OfferedForm:
    return next(one for one in staff.clerk.forms.offered(((of, of_id),)) if one.key == key)


def unit(staff: Staff) -> int:
    return staff.clerk.units.register(unit_draft()).value


def test_every_further_form_can_be_made() -> None:
    assert set(BUILDERS) == {kind.key for kind in KINDS if kind.further}


def test_an_unknown_form_a_form_of_the_way_and_a_form_of_nobody_are_refused(staff: Staff) -> None:
    for key in ("diploma", "application"):
        with refused(staff, "form-unknown"):
            staff.clerk.forms.issue(key, 1)
    with refused(staff, "unit-unknown"):
        staff.clerk.forms.issue("field-sheet", 99)
    with pytest.raises(Exception, match="没有这张单据"):
        staff.clerk.forms.get(99)


def test_a_sheet_for_people_on_the_spot_is_of_a_unit_or_of_none(staff: Staff) -> None:
    of = unit(staff)
    text = printed(staff, "field-sheet", of)
    assert "入会现场登记表" in text
    assert f"单位名称{staff.clerk.units.get(of).draft.name}" in text
    assert "XC-A-2026-00001" in text
    blank = printed(staff, "field-sheet")
    assert "单位名称登记日期" in blank
    assert staff.value("SELECT count(*) FROM issued_form WHERE unit_id IS NULL") == 1


def test_the_same_sheet_is_given_again_with_its_copies(staff: Staff) -> None:
    of = unit(staff)
    first = staff.clerk.forms.issue("field-sheet", of).value
    staff.clerk.prints.record_copy(first, "first", "")
    assert staff.reviewer.forms.issue("field-sheet", of).value == first
    shown = staff.clerk.forms.get(first)
    assert (shown.label, shown.number, shown.copies) == ("入会现场登记表", "XC-A-2026-00001", 1)
    saved = staff.clerk.prints.save_in(first, staff.papers)
    assert saved.endswith(f"XC-A-2026-00001 {staff.clerk.units.get(of).draft.name}.pdf")
    blank = staff.clerk.forms.issue("field-sheet").value
    assert staff.clerk.prints.save_in(blank, staff.papers).endswith("XC-A-2026-00002.pdf")


def test_a_sheet_that_comes_back_needs_no_seal_of_a_case(staff: Staff) -> None:
    issued = staff.clerk.forms.issue("field-sheet", unit(staff)).value
    code = str(staff.value("SELECT code FROM issued_form WHERE id = :id", id=issued))
    assert re.fullmatch(r"U[0-9A-F]{8}/FS/1/[0-9A-F]{8}", code)
    with refused(staff, "no-seal") as caught:
        staff.clerk.receptions.receive(code)
    assert "入会现场登记表" in caught.value.message


def test_a_unit_offers_its_forms(staff: Staff) -> None:
    walk = walked(staff, "roster")
    found = offer(staff, "unit", walk.unit_id, "field-sheet")
    assert (found.label, found.of_id, found.why_not) == ("入会现场登记表", walk.unit_id, "")


# --- of a person


def test_a_proof_names_every_plan_that_covers_the_person(staff: Staff) -> None:
    walked(staff, "confirmed", plans=(("hospital", 1), ("critical-illness", 1)))
    member = staff.clerk.persons.get(1)
    text = printed(staff, "cover-proof", 1)
    identity = str(staff.value("SELECT identity_no FROM member WHERE id = 1"))
    assert f"兹证明{member.name}" in text
    assert f"证件号码{identity}" in text
    for number, cover in enumerate(member.covers, 1):
        assert f"{number}{cover.plan}{cover.shares}{cover.period}" in text
    assert "入会证明" in text
    assert staff.value("SELECT enrolment_id FROM issued_form") == 1


def test_each_person_of_a_case_has_a_proof_of_his_own(staff: Staff) -> None:
    walked(staff, "confirmed")
    first, second = (staff.clerk.forms.issue("cover-proof", one).value for one in (1, 2))
    assert first != second
    assert staff.clerk.forms.issue("cover-proof", 1).value == first
    states = "SELECT count(*) FROM issued_form WHERE state_code = 'valid'"
    assert staff.value(states) == 2
    code = str(staff.value("SELECT code FROM issued_form WHERE id = :id", id=second))
    assert code.split("/")[1:3] == ["CP", "1"]


def test_who_has_no_cover_gets_no_proof(staff: Staff) -> None:
    walked(staff, "roster")
    assert "现在没有保障" in offer(staff, "person", 1, "cover-proof").why_not
    with refused(staff, "not-yet-printable"):
        staff.clerk.forms.issue("cover-proof", 1)
    with refused(staff, "member-unknown"):
        staff.clerk.forms.issue("cover-proof", 99)
    with refused(staff, "form-of-nobody"):
        staff.clerk.forms.issue("cover-proof")


# --- of a claim


def test_a_notice_lists_the_papers_that_are_wanting(staff: Staff) -> None:
    claim = registered(staff, 100_000)
    staff.clerk.claims.set_paper(claim, "claim-form", "kept")
    text = printed(staff, "supplement", claim)
    assert "尚缺下列5种资料" in text
    assert "1身份证复印件" in text
    assert "互助金申请书" not in text
    assert staff.clerk.claims.get(claim).number in text
    bring_papers(staff, claim)
    assert offer(staff, "claim", claim, "supplement").why_not.startswith("资料已经收齐")


@pytest.mark.both_databases
def test_a_refusal_is_told_with_its_rule_and_reason(staff: Staff) -> None:
    claim = at_the_province(staff)
    assert offer(staff, "claim", claim, "refusal").why_not == "这一件没有登记不予办理。"
    staff.clerk.claim_decisions.refuse(claim, "既往病史不在保障范围内", "省办通知写明", LATER)
    text = printed(staff, "refusal", claim)
    for words in ("不符合条件告知书", "既往病史不在保障范围内", "省办通知写明", "2027年3月8日"):
        assert words in text


def test_the_units_union_is_told_what_was_granted(staff: Staff) -> None:
    claim = at_the_province(staff)
    assert offer(staff, "claim", claim, "feedback").why_not == "核定以后才有反馈单。"
    staff.clerk.claims.decide(claim, 90_000, LATER)
    text = printed(staff, "feedback", claim)
    assert "明山县演示水厂(演示)工会：" in text
    assert "人民币玖佰元整（¥900.00）" in text
    nobody = staff.clerk.claims.register(NOBODY).value
    assert "没有单位工会" in offer(staff, "claim", nobody, "feedback").why_not
    assert "不在名册里的人" in printed(staff, "supplement", nobody)


# --- of a unit


def test_a_unit_is_registered_and_changes_its_officer_on_paper(staff: Staff) -> None:
    draft = unit_draft()
    of = staff.clerk.units.register(draft).value
    text = printed(staff, "registration", of)
    assert f"单位名称{draft.name}" in text
    assert f"经办人{draft.contact_name}" in text
    assert f"原经办人{draft.contact_name}" in printed(staff, "officer-change", of)
    assert "单位名称统一社会信用代码" in printed(staff, "registration")
    assert "原经办人变更后经办人" in printed(staff, "officer-change")
    staff.run("DELETE FROM unit_contact")
    assert "原经办人变更后经办人" in printed(staff, "officer-change", of)


# --- of a case


def test_the_index_of_a_file_lists_what_came_in(staff: Staff) -> None:
    walk = walked(staff, "roster")
    assert offer(staff, "case", walk.id, "file-index").why_not.startswith("还没有收到资料")
    walk.proof()
    before = printed(staff, "file-index", walk.id)
    assert "合计1件1" in before
    for step in ("submitted", "approved", "number", "paid", "confirmed", "printed", "stamped"):
        getattr(walk, step)()
    number = walk.finished()
    text = printed(staff, "file-index", walk.id)
    assert f"档案号{number}" in text
    assert "SQ-A-2027-00001" in text
    assert "盖章件已收回" in text


def test_a_refund_is_asked_for_on_paper_until_it_has_arrived(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    assert offer(staff, "case", walk.id, "refund-request").why_not.startswith("没有登记了还没到账")
    staff.clerk.refunds.ask(walk.id, 10_000, TODAY, "多缴了")
    text = printed(staff, "refund-request", walk.id)
    assert "会费退费申请" in text
    assert "100.00多缴了" in text
    staff.reviewer.refunds.arrive(walk.id, TODAY)
    with refused(staff, "not-yet-printable"):
        staff.clerk.forms.issue("refund-request", walk.id)


@pytest.mark.both_databases
def test_a_unit_is_told_when_its_cover_ends(staff: Staff) -> None:
    walk = walked(staff, "number")
    assert offer(staff, "case", walk.id, "renewal-notice").why_not.startswith("登记生效日以后")
    walk.paid()
    walk.confirmed()
    text = printed(staff, "renewal-notice", walk.id)
    assert "保障期至2027年11月30日24时止" in text
    assert "1住院医疗101" in text
    assert "1.湖北省社会保险缴纳证明" in text


def test_corrections_are_asked_for_of_people_who_are_listed(staff: Staff) -> None:
    walk = walked(staff, "confirmed")
    text = printed(staff, "correction-request", walk.id)
    assert "会员信息更正申请" in text
    assert "入会人数10人" in text
    empty = Walk(staff, name="明山县空厂(演示)").start()
    assert "还没有名单" in offer(staff, "case", empty.id, "correction-request").why_not


def test_a_case_that_was_voided_has_no_further_forms(staff: Staff) -> None:
    walk = walked(staff, "roster")
    staff.reviewer.mending.void(walk.id, "重复")
    with refused(staff, "case-void"):
        staff.clerk.forms.issue("correction-request", walk.id)
    whys = {one.why_not for one in staff.clerk.forms.offered((("case", walk.id),))}
    assert len(whys) == 1


@pytest.mark.both_databases
def test_an_application_for_a_benefit_says_what_is_registered(staff: Staff) -> None:
    claim = registered(staff, 100_000)
    staff.clerk.claims.set_paper(claim, "identity-copy", "seen")
    text = printed(staff, "claim-application", claim)
    identity = str(staff.value("SELECT person_identity_no FROM claim"))
    assert f"证件号码{identity}" in text
    assert "人民币壹仟元整" in text
    assert "保障期自2026年12月1日0时起至2027年11月30日24时止" in text
    assert "身份证复印件原件核对退回" in text
    nobody = staff.clerk.claims.register(NOBODY).value
    assert "保障期事件日期" in printed(staff, "claim-application", nobody)
    staff.run("DELETE FROM enrolment_plan")
    assert "计划书号保障期" in printed(staff, "claim-application", claim)


# --- of a month


@pytest.mark.both_databases
def test_what_was_granted_in_a_month_hangs_on_the_wall_without_names(staff: Staff) -> None:
    claim = at_the_province(staff)
    label = offer(staff, "month", 202703, "public-list")
    assert (label.label, label.why_not) == (
        "互助金公示表(2027年3月)", "2027年3月没有核定的互助金。",
    )  # fmt: skip
    staff.clerk.claims.decide(claim, 90_000, LATER)
    text = printed(staff, "public-list", 202703)
    name = staff.clerk.claims.get(claim).person
    assert masked_name(name) in text
    assert name not in text
    assert "900.00" in text
    identity = str(staff.value("SELECT person_identity_no FROM claim"))
    assert identity[-4:] not in text
    assert "没有核定" in offer(staff, "month", 202704, "public-list").why_not
    assert offer(staff, "month", 202703, "payout-sheet").why_not.startswith(
        "2027年3月没有由本机构支付的"
    )


def test_a_refused_claim_hangs_nowhere(staff: Staff) -> None:
    claim = at_the_province(staff)
    staff.clerk.claim_decisions.refuse(claim, "既往病史", "省办通知", LATER)
    with refused(staff, "not-yet-printable"):
        staff.clerk.forms.issue("public-list", 202703)


def test_what_the_office_paid_is_signed_for(anyang: test_claim_ways.Office) -> None:
    staff = anyang.staff
    claim = anyang.claim("medical", facts={"eligible_own_fen": 1_500_000})
    anyang.papers(claim)
    staff.clerk.claims.move_on(claim)
    staff.reviewer.claims.move_on(claim)
    staff.clerk.claim_decisions.pay(claim, anyang.today)
    month = anyang.today.year * 100 + anyang.today.month
    text = printed(staff, "payout-sheet", month)
    assert "保障金发放表" in text
    assert f"1{anyang.view(claim).person}" in text
    assert "8,000.00" in text


@pytest.mark.parametrize("month", [20270, 202713, 99_999_912])
def test_a_month_that_is_none_is_refused(staff: Staff, month: int) -> None:
    with refused(staff, "month"):
        staff.clerk.forms.issue("public-list", month)


# --- of the office


def test_who_leaves_hands_over_what_is_open(staff: Staff) -> None:
    walked(staff, "submitted")
    staff.clerk.claims.register(NOBODY)
    text = printed(staff, "work-handover")
    assert "移交人：王丽" in text
    assert "入会申请:待审核电子1件" in text
    assert "申领:" in text
    first, again = (staff.clerk.forms.issue("work-handover").value for _ in range(2))
    assert first == again
    assert staff.reviewer.forms.issue("work-handover").value != first


def test_condolence_money_is_given_out_on_a_sheet_of_a_unit_or_of_none(staff: Staff) -> None:
    of = unit(staff)
    assert f"单位名称{staff.clerk.units.get(of).draft.name}" in printed(
        staff, "condolence-sheet", of
    )
    assert "单位名称慰问日期" in printed(staff, "condolence-sheet")


def test_every_form_stands_in_the_register_under_its_own_number(staff: Staff) -> None:
    of = unit(staff)
    for key in ("field-sheet", "registration", "officer-change", "condolence-sheet"):
        staff.clerk.forms.issue(key, of)
    rows = "SELECT count(DISTINCT number) FROM issued_form WHERE unit_id = :id"
    assert staff.value(rows, id=of) == 4
    assert staff.head.audits.verify_chain().ok


@pytest.mark.both_databases
def test_a_form_of_a_unit_or_of_the_office_is_found_by_its_number(staff: Staff) -> None:
    of = unit(staff)
    other = staff.clerk.units.register(unit_draft("明山县演示二厂(演示)")).value
    staff.clerk.forms.issue("field-sheet", other)
    staff.clerk.forms.issue("field-sheet", of)
    staff.clerk.forms.issue("work-handover")
    name = staff.clerk.units.get(of).draft.name
    (hit,) = staff.clerk.search.find("XC-A-2026-00002")
    assert (hit.title, hit.unit_id) == ("入会现场登记表 XC-A-2026-00002", of)
    assert hit.detail == f"{name} · 第1次打印"
    (hit,) = staff.clerk.search.find("JJ-A-2026-00001")
    assert (hit.title, hit.unit_id, hit.detail) == (
        "工作交接单 JJ-A-2026-00001", None, "第1次打印",
    )  # fmt: skip
    with refused(staff, "no-seal") as caught:
        staff.clerk.receptions.receive("JJ-A-2026-00001")
    assert caught.value.message == "“工作交接单”不在要登记收回的盖章件里。"


def test_a_scheme_names_a_form_its_own_way(staff: Staff) -> None:
    made = test_claim_ways.office(staff, "pinghu")
    claim = made.claim("inpatient")
    assert offer(staff, "claim", claim, "feedback").label == "职工医疗互助反馈单"


def test_a_form_beside_the_way_does_not_stand_in_the_way_of_undoing(staff: Staff) -> None:
    walk = walked(staff, "submitted")
    issued = staff.clerk.forms.issue("correction-request", walk.id).value
    staff.clerk.prints.record_copy(issued, "first", "")
    offered = staff.clerk.undo.offer(walk.id)
    assert (offered.may, offered.label) == (True, "提交审核")
    staff.clerk.undo.undo(walk.id)
    assert walk.step == "roster"
    assert staff.value("SELECT state_code FROM issued_form WHERE id = :id", id=issued) == "valid"
