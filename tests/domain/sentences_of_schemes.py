"""Questions about schemes: applications, steps, figures, claims, the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from db.codes import FigureState
from desktop_app.domain import (
    additions,
    calendar_years,
    coverage,
    deadlines,
    enrolments,
    figures,
    participation,
    working_days,
)
from desktop_app.domain.benefits.benefit_facts import facts_as_json, facts_from
from desktop_app.domain.benefits.benefit_needs import fact_fields
from desktop_app.domain.contributions import payer_weights
from desktop_app.domain.enrolment_facts import Facts
from desktop_app.domain.quotes import Application, cover_by_rule, quote
from desktop_app.domain.scheme_editor import (
    clause_words,
    scheme_terms,
    scheme_typing,
    scheme_warnings,
)
from desktop_app.domain.schemes import claim_ways, clauses
from desktop_app.domain.schemes.scheme_cover import Additions
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml import toml_edit
from desktop_app.paths import resource_path
from tests.domain.schemes import FOLDER, scheme_named

Case = tuple[str, Callable[[], Any]]
NAMES = ("xianfeng-2024", "anyang-2023", "pinghu", "beijing", "yongding")
PLANS = {
    "xianfeng-2024": ("hospital", "women"),
    "anyang-2023": ("medical",),
    "pinghu": ("inpatient",),
    "beijing": ("outpatient", "inpatient"),
    "yongding": ("inpatient", "serious-illness"),
}


def _calendar() -> working_days.WorkCalendar:
    return working_days.calendar_from(resource_path("calendar", "workdays.toml").read_text("utf-8"))


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _priced(name: str) -> Scheme:
    """The scheme with every open figure confirmed, amounts and numbers invented (演示)."""
    scheme = scheme_named(name)
    said = {
        key: Figure(figure.value if figure.value else 3, FigureState.CONFIRMED, "演示文件")
        for key, figure in figures.figures_of(scheme).items()
        if figure.open
    }
    return figures.with_figures(scheme, said)


def of_applications() -> Iterator[Case]:
    asked: dict[str, dict[str, Any]] = {
        "plain": {},
        "one": {"people": 1, "women": 0},
        "odd": {"people": 7, "women": 3},
        "no-women-told": {"women": None},
        "shares-2": {"shares": 2},
        "shares-2-firm": {"shares": 2, "unit_kind": "firm"},
        "shares-2-government": {"shares": 2, "unit_kind": "government"},
        "year": {"year": 2027},
        "drive": {"at": _at("2024-12-31 23:59"), "year": 2024},
        "late": {"at": _at("2025-01-01 00:00"), "year": 2024},
        "renewal": {"ends": _day("2023-05-31"), "at": _at("2023-05-09 17:00")},
        "renewal-late": {"ends": _day("2023-05-31"), "at": _at("2023-05-10 08:00")},
        "renewal-middle": {"ends": _day("2023-06-15")},
        "renewal-last": {"ends": _day("2023-12-31")},
        "renewal-before": {"ends": _day("2022-12-31"), "at": _at("2022-12-10 17:00")},
        "renewal-beyond": {"ends": _day("2024-03-31"), "at": _at("2022-11-20 10:00")},
        "renewal-2027": {"ends": _day("2027-03-31"), "at": _at("2027-03-01 10:00")},
        "window-first": {"at": _at("2022-11-11 08:00")},
        "window-before": {"at": _at("2022-11-11 07:59")},
        "window-last": {"at": _at("2022-12-10 17:00")},
        "window-after": {"at": _at("2022-12-10 17:01")},
        "new-unit": {"new_unit": True, "at": _at("2022-11-20 10:00")},
        "new-unit-first-day": {"new_unit": True, "at": _at("2023-01-01 00:00")},
        "new-unit-last-day": {"new_unit": True, "at": _at("2023-12-31 23:59")},
        "addition": {"addition": True, "at": _at("2023-05-05 10:00")},
        "addition-undated": {"addition": True},
        "told-renewal": {"renewal": True, "at": _at("2022-11-20 10:00")},
    }
    for name in NAMES:
        for word, scheme in (("open", scheme_named(name)), ("confirmed", _priced(name))):
            for kind, more in asked.items():
                one = replace(Application(10, PLANS[name], women=4), **more)
                yield f"quote {name} {word} {kind}", partial(quote, scheme, one, _calendar())
            yield f"payers {name} {word}", partial(payer_weights, scheme)
            found = quote(scheme, Application(10, PLANS[name], women=4, year=2027), _calendar())
            yield f"cover {name} {word}", partial(cover_by_rule, scheme, found)
        alone = Application(10, (scheme_named(name).plans[-1].id,), women=4)
        yield f"quote {name} alone", partial(quote, scheme_named(name), alone, _calendar())


def of_steps() -> Iterator[Case]:
    whole = Facts(
        people=86,
        women=40,
        at_work=107,
        women_at_work=48,
        unit_kind="government",
        due_fen=860_000,
        total_fen=860_000,
        payment_fen=860_000,
        payment_people=86,
        slip=True,
        payment_confirmed=True,
        effective_on=_day("2026-12-01"),
        business_no="HB-1",
        invoice=True,
        receipt=True,
    )
    wrong: dict[str, dict[str, Any]] = {
        "nothing": {
            "people": 0, "women": 0, "at_work": None, "women_at_work": None, "due_fen": None,
            "payment_fen": None, "payment_people": None, "slip": False, "invoice": False,
            "payment_confirmed": False, "effective_on": None, "business_no": None,
            "receipt": False,
        },
        "few": {"people": 80, "women": 30},
        "parked": {"parked": 3, "over_age": 2},
        "shares": {"shares": 3},
        "person-paid": {"corporate": False},
        "money": {"payment_fen": 840_000, "payment_people": 84},
        "more-money": {"payment_fen": 870_000, "payment_people": 87},
        "parts-paid": {"total_fen": 1_720_000, "payment_fen": 1_720_000},
        "day-open": {"effective_on": None, "asks_effective": False},
        "sent-back": {"sent_back": 3},
        "returned": {"returned": 2},
        "refused": {"refused": (enrolments.Missing("late", "办理时间已过", "请下一年度办理。"),)},
        "unconfirmed": {"to_confirm": ("住院医疗会费", "年度起始月")},
        "whole": {},
    }  # fmt: skip
    for name in NAMES:
        scheme = scheme_named(name)
        for handling, steps in scheme.steps.items():
            yield f"bar {name} {handling}", partial(enrolments.bar, scheme, None, handling)
            for step in steps:
                at = partial(enrolments.bar, scheme, step.key, handling)
                yield f"bar {name} {handling} {step.key}", at
                for word, more in wrong.items():
                    facts = replace(whole, plans=PLANS[name], **more)
                    ask = partial(enrolments.missing, step, facts, scheme)
                    yield f"missing {name} {handling} {step.key} {word}", ask
        for what in ("plan", "paper", "steps_for", "step", "step_after"):
            yield f"unknown {name} {what}", partial(getattr(scheme, what), "nothing")
    for name in ("xianfeng-2024", "beijing"):
        rule = scheme_named(name).participation
        for at_work, joining in ((0, 0), (1, 1), (99, 98), (100, 100), (101, 80), (101, 81)):
            ask = partial(participation.explain_participation, at_work, joining, rule)
            yield f"participation {name} {at_work} {joining}", ask
            women = partial(participation.judge_women, at_work, at_work // 2, joining // 2, rule)
            yield f"participation-women {name} {at_work} {joining}", women


def of_claims() -> Iterator[Case]:
    for name in NAMES:
        scheme = scheme_named(name)
        for step in scheme.claims.steps:
            for word, standing in (
                ("bare", claim_ways.Standing(2, None, False)),
                ("open", claim_ways.Standing(0, 100, True, ("起付线", "封顶"))),
                ("whole", claim_ways.Standing(0, 100, True)),
                ("alike", claim_ways.Standing(0, 100, True, figured_fen=100)),
                ("other", claim_ways.Standing(0, 100, True, figured_fen=12_345)),
                ("of-version", claim_ways.Standing(0, 100, True, ("起付线",), version_no=3)),
                ("nothing-figured", claim_ways.Standing(0, 100, True, figured_fen=0)),
                ("nothing-said", claim_ways.Standing(0, 0, True, figured_fen=100)),
            ):
                ask = partial(claim_ways.lacking, step, standing)
                yield f"claim {name} {step.key} {word}", ask
            for decided in (False, True):
                asked = {"rules": scheme.claims, "step": step, "decided": decided}
                for when in (claim_ways.when_to_change, claim_ways.when_to_refuse):
                    yield f"{when.__name__} {name} {step.key} {decided}", partial(when, **asked)
            yield (
                f"claim-refuse {name} {step.key}",
                partial(claim_ways.may_refuse, scheme.claims, step),
            )
            yield (
                f"claim-amount {name} {step.key}",
                partial(claim_ways.may_say_amount, scheme.claims, step),
            )
            if step.act:
                after = partial(claim_ways.step_after, scheme.claims, step)
                yield f"claim-after {name} {step.key}", after
            if step.optional:
                over = partial(claim_ways.passed_over, scheme.claims, step)
                yield f"claim-over {name} {step.key}", over
    yield "claim unknown", partial(claim_ways.step_of, scheme_named("pinghu").claims, "nothing")


def of_needs() -> Iterator[Case]:
    owner: dict[str, Any] = {"parts": [{}]}
    for at, (key, kind, table) in enumerate(
        (
            ("ceilings.case-2", "ceilings", {"per": "case", "fen": 5, "from": _day("2020-01-01")}),
            ("ceilings.2", "ceilings", {"fen": 5, "until": _day("2020-12-31")}),
            ("deductible", "deductible", {"per": "case", "fen": 5}),
            ("deductible", "deductible", {"per": "case", "from": _day("2020-01-01")}),
            ("benefits", "benefits", {}), ("benefits", "benefits", owner),
            ("part", "part", {"kind": "grade", "amounts": [{"key": "1", "fen": 5}]}),
            ("part", "part", {"kind": "severity", "amounts": [
                {"key": "light", "label": "轻度", "fen": 5}, {"key": "2", "fen": 6}]}),
            ("part", "part", {"kind": "rate", "share": "1/2", "per_share": True}),
            ("part", "part", {"kind": "fixed", "per_share": True}),
            ("minimum", "minimum", {"fen": 0}), ("accumulation", "accumulation", {"over": "year"}),
        )
    ):  # fmt: skip
        yield f"clause {at} {key}", partial(_clause, clauses.Spot(key, kind, table, owner))
    for place, message in (
        ("fen", "fen 应是整数"), ("ceilings.2.fen", "ceilings.2.fen 应是整数"), ("a.b", " 不对"),
    ):  # fmt: skip
        yield f"fault-words {place}", partial(clause_words.fault_words, place, message)
    for name in NAMES:
        scheme = scheme_named(name)
        for plan in scheme.plans:
            yield f"facts {name} {plan.id}", partial(fact_fields, plan.benefits)
        text = (FOLDER / f"{name}.toml").read_text("utf-8")
        for spot in clauses.open_spots(toml_edit.values_of(text)):
            yield f"clause {spot.key}", partial(_clause, spot)
    for at, facts in enumerate(
        (
            {"days": 5, "own_fen": 1},
            {"day": 5},
            {"days": -1},
            {"days": 1.5},
            {"days": True},
            {"admission_no": 0},
            {"own_fen": 10**13},
            {"event_on": "2026-02-30"},
            {"event_on": 5},
            {"event_on": "1899-01-01"},
            {"severity": ""},
            {"severity": 3},
            {"grade": []},
            {"before": 5},
            {"before": {"benefit_fen": -1}},
            {"before": {"fen": 1}},
            {"before": {"benefit_fen": 1}},
            {"paid_by_plans": {"inpatient": 5}},
            {"paid_by_plans": {"inpatient": "5"}},
            {"own_fen": 5, "eligible_own_fen": 6},
            {"total_fen": 5, "own_fen": 6},
            {"total_fen": 5, "own_fen": 5, "fund_paid_fen": 0},
            {"total_fen": 5, "fund_paid_fen": 6},
            {"total_fen": 10, "own_fen": 6, "fund_paid_fen": 5},
            {"own_fen": 0, "eligible_own_fen": 0},
            {"lifetime_fen": None, "days": 3},
        )
    ):
        yield f"facts {at}", partial(facts_from, facts)
        yield f"facts-json {at}", lambda facts=facts: facts_as_json(facts_from(facts))


def _clause(spot: clauses.Spot) -> list[Any]:
    return [
        clause_words.clause_label(spot, "项目"),
        clause_words.reading(spot),
        clause_words.may_be_absent(spot),
        clause_words.fields_of(spot),
    ]


def of_figures() -> Iterator[Case]:
    for name in NAMES:
        scheme = scheme_named(name)
        for key in figures.figures_of(scheme):
            yield f"figure {name} {key}", partial(figures.figure_label, scheme, key)
            confirmed = {key: Figure(2, FigureState.CONFIRMED, "演示文件")}
            yield f"figure-laid {name} {key}", partial(_laid, scheme, confirmed)
        yield f"border {name}", partial(figures.open_border, scheme, 100)
        text = (FOLDER / f"{name}.toml").read_text("utf-8")
        yield f"warnings {name}", partial(scheme_warnings.scheme_warnings, scheme, text)
        values = toml_edit.values_of(text)
        for leaf in toml_edit.leaves(text):
            yield f"word {name} {leaf.path}", partial(_worded, leaf, values)
    for key in ("plans.hospital.fee_fen", "coverage.first_month", "funding.joint1.member.weight"):
        for value in (-1, 0, 1, 12, 13, 10**12, 10**12 + 1):
            yield f"check {key} {value}", partial(figures.check_figure, key, value)
    for path, like, text in (
        ("fee_fen", 1, "12.30"), ("fee_fen", 1, "x"), ("n", 1, "5"), ("n", 1, "5.5"),
        ("d", _day("2026-01-01"), "2026-02-30"), ("d", _day("2026-01-01"), "2026-1-2"),
        ("m", _at("2026-01-01T08:00"), "2026-01-02 09:30"), ("m", _at("2026-01-01T08:00"), "x"),
        ("w", ["a"], "a、b,c;d e"), ("t", "x", " y "), ("t", "x", ""), ("share", "1/2", "3/4"),
    ):  # fmt: skip
        yield f"typed {path} {text}", partial(scheme_typing.typed_value, path, like, text)


def _laid(scheme: Scheme, confirmed: dict[str, Figure]) -> list[Any]:
    """What a confirmed figure changes, and that it changes nothing else."""
    before, after = (
        figures.figures_of(scheme),
        figures.figures_of(figures.with_figures(scheme, confirmed)),
    )
    return [[key, one] for key, one in after.items() if one != before[key]]


def _worded(leaf: toml_edit.Leaf, values: dict[str, Any]) -> list[Any]:
    return [
        scheme_terms.part_of(leaf.path),
        scheme_terms.path_words(leaf.path, values),
        scheme_terms.value_text(leaf.path, leaf.value),
    ]


def of_schemes() -> Iterator[Case]:
    """Every value of every carried file, as the model holds it."""
    for name in NAMES:
        text = (FOLDER / f"{name}.toml").read_text("utf-8")
        yield f"scheme {name}", partial(scheme_from, text, f"{name}.toml")


def of_days() -> Iterator[Case]:
    calendar = _calendar()
    for day, count in (
        ("2023-05-31", 15), ("2023-10-07", 5), ("2023-12-31", 15), ("2027-03-31", 15),
        ("2026-01-05", 15), ("2018-12-31", 3), ("2023-06-30", 0), ("2026-12-31", 2001),
        ("2026-12-31", -1), ("1899-12-31", 1), ("2027-01-04", 2), ("2026-12-31", 2000),
        ("1900-01-10", 2),
    ):  # fmt: skip
        ask = partial(working_days.latest_day_before, _day(day), count, calendar)
        yield f"latest {day} {count}", ask
        yield f"warning {day} {count}", lambda ask=ask: ask().warning
    for at, text in enumerate(
        (
            "x", "", "years = 5", "[[years]]\nyear = 2030", '[[years]]\nyear = 2030\nsource = ""\n'
            "off = []\nworked = []", '[[years]]\nyear = 2030\nsource = "甲"\noff = [2031-01-01]\n'
            "worked = []", '[[years]]\nyear = 2030\nsource = "甲"\noff = []\nworked = [2030-01-01]',
            '[[years]]\nyear = 2030\nsource = "甲"\noff = [2030-01-05]\nworked = [2030-01-05]',
            '[[years]]\nyear = 2030\nsource = "甲"\noff = [2030-01-01]\nworked = [2030-01-05]',
            '[[years]]\nyear = 2030\nsource = "甲"\noff = 5\nworked = []',
            '[[years]]\nyear = 2030\nsource = "甲"\noff = []\nworked = []\n' * 2,
        )
    ):  # fmt: skip
        yield f"calendar {at}", partial(working_days.calendar_from, text, "历.toml")


def of_years() -> Iterator[Case]:
    calendar = _calendar()
    days = tuple(_day(one) for one in ("2027-01-01", "2027-01-04", "2027-05-01"))
    whole = calendar.years[2026]
    emptied = working_days.YearDays(frozenset(), frozenset(), "")
    for at, typed in enumerate((whole, replace(whole, off=days[:1]), emptied)):
        draft = calendar_years.YearDraft(2026, tuple(typed.off), tuple(typed.worked), "演示")
        for word, before in (("usual", whole), ("unusual", emptied), ("none", None)):
            ask = partial(calendar_years.refuse_emptying, draft, before)
            yield f"year-empties {at} {word}", ask
    for at, (off, worked, source) in enumerate(
        (
            (days, (_day("2027-01-09"),), "演示通知"), (days, (_day("2027-01-05"),), "演示通知"),
            (days, (), ""), ((_day("2028-01-01"),), (), "演示通知"), (days, days[:1], "演示通知"),
            ((), (), "演示通知"), (days, (), "演" * 401),
            (tuple(_day("2027-03-01") + datetime.timedelta(one) for one in range(40)), (), "演示"),
            (tuple(_day("2027-01-01") + datetime.timedelta(one) for one in range(365)), (), "演示"),
        )
    ):  # fmt: skip
        draft = calendar_years.YearDraft(2027, off, worked, source)
        yield f"year {at}", partial(calendar_years.check_year, draft)
        yield f"year-doubts {at}", partial(calendar_years.doubts, draft)
        yield f"year-text {at}", partial(calendar_years.text_of_year, draft)
    one = calendar_years.text_of_year(calendar_years.YearDraft(2027, days, (), "演示通知"))
    both = one + "[[years]]\nyear = 2028\nsource = '演示'\noff = []\nworked = []\n"
    for year in (2027, 2028, 2030):
        read = partial(calendar_years.year_of_text, both, year, "历.toml")
        yield f"year-of-text {year}", read
    yield "year-of-text bad", partial(calendar_years.year_of_text, "x", 2027, "历.toml")
    for year in (1899, 1900, 2200, 2201, 9999):
        yield f"year of {year}", partial(calendar_years.check_year, replace(draft, year=year))
    for given in (None, calendar.years[2026]):
        yield f"year-days {given is None}", partial(calendar_years.working_days, 2026, given)
    for day in ("2026-10-31", "2026-11-01", "2026-12-31", "2027-11-01"):
        yield f"year-missing {day}", partial(calendar_years.missing_years, _day(day), calendar)


def of_covers() -> Iterator[Case]:
    for name in NAMES:
        rule = scheme_named(name).coverage
        yield f"period {name}", partial(coverage.period, rule, 2027)
        whole = coverage.Cover(_day("2023-01-01"), _day("2023-12-31"))
        for event in ("move", "retirement", "death", "birth"):
            ask = partial(coverage.last_covered, rule, event, _day("2023-05-05"), whole)
            yield f"after {name} {event}", ask
        for joined in ("2022-12-31", "2023-05-05", "2023-12-31"):
            if rule.additions is not None:
                ask = partial(coverage.addition_from, rule.additions, _day(joined), whole)
                yield f"joined {name} {joined}", ask
        for ends in ("2023-01-01", "2023-01-31", "2023-11-30", "2023-12-01", "2024-01-01"):
            yield f"cover {name} {ends}", partial(coverage.cover_for, rule, _day(ends), 2023)


def of_additions() -> Iterator[Case]:
    whole = coverage.CoverAnswer(coverage.Cover(_day("2023-01-01"), _day("2023-12-31")), 12)
    for allowed, text in product(("windows", "any-time", "never"), ("", "第九条:随时可以增加。")):
        for starts in ("next-month", "next-day", "plan-document", "period"):
            rule = Additions(allowed, starts, text, "第九条")
            if starts == "period":
                yield f"judged {allowed} {text}", partial(additions.judge_addition, rule)
            for at in ("2023-05-05 10:00", "2023-12-31 10:00", "2022-12-01 10:00"):
                ask = partial(additions.added_cover, rule, whole, _at(at))
                yield f"added {allowed} {starts} {text} {at}", ask
    rule = Additions("any-time", "next-day", "", "第九条")
    yield "judged none", partial(additions.judge_addition, None)
    yield "added none", partial(additions.added_cover, None, whole, _at("2023-05-05 10:00"))
    yield "added undated", partial(additions.added_cover, rule, whole, None)
    yield (
        "added uncovered",
        partial(additions.added_cover, rule, coverage.CoverAnswer(None, 0), _at("2023-05-05")),
    )


def of_deadlines() -> Iterator[Case]:
    today = _day("2026-12-01")
    ahead = [
        today + datetime.timedelta(days) for days in (-61, -60, -16, -15, -1, 0, 1, 15, 16, 60, 61)
    ]
    for handed_in in (False, True):
        nothing = deadlines.Standing(handed_in)
        yield f"pressing {handed_in}", partial(deadlines.pressing, nothing, today)
        for day in ahead:
            for name in ("closes_on", "ends", "call_on"):
                standing = replace(nothing, **{name: day})
                yield (
                    f"pressing {handed_in} {name} {day}",
                    partial(deadlines.pressing, standing, today),
                )
        several = deadlines.Standing(
            handed_in,
            _day("2026-12-10"),
            _day("2026-12-05"),
            _day("2026-11-10"),
            _day("2026-11-30"),
        )
        yield f"pressing {handed_in} several", partial(deadlines.pressing, several, today)
        renewed = replace(several, call_on=None)
        yield f"pressing {handed_in} renewed", partial(deadlines.pressing, renewed, today)


SUBJECTS = (
    of_applications, of_steps, of_claims, of_needs, of_figures, of_days, of_years,
    of_schemes,
    of_covers, of_additions, of_deadlines,
)  # fmt: skip
