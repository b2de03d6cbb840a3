"""One application of the drive judged from bulk rows: how far it came, what it lacks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from db.codes import CaseState, PaperState
from db.queries import board as queries
from desktop_app.domain.enrolment_facts import Facts
from desktop_app.domain.enrolments import missing
from desktop_app.domain.payments import difference_in_words, short_in_words
from desktop_app.domain.schemes.scheme_parts import Step
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.cases import cases
from desktop_app.services.cases.case_steps import BRINGS
from desktop_app.services.cases.dues import asks_money
from desktop_app.services.cases.returned import returned_text
from desktop_app.services.desk import Desk
from desktop_app.services.permissions import GRANTS, Permission
from desktop_app.services.units.unit_views import case_label

# What a step may ask that the drive's own few queries do not answer: said on the unit's page.
_UNASKED = frozenset({"plans", "shares", "figures", "over-age"})
_THERE = (PaperState.KEPT, PaperState.SEEN, PaperState.STAMPED)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a scheme as every application that stands at it shares it.

    Args:
        scheme: with the confirmed figures laid over.
        step: the step itself.
        asked: the same step with what a bulk reading can tell is missing.
        money: whether a unit pays anything on this way.
        seals: ids of the papers whose stamped copy the step waits for.
        permission: what the next act asks for.
    """

    scheme: Scheme
    step: Step
    asked: Step
    money: bool
    seals: tuple[str, ...]
    permission: Permission


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One application as the board sees it."""

    row: Row[Any]
    stage: Stage
    open: bool  # not finished
    reported: bool
    paid: bool
    unpaid: bool
    unstamped: tuple[str, ...]  # ids of papers whose stamped copy is awaited
    difference: str
    paid_fen: int
    sent_back: int  # people whom the upper office refused and of whom nobody has decided yet
    returned: str  # why a review returned it, or whom; empty where none did
    refund_fen: int  # asked back and not arrived
    mine: bool

    @property
    def scheme(self) -> Scheme:
        return self.stage.scheme

    @property
    def step_label(self) -> str:
        row = self.row
        return case_label(self.scheme, row.state_code, row.step_key, row.handling_code)


@dataclass(slots=True)
class Drive:
    """What one reading of the ledger says of a year's drive."""

    session: Session
    desk: Desk
    year: int
    scheme: Scheme
    closes_on: date | None = None
    schemes: dict[int, Scheme] = field(default_factory=dict)
    stages: dict[tuple[int, str, str], Stage] = field(default_factory=dict)
    money: dict[int, Row[Any]] = field(default_factory=dict)
    papers: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    printed: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    void: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    receipts: frozenset[int] = frozenset()
    sent_back: dict[int, int] = field(default_factory=dict)
    returned: dict[int, int] = field(default_factory=dict)
    refunds: dict[int, int] = field(default_factory=dict)
    moves: dict[int, Row[Any]] = field(default_factory=dict)
    takers: dict[tuple[int, str], frozenset[int]] = field(default_factory=dict)
    calls: dict[int, Row[Any]] = field(default_factory=dict)
    ends: dict[int, date] = field(default_factory=dict)

    def stage_of(self, row: Row[Any]) -> Stage:
        key = (row.scheme_version_id, row.handling_code, row.step_key)
        stage = self.stages.get(key)
        if stage is None:
            stage = stage_of(self.schemes[row.scheme_version_id], row.handling_code, row.step_key)
            self.stages[key] = stage
        return stage


def stage_of(scheme: Scheme, handling: str, step_key: str) -> Stage:
    step = scheme.step(step_key, handling)
    untold = BRINGS.get(step.act, frozenset()) | _UNASKED
    if scheme.coverage.kind != "from-plan-document":
        untold |= {"effective-date"}  # a rule gives it, not the application's own row
    parts = (need.partition(":") for need in step.requires)
    return Stage(
        scheme=scheme,
        step=step,
        asked=replace(step, requires=tuple(one for one in step.requires if one not in untold)),
        money=asks_money(scheme, handling),
        seals=tuple(paper for kind, _colon, paper in parts if kind == "stamped"),
        permission=cases.PERMISSIONS.get(step.who, Permission.REGISTER),
    )


