"""Reading enrolments and their people; their money is read in `payments`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from db.codes import CaseState, EnrolleeState, RowState, Sex
from db.models.enrolments import (
    Enrollee,
    Enrolment,
    EnrolmentPlan,
    EnrolmentQuote,
    EnrolmentStep,
)
from db.models.imports import ImportBatch, ImportRow
from db.models.members import Member
from db.models.office import AppUser
from db.models.papers import EnrolmentPaper, IssuedForm, PrintCopy
from db.models.schemes import PlanRecord
from db.models.units import Unit
from db.queries.many import among, asked

IN = (EnrolleeState.LISTED, EnrolleeState.COVERED)
SENT_BACK = (EnrolleeState.REFUSED, EnrolleeState.RETURNED)  # until somebody decides

# Asked for each of a drive's 1,500 units several times over: put together once.
_OF_CASE = (Enrollee.enrolment_id == bindparam("case"), Enrollee.state_code.in_(IN))
_PLANS = (
    select(EnrolmentPlan, PlanRecord)
    .join(PlanRecord, PlanRecord.id == EnrolmentPlan.plan_id)
    .where(EnrolmentPlan.enrolment_id == bindparam("case"))
    .order_by(PlanRecord.sort_no)
)
_EACH = func.distinct(Enrollee.member_id)
_COUNT_PEOPLE = (
    select(func.count(_EACH), func.count(_EACH).filter(Member.sex_code == Sex.FEMALE))
    .join(Member, Member.id == Enrollee.member_id)
    .where(*_OF_CASE)
)
_COUNT_PLANS = (
    select(Enrollee.plan_id, func.count())
    .select_from(Enrollee)
    .where(*_OF_CASE)
    .group_by(Enrollee.plan_id)
)
_LAST_LINE = select(func.max(Enrollee.line_no)).where(Enrollee.enrolment_id == bindparam("case"))
_LISTED = (
    select(Member.identity_no).join(Enrollee, Enrollee.member_id == Member.id).where(*_OF_CASE)
)

_PARKED = (
    select(ImportRow, ImportBatch.file_name)
    .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
    .where(
        ImportBatch.enrolment_id == bindparam("case"),
        ImportBatch.state_code == "stored",
        ImportRow.state_code == RowState.PARKED,
    )
    .order_by(ImportRow.batch_id, ImportRow.seq)
)


def of_unit(session: Session, unit_id: int) -> Sequence[Enrolment]:
    query = select(Enrolment).where(Enrolment.unit_id == unit_id)
    return session.scalars(query.order_by(Enrolment.id.desc())).all()


def of_units(session: Session, unit_ids: Collection[int]) -> dict[int, list[Enrolment]]:
    """The same of many units, by unit."""
    found: dict[int, list[Enrolment]] = {id_: [] for id_ in unit_ids}
    query = select(Enrolment).where(among(session, Enrolment.unit_id, sorted(unit_ids)))
    for one in session.scalars(query.order_by(Enrolment.id.desc())):
        found[one.unit_id].append(one)
    return found


def of_year(session: Session, year: int) -> Sequence[Row[Enrolment, str]]:
    query = select(Enrolment, Unit.name).join(Unit, Unit.id == Enrolment.unit_id)
    query = query.where(Enrolment.year == year, Enrolment.state_code != CaseState.VOID)
    return session.execute(query.order_by(Unit.sort_key, Enrolment.id)).all()


def open_of_unit(session: Session, unit_id: int, year: int) -> Enrolment | None:
    query = select(Enrolment).where(
        Enrolment.unit_id == unit_id,
        Enrolment.year == year,
        Enrolment.state_code.in_((CaseState.OPEN, CaseState.RETURNED)),
    )
    return session.scalars(query.order_by(Enrolment.id.desc()).limit(1)).first()


def plans_of(session: Session, enrolment_id: int) -> Sequence[Row[EnrolmentPlan, PlanRecord]]:
    return session.execute(_PLANS, {"case": enrolment_id}).all()


def people_rows(
    session: Session, enrolment_id: int, after: int = 0, limit: int | None = None
) -> Sequence[Row[int, Member, Enrollee]]:
    """Return (line_no, Member, Enrollee) by line and plan; `limit` counts lines, not rows.

    Withdrawn people are among them: what goes out on paper or to the province is `joining_rows`.
    """
    lines = (
        select(Enrollee.line_no)
        .where(Enrollee.enrolment_id == enrolment_id, Enrollee.line_no > after)
        .distinct()
        .order_by(Enrollee.line_no)
    )
    if limit is not None:
        lines = lines.limit(limit)
    query = (
        select(Enrollee.line_no, Member, Enrollee)
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, Enrollee.line_no.in_(lines.scalar_subquery()))
        .order_by(Enrollee.line_no, Enrollee.plan_id)
    )
    return session.execute(query).all()


def joining_rows(session: Session, enrolment_id: int) -> Sequence[Row[int, Member, Enrollee]]:
    """Return (line_no, Member, Enrollee) of those listed or covered, by line and plan."""
    query = (
        select(Enrollee.line_no, Member, Enrollee)
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, Enrollee.state_code.in_(IN))
        .order_by(Enrollee.line_no, Enrollee.plan_id)
    )
    return session.execute(query).all()


def count_people(session: Session, enrolment_id: int) -> tuple[int, int]:
    """Return (people, women) among those listed or covered, each person once."""
    people, women = asked(session, _COUNT_PEOPLE, {"case": enrolment_id}).one()
    return people, women


def count_plans(session: Session, enrolment_id: int) -> dict[int, int]:
    """Return plan -> people among those listed or covered; a plan that nobody has is not in it."""
    return dict(asked(session, _COUNT_PLANS, {"case": enrolment_id}).all())


def sent_back_rows(session: Session, enrolment_id: int) -> Sequence[Row[int, Member, Enrollee]]:
    """Return (line_no, Member, Enrollee) of those people, by line and plan."""
    query = (
        select(Enrollee.line_no, Member, Enrollee)
        .join(Member, Member.id == Enrollee.member_id)
        .where(Enrollee.enrolment_id == enrolment_id, Enrollee.state_code.in_(SENT_BACK))
        .order_by(Enrollee.line_no, Enrollee.plan_id)
    )
    return session.execute(query).all()


def last_line(session: Session, enrolment_id: int) -> int:
    return asked(session, _LAST_LINE, {"case": enrolment_id}).scalar_one() or 0


def elsewhere(
    session: Session, identities: Iterable[str], year: int, scheme_id: int, but: int
) -> dict[str, tuple[str, int]]:
    """Return identity -> (unit name, year) of people listed by another case of the year."""
    numbers = list(identities)
    if not numbers:
        return {}
    from_plan = select(PlanRecord.id).where(PlanRecord.scheme_id == scheme_id)
    found: dict[str, tuple[str, int]] = {}
    of_year = func.coalesce(Enrolment.year, 0)  # its index would go through all people of the year
    query = (
        select(Member.identity_no, Unit.name, Enrolment.year)
        .join(Enrollee, Enrollee.member_id == Member.id)
        .join(Enrolment, Enrolment.id == Enrollee.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(
            among(session, Member.identity_no, numbers),
            of_year == year,
            Enrolment.id != but,
            Enrolment.state_code != CaseState.VOID,
            Enrollee.state_code.in_(IN),
            Enrollee.plan_id.in_(from_plan),
        )
    )
    for identity, unit, in_year in session.execute(query):
        found[identity or ""] = (unit, in_year)
    return found


def listed_here(session: Session, enrolment_id: int) -> set[str]:
    return {one for one in asked(session, _LISTED, {"case": enrolment_id}).scalars() if one}


def papers_of(session: Session, enrolment_id: int) -> dict[str, EnrolmentPaper]:
    query = select(EnrolmentPaper).where(EnrolmentPaper.enrolment_id == enrolment_id)
    return {paper.paper_key: paper for paper in session.scalars(query)}


def forms_of(session: Session, enrolment_id: int) -> Sequence[Row[IssuedForm, int]]:
    """Return the case's issued forms with the number of copies printed, newest last."""
    copies = (
        select(func.count())
        .where(PrintCopy.issued_form_id == IssuedForm.id)
        .correlate(IssuedForm)
        .scalar_subquery()
    )
    query = select(IssuedForm, copies).where(IssuedForm.enrolment_id == enrolment_id)
    return session.execute(query.order_by(IssuedForm.id)).all()


