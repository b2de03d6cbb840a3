"""What the ledger holds, counted: the figures that a demonstration and a check go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, not_, select

from db.codes import PaymentState, SubmissionState
from db.models.claims import Claim
from db.models.enrolments import Enrolment
from db.models.members import Member
from db.models.papers import PrintCopy, ScannedPage
from db.models.payments import Payment
from db.models.submissions import Submission
from db.models.units import Unit
from db.queries.scans import WAITS
from desktop_app.services.acts import look
from desktop_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Tally:
    units: int
    people: int
    enrolments: int
    printed: int  # copies on paper
    scans_filed: int  # pages that came back stamped
    claims: int
    payments_fen: int  # recorded and not returned
    submitted: int  # packages
    acknowledged: int


class TallyService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def count(self) -> Tally:
        counted = Payment.state_code.not_in((PaymentState.RETURNED, PaymentState.VOID))
        answered = Submission.state_code == SubmissionState.ACKNOWLEDGED
        sent = Submission.state_code != SubmissionState.REPLACED
        with self.desk.database.reading() as uow:

            def rows(table: Any, *fits: Any) -> int:
                query = select(func.count()).select_from(table).where(*fits)
                return uow.session.scalars(query).one()

            paid = select(func.coalesce(func.sum(Payment.amount_fen), 0)).where(counted)
            return Tally(
                units=rows(Unit),
                people=rows(Member),
                enrolments=rows(Enrolment),
                printed=rows(PrintCopy),
                scans_filed=rows(ScannedPage, not_(and_(*WAITS))),
                claims=rows(Claim),
                payments_fen=int(uow.session.scalars(paid).one()),
                submitted=rows(Submission, sent),
                acknowledged=rows(Submission, answered),
            )
