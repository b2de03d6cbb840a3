"""Two versions compared: what came, went and moved is told once, its neighbours not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.scheme_editor.scheme_blocks import add, offers
from desktop_app.domain.scheme_editor.scheme_differences import NONE, differences
from desktop_app.domain.scheme_editor.scheme_items import copied
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.domain.toml.toml_edit import set_value, unset, values_of
from desktop_app.domain.toml.toml_moves import move_item, remove_item, remove_table
from tests.domain.scheme_places import TEXTS, items

HUBEI = TEXTS["xianfeng-2024"]


def told(first: str, second: str) -> list[tuple[str, str, str]]:
    return [(one.label, one.old, one.new) for one in differences(first, second)]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_does_not_differ_from_itself(name: str) -> None:
    text = TEXTS[name]
    assert differences(text, text) == ()
    assert differences(text, set_value(text, "version", 9)) == ()
    (found,) = differences(text, set_value(text, "title", "换了名称"))
    assert (found.path, found.part, found.new) == ("title", "基本", "换了名称")


def test_a_share_is_compared_as_a_percentage() -> None:
    changed = set_value(HUBEI, "participation.min_share", "75/100")
    assert told(HUBEI, changed) == [("参加比例 · 最低比例", "80%", "75%")]


def test_a_key_that_came_or_went_is_told_alone() -> None:
    without = unset(HUBEI, "eligibility.max_age")
    assert told(HUBEI, without) == [("资格 · 最大年龄", "60", "—")]
    assert told(without, HUBEI) == [("资格 · 最大年龄", "—", "60")]


def test_a_step_put_between_others_is_one_line_and_so_is_one_taken_out() -> None:
    steps = values_of(HUBEI)["steps"]["on-behalf"]
    text = move_item(copied(HUBEI, "steps.on-behalf[1]"), "steps.on-behalf[2]", 1)
    (found,) = differences(HUBEI, text)
    assert (found.part, found.old) == ("步骤", NONE)
    assert found.label == f"步骤 · 代单位办理“{steps[0]['label']}”"
    assert "动作:提交审核" in found.new
    assert steps[0]["key"] not in found.new
    (gone,) = differences(text, HUBEI)
    assert (gone.label, gone.old, gone.new) == (found.label, found.new, NONE)
    assert gone.path == "steps.on-behalf[3]"


def test_a_moved_step_says_behind_which_one_it_stands() -> None:
    names = [one["label"] for one in values_of(HUBEI)["steps"]["on-behalf"]]
    text = move_item(HUBEI, "steps.on-behalf[2]", -1)
    assert told(HUBEI, text) == [
        (f"步骤 · 代单位办理“{names[1]}” · 次序", f"排在代单位办理“{names[0]}”之后", "排在最前")
    ]


def test_a_change_in_an_item_is_found_wherever_the_item_went() -> None:
    text = set_value(HUBEI, "papers[2].label", "换了名称")
    text = move_item(text, "papers[2]", -1)
    found = differences(HUBEI, text)
    assert {one.label for one in found} == {"材料“换了名称” · 显示名称", "材料“换了名称” · 次序"}


def test_bands_without_names_are_matched_by_likeness() -> None:
    text = TEXTS["pinghu"]
    bands = "plans[1].benefits.parts[1].bands"
    higher = set_value(text, f"{bands}[2].share", "55/100")
    (found,) = differences(text, higher)
    assert (found.old, found.new) == ("50%", "55%")
    fewer = remove_item(text, f"{bands}[1]")
    (gone,) = differences(text, fewer)
    assert (gone.old, gone.new) == ("超过(元)的部分:600.00 元;比例:20%", NONE)
    assert gone.path == f"{bands}[1]"


def test_a_whole_part_is_a_line_for_each_of_its_tables() -> None:
    text = remove_table(HUBEI, "participation")
    (gone,) = differences(HUBEI, text)
    assert (gone.label, gone.new) == ("参加比例", NONE)
    assert "最低比例:80%" in gone.old
    plan = next(one for one in offers("plans", values_of(HUBEI)) if one.label == "项目")
    text, place = add(HUBEI, plan)
    found = differences(HUBEI, text)
    assert [one.path for one in found] == [place, f"{place}.share_limits"]
    assert {one.old for one in found} == {NONE}


def test_lines_stand_in_the_order_of_the_parts() -> None:
    text = set_value(HUBEI, "words.fee", "费用")
    text = set_value(text, "eligibility.max_age", 65)
    text = set_value(text, "title", "新名称")
    assert [one.part for one in differences(HUBEI, text)] == ["基本", "资格", "用语"]


def test_an_empty_list_says_nothing() -> None:
    text = 'id = "a"\nwindows = []\n'
    assert told(text, 'id = "a"\n') == []
    assert told('id = "a"\n', text) == []


def test_a_table_of_which_only_the_id_is_there_is_still_told() -> None:
    assert told("", '[[papers]]\nid = "x"\n') == [("材料“x”", NONE, "有")]


@settings(max_examples=40)
@given(data=st.data(), name=st.sampled_from(sorted(TEXTS)))
def test_moving_copying_and_taking_out_tells_nothing_of_the_others(
    data: st.DataObject, name: str
) -> None:
    text = TEXTS[name]
    item = data.draw(st.sampled_from(items(values_of(text))))
    around = item[: item.rindex("[")]
    for changed in (copied(text, item), remove_item(text, item)):
        found = differences(text, changed)
        assert found
        assert all(one.path.startswith(around) and NONE in (one.old, one.new) for one in found)
    assert {one.part for one in found} <= {*PARTS.values()}
