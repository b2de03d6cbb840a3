"""A layout that an office wrote for itself: whether it says only what its form has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from desktop_app.documents.forms.parts import Form, Marks, UnitParticulars, common_texts
from desktop_app.documents.layout import lay_out
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.documents.template import Table, Template, carried_template, template_from
from desktop_app.errors import FileError

_PLACE = re.compile(r"\{(\w+)\}")
_DAY = date(2000, 1, 1)
_EMPTY = Form(Marks("", "", 1, "", "", _DAY), UnitParticulars("", ""), 0)
_COMMON = frozenset({*common_texts(_EMPTY), "code", "page", "pages"})


def own_template(text: str, where: str, shipped: str) -> Template:
    """Read an office's layout and try it on a page.

    Args:
        text: the layout.
        where: what it is called in a refusal.
        shipped: the name of the layout it stands for.

    Raises:
        FileError: `layout-invalid`; it is no layout, names what the form does not have, or has a
            block that no page holds.
    """
    template, known = template_from(text, where), carried_template(shipped)
    _refuse_unknown(_places(template) - _places(known) - _COMMON, where)
    _refuse_unknown(_columns(template) - _columns(known), where)
    fields: dict[str, list[str]] = {}
    for source, field in sorted(_columns(template)):
        fields.setdefault(source, []).append(field)
    lists = {name: Rows(tuple(row), (("字",) * len(row),)) for name, row in fields.items()}
    lay_out(template, Sheet(dict.fromkeys(_places(template), "字"), lists, "A"), _DAY)
    return template


def _refuse_unknown(names: set[str] | set[tuple[str, str]], where: str) -> None:
    if names:
        told = "、".join(sorted(one if isinstance(one, str) else ".".join(one) for one in names))
        raise FileError(
            "layout-invalid",
            f"这张单据里没有{told}。",
            "请只用原来的版式里有的内容;先取出原来的版式看一看。",
            where,
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
