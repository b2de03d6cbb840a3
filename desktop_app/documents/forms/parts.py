"""What forms are made of: marks, the unit, plans, and the texts that stand on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop_app.documents.sheet import Rows
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import capitals, yuan

_LINE_FIELDS = ("no", "name", "people", "shares", "fee", "total")


@dataclass(frozen=True, slots=True)
class Words:
    """The scheme's display words that the forms use."""

    member: str = "会员"
    contribution: str = "会费"
    enrolment: str = "入会"
    benefit: str = "互助金"


@dataclass(frozen=True, slots=True)
class Marks:
    """What every form carries: who printed it, for which case, under which number.

    Args:
        case_code: short code of the case, upper-case letters, digits and `-`, at most 14; stands in
            the QR code, so never anything personal.
        form_no: the running number printed on the form.
        print_no: 1 for the first print of this form, 2 for the second and so on.
        scheme: title of the scheme, e.g. 咸丰县职工医疗互助保障.
        provisional: printed before the province answered: marked 暂用.
    """

    case_code: str
    form_no: str
    print_no: int
    office: str
    scheme: str
    issued_on: date
    demo: bool = False
    provisional: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class UnitParticulars:
    """The unit as its forms name it; `code` is the employer's, `union_code` the union's own."""

    name: str
    code: str
    union_code: str = ""
    kind: str = ""
    town: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What every form begins with; what else it says is its own."""

    marks: Marks
    unit: UnitParticulars
    year: int


@dataclass(frozen=True, slots=True)
class TitledForm(Form):
    """A form whose title is in the words of its scheme."""

    title: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the unit's enrolment: `fee_fen` is for one share of one person."""

    name: str
    people: int
    shares: int
    fee_fen: int
    total_fen: int


def label_text(form: Form) -> str:
    marks = form.marks
    return " · ".join(
        word for word, wanted in (("演示", marks.demo), ("暂用", marks.provisional)) if wanted
    )


def common_texts(form: Form) -> dict[str, str]:
    marks, unit = form.marks, form.unit
    business_no: str = getattr(form, "business_no", "")  # of some forms only
    return {
        "label": label_text(form),
        "form_no": marks.form_no,
        "print_no": str(marks.print_no),
        "office": marks.office,
        "scheme": marks.scheme,
        "issued": day_text(marks.issued_on),
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
        "business_no": business_no,
        "business_line": f"业务号 {business_no}" if business_no else "",
    }


def day_text(day: date | None) -> str:
    return chinese_date(day) if day else ""


def money_texts(total_fen: int) -> dict[str, str]:
    return {"total": yuan(total_fen), "capitals": capitals(total_fen)}


def plan_rows(lines: Sequence[PlanLine]) -> Rows:
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
