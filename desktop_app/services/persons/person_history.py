"""What happened with a person's cases and claims, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.models.claims import Claim
from db.queries import persons as queries
from desktop_app.domain.schemes.claim_ways import step_of
from desktop_app.services.persons.person_cases import Listing
from desktop_app.services.persons.person_schemes import Schemes
from desktop_app.services.views.enrolments import HistoryLine
from desktop_app.services.views.persons import PersonClaim

MOST = 200


def history_of(
    session: Session,
    schemes: Schemes,
    rows: Sequence[Listing],
    claims: tuple[PersonClaim, ...],
) -> tuple[HistoryLine, ...]:
    lines = [*_of_cases(session, schemes, rows), *_of_claims(session, schemes, claims)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True)[:MOST])


def _of_cases(session: Session, schemes: Schemes, rows: Sequence[Listing]) -> list[HistoryLine]:
    known = {row[0].id: (row[0], row[1].name) for row in rows}
    lines = []
    for step, who in queries.case_steps(session, list(known)):
        enrolment, unit = known[step.enrolment_id]
        scheme = schemes(enrolment.scheme_version_id)
        state = scheme.step(step.to_key, enrolment.handling_code).state
        what = f"{enrolment.year}年度 {unit}:{state}"
        lines.append(HistoryLine(step.at, who, what, step.note or ""))
    return lines


def _of_claims(
    session: Session, schemes: Schemes, claims: tuple[PersonClaim, ...]
) -> list[HistoryLine]:
    lines = []
    for step, who in queries.claim_steps(session, [claim.id for claim in claims]):
        claim = session.get_one(Claim, step.claim_id)
        scheme = schemes(claim.scheme_version_id)
        state = step_of(scheme.claims, step.to_key).label
        lines.append(HistoryLine(step.at, who, f"申领{claim.number}:{state}", step.note or ""))
    return lines
