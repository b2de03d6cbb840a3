"""The tie of a whole drive: every application's money, what is open, and sums that prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import Channel, Handling, Payer
from db.files import write_atomically
from db.queries import ties as queries
from desktop_app.domain.contributions import UNION_PAYERS
from desktop_app.domain.labels import label
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.ties import Asked, Sums, tie
from desktop_app.services.acts import look
from desktop_app.services.cases.dues import asks_money
from desktop_app.services.desk import Desk
from desktop_app.services.money.bank_ties import bank_proofs, bank_sums
from desktop_app.services.money.taken_back import cases_taken_back
from desktop_app.services.money.tie_tables import tie_workbook
from desktop_app.services.targets import require_file
from desktop_app.services.versions.drive_versions import year_of
from desktop_app.services.versions.scheme_texts import scheme_in_force
from desktop_app.services.views.ties import DriveTie, Proof, TieLine, TiePart, TiePlan


class TieService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def tie(self, year: int | None = None) -> DriveTie:
        """Lay a year's money side by side; without a year that of the drive."""
        with self.desk.database.reading() as uow:
            return _drive_tie(uow.session, self.desk, year)

    @look()
    def export(self, target: Path, year: int | None = None) -> str:
        """Write the same as a workbook; returns its path.

        Raises:
            FileError: the file cannot be written.
        """
        require_file(self.desk, target)
        write_atomically(target, tie_workbook(self.tie(year)))
        return str(target)


def _drive_tie(session: Session, desk: Desk, year: int | None) -> DriveTie:
    of_year = year_of(session, desk) if year is None else year
    rows = queries.cases(session, of_year)
    schemes = {
        version: scheme_in_force(session, version)
        for version in sorted({row.scheme_version_id for row in rows})
    }
    sums = _Sums(session, of_year)
    ways: dict[tuple[int, str], Asked] = {}
    for key in ((row.scheme_version_id, row.handling_code) for row in rows):
        if key not in ways:
            ways[key] = _asked(schemes[key[0]], key[1])
    lines = tuple(_line(row, ways[row.scheme_version_id, row.handling_code], sums) for row in rows)
    bank, kinds = queries.bank_money(session), bank_sums(queries.bank_kinds(session))
    words = next(iter(ways.values()), Asked(money=False, arrival=False, receipt=False))
    return DriveTie(
        year=of_year,
        today=desk.today(),
        plans=tuple(sums.plan_names),
        payers=tuple(dict.fromkeys(part.payer for line in lines for part in line.parts)),
        asks_arrival=any(way.arrival for way in ways.values()),
        receipt_word=words.receipt_word,
        system_word=words.system_word,
        lines=lines,
        proofs=(
            *_proofs(of_year, lines, queries.transfers(session, of_year)),
            *bank_proofs(bank, kinds),
        ),
        free_lines=bank.free_lines,
        free_fen=bank.free,
        bank=kinds,
        own_account=queries.has_account(session)
        or not all(scheme.words.upper for scheme in schemes.values())
        or not schemes,
    )


class _Sums:
    """The year's sums by application."""

    def __init__(self, session: Session, year: int) -> None:
        self.plans = _by_case(queries.plans(session, year))
        self.parts = _by_case(queries.parts(session, year))
        self.money = {row.enrolment_id: row for row in queries.money(session, year)}
        self.refunds = {row.enrolment_id: row for row in queries.refunds(session, year)}
        self.receipts = {row.enrolment_id: row.fen for row in queries.receipts(session, year)}
        self.taken_back = cases_taken_back(session)
        self.plan_names = dict.fromkeys(row.name for rows in self.plans.values() for row in rows)

    def of(self, row: Row[Any]) -> Sums:
        """One application's sums; what its list comes to counts once it is approved."""
        case = row.id
        money, refund = self.money.get(case), self.refunds.get(case)
        plans, parts = self.plans.get(case, ()), self.parts.get(case, ())
        decided = row.approved_at is not None
        receipt = self.receipts.get(case)
        return Sums(
            people=row.people,
            total_fen=row.total_fen if decided else None,
            due_fen=row.due_fen if decided else None,
            plans_fen=_whole(one.due_fen for one in plans),
            parts_fen=_whole(int(one.fen) for one in parts),
            unions_fen=sum(int(one.fen) for one in parts if one.payer_code in UNION_PAYERS),
            paid_fen=None if money is None else int(money.fen),
            paid_people=None if money is None or money.people is None else int(money.people),
            confirmed_fen=0 if money is None else int(money.confirmed_fen),
            back_fen=0 if refund is None else int(refund.fen),
            waiting_fen=0 if refund is None else int(refund.waiting_fen),
            receipt_fen=None if receipt is None else int(receipt),
            system_people=row.system_people,
            system_fen=row.system_fen,
            from_person=money is not None and bool(money.persons),
            taken_back_on=self.taken_back.get(case),
        )


