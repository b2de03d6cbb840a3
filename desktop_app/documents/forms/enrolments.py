"""The forms of a unit's enrolment: notice, application, list of members, confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.documents.forms.parts import Form, PlanLine, day_text, money_texts, plan_rows
from desktop_app.documents.sheet import Content, Rows
from desktop_app.domain.dates import period_text
from desktop_app.domain.money import capitals, yuan


@dataclass(frozen=True, slots=True)
class Payee:
    """The account that takes the contributions."""

    name: str
    account: str
    bank: str
    bank_no: str


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Which part of the money who bears, and the account it is charged to (列支渠道)."""

    payer: str
    channel: str
    fen: int
    demanded: bool = True


@dataclass(frozen=True, slots=True)
class PaymentNotice(Form):
    """缴费通知单: tells the unit what to pay, to which account, until when.

    `people` counts persons once, however many plans they hold.
    """

    lines: tuple[PlanLine, ...]
    people: int
    total_fen: int
    payee: Payee
    deadline: date | None = None
    coverage: str = ""
    business_no: str = ""
    contact: str = ""
    phone: str = ""
    funding: tuple[FundingLine, ...] = ()  # where unions bear a part that nobody asks the unit for
    due_fen: int | None = None  # what the unit transfers; None where that is all of it


@dataclass(frozen=True, slots=True)
class InvoiceParticulars:
    """What the dues receipt is to be made out to."""

    title: str
    code: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationForm(Form):
    """在职职工互助保障活动申请书: signed by the officer, stamped by the unit's union."""

    kind: str  # 首次入会, 续保, 中途增员
    at_work: int
    women_at_work: int
    people: int
    women: int
    lines: tuple[PlanLine, ...]
    total_fen: int
    funding: tuple[FundingLine, ...] = ()
    invoice: InvoiceParticulars | None = None
    coverage: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One line of the member list; its running number is its place."""

    name: str
    sex: str  # 男, 女, or empty
    identity: str
    plans: str
    fee_fen: int


@dataclass(frozen=True, slots=True)
class MemberList(Form):
    """会员名单: everyone of the application, by number, with plans and contribution."""

    people: tuple[ListedMember, ...]
    total_fen: int
    plans: str = ""
    business_no: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation(Form):
    """互助保障活动确认书: the cover that the province has confirmed; both days are covered days."""

    business_no: str
    first_day: date
    last_day: date
    people: int
    lines: tuple[PlanLine, ...]
    total_fen: int
    paid_on: date | None = None
    confirmed_on: date | None = None


def notice(form: PaymentNotice) -> Content:
    payee = form.payee
    due = form.total_fen if form.due_fen is None else form.due_fen
    texts = {
        **money_texts(form.total_fen),
        "due": yuan(due),
        "capitals": capitals(due),
        "parts": _parts(form),
        "people": str(form.people),
        "payee_name": payee.name,
        "payee_account": payee.account,
        "payee_bank": payee.bank,
        "payee_bank_no": payee.bank_no,
        "deadline": day_text(form.deadline),
        "coverage": form.coverage,
        "contact_line": f"{form.contact} {form.phone}".strip(),
    }
    return Content(texts, {"lines": plan_rows(form.lines)})


def _parts(form: PaymentNotice) -> str:
    """What other unions bear, and what is left for the unit to transfer."""
    borne = [f"{part.payer}{yuan(part.fen)}元" for part in form.funding if not part.demanded]
    own = [f"{part.payer}{yuan(part.fen)}元" for part in form.funding if part.demanded]
    if not borne:
        return ""
    return f"{'、'.join(borne)}不由你单位缴款，{'、'.join(own)}为应缴金额"


def application(form: ApplicationForm) -> Content:
    ratio = f"{form.people * 1000 // form.at_work / 10:.1f}%" if form.at_work else ""
    texts = {
        **money_texts(form.total_fen),
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
    return Content(texts, {"lines": plan_rows(form.lines)})


def _invoice(invoice: InvoiceParticulars | None) -> str:
    if invoice is None:
        return ""
    parts = [f"抬头：{invoice.title}", f"税号：{invoice.code}"]
    parts += [f"电话：{invoice.phone}"] * bool(invoice.phone)
    parts += [f"邮箱：{invoice.email}"] * bool(invoice.email)
    return "；".join(parts)


def member_list(form: MemberList) -> Content:
    texts = {
        **money_texts(form.total_fen),
        "people": str(len(form.people)),
        "plans": form.plans,
    }
    rows = [
        (str(number), person.name, person.sex, person.identity, person.plans, yuan(person.fee_fen))
        for number, person in enumerate(form.people, 1)
    ]
    fields = ("no", "name", "sex", "identity", "plans", "fee")
    return Content(texts, {"people": Rows(fields, rows)})


def confirmation(form: Confirmation) -> Content:
    texts = {
        **money_texts(form.total_fen),
        "people": str(form.people),
        "coverage": period_text(form.first_day, form.last_day + timedelta(days=1)),
        "paid": day_text(form.paid_on),
        "confirmed": day_text(form.confirmed_on),
    }
    return Content(texts, {"lines": plan_rows(form.lines)})
