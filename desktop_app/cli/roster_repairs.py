"""`roster`: what is typed over a file's cells, and which of the proposed repairs are taken."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from desktop_app.cli import words
from desktop_app.domain.rosters.repairs import KIND_NAMES, ONE_BY_ONE, Changes
from desktop_app.services.views.rosters import ImportPlan

_KINDS = "、".join(f"{kind}({name})" for kind, name in KIND_NAMES.items() if kind not in ONE_BY_ONE)
_CELL = "CELL写成 表名!7:name(没有表名的文件写 7:name)"


def add_changes(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--repair", action="append", metavar="KIND", help=f"这种整理全部接受:{_KINDS}")
    add("--no-repair", action="append", metavar="KIND", help="这种整理都不接受,行里的内容照原样")
    add(
        "--repair-cell",
        action="append",
        type=words.cell,
        metavar="CELL",
        help=f"接受这一格的整理;{_CELL}",
    )
    add(
        "--no-repair-cell",
        action="append",
        type=words.cell,
        metavar="CELL",
        help="不接受这一格的整理",
    )
    add(
        "--edit",
        action="append",
        type=words.edit,
        metavar="CELL=TEXT",
        help="这一格改成TEXT,如 名单!7:name=张三",
    )
    add("--hidden-sheets", action="store_true", help="隐藏的工作表里的名单也读入")
    add("--no-hidden-rows", action="store_true", help="隐藏的行里的人不读入")


def changes_in(options: Namespace) -> Changes:
    kinds = dict.fromkeys(options.repair or (), True)
    answers = dict.fromkeys(options.repair_cell or (), True)
    return Changes(
        edits=dict(options.edit or ()),
        kinds=kinds | dict.fromkeys(options.no_repair or (), False),
        answers=answers | dict.fromkeys(options.no_repair_cell or (), False),
        hidden_rows=not options.no_hidden_rows,
        hidden_sheets=options.hidden_sheets,
    )


def others_lines(plan: ImportPlan) -> list[str]:
    """That the file says it is another unit's."""
    return [f"注意:这份文件上写的是“{plan.others}”。"] if plan.others else []


def repair_lines(plan: ImportPlan) -> list[str]:
    """By kind how many repairs there are; those that need a look each in a line."""
    told = [
        f"整理  {KIND_NAMES[kind]}({kind})  {found}处,接受{taken}处"
        for kind, (found, taken) in plan.repair_counts.items()
    ]
    return told + [
        f"逐个看  {one.sheet or ''}!{one.row}:{one.field}  “{one.before}”→“{one.after}”"
        for one in plan.repairs
        if one.kind in ONE_BY_ONE and not one.taken
    ]
