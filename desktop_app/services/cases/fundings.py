"""The parts of a case's money by payer, with the accounts each is charged to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from db.codes import Payer
from db.models.enrolments import FundingPart
from desktop_app.domain.funding_channels import channels_for
from desktop_app.domain.labels import label
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.views.funding import ChannelLine, PayerPart

ACCOUNTS = "accounts_before"
_PARTS = (
    select(FundingPart)
    .where(FundingPart.enrolment_id == bindparam("case"))
    .order_by(FundingPart.line_no)
)


def payer_parts(session: Session, case: Case) -> tuple[PayerPart, ...]:
    """Each payer's part with the accounts of the scheme's list; empty while nothing is counted."""
    rows = session.scalars(_PARTS, {"case": case.enrolment.id}).all()
    kind, funding = case.unit.kind_code, case.scheme.funding
    parts = []
    for payer in dict.fromkeys(row.payer_code for row in rows):
        told = {row.channel_code: row.fen for row in rows if row.payer_code == payer}
        lines = tuple(
            ChannelLine(payer, one.id, one.label, one.note, told.get(one.id, 0))
            for one in channels_for(funding, payer, kind)
        )
        parts.append(PayerPart(payer, label(Payer(payer)), sum(told.values()), lines))
    return tuple(parts)


def write_parts(
    tx: Transaction, case: Case, lines: Iterable[tuple[str, str, int]], *, instead: bool = True
) -> None:
    """Put these in place of the case's parts, in their order: payer, account, fen.

    Not `instead` where the case is known to have none.
    """
    if instead:
        of_case = FundingPart.enrolment_id == case.enrolment.id
        tx.session.execute(delete(FundingPart).where(of_case))
    tx.session.add_all(
        FundingPart(
            enrolment_id=case.enrolment.id,
            line_no=line_no,
            payer_code=payer,
            channel_code=channel,
            fen=fen,
        )
        for line_no, (payer, channel, fen) in enumerate(lines, start=1)
    )


def accounts_now(session: Session, case: Case) -> str:
    """Payers, accounts and sums in their order, as `unit:welfare:5000 member:member:100`.

    An act that counts the money anew keeps them in its audit line: 撤销 writes them back.
    """
    parts = session.scalars(_PARTS, {"case": case.enrolment.id})
    return " ".join(f"{part.payer_code}:{part.channel_code}:{part.fen}" for part in parts)


def write_kept(tx: Transaction, case: Case, kept: str) -> None:
    """The parts as `accounts_now` told them."""
    told = (word.split(":") for word in kept.split())
    write_parts(tx, case, ((payer, channel, int(fen)) for payer, channel, fen in told))
    tx.session.flush()


def charged(parts: tuple[PayerPart, ...]) -> tuple[ChannelLine, ...]:
    """The accounts that something is charged to, as somebody told them."""
    return tuple(line for part in parts for line in part.channels if line.fen)
