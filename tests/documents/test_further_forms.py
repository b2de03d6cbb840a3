"""What stands on the paper of the further forms, read back from the PDF by two libraries."""

from __future__ import annotations

import pytest

from desktop_app.documents.forms.parts import UnitParticulars
from desktop_app.documents.printing import render
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
