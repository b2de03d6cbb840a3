"""A layout that an office wrote for itself: whether it says only what its form has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.documents.forms.parts import Form, Marks, UnitParticulars, common_texts
from desktop_app.documents.kinds import kind_of
from desktop_app.documents.layout import lay_out
from desktop_app.documents.layout_files import carried_template, template_from
from desktop_app.documents.layout_lines import FILLED, in_line
from desktop_app.documents.pdf import PAGE_HEIGHT, PAGE_WIDTH
from desktop_app.documents.placed import Placed
from desktop_app.documents.printing import render
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.documents.template import Table, Template
from desktop_app.errors import FileError, UserError

_PLACE = re.compile(r"\{(\w+)\}")
MOST_BYTES = 600_000  # with its pictures, which stand in it as base64
_DAY = date(2000, 1, 1)
EDGE = 4.0  # millimetres that no office printer reaches
_KINDS = {
    "text": "文字",
    "table": "表格",
    "grid": "格子",
    "seal": "盖章处",
    "code": "二维码",
    "picture": "图片",
}
_EMPTY = Form(Marks("", "", 1, "", "", _DAY), UnitParticulars("", ""), 0)
_COMMON = frozenset({*common_texts(_EMPTY), "code", "page", "pages"})


def layout_text(file: Path) -> str:
    """Read a layout's file as text.

    Raises:
        FileError: `file-missing`; or `layout-invalid`, it is no such text, or too long.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > MOST_BYTES:
        raise FileError(
            "layout-invalid",
            f"“{file.name}”不是版式文件。",
            "请先取出原来的版式,用记事本改,另存为时编码选UTF-8。",
            str(file),
        )
    return text


def own_template(text: str, where: str, shipped: str) -> Template:
    """Read an office's layout and try it on a page.

    Args:
        text: the layout.
        where: what it is called in a refusal.
        shipped: the name of the layout it stands for.

    Raises:
        LayoutError: `layout-invalid` with its line; it is no layout, names what the form does not
            have, has a block that no page holds, or leaves the paper.
    """
    try:
        if len(text.encode()) > MOST_BYTES:
            raise FileError("layout-invalid", "版式太长。", "请把图片换小些。")
        template = template_from(text, where)
        _try(template, carried_template(shipped), where)
    except UserError as error:
        raise in_line(error, text, where) from error
    return template


def tried_page(text: str, where: str, form: Form) -> bytes:
    """The PDF of a form by an office's layout, by the code that prints it; nothing is kept.

    Raises:
        LayoutError: as `own_template`; or a text of the layout does not fit into its place, or has
            a character that no carried font draws.
    """
    template = own_template(text, where, kind_of(form).layout)
    try:
        return render(form, template)
    except UserError as error:
        raise in_line(error, text, where) from error


def _try(template: Template, known: Template, where: str) -> None:
    """Lay it out with one character for each text and list that it asks for."""
    _refuse_unknown(_places(template) - _places(known) - _COMMON, where)
    _refuse_unknown(_columns(template) - _columns(known), where)
    if "form_no" in _places(known) - _places(template):
        raise FileError(
            "layout-invalid",
            "版式里没有编号{form_no},印出来的单据认不出是哪一张。",
            "请照原来的版式保留编号。",
            where,
        )
    fields: dict[str, list[str]] = {}
    for source, field in sorted(_columns(template)):
        fields.setdefault(source, []).append(field)
    lists = {name: Rows(tuple(row), ((FILLED,) * len(row),)) for name, row in fields.items()}
    placed: list[Placed] = []
    sheet = Sheet(dict.fromkeys(_places(template), FILLED), lists, "A")
    lay_out(template, sheet, _DAY, placed=placed)
    _refuse_beyond(placed, where)


def _refuse_beyond(placed: list[Placed], where: str) -> None:
    """What stands nearer to the paper's edge than printers print would be lost."""
    for one in placed:
        right, bottom = one.x + one.width, one.y + one.height
        inside = min(one.x, one.y) >= EDGE
        if not inside or right > PAGE_WIDTH - EDGE or bottom > PAGE_HEIGHT - EDGE:
            named = f"“{one.text[:20]}”" if one.text else ""
            raise FileError(
                "layout-invalid",
                f"第{one.page}页的{_KINDS[one.kind]}{named}出了纸边,打印不出来。",
                f"请往里移或改窄,离纸边至少{EDGE:g}毫米。",
                where,
            )


def _refuse_unknown(names: set[str] | set[tuple[str, str]], where: str) -> None:
    if names:
        told = "、".join(sorted(one if isinstance(one, str) else ".".join(one) for one in names))
        raise FileError(
            "layout-invalid",
            f"这张单据里没有{told}。",
            "请只用原来的版式里有的内容;先取出原来的版式看一看。",
            f"{where}:{{{told.partition('、')[0]}}}",
        )


def _places(template: Template) -> set[str]:
    """Every text that a layout asks for, in braces or as a condition."""
    return {name for text in _texts(asdict(template)) for name in _PLACE.findall(text)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from (f"{{{part}}}",) if key == "when" and part else _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def _columns(template: Template) -> set[tuple[str, str]]:
    return {
        (block.source, column.field)
        for block in template.body
        if isinstance(block, Table)
        for column in block.columns
    }
