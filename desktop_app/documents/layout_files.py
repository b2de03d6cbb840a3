"""Reads a layout from its TOML text; every fault names the key it stands at, in the office's words.

Numbers are held to what paper and printers can do, so that no layout stops the drawing.
"""

from __future__ import annotations

import base64
import binascii
import math
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.documents.codes import MIN_SIZE_MM
from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.documents.layout_faults import HEAD, FaultyLayoutError
from desktop_app.documents.layout_places import place_text, toml_fault
from desktop_app.documents.pictures import read_picture
from desktop_app.documents.template import (
    Block,
    Column,
    Grid,
    Item,
    Panel,
    Picture,
    Table,
    Template,
    Text,
    TotalCell,
)
from desktop_app.errors import FileError
from desktop_app.paths import resource_path

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MIN_MARGIN, MAX_MARGIN = 15.0, 80.0
MOST_COPIES = 20
MOST_PICTURES = 2
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
    "kind": ("text", "rule", "box", "seal", "code", "picture"),
}
_TYPES: dict[str, tuple[type, ...]] = {
    "float": (int, float),
    "int": (int,),
    "str": (str,),
    "bool": (bool,),
}
# From and to: millimetres of an A4 page, points of type, rows of a page.
_RANGES: dict[str, tuple[float, float]] = {
    "x": (-30, 297),
    "y": (-30, 297),
    "width": (0, 297),
    "height": (0, 297),
    "size": (4, 500),
    "grey": (0, 1),
    "indent": (0, 20),
    "leading": (1, 5),
    "after": (-20, 100),
    "row_height": (4, 60),
    "head_height": (4, 60),
    "page_rows": (1, 100),
    "fill": (0, 100),
    "span": (1, 30),
}
_NARROWEST = 5.0  # of a column
_NO_TOML = f"{HEAD}不是合格的 TOML,"
_T = TypeVar("_T", bound="DataclassInstance")


def _invalid(where: str, what: str, key: str = "", head: str = HEAD) -> FaultyLayoutError:
    """What is wrong at a place; `key` names the line there that it stands in."""
    name = place_text(where.partition(":")[2])
    place = f"{where}.{key}" if key else where
    return FaultyLayoutError(f"{name}{what}。", "请改正版式,或恢复原来的版式。", place, head)


def _build(kind: type[_T], table: Any, where: str) -> _T:
    if not isinstance(table, Mapping):
        raise _invalid(where, "这里应为一组键值")
    known = {field.name: field for field in fields(kind)}
    for key in table:
        if key not in known:
            raise _invalid(where, f"不认识的键 {key}", key)
    for name, field in known.items():
        if field.default is MISSING and name not in table:
            raise _invalid(where, f"缺少键 {name}")
    return kind(**{key: _value(known[key], value, where) for key, value in table.items()})


def _value(field: Any, value: Any, where: str) -> Any:
    place, nested = f"{where}.{field.name}", _NESTED.get(field.name)
    if nested is not None and nested.__name__ in field.type:
        return tuple(
            _checked(_build(nested, part, f"{place}[{number}]"), f"{place}[{number}]")
            for number, part in enumerate(_list(value, place))
        )
    if field.type.startswith("tuple"):
        wanted = (int, float) if "float" in field.type else list
        if not all(isinstance(part, wanted) for part in _list(value, place)):
            raise _invalid(place, "表里有类型不对的值")
        return tuple(tuple(map(str, part)) if isinstance(part, list) else part for part in value)
    if not isinstance(value, _TYPES[field.type]) or (
        isinstance(value, bool) and field.type != "bool"
    ):
        raise _invalid(place, f"值 {value!r} 的类型不对")
    if value not in _CHOICES.get(field.name, (value,)):
        raise _invalid(place, f"值只能是 {'、'.join(_CHOICES[field.name])}")
    return _in_range(field.name, value, place)


def _checked(part: _T, where: str) -> _T:
    if isinstance(part, Item) and part.kind == "code" and part.width < MIN_SIZE_MM:
        raise _invalid(f"{where}.width", f"二维码的宽不能小于 {MIN_SIZE_MM:g} 毫米")
    return part


def _in_range(name: str, value: Any, place: str) -> Any:
    if isinstance(value, int | float) and name in _RANGES:
        least, most = _RANGES[name]
        if not least <= value <= most:  # also what is no number
            raise _invalid(place, f"值应在 {least:g} 到 {most:g} 之间")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _invalid(place, "这里应为一个表")
    return value


