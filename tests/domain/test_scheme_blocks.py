"""What can be added to a scheme lands in its place and leaves everything else as it was."""

from __future__ import annotations

import pytest

from desktop_app.domain.scheme_blocks import BLOCKS, Block, add_block, blocks_for
from desktop_app.domain.scheme_choices import choices_in, items_in
from desktop_app.domain.scheme_faults import SchemeError
from desktop_app.domain.scheme_model import REQUIREMENTS, STEP_ACTS
from desktop_app.domain.scheme_terms import PARTS, choices_of, items_of
from desktop_app.domain.schemes import scheme_from
from desktop_app.domain.toml_edit import leaves, values_of
from tests.domain.schemes import FOLDER

NAMES = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text("utf-8")


def faulty(text: str) -> list[str]:
    try:
        scheme_from(text)
    except SchemeError as error:
        return [fault.key for fault in error.faults]
    return []


OFFERED = [
    (name, block, plan)
    for name in NAMES
    for part in PARTS
    for block, plan, _title in blocks_for(part, values_of(text_of(name)))
]


@pytest.mark.parametrize(
    ("name", "block", "plan"),
    OFFERED,
    ids=[f"{name} {block.title} {plan}" for name, block, plan in OFFERED],
)
def test_a_block_lands_where_it_belongs_and_nothing_else_changes(
    name: str, block: Block, plan: int | None
) -> None:
    text = text_of(name)
    added = add_block(text, block, plan)
    before, after = ({leaf.path: leaf.value for leaf in leaves(one)} for one in (text, added))
    assert all(after[path] == value for path, value in before.items())
    above = block.table.replace("plans.", f"plans[{plan}].", 1) if plan else block.table
    new = [path for path in after if path not in before]
    assert new
    assert all(path.startswith(above) for path in new), new
    assert "\n\n\n" not in added


@pytest.mark.parametrize("name", NAMES)
def test_what_is_added_reads_as_a_scheme_or_says_what_is_still_to_be_filled(name: str) -> None:
    for one, block, plan in OFFERED:
        if one == name:
            added = add_block(text_of(name), block, plan)
            above = block.table.split(".")[0]
            assert all(key.startswith(above) for key in faulty(added)), block.title


def test_the_same_block_twice_gets_ids_of_its_own() -> None:
    (rate,) = (one for one in BLOCKS if one.title == "待遇:按比例")
    once = add_block(text_of("anyang-2023"), rate, 1)
    thrice = add_block(add_block(once, rate, 1), rate, 1)
    (plan,) = values_of(thrice)["plans"]
    assert [part["id"] for part in plan["benefits"]["parts"]] == ["rate", "rate-2", "rate-3"]
    scheme_from(once)


def test_what_is_there_once_is_not_offered_again() -> None:
    values = values_of(text_of("xianfeng-2024"))
    titles = [title for _block, _plan, title in blocks_for("benefits", values)]
    assert "住院医疗 · 起付线" not in titles
    assert "重大疾病 · 起付线" in titles
    assert "参加比例" not in [title for _b, _p, title in blocks_for("participation", values)]
    assert blocks_for("words", values) == ()


def test_choices_are_what_the_readers_take_and_the_documents_own() -> None:
    values = values_of(text_of("xianfeng-2024"))
    assert set(choices_of("steps.on-behalf[1].act")) == set(STEP_ACTS)
    assert set(items_of("steps.by-unit[1].requires")) == REQUIREMENTS
    assert choices_in("eligibility.over_age_paper", values)["over-age-proof"] == "超龄证明"
    assert choices_in("plans[1].with_plan", values)[""] == "(没有)"
    assert choices_in("claims.steps[1].then", values)["told"] == "已告知"
    assert choices_in("plans[1].holders", values)["women"] == "女职工"
    assert choices_in("title", values) == {}
    needs = items_in("steps.on-behalf[1].requires", values)
    assert needs["paper:insurance-proof"] == "湖北省社会保险缴纳证明(单位专用)已收到"
    assert needs["stamped:application"] == "申请书已盖章收回"
    assert items_in("province.profiles[1].attachments", values)["bank-slip"] == "银行回单"
    assert items_in("plans[1].benefits.ceilings[1].plans", values)["hospital"] == "住院医疗"
    assert items_in("eligibility.insurance", values)["employee"] == "职工医保"
    assert items_in("eligibility.areas", values) == {}
