"""Which version of the scheme a claim goes by."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.models.enrolments import Cover, Enrolment
from db.models.schemes import SchemeVersion
from desktop_app.services.schemes import active_version


def version_for(session: Session, cover: Cover | None, _event_on: date) -> SchemeVersion:
    """The version of the cover's application; the one in force where nobody is covered."""
    if cover is None:
        return active_version(session)
    enrolment = session.get_one(Enrolment, cover.enrolment_id)
    return session.get_one(SchemeVersion, enrolment.scheme_version_id)
