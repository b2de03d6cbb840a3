"""An application begun: its rules asked, its case written at the first step."""

from __future__ import annotations

from db.codes import CaseState
from db.models.enrolments import Enrolment, EnrolmentPlan
from db.models.schemes import SchemeVersion
from db.models.units import Unit
from db.queries import enrolments as queries
from desktop_app.domain.quotes import quote
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction
from desktop_app.services.cases import cases
from desktop_app.services.cases.applications import (
    Basis,
    asked_by,
    basis_of,
    check_plans,
    check_workers,
    open_unit,
    require_end,
    require_same_plans,
)
from desktop_app.services.cases.quotes import refuse
from desktop_app.services.cases.recounts import recount
from desktop_app.services.drafts import EnrolmentDraft
from desktop_app.services.versions.drive_versions import drive_version, year_of
from desktop_app.services.versions.scheme_texts import plan_ids, scheme_in_force


def begin(tx: Transaction, unit_id: int, draft: EnrolmentDraft) -> Enrolment:
    """Begin a unit's application for the current drive; refused where the rules do."""
    unit = open_unit(tx.session, unit_id)
    version = drive_version(tx.session, tx.desk)
    scheme = scheme_in_force(tx.session, version.id)
    plans = draft.plans
    check_plans(scheme, plans)
    check_workers(draft.at_work, draft.women)
    year = year_of(tx.session, tx.desk)
    if queries.open_of_unit(tx.session, unit_id, year):
        raise UserError(
            "enrolment-open",
            f"“{unit.name}”{year}年度的申请正在办理。",
            "请在单位页面接着办理原来的申请。",
        )
    stands_on = basis_of(tx.session, unit, year, scheme, (draft.kind, draft.ends))
    require_end(stands_on)
    require_same_plans(tx.session, stands_on, plans)
    asked = asked_by(tx.desk, unit, stands_on, plans, year)
    refuse(quote(scheme, asked, tx.desk.calendar(tx.session)), scheme)
    unit.at_work, unit.women = draft.at_work, draft.women
    enrolment = _new(tx, unit, version, stands_on)
    enrolment.year, enrolment.handling_code = year, draft.handling
    enrolment.at_work, enrolment.women = draft.at_work, draft.women
    enrolment.step_key = scheme.steps[draft.handling][0].key
    tx.session.flush()
    cases.move(tx, enrolment, enrolment.step_key)
    ids = plan_ids(tx.session, version.scheme_id)
    for key, shares in plans:
        tx.session.add(
            EnrolmentPlan(
                enrolment_id=enrolment.id,
                plan_id=ids[key],
                shares=shares,
                people=0,
            )
        )
    recount(tx, cases.load(tx.session, enrolment.id))
    return enrolment


def _new(tx: Transaction, unit: Unit, version: SchemeVersion, stands_on: Basis) -> Enrolment:
    return tx.add(
        Enrolment(
            unit_id=unit.id,
            scheme_version_id=version.id,
            kind_code=stands_on.kind,
            state_code=CaseState.OPEN,
            people=0,
            ends_on=stands_on.ends,
            previous_id=stands_on.previous.id if stands_on.previous else None,
        )
    )
