"""A unit of any size, invented like those of the sample county, with all that it sends."""

from __future__ import annotations

from pathlib import Path

from db.codes import Sex, UnitKind
from desktop_app.services.samples import styles
from desktop_app.services.samples.county import DAY, SEED
from desktop_app.services.samples.makers import make_unit
from desktop_app.services.samples.shapes import SampleUnit
from desktop_app.services.samples.units import UnitSketch
from desktop_app.services.samples.workshop import open_workshop

PLANS = ("hospital", "critical-illness", "women", "accident")
CLEANED = ("spaced-identity", "spaced-name", "full-width")
REFUSED = ("identity-check-digit", "identity-missing", "duplicate", "name-missing")


def unit_of(people: int, folder: Path, seed: int = SEED) -> SampleUnit:
    """All of a small unit have to join, so only a large one sends rows that are refused."""
    faults = CLEANED if people < 100 else (*CLEANED, *REFUSED)
    sketch = UnitSketch(
        f"明山县第{people}中学(演示)", UnitKind.INSTITUTION, "12", "城关镇", "城关片区",
        at_work=people, women=people // 2, joining=people, plans=PLANS,
        style=styles.CLINIC, faults=faults,
    )  # fmt: skip
    given: dict[Sex, list[str]] = {Sex.MALE: [], Sex.FEMALE: []}
    return make_unit(folder, open_workshop(seed, DAY), sketch, given)
