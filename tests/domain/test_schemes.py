"""The scheme file: what it says, and how a broken one is answered."""

from __future__ import annotations

import contextlib
import datetime
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import FigureState
from desktop_app.domain.requirements import CHECKS
from desktop_app.domain.schemes.schemes import REQUIREMENTS, Scheme, scheme_from
from desktop_app.errors import UserError


def _refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        scheme_from(text, "试.toml")
    assert caught.value.code == "scheme-invalid"
    assert str(caught.value.where).startswith("试.toml · 第")
    assert caught.value.remedy
    return caught.value


def test_the_county_s_scheme_says_what_its_notice_says(scheme: Scheme) -> None:
    assert scheme.id == "xianfeng-2024"
    assert [plan.id for plan in scheme.plans] == [
        "hospital",
        "critical-illness",
        "women",
        "accident",
    ]
    assert [plan.women_only for plan in scheme.plans] == [False, False, True, False]
    assert (scheme.eligibility.min_age, scheme.eligibility.max_age) == (16, 60)
    assert scheme.participation is not None
    assert scheme.participation.min_share == Fraction(4, 5)
    assert scheme.payee is not None
    assert scheme.payee.account == "558686160106"
    assert scheme.drives[0].closes_on == datetime.date(2024, 12, 31)
    assert scheme.claims.paper_threshold_fen.value == 300_000
    assert [column.title for column in scheme.province[0].columns] == [
        "序号",
        "参保人姓名",
        "身份证号",
        "手机号",
    ]


def test_no_fee_stands_in_the_file_and_every_figure_names_its_source(scheme: Scheme) -> None:
    for plan in scheme.plans:
        assert (plan.fee_fen.value, plan.fee_fen.state) == (None, FigureState.TO_CONFIRM)
        for limit in plan.share_limits.values():
            assert limit.source


def test_steps_stand_in_the_order_of_the_work(scheme: Scheme) -> None:
    labels = [step.label for step in scheme.steps["on-behalf"]]
    assert labels == [
        "名单",
        "审核",
        "录省系统",
        "缴费",
        "省办到账",
        "确认书",
        "盖章收回",
        "归档办结",
    ]
    assert scheme.step("review").other_person
    assert not scheme.step("roster").other_person
    after = scheme.step_after("roster")
    assert after is not None
    assert after.key == "review"
    assert scheme.step_after("archive", "by-unit") is None


def test_share_limits_go_by_the_unit_s_kind(scheme: Scheme) -> None:
    plan = scheme.plan("hospital")
    assert not plan.share_limit("government").open
    assert plan.share_limit("firm").open
    assert plan.share_limit(None).open


