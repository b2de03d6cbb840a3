"""Money whose bank line is booked already, asked about before its slip is recorded as well."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.queries import matching as queries
from desktop_app.domain.dates import chinese_date
from desktop_app.domain.matching.recorded import Recorded, recorded_before
from desktop_app.domain.matching.values import Line
from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentDraft


def require_unseen(session: Session, draft: PaymentDraft, enrolment_ids: Iterable[int]) -> None:
    """Refuse a slip that may be the money of a line that is booked, for whichever case.

    Raises:
        UserError: `slip-again`.
    """
    slip = Recorded(
        0,
        draft.paid_on,
        draft.amount_fen,
        draft.payer_name,
        draft.payer_account or "",
        draft.slip_no or "",
    )
    for row in queries.lines_paying(session, tuple(enrolment_ids), draft.amount_fen):
        line = Line(
            row.id,
            row.booked_on,
            row.amount_fen,
            row.other_name,
            row.other_account or "",
            reference=row.reference or "",
        )
        if recorded_before((line,), (slip,)).pairs:
            raise UserError(
                "slip-again",
                f"“{row.other_name}”{chinese_date(row.booked_on)}付的{yuan(row.amount_fen)}元"
                f"已经按银行流水认给{_units(session, row.payment_id)}。",
                "请核对是不是同一笔;确是另一笔转账的,请注明后再登记。",
                "again",
            )


def _units(session: Session, payment_id: int | None) -> str:
    names = queries.units_paid_by(session, payment_id or 0)
    return f"“{names[0]}”" + (f"等{len(names)}家单位" if len(names) > 1 else "")
