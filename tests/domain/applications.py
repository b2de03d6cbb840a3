"""Applications as the tests of windows and quotes ask for them."""

from __future__ import annotations

import datetime
from dataclasses import replace

from desktop_app.domain.quotes import Application, Quote


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def asked(people: int = 10, **more: object) -> Application:
    return replace(Application(people, ("medical",)), **more)  # type: ignore[arg-type]


def codes(found: Quote) -> list[str]:
    return [problem.code for problem in found.problems]
