"""What a unit signs about a case that is under way or past: refund, renewal, correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.forms.parts import PlanLine, TitledForm, day_text, money_texts
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.money import yuan


@dataclass(frozen=True, slots=True)
class AskedRefund:
    payer: str
    paid_on: date
    reason: str
    fen: int


@dataclass(frozen=True, slots=True)
class RefundRequest(TitledForm):
    """退费申请: which money a unit asks back, and the account it came from and goes back to."""

    refunds: tuple[AskedRefund, ...]
    account_name: str = ""
    account: str = ""
    bank: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class RenewalNotice(TitledForm):
    """续保通知: when a unit's cover ends, and until when the next year's list is wanted."""

    next_year: int
    last_day: date
    lines: tuple[PlanLine, ...]
    people: int
    list_due_on: date | None
    closes_on: date | None
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionRequest(TitledForm):
    """更正申请: what was registered wrongly, line by line by pen, signed by the unit's union."""

    people: int
    coverage: str
    rows: int = 8
    business_no: str = ""


def refund_request(form: RefundRequest) -> Content:
    total = sum(refund.fen for refund in form.refunds)
    rows = [
        (str(number), refund.payer, day_text(refund.paid_on), yuan(refund.fen), refund.reason)
        for number, refund in enumerate(form.refunds, 1)
    ]
    texts = {
        "title": form.title,
        **money_texts(total),
        "account_name": form.account_name,
        "account": form.account,
        "bank": form.bank,
    }
    return Content(texts, {"refunds": Rows(("no", "payer", "paid", "fee", "reason"), rows)})


def renewal_notice(form: RenewalNotice) -> Content:
    rows = [
        (str(number), line.name, str(line.people), str(line.shares))
        for number, line in enumerate(form.lines, 1)
    ]
    texts = {
        "title": form.title,
        "next_year": str(form.next_year),
        "last_day": day_text(form.last_day),
        "people": str(form.people),
        "list_due": day_text(form.list_due_on) or BY_PEN,
        "closes": day_text(form.closes_on) or BY_PEN,
        "papers": numbered(form.papers),
    }
    return Content(texts, {"lines": Rows(("no", "name", "people", "shares"), rows)})


def correction_request(form: CorrectionRequest) -> Content:
    rows = [(str(number), *[""] * 5) for number in range(1, form.rows + 1)]
    fields = ("no", "name", "identity", "what", "wrong", "right")
    texts = {"title": form.title, "people": str(form.people), "coverage": form.coverage}
    return Content(texts, {"corrections": Rows(fields, rows)})


BY_PEN = "      年    月    日"


def numbered(names: Sequence[str]) -> str:
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
