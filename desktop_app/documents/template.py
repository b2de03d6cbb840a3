"""The layout format of all forms: blocks in millimetres, read from resources/forms/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, TypeVar

from desktop_app.documents.glyphs import SANS, SERIF
from desktop_app.errors import FileError
from desktop_app.paths import resource_path

MIN_MARGIN = 15.0
MOST_COPIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something at a fixed place of a panel; y counts downwards from the panel's top.

    kind: text, rule, box, seal (x, y is its centre), code (the QR code).
    """

    kind: str
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    text: str = ""
    size: float = 10.5
    font: str = SERIF
    bold: bool = False
    align: str = "left"
    grey: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece of paper of fixed height whose items have fixed places; never cut by a page end."""

    height: float
    items: tuple[Item, ...] = ()
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `indent` in characters of the first line, `leading` in multiples of the size."""

    text: str
    size: float = 10.5
    font: str = SERIF
    bold: bool = False
    align: str = "left"
    indent: float = 0.0
    leading: float = 1.6
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Ruled label and value cells in turn; a short row's last value takes the rest of the width."""

    columns: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: float = 9.0
    size: float = 10.5
    after: float = 0.0
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    title: str
    field: str
    width: float
    align: str = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCell:
    text: str
    span: int = 1
    align: str = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of the list `source`, at most `page_rows` a page, the head repeated on each.

    `fill` rules empty rows up to that number on the last page; the first says 以下空白.
    """

    source: str
    columns: tuple[Column, ...]
    total: tuple[TotalCell, ...] = ()
    row_height: float = 7.0
    head_height: float = 8.0
    page_rows: int = 25
    fill: int = 0
    size: float = 9.5
    after: float = 0.0
    when: str = ""


Block = Panel | Text | Grid | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One form's paper; head and foot stand on every page. Margins: top, right, bottom, left.

    `copies` is how many are printed at first, where nobody says otherwise. `edge_seal` says what
    stands at the right edge of every sheet of several, where a seal goes across all (骑缝章).
    """

    title: str
    margins: tuple[float, ...]
    head: Panel
    foot: Panel
    body: tuple[Block, ...]
    copies: int = 2
    edge_seal: str = ""


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
            raise _invalid(where, f"不认识的键 {key}")
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
        return tuple(tuple(map(str, part)) if isinstance(part, list) else part for part in value)
    if not isinstance(value, _TYPES[field.type]) or (value is True and field.type != "bool"):
        raise _invalid(place, f"值 {value!r} 的类型不对")
    if value not in _CHOICES.get(field.name, (value,)):
        raise _invalid(place, f"值只能是 {'、'.join(_CHOICES[field.name])}")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _invalid(place, "这里应为一个表")
    return value


def _margins(value: Any, where: str) -> tuple[float, ...]:
    margins = tuple(part for part in _list(value, where) if isinstance(part, int | float))
    if len(margins) != 4 or min(margins) < MIN_MARGIN:
        raise _invalid(where, f"应有四个数,四边页边距都不能小于 {MIN_MARGIN:g} 毫米")
    return margins


def _copies(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_COPIES:
        raise _invalid(where, f"份数应为 1 到 {MOST_COPIES} 的整数")
    return value


def template_from(text: str, where: str) -> Template:
    """Read a layout; every fault names the key it stands at."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(where, f"不是合格的 TOML({error})") from error
    for key in ("title", "margins", "head", "foot", "body"):
        if key not in table:
            raise _invalid(where, f"缺少键 {key}")
    return Template(
        title=table["title"],
        margins=_margins(table["margins"], f"{where}:margins"),
        head=_build(Panel, table["head"], f"{where}:head"),
        foot=_build(Panel, table["foot"], f"{where}:foot"),
        body=tuple(
            _block(part, f"{where}:body[{n}]")
            for n, part in enumerate(_list(table["body"], f"{where}:body"))
        ),
        copies=_copies(table.get("copies", 2), f"{where}:copies"),
        edge_seal=_text(table.get("edge_seal", ""), f"{where}:edge_seal"),
    )


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > EDGE_CHARACTERS:
        raise _invalid(where, f"要写成不超过{EDGE_CHARACTERS}个字的文字")
    return value


def _block(table: Any, where: str) -> Block:
    kind = _BLOCKS.get(table.get("block", "")) if isinstance(table, Mapping) else None
    if kind is None:
        raise _invalid(where, f"block 只能是 {'、'.join(_BLOCKS)}")
    return _build(kind, {key: value for key, value in table.items() if key != "block"}, where)


@cache
def carried_template(name: str) -> Template:
    path = resource_path("forms", f"{name}.toml")
    return template_from(path.read_text("utf-8"), path.name)
