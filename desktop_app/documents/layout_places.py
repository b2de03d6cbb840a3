"""Where in a layout something stands: its name for the clerk; the line of what is no TOML."""

from __future__ import annotations

import re
import tomllib

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_NAMES = {
    "head": "页眉",
    "foot": "页脚",
    "body": "正文第{}块",
    "items": "第{}项",
    "columns": "第{}列",
    "total": "合计行第{}格",
    "margins": "页边距",
    "copies": "份数",
    "edge_seal": "骑缝章",
    "pictures": "图片",
    "rows": "格子",
    "width": "宽",
    "height": "高",
    "size": "字号",
    "row_height": "行高",
    "head_height": "表头高",
    "page_rows": "每页行数",
    "x": "左右位置",
    "y": "上下位置",
}
_AT = re.compile(r"at line (\d+), column (\d+)")


def place_text(path: str) -> str:
    """`body[3].items[1].size` as 正文第4块第2项字号; empty for an empty path."""
    told = []
    for name, number in _STEP.findall(path):
        named = _NAMES.get(name, f"“{name}”")
        told.append(named.format(int(number) + 1) if number else named.replace("第{}", ""))
    return "".join(told) + (":" if told else "")


def toml_fault(text: str, error: tomllib.TOMLDecodeError) -> str:
    """Where the text is no TOML, and what most often is the matter there."""
    found = _AT.search(str(error))
    if found is None:
        return f"到第{_last_line(text)}行还没有写完,引号或括号没有配对"
    return f"第{found[1]}行第{found[2]}个字附近写得不对,请看引号、等号、逗号、括号"


def _last_line(text: str) -> int:
    return len(text.rstrip("\n").split("\n"))
