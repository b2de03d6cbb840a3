"""The lines of 认款: what each proposal says in a table, and the whole of it below."""

from __future__ import annotations

from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import Matches, MatchLine
from desktop_app.ui.rows_model import Column

LATE = {"short", "over", "repeated"}


def money_of(line: MatchLine) -> int:
    return sum(one.fen for one in line.lines)


def payer_text(line: MatchLine) -> str:
    first = line.lines[0].payer_name or "(没有户名)"
    return first if len(line.lines) == 1 else f"{first}等{len(line.lines)}笔"


def paid_text(line: MatchLine) -> str:
    """What it would pay for: the unit, or the first of them and how many."""
    names = list(dict.fromkeys(part.unit_name for part in line.parts))
    if not names:
        return ""
    cases = len({part.enrolment_id for part in line.parts})
    return names[0] if cases == 1 else f"{names[0]}等{cases}份申请"


def state_text(line: MatchLine) -> str:
    return f"{line.state_label} · 认得准" if line.certain else line.state_label


def state_tone(line: MatchLine) -> str:
    if line.certain:
        return "good"
    return "late" if line.state in LATE else "warn"


COLUMNS: tuple[Column[MatchLine], ...] = (
    Column("日期", lambda r: str(r.lines[0].day), None, 92),
    Column("金额", lambda r: yuan(money_of(r)), money_of, 100, right=True),
    Column("付款户名", payer_text, None, 200),
    Column("摘要", lambda r: r.lines[0].memo, None, 150, wide=True),
    Column("缴哪份申请", paid_text, None, 200),
    Column("", state_text, None, 130, state_tone),
)


def head_text(found: Matches) -> str:
    """How much money waits, and of how many lines it is certain what they pay for."""
    lines = sum(len(one.lines) for one in found.proposals)
    if not lines:
        return "没有还没认的进账。"
    sure = sum(len(one.lines) for one in found.proposals if one.certain)
    return f"还没有认的进账 {lines} 笔 {yuan(found.fen)} 元,其中 {sure} 笔认得准。"


def whole_text(line: MatchLine) -> str:
    """Everything that a row has no room for: the lines, the parts, the reasons."""
    told = [
        f"{one.day} {yuan(one.fen)} 元 {one.payer_name} {one.payer_account} {one.memo}".strip()
        for one in line.lines
    ]
    told += [f"缴 {part.unit_name} {yuan(part.fen)} 元" for part in line.parts[:3]]
    if len(line.parts) > 3:
        told.append(f"……共 {len(line.parts)} 份")
    if line.parts and line.remainder_fen:
        told.append(f"还余 {yuan(line.remainder_fen)} 元")
    return "\n".join((*told, *line.reasons))
