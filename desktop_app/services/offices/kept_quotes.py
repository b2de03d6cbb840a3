"""What applications came to, figured once more from what was kept with it.

Whether one came in time is not judged again: that hung on the work calendar of its day, of which
nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.codes import FigureState
from db.models.enrolments import EnrolmentQuote
from db.models.schemes import SchemeVersion
from desktop_app.domain.contributions import Contribution, own_fen
from desktop_app.domain.coverage import CoverAnswer
from desktop_app.domain.figures import with_figures
from desktop_app.domain.quotes import Application, figured
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.services.claims.worksheets import worked
from desktop_app.services.versions.scheme_texts import scheme_of

_MONEY = ("total_fen", "parts", "lines", "heads")


def quote_comes_out_again(session: Session, kept: EnrolmentQuote) -> bool:
    """Whether an application comes to the same fen by the same rules once more."""
    content = kept.content
    version = session.get_one(SchemeVersion, content["version_id"])
    if version.sha256 != content["sha256"]:
        return False
    confirmed = {path: _figure(told) for path, told in content["figures"].items()}
    scheme = with_figures(scheme_of(version), confirmed)
    cover, money = figured(scheme, asked_from(content["asked"]))
    open_keys = {*content["to_confirm"]}
    now = _amounts(cover, money)
    now["due_fen"] = None if open_keys or money.total_fen is None else own_fen(money.parts)
    return (
        now == {key: content[key] for key in now}
        and {*money.to_confirm, *cover.to_confirm} <= open_keys
        and _steps_fit(content["steps"], cover, money)
    )


def asked_from(kept: Mapping[str, Any]) -> Application:
    """The application as it was asked; what a later release asks besides has its default."""
    known = {one.name for one in fields(Application)}
    told = {key: value for key, value in kept.items() if key in known}
    told["ends"] = told["ends"] and date.fromisoformat(told["ends"])
    told["at"] = told["at"] and datetime.fromisoformat(told["at"])
    shares = tuple((plan, count) for plan, count in told["plan_shares"])
    return Application(**{**told, "plans": tuple(told["plans"]), "plan_shares": shares})


def _amounts(cover: CoverAnswer, money: Contribution) -> dict[str, Any]:
    """As the kept content has them."""
    found = {key: value for key, value in asdict(money).items() if key in _MONEY}
    values = {
        **found,
        "months": cover.months,
        "coverage": None if cover.cover is None else asdict(cover.cover),
    }
    return dict(json.loads(json.dumps(values, default=str)))


def _steps_fit(kept: list[dict[str, Any]], cover: CoverAnswer, money: Contribution) -> bool:
    """The steps of time stand between those of cover and money."""
    first, last = ([asdict(step) for step in steps] for steps in (cover.steps, money.steps))
    told = json.loads(json.dumps([first, last], default=str))
    size = len(kept) - len(last)
    return worked(told[0]) == worked(kept[: len(first)]) and worked(told[1]) == worked(kept[size:])


def _figure(told: Mapping[str, Any]) -> Figure:
    return Figure(told["value"], FigureState(told["state"]), told["source"])
