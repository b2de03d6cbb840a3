"""What each part of a scheme is about, what its keys mean, what of it is to be confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from db.codes import Handling
from desktop_app.domain.scheme_editor.scheme_terms import key_word, part_of, path_words
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.domain.toml.toml_edit import is_figure, leaves, value_at, values_of

INTROS: Mapping[str, str] = MappingProxyType(
    {
        "basic": "方案叫什么、依据哪份文件、从哪天起施行。新办的申请按施行日期选用版本。",
        "eligibility": "谁可以参加:年龄、用工形式、医保、单位性质和地区。名册逐行按这里检查。",
        "participation": "一个单位至少要有多少职工参加。没有这项规定的方案不写这一部分。",
        "plans": "有哪些项目,每份交多少钱,每人限购几份。标“待核对”的金额确认以后才能收款。",
        "coverage": "保障从哪天到哪天,每年什么时候集中办理,年中增人、调动、退休怎么办。",
        "funding": "钱由谁出、各出多少、从哪里列支、交到哪个账户。各方之和应等于每份金额。",
        "benefits": "每个项目给付什么:标准、起付线、等待期、封顶。标“待核对”的只作估算,不能拨付。",
        "papers": "参加和申领时要哪些材料,谁提供,要不要盖章归档;上传表有哪些列。",
        "steps": "参加和申领各分哪几步,每步由谁办、办之前要齐备什么。按从上到下的顺序办。",
        "words": "屏幕和单据上用的说法、各种单据的名称、短信和告知的句子。",
    }
)
ID_HINT = "程序内部用的编号,一般不用改"
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "areas": "行政区划代码的前2、4或6位",
        "attachments": "按勾选的先后上传",
        "undo": "办的人发现错了可以马上撤销,别人接着办过以后就不能",
        "other_than": "由另一个人办,不能是办过所选那一步的人",
        "min_share": "在职职工中至少要参加的比例",
        "known_from": "文件写明的标准从这一天起;之前的只作估算",
        "known_until": "文件写明的标准到这一天;之后的只作估算",
        "later_fen": "同一期第二次住院起的起付线",
        "to_day": "不填就一直算下去",
    }
)
_FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "channels.id": "渠道",
        "channels.payer": "谁出",
        "channels.label": "显示名称",
        "steps.label": "这一步叫什么",
        **{f"{way}.label": "这一步叫什么" for way in Handling},
        "ceilings.plans": "合并计算的项目",
        "waiting.plans": "哪些项目算连续",
        "waiting.renewal": "续保的人",
        "stacking.plans": "哪些项目",
        "papers.plans": "哪些项目要",
        "deductible.per": "怎样扣",
        "ceilings.per": "怎样封顶",
        "parts.kind": "怎样给付",
        "parts.optional": "没有数据就不算",
        "steps.optional": "这一步可以跳过",
        "bands.above_fen": "超过(元)的部分",
        "amounts.label": "叫什么",
        "coverage.kind": "怎样算起止",
        "coverage.first": "起始日",
        "closures.first": "第一天",
        "closures.last": "最后一天",
    }
)
# What the readers say of the file -> what people see on the form.
_SHOWN = tuple(
    (re.compile(written), shown)
    for written, shown in (
        (r"[((][a-z][a-z0-9、.: -]*[))]", ""),
        (r"to_confirm = true", "“待核对”"),
        (r'effect = "to-confirm"', "“待核对”"),
        (r'应是0到1之间的比例,如 "80/100" 或 0\.8', "应是0%到100%之间的比例"),
        (r"\bvalue\b", "数值"),
        (r"\bsource\b", "依据"),
        (r"\bact\b", "动作"),
        (r"\baction\b", "按钮文字"),
        (r"\bfen\b", "金额"),
        (r"(?<=[\u4e00-\u9fff”]) +(?=[\u4e00-\u9fff“])", ""),
    )
)
_PLACE = re.compile(r"\[\d+\]")


def field_word(path: str) -> str:
    """What a field is called on its form."""
    names = _PLACE.sub("", path).split(".")
    return _FIELD_WORDS.get(".".join(names[-2:])) or key_word(names[-1])


def place_words(path: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """A key path in words, step by step, its last one as its field is called."""
    words = path_words(path, values)
    key = _PLACE.sub("", path).rpartition(".")[2]
    return (*words[:-1], field_word(path)) if words[-1] == key_word(key) else words


def short_message(fault: Fault, values: Mapping[str, Any]) -> str:
    """What is wrong with a field, in the words of its form instead of the file's."""
    if value_at(values, fault.key) in ("", []):
        return "还没有填"
    text = fault.message.removeprefix(f"{fault.key} ")
    for written, shown in _SHOWN:
        text = written.sub(shown, text)
    return text


def fault_words(fault: Fault, text: str) -> str:
    """A fault with its place, as a sentence; one of the text itself as it is told."""
    if not fault.key:
        return fault.text
    values = values_of(text)
    return f"{' · '.join(place_words(fault.key, values))} {short_message(fault, values)}。"


def open_paths(text: str) -> tuple[str, ...]:
    """The key paths of what a scheme's text leaves to be confirmed, as the text orders them."""
    return tuple(
        leaf.path
        for leaf in leaves(text)
        if (is_figure(leaf.value) and leaf.value.get("to_confirm"))
        or (leaf.path.rpartition(".")[2] == "to_confirm" and leaf.value is True)
        or (leaf.path.rpartition(".")[2] == "effect" and leaf.value == "to-confirm")
    )


def open_words(text: str) -> tuple[str, ...]:
    """What is left to be confirmed, in words: 项目“住院医疗” · 每份金额."""
    values = values_of(text)
    paths = (re.sub(r"\.(?:to_confirm|effect)$", "", path) for path in open_paths(text))
    return tuple(" · ".join(place_words(path, values)) for path in paths)


def open_counts(text: str) -> Mapping[str, int]:
    """How many of them each part of the scheme has."""
    return Counter(part_of(path) for path in open_paths(text))
