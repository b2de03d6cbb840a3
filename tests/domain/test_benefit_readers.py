"""Benefits in a scheme file: a mistake is refused with its place, not figured with."""

from __future__ import annotations

import pytest

from desktop_app.errors import UserError
from tests.domain.benefit_texts import (
    BRACKETS,
    CLASS_LESS,
    CONDOLENCE,
    DAILY,
    DISABILITY,
    RATE,
    STEPS,
    WAITING,
    benefits_of,
)

WRONG = [
    ("", "source"),
    ('source = "演示"', "parts"),
    (BRACKETS.replace("500000", "60000"), "parts[1].bands"),
    (BRACKETS.replace("500000", "50000"), "parts[1].bands"),
    (BRACKETS.replace("20/100", "120/100"), "parts[1].bands[1].share"),
    (BRACKETS.replace('kind = "brackets"', 'kind = "bracket"'), "parts[1].kind"),
    (BRACKETS[: BRACKETS.index("bands")], "parts[1].aid"),
    (BRACKETS.replace("above_fen", "over_fen", 1), "parts[1].bands[1].above_fen"),
    (RATE + RATE[RATE.index("[[parts") :], "parts"),
    (RATE + "kinds = 1\n", "parts[1].kinds"),
    (RATE.replace('share = "1/3"', ""), "parts[1].aid"),
    (RATE + '[deductible]\nsource = "演示"\n', "deductible.fen"),
    (RATE + '[deductible]\nsource = "演示"\nfen = 5\nper = "period"\n', "deductible"),
    (RATE + '[deductible]\nsource = "演示"\nfen = 5\nlater_fen = 6\n', "deductible.later_fen"),
    (RATE + '[[ceilings]]\nper = "case"\nsource = "演示"\n', "ceilings[1].fen"),
    (RATE + '[[ceilings]]\nper = "week"\nfen = 1\nsource = "演示"\n', "ceilings[1].per"),
    (RATE + '[[ceilings]]\nper = "case"\nfen = 1\n', "ceilings[1].source"),
    (RATE + '[minimum]\nsource = "演示"\n', "minimum.fen"),
    (RATE + '[[stacking]]\nmode = "net-of"\nsource = "演示"\n', "stacking[1].plans"),
    (RATE + '[waiting]\nsource = "演示"\n', "waiting.bands"),
    (WAITING.replace("from_day = 31", "from_day = 30"), "waiting.bands"),
    (WAITING.replace("to_day = 30, ", ""), "waiting.bands"),
    (WAITING.replace(', share = "0/1"', ""), "waiting.bands[1].share"),
    (WAITING + '[accumulation]\nover = "period"\nsource = "演示"\n', "waiting"),
    (CLASS_LESS.replace("{ share = 0.5 }", "{ share = 0.5 }, { share = 0.6 }"),
     "classes.hardship.bands"),
    (CONDOLENCE.replace('label = "二档"', 'label = "一档"'), "parts[1].amounts"),
    (DISABILITY.replace("2000000", "2000001"), "parts[1].grades[2].share"),
    (DISABILITY.replace("sum_fen = 2000000\n", "").split("grades")[0], "parts[1].disability"),
    (STEPS.replace("2000000", "400000"), "parts[1].steps"),
    (DAILY.replace("limit_days = 90", "limit_days = 0"), "parts[1].limit_days"),
    (DAILY.replace("day_fen = 5000", ""), "parts[1]"),
    ("known_until = 2023\n" + RATE, "known_until"),
    ("known_from = 2023\n" + RATE, "known_from"),
    ("known_from = 2023-01-02\nknown_until = 2023-01-01\n" + RATE, "known_until"),
    (RATE + '[[ceilings]]\nper = "case"\nfen = 1\nsource = "演示"\nfrom = 1\n', "ceilings[1].from"),
    (RATE + '[[ceilings]]\nper = "case"\nfen = 1\nsource = "演示"\nfrom = 2023-01-02\n'
     "until = 2023-01-01\n", "ceilings[1].until"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), WRONG)
def test_a_mistake_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(UserError) as caught:
        benefits_of(text)
    assert caught.value.code == "scheme-invalid"
    assert place in caught.value.message


def test_open_benefits_need_no_figures() -> None:
    benefits = benefits_of("to_confirm = true")
    assert benefits.unknown == ("plans.demo.benefits",)
    assert not benefits.accumulates


def test_an_open_part_without_a_reading_is_named() -> None:
    part = '[[parts]]\nid = "{0}"\nkind = "{0}"\nto_confirm = true\n'
    kinds = ("brackets", "rate", "daily", "severity", "grade", "disability", "fixed", "steps")
    benefits = benefits_of('source = "演示"\n' + "".join(part.format(kind) for kind in kinds))
    assert benefits.unknown == tuple(f"plans.demo.benefits.{kind}" for kind in kinds)


def test_a_part_of_a_limitless_allowance_is_read() -> None:
    (part,) = benefits_of(DAILY.replace("waiting_days = 3\n", "")).parts
    assert part.rule is not None