def _by_case(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.enrolment_id].append(row)
    return found


def _whole(parts: Iterable[int | None]) -> int | None:
    """Their sum; None where one of them is not known, or there is none."""
    told = list(parts)
    known = [part for part in told if part is not None]
    return sum(known) if known and len(known) == len(told) else None


def _asked(scheme: Scheme, handling: str) -> Asked:
    steps = scheme.steps.get(Handling(handling), ())
    acts = {step.act for step in steps}
    needs = {need for step in steps for need in step.requires}
    return Asked(
        money=asks_money(scheme, handling),
        arrival="payment.confirm" in acts,
        receipt="receipt" in needs,
        arrived_word=scheme.words.arrived,
        receipt_word=scheme.words.receipt,
        system_word=scheme.words.system,
    )


def _line(row: Row[Any], asked: Asked, sums: _Sums) -> TieLine:
    found = sums.of(row)
    told = tie(found, asked)
    parts = tuple(
        TiePart(label(Payer(one.payer_code)), label(Channel(one.channel_code)), int(one.fen))
        for one in sums.parts.get(row.id, ())
    )
    return TieLine(
        unit_id=row.unit_id,
        enrolment_id=row.id,
        unit=row.unit,
        area=row.area or "",
        business_no=row.business_no or "",
        people=row.people,
        plans=tuple(
            TiePlan(one.name, one.people, one.due_fen) for one in sums.plans.get(row.id, ())
        ),
        parts=parts,
        total_fen=found.total_fen,
        unions_fen=found.unions_fen if found.total_fen is not None else None,
        due_fen=found.due_fen,
        paid_fen=found.paid_fen or 0,
        confirmed_fen=found.confirmed_fen,
        back_fen=found.back_fen,
        kept_fen=found.kept_fen,
        gap_fen=found.gap_fen,
        system_people=found.system_people,
        system_fen=found.system_fen,
        receipt_fen=found.receipt_fen,
        state=told.state,
        open=told.open,
    )


def _proofs(year: int, lines: Sequence[TieLine], paid: queries.Transfers) -> Iterable[Proof]:
    """Sums over all applications of which every two must be the same."""
    decided = [line for line in lines if line.due_fen is not None]
    by_plan = [
        line for line in decided if line.plans and all(one.fen is not None for one in line.plans)
    ]
    some = "" if len(by_plan) == len(decided) else f"(有名单的{len(by_plan)}份)"
    yield Proof(
        f"名单合计{some}", _sum(line.total_fen for line in by_plan),
        "各项目合计", _sum(one.fen for line in by_plan for one in line.plans),
    )  # fmt: skip
    due, unions = (
        _sum(getattr(one, part) for one in decided) for part in ("due_fen", "unions_fen")
    )
    total = _sum(line.total_fen for line in decided)
    yield Proof("名单合计", total, "单位应缴 + 工会承担", due + unions)
    rest = " + 没有分的余款" if paid.left else ""
    yield Proof("登记的转账", paid.whole, f"分到各申请的{rest}", paid.shared + paid.left)
    early = _sum(line.kept_fen for line in lines if line.due_fen is None)
    yield Proof(
        f"分到{year}年度各申请的 - 退费",
        paid.of_year - _sum(line.back_fen for line in lines),
        "单位应缴 - 未缴 + 多缴" + (" + 应缴未定时已缴的" if early else ""),
        due - _sum(line.gap_fen for line in decided) + early,
    )


def _sum(parts: Iterable[int | None]) -> int:
    return sum(part or 0 for part in parts)
