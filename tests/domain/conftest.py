"""The scheme most tests ask: the county's own, with open figures and with demo ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, settings

from db.codes import FigureState
from desktop_app.domain.figures import fee_key, with_figures
from desktop_app.domain.schemes.scheme_parts import Figure
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.toml import toml_edit
from desktop_app.domain.toml.toml_map import map_of
from desktop_app.domain.working_days import WorkCalendar, calendar_from
from tests.domain.schemes import scheme_named

settings.register_profile("rules", deadline=None)  # the machine may be busy with other tests
settings.register_profile(
    "mutants", deadline=None, max_examples=25, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)  # fmt: skip
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "rules")
settings.load_profile(PROFILE)

KEPT = (scheme_named, map_of, toml_edit._packed_values)  # what is read once and kept

CHANGED = PROFILE == "mutants"

SCHEMES = Path(__file__).parents[2] / "resources" / "schemes"

# Tests that go through every key of every carried file take the smallest file alone for a change:
# a change is looked for thousands of times.
THROUGH_ALL = ("test_toml_", "test_scheme_")
LONGER = ("[xianfeng", "[beijing", "[yongding", "[anyang")
# It reads the rules' source, in which every change stands beside its original.
READS_SOURCE = "test_every_word_of_a_set_is_offered_as_the_readers_take_it"
# What notices most changes comes first, what takes longest last: the first failure ends a run.
FIRST = (
    "[of_schemes]", "[of_faults]", "[of_disagreements]", "[of_things_twice]", "[of_wrong_values]",
    "[of_spoilt_keys]",
)  # fmt: skip
LAST = (
    "test_each_block_has_its_place_in_some_scheme",
    "test_blocks_are_added_one_after_another_and_taken_out_again",
    "test_moving_copying_and_taking_out_tells_nothing_of_the_others",
    "test_only_so_many_steps_are_kept",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHANGED:
        kept = [
            one for one in items if one.name != READS_SOURCE and not _goes_through_a_long_file(one)
        ]
        items[:] = sorted(kept, key=_turn)


def _turn(item: pytest.Item) -> tuple[bool, bool]:
    return item.name in LAST, not item.name.endswith(FIRST)


def _is_judged() -> bool:
    """Whether one change is looked at; else it is learnt which tests pass through which rule."""
    return os.environ.get("MUTANT_UNDER_TEST", "").startswith("desktop_app.")


def _scope(fixture_name: str, config: pytest.Config) -> Literal["session", "function"]:
    """While it is learnt who passes through a rule, nothing is read ahead for others."""
    return "function" if CHANGED and not _is_judged() else "session"


def _goes_through_a_long_file(item: pytest.Item) -> bool:
    return item.path.name.startswith(THROUGH_ALL) and any(one in item.name for one in LONGER)


@pytest.hookimpl(optionalhook=True)
def pytest_mutants_read_ahead() -> None:
    """What tests share is read once for all changes of rules that have no part in reading it."""
    for file in SCHEMES.glob("*.toml"):
        scheme_named(file.stem)


@pytest.hookimpl(optionalhook=True)
def pytest_mutants_forget() -> None:
    for kept in KEPT:
        kept.cache_clear()


@pytest.fixture(autouse=CHANGED and not _is_judged())
def _nothing_kept() -> None:
    """While it is learnt who passes through a rule, what another test read is read anew."""
    for kept in KEPT:
        kept.cache_clear()


@pytest.fixture(scope=_scope)
def scheme_text() -> str:
    return (SCHEMES / "xianfeng-2024.toml").read_text(encoding="utf-8")


@pytest.fixture(scope=_scope)
def scheme() -> Scheme:
    return scheme_named("xianfeng-2024")


@pytest.fixture(scope=_scope)
def priced(scheme: Scheme) -> Scheme:
    """The scheme with invented fees: 50, 30, 10 and 20 yuan, as a demonstration."""
    fees = {"hospital": 5000, "critical-illness": 3000, "women": 1000, "accident": 2000}
    figures = {fee_key(plan): Figure(fen, FigureState.DEMO, "演示") for plan, fen in fees.items()}
    border = Figure(100, FigureState.CONFIRMED, "演示")
    return with_figures(scheme, {**figures, "participation.all_join_limit": border})


@pytest.fixture(scope=_scope)
def anyang() -> Scheme:
    return scheme_named("anyang-2023")


@pytest.fixture(scope=_scope)
def pinghu() -> Scheme:
    return scheme_named("pinghu")


@pytest.fixture(scope=_scope)
def beijing() -> Scheme:
    return scheme_named("beijing")


@pytest.fixture(scope=_scope)
def yongding() -> Scheme:
    return scheme_named("yongding")


@pytest.fixture(scope=_scope)
def calendar() -> WorkCalendar:
    file = SCHEMES.parent / "calendar" / "workdays.toml"
    return calendar_from(file.read_text(encoding="utf-8"), file.name)
