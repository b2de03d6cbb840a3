"""Forms beside the way of a case: whose they are, when they can be printed, what they say."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from desktop_app.documents.kinds import KINDS
from desktop_app.services.forms.forms import BUILDERS
from desktop_app.services.views.forms import OfferedForm
from tests.services.desks import Staff, unit_draft
from tests.services.refusals import refused
from tests.services.test_claim_mending import NOBODY, at_the_province
from tests.services.test_claims import LATER, bring_papers, registered
from tests.services.walks import walked


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
