"""The widened format: each part's faults with key, line and remedy, and all faults at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.domain.schemes.schemes import Scheme, SchemeError, scheme_from
from desktop_app.errors import UserError

SCHEMES = Path(__file__).parents[2] / "resources" / "schemes"
IDS = {
    "anyang-2023": ["medical"],
    "beijing": ["outpatient", "inpatient", "above-ceiling", "above-ceiling-outpatient"],
    "pinghu": ["inpatient"],
    "xianfeng-2024": ["hospital", "critical-illness", "women", "accident"],
    "yongding": ["inpatient", "serious-illness", "condolence-death", "condolence-work-injury"],
}


def _text(name: str) -> str:
    return (SCHEMES / f"{name}.toml").read_text("utf-8")


def _faults(text: str) -> SchemeError:
    with pytest.raises(SchemeError) as caught:
        scheme_from(text, "试.toml")
    return caught.value


@pytest.mark.parametrize("name", IDS)
def test_the_five_schemes_have_the_plans_they_should(name: str) -> None:
    scheme = scheme_from(_text(name), name)
    assert scheme.id == name
    assert [plan.id for plan in scheme.plans] == IDS[name]
    assert scheme.steps_for("on-behalf")
    assert scheme.claims.steps


def test_there_are_no_other_schemes() -> None:
    assert sorted(file.stem for file in SCHEMES.glob("*.toml")) == sorted(IDS)


@pytest.mark.parametrize("name", IDS)
def test_no_scheme_speaks_of_insurance_selling(name: str) -> None:
    for word in ("保费", "投保", "理赔", "保单"):
        assert word not in _text(name)


def test_each_says_who_decides_and_who_pays(anyang: Scheme, pinghu: Scheme, scheme: Scheme) -> None:
    found = [(one.claims.decides, one.claims.pays) for one in (scheme, anyang, pinghu)]
    assert found == [("province", "province"), ("office", "office"), ("insurance", "hospital-bill")]


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "said"),
    [
        ("anyang-2023", 'age_rule = "statutory"', 'age_rule = "x"', "eligibility.age_rule", "取值"),
        ("anyang-2023", '["4105"]', '["41O5"]', "eligibility.areas", "行政区划"),
        ("anyang-2023", '["4105"]', '["410"]', "eligibility.areas", "行政区划"),
        ("anyang-2023", '"social", "non-profit"]', '"palace"]', "eligibility.unit_kinds", "palace"),
        ("anyang-2023", "\nfirst = 2023-01-01\nt", "\nt", "coverage.first", "没有填写"),
        ("anyang-2023", "months = 12", "months = 0", "coverage.months", "不能小于1"),
        ("anyang-2023", '{ value = 15, s', "{ to_confirm = true, s",
         "coverage.renewal.working_days_before", "要写 value"),
        ("anyang-2023", "{ value = 12, to", "{ value = 0, to", "coverage.renewal.year_months",
         "大于零"),
        ("anyang-2023", 'kind = "fixed"\nmonths = 12\nfirst = 2023-01-01',
         'kind = "from-plan-document"\nmonths = 12', "coverage.renewal", "只用于"),
        ("anyang-2023", 'allowed = "windows"', 'allowed = "x"', "coverage.additions.allowed",
         "取值"),
        ("anyang-2023", "move = {", "marriage = {", "coverage.events.marriage", "变动"),
        ("anyang-2023", 'move = { effect = "to-confirm" }', 'move = { effect = "ends" }',
         "coverage.events.move.source", "to-confirm"),
        ("anyang-2023", '["renewal", "new-people", "new-unit"]', "[]", "windows[1].kinds", "至少"),
        ("anyang-2023", '["renewal", "new-people", "new-unit"]', '[1]', "windows[1].kinds", "一列"),
        ("anyang-2023", '["renewal", "new-people", "new-unit"]', '["x"]', "windows[1].kinds", "x"),
        ("anyang-2023", "2022-11-11T08:00:00", "2022-12-11T08:00:00", "windows[1].closes_at",
         "早于"),
        ("anyang-2023", "2022-11-11T08:00:00", "2022-11-11T08:00:30", "windows[1].opens_at",
         "分钟"),
        ("anyang-2023", "2022-11-11T08:00:00", "2022-11-11T08:00:00Z", "windows[1].opens_at",
         "当地"),
        ("anyang-2023", "2022-11-11T08:00:00", "2022-11-11", "windows[1].opens_at", "时刻"),
        ("anyang-2023", "last = 2023-12-31", "last = 2022-12-31", "closures[1].last", "早于"),
        ("anyang-2023", "last = 2023-12-31", "", "closures[1].last", "没有填写"),
        ("anyang-2023", "effective_until = 2023-12-31", "effective_until = 2022-12-31",
         "effective_until", "早于"),
        ("anyang-2023", "{ value = 2500,", "{ value = 2400,", "funding", "合计7400分"),
        ("anyang-2023", 'pays = "office"', 'pays = "x"', "claims.pays", "取值"),
        ("anyang-2023", "[[steps.on-behalf]]", "[[steps.x]]", "steps.x", "不是方案文件"),
        ("pinghu", "first_month = { to_confirm = true }",
         'first_month = { value = 13, source = "试" }', "coverage.first_month", "1到12"),
        ("pinghu", 'payer = "town-union"', 'payer = "moon"', "funding.joint[1].payers[2].payer",
         "moon"),
        ("pinghu", "weight = { value = 1,", "weight = { value = 0,", "funding.joint[1].payers",
         "大于零"),
        ("yongding", 'with_plan = "inpatient"', 'with_plan = "x"', "plans[2].with_plan", "x"),
        ("yongding", 'with_plan = "inpatient"', 'with_plan = "condolence-death"',
         "plans[2].with_plan", "condolence-death"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_key_and_line(
    name: str, old: str, new: str, key: str, said: str
) -> None:
    text = _text(name)
    assert old in text
    everywhere = old.startswith(("[[", "weight"))
    broken = text.replace(old, new, -1 if everywhere else 1)
    error = _faults(broken)
    fault = error.faults[0]
    assert fault.key == key
    assert said in fault.message
    assert error.where == f"试.toml · 第{fault.line}行 · {key}"
    assert broken.splitlines()[fault.line - 1].strip().startswith(_opening(key))


def _opening(key: str) -> tuple[str, ...]:
    """How the line begins that a fault points at: the key itself, or the table it is missing in."""
    *above, last = (re.sub(r"\[\d+\]", "", part) for part in key.split("."))
    table = ".".join(above)
    return (last, f"[{table}]", f"[[{table}]]", f"[[{key}]]", f"[{key}]", f"[[{table}.{last}]]") + (
        (f"[[{last}]]", f"{above[-1]} =") if above else (f"[{last}]",)
    )


def test_a_scheme_without_steps_is_refused() -> None:
    text = re.sub(r"\[\[steps\..*?(?=\n\[notices)", "[steps]\n", _text("beijing"), flags=re.S)
    assert _faults(text).faults[0].key == "steps.on-behalf"


def test_a_scheme_needs_a_plan() -> None:
    text = re.sub(r"\[\[plans\]\].*?(?=\n\[coverage\])", "", _text("anyang-2023"), flags=re.S)
    fault = _faults(text).faults[0]
    assert (fault.key, fault.line) == ("plans", 1)
    assert "至少要有1项" in fault.message


def test_all_faults_are_told_at_once() -> None:
    text = _text("anyang-2023").replace("version = 1", "version = 0")
    text = text.replace('payer = "upper-union"', 'payer = "x"').replace("months = 12", "months = 0")
    text = text.replace('title = "', 'titel = "', 1)
    error = _faults(text)
    assert [fault.key for fault in error.faults] == [
        "title",
        "version",
        "coverage.months",
        "funding.parts[1].payer",
        "titel",
    ]
    assert error.message == error.faults[0].text
    assert all(fault.text.startswith("方案文件“试.toml”第") for fault in error.faults)


def test_names_that_nothing_defines_are_told_together() -> None:
    text = _text("anyang-2023").replace('"paper:insurance-proof"]', '"paper:poem"]', 1)
    text = text.replace('id = "bank-slip"', 'id = "application"')
    assert [fault.key for fault in _faults(text).faults] == [
        "papers[4]",
        "steps.on-behalf[1].requires",
    ]


def test_a_deep_nest_is_refused_not_crashed_on() -> None:
    assert _faults("a = " + "[" * 5000 + "]" * 5000).code == "scheme-invalid"


def test_a_handling_that_the_scheme_has_not_is_refused(anyang: Scheme) -> None:
    with pytest.raises(UserError) as caught:
        anyang.step("roster", "by-unit")
    assert caught.value.code == "handling-unknown"
    assert "on-behalf" in caught.value.remedy


def test_the_words_of_the_format_are_all_explained() -> None:
    """Every key that a carried scheme uses stands in the description of the format."""
    described = set(re.findall(r"`([a-z_-]+)`", (SCHEMES / "FORMAT.md").read_text("utf-8")))
    for name in IDS:
        keys = set(re.findall(r"^([a-z_]+) = ", _text(name), flags=re.M))
        assert keys <= described, keys - described
