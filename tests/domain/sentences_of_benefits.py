"""Questions about benefits: every kind of rule by its worksheet, in bulk, and as the head rules."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

from desktop_app.domain.benefits.benefit_cases import work_out
from desktop_app.domain.benefits.benefit_facts import facts_from
from desktop_app.domain.benefits.benefit_segments import bulk_rule, in_period
from desktop_app.domain.benefits.benefits import evaluate
from desktop_app.domain.benefits.worksheet_words import facts_text, input_text, output_text
from desktop_app.domain.schemes.clauses import (
    GIVEN,
    NONE,
    READ,
    Ruling,
    Spot,
    open_spots,
    spots,
    tables_of,
    with_clauses,
)
from desktop_app.domain.toml.toml_edit import values_of
from tests.domain import benefit_texts as texts
from tests.domain.bulk_texts import borders, bulk_text
from tests.domain.schemes import FOLDER, scheme_named

Case = tuple[str, Callable[[], Any]]
NAMES = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")
RANDOM = 60  # benefits drawn, each with the same numbers at every run
CEILING = '[[ceilings]]\nper = "{}"\nfen = 100000\nsource = "演示"\n{}\n'
DAY = datetime.date(2026, 3, 5)

RULES = {
    "brackets": texts.BRACKETS,
    "period": texts.PERIOD,
    "rate": texts.RATE,
    "case-capped": texts.CASE_CAPPED,
    "daily": texts.DAILY,
    "severity": texts.SEVERITY,
    "steps": texts.STEPS,
    "disability": texts.DISABILITY,
    "condolence": texts.CONDOLENCE,
    "waiting": texts.WAITING,
    "two-parts": texts.TWO_PARTS,
    "class": texts.CLASS_LESS,
    "deductible": texts.DEDUCTIBLE,
    "period-deductible": texts.PERIOD + '[deductible]\nsource = "演示"\nper = "period"\nfen = 9\n',
    "minimum": texts.BRACKETS + '[minimum]\nsource = "演示"\nfen = 50000\n',
    "lifetime": texts.RATE + CEILING.format("lifetime", ""),
    "case": texts.RATE + CEILING.format("case", "per_share = true"),
    "shared": texts.RATE + CEILING.format("period", 'plans = ["demo", "hospital"]'),
    "dated": texts.RATE + CEILING.format("period", "until = 2026-03-31"),
    "open": texts.RATE.replace('source = "演示"', "to_confirm = true"),
    "open-ceiling": texts.RATE + '[[ceilings]]\nper = "period"\nto_confirm = true\n',
    "open-minimum": texts.BRACKETS + "[minimum]\nfen = 50000\nto_confirm = true\n",
    "known-until": 'known_until = 2026-03-01\n' + texts.RATE,
    "known-from": 'known_from = 2026-04-01\n' + texts.RATE,
    "unknown": "to_confirm = true",
    **{mode: texts.stacked(mode) for mode in ("net-of", "tops-up", "excludes")},
}  # fmt: skip
FACTS: dict[str, dict[str, Any]] = {
    "none": {},
    "nothing": {"eligible_own_fen": 0, "own_fen": 0},
    "little": {"eligible_own_fen": 60_000},
    "middle": {"eligible_own_fen": 750_001},
    "much": {"eligible_own_fen": 3_333_333, "event_on": "2026-03-05"},
    "second": {"eligible_own_fen": 300_000, "admission_no": 2},
    "hardship": {"eligible_own_fen": 300_000, "person_class": "hardship"},
    "after-others": {
        "eligible_own_fen": 900_000, "paid_by_plans": {"hospital": 70_000}, "lifetime_fen": 90_000,
        "before": {"eligible_own_fen": 500_000, "benefit_fen": 95_000},
    },
    "three-shares": {
        "eligible_own_fen": 900_000, "shares": 3, "severity": "light", "days": 5, "grade": "1",
    },
    "heavy": {"severity": "重度", "shares": 1, "days": 3, "grade": "一级"},
    "wrong": {"severity": "x", "days": 400, "grade": "99"},
}  # fmt: skip


def of_benefits() -> Iterator[Case]:
    for (name, text), (word, facts) in product(RULES.items(), FACTS.items()):
        yield f"{name} {word}", partial(_found, text, facts)
    covered = {"effective_on": "2026-02-01", "severity": "light", "shares": 2}
    for day in (*range(-1, 3), *range(29, 33), *range(59, 63)):
        event = datetime.date(2026, 2, 1) + datetime.timedelta(day)
        facts = {**covered, "event_on": event.isoformat()}
        yield f"waiting day {day}", partial(_found, texts.WAITING, facts)
    for name in NAMES:
        for plan in scheme_named(name).plans:
            for word, facts in FACTS.items():
                ask = partial(work_out, scheme_named(name), plan.id)
                yield f"{name} {plan.id} {word}", partial(_worked_out, ask, facts)


def of_drawn_benefits() -> Iterator[Case]:
    for at in range(RANDOM):
        text = bulk_text(random.Random(at))
        draw = random.Random(-1 - at)
        found = [one for one in borders(text) if one < 10**12] or [0]
        for fen in sorted({max(0, draw.choice(found) + more) for more in (-1, 0, 1, 7_777)}):
            facts: dict[str, Any] = {"eligible_own_fen": fen, "admission_no": draw.randint(1, 2)}
            facts["lifetime_fen"] = draw.randint(0, fen)
            facts["event_on"] = f"2025-{draw.randint(1, 12):02}-01"
            if draw.random() < 0.5:
                facts["person_class"] = (
                    draw.choice(("hardship", "劳模")) if "劳模" in text else "hardship"
                )
            if draw.random() < 0.5:
                facts["before"] = {
                    "eligible_own_fen": draw.randint(0, fen),
                    "benefit_fen": fen // 9,
                }
                facts["paid_by_plans"] = {"other": draw.randint(0, fen)}
            yield f"drawn {at} {fen}", partial(_found, text, facts)


def of_bulk() -> Iterator[Case]:
    for at in range(RANDOM):
        yield f"bulk {at}", partial(_bulk, bulk_text(random.Random(at)))
    for name, text in RULES.items():
        yield f"bulk {name}", partial(_bulk, text)
    too_fine = texts.RATE.replace("1/3", "1/1000003")
    yield "bulk too-fine", partial(_bulk, too_fine)
    yield "bulk fine", partial(_bulk, texts.RATE.replace("1/3", "1/1000000"))
    several = texts.stacked("net-of") + "[waiting]\nto_confirm = true\n"
    yield "bulk several", partial(_bulk, several + CEILING.format("lifetime", ""))
    for first, last in (
        ("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-03-31"), ("2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-12-31"), ("2026-03-31", "2026-04-01"),
    ):  # fmt: skip
        for bound in ("until = 2026-03-31", "from = 2026-03-31", "from = 2026-04-01"):
            ask = partial(_in_period, bound, first, last)
            yield f"in-period {bound} {first} {last}", ask


def of_rulings() -> Iterator[Case]:
    given: dict[str, dict[str, Any]] = {
        "nothing": {}, "fen": {"fen": 12_345}, "share": {"share": "90/100"},
        "negative": {"fen": -1}, "own": {"source": "x"}, "two-wrong": {"id": "x", "source": "y"},
        "per": {"per": "case"}, "from": {"from": "2026-01-01"}, "until": {"until": "2026-12-31"},
        "known": {"known_until": "2026-12-31"}, "no-day": {"known_until": "x"},
        "known-and-more": {"known_until": "2026-12-31", "fen": 1},
    }  # fmt: skip
    for name in NAMES:
        values = values_of((FOLDER / f"{name}.toml").read_text("utf-8"))
        closed = [
            spot
            for plan, table in tables_of(values).items()
            for spot in spots(plan, table)
            if not spot.open
        ]
        for spot in (*open_spots(values), *closed[:4]):
            for way in (READ, NONE):
                ask = partial(_ruled, name, values, spot, Ruling(way, "演示文件"))
                yield f"{name} {spot.key} {way}", ask
            for word, one in given.items():
                ask = partial(_ruled, name, values, spot, Ruling(GIVEN, "演示文件", one))
                yield f"{name} {spot.key} given {word}", ask


def _found(text: str, facts: dict[str, Any]) -> Any:
    """The answer, and its steps in the words of screen and paper."""
    found = evaluate(texts.benefits_of(text), facts_from(facts))
    told = [[input_text(step), output_text(step)] for step in found.steps]
    return [found, told, facts_text(facts)]


def _worked_out(ask: Callable[[Any], Any], facts: dict[str, Any]) -> Any:
    return ask(facts_from({**facts, "effective_on": "2026-01-01"}))


def _bulk(text: str) -> Any:
    return bulk_rule(texts.benefits_of(text))


def _in_period(bound: str, first: str, last: str) -> Any:
    benefits = texts.benefits_of(texts.RATE + CEILING.format("period", bound))
    days = (datetime.date.fromisoformat(day) for day in (first, last))
    return bulk_rule(in_period(benefits, *days)).ceilings


def _ruled(name: str, values: dict[str, Any], spot: Spot, ruling: Ruling) -> Any:
    """What a ruling leaves of its plan's clauses, and that the file's values stay."""
    plan = spot.key.split(".")[1]
    before = repr(values)
    try:
        made = with_clauses(scheme_named(name), values, {spot.key: ruling}).plan(plan).benefits
    finally:
        assert repr(values) == before
    return [made == scheme_named(name).plan(plan).benefits, made]


SUBJECTS = (of_benefits, of_drawn_benefits, of_bulk, of_rulings)
