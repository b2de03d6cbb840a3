"""Open clauses of benefits: named, read out, ruled on, and read again by the file's readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.scheme_editor.clause_words import (
    clause_label,
    fields_of,
    may_be_absent,
    reading,
    typed_values,
)
from desktop_app.domain.schemes.clauses import (
    GIVEN,
    NONE,
    READ,
    Ruling,
    Spot,
    open_spots,
    with_clauses,
)
from desktop_app.domain.schemes.scheme_faults import SchemeError
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.errors import UserError

DOCUMENT = "某工办发〔2026〕3号(演示)"
HOSPITAL = "plans.hospital.benefits"


def text_of(name: str) -> str:
    return Path(resources.__file__).parent.joinpath("schemes", f"{name}.toml").read_text("utf-8")


def rule(name: str, key: str, way: str, **values: Any) -> Scheme:
    text = text_of(name)
    return with_clauses(scheme_from(text), values_of(text), {key: Ruling(way, DOCUMENT, values)})


def spot(name: str, key: str) -> Spot:
    return next(one for one in open_spots(values_of(text_of(name))) if one.key == key)


def test_every_open_clause_of_a_scheme_is_named_once() -> None:
    keys = [one.key for one in open_spots(values_of(text_of("xianfeng-2024")))]
    assert keys == [
        f"{HOSPITAL}.rate",
        f"{HOSPITAL}.deductible",
        f"{HOSPITAL}.waiting",
        f"{HOSPITAL}.ceilings.period",
        "plans.critical-illness.benefits.severity",
        "plans.critical-illness.benefits.waiting",
        "plans.women.benefits.illness",
        "plans.women.benefits.waiting",
        "plans.accident.benefits",
    ]
    beijing = [one.key for one in open_spots(values_of(text_of("beijing")))]
    assert "plans.above-ceiling.benefits.brackets.above-25000000" in beijing
    assert "plans.inpatient.benefits.known_until" in beijing
    assert "plans.inpatient.benefits.classes.hardship" in beijing
    assert [one.key for one in open_spots(values_of(text_of("pinghu")))] == [
        "plans.inpatient.benefits.accumulation"
    ]


def test_confirmed_clauses_leave_the_answer_without_anything_open() -> None:
    facts = facts_from({"own_fen": 1_000_000, "event_on": "2026-12-05"})
    before = work_out(scheme_from(text_of("xianfeng-2024")), "hospital", facts)
    assert (before.fen, len(before.to_confirm)) == (700_000, 4)
    text = text_of("xianfeng-2024")
    said = {
        f"{HOSPITAL}.rate": Ruling(READ, DOCUMENT),
        f"{HOSPITAL}.deductible": Ruling(GIVEN, DOCUMENT, {"fen": 50_000}),
        f"{HOSPITAL}.waiting": Ruling(NONE, DOCUMENT),
        f"{HOSPITAL}.ceilings.period": Ruling(GIVEN, DOCUMENT, {"fen": 600_000}),
    }
    after = work_out(with_clauses(scheme_from(text), values_of(text), said), "hospital", facts)
    assert (after.fen, after.to_confirm) == (600_000, ())
    clauses = {step.rule: step.clause for step in after.steps}
    assert clauses["rate"] == clauses["deductible"] == clauses["ceiling"] == DOCUMENT
    assert "waiting" not in clauses


def test_a_ceiling_the_document_does_not_know_is_taken_out() -> None:
    made = rule("xianfeng-2024", f"{HOSPITAL}.ceilings.period", NONE).plan("hospital").benefits
    assert made is not None
    assert made.ceilings == ()


def test_a_table_of_severities_takes_the_documents_sums() -> None:
    key = "plans.critical-illness.benefits.severity"
    values = typed_values(spot("xianfeng-2024", key).table, {"amounts.severe": 2_000_000})
    made = rule("xianfeng-2024", key, GIVEN, **values)
    facts = facts_from({"severity": "重度", "shares": 1})
    assert work_out(made, "critical-illness", facts).fen == 2_000_000
    light = facts_from({"severity": "light", "shares": 1})
    assert work_out(made, "critical-illness", light).fen == 300_000


def test_grades_without_labels_are_given_as_a_table() -> None:
    key = "plans.condolence-death.benefits.condolence"
    amounts = [{"key": "1", "label": "一档", "fen": 500_000}]
    made = rule("yongding", key, GIVEN, amounts=amounts)
    found = work_out(made, "condolence-death", facts_from({"grade": "一档"}))
    assert (found.fen, found.to_confirm) == (500_000, ())


def test_an_open_band_and_a_day_until_which_figures_are_known() -> None:
    base = "plans.above-ceiling.benefits"
    text, facts = (
        text_of("beijing"),
        facts_from({"eligible_own_fen": 26_000_000, "event_on": "2024-03-01"}),
    )
    said = {
        f"{base}.brackets.above-25000000": Ruling(GIVEN, DOCUMENT, {"share": "90/100"}),
        f"{base}.known_until": Ruling(GIVEN, DOCUMENT, {"known_until": "2024-12-31"}),
        f"{base}.ceilings.period": Ruling(READ, DOCUMENT),
    }
    made = with_clauses(scheme_from(text), values_of(text), said)
    found = work_out(made, "above-ceiling", facts)
    assert (found.fen, found.to_confirm) == (18_900_000, ())
    benefits = made.plan("above-ceiling").benefits
    assert benefits is not None
    assert benefits.known_until == date(2024, 12, 31)
    assert benefits.parts[0].clause.source.endswith(f";{DOCUMENT}")
    assert benefits.clause.source.endswith(f";{DOCUMENT}")
    for_ever = rule("beijing", f"{base}.known_until", READ).plan("above-ceiling").benefits
    assert for_ever is not None
    assert for_ever.known_until is None


def test_an_open_band_confirmed_as_it_is_read_is_open_no_longer() -> None:
    key = "plans.above-ceiling.benefits.brackets.above-25000000"
    made = rule("beijing", key, READ)
    facts = facts_from({"eligible_own_fen": 26_000_000, "event_on": "2023-03-01"})
    assert key not in work_out(made, "above-ceiling", facts).to_confirm


@pytest.mark.parametrize(
    ("name", "key", "way", "values", "words"),
    [
        ("xianfeng-2024", f"{HOSPITAL}.deductible", GIVEN, {"fen": -1}, "不能小于0"),
        ("xianfeng-2024", f"{HOSPITAL}.deductible", READ, {}, "没有填写"),
        ("xianfeng-2024", f"{HOSPITAL}.rate", GIVEN, {"share": "3/2"}, "0到1之间的比例"),
        ("xianfeng-2024", f"{HOSPITAL}.rate", GIVEN, {"shares": "1/2"}, "不是方案文件认识的项"),
        ("pinghu", "plans.inpatient.benefits.accumulation", GIVEN, {"over": "x"}, "取值"),
        ("beijing", "plans.inpatient.benefits.known_until", GIVEN, {"known_until": "x"}, "日期"),
    ],
)
def test_values_are_refused_with_the_files_sentences(
    name: str, key: str, way: str, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(SchemeError) as caught:
        rule(name, key, way, **values)
    assert words in caught.value.faults[0].message


@pytest.mark.parametrize(
    ("name", "key", "way", "values", "code"),
    [
        ("anyang-2023", "plans.medical.benefits", READ, {}, "clause-way"),
        ("pinghu", "plans.inpatient.benefits.accumulation", NONE, {}, "clause-way"),
        ("xianfeng-2024", f"{HOSPITAL}.rate", GIVEN, {}, "clause-values"),
        ("xianfeng-2024", f"{HOSPITAL}.rate", GIVEN, {"source": "x"}, "clause-values"),
        ("xianfeng-2024", f"{HOSPITAL}.ceilings.period", GIVEN, {"per": "case"}, "clause-values"),
        ("beijing", "plans.inpatient.benefits.known_until", GIVEN, {"fen": 1}, "clause-values"),
    ],
)
def test_a_clause_is_not_ruled_on_in_a_way_it_cannot_be(
    name: str, key: str, way: str, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(UserError) as caught:
        rule(name, key, way, **values)
    assert caught.value.code == code


def test_a_ruling_on_what_the_file_has_not_changes_nothing() -> None:
    text = text_of("pinghu")
    scheme = scheme_from(text)
    gone = {
        "plans.inpatient.benefits.minimum": Ruling(NONE, DOCUMENT),
        "plans.nothing.benefits.minimum": Ruling(NONE, DOCUMENT),
    }
    assert with_clauses(scheme, values_of(text), gone) == scheme


def test_a_benefit_open_as_a_whole_with_parts_may_be_confirmed_as_read() -> None:
    text = text_of("pinghu").replace(
        "[plans.benefits]\ncounts", "[plans.benefits]\nto_confirm = true\ncounts"
    )
    made = with_clauses(
        scheme_from(text),
        values_of(text),
        {"plans.inpatient.benefits": Ruling(READ, DOCUMENT)},
    )
    benefits = made.plan("inpatient").benefits
    assert benefits is not None
    assert (benefits.clause.open, benefits.clause.source) == (False, DOCUMENT)
    whole = next(one for one in open_spots(values_of(text)) if one.kind == "benefits")
    assert reading(whole) == "按各部分标准"
    with pytest.raises(UserError):
        with_clauses(
            scheme_from(text),
            values_of(text),
            {"plans.inpatient.benefits": Ruling(GIVEN, DOCUMENT, {"parts": []})},
        )


@pytest.mark.parametrize(
    ("name", "key", "label", "read", "fields"),
    [
        ("xianfeng-2024", f"{HOSPITAL}.rate", "住院 · 比例", "比例70%", ("share",)),
        ("xianfeng-2024", f"{HOSPITAL}.deductible", "住院 · 起付线", "", ("fen",)),
        ("xianfeng-2024", f"{HOSPITAL}.waiting", "住院 · 等待期", "", ()),
        ("xianfeng-2024", f"{HOSPITAL}.ceilings.period", "住院 · 每期封顶", "", ("fen",)),
        (
            "xianfeng-2024",
            "plans.critical-illness.benefits.severity",
            "住院 · 轻重标准",
            "重度 金额10,000.00 元;轻度 金额3,000.00 元",
            ("amounts.severe", "amounts.light"),
        ),
        (
            "xianfeng-2024",
            "plans.women.benefits.illness",
            "住院 · 定额",
            "金额15,000.00 元 按每份是",
            ("fen",),
        ),
        ("xianfeng-2024", "plans.accident.benefits", "住院 · 待遇标准", "", ()),
        ("yongding", "plans.condolence-death.benefits.condolence", "住院 · 等级标准", "", ()),
        (
            "pinghu",
            "plans.inpatient.benefits.accumulation",
            "住院 · 累计办法",
            "累计范围逐次",
            ("over",),
        ),
        (
            "beijing",
            "plans.above-ceiling.benefits.brackets.above-25000000",
            "住院 · 250,000.00元以上一段的比例",
            "超过250,000.00 元 比例0%",
            ("share",),
        ),
        (
            "beijing",
            "plans.inpatient.benefits.classes.hardship",
            "住院 · “特困”的标准",
            "特困 比例25% 起付线650.00 元 第二次起的起付线325.00 元",
            (),
        ),
        (
            "beijing",
            "plans.inpatient.benefits.known_until",
            "住院 · 标准用到哪一天",
            "核对到2023-12-31,之后照旧",
            (),
        ),
    ],
)
def test_a_clause_is_said_in_words(
    name: str, key: str, label: str, read: str, fields: tuple[str, ...]
) -> None:
    found = spot(name, key)
    assert clause_label(found, "住院") == label
    assert reading(found) == read
    assert tuple(one.name for one in fields_of(found)) == fields


def test_only_some_clauses_may_be_absent() -> None:
    assert may_be_absent(spot("xianfeng-2024", f"{HOSPITAL}.waiting"))
    assert not may_be_absent(spot("xianfeng-2024", f"{HOSPITAL}.rate"))


def test_typed_values_stand_under_the_clauses_own_keys() -> None:
    assert typed_values({}, {"fen": 5}) == {"fen": 5}


def test_open_stacking_is_a_clause_of_its_own() -> None:
    table = {"mode": "net-of", "plans": ["x"], "to_confirm": True}
    values = {"plans": [{"id": "p", "benefits": {"stacking": [table]}}, {"id": "q"}]}
    (found,) = open_spots(values)
    assert (found.key, found.kind) == ("plans.p.benefits.stacking", "stacking")
    assert clause_label(found, "甲") == "甲 · 与其他项目的关系"


@pytest.mark.parametrize("name", ["deductible", "a.b"])
def test_a_part_takes_no_other_clauses_name(name: str) -> None:
    text = text_of("pinghu").replace('id = "brackets"', f'id = "{name}"')
    with pytest.raises(SchemeError) as caught:
        scheme_from(text)
    assert "标识" in caught.value.message


def test_the_days_from_which_a_standard_holds_are_ruled_on_like_those_until_it_does() -> None:
    base = "plans.above-ceiling.benefits"
    given = rule("beijing", f"{base}.known_from", GIVEN, known_from="2015-01-01")
    benefits = given.plan("above-ceiling").benefits
    assert benefits is not None
    assert benefits.known_from == date(2015, 1, 1)
    always = rule("beijing", f"{base}.known_from", READ).plan("above-ceiling").benefits
    assert always is not None
    assert (always.known_from, always.known_until) == (None, date(2023, 12, 31))


def test_one_of_two_ceilings_of_different_days_is_ruled_on_by_itself() -> None:
    key = "plans.outpatient.benefits.ceilings.period-until-2019-12-31"
    scheme = rule("beijing", key, GIVEN, fen=10_065_300)
    benefits = scheme.plan("outpatient").benefits
    assert benefits is not None
    assert [(one.fen, one.clause.open) for one in benefits.ceilings] == [
        (10_065_300, False),
        (20_065_300, False),
    ]
    found = next(one for one in open_spots(values_of(text_of("beijing"))) if one.key == key)
    assert clause_label(found, "门诊") == "门诊 · 每期封顶(到2019-12-31)"
    assert reading(found).endswith("金额200,000.00 元")


CEILING = (
    '[[plans.benefits.ceilings]]\nper = "period"\nfen = {}\nto_confirm = true\nsource = "{}"\n'
)
STACKING = (
    '[[plans.benefits.stacking]]\nmode = "{}"\nplans = ["inpatient"]\nto_confirm = true\n'
    'source = "{}"\n'
)
BASE = "plans.inpatient.benefits"


def doubled() -> str:
    """Pinghu's file with three ceilings of the period and two stacking rules, all open."""
    more = "".join(CEILING.format(fen, fen) for fen in (900, 800, 700))
    more += STACKING.format("net-of", "一") + STACKING.format("tops-up", "二")
    text = text_of("pinghu")
    at = text.index("[coverage]")
    return f"{text[:at]}{more}\n{text[at:]}"


