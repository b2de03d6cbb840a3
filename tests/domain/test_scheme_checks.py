"""Mistakes that would make a scheme do less than it says: each refused with place and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.domain.scheme_editor.scheme_warnings import scheme_warnings
from desktop_app.domain.schemes.scheme_faults import MOST, REMEDY, Fault
from desktop_app.domain.schemes.scheme_model import STEP_ACTS
from desktop_app.domain.schemes.scheme_readers import FORMS
from desktop_app.domain.schemes.schemes import SchemeError, scheme_from

SCHEMES = Path(__file__).parents[2] / "resources" / "schemes"


def _text(name: str) -> str:
    return (SCHEMES / f"{name}.toml").read_text("utf-8")


def _faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(SchemeError) as caught:
        scheme_from(text, "试.toml")
    return caught.value.faults


TWICE = "出现了两次"
WRONG = [
    # what moves a case on
    ("beijing", 'act = "enrolment.submit"', 'act = "enrolment.sbmit"', "steps.on-behalf[1].act",
     "没有定义"),
    ("beijing", 'other_than = "enrolment.submit"', 'other_than = "enrolment.sbmit"',
     "steps.on-behalf[2].other_than", "不是前面哪一步"),
    ("beijing", 'other_than = "enrolment.submit"', 'other_than = "archive.finish"',
     "steps.on-behalf[2].other_than", "不是前面哪一步"),
    ("beijing", 'act = "enrolment.submit"\nwho = "clerk"',
     'act = "enrolment.submit"\nwho = "clerk"\nother_than = "enrolment.submit"',
     "steps.on-behalf[1].other_than", "不是前面哪一步"),
    # words
    ("beijing", "payment-notice =", "payment-notic =", "words.forms.payment-notic",
     "不是方案文件认识"),
    ("beijing", 'paid = "', 'paid = 5 # "', "notices.paid", "应是文字"),
    # plans that are not there
    ("beijing", '"inpatient", "above-ceiling", "above-ceiling-outpatient"]', '"inpatent"]',
     "plans[1].benefits.ceilings[1].plans",
     "“inpatent”没有定义"),
    ("beijing", "[[plans.benefits.parts]]",
     '[[plans.benefits.stacking]]\nmode = "net-of"\nplans = ["dental", "poem"]\nsource = "试"\n\n'
     "[[plans.benefits.parts]]", "plans[1].benefits.stacking[1].plans", "“dental、poem”没有定义"),
    ("xianfeng-2024", "[plans.benefits.waiting]\nto_confirm = true",
     '[plans.benefits.waiting]\nplans = ["dental"]\nto_confirm = true',
     "plans[1].benefits.waiting.plans", "没有定义"),
    # what stands twice
    ("beijing", 'key = "figured"', 'key = "settled"', "claims.steps[2]", TWICE),
    ("beijing", 'id = "supplement"', 'id = "settlement"', "claims.papers[3]", TWICE),
    ("xianfeng-2024", 'id = "cwmia"', 'id = "hzbz"', "province.profiles[2]", TWICE),
    ("xianfeng-2024", 'id = "welfare"', 'id = "unit"', "funding.channels[5]", TWICE),
    ("xianfeng-2024", "[funding]", '[[drives]]\nyear = 2024\nsource = "试"\n\n[funding]',
     "drives[2]", TWICE),
    ("beijing", 'label = "特困"', 'label = "劳模"', "plans[1].benefits.classes.hardship.label",
     "同名"),
    # ids
    ("beijing", 'id = "beijing"', 'id = "../../x y"', "id", "标识"),
    ("beijing", 'id = "beijing"', f'id = "{"a" * 41}"', "id", "标识"),
    ("beijing", 'id = "outpatient"', 'id = "门诊"', "plans[1].id", "标识"),
    ("beijing", 'key = "settled"', 'key = "Settled"', "claims.steps[1].key", "标识"),
    ("beijing", 'id = "rate"', 'id = "rate_1"', "plans[1].benefits.parts[1].id", "标识"),
    # figures outside any sense
    ("beijing", "months = 12", "months = 999999999", "coverage.months", "不能大于120"),
    ("beijing", "months = 12", "months = 121", "coverage.months", "不能大于120"),
    ("xianfeng-2024", "max_age = 60", "max_age = 6000", "eligibility.max_age", "不能大于120"),
    ("xianfeng-2024", "min_age = 16", "min_age = 121", "eligibility.min_age", "不能大于120"),
    ("xianfeng-2024", "over_months = 12", "over_months = 121", "eligibility.temporary_over_months",
     "120"),
    ("beijing", "fee_fen = { value = 0,", "fee_fen = { value = 1000000000001,",
     "plans[1].fee_fen.value",
     "不能大于1000000000000"),
    ("beijing", "fen = 180000", "fen = 99999999999999999999999", "plans[1].benefits.deductible.fen",
     "大于"),
    ("beijing", "default = { value = 1,", "default = { value = 1001,",
     "plans[1].share_limits.default.value",
     "不能大于1000"),
    ("anyang-2023", "{ value = 15, s", "{ value = 367, s",
     "coverage.renewal.working_days_before.value", "366"),
    ("anyang-2023", "{ value = 12, to", "{ value = 13, to", "coverage.renewal.year_months.value",
     "12"),
    ("xianfeng-2024", "year = 2024", "year = 20240", "drives[1].year", "不能大于2199"),
    ("beijing", "version = 1", "version = 1000001", "version", "不能大于"),
    ("beijing", "effective_from = 2012-05-01", "effective_from = 9999-12-31", "effective_from",
     "1949年到2199年"),
    ("anyang-2023", "2022-11-11T08:00:00", "0001-11-11T08:00:00", "windows[1].opens_at",
     "1949年到2199年"),
    # texts and shares
    ("beijing", 'region = "北京市"', f'region = "{"北" * 2001}"', "region", "太长"),
    ("beijing", 'title = "北京', f'title = "{"北" * 100}', "title", "太长"),
    ("beijing", 'region = "北京市"', 'region = "北\\u0000京"', "region", "控制字符"),
    ("beijing", 'share = "20/100"', 'share = "1e99999999"', "plans[1].benefits.parts[1].share",
     "比例"),
    ("beijing", 'share = "20/100"', "share = 1e-99999999", "plans[1].benefits.parts[1].share",
     "比例"),
    ("beijing", 'share = "20/100"', "share = nan", "plans[1].benefits.parts[1].share", "比例"),
    ("xianfeng-2024", 'attachments = ["insurance-proof", "over-age-proof", "bank-slip"]',
     "attachments = 1",
     "province.profiles[1].attachments", "一列文字"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "key", "said"), WRONG)
def test_a_mistake_is_told_with_file_place_and_a_remedy_of_its_own(
    name: str, old: str, new: str, key: str, said: str
) -> None:
    assert old in _text(name)
    (fault,) = _faults(_text(name).replace(old, new, 1))
    assert (fault.key, fault.file) == (key, "试.toml")
    assert said in fault.message
    assert fault.text.startswith(f"方案文件“试.toml”第{fault.line}行:{key} ")
    assert fault.remedy
    assert fault.remedy != REMEDY


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("min_age = 16", "min_age = 16\nhealth_declared = true", "“health_declaration”"),
        ("months = 12", 'months = "12"', "months = 12"),
        ("max_age = 60", "max_age = 600", "16到120之间"),
        ("payment-notice =", "payment-notic =", "“payment-notice”"),
        ('act = "archive.finish"', 'act = "archive.end"', "archive.finish"),
        ('holders = "women"', 'holders = "men"', "可以写:all、women。"),
        ("[coverage.additions]", "[coverage.adds]", "additions"),
        ("version = 1", "version = 1\nzz = 1", "请删去这一项,或改成认识的项"),
        ("[payee]", "[payees]", "是不是想写“payee”"),
    ],
)
def test_the_remedy_says_how_this_place_is_written(
    scheme_text: str, old: str, new: str, remedy: str
) -> None:
    text = (
        scheme_text.replace("health_declaration = true\n", "") if "health" in new else scheme_text
    )
    assert any(remedy in fault.remedy for fault in _faults(text.replace(old, new, 1)))


def test_all_faults_of_one_part_are_told(scheme_text: str) -> None:
    text = scheme_text.replace("min_age = 16", 'min_age = "16"').replace(
        "max_age = 60", "max_age = 600"
    )
    text = text.replace('id = "women"', 'id = "Women"').replace(
        'holders = "women"', 'holders = "men"'
    )
    text = text.replace("fen = 1500000", "fen = -1").replace('label = "轻度"', "label = 1")
    assert [fault.key for fault in _faults(text)] == [
        "eligibility.min_age",
        "eligibility.max_age",
        "plans[2].benefits.parts[1].amounts[2].label",
        "plans[3].id",
        "plans[3].holders",
        "plans[3].benefits.parts[1].fen",
    ]


def test_a_table_that_is_missing_is_one_fault(scheme_text: str) -> None:
    text = re.sub(r"\[words\].*?(?=\n\[eligibility)", "", scheme_text, flags=re.S)
    assert [fault.key for fault in _faults(text)] == ["words"]


def test_a_benefit_of_unknown_kind_hides_no_other_s_fault(scheme_text: str) -> None:
    text = scheme_text.replace('kind = "rate"', 'kind = "rat"').replace(
        "fen = 300000 }", "fen = -3 }"
    )
    assert [fault.key for fault in _faults(text)] == [
        "plans[1].benefits.parts[1].kind",
        "plans[2].benefits.parts[1].amounts[2].fen",
    ]


def test_an_event_without_an_effect_and_one_unknown_are_both_told(scheme_text: str) -> None:
    text = scheme_text.replace('move = { effect = "to-confirm" }', "move = {}")
    text = text.replace("death = {", "birth = {")
    assert [fault.key for fault in _faults(text)] == [
        "coverage.events.move.effect",
        "coverage.events.birth",
    ]


def test_what_a_missing_table_would_hold_is_not_asked_for(scheme_text: str) -> None:
    text = re.sub(r"\[coverage\].*?(?=\n\[\[drives)", "", scheme_text, flags=re.S)
    assert [fault.key for fault in _faults(text)] == ["coverage"]


def test_very_many_faults_are_told_in_part_with_the_number_of_the_others(scheme_text: str) -> None:
    strange = "".join(f"strange{number} = 1\n" for number in range(MOST + 7))
    faults = _faults(strange + scheme_text)
    assert len(faults) == MOST + 1
    assert "还有7处错误没有列出" in faults[-1].text
    assert faults[-1].file == "试.toml"


def test_an_account_s_doubtful_bank_number_only_warns(scheme_text: str) -> None:
    assert scheme_warnings(scheme_from(scheme_text), scheme_text) == ()
    text = scheme_text.replace("104521020015", "104521020016")
    (doubt,) = scheme_warnings(scheme_from(text), text, "试.toml")
    assert doubt.key == "payee.bank_no"
    assert text.splitlines()[doubt.line - 1] == 'bank_no = "104521020016"'
    assert "校验不符" in doubt.text
    assert "核对" in doubt.remedy
    assert scheme_warnings(scheme_from(_text("beijing")), _text("beijing")) == ()


def test_the_format_names_every_act_and_every_form() -> None:
    described = set(re.findall(r"`([a-z.-]+)`", (SCHEMES / "FORMAT.md").read_text("utf-8")))
    assert set(STEP_ACTS) | set(FORMS) <= described
