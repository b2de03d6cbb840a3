"""What a form is asked of: a unit, case, claim, person or the office, with its scheme and marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.claims import Claim
from db.models.members import Member
from db.models.office import AppUser, Office
from db.models.units import Unit
from db.queries.persons import covers
from desktop_app.documents.forms.parts import Marks, UnitParticulars, Words
from desktop_app.documents.kinds import FormKind, FormOf
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.claims.claim_moves import open_claim_of, scheme_for
from desktop_app.services.desk import Desk
from desktop_app.services.papers.form_parts import particulars, short_code, title_of
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import scheme_of

NOBODYS = UnitParticulars(name="", code="")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose form it is; of the office's own all are None."""

    unit: Unit | None = None
    case: Case | None = None
    claim: Claim | None = None
    member: Member | None = None

    def columns(self) -> dict[str, int | None]:
        """Whose it is as the print register keeps it."""
        return {
            "unit_id": self.unit.id if self.unit else None,
            "enrolment_id": self.case.enrolment.id if self.case else None,
            "claim_id": self.claim.id if self.claim else None,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a form's value is made of.

    Args:
        first, until: the days a list is of, the day after the last; of other forms None.
    """

    session: Session
    desk: Desk
    kind: FormKind
    owner: Owner
    scheme: Scheme
    year: int
    code: str
    first: date | None = None
    until: date | None = None

    @property
    def period(self) -> str:
        """The month that a list is of."""
        return f"{self.first.year}年{self.first.month}月" if self.first else ""

    @property
    def title(self) -> str:
        return title_of(self.kind, self.scheme.words)

    def begin(self) -> dict[str, Any]:
        """What every titled form begins with; its number comes when it is fixed."""
        office, words = self.session.scalars(select(Office)).one(), self.scheme.words
        unit = self.owner.unit
        return {
            "marks": Marks(
                case_code=self.code,
                form_no="",
                print_no=1,
                office=office.name,
                scheme=self.scheme.title,
                issued_on=self.desk.today(),
                demo=office.demo,
                words=Words(words.person, words.fee, words.join, words.benefit),
            ),
            "unit": particulars(self.session, unit) if unit else NOBODYS,
            "year": self.year,
            "title": self.title,
        }

    def by_whom(self) -> str:
        """The name of the person at the desk."""
        return self.session.get_one(AppUser, self.desk.actor.user_id).name


def ask(session: Session, desk: Desk, kind: FormKind, of_id: int | None) -> Asked:
    """Find out whose it is.

    Raises:
        UserError: there is no such unit, case or claim, or nobody is named.
    """
    if kind.of is FormOf.CASE:
        return ask_case(session, desk, kind, cases.load(session, _named(of_id)))
    if kind.of is FormOf.CLAIM:
        claim = open_claim_of(session, _named(of_id))
        unit = session.get_one(Unit, claim.unit_id) if claim.unit_id else None
        scheme, code = scheme_for(session, claim), short_code(kind.of, claim.uid)
        year = claim.event_on.year
        return Asked(session, desk, kind, Owner(unit, claim=claim), scheme, year, code)
    if kind.of is FormOf.PERSON:
        return _ask_person(session, desk, kind, _named(of_id))
    return _ask_drive(session, desk, kind, of_id)


def ask_case(session: Session, desk: Desk, kind: FormKind, case: Case) -> Asked:
    year, code = case.enrolment.year, short_code(kind.of, case.enrolment.uid)
    return Asked(session, desk, kind, Owner(case.unit, case), case.scheme, year, code)


def not_yet(message: str, remedy: str = "请先完成前面的步骤。") -> UserError:
    return UserError("not-yet-printable", message, remedy)


def _ask_person(session: Session, desk: Desk, kind: FormKind, member_id: int) -> Asked:
    """By the scheme and the unit of the latest cover; without one by those of the drive."""
    member = session.get(Member, member_id)
    if member is None:
        raise UserError("member-unknown", "台账里没有这个人。", "请重新查找。")
    code, year = short_code(kind.of, member.uid), desk.today().year
    latest = next(iter(covers(session, member_id)), None)
    if latest is None:
        scheme = scheme_of(drive_version(session, desk))
        return Asked(session, desk, kind, Owner(member=member), scheme, year, code)
    case = cases.load(session, latest[0].enrolment_id)
    owner = Owner(case.unit, case, member=member)
    return Asked(session, desk, kind, owner, case.scheme, year, code)


def _ask_drive(session: Session, desk: Desk, kind: FormKind, of_id: int | None) -> Asked:
    """What is of no case goes by the scheme and the year of the drive."""
    scheme, year = scheme_of(drive_version(session, desk)), year_of(session, desk)
    code = short_code(FormOf.OFFICE, session.scalars(select(Office)).one().uid)
    if kind.of is FormOf.MONTH:
        first, until = _month(_named(of_id))
        return Asked(session, desk, kind, Owner(), scheme, first.year, code, first, until)
    if of_id is None or kind.of is FormOf.OFFICE:
        return Asked(session, desk, kind, Owner(), scheme, year, code)
    unit = session.get(Unit, of_id)
    if unit is None:
        raise UserError("unit-unknown", "没有这家单位。", "请刷新后再试。")
    return Asked(session, desk, kind, Owner(unit), scheme, year, short_code(kind.of, unit.uid))


def _month(number: int) -> tuple[date, date]:
    """The days of a month such as 202612, the last exclusive."""
    year, month = divmod(number, 100)
    try:
        first = date(year, month, 1)
        return first, date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        raise UserError("month", f"“{number}”不是年月。", "请写成六位数字,例如202612。") from None


def _named(of_id: int | None) -> int:
    if of_id is None:
        raise UserError("form-of-nobody", "没有说明是哪一份的单据。", "请先选定是哪一份。")
    return of_id
