"""A draft over the settlements of past periods: what each member is due under both versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.codes import VersionState
from db.models.schemes import PlanRecord, SchemeVersion
from db.models.settlements import SettlementPeriod
from desktop_app.domain.benefits.benefit_segments import BulkRule, bulk_rule, in_period
from desktop_app.domain.dates import last_day
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.errors import UserError
from desktop_app.services.rehearsals.rehearsal_views import RehearsedPeriod
from desktop_app.services.settling.comparisons import compare
from desktop_app.services.settling.feeds import Feed
from desktop_app.services.settling.runs import check_admissions
from desktop_app.services.settling.sources import feed_of
from desktop_app.services.settling.statements import Rows, member_dues
from desktop_app.services.settling.touched import touched
from desktop_app.services.versions.scheme_texts import scheme_in_force

_ORDINARY = "没有登记人员类别的人按一般人员计算"


def rehearse_periods(
    session: Session, draft: Scheme, scheme_id: int, since: date, until: date
) -> tuple[RehearsedPeriod, ...]:
    query = (
        select(SettlementPeriod, PlanRecord.plan_key)
        .join(PlanRecord, PlanRecord.id == SettlementPeriod.plan_id)
        .where(
            PlanRecord.scheme_id == scheme_id,
            SettlementPeriod.from_on <= until,
            SettlementPeriod.until_on > since,
        )
        .order_by(PlanRecord.sort_no, SettlementPeriod.from_on)
    )
    rows = session.execute(query).all()
    if not rows:
        return ()
    now = scheme_in_force(session, _last_active(session, scheme_id))
    books = (_Book(session, now), _Book(session, draft))
    return tuple(_period(session, books, period, plan) for period, plan in rows)


def _last_active(session: Session, scheme_id: int) -> int:
    """The version that new cases go by."""
    query = select(SchemeVersion.id).where(
        SchemeVersion.scheme_id == scheme_id, SchemeVersion.state_code == VersionState.ACTIVE
    )
    version = session.scalars(query.order_by(SchemeVersion.version_no.desc()).limit(1)).first()
    if version is None:
        raise UserError("scheme-missing", "这个方案还没有启用。", "请由负责人先启用方案。")
    return version


class _Book:
    """One version, and what its plans so far make the members due, plan by plan."""

    def __init__(self, session: Session, scheme: Scheme) -> None:
        self._session, self._scheme = session, scheme
        self._dues: dict[str, list[tuple[SettlementPeriod, Select[Any]]]] = defaultdict(list)
        self._failed: dict[str, list[SettlementPeriod]] = defaultdict(list)

    def work_out(self, plan: str, period: SettlementPeriod) -> _Worked:
        """What the plan makes the period's members due; kept for plans that share its ceilings."""
        try:
            rule = self._rule(plan, period)
            feed = self._feed(rule, period)
            check_admissions(self._session, rule, feed)
        except UserError:
            self._failed[plan].append(period)
            raise
        dues = member_dues(rule, feed)
        rows = dues.subquery()
        fen = select(rows.c.member_id, rows.c.benefit_fen.label("fen"))
        self._dues[plan].append((period, fen))
        return _Worked(rule, feed, dues)

    def _rule(self, plan: str, period: SettlementPeriod) -> BulkRule:
        benefits = self._scheme.plan(plan).benefits
        if benefits is None:
            raise UserError(
                "to-confirm", "方案没有写待遇标准,不能计算。", "请在草稿里写好待遇标准,再试算。"
            )
        return bulk_rule(in_period(benefits, period.from_on, last_day(period.until_on)))

    def _feed(self, rule: BulkRule, period: SettlementPeriod) -> Feed:
        """The period's settlements, and what plans before it in the scheme leave below ceilings."""
        paid = {plan: self._paid(plan, period) for plan in rule.shared_with}
        told = {plan: rows for plan, rows in paid.items() if rows is not None}
        return feed_of(self._session, rule, period.id, told)

    def _paid(self, plan: str, period: SettlementPeriod) -> Select[Any] | None:
        rows = [dues for other, dues in self._dues[plan] if _overlap(other, period)]
        if not rows:
            return None
        first, *others = rows
        both = first.union_all(*others).subquery()
        return select(both.c.member_id, both.c.fen)

    def left_out(self, plans: Iterable[str], period: SettlementPeriod) -> tuple[str, ...]:
        """Names of plans that share a ceiling and whose settlements could not be worked out."""
        names = {plan.id: plan.name for plan in self._scheme.plans}
        return tuple(
            names.get(plan, plan)
            for plan in plans
            if any(_overlap(other, period) for other in self._failed[plan])
        )


def _overlap(one: SettlementPeriod, other: SettlementPeriod) -> bool:
    return one.from_on < other.until_on and other.from_on < one.until_on


@dataclass(frozen=True, slots=True)
class _Worked:
    """A period under one version."""

    rule: BulkRule
    feed: Feed
    dues: Rows


def _period(
    session: Session, books: tuple[_Book, _Book], period: SettlementPeriod, plan: str
) -> RehearsedPeriod:
    empty = RehearsedPeriod(plan, period.from_on, period.until_on, 0, 0, 0, 0, 0)
    both, refused = [], []
    for book in books:
        try:
            both.append(book.work_out(plan, period))
        except UserError as error:
            refused.append(error.message)
    if refused:
        return replace(empty, why=refused[-1])
    found = compare(session, *(one.dues for one in both))
    keys = [key for one in both for key in touched(session, one.rule, one.feed)]
    return replace(
        empty,
        more=found.more,
        less=found.less,
        same=found.same,
        now_fen=found.now_fen,
        draft_fen=found.draft_fen,
        to_confirm=tuple(dict.fromkeys(keys)),
        note=_note(books, [one.rule for one in both], period),
    )


def _note(books: tuple[_Book, _Book], rules: list[BulkRule], period: SettlementPeriod) -> str:
    """What the settlements and the ledger do not tell."""
    notes = [_ORDINARY] if any(rule.classes for rule in rules) else []
    missing = dict.fromkeys(
        name
        for book, rule in zip(books, rules, strict=True)
        for name in book.left_out(rule.shared_with, period)
    )
    if missing:
        notes.append(f"没有计入{'、'.join(missing)}的结算")
    return ";".join(notes)
