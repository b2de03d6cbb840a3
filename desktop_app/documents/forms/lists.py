"""The office's own lists: what was granted for the wall, what was paid out, what is handed over."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.forms.parts import TitledForm, money_texts
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.money import yuan


@dataclass(frozen=True, slots=True)
class GrantedLine:
    """One claim; on the wall its name is masked and `identity` is empty."""

    claim_no: str
    name: str
    identity: str
    unit: str
    plan: str
    fen: int


@dataclass(frozen=True, slots=True)
class MonthList(TitledForm):
    period: str  # 2026年12月
    lines: tuple[GrantedLine, ...]

    @property
    def total_fen(self) -> int:
        return sum(line.fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class PublicList(MonthList):
    """公示表: what was granted in a month, nobody to be known by name or number."""


@dataclass(frozen=True, slots=True)
class PayoutSheet(MonthList):
    """发放表: what the office paid out in a month, each line signed by who took it."""


@dataclass(frozen=True, slots=True)
class CondolenceSheet(TitledForm):
    """慰问金发放表: empty lines; who gets how much is the office's own decision."""

    rows: int = 14


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One kind of work that somebody hands over."""

    what: str
    medium: str
    count: str


@dataclass(frozen=True, slots=True)
class WorkHandover(TitledForm):
    """工作交接单: what is open in the ledger; papers, seals and keys are added by pen."""

    handed_by: str
    lines: tuple[HandedOver, ...]
    rows: int = 14


def public_list(form: PublicList) -> Content:
    rows = [
        (str(number), line.claim_no, line.name, line.unit, line.plan, yuan(line.fen))
        for number, line in enumerate(form.lines, 1)
    ]
    fields = ("no", "claim_no", "name", "unit", "plan", "fee")
    return Content(_month_texts(form), {"lines": Rows(fields, rows)})


def payout_sheet(form: PayoutSheet) -> Content:
    rows = [
        (str(number), line.name, line.identity, line.unit, line.plan, yuan(line.fen), "")
        for number, line in enumerate(form.lines, 1)
    ]
    fields = ("no", "name", "identity", "unit", "plan", "fee", "signed")
    return Content(_month_texts(form), {"lines": Rows(fields, rows)})


def _month_texts(form: MonthList) -> dict[str, str]:
    count = str(len(form.lines))
    total = money_texts(form.total_fen)
    return {"title": form.title, "period": form.period, "count": count, **total}


def condolence_sheet(form: CondolenceSheet) -> Content:
    rows = [(str(number), *[""] * 6) for number in range(1, form.rows + 1)]
    fields = ("no", "name", "unit", "reason", "fee", "signed", "day")
    return Content({"title": form.title}, {"lines": Rows(fields, rows)})


def work_handover(form: WorkHandover) -> Content:
    told = [(line.what, line.medium, line.count) for line in form.lines]
    told += [("", "", "")] * (form.rows - len(told))
    rows = [(str(number), *line, "", "") for number, line in enumerate(told, 1)]
    fields = ("no", "what", "medium", "count", "number", "remark")
    texts = {"title": form.title, "handed_by": form.handed_by}
    return Content(texts, {"lines": Rows(fields, rows)})
