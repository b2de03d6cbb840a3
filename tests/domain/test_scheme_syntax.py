"""A text that is no TOML: told in Chinese, with line, column and what to type instead."""

from __future__ import annotations

import re

import pytest

from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.domain.schemes.schemes import SchemeError, scheme_from

WRONG = [
    ('id = "x"\n= 5', (2, 1), "项的名字"),
    ('id "x"', (1, 4), "等号"),
    ("a = 北京", (1, 5), "值写得不对"),
    ("a =\n", (1, 4), "值写得不对"),
    ("a = 2024-02-31", (1, 5), "日期"),
    ('a = "北京\nb = 1', (1, 8), "字符"),
    ('a = "北京', (1, 8), "引号"),
    ("a = 'b", (1, 7), "引号"),
    ("a = [1, 2\nb = 1", (2, 1), "方括号"),
    ("a = { b = 1", (1, 12), "花括号"),
    ("[a\nb = 1", (1, 3), "方括号"),
    ("[[a]\nb = 1", (1, 4), "方括号"),
    ("[a]\n[a]", (2, 3), "写了两次"),
    ("a = 1\nb = 2\na = 3", (3, 6), "写了两次"),
    ("a = { b = 1, b = 2 }", (1, 19), "写了两次"),
    ("a = { b = 1 }\n[a.c]\nd = 1", (2, 5), "写了两次"),
    ("a = 1 b = 2", (1, 7), "多写"),
    (r'a = "c:\x"', (1, 10), "反斜杠"),
    (r'a = "\uZZZZ"', (1, 8), r"\u"),
    (r'a = "\ud800"', (1, 12), r"\u"),
    ("a.= 1", (1, 3), "名字"),
    ("a = 1\x00", (1, 6), "多写"),
    ("# \x00", (1, 3), "字符"),
    ("[a]\nb.c = 1\n[a.b]\nd = 1", (3, 5), "写了两次"),
    ("a = { b.c = 1, b = 2 }", (1, 21), "写了两次"),
    ("a = { b = { c = 1 }, b.d = 2 }", (1, 29), "已经写完"),
]


def _fault(text: str) -> Fault:
    with pytest.raises(SchemeError) as caught:
        scheme_from(text, "试.toml")
    (fault,) = caught.value.faults
    assert fault.text.startswith(f"方案文件“试.toml”第{fault.line}行")
    return fault


@pytest.mark.parametrize(("text", "place", "said"), WRONG)
def test_a_syntax_fault_is_told_in_chinese_with_line_and_column(
    text: str, place: tuple[int, int], said: str
) -> None:
    fault = _fault(text)
    assert (fault.line, fault.column) == place
    assert f"第{place[0]}行第{place[1]}列:" in fault.text
    assert said in fault.message
    assert not re.search(r"[A-Za-z]{4}", fault.message)
    assert fault.remedy


def test_a_number_without_end_is_refused_with_its_line() -> None:
    for long in ("9" * 5000, "1e99999999999999999999"):
        fault = _fault(f'id = "x"\nversion = {long}\n')
        assert (fault.line, fault.column) == (2, None)
        assert "太长" in fault.message


def test_a_nest_or_a_key_too_deep_is_refused_with_its_line() -> None:
    for deep in ("a = " + "[" * 5000 + "]" * 5000, ".".join("a" * 1000) + " = 1"):
        fault = _fault(f'id = "x"\n{deep}\n')
        assert fault.line == 2
        assert "层数太多" in fault.message
