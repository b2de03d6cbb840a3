"""Each part says what it is about, each field what it is, and what is still to be confirmed."""

from __future__ import annotations

import pytest

from desktop_app.domain.scheme_editor.scheme_guide import (
    INTROS,
    fault_words,
    field_word,
    open_counts,
    open_paths,
    open_words,
    place_words,
    short_message,
)
from desktop_app.domain.scheme_editor.scheme_terms import PARTS
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.domain.toml.toml_edit import leaves, values_of
from tests.domain.scheme_places import TEXTS


def test_each_part_says_what_it_is_about() -> None:
    assert INTROS.keys() == PARTS.keys()
    assert all(20 <= len(text) <= 90 for text in INTROS.values())


@pytest.mark.parametrize("name", TEXTS)
def test_each_field_is_called_something(name: str) -> None:
    assert all(not field_word(leaf.path).isascii() for leaf in leaves(TEXTS[name]))
    assert field_word("funding.channels[1].id") == "渠道"


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_open_is_counted_by_part(name: str) -> None:
    text = TEXTS[name]
    assert sum(open_counts(text).values()) == len(open_paths(text)) == len(open_words(text))
    written = text.partition("id =")[2]
    told = written.count("to_confirm = true") + written.count('effect = "to-confirm"')
    assert len(open_paths(text)) == told
    assert all("待核对" not in words for words in open_words(text))


def test_what_is_open_is_said_with_its_place() -> None:
    words = open_words(TEXTS["xianfeng-2024"])
    assert words[:2] == ("参加比例 · 全员参加的人数界限", "项目“住院医疗” · 每份金额")
    assert "项目“住院医疗” · 待遇 · 起付线" in words
    assert "保障期 · 变动 · 退休" in words
    assert open_counts(TEXTS["xianfeng-2024"])["coverage"] == 3


def test_a_place_ends_with_what_its_field_is_called() -> None:
    values = values_of(TEXTS["anyang-2023"])
    assert place_words("closures[1].first", values) == ("停办1", "第一天")
    assert place_words("claims.steps[1]", values) == ("申领", "步骤“登记”")
    assert place_words("title", values) == ("名称",)


@pytest.mark.parametrize(
    ("key", "said", "shown"),
    [
        ("title", "不能是空的", "不能是空的"),
        ("plans[1].fee_fen", "要么写 value 和 source,要么写 to_confirm = true",
         "要么写数值和依据,要么写“待核对”"),
        ("windows[1].kinds", "至少要写一种(renewal、new-people、new-unit)", "至少要写一种"),
        ("min_share", '应是0到1之间的比例,如 "80/100" 或 0.8', "应是0%到100%之间的比例"),
        ("papers[1].label", "不能是空的", "还没有填"),
        ("papers[1].plans", "没有填写", "还没有填"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_words_of_the_form(key: str, said: str, shown: str) -> None:
    values = {"title": "x", "papers": [{"label": "", "plans": []}]}
    assert short_message(Fault(key, 1, f"{key} {said}"), values) == shown


def test_a_fault_is_told_with_its_place_unless_it_is_of_the_text_itself() -> None:
    text = 'title = "x"\n'
    assert fault_words(Fault("title", 1, "title 不能是空的"), text) == "名称 不能是空的。"
    broken = Fault("", 3, "第3行 不是 TOML")
    assert fault_words(broken, "not toml [") == broken.text
