"""The schemes that the program carries, as an office chooses one of them at its start."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.errors import UserError
from desktop_app.paths import resource_path
from desktop_app.services.schemes.confirming import figure_lines
from desktop_app.services.versions.drive_versions import coming_year
from desktop_app.services.views.schemes import SchemeOffer, StartView


@functools.cache
def carried_offers() -> tuple[SchemeOffer, ...]:
    """Every carried scheme with a line about it and the figures that it still needs."""
    files = sorted(resource_path("schemes").glob("*.toml"))
    return tuple(_offer(scheme_from(file.read_text("utf-8"), file.name)) for file in files)


def fresh_start(today: date) -> StartView:
    """What is asked before there is an office: nothing is chosen yet."""
    return StartView(
        scheme="",
        title="",
        year=coming_year(today),
        target=None,
        figures=(),
        offers=carried_offers(),
        may_choose=True,
    )


def carried_file(key: str) -> Path:
    """The file of a carried scheme.

    Raises:
        UserError: `scheme-unknown`.
    """
    for file in resource_path("schemes").glob("*.toml"):
        if file.stem == key:
            return file
    known = "、".join(offer.key for offer in carried_offers())
    raise UserError(
        "scheme-unknown", f"程序没有带“{key}”这个方案。", f"可用的有:{known}。", "scheme"
    )


def _offer(scheme: Scheme) -> SchemeOffer:
    plans = "、".join(plan.short_name for plan in scheme.plans)
    last = scheme.effective_until
    until = f" · 施行到{chinese_date(last)}" if last is not None else ""
    return SchemeOffer(
        key=scheme.id,
        title=scheme.title,
        about=f"{scheme.region} · {plans}{until}",
        figures=figure_lines(scheme, scheme),
    )
