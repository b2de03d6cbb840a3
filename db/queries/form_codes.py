"""From what stands on a printed form to its line in the print register."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from db.codes import PaperState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.papers import EnrolmentPaper, IssuedForm
from db.queries.many import among

CLAIM, ENROLMENT = "C", "E"
_UID_BYTES, _CODE_BYTES = 16, 4


def by_codes(
    session: Session, codes: Collection[str], with_content: Collection[str]
) -> dict[str, IssuedForm]:
    """The forms that carry exactly these codes, the newest of each.

    What they say may be long: it comes along of the kinds `with_content` only.
    """
    of_codes = select(IssuedForm).where(among(session, IssuedForm.code, sorted(codes)))
    told = IssuedForm.form_key.in_(sorted(with_content))
    found = [
        *session.scalars(of_codes.where(told)),
        *session.scalars(of_codes.where(~told).options(defer(IssuedForm.content))),
    ]
    return {str(form.code): form for form in sorted(found, key=lambda one: one.id)}


def by_number(session: Session, number: str) -> IssuedForm | None:
    return session.scalars(select(IssuedForm).where(IssuedForm.number == number)).one_or_none()


Place = tuple[str, str, int]


def by_places(session: Session, places: Collection[Place]) -> dict[Place, IssuedForm]:
    """The n-th print of a form of a case: for prints of before codes were kept."""
    if not places:
        return {}
    owners = _owners(session, {case_code for case_code, _key, _no in places})
    prints: dict[tuple[str, str], list[IssuedForm]] = {}
    for kind, column in ((CLAIM, IssuedForm.claim_id), (ENROLMENT, IssuedForm.enrolment_id)):
        codes = {owner: code for code, owner in owners.items() if code.startswith(kind)}
        query = select(IssuedForm, column).where(among(session, column, sorted(codes)))
        ordered = query.order_by(IssuedForm.id).options(defer(IssuedForm.content))
        for form, owner in session.execute(ordered):
            prints.setdefault((codes[owner or 0], form.form_key), []).append(form)
    return {
        (code, key, number): forms[number - 1]
        for code, key, number in places
        if len(forms := prints.get((code, key), [])) >= number
    }


def place_of(session: Session, form: IssuedForm) -> int:
    """The how-many-th print of its kind and case a form is."""
    query = select(func.count()).where(
        IssuedForm.form_key == form.form_key,
        IssuedForm.id <= form.id,
        IssuedForm.enrolment_id == form.enrolment_id
        if form.enrolment_id is not None
        else IssuedForm.claim_id == form.claim_id,
    )
    return session.scalars(query).one()


def waiting_by_tail(session: Session, series: str, digits: str, limit: int) -> Sequence[IssuedForm]:
    """Printed forms not yet back whose number ends so; `series` may be empty."""
    query = (
        select(IssuedForm)
        .join(EnrolmentPaper, EnrolmentPaper.issued_form_id == IssuedForm.id)
        .where(
            EnrolmentPaper.state_code == PaperState.PRINTED,
            IssuedForm.number.endswith(f"-{digits}", autoescape=True),
        )
    )
    if series:
        query = query.where(IssuedForm.number.startswith(f"{series}-", autoescape=True))
    return session.scalars(query.order_by(IssuedForm.id.desc()).limit(limit)).all()


def _owners(session: Session, case_codes: Collection[str]) -> dict[str, int]:
    """The case or claim that each code names, by the end of its uid."""
    found: dict[str, int] = {}
    for kind, table in ((CLAIM, Claim), (ENROLMENT, Enrolment)):
        tails = {tail: code for code in case_codes if (tail := _tail(code, kind))}
        at = func.substr(table.uid, _UID_BYTES - _CODE_BYTES + 1, _CODE_BYTES)
        for tail, owner in session.execute(select(at, table.id).where(at.in_(sorted(tails)))):
            found.setdefault(tails[bytes(tail)], owner)
    return found


def _tail(case_code: str, kind: str) -> bytes:
    try:
        tail = bytes.fromhex(case_code[1:]) if case_code.startswith(kind) else b""
    except ValueError:
        return b""
    return tail if len(tail) == _CODE_BYTES else b""