def judge_case(drive: Drive, row: Row[Any]) -> JudgedCase:
    stage, money = drive.stage_of(row), drive.money.get(row.id)
    open_ = row.state_code in queries.UNFINISHED
    reported = row.submitted and row.state_code != CaseState.RETURNED
    approved = reported and row.approved
    refund_fen = drive.refunds.get(row.id, 0)
    difference = money_gap(row, money, refund_fen)
    settled = _settled(row, money, difference, stage.money)
    papers = drive.papers.get(row.id, {})
    awaited = (paper for paper in stage.seals if papers.get(paper) != PaperState.STAMPED)
    return JudgedCase(
        row=row,
        stage=stage,
        open=open_,
        reported=reported,
        paid=approved and settled,
        unpaid=open_ and approved and not settled,
        unstamped=tuple(awaited) if open_ and reported else (),
        difference=difference if open_ else "",
        paid_fen=int(money.fen) if money is not None else 0,
        sent_back=drive.sent_back.get(row.id, 0),
        returned=_returned(drive, row),
        refund_fen=refund_fen,
        mine=open_ and _mine(drive, row, stage),
    )


def _returned(drive: Drive, row: Row[Any]) -> str:
    if row.state_code != CaseState.RETURNED:
        return ""
    return returned_text(row.returned_for, drive.returned.get(row.id, 0))


def money_gap(row: Row[Any], money: Row[Any] | None, refund_fen: int = 0) -> str:
    """What is wrong with the money that came, in words; empty where it agrees, or came whole."""
    if money is None or row.due_fen is None:
        return ""
    if money.confirmed == money.payments:
        back, waits = int(money.back), bool(refund_fen)
        return short_in_words(row.due_fen, int(money.fen), back, waits=waits) if back else ""
    if money.persons:
        return "付款的是个人账户:须退回,由单位对公账户重缴"
    people = None if money.people is None else int(money.people)
    return difference_in_words(row.due_fen, int(money.fen), row.people, people, row.total_fen)


def _settled(row: Row[Any], money: Row[Any] | None, difference: str, asks: bool) -> bool:
    if not asks or (row.due_fen == 0 and row.people > 0):
        return True
    return money is not None and not difference


def _mine(drive: Drive, row: Row[Any], stage: Stage) -> bool:
    """Whether the next step is this user's: his role's, or one that needs another than took it.

    A step of two persons waits for everybody who may take it, but for who took the one before.
    """
    actor = drive.desk.actor
    granted = GRANTS[actor.role]
    if stage.permission not in granted:
        return False
    took = drive.takers.get((row.id, stage.step.other_than))
    if took is not None:
        return actor.user_id not in took
    return (stage.permission is Permission.REVIEW) == (Permission.REVIEW in granted)


def lacking(drive: Drive, case: JudgedCase, unit: Row[Any], before: int = 0) -> str:
    """The first thing that the next step misses, of those a bulk reading can tell."""
    row = case.row
    papers, money = drive.papers.get(row.id, {}), drive.money.get(row.id)
    facts = Facts(
        people=row.people,
        before_people=before,
        at_work=row.at_work,
        due_fen=row.due_fen,
        total_fen=row.total_fen,
        payment_fen=None if money is None else int(money.fen),
        payment_people=None if money is None or money.people is None else int(money.people),
        slip=money is not None and money.slips == money.payments,
        corporate=money is None or not money.persons,
        payment_confirmed=row.due_fen == 0
        or (money is not None and money.confirmed == money.payments),
        effective_on=row.effective_on,
        business_no=row.business_no,
        invoice=unit.code is not None,
        receipt=row.id in drive.receipts,
        papers=frozenset(key for key, state in papers.items() if state in _THERE),
        printed=frozenset(drive.printed.get(row.id, ())),
        stamped=frozenset(key for key, state in papers.items() if state == PaperState.STAMPED),
        void=tuple(drive.void.get(row.id, ())),
    )
    found = missing(case.stage.asked, facts, case.scheme)
    return found[0].message if found else ""