def ruled(*rulings: tuple[str, str, dict[str, Any]]) -> Any:
    text = doubled()
    said = {f"{BASE}.{key}": Ruling(way, DOCUMENT, values) for key, way, values in rulings}
    benefits = with_clauses(scheme_from(text), values_of(text), said).plan("inpatient").benefits
    assert benefits is not None
    return benefits


def test_rules_of_one_name_have_a_key_and_a_label_each() -> None:
    found = {one.key: clause_label(one, "住院") for one in open_spots(values_of(doubled()))}
    assert {key: label for key, label in found.items() if "ceil" in key or "stack" in key} == {
        f"{BASE}.ceilings.period": "住院 · 每期封顶",
        f"{BASE}.ceilings.period.2": "住院 · 每期封顶(第2条)",
        f"{BASE}.ceilings.period.3": "住院 · 每期封顶(第3条)",
        f"{BASE}.stacking": "住院 · 与其他项目的关系",
        f"{BASE}.stacking.2": "住院 · 与其他项目的关系(第2条)",
    }
    read = ruled()
    keys = [one.clause.key for one in (*read.ceilings, *read.stacking)]
    assert keys == [key for key in found if "ceil" in key or "stack" in key]


def test_a_ruling_is_laid_over_the_rule_that_it_names_and_no_other() -> None:
    found = ruled(("ceilings.period.2", GIVEN, {"fen": 9}), ("stacking.2", READ, {}))
    assert [(one.fen, one.clause.open) for one in found.ceilings] == [
        (900, True), (9, False), (700, True),
    ]  # fmt: skip
    assert [(one.clause.source, one.clause.open) for one in found.stacking] == [
        ("一", True), (DOCUMENT, False),
    ]  # fmt: skip


def test_a_rule_that_the_document_has_not_leaves_its_neighbours_their_keys() -> None:
    found = ruled(
        ("ceilings.period", NONE, {}),
        ("ceilings.period.2", NONE, {}),
        ("ceilings.period.3", GIVEN, {"fen": 5}),
    )
    assert [(one.clause.key, one.fen, one.clause.open) for one in found.ceilings] == [
        (f"{BASE}.ceilings.period.3", 5, False)
    ]
    left = ruled(("ceilings.period", NONE, {}))
    assert [one.clause.key for one in left.ceilings] == [
        f"{BASE}.ceilings.period.2", f"{BASE}.ceilings.period.3",
    ]  # fmt: skip
