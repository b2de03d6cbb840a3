"""A receipt's number: written one way, of one receipt in the whole book."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models.payments import DuesReceipt
from desktop_app.domain.money import FIRST_YEAR
from desktop_app.domain.texts import clean_number
from desktop_app.errors import UserError
from desktop_app.services.desk import Desk
from desktop_app.services.sane import check_line

LONGEST = 40  # characters that the ledger keeps


def receipt_number(text: str, what: str = "票据号码", field: str = "number") -> str:
    """The number half width, in capitals, without spaces and what nobody sees.

    Raises:
        UserError: `receipt-number` where it is missing or too long, `control-character`.
    """
    check_line(text.strip(), what, field)
    number = clean_number(text).upper()
    if not number:
        raise UserError("receipt-number", f"没有填{what}。", "请照票据填写。", field)
    if len(number) > LONGEST:
        raise UserError(
            "receipt-number", f"{what}超过{LONGEST}个字。", "请照票据核对是否多打了。", field
        )
    return number


def of_number(session: Session, number: str) -> DuesReceipt | None:
    """The receipt that has a number of its own or in red, however it was typed before."""
    same = or_(func.upper(DuesReceipt.number) == number, func.upper(DuesReceipt.red_no) == number)
    return session.scalars(select(DuesReceipt).where(same).order_by(DuesReceipt.id)).first()


def refuse_known(number: str, field: str = "number") -> UserError:
    return UserError("receipt-exists", f"票据{number}已经登记过。", "请核对票据号码。", field)


def check_day(desk: Desk, issued_on: date) -> None:
    if issued_on > desk.today():
        raise UserError("date", "开票日期晚于今天。", "请照票据填写。", "issued_on")
    if issued_on.year < FIRST_YEAR:
        raise UserError("date", "开票日期太早,不会是这笔钱的。", "请照票据填写。", "issued_on")
