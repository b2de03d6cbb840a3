"""The rules that a person's cases and claims go by, each version read once."""

from __future__ import annotations

import functools
from collections.abc import Callable

from sqlalchemy.orm import Session

from db.models.schemes import SchemeVersion
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.versions.scheme_texts import scheme_of

Schemes = Callable[[int], Scheme]


def schemes_of(session: Session) -> Schemes:
    """Give the scheme of a version's id; the session itself forgets what nobody holds."""

    @functools.cache
    def known(version_id: int) -> Scheme:
        return scheme_of(session.get_one(SchemeVersion, version_id))

    return known
