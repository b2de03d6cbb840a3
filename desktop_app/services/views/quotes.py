"""What an application comes to as the window and the command line show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.codes import Payer
from desktop_app.domain.contributions import UNION_PAYERS, Head
from desktop_app.domain.enrolment_facts import Missing
from desktop_app.domain.labels import label
from desktop_app.services.views.turnout import TurnoutLine


@dataclass(frozen=True, slots=True)
class PartLine:
    """What one payer bears; only what is demanded is transferred by the unit."""

    payer: str
    label: str
    fen: int
    demanded: bool


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What each of some people comes to."""

    label: str  # 每人, 男职工每人, 女职工每人
    people: int
    fen: int
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class QuoteStep:
    rule: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The worksheet of one case: kept and unchanging once approved, live before that."""

    kept: bool
    kind: str
    ends: date | None
    months: int
    first: date | None
    last: date | None
    total_fen: int | None
    due_fen: int | None
    estimate: bool
    to_confirm: tuple[str, ...]
    parts: tuple[PartLine, ...]
    heads: tuple[HeadLine, ...]
    steps: tuple[QuoteStep, ...]
    problems: tuple[str, ...]
    version_no: int


@dataclass(frozen=True, slots=True)
class StartPreview:
    """What a new application would be, before it is begun.

    Args:
        kind: db.codes.EnrolmentKind value, as chosen or as the ledger says.
        kind_label: the same in words.
        ends: last covered day of the cover that is renewed.
        ends_known: whether the ledger knows that day.
        asks_ends: whether a rule hangs on it.
        refusal: why it would be refused, and what to do; None where it would be taken.
        months: months that the contribution runs.
        first: first covered day, where the rule gives it.
        last: last covered day.
        estimate: whether the amounts hang on open figures.
        to_confirm: labels of those.
        heads: what each person comes to, and who bears it.
        warnings: what should be looked at, without standing against it.
        turnout: how many have to join, of how many; those who join are as told.
    """

    kind: str
    kind_label: str
    ends: date | None
    ends_known: bool
    asks_ends: bool
    refusal: Missing | None
    months: int
    first: date | None
    last: date | None
    estimate: bool
    to_confirm: tuple[str, ...]
    heads: tuple[HeadLine, ...]
    warnings: tuple[str, ...]
    turnout: tuple[TurnoutLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a draft would come to with other plans or shares, before they are changed.

    Args:
        told: what each person comes to and how many have to join, or why it would be refused.
        people: those on the list.
        before_fen: what the unit transfers as the draft stands; None while it is an estimate.
        after_fen: what it would transfer then.
    """

    told: StartPreview
    people: int
    before_fen: int | None
    after_fen: int | None


def view_of(content: Mapping[str, Any], *, kept: bool) -> QuoteView:
    """The worksheet from its kept form: screen and archive show the same object."""
    cover, asked = content["coverage"], content["asked"]
    heads = [
        (head["women"], head["people"], head["fen"], _pairs(head["parts"]))
        for head in content["heads"]
    ]
    return QuoteView(
        kept=kept,
        kind=content["kind"],
        ends=_day(asked["ends"]),
        months=content["months"],
        first=_day(cover["first"]) if cover else None,
        last=_day(cover["last"]) if cover else None,
        total_fen=content["total_fen"],
        due_fen=content["due_fen"],
        estimate=bool(content["to_confirm"]),
        to_confirm=tuple(content["to_confirm_labels"]),
        parts=part_lines(_pairs(content["parts"])),
        heads=_head_lines(heads),
        steps=tuple(QuoteStep(s["rule"], s["clause"], s["text"]) for s in content["steps"]),
        problems=tuple(problem["message"] for problem in content["problems"]),
        version_no=content["version_no"],
    )


def part_lines(parts: Iterable[tuple[str, int]]) -> tuple[PartLine, ...]:
    return tuple(
        PartLine(payer, label(Payer(payer)), fen, payer not in UNION_PAYERS) for payer, fen in parts
    )


def head_lines(heads: Iterable[Head]) -> tuple[HeadLine, ...]:
    """What each person comes to; told once where men and women come to the same."""
    return _head_lines(
        [
            (head.women, head.people, head.fen, [(part.payer, part.fen) for part in head.parts])
            for head in heads
        ]
    )


def _head_lines(
    heads: list[tuple[bool, int, int, list[tuple[str, int]]]],
) -> tuple[HeadLine, ...]:
    if len({fen for _women, _people, fen, _parts in heads}) == 1:
        people = sum(people for _women, people, _fen, _parts in heads)
        return (HeadLine("每人", people, heads[0][2], part_lines(heads[0][3])),)
    return tuple(
        HeadLine("女职工每人" if women else "男职工每人", people, fen, part_lines(parts))
        for women, people, fen, parts in heads
    )


def _pairs(parts: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(part["payer"], part["fen"]) for part in parts]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
