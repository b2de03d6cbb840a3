"""What the rules ask about cases, gathered of a whole drive at once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from db.codes import EnrolmentKind
from db.models.enrolments import Enrolment
from desktop_app.domain.enrolments import Facts
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_facts import facts_of, facts_of_many
from tests.services.desks import Staff
from tests.services.drives import ROUND, make_drive


@pytest.mark.both_databases
def test_facts_of_many_cases_are_those_of_each_alone(staff: Staff) -> None:
    make_drive(staff, len(ROUND))
    with staff.database.reading() as uow:
        session = uow.session
        known = cases.load_many(session, session.scalars(select(Enrolment.id)).all())
        together = facts_of_many(session, list(known.values()), staff.desk)
        alone = {id_: facts_of(session, case, staff.desk) for id_, case in known.items()}
        kinds = {id_: one.enrolment.kind_code for id_, one in known.items()}
        counted = {id_: one.enrolment.people for id_, one in known.items()}
    assert together == alone
    assert {id_: one.people for id_, one in together.items()} == counted
    for id_, kind in kinds.items():
        assert bool(together[id_].before_people) == (kind == EnrolmentKind.ADDITION)
    _meets_every_fact(list(together.values()))


def _meets_every_fact(facts: list[Facts]) -> None:
    """So that no fact is the same of all because nobody has it."""
    told = Counter[str]()
    for one in facts:
        told.update({"paid": one.payment_fen is not None, "back": one.back_fen > 0})
        told.update({"slip": one.slip, "receipt": one.receipt, "printed": bool(one.printed)})
        told.update({"stamped": bool(one.stamped), "papers": bool(one.papers)})
        told.update({"confirmed": one.payment_confirmed, "number": bool(one.business_no)})
    assert all(0 < count < len(facts) for count in told.values()), told
