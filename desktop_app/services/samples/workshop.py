"""What every maker of the sample county works with: one source of chance, one day, one scheme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.paths import resource_path
from desktop_app.services.samples.numbers import Numbers

_SCHEME_FILE = "xianfeng-2024.toml"


@dataclass(frozen=True, slots=True)
class Workshop:
    rng: Random
    numbers: Numbers
    on: date
    scheme: Scheme


def open_workshop(seed: int, on: date) -> Workshop:
    rng = Random(seed)
    text = resource_path("schemes", _SCHEME_FILE).read_text(encoding="utf-8")
    return Workshop(rng, Numbers(rng), on, scheme_from(text, _SCHEME_FILE))
