"""What stands on the paper of the further forms, read back from the PDF by two libraries."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.documents.forms.parts import Form, UnitParticulars
from desktop_app.documents.printing import render
from desktop_app.errors import UserError
from tests.documents import samples
from tests.documents.test_printing import READERS, Reader, packed, page_count

pytestmark = pytest.mark.parametrize("reader", READERS)


def test_a_sheet_for_the_spot_has_numbered_empty_rows(reader: Reader) -> None:
    text = packed(reader(render(samples.field_sheet())))
    assert "入会现场登记表" in text
    assert "序号姓名身份证号手机号互助项目本人签名123456789101112131415161718" in text
    blank = packed(reader(render(samples.field_sheet(unit=UnitParticulars("", "")))))
    assert "单位名称登记日期" in blank


def test_a_proof_says_who_is_covered_by_what_to_the_hour(reader: Reader) -> None:
    form = samples.cover_proof()
    text = packed(reader(render(form)))
    assert f"兹证明向𬭎（男，证件号码{form.identity}）系清溪镇人民政府职工" in text
    for number, cover in enumerate(form.covers, 1):
        assert f"{number}{cover.plan}{cover.shares}{cover.period}{cover.business_no}" in text
    assert "特此证明" in text
    assert "兹证明向𬭎（证件号码" in packed(reader(render(samples.cover_proof(sex=""))))


def test_a_notice_of_wanting_papers_names_each_and_leaves_the_day_to_the_pen(
    reader: Reader,
) -> None:
    form = samples.supplement()
    text = packed(reader(render(form)))
    assert "你的互助金申领（编号SL-X-2026-00417）收悉" in text
    assert "尚缺下列3种资料" in text
    for number, name in enumerate(form.wanting, 1):
        assert f"{number}{name}" in text
    assert "补正期限：请于年月日前送交" in text
    assert page_count(render(samples.supplement(wanting=form.wanting * 9))) == 2


def test_a_refusal_says_by_which_rule(reader: Reader) -> None:
    form = samples.refusal()
    text = packed(reader(render(form)))
    for words in (form.rule, form.reason, "2027年3月20日", "签收人（签名）"):
        assert words in text


def test_a_feedback_slip_says_the_amount_and_leaves_room_for_the_visit(reader: Reader) -> None:
    text = packed(reader(render(samples.feedback())))
    assert "清溪镇人民政府工会：" in text
    assert "人民币玖仟壹佰伍拾伍元零壹分（¥9,155.01）" in text
    assert "请单位工会走访慰问" in text
    assert "走访慰问情况（由单位工会填写）" in text
    assert "请单位工会走访慰问" not in packed(reader(render(samples.feedback(notice=""))))


def test_a_registration_names_what_is_known_and_leaves_the_rest_to_the_pen(reader: Reader) -> None:
    text = packed(reader(render(samples.registration())))
    for words in ("在职职工人数107人其中女职工48人", "付款账号000098765432", "单位性质机关"):
        assert words in text
    blank = samples.registration(
        unit=UnitParticulars("", ""), at_work=None, women=None, account="", bank_no=""
    )
    assert "在职职工人数其中女职工" in packed(reader(render(blank)))


def test_a_change_of_officer_names_who_spoke_for_the_unit(reader: Reader) -> None:
    text = packed(reader(render(samples.officer_change())))
    assert "原经办人田国华变更后经办人" in text
    assert "办公电话0000-1234567办公电话" in text


def test_an_index_says_the_page_each_paper_begins_at(reader: Reader) -> None:
    form = samples.file_index()
    text = packed(reader(render(form)))
    assert "1SQ-X-2027-00001在职职工互助保障活动申请书2026.12.0311" in text
    assert "2MD-X-2027-00001会员名单2026.12.0342-5盖章件已收回" in text
    assert "2026.12.0126-7" in text
    assert "合计3件7" in text


def test_behind_a_paper_nobody_counted_the_pages_are_the_pens(reader: Reader) -> None:
    first, second, third = samples.file_index().papers
    papers = (first, dataclasses.replace(second, pages=None, dated=None), third)
    text = packed(reader(render(samples.file_index(papers=papers))))
    assert "2MD-X-2027-00001会员名单盖章件已收回" in text
    assert "2026.12.01226" not in text
    assert "合计3件经" not in text


def test_a_request_for_a_refund_adds_up(reader: Reader) -> None:
    text = packed(reader(render(samples.refund_request())))
    assert "1清溪镇人民政府2026年12月2日200.00省办退回2人,不再参加" in text
    assert "合计人民币叁佰元整300.00" in text
    assert "退回账号000098765432" in text


def test_a_renewal_notice_says_when_cover_ends_and_what_to_bring(reader: Reader) -> None:
    text = packed(reader(render(samples.renewal_notice())))
    assert "保障期至2027年12月31日24时止" in text
    assert "请及时办理2028年度续保" in text
    assert "请于2027年11月30日前送交2028年度名单" in text
    assert "缴款截止：年月日。" in text  # nobody said: the pen's
    assert "1.湖北省社会保险缴纳证明(单位专用)2.银行回单" in text


def test_a_request_for_corrections_has_empty_lines(reader: Reader) -> None:
    text = packed(reader(render(samples.correction_request())))
    assert "现登记的证件号码更正项目更正前更正后12345678" in text
    assert "入会人数86人" in text


def test_an_application_for_a_benefit_leaves_to_the_pen_what_the_ledger_lacks(
    reader: Reader,
) -> None:
    form = samples.claim_application()
    text = packed(reader(render(form)))
    assert f"姓名覃堃证件号码{form.identity}" in text
    assert "申领金额人民币玖仟壹佰伍拾伍元零壹分（¥9,155.01）" in text
    assert "诊治医院本年申领次数第次患病名称" in text
    assert "2身份证复印件原件核对退回" in text
    unknown = packed(reader(render(samples.claim_application(claimed_fen=None, papers=()))))
    assert "申领金额银行户名" in unknown


def test_what_hangs_on_the_wall_has_no_whole_name_and_no_number(reader: Reader) -> None:
    text = packed(reader(render(samples.public_list())))
    assert "2027年3月核定互助金2件，合计19,155.01元" in text
    assert "1SL-X-2027-00417覃*清溪镇人民政府住院医疗9,155.01" in text
    assert "2SL-X-2027-00418向*𬭎演示县第一小学重大疾病10,000.00" in text
    assert "合计人民币壹万玖仟壹佰伍拾伍元零壹分19,155.01" in text


def test_a_payout_sheet_has_a_place_for_each_signature(reader: Reader) -> None:
    text = packed(reader(render(samples.payout_sheet())))
    assert "领取人签名1覃堃**************417X清溪镇人民政府住院医疗9,155.01" in text
    many = samples.payout_sheet().lines * 15
    pages = reader(render(samples.payout_sheet(lines=many)))
    assert len(pages) == 2
    assert all("领取人签名" in page for page in pages)


def test_condolence_money_and_a_handover_have_empty_lines(reader: Reader) -> None:
    text = packed(reader(render(samples.condolence_sheet())))
    assert "领取日期1234567891011121314合计（大写）" in text
    handed = packed(reader(render(samples.work_handover())))
    assert "1入会申请:待审核电子3件2申领:待补资料电子1件34567891011121314" in handed
    assert "移交人：王丽接收人：监交人：" in handed


@pytest.mark.parametrize(
    "form",
    [
        samples.cover_proof(person="王\ue000"),
        samples.supplement(person="王\ue000"),
        samples.claim_application(person="王\ue000"),
        samples.work_handover(handed_by="王\ue000"),
    ],
    ids=lambda form: type(form).__name__,
)
def test_a_name_no_carried_font_draws_stops_the_print(reader: Reader, form: Form) -> None:
    with pytest.raises(UserError, match="王\ue000") as caught:
        reader(render(form))
    assert caught.value.code == "name-unencodable"
