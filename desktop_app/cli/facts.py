"""The facts of an event, read from a JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop_app.domain.benefits.benefit_facts import wrong_fact
from desktop_app.errors import FileError

_MOST_BYTES = 1_000_000


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise wrong_fact(name, "写了两次")
        values[name] = value
    return values


def read_facts(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise FileError("facts-invalid", "事实文件过大。", "请核对文件。", str(file))
        text = file.read_bytes().decode("utf-8-sig")
        values = json.loads(text, object_pairs_hook=_each_once)
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise FileError(
            "facts-invalid", "事实文件不是一个JSON对象。", '请写成 {"days": 5} 这样。', str(file)
        )
    return values
