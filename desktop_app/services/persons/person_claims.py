"""A person's claims: where each stands, its amounts, who owes the next step."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.codes import CaseState
from db.queries import persons as queries
from desktop_app.domain.owed_steps import owed_of_claim
from desktop_app.domain.schemes.claim_ways import step_of
from desktop_app.services.persons.person_schemes import Schemes
from desktop_app.services.views.persons import PersonClaim

VOID = "已作废"


def claims_of(session: Session, schemes: Schemes, member_id: int) -> tuple[PersonClaim, ...]:
    lines = []
    for claim, plan in queries.claims(session, member_id):
        scheme = schemes(claim.scheme_version_id)
        step = step_of(scheme.claims, claim.step_key)
        void = claim.state_code == CaseState.VOID
        owed = None if void else owed_of_claim(step, scheme.claims, scheme.words)
        lines.append(
            PersonClaim(
                id=claim.id,
                number=claim.number,
                plan=plan,
                event_on=claim.event_on,
                claimed_fen=claim.claimed_fen,
                decided_fen=claim.decided_fen,
                paid_on=claim.paid_on,
                open=owed is not None,
                step_label=VOID if void else step.label,
                owed=owed,
            )
        )
    return tuple(lines)
