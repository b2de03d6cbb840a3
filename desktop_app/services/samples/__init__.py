"""The sample county: invented units, people and papers; nothing of it is real."""

from __future__ import annotations

from desktop_app.services.samples.county import make_county
from desktop_app.services.samples.shapes import County, SampleClaim, SampleUnit

__all__ = ["County", "SampleClaim", "SampleUnit", "make_county"]
