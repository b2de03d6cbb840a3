"""What the table of units says of people and money, held against the rosters themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain.money import yuan
from desktop_app.domain.openings.opening_units import OpeningUnit, unit_key
from desktop_app.services.openings.opening_reading import File, PlannedPerson


def amount(unit: OpeningUnit | None, people: Sequence[PlannedPerson]) -> int | None:
    """What a unit paid: as its own row says, else as its people's rows add up; never worked out."""
    if unit is not None and unit.taken.fen is not None:
        return unit.taken.fen
    told = [person.fen for person in people]
    return None if None in told else sum(fen or 0 for fen in told)


def differences(
    unit: OpeningUnit | None, people: Sequence[PlannedPerson]
) -> Iterator[tuple[str, str]]:
    """Where table and rosters do not agree, by code and words; neither is changed for it."""
    told = unit.counts.get("people") if unit is not None else None
    if told is not None and told != len(people):
        yield "people-differ", f"单位表写{told}人,名单可用{len(people)}人"
    fen = unit.taken.fen if unit is not None else None
    summed = amount(None, people)
    if fen is not None and summed is not None and fen != summed:
        yield "amount-differs", f"单位表写{yuan(fen)}元,名单合计{yuan(summed)}元"


_KEPT = {
    "people-differ": "存入的是名单上的人",
    "amount-differs": "存入的是单位表的金额",
}


def doubt_sums(files: Sequence[File]) -> None:
    """Say of each unit with a roster what is stored where its two sources do not agree."""
    listed: dict[str, list[PlannedPerson]] = {}
    for file in files:
        for person in file.people:
            listed.setdefault(person.unit, []).append(person)
    for file in files:
        for unit in file.units:
            people = listed.get(unit_key(unit.name), [])
            for code, text in differences(unit, people) if people else ():
                file.warn(unit, code, f"“{unit.name}”{text};{_KEPT[code]},请核对")
