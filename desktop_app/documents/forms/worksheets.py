"""核算单: what a claim comes to, rule by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from desktop_app.documents.forms.parts import Form, day_text
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.money import capitals, yuan

# Full widths that a row of the worksheet's table has room for, by column.
_LINE_ROOM = {"text": 84, "clause": 52, "given": 44}
_UNBROKEN = re.compile(r"[0-9.,]*[0-9][^0-9]?|[^0-9]")  # a number with its unit, or a character


@dataclass(frozen=True, slots=True)
class WorksheetLine:
    """One rule of a worksheet, in words."""

    text: str
    clause: str
    given: str
    output: str


@dataclass(frozen=True, slots=True)
class BenefitWorksheet(Form):
    """核算单: what a claim comes to, rule by rule; an estimate says that nothing is paid on it."""

    title: str
    claim_no: str
    person: str
    identity: str  # masked
    plan: str
    event_on: date
    coverage: str
    facts: str
    lines: tuple[WorksheetLine, ...]
    amount_fen: int | None
    estimate: bool
    version_no: int
    figured_by: str
    open_clauses: tuple[str, ...] = ()
    stale: bool = False  # confirmed since: to be figured anew
    apply: str = "申领"
    business_no: str = ""


def worksheet(form: BenefitWorksheet) -> Content:
    amount = "待核对,不能计算"
    if form.amount_fen is not None:
        amount = f"{capitals(form.amount_fen)}（¥{yuan(form.amount_fen)}）"
    texts = {
        "title": form.title,
        "notice": _estimate_notice(form),
        "claim_no": form.claim_no,
        "apply": form.apply,
        "person": form.person,
        "identity": form.identity,
        "plan": form.plan,
        "event": day_text(form.event_on),
        "coverage": form.coverage,
        "facts": form.facts,
        "amount_title": "估算金额" if form.estimate else "核算金额",
        "amount": amount,
        "total": "待核对" if form.amount_fen is None else f"{yuan(form.amount_fen)}元",
        "version_no": str(form.version_no),
        "figured_by": form.figured_by,
    }
    rows = [row for number, line in enumerate(form.lines, 1) for row in _line_rows(number, line)]
    fields = ("no", "text", "clause", "given", "output")
    return Content(texts, {"lines": Rows(fields, rows)})


def _line_rows(number: int, line: WorksheetLine) -> list[tuple[str, ...]]:
    """A line that is longer than its cells goes on in rows below, without a number."""
    cells = [_pieces(getattr(line, name), most) for name, most in _LINE_ROOM.items()]
    rows: list[tuple[str, ...]] = []
    for place, (text, clause, given) in enumerate(zip_longest(*cells, fillvalue="")):
        ends = ("", "") if place else (str(number), line.output)
        rows.append((ends[0], text, clause, given, ends[1]))
    return rows


def _pieces(text: str, most: int) -> list[str]:
    """Parts of so many full widths at most, none cut within a number where it can be helped."""
    pieces = [""]
    for part in _UNBROKEN.findall(text):
        if pieces[-1] and _widths(pieces[-1] + part) > most:
            pieces.append("")
        pieces[-1] += part
    return pieces


def _widths(text: str) -> float:
    return sum(0.55 if character.isascii() else 1 for character in text)


def _estimate_notice(form: BenefitWorksheet) -> str:
    if form.open_clauses:
        return f"估算，待核对，不作为给付依据。待核对：{'、'.join(form.open_clauses)}。"
    if form.stale:
        return "估算，条款已核对，须重新核算，不作为给付依据。"
    return "估算，以省办核定为准，不作为给付依据。" if form.estimate else ""