def parked_rows(session: Session, enrolment_id: int) -> Sequence[Row[ImportRow, str]]:
    """Return refused rows that still wait with the case, with their file's name."""
    return session.execute(_PARKED, {"case": enrolment_id}).all()


def history_of(session: Session, enrolment_id: int) -> Sequence[Row[EnrolmentStep, str]]:
    query = (
        select(EnrolmentStep, AppUser.name)
        .join(AppUser, AppUser.id == EnrolmentStep.user_id)
        .where(EnrolmentStep.enrolment_id == enrolment_id)
        .order_by(EnrolmentStep.seq)
    )
    return session.execute(query).all()


def quotes(session: Session) -> Iterator[Row[EnrolmentQuote, int, str]]:
    """Yield every kept quote with its application's year and unit."""
    query = (
        select(EnrolmentQuote, Enrolment.year, Unit.name)
        .join(Enrolment, Enrolment.id == EnrolmentQuote.enrolment_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .order_by(EnrolmentQuote.id)
    )
    yield from session.execute(query.execution_options(yield_per=500))


def unit_with_business_no(session: Session, number: str, but: int | None = None) -> str | None:
    """The unit on whose application, another than `but`, this number of the province stands."""
    query = (
        select(Unit.name)
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .where(Enrolment.business_no == number, Enrolment.state_code != CaseState.VOID)
    )
    if but is not None:
        query = query.where(Enrolment.id != but)
    return session.scalars(query.limit(1)).first()
