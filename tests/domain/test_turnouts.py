"""Who is counted for participation: all workers, the women for a plan of theirs, or both."""

from __future__ import annotations

import pytest

from desktop_app.domain.enrolment_facts import Facts
from desktop_app.domain.requirements import judge_enrolment, turnouts
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.paths import resource_path


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return scheme_from(resource_path("schemes", "xianfeng-2024.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("plans", "women_at_work", "counted"),
    [
        (("hospital",), 40, [(False, 200, 160, 0)]),
        (("hospital", "women"), 40, [(False, 200, 160, 0), (True, 40, 32, 2)]),
        (("women",), 40, [(True, 40, 32, 2)]),
        (("women",), None, [(False, 200, 160, 0)]),
        ((), 40, [(False, 200, 160, 0)]),
    ],
)
def test_the_women_count_where_a_plan_is_theirs(
    scheme: Scheme,
    plans: tuple[str, ...],
    women_at_work: int | None,
    counted: list[tuple[bool, int, int, int]],
) -> None:
    facts = Facts(
        people=165, women=25, before_women=5, at_work=200, women_at_work=women_at_work, plans=plans
    )
    found = turnouts(facts, scheme)
    assert [(one.women, one.at_work, one.judged.needed, one.judged.missing) for one in found] == (
        counted
    )
    assert judge_enrolment(facts, scheme).ok is all(one.judged.ok for one in found)
