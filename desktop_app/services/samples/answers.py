"""A list of refused people as the province gives it, for a demonstration without its site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.services.samples.layouts import Page
from desktop_app.services.samples.shapes import Person
from desktop_app.services.samples.workbooks import workbook_bytes


def failure_list_bytes(people: Sequence[Person], reasons: Mapping[str, str]) -> bytes:
    """The workbook 失败人员名单: those of `people` whose identity number has a reason."""
    page = Page(
        "失败人员名单",
        [["失败人员名单(演示)"], ["序号", "参保人姓名", "身份证号", "手机号", "失败原因"]],
        [(1, 1, 1, 5)],
        heading=(2, 2),
    )
    for person in people:
        if person.identity in reasons:
            serial = float(len(page.rows) - 1)
            reason = reasons[person.identity]
            page.rows.append([serial, person.name, person.identity, person.phone, reason])
    return workbook_bytes(".xlsx", [page])
