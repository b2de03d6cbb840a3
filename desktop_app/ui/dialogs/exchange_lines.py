"""上报往来 in rows and in words: what was exported, what came back."""

from __future__ import annotations

from desktop_app.domain.dates import clock_text
from desktop_app.domain.money import yuan
from desktop_app.services.views.submissions import AnswerResult, ExchangeLine
from desktop_app.ui.rows_model import Column

SENT = "导出"
NAMED = 50  # people told one by one; more stand in the list of people

LINE_COLUMNS: tuple[Column[ExchangeLine], ...] = (
    Column("时间", lambda one: clock_text(one.at), lambda one: one.at, 130),
    Column("往来", lambda one: one.kind, width=80),
    Column("编号或文件", lambda one: one.name, width=180, wide=True),
    Column("人数", lambda one: str(one.people), lambda one: one.people, 60, right=True),
    Column("说明", lambda one: one.detail, width=170),
    Column("经手", lambda one: one.who, width=80),
)


def sent_text(line: ExchangeLine) -> str:
    """One export: how many, how much, and every file of its folder."""
    lines = [f"{line.name}:{sums(line)}"]
    lines += [f"　{one.name}　{one.people} 人　{yuan(one.due_fen)} 元" for one in line.sheets]
    told = {one.name for one in line.sheets}
    lines += [f"　{name}" for name in line.files if name not in told]
    return "\n".join([*lines, f"放在:{line.folder}"])


def sums(line: ExchangeLine) -> str:
    due = "" if line.due_fen is None else f",{yuan(line.due_fen)} 元"
    return f"{line.people} 人{due},共 {len(line.files)} 个文件"


def answer_text(result: AnswerResult, system: str) -> str:
    lines = [f"{system}收下 {result.accepted} 人,退回 {result.failed} 人"]
    if result.repeated:
        lines[0] += f",有 {result.repeated} 行重复"
    if result.unknown:
        lines[0] += f",另有 {result.unknown} 行对不上本单位名单"
    lines += [f"　{name}:{reason}" for name, reason in result.lines[:NAMED]]
    if len(result.lines) > NAMED:
        lines.append(f"　…共 {len(result.lines)} 行,全部在名单的“退回”里")
    return "\n".join(lines)
