"""The parts of a scheme about people and units: who may join, who must, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.schemes.scheme_parts import Figure


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may join.

    Args:
        age_rule: `years` takes full years from `min_age` to `max_age`; `statutory` takes people
            below the statutory retirement age of their post; `none` asks for no age.
        min_age: full years; 0 where the scheme names none.
        max_age: the last full year that is taken; None under the other rules.
        over_age_paper: the paper that lets people above the age in.
        employment: kinds of employment taken; none named means all.
        temporary_over_months: a temporary worker's engagement must be longer than this.
        insurance: kinds of basic medical insurance that count; none named means not asked.
        health_declaration: whether the person declares to be in good health.
        union_member: whether only members of the union are taken.
        unit_kinds: kinds of units taken; none named means all.
        areas: heads of division codes (GB/T 2260); none named means anywhere.
        text: the rule as shown.
        source: where it stands.
        must_join: which units have to be in; None where joining is free.
    """

    age_rule: str
    min_age: int
    max_age: int | None
    over_age_paper: str | None
    employment: tuple[str, ...]
    temporary_over_months: int | None
    insurance: tuple[str, ...]
    health_declaration: bool
    union_member: bool
    unit_kinds: tuple[str, ...]
    areas: tuple[str, ...]
    text: str
    source: str
    must_join: MustJoin | None = None


@dataclass(frozen=True, slots=True)
class MustJoin:
    """Units that have to be in: those that are not are the office's work list."""

    least_workers: Figure
    unit_kinds: tuple[str, ...]
    text: str
    source: str
