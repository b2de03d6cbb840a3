"""The rows of money or of papers that an act changes, held in one order at every desk.

They are held until the act ends. Two desks that take what they need in whatever order may each
wait for the other for ever: the server then ends one of them. Taken in one order, the second waits
and sees what the first did.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models.enrolments import Enrolment
from db.models.papers import IssuedForm
from db.models.payments import Payment, PaymentAllocation
from db.queries.many import among

_OF_PAYMENT, _OF_CASE = PaymentAllocation.payment_id, PaymentAllocation.enrolment_id
_Id = InstrumentedAttribute[int]


def hold_money(
    session: Session, enrolments: Iterable[int] = (), payments: Iterable[int] = ()
) -> None:
    """Hold transfers and applications with all that they pay for or are paid with.

    The transfers first, then the applications, each by id: before anything is read that the act
    goes by. What another desk booked while this one waited is held as well.
    """
    asked_for, cases, money = set(payments), set(enrolments), set(payments)
    held: tuple[set[int], set[int]] = set(), set()
    while True:
        cases |= _paired(session, _OF_CASE, _OF_PAYMENT, asked_for)
        money |= _paired(session, _OF_PAYMENT, _OF_CASE, cases)
        if (cases, money) == held:
            return
        _lock(session, Payment, money - held[1])
        _lock(session, Enrolment, cases - held[0])
        held = set(cases), set(money)


def hold_case(session: Session, enrolment_id: int) -> None:
    """Hold an application whose papers are about to be counted."""
    _lock(session, Enrolment, {enrolment_id})


def hold_forms(session: Session, forms: Iterable[int]) -> None:
    """Hold printed forms, the applications that they are of first, each by id.

    Before their pages are counted: another desk may be filing others of the same form.
    """
    ids = set(forms)
    if ids:
        cases = select(IssuedForm.enrolment_id).where(among(session, IssuedForm.id, sorted(ids)))
        _lock(session, Enrolment, {one for one in session.scalars(cases) if one is not None})
        _lock(session, IssuedForm, ids)


def paying(session: Session, enrolment_id: int) -> set[int]:
    """The transfers that pay for an application, whether they count or not."""
    return _paired(session, _OF_PAYMENT, _OF_CASE, {enrolment_id})


def _paired(session: Session, wanted: _Id, given: _Id, ids: set[int]) -> set[int]:
    if not ids:
        return set()
    return set(session.scalars(select(wanted).where(among(session, given, sorted(ids)))))


def _lock(session: Session, table: type[Payment | Enrolment | IssuedForm], ids: set[int]) -> None:
    """Lock the rows by id, and read them anew: they may have changed while this waited.

    Not against colleagues' new rows that refer to them.
    """
    if ids:
        query = select(table).where(among(session, table.id, sorted(ids))).order_by(table.id)
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
        session.scalars(query).all()
