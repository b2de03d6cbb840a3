"""Makes the sample county: twelve invented units and all they send, the same bytes for a seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.codes import Sex
from desktop_app.domain.dates import add_months
from desktop_app.services.samples.claims import make_claims
from desktop_app.services.samples.ledgers import ledger_bytes
from desktop_app.services.samples.makers import make_unit
from desktop_app.services.samples.names import DOTTED, RARE
from desktop_app.services.samples.shapes import County
from desktop_app.services.samples.statements import make_statements
from desktop_app.services.samples.units import AREAS, FEES_FEN, OFFICE, UNITS
from desktop_app.services.samples.workshop import open_workshop

SEED = 20261201
DAY = date(2026, 12, 1)
_UNITS_WITH_RARE_NAMES = (0, 7, 2, 10, 9, 8, 11, 5)  # every kind of file among them


def make_county(folder: Path, *, seed: int = SEED, on: date = DAY) -> County:
    """Write the county's files into `folder` and say what they hold."""
    shop = open_workshop(seed, on)
    given = _deal_names()
    units = tuple(
        make_unit(folder / "单位报送" / f"{number:02d} {_short(sketch.name)}", shop, sketch, names)
        for number, (sketch, names) in enumerate(zip(UNITS, given, strict=True), 1)
    )
    ledger = folder / "上年度台账.xlsx"
    ledger.write_bytes(ledger_bytes(units, shop))
    make_statements(folder / "银行流水", add_months(on.replace(day=1), -1))
    claims = make_claims(folder / "申领资料", shop, units)
    return County(OFFICE, AREAS, units, FEES_FEN, claims, ledger, folder, on)


def _deal_names() -> list[dict[Sex, list[str]]]:
    given: list[dict[Sex, list[str]]] = [{Sex.MALE: [], Sex.FEMALE: []} for _ in UNITS]
    for sex in Sex:
        for place, name in enumerate((*RARE[sex], *DOTTED[sex])):
            unit = _UNITS_WITH_RARE_NAMES[place % len(_UNITS_WITH_RARE_NAMES)]
            given[unit][sex].append(name)
    return given


def _short(name: str) -> str:
    return name.removesuffix("(演示)")
