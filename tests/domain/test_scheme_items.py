"""Items copied under their own ids; words changed with the keys that hang on them."""

from __future__ import annotations

import pytest

from db.codes import Channel
from desktop_app.domain.scheme_editor.scheme_items import copied, with_value, without_value
from desktop_app.domain.scheme_editor.scheme_options import (
    KINDS,
    asked_for,
    may_lack,
    optional_keys,
)
from desktop_app.domain.scheme_editor.scheme_terms import choices_of
from desktop_app.domain.toml.toml_edit import value_at, values_of
from tests.domain.scheme_places import TEXTS, faults_of, items

PART = "plans[1].benefits.parts[1]"


@pytest.mark.parametrize("name", TEXTS)
def test_a_copy_never_takes_the_id_of_another_item(name: str) -> None:
    text = TEXTS[name]
    for item in items(values_of(text)):
        twice = copied(copied(text, item), item)
        there = value_at(values_of(twice), item[: item.rindex("[")])
        for key in ("id", "key", "year"):
            ids = [one[key] for one in there if key in one]
            if len(ids) <= len(Channel) or key != "id":  # there are no more channels
                assert len(ids) == len(set(ids)), item


def test_a_copied_paper_and_channel_are_whole() -> None:
    text = copied(TEXTS["xianfeng-2024"], "papers[5]")
    assert value_at(values_of(text), "papers[6].id") == "bank-slip-2"
    assert faults_of(text) == []
    text = copied(TEXTS["pinghu"], "funding.channels[1]")
    assert value_at(values_of(text), "funding.channels[2].label") == "福利费"
    with pytest.raises(KeyError):
        copied(text, "papers")


@pytest.mark.parametrize("kind", KINDS["plans[].benefits.parts[].kind"])
@pytest.mark.parametrize("name", ["pinghu", "xianfeng-2024"])
def test_a_kind_of_benefit_is_changed_with_its_keys(name: str, kind: str) -> None:
    changed = with_value(TEXTS[name], f"{PART}.kind", kind)
    part = value_at(values_of(changed), PART)
    assert part["kind"] == kind
    assert (
        part.keys() - {"id", "kind", "source", "to_confirm", "optional"}
        == asked_for("plans[].benefits.parts[].kind", kind).keys()
    )
    for key, message in faults_of(changed):
        assert key.startswith(PART), message
        assert "应是" in message, message


def test_the_age_rule_asks_for_its_ages() -> None:
    text = with_value(TEXTS["xianfeng-2024"], "eligibility.age_rule", "statutory")
    assert "max_age" not in value_at(values_of(text), "eligibility")
    assert faults_of(text) == []
    again = without_value(text, "eligibility.age_rule")
    assert value_at(values_of(again), "eligibility.max_age") == ""
    assert [key for key, _message in faults_of(again)] == ["eligibility.max_age"]


@pytest.mark.parametrize("kind", choices_of("coverage.kind"))
def test_a_way_of_coverage_asks_for_its_beginning(kind: str) -> None:
    text = with_value(TEXTS["pinghu"], "coverage.kind", kind)
    coverage = value_at(values_of(text), "coverage")
    assert ("first" in coverage) is (kind == "fixed")
    assert ("first_month" in coverage) is (kind == "yearly")


def test_a_plan_that_comes_with_another_has_no_fee() -> None:
    text = with_value(TEXTS["xianfeng-2024"], "plans[2].with_plan", "hospital")
    assert "fee_fen" not in value_at(values_of(text), "plans[2]")
    assert faults_of(text) == []
    text = without_value(text, "plans[2].with_plan")
    assert values_of(text) == values_of(TEXTS["xianfeng-2024"])
    text = with_value(TEXTS["yongding"], "plans[3].with_plan", "inpatient")
    assert text == TEXTS["yongding"]
    assert without_value(text, "effective_from").count("\n") == text.count("\n") - 1
    assert with_value(text, "title", "新名").count("新名") == 1


def test_what_must_stand_there_cannot_be_taken_out() -> None:
    values = values_of(TEXTS["xianfeng-2024"])
    assert not may_lack("plans[1]", "fee_fen", values)
    assert may_lack("plans[3]", "holders", values)
    assert not may_lack("eligibility", "max_age", values)
    assert may_lack("eligibility", "insurance", values)
    assert may_lack("", "effective_from", values)
    assert not may_lack("", "title", values)
    assert not may_lack("coverage", "first", values_of(TEXTS["anyang-2023"]))
    assert may_lack(
        "eligibility",
        "min_age",
        values_of(TEXTS["anyang-2023"]) | {"eligibility": {"age_rule": "statutory", "min_age": 16}},
    )


def test_keys_of_a_kind_are_offered_once_they_mean_something() -> None:
    text = with_value(TEXTS["pinghu"], f"{PART}.kind", "daily")
    assert optional_keys(PART, values_of(text)).keys() >= {"day_fen", "waiting_days"}
    values = values_of(TEXTS["pinghu"])
    values["plans"][0]["benefits"]["parts"] = [{"id": "x", "kind": "daily"}]
    assert "waiting_days" not in optional_keys(PART, values)
    assert "other_than" not in optional_keys("steps.on-behalf[1]", values)
    assert optional_keys("steps.on-behalf[3]", values)["other_than"] == "enrolment.submit"
    assert "fee_fen" not in optional_keys("plans[2]", values_of(TEXTS["yongding"]))
    assert optional_keys("nowhere", values) == {}
