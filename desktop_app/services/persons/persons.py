"""A person whole, in one set of queries: who is covered, until when, who owes which step."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.codes import MemberState, Sex
from db.models.members import Member
from db.queries import persons as queries
from desktop_app.domain.dates import age
from desktop_app.domain.labels import label
from desktop_app.errors import UserError
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk
from desktop_app.services.persons.person_cases import cases_of, covers_of, waiting_of
from desktop_app.services.persons.person_claims import claims_of
from desktop_app.services.persons.person_history import history_of
from desktop_app.services.persons.person_schemes import schemes_of
from desktop_app.services.persons.person_sentence import sentence_of
from desktop_app.services.search_keys import masked
from desktop_app.services.views.persons import PersonCase, PersonView


class PersonService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def get(self, member_id: int) -> PersonView:
        with self.desk.database.reading() as uow:
            return person_view(uow.session, member_id, self.desk.today())


def person_view(session: Session, member_id: int, today: date) -> PersonView:
    member = session.get(Member, member_id)
    if member is None:
        raise UserError("member-unknown", "台账里没有这个人。", "请重新查找。")
    schemes, rows = schemes_of(session), queries.listings(session, member_id)
    cases = cases_of(session, schemes, rows)
    covers = covers_of(session, member_id, today)
    claims = claims_of(session, schemes, member_id)
    asked = _asked_about(cases)
    covered = any(cover.state == "covered" for cover in covers)
    tail = masked(member.identity_no)[-8:]
    return PersonView(
        id=member.id,
        name=member.name,
        identity=masked(member.identity_no),
        sex_label=label(Sex(member.sex_code)) if member.sex_code else "",
        age=age(member.born_on, today) if member.born_on else None,
        state_label=label(MemberState(member.state_code)),
        unit_id=asked.unit_id if asked else None,
        unit=asked.unit if asked else "",
        case_id=asked.enrolment_id if asked else None,
        covered=covered,
        covers=covers,
        cases=cases,
        claims=claims,
        waiting=waiting_of(session, member, cases),
        history=history_of(session, schemes, rows, claims),
        sentence=sentence_of(f"{member.name}({tail})", covers, cases, claims),
    )


def _asked_about(cases: tuple[PersonCase, ...]) -> PersonCase | None:
    """The case one means by the person: still open, else with him in it, the newest first."""
    ranked = sorted(cases, key=lambda case: (not case.joining, not case.open))
    return ranked[0] if ranked else None