def test_every_word_a_step_may_require_has_its_check() -> None:
    assert set(CHECKS) == REQUIREMENTS


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda scheme: scheme.plan("dental"), "plan-unknown"),
        (lambda scheme: scheme.paper("poem"), "paper-unknown"),
        (lambda scheme: scheme.step("dance"), "step-unknown"),
    ],
)
def test_an_unknown_name_is_refused_with_those_there_are(scheme: Scheme, ask, code: str) -> None:  # noqa: ANN001
    with pytest.raises(UserError) as caught:
        ask(scheme)
    assert caught.value.code == code
    assert "可用的" in caught.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "xianfeng-2024"', "", "id 没有填写"),
        ('id = "xianfeng-2024"', 'id = " "', "id 不能是空的"),
        ('id = "xianfeng-2024"', "id = 5", "id 应是文字"),
        ("version = 1", "version = 0", "version 不能小于1"),
        ("version = 1", "version = true", "version 应是整数"),
        ("version = 1", 'version = 1\ncolour = "red"', "colour 不是方案文件认识的项"),
        ("effective_from = 2024-01-01", 'effective_from = "x"', "effective_from 应是日期"),
        ("min_age = 16", "min_agee = 16", "eligibility.min_age 没有填写"),
        ("max_age = 60", "max_age = 6", "eligibility.max_age 不能小于16"),
        ('min_share = "80/100"', 'min_share = "8/0"', "participation.min_share 应是0到1之间"),
        ('min_share = "80/100"', "min_share = 1.2", "participation.min_share 应是0到1之间"),
        ('min_share = "80/100"', "min_share = inf", "participation.min_share 应是0到1之间"),
        ('min_share = "80/100"', "min_share = 1", "participation.min_share 应是0到1之间"),
        ('min_share = "80/100"', "", "participation.min_share 没有填写"),
        ("{ value = 100, to_confirm = true,", "{ to_confirm = true,", "要写 value"),
        ("including = true", 'including = "yes"', "participation.including 应是 true 或 false"),
        ('holders = "women"', 'holders = "men"', "plans[3].holders “men”不在允许的取值内"),
        ("fee_fen = { to_confirm = true }", "fee_fen = { value = 5 }", "plans[1].fee_fen 要么"),
        ("fee_fen = { to_confirm = true }", "fee_fen = 5", "plans[1].fee_fen 应是表"),
        ("fee_fen = { to_confirm = true }", "fee_fen = { valu = 5 }", "fee_fen.valu 不是方案"),
        ('id = "accident"', 'id = "hospital"', "plans[4] 里“hospital”出现了两次"),
        ("government = {", "palace = {", "plans[1].share_limits.palace 不是单位类别"),
        ("default = { value = 1", "firm = { value = 1", "plans[1].share_limits.default 没有"),
        (
            'unit_kinds = ["government", "institution"]',
            'unit_kinds = ["x"]',
            "里的“x”不在允许的取值内",
        ),
        ('unit_kinds = ["government", "institution"]', "unit_kinds = [1]", "应是一列文字"),
        ('attachments = ["insurance-proof",', 'attachments = ["poem",', "提到的“poem”没有定义"),
        ('over_age_paper = "over-age-proof"', 'over_age_paper = "poem"', "提到的“poem”没有"),
        ('plans = ["accident"]', 'plans = ["dental"]', "plans 提到的“dental”没有定义"),
        ('requires = ["plans",', 'requires = ["luck",', "requires 提到的“luck”没有定义"),
        ('"stamped:confirmation"]', '"stamped:poem"]', "提到的“stamped:poem”没有定义"),
        ('key = "review"', 'key = "roster"', "steps.on-behalf[2] 里“roster”出现了两次"),
        ("[[steps.by-unit]]", "[[steps.by-nobody]]", "steps.by-nobody 不是方案文件认识的项"),
        ("[words]", "[[words]]", "words 应是表"),
        ("[[drives]]", "[drives]", "drives 应是一列表"),
    ],
)
def test_a_broken_file_is_answered_with_the_key_and_the_fault(
    scheme_text: str, old: str, new: str, said: str
) -> None:
    assert old in scheme_text
    broken = scheme_text.replace(old, new, 1 if "steps.by-unit" not in old else -1)
    assert said in str(_refusal(broken))


def test_text_that_is_no_toml_is_answered_with_its_line() -> None:
    assert "第2行" in str(_refusal('id = "x"\n= 5'))


def test_a_programme_may_have_no_participation_payee_province_or_drive(scheme_text: str) -> None:
    text = re.sub(r"\[participation\].*?(?=\n\[\[plans)", "", scheme_text, flags=re.S)
    text = re.sub(r"\[payee\].*?(?=\n# who)", "", text, flags=re.S)
    text = re.sub(r"\[\[drives\]\].*?(?=\n\[funding)", "", text, flags=re.S)
    text = text.replace(
        'default_payer = "unit-and-member"',
        '[[funding.parts]]\npayer = "upper-union"\n'
        'fee_fen = { value = 2500, source = "试" }\n\n'
        '[[funding.parts]]\npayer = "unit-and-member"\nfee_fen = { to_confirm = true }',
    )
    text = text.replace('over_age_paper = "over-age-proof"\n', "")
    scheme = scheme_from(text)
    assert (scheme.participation, scheme.payee, scheme.province, scheme.drives) == (
        None,
        None,
        (),
        (),
    )
    assert [part.payer for part in scheme.funding.parts] == ["upper-union", "unit-and-member"]
    assert scheme.funding.default_payer == "unit-and-member"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_breaks(
    scheme_text: str, data: st.DataObject
) -> None:
    lines = scheme_text.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(st.one_of(st.just(""), st.text(max_size=20), st.sampled_from(lines)))
    with contextlib.suppress(UserError):
        assert scheme_from("\n".join(lines)).steps
