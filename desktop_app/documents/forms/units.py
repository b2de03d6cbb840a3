"""The forms of a unit, most of them to be filled in by pen: the sheet for people on the spot."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.forms.parts import TitledForm
from desktop_app.documents.sheet import Content, Rows


@dataclass(frozen=True, slots=True)
class FieldSheet(TitledForm):
    """现场登记表: empty rows for people who are written down away from the desk."""

    rows: int = 18


def field_sheet(form: FieldSheet) -> Content:
    rows = [(str(number), "", "", "", "", "") for number in range(1, form.rows + 1)]
    fields = ("no", "name", "identity", "phone", "plans", "signed")
    return Content({"title": form.title}, {"people": Rows(fields, rows)})


@dataclass(frozen=True, slots=True)
class UnitRegistration(TitledForm):
    """单位注册信息表: what the office knows of a unit; what it does not know is the pen's."""

    at_work: int | None = None
    women: int | None = None
    office_phone: str = ""
    email: str = ""
    account_name: str = ""
    account: str = ""
    bank: str = ""
    bank_no: str = ""
    invoice_title: str = ""
    invoice_code: str = ""


@dataclass(frozen=True, slots=True)
class OfficerChange(TitledForm):
    """经办人变更表: who spoke for the unit until now; who does from now on is the pen's."""

    office_phone: str = ""
    email: str = ""


def registration(form: UnitRegistration) -> Content:
    texts = {
        "title": form.title,
        "at_work": "" if form.at_work is None else f"{form.at_work}人",
        "women_at_work": "" if form.women is None else f"{form.women}人",
        "office_phone": form.office_phone,
        "email": form.email,
        "account_name": form.account_name,
        "account": form.account,
        "bank": form.bank,
        "bank_no": form.bank_no,
        "invoice_title": form.invoice_title,
        "invoice_code": form.invoice_code,
    }
    return Content(texts)


def officer_change(form: OfficerChange) -> Content:
    more = {"office_phone": form.office_phone, "email": form.email}
    return Content({"title": form.title, **more})
