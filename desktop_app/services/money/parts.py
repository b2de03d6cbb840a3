"""Whether money may be shared out as somebody says: never more than there is, nor than is owed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.cases.bookings import too_much
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.money.owing import owed_of
from desktop_app.services.sane import check_money, check_people


def check_parts(session: Session, desk: Desk, parts: Sequence[PaymentPart], fen: int) -> None:
    """Refuse parts that are none, that name a case twice, or that are too much.

    Raises:
        UserError: `parts-missing`, `part-twice`, `amount`, `people`, `part-too-much`,
            `parts-differ`.
    """
    if not parts:
        raise UserError(
            "parts-missing",
            "没有说这笔钱缴哪份申请。",
            "请至少选一份申请;重复付的、利息等不是缴费的,请用“不是缴费”写明。",
        )
    if len({part.enrolment_id for part in parts}) < len(parts):
        raise UserError("part-twice", "同一份申请写了两次。", "每份申请只写一次它的金额。")
    open_ = {one.id: one for one in owed_of(session, desk)}
    for part in parts:
        check_money(part.fen, "缴费金额", "amount_fen")
        if part.people is not None:
            check_people(part.people, "缴费人数")
        owed = open_.get(part.enrolment_id)
        if owed is not None and part.fen > owed.fen:
            raise too_much(owed.name, owed.fen, part.fen)
    told = sum(part.fen for part in parts)
    if told > fen:
        raise UserError(
            "parts-differ",
            f"各份申请合计{yuan(told)}元,比这笔转账的{yuan(fen)}元多。",
            "请改正各份的金额。",
            "amount_fen",
        )
