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
from desktop_app.documents.layout_lines import (
    LayoutError,
    line_of,
    line_of_name,
    line_that_says,
)
from desktop_app.documents.printing import render
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.documents.template import carried_template, template_from
from desktop_app.documents.template_parts import Table, Template
from desktop_app.errors import FileError, UserError

_PLACE = re.compile(r"\{(\w+)\}")
MOST_BYTES = 200_000
_DAY = date(2000, 1, 1)
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
        LayoutError: `layout-invalid`; it is no layout, names what the form does not have, or has a
            block that no page holds.
    """
    known = carried_template(shipped)
    try:
        if len(text.encode()) > MOST_BYTES:
            raise FileError("layout-invalid", "版式太长。", "请删去用不着的说明。")
        template = template_from(text, where)
        lay_out(template, _tried(template, known, text, where), _DAY)
    except LayoutError:
        raise
    except UserError as error:
        raise _told(error, text, where) from error
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
        raise _told(error, text, where) from error


def _told(error: UserError, text: str, where: str) -> LayoutError:
    line = line_of(text, error.where or "") or line_that_says(text, error.message)
    return LayoutError(error, line, where)


def _tried(template: Template, known: Template, text: str, where: str) -> Sheet:
    """A sheet with one character for each text and list that a layout asks for."""
    _refuse_unknown(_places(template) - _places(known) - _COMMON, text, where)
    _refuse_unknown(_columns(template) - _columns(known), text, where)
    fields: dict[str, list[str]] = {}
    for source, field in sorted(_columns(template)):
        fields.setdefault(source, []).append(field)
    lists = {name: Rows(tuple(row), (("字",) * len(row),)) for name, row in fields.items()}
    return Sheet(dict.fromkeys(_places(template), "字"), lists, "A")


def _refuse_unknown(names: set[str] | set[tuple[str, str]], text: str, where: str) -> None:
    if names:
        told = sorted(one if isinstance(one, str) else ".".join(one) for one in names)
        fault = FileError(
            "layout-invalid",
            f"这张单据里没有{'、'.join(told)}。",
            "请只用原来的版式里有的内容。",
        )
        raise LayoutError(fault, line_of_name(text, told[0]), where)


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
