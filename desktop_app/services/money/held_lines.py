"""A bank line held until the end of an act, or refused in words."""

from __future__ import annotations

from db.codes import BankMark, IssueState
from db.models.statements import BankLine
from desktop_app.domain.labels import label
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction


def held(tx: Transaction, line_id: int) -> BankLine:
    """A line that stands, in or out.

    Raises:
        UserError: `line-unknown`.
    """
    line = tx.session.get(BankLine, line_id, with_for_update=True)
    if line is None or line.state_code != IssueState.VALID:
        raise UserError("line-unknown", "没有这笔流水,或已经撤回。", "请刷新后再看。")
    return line


def free(tx: Transaction, line_id: int) -> BankLine:
    """Money that came in and is nothing yet.

    Raises:
        UserError: `line-unknown`, `line-used`, `line-marked`.
    """
    line = tx.session.get(BankLine, line_id, with_for_update=True)
    if line is None or line.state_code != IssueState.VALID or line.amount_fen <= 0:
        raise UserError("line-unknown", "没有这笔进账的流水,或已经撤回。", "请刷新后再看。")
    if line.payment_id is not None:
        raise UserError("line-used", "这笔流水已经认过款。", "请刷新后再看。")
    require_unmarked(line)
    return line


def require_unmarked(line: BankLine) -> None:
    if line.mark_code is not None:
        raise UserError(
            "line-marked",
            f"这笔流水已经记为其他款项({label(BankMark(line.mark_code))}),不是缴费。",
            "记错了的,请先在“其他款项”里撤回。",
        )
