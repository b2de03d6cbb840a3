"""The box on top: last digits, heads, names, initials, units, business numbers, claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import CaseState, IssueState
from db.models.claims import Claim
from db.models.units import Unit
from db.queries import search as queries
from desktop_app.domain.dates import chinese_date, last_day
from desktop_app.domain.names import name_key
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.papers.form_codes import (
    find_form,
    form_title,
    is_form_text,
    print_no,
    unit_name,
    year_of_form,
)
from desktop_app.services.search_keys import masked
from desktop_app.services.views.search import Hit

LEAST_HEAD, LEAST_TAIL = 3, 4
LEAST_CODE = 8  # shorter, a code's head is anybody's last digits
LEAST_PAYER = 2
STATES = {
    IssueState.VALID: "",
    IssueState.REPLACED: "已由新的一次代替",
    IssueState.VOID: "已作废",
    IssueState.PROVISIONAL: "暂用,还没有换成正式的",
}


class SearchService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def find(self, text: str, limit: int = 50) -> tuple[Hit, ...]:
        """Return units first, then business and claim numbers, then people with their claims.

        A form's code or whole number is answered by that form alone.
        """
        wanted = text.strip()
        if not wanted:
            return ()
        with self.desk.database.reading() as uow:
            if is_form_text(wanted) and (forms := _forms(uow.session, wanted)):
                return forms
            found = _units(uow.session, wanted, limit)
            found += _cases(uow.session, wanted, limit - len(found))
            found += _claims(uow.session, wanted, limit - len(found))
            spoken = _spoken_for(uow.session, wanted, max(1, limit // 4), found)
            found += _members(uow.session, wanted, limit - len(found) - len(spoken))
        return tuple((found + spoken)[:limit])


def _forms(session: Session, wanted: str) -> tuple[Hit, ...]:
    try:
        form = find_form(session, wanted)
    except UserError:
        return ()
    year = year_of_form(session, form)
    parts = (
        unit_name(session, form),
        f"{year}年度" if year else "",
        f"第{print_no(session, form)}次打印",
        STATES[IssueState(form.state_code)],
    )
    title = f"{form_title(session, form)} {form.number}"
    detail = " · ".join(filter(None, parts))
    kind, at = ("form", form.id) if form.claim_id is None else ("claim", form.claim_id)
    return (Hit(kind, at, form.unit_id, form.enrolment_id, title, detail),)


def _units(session: Session, wanted: str, limit: int) -> list[Hit]:
    """By name, initials, credit code or paying account."""
    hits = []
    if not wanted.isdigit():
        hits += [
            _unit_hit(unit, f"在职{unit.at_work or 0}人")
            for unit in queries.units(session, name_key(wanted), wanted.lower(), limit)
        ]
    if wanted.isascii() and wanted.isalnum() and len(wanted) >= LEAST_CODE:
        hits += [
            _unit_hit(unit, _code_text(unit, wanted.upper()))
            for unit in queries.units_by_code(session, wanted.upper(), limit)
        ]
    return hits


def _unit_hit(unit: Unit, detail: str) -> Hit:
    return Hit("unit", unit.id, unit.id, None, unit.name, detail)


def _code_text(unit: Unit, code: str) -> str:
    """Which of the unit's numbers was asked for."""
    known = (("统一社会信用代码", unit.employer_code), ("工会代码", unit.union_code))
    for title, number in known:
        if number and number.startswith(code):
            return f"{title} {number}"
    return f"缴费账号 {unit.payer_account}"


def _spoken_for(session: Session, wanted: str, limit: int, found: list[Hit]) -> list[Hit]:
    """Units by their contact or by who pays for them, where the name did not give them."""
    hits = []
    if len(wanted) >= (LEAST_TAIL if wanted.isdigit() else 1):
        for unit, contact in queries.contacts(session, wanted, limit):
            phone = contact.phone or contact.office_phone or ""
            hits.append(_unit_hit(unit, f"联系人{contact.name} {phone}".strip()))
    if not wanted.isascii() and len(wanted) >= LEAST_PAYER:
        hits += [
            _unit_hit(unit, f"由{unit.payer_name}缴费")
            for unit in queries.units_by_payer(session, wanted, limit)
        ]
    known = {(hit.kind, hit.id) for hit in found}
    return [hit for hit in hits if (hit.kind, hit.id) not in known][:limit]


def _cases(session: Session, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    rows = queries.cases(session, wanted.upper(), limit)
    return [
        Hit(
            "enrolment",
            case.id,
            case.unit_id,
            case.id,
            case.business_no or "",
            f"{name} {case.year}年度",
        )
        for case, name in rows
    ]


def _claims(session: Session, wanted: str, limit: int) -> list[Hit]:
    """By their own number, by the province's, or by the name of someone in no roster."""
    if limit <= 0:
        return []
    return _claim_hits(queries.claims(session, wanted.upper(), wanted, limit))


def _claim_hits(rows: Iterable[Row[Claim, str]]) -> list[Hit]:
    hits = []
    for claim, plan in rows:
        told = [plan, f"事发{chinese_date(claim.event_on)}", claim.business_no or ""]
        if claim.state_code == CaseState.VOID:
            told.append("已作废")
        title = f"{claim.number} {claim.person_name}"
        hits.append(Hit("claim", claim.id, None, None, title, " · ".join(filter(None, told))))
    return hits


def _cover_text(from_on: date | None, until_on: date | None) -> str:
    if from_on is None or until_on is None:
        return "未保障"
    return f"{chinese_date(from_on)}至{chinese_date(last_day(until_on))}"


def _members(session: Session, wanted: str, limit: int) -> list[Hit]:
    if limit <= 0:
        return []
    digits = wanted.upper()
    is_number = digits[:-1].isdigit() and (digits[-1].isdigit() or digits[-1] == "X")
    if is_number:
        ids = queries.members_by_number(
            session,
            digits if len(digits) >= LEAST_HEAD else None,
            digits[::-1] if len(digits) >= LEAST_TAIL else None,
            limit,
        )
    else:
        ids = queries.members_by_name(session, name_key(wanted), wanted.lower(), limit)
    hits, of_member = [], queries.claims_of(session, ids)
    for row in queries.member_lines(session, ids):
        cover = _cover_text(row.from_on, row.until_on)
        paid = "已缴" if row.paid else "未缴"
        parts = [row.unit or "无单位", row.plans or "", cover, paid if row.unit else ""]
        if row.claims:
            parts.append(f"申领{row.claims}件")
        title = f"{row.name} {masked(row.identity_no)[-8:]}"
        hits.append(
            Hit(
                "member",
                row.id,
                row.unit_id,
                row.enrolment_id,
                title,
                " · ".join(filter(None, parts)),
            )
        )
        hits += _claim_hits(claim for claim in of_member if claim[0].member_id == row.id)
    return hits
