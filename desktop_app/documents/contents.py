"""What stands on each form as texts and lists; wording and places are the layout's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from desktop_app.documents.codes import code_text
from desktop_app.documents.forms import (
    ApplicationForm,
    ArchiveHandover,
    BenefitWorksheet,
    ClaimReceipt,
    Confirmation,
    Form,
    InvoiceParticulars,
    MemberList,
    PaymentNotice,
    PlanLine,
    WorksheetLine,
)
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.domain.dates import chinese_date, period_text
from desktop_app.domain.money import capitals, yuan

# Full widths that a row of the worksheet's table has room for, by column.
_LINE_ROOM = {"text": 84, "clause": 52, "given": 44}
_UNBROKEN = re.compile(r"[0-9.,]*[0-9][^0-9]?|[^0-9]")  # a number with its unit, or a character
_LINE_FIELDS = ("no", "name", "people", "shares", "fee", "total")


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _label(form: Form) -> str:
    marks = form.marks
    return " · ".join(
        word for word, wanted in (("演示", marks.demo), ("暂用", marks.provisional)) if wanted
    )


def watermark(form: Form) -> str:
    return _label(form).replace(" · ", "")


def _common(form: Form) -> dict[str, str]:
    marks, unit = form.marks, form.unit
    return {
        "label": _label(form),
        "code": code_text(form),
        "form_no": marks.form_no,
        "print_no": str(marks.print_no),
        "office": marks.office,
        "scheme": marks.scheme,
        "issued": _day(marks.issued_on),
        "member": marks.words.member,
        "contribution": marks.words.contribution,
        "enrolment": marks.words.enrolment,
        "benefit": marks.words.benefit,
        "year": str(form.year),
        "unit_name": unit.name,
        "unit_code": unit.code,
        "union_code": unit.union_code,
        "unit_kind": unit.kind,
        "town": unit.town,
        "address": unit.address,
        "contact": unit.contact,
        "phone": unit.phone,
        "business_no": form.business_no,
        "business_line": f"业务号 {form.business_no}" if form.business_no else "",
    }


def _money(total_fen: int) -> dict[str, str]:
    return {"total": yuan(total_fen), "capitals": capitals(total_fen)}


def _plan_rows(lines: Sequence[PlanLine]) -> Rows:
    return Rows(
        _LINE_FIELDS,
        [
            (
                str(number),
                line.name,
                str(line.people),
                str(line.shares),
                yuan(line.fee_fen),
                yuan(line.total_fen),
            )
            for number, line in enumerate(lines, 1)
        ],
    )


def _notice(form: PaymentNotice) -> Sheet:
    payee = form.payee
    due = form.total_fen if form.due_fen is None else form.due_fen
    texts = {
        **_common(form),
        **_money(form.total_fen),
        "due": yuan(due),
        "capitals": capitals(due),
        "parts": _parts(form),
        "people": str(form.people),
        "payee_name": payee.name,
        "payee_account": payee.account,
        "payee_bank": payee.bank,
        "payee_bank_no": payee.bank_no,
        "deadline": _day(form.deadline),
        "coverage": form.coverage,
        "contact_line": f"{form.contact} {form.phone}".strip(),
    }
    return Sheet(texts, {"lines": _plan_rows(form.lines)}, texts["code"])


def _parts(form: PaymentNotice) -> str:
    """What other unions bear, and what is left for the unit to transfer."""
    borne = [f"{part.payer}{yuan(part.fen)}元" for part in form.funding if not part.demanded]
    own = [f"{part.payer}{yuan(part.fen)}元" for part in form.funding if part.demanded]
    if not borne:
        return ""
    return f"{'、'.join(borne)}不由你单位缴款，{'、'.join(own)}为应缴金额"


def _invoice(invoice: InvoiceParticulars | None) -> str:
    if invoice is None:
        return ""
    parts = [f"抬头：{invoice.title}", f"税号：{invoice.code}"]
    parts += [f"电话：{invoice.phone}"] * bool(invoice.phone)
    parts += [f"邮箱：{invoice.email}"] * bool(invoice.email)
    return "；".join(parts)


def _application(form: ApplicationForm) -> Sheet:
    ratio = f"{form.people * 1000 // form.at_work / 10:.1f}%" if form.at_work else ""
    texts = {
        **_common(form),
        **_money(form.total_fen),
        "kind": form.kind,
        "people": str(form.people),
        "women": str(form.women),
        "at_work": str(form.at_work),
        "women_at_work": str(form.women_at_work),
        "ratio": ratio,
        "funding": "；".join(
            f"{part.payer} {yuan(part.fen)}元（{part.channel}）" for part in form.funding
        ),
        "invoice": _invoice(form.invoice),
        "coverage": form.coverage,
    }
    return Sheet(texts, {"lines": _plan_rows(form.lines)}, texts["code"])


def _member_list(form: MemberList) -> Sheet:
    texts = {
        **_common(form),
        **_money(form.total_fen),
        "people": str(len(form.people)),
        "plans": form.plans,
    }
    rows = [
        (str(number), person.name, person.sex, person.identity, person.plans, yuan(person.fee_fen))
        for number, person in enumerate(form.people, 1)
    ]
    fields = ("no", "name", "sex", "identity", "plans", "fee")
    return Sheet(texts, {"people": Rows(fields, rows)}, texts["code"])


def _confirmation(form: Confirmation) -> Sheet:
    texts = {
        **_common(form),
        **_money(form.total_fen),
        "people": str(form.people),
        "coverage": period_text(form.first_day, form.last_day + timedelta(days=1)),
        "paid": _day(form.paid_on),
        "confirmed": _day(form.confirmed_on),
    }
    return Sheet(texts, {"lines": _plan_rows(form.lines)}, texts["code"])


def _handover(form: ArchiveHandover) -> Sheet:
    texts = {
        **_common(form),
        **_money(form.total_fen),
        "people": str(form.people),
        "archive_no": form.archive_no,
        "reason": form.reason,
        "handed_by": form.handed_by,
        "received_by": form.received_by,
        "witnessed_by": form.witnessed_by,
        "paper_count": str(len(form.papers)),
        "copies": str(sum(paper.copies for paper in form.papers)),
        "pages_total": str(sum(paper.pages for paper in form.papers)),
    }
    rows = [
        (
            str(number),
            paper.name,
            paper.medium,
            str(paper.copies),
            str(paper.pages),
            paper.number,
            paper.remark,
        )
        for number, paper in enumerate(form.papers, 1)
    ]
    fields = ("no", "name", "medium", "copies", "pages", "number", "remark")
    return Sheet(texts, {"papers": Rows(fields, rows)}, texts["code"])


def _worksheet(form: BenefitWorksheet) -> Sheet:
    amount = "待核对,不能计算"
    if form.amount_fen is not None:
        amount = f"{capitals(form.amount_fen)}（¥{yuan(form.amount_fen)}）"
    texts = {
        **_common(form),
        "title": form.title,
        "notice": _estimate_notice(form),
        "claim_no": form.claim_no,
        "apply": form.apply,
        "person": form.person,
        "identity": form.identity,
        "plan": form.plan,
        "event": _day(form.event_on),
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
    return Sheet(texts, {"lines": Rows(fields, rows)}, texts["code"])


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


def _receipt(form: ClaimReceipt) -> Sheet:
    missing = "、".join(paper.name for paper in form.papers if paper.needed and not paper.state)
    texts = {
        **_common(form),
        "title": form.title,
        "apply": form.apply,
        "claim_no": form.claim_no,
        "person": form.person,
        "identity": form.identity,
        "plan": form.plan,
        "event": _day(form.event_on),
        "received_by": form.received_by,
        "missing": f"尚缺：{missing}。请补齐后送交。" if missing else "",
        "paper_count": str(sum(1 for paper in form.papers if paper.state)),
    }
    rows = [
        (
            str(number),
            paper.name,
            paper.state or ("未收到" if paper.needed else "未收到（非必须）"),
            str(paper.pages or ""),
        )
        for number, paper in enumerate(form.papers, 1)
    ]
    fields = ("no", "name", "state", "pages")
    return Sheet(texts, {"papers": Rows(fields, rows)}, texts["code"])


_SHEETS: dict[type, Callable[[Any], Sheet]] = {
    PaymentNotice: _notice,
    ApplicationForm: _application,
    MemberList: _member_list,
    Confirmation: _confirmation,
    ArchiveHandover: _handover,
    BenefitWorksheet: _worksheet,
    ClaimReceipt: _receipt,
}


def sheet_of(form: Form) -> Sheet:
    return _SHEETS[type(form)](form)
