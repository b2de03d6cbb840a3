"""An office whose scheme is another of the carried ones, with its own 演示 figures confirmed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import VersionState
from db.models.schemes import SchemeVersion
from desktop_app.paths import resource_path
from desktop_app.services.drafts import EnrolmentDraft
from tests.services.desks import Row, Staff, people, unit_draft
from tests.services.walks import Walk

FIGURES: Mapping[str, Mapping[str, int]] = {  # 演示: what the head of each sample office confirms
    "anyang-2023": {"coverage.renewal.year_months": 12},
    "pinghu": {
        "funding.joint1.city-union.weight": 30,
        "funding.joint1.town-union.weight": 19,
        "coverage.first_month": 1,
    },
    "beijing": {"coverage.first_month": 1},
    "yongding": {
        "plans.inpatient.fee_fen": 10_000,
        "plans.inpatient.fee_classes.firm": 10_000,
        "plans.inpatient.fee_classes.contract": 10_000,
        "plans.inpatient.share_limits.default": 1,
        "coverage.first_month": 3,
    },
}
PLANS = {
    "anyang-2023": ("medical",),
    "pinghu": ("inpatient",),
    "beijing": ("outpatient", "inpatient", "above-ceiling", "above-ceiling-outpatient"),
    "yongding": ("inpatient", "serious-illness", "condolence-death", "condolence-work-injury"),
}


def local(text: str) -> datetime:
    """An instant by the office's wall clock."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def newest_version(session: Session) -> SchemeVersion:
    """The version that was activated last."""
    query = select(SchemeVersion).where(SchemeVersion.state_code == VersionState.ACTIVE)
    return session.scalars(query.order_by(SchemeVersion.id.desc())).first()  # type: ignore[return-value]


def use_scheme(staff: Staff, key: str, at: str, year: int, *, confirm: bool = True) -> None:
    """Let the office go by a carried scheme, at a local time, with its figures confirmed."""
    act = functools.partial(_use_scheme, staff, key, at, year, confirm=confirm)
    staff.begin(act, "scheme", key, at, year, confirm)


def _use_scheme(staff: Staff, key: str, at: str, year: int, *, confirm: bool) -> None:
    staff.run("UPDATE scheme_version SET state_code = 'retired'")
    staff.clock.at = local(at)
    staff.head.schemes.take_over(resource_path("schemes", f"{key}.toml"))
    staff.head.schemes.set_year(year)
    for path, value in FIGURES[key].items() if confirm else ():
        staff.head.schemes.confirm_figure(path, value, "演示文件")


def opened_unit(staff: Staff, name: str = "明山县演示水厂(演示)") -> int:
    return staff.begin(functools.partial(_open_unit, staff, name), "unit", name)


def _open_unit(staff: Staff, name: str) -> int:
    unit = staff.clerk.units.register(unit_draft(name)).value
    staff.reviewer.units.open(unit)
    return int(unit)


def draft(key: str, **more: object) -> EnrolmentDraft:
    plans = tuple((plan, 1) for plan in PLANS[key])
    return EnrolmentDraft("on-behalf", plans, 10, 2, **more)  # type: ignore[arg-type]


def case_of(staff: Staff, key: str, rows: list[Row] | None = None, **more: object) -> Walk:
    """A case of this scheme with its roster stored."""
    plans = tuple((plan, 1) for plan in PLANS[key])
    walk = Walk(staff, plans=plans, rows=rows or people(10, women=2), **more)  # type: ignore[arg-type]
    return walk.to("roster")
