"""The tie of a drive as the sheets of its workbook: by unit, by plan, by payer, and the proofs."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.documents.table_workbooks import Table, TableColumn, tables_workbook
from desktop_app.domain.dates import chinese_date
from desktop_app.services.views.ties import DriveTie, TieLine

_UNIT = (TableColumn("单位", 34), TableColumn("片区", 12))


def tie_workbook(drive: DriveTie) -> bytes:
    """The workbook's bytes; the same tie gives the same."""
    below = f"截至{chinese_date(drive.today)} · 金额单位:元"
    title = f"{drive.year}年度对账"
    tables: tuple[Table, ...] = (
        Table("对账", title, below, _columns(drive), [_line(one) for one in drive.lines], True),
        Table("按项目", f"{title} · 按项目", below, _PLANS, list(_by_plan(drive)), True),
        Table(
            "按出资方", f"{title} · 按出资方和列支渠道", below, _PARTS, list(_by_part(drive)), True
        ),
        Table("校验", f"{title} · 校验", below, _PROOFS, list(_proofs(drive))),
    )
    if drive.bank:
        bank = list(_bank(drive))
        tables += (Table("银行流水", f"{title} · 银行流水", below, _BANK, bank, True),)
    return tables_workbook(tables, drive.today)


def _columns(drive: DriveTie) -> tuple[TableColumn, ...]:
    return (
        *_UNIT,
        TableColumn("业务号", 18),
        TableColumn("人数", 8, "number"),
        TableColumn("合计", 14, "money"),
        TableColumn("工会承担", 14, "money"),
        TableColumn(f"{drive.system_word}人数", 10, "number"),
        TableColumn(f"{drive.system_word}金额", 14, "money"),
        TableColumn("单位应缴", 14, "money"),
        TableColumn("已缴", 14, "money"),
        TableColumn("其中已确认到账", 14, "money"),
        TableColumn("退费", 12, "money"),
        TableColumn("未缴(负数为多缴)", 14, "money"),
        TableColumn(drive.receipt_word, 14, "money"),
        TableColumn("状态", 12),
        TableColumn("还差什么", 60),
    )


def _line(line: TieLine) -> tuple[str | int | None, ...]:
    return (
        line.unit, line.area, line.business_no, line.people, line.total_fen, line.unions_fen,
        line.system_people,
        line.system_fen,
        line.due_fen, line.paid_fen, line.confirmed_fen, line.back_fen, line.gap_fen,
        line.receipt_fen, line.state_label, "\n".join(line.open),
    )  # fmt: skip


_PLANS = (
    *_UNIT,
    TableColumn("项目", 24),
    TableColumn("人数", 8, "number"),
    TableColumn("金额", 14, "money"),
)
_PARTS = (
    *_UNIT,
    TableColumn("出资方", 16),
    TableColumn("列支渠道", 20),
    TableColumn("金额", 14, "money"),
)
_BANK = (
    TableColumn("是什么", 20),
    TableColumn("其中", 20),
    TableColumn("进账笔数", 12, "number"),
    TableColumn("进账", 16, "money"),
    TableColumn("出账笔数", 12, "number"),
    TableColumn("出账", 16, "money"),
)
_PROOFS = (
    TableColumn("一边", 44),
    TableColumn("金额", 18, "money"),
    TableColumn("另一边", 44),
    TableColumn("金额", 18, "money"),
    TableColumn("结果", 12),
)


def _by_plan(drive: DriveTie) -> Iterator[tuple[str | int | None, ...]]:
    for line in drive.lines:
        for plan in line.told_plans:
            yield line.unit, line.area, plan.name, plan.people, plan.fen


def _by_part(drive: DriveTie) -> Iterator[tuple[str | int | None, ...]]:
    for line in drive.lines:
        for part in line.parts:
            yield line.unit, line.area, part.payer, part.channel, part.fen


def _bank(drive: DriveTie) -> Iterator[tuple[str | int | None, ...]]:
    for one in drive.bank:
        kind = ("其他款项", one.label) if one.mark else (one.label, "")
        yield *kind, one.lines_in, one.fen_in, one.lines_out, one.fen_out


def _proofs(drive: DriveTie) -> Iterator[tuple[str | int | None, ...]]:
    for one in drive.proofs:
        told = "相等" if one.holds else "不相等"
        yield one.left_text, one.left_fen, one.right_text, one.right_fen, told