def _margins(value: Any, where: str) -> tuple[float, ...]:
    margins = tuple(part for part in _list(value, where) if isinstance(part, int | float))
    if len(margins) != 4 or not all(MIN_MARGIN <= one <= MAX_MARGIN for one in margins):
        raise _invalid(
            where,
            f"应有四个数,四边页边距都不能小于 {MIN_MARGIN:g} 毫米,也不能大于 {MAX_MARGIN:g} 毫米",
        )
    return margins


def _copies(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_COPIES:
        raise _invalid(where, f"份数应为 1 到 {MOST_COPIES} 的整数")
    return value


def template_from(text: str, where: str) -> Template:
    """Read a layout.

    Args:
        text: TOML.
        where: what it is called in a refusal; the key follows behind a colon.

    Raises:
        FileError: `layout-invalid`.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(where, toml_fault(text, error), head=_NO_TOML) from error
    except RecursionError:
        raise _invalid(where, "括号套得太深", head=_NO_TOML) from None
    for key in ("title", "margins", "head", "foot", "body"):
        if key not in table:
            raise _invalid(where, f"缺少键 {key}")
    return Template(
        title=_text(table["title"], f"{where}:title", 200),
        margins=_margins(table["margins"], f"{where}:margins"),
        head=_build(Panel, table["head"], f"{where}:head"),
        foot=_build(Panel, table["foot"], f"{where}:foot"),
        body=tuple(
            _block(part, f"{where}:body[{n}]")
            for n, part in enumerate(_list(table["body"], f"{where}:body"))
        ),
        copies=_copies(table.get("copies", 2), f"{where}:copies"),
        edge_seal=_text(table.get("edge_seal", ""), f"{where}:edge_seal", EDGE_CHARACTERS),
        pictures=_pictures(table.get("pictures", {}), f"{where}:pictures"),
    )


def _text(value: Any, where: str, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise _invalid(where, f"要写成不超过{most}个字的文字")
    return value


def _pictures(table: Any, where: str) -> tuple[Picture, ...]:
    if not isinstance(table, Mapping) or len(table) > MOST_PICTURES:
        raise _invalid(where, f"图片最多{MOST_PICTURES}张,每张一个名字")
    return tuple(_picture(name, value, f"{where}.{name}") for name, value in table.items())


def _picture(name: str, value: Any, where: str) -> Picture:
    try:
        content = base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise _invalid(where, "图片应写成base64文字") from None
    try:
        read_picture(content)
    except FileError as error:
        raise _invalid(where, error.message.rstrip("。")) from error
    return Picture(name=name, content=content)


def _block(table: Any, where: str) -> Block:
    kind = _BLOCKS.get(str(table.get("block", ""))) if isinstance(table, Mapping) else None
    if kind is None:
        raise _invalid(where, f"block 只能是 {'、'.join(_BLOCKS)}", "block")
    block = _build(kind, {key: value for key, value in table.items() if key != "block"}, where)
    if isinstance(block, Table):
        _check_table(block, where)
    if isinstance(block, Grid):
        _check_grid(block, where)
    return block


def _check_table(table: Table, where: str) -> None:
    if not table.columns:
        raise _invalid(where, "表格至少要有一列")
    for number, column in enumerate(table.columns):
        if column.width < _NARROWEST:
            raise _invalid(f"{where}.columns[{number}].width", f"列宽不能小于 {_NARROWEST:g} 毫米")
    spans = sum(cell.span for cell in table.total)
    if table.total and spans != len(table.columns):
        raise _invalid(
            f"{where}.total", f"合计行一共占{spans}列,表格有{len(table.columns)}列,要一样多"
        )


def _check_grid(grid: Grid, where: str) -> None:
    widths = grid.columns
    if not widths or not all(math.isfinite(one) and one >= _NARROWEST for one in widths):
        raise _invalid(f"{where}.columns", f"格子的列宽不能小于 {_NARROWEST:g} 毫米")
    if not all(0 < len(row) <= len(widths) for row in grid.rows):
        raise _invalid(f"{where}.rows", f"每行的格子应为 1 到 {len(widths)} 个")


@lru_cache(maxsize=32)
def kept_template(text: str, where: str) -> Template:
    """The same, of a layout that is kept and so goes for many forms in turn."""
    return template_from(text, where)


@cache
def carried_text(name: str) -> str:
    """The text of a layout that is carried with the program."""
    return resource_path("forms", f"{name}.toml").read_text("utf-8")


@cache
def carried_template(name: str) -> Template:
    return template_from(carried_text(name), f"{name}.toml")
