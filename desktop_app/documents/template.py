"""The layout format of all forms: blocks in millimetres, read from resources/forms/*.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar

from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.documents.layout_limits import wrong_number, wrong_shape
from desktop_app.documents.template_parts import (
    Block,
    Column,
    Grid,
    Item,
    Panel,
    Table,
    Template,
    Text,
    TotalCell,
)
from desktop_app.errors import FileError
from desktop_app.paths import resource_path

MIN_MARGIN = 15.0
MOST_COPIES = 20
EDGE_CHARACTERS = 8  # one below the other

_BLOCKS: dict[str, type[Panel] | type[Text] | type[Grid] | type[Table]] = {
    "panel": Panel,
    "text": Text,
    "grid": Grid,
    "table": Table,
}
_NESTED: dict[str, type[Item] | type[Column] | type[TotalCell]] = {
    "items": Item,
    "columns": Column,
    "total": TotalCell,
}
_CHOICES = {
    "align": ("left", "center", "right"),
    "font": (SERIF, SANS),
    "kind": ("text", "rule", "box", "seal", "code"),
}
_TYPES: dict[str, tuple[type, ...]] = {
    "float": (int, float),
    "int": (int,),
    "str": (str,),
    "bool": (bool,),
}
_T = TypeVar("_T")
_B = TypeVar("_B", bound=Block)
BROKEN = "写法不对(多半是这里或上一行缺了引号、括号或逗号)"


def _invalid(where: str, what: str) -> FileError:
    return FileError(
        "layout-invalid",
        f"表单版式文件有误:{what}。",
        "请改正版式文件,或重新安装程序恢复原来的版式。",
        where,
    )


def _build(kind: type[_T], table: Any, where: str) -> _T:
    if not isinstance(table, Mapping):
        raise _invalid(where, "这里应为一组键值")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise _invalid(f"{where}.{key}", f"不认识的键 {key}")
    for name, field in known.items():
        if field.default is MISSING and name not in table:
            raise _invalid(where, f"缺少键 {name}")
    return kind(**{key: _value(known[key], value, where) for key, value in table.items()})


def _value(field: Any, value: Any, where: str) -> Any:
    place, nested = f"{where}.{field.name}", _NESTED.get(field.name)
    if nested is not None and nested.__name__ in field.type:
        return tuple(
            _build(nested, part, f"{place}[{number}]")
            for number, part in enumerate(_list(value, place))
        )
    if field.type.startswith("tuple"):
        wanted = (int, float) if "float" in field.type else list
        if not all(isinstance(part, wanted) for part in _list(value, place)):
            raise _invalid(place, "表里有类型不对的值")
        for part in value:
            _require_number(field.name, part, place)
        return tuple(tuple(map(str, part)) if isinstance(part, list) else part for part in value)
    if not isinstance(value, _TYPES[field.type]) or (value is True and field.type != "bool"):
        raise _invalid(place, f"值 {value!r} 的类型不对")
    _require_number(field.name, value, place)
    if value not in _CHOICES.get(field.name, (value,)):
        raise _invalid(place, f"值只能是 {'、'.join(_CHOICES[field.name])}")
    return value


def _require_number(name: str, value: Any, place: str) -> None:
    wrong = wrong_number(name, value) if isinstance(value, int | float) else ""
    if wrong:
        raise _invalid(place, wrong)


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _invalid(place, "这里应为一个表")
    return value


def _margins(value: Any, where: str) -> tuple[float, ...]:
    margins = tuple(part for part in _list(value, where) if isinstance(part, int | float))
    if len(margins) != 4 or min(margins) < MIN_MARGIN:
        raise _invalid(where, f"应有四个数,四边页边距都不能小于 {MIN_MARGIN:g} 毫米")
    for margin in margins:
        _require_number("margins", margin, where)
    return margins


def _copies(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_COPIES:
        raise _invalid(where, f"份数应为 1 到 {MOST_COPIES} 的整数")
    return value


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line, from 1, at which reading stopped; the last one where the end came too soon."""
    found = re.search(r"\(at line (\d+),", str(error))
    return int(found[1]) if found else text.count("\n") + 1


def template_from(text: str, where: str) -> Template:
    """Read a layout; every fault names the key it stands at."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(f"{where}:@{_line_of(error, text)}", BROKEN) from error
    for key in ("title", "margins", "head", "foot", "body"):
        if key not in table:
            raise _invalid(where, f"缺少键 {key}")
    return Template(
        title=_title(table["title"], f"{where}:title"),
        margins=_margins(table["margins"], f"{where}:margins"),
        head=_shaped(_build(Panel, table["head"], f"{where}:head"), f"{where}:head"),
        foot=_shaped(_build(Panel, table["foot"], f"{where}:foot"), f"{where}:foot"),
        body=tuple(
            _block(part, f"{where}:body[{n}]")
            for n, part in enumerate(_list(table["body"], f"{where}:body"))
        ),
        copies=_copies(table.get("copies", 2), f"{where}:copies"),
        edge_seal=_text(table.get("edge_seal", ""), f"{where}:edge_seal"),
    )


def _title(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _invalid(where, "title 要写成文字")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > EDGE_CHARACTERS:
        raise _invalid(where, f"要写成不超过{EDGE_CHARACTERS}个字的文字")
    return value


def _block(table: Any, where: str) -> Block:
    kind = _BLOCKS.get(str(table.get("block"))) if isinstance(table, Mapping) else None
    if kind is None:
        raise _invalid(f"{where}.block", f"block 只能是 {'、'.join(_BLOCKS)}")
    named = {key: value for key, value in table.items() if key != "block"}
    return _shaped(_build(kind, named, where), where)


def _shaped(block: _B, where: str) -> _B:
    key, wrong = wrong_shape(block)
    if wrong:
        raise _invalid(f"{where}.{key}", wrong)
    return block


@cache
def carried_template(name: str) -> Template:
    path = resource_path("forms", f"{name}.toml")
    return template_from(path.read_text("utf-8"), path.name)
