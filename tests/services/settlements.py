"""Invented settlements of invented people, in an otherwise empty ledger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.models.members import Member
from db.models.office import AppUser
from db.models.schemes import PlanRecord, SchemeRecord, SchemeVersion
from db.models.settlements import Settlement, SettlementFeed, SettlementPeriod

NOW = datetime(2026, 1, 15, tzinfo=UTC)
FIRST, END = date(2025, 1, 1), date(2026, 1, 1)
PERIOD = FEED = PLAN = VERSION = USER = 1
SLICE = 50_000


def uid(number: int) -> bytes:
    return number.to_bytes(16, "big")


def found(session: Session, members: int) -> None:
    """A scheme, a plan, a period, a feed and so many people."""
    session.add(
        AppUser(uid=uid(1), login="yan", name="演示", role_code="clerk", active=True,
                created_at=NOW, row_version=1)
    )  # fmt: skip
    session.add(SchemeRecord(uid=uid(1), scheme_key="demo", name="演示"))
    session.flush()
    session.add(
        SchemeVersion(uid=uid(1), scheme_id=1, version_no=1, text="演示", sha256="-",
                      state_code="draft", row_version=1)
    )  # fmt: skip
    session.add(PlanRecord(scheme_id=1, plan_key="demo", name="演示", sort_no=1))
    session.flush()
    session.add(SettlementPeriod(uid=uid(1), plan_id=PLAN, from_on=FIRST, until_on=END))
    session.flush()
    session.add(
        SettlementFeed(uid=uid(1), period_id=PERIOD, file_name="演示.csv", file_sha256="-",
                       state_code="stored", rows=0, received_at=NOW, received_by=USER,
                       row_version=1)
    )  # fmt: skip
    session.flush()
    for start in range(1, members + 1, SLICE):
        numbers = range(start, min(members + 1, start + SLICE))
        session.execute(insert(Member), [_member(number) for number in numbers])


def _member(number: int) -> dict[str, Any]:
    return {
        "uid": uid(number),
        "name": f"演示{number}",
        "name_key": f"演示{number}",
        "initials": "YS",
        "sort_key": "yan shi",
        "identity_kind_code": "unknown",
        "identity_shared": False,
        "state_code": "active",
        "row_version": 1,
    }


def settlements(seed: int, count: int, members: int, most_fen: int) -> Iterator[dict[str, Any]]:
    """Settlements in no order of people; each knows which of his admissions it is."""
    draw = random.Random(seed)
    admissions = [0] * (members + 1)
    for number in range(1, count + 1):
        member = draw.randint(1, members)
        admissions[member] += 1
        own = draw.choice((draw.randint(0, most_fen), draw.randint(0, most_fen // 10)))
        yield {
            "id": number,
            "period_id": PERIOD,
            "feed_id": FEED,
            "line_no": number,
            "member_id": member,
            "settled_on": FIRST + timedelta(days=365 * number // (count + 1)),
            "admission_no": admissions[member],
            "total_fen": own * 3,
            "own_fen": own + own // 5,
            "eligible_own_fen": own,
            "deducted_fen": 0,
        }


def store(session: Session, rows: Iterator[dict[str, Any]]) -> None:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == SLICE:
            session.execute(insert(Settlement), part)
            part = []
    if part:
        session.execute(insert(Settlement), part)
