"""Last year's people of a unit judged anew for the new year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.codes import IdentityKind, MemberState, Sex
from db.models.members import Member
from db.queries import enrolments as queries
from desktop_app.domain.dates import age
from desktop_app.domain.eligibility import AgeLimits
from desktop_app.domain.issues import Severity
from desktop_app.domain.labels import label
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.cases.last_lists import Before, before
from desktop_app.services.search_keys import masked
from desktop_app.services.views.renewals import RenewalPerson

__all__ = ["Before", "Judge", "as_row", "before"]


class Judge:
    """The rules of the new year for people of the ledger."""

    def __init__(
        self, session: Session, scheme: Scheme, scheme_id: int, year: int, on: date
    ) -> None:
        self._session, self._scheme_id, self._year = session, scheme_id, year
        self._limits, self._on = AgeLimits(scheme.eligibility, on), on

    def people(self, members: Sequence[Member], *, women_only: bool) -> tuple[RenewalPerson, ...]:
        numbers = [member.identity_no or "" for member in members]
        taken = queries.elsewhere(self._session, numbers, self._year, self._scheme_id, 0)
        return tuple(self._person(member, taken, women_only) for member in members)

    def _person(
        self, member: Member, taken: dict[str, tuple[str, int]], women_only: bool
    ) -> RenewalPerson:
        refusal, note = self._age(member)
        other = taken.get(member.identity_no or "")
        if other is not None:
            refusal = f"已由“{other[0]}”办理{other[1]}年度"
        elif member.state_code != MemberState.ACTIVE:
            refusal = f"台账中为“{label(MemberState(member.state_code))}”"
        elif not member.identity_no:
            refusal = "台账中没有身份证号,请先补正"
        elif women_only and member.sex_code != Sex.FEMALE:
            refusal = "所选项目只限女职工"
        return RenewalPerson(
            member_id=member.id,
            name=member.name,
            identity=masked(member.identity_no),
            sex_label=label(Sex(member.sex_code)) if member.sex_code else "",
            age=age(member.born_on, self._on) if member.born_on else None,
            refusal=refusal,
            note="" if refusal else note,
        )

    def _age(self, member: Member) -> tuple[str, str]:
        """What stands against the age: a refusal, or a paper that is needed."""
        if member.born_on is None:
            return "", ""
        sex = Sex(member.sex_code) if member.sex_code else None
        problem = self._limits.problem(member.born_on, sex)
        if problem is None:
            return "", ""
        refused = problem.severity is Severity.ERROR
        return (problem.message, "") if refused else ("", problem.message)


def as_row(member: Member) -> RosterRow:
    """A member of the ledger as a roster would bring him."""
    return RosterRow(
        None,
        0,
        member.name,
        member.identity_no or "",
        IdentityKind(member.identity_kind_code),
        Sex(member.sex_code) if member.sex_code else None,
        member.born_on,
        None,  # his phone stays as it is
        None,
        None,
        None,
        None,
        False,
    )
