"""`roster difference`: what a list, or a file, makes of last period's; what an approval signs."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, part
from desktop_app.cli.parser import Group
from desktop_app.domain.money import yuan
from desktop_app.domain.rosters.differences import Kind
from desktop_app.services.views.differences import ChangeLine, DifferenceView, ListFigures

if TYPE_CHECKING:
    from desktop_app.services.services import Services


def add_to(group: Group) -> None:
    shown = group.add(
        "difference", _difference, "和上年名单比:新增、续保、调入、改名、证件更正、退出、调出"
    )
    shown.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    shown.add_argument("--file", type=words.path, metavar="FILE", help="读入这份名册会怎样,不存入")
    shown.add_argument(
        "--kind",
        action="append",
        choices=[kind.value for kind in Kind],
        help="只列出这一类的人,可写多次;不写时除续保外都列出",
    )


def _difference(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.file is None:
            view = services.differences.of_case(options.enrolment)
        else:
            view = _of_file(services, options)
    if view is None:
        return Answer({"difference": None}, ("单位自办的申请,名单由单位自己保存。",))
    wanted = set(options.kind or (kind.value for kind in Kind if kind is not Kind.RENEWED))
    lines = tuple(one for one in view.lines if one.kind in wanted)
    told = (view.text, *map(_figures, view.figures), *map(_line, lines), f"摘要 {view.digest}")
    return Answer({"difference": difference_document(view, lines)}, told)


def _of_file(services: Services, options: Namespace) -> DifferenceView:
    with part(options, "plan"):
        batch = services.rosters.plan_file(options.enrolment, options.file).value
    view = services.differences.of_plan(batch)
    with part(options, "drop"):
        services.rosters.drop_plan(batch)
    return view


def difference_document(
    view: DifferenceView, lines: tuple[ChangeLine, ...] | None = None
) -> dict[str, object]:
    """The difference as JSON; `lines` are those of its people that are asked for."""
    document: dict[str, object] = {
        "unit": view.unit_name,
        "year": view.year,
        "from_year": view.from_year,
        "addition": view.addition,
        "counts": {one.kind: one.people for one in view.counts},
        "figures": view.figures,
        "digest": view.digest,
    }
    if lines is not None:
        document["people"] = [one._asdict() for one in lines]
    return document


def _figures(one: ListFigures) -> str:
    due = "金额待核对" if one.due_fen is None else f"应缴{yuan(one.due_fen)}元"
    return f"{one.title}:{one.people}人,{due} {one.participation}".rstrip()


def _line(one: ChangeLine) -> str:
    return f"{one.label}  {one.name}  {one.identity}  {one.note}".rstrip()
