"""Which version of the scheme a claim goes by: the one in force on its event's day, if it can."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models.enrolments import Cover, Enrolment
from db.models.schemes import PlanRecord, SchemeVersion
from desktop_app.domain.schemes.version_days import in_force_on
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.versions.scheme_versions import (
    activated,
    days_of,
    office_scheme_id,
    version_on,
)


def version_for(
    session: Session, cover: Cover | None, event_on: date, today: date
) -> SchemeVersion:
    """The version of the cover's scheme in force on the event's day; else the application's.

    The application's also where the other version has dropped the plan that covers the person.
    Where nobody is covered, it is the office's scheme on that day.

    Raises:
        UserError: `no-version` where the office had no scheme in force on that day.
    """
    if cover is None:
        return version_on(session, office_scheme_id(session, today), event_on)
    enrolment = session.get_one(Enrolment, cover.enrolment_id)
    own = session.get_one(SchemeVersion, enrolment.scheme_version_id)
    found = in_force_on(days_of(activated(session, own.scheme_id)), event_on)
    there = own if found is None else session.get_one(SchemeVersion, found)
    plan = session.get_one(PlanRecord, cover.plan_id).plan_key
    return there if any(one.id == plan for one in scheme_of(there).plans) else own
