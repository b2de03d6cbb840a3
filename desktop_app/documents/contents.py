"""What stands on each form as texts and lists; wording and places are the layout's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop_app.documents.codes import code_text
from desktop_app.documents.forms import (
    ApplicationForm,
    ArchiveHandover,
    Confirmation,
    Form,
    InvoiceParticulars,
    MemberList,
    PaymentNotice,
    PlanLine,
)
from desktop_app.documents.sheet import Rows, Sheet
from desktop_app.domain.dates import chinese_date, period_text
from desktop_app.domain.money import capitals, yuan

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


def sheet_of(form: Form) -> Sheet:
    if isinstance(form, PaymentNotice):
        return _notice(form)
    if isinstance(form, ApplicationForm):
        return _application(form)
    if isinstance(form, MemberList):
        return _member_list(form)
    if isinstance(form, Confirmation):
        return _confirmation(form)
    return _handover(form)
