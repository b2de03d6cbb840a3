"""The parts of a case's money by payer, with the accounts each is charged to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from db.codes import Channel, Payer
from db.models.enrolments import FundingPart
from desktop_app.domain.funding_channels import channels_for, check_funding
from desktop_app.domain.labels import label
from desktop_app.domain.money import yuan
from desktop_app.services.acts import Transaction
from desktop_app.services.cases.cases import Case
from desktop_app.services.views.funding import ChannelLine, PayerPart

ACCOUNTS = "accounts_before"
Charge = tuple[str, str, int]  # payer, account, fen
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
    tx: Transaction, case: Case, lines: Iterable[Charge], *, instead: bool = True
) -> None:
    """Put these in place of the case's parts, in their order: payer, account, fen.

    Not `instead` where the case is known to have none.
    """
    if instead:
        of_case = FundingPart.enrolment_id == case.enrolment.id
        tx.session.execute(delete(FundingPart).where(of_case))
    tx.session.add_all(_part(case, line_no, line) for line_no, line in enumerate(lines, start=1))


def _part(case: Case, line_no: int, line: Charge) -> FundingPart:
    payer, channel, fen = line
    return FundingPart(
        enrolment_id=case.enrolment.id,
        line_no=line_no,
        payer_code=payer,
        channel_code=channel,
        fen=fen,
    )


def check_charges(parts: Collection[PayerPart], charges: Iterable[Charge]) -> None:
    """Refuse accounts that a payer has not, and sums that are not its part to the fen."""
    wanted = {part.payer: part.fen for part in parts}
    allowed = {part.payer: {line.key for line in part.channels} for part in parts}
    check_funding(wanted, charges, allowed)


class Restated(NamedTuple):
    """What of the parts was said before and is not any more, and what is said instead."""

    gone: tuple[Charge, ...]
    come: tuple[Charge, ...]


def restate_parts(session: Session, case: Case, charges: Collection[Charge]) -> Restated:
    """Other accounts for the payers of `charges`; row by row, so that the change log tells them."""
    rows = session.scalars(_PARTS, {"case": case.enrolment.id}).all()
    before = [(row.payer_code, row.channel_code, row.fen) for row in rows]
    told = {payer for payer, _channel, _fen in charges}
    after = [
        line
        for payer in dict.fromkeys(row.payer_code for row in rows)
        for line in (charges if payer in told else before)
        if line[0] == payer
    ]
    for row, (payer, channel, fen) in zip(rows, after, strict=False):
        row.payer_code, row.channel_code, row.fen = payer, channel, fen
    for row in rows[len(after) :]:
        session.delete(row)
    session.add_all(
        _part(case, line_no, line) for line_no, line in enumerate(after, 1) if line_no > len(rows)
    )
    return Restated(
        tuple(line for line in before if line not in after),
        tuple(line for line in after if line not in before),
    )


def accounts_text(parts: Iterable[PayerPart], charges: Iterable[Charge]) -> str:
    """福利费200.00元、工会经费300.00元, by the scheme's own names of the accounts."""
    named = {line.key: line.label for part in parts for line in part.channels}
    told = ((named.get(key) or label(Channel(key)), fen) for _payer, key, fen in charges)
    return "、".join(f"{name}{yuan(fen)}元" for name, fen in told)


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
