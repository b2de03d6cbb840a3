"""A refused number comes back as it was read, with the reason a clerk can act on."""

from __future__ import annotations

import datetime

import pytest

from db.codes import IdentityKind
from desktop_app.domain.identity import check_identity, identity_18, looks_rounded

ON = datetime.date(2026, 12, 1)
OF_1999 = identity_18("42282619991201001")
ON_1999 = datetime.date(1999, 12, 1)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("", IdentityKind.UNKNOWN),
        ("12345", IdentityKind.UNKNOWN),
        ("4.2E+17", IdentityKind.UNKNOWN),
        ("42282619X01001001X", IdentityKind.UNKNOWN),
        ("4228269A0101001", IdentityKind.UNKNOWN),
        ("422826991301001", IdentityKind.RESIDENT_15),
        ("340524198001010010", IdentityKind.RESIDENT),
        ("830000198001010010", IdentityKind.HMT_RESIDENCE),
    ],
)
def test_a_refused_number_is_given_back_as_read_and_says_nothing_of_the_person(
    number: str, kind: IdentityKind
) -> None:
    judged = check_identity(number, ON)
    assert (judged.number, judged.kind) == (number, kind)
    assert judged.valid is False
    assert (judged.born, judged.sex) == (None, None)
    assert judged.problems
    assert all(problem.message for problem in judged.problems)


def test_an_old_number_and_a_foreigner_s_old_card_are_given_back_as_read() -> None:
    resident, foreigner = check_identity("422826800101001", ON), check_identity("ABC123456789012")
    assert (resident.number, resident.valid) == ("422826800101001", True)
    assert (foreigner.number, foreigner.problems) == ("ABC123456789012", ())


def test_a_foreigner_s_old_card_has_no_fourth_letter() -> None:
    assert not check_identity("ABCD12345678901", ON).valid


@pytest.mark.parametrize("number", [OF_1999, "422826991201001"])
def test_nobody_is_too_young_on_the_day_of_birth_but_the_day_before(number: str) -> None:
    assert check_identity(number, ON_1999).valid
    assert check_identity(number).valid  # no day is asked for
    refused = check_identity(number, ON_1999 - datetime.timedelta(days=1))
    assert not refused.valid
    assert "19991201晚于今天" in refused.problems[0].message


@pytest.mark.parametrize("number", [identity_18("42282619990230001"), "422826990230001"])
def test_a_day_that_no_calendar_has_is_named(number: str) -> None:
    (problem,) = check_identity(number, ON).problems
    assert "19990230不是有效日期" in problem.message


def test_a_warning_names_the_six_digits_of_the_place() -> None:
    (problem,) = check_identity(identity_18("19000019800101001"), ON).problems
    assert "190000不常见" in problem.message


@pytest.mark.parametrize(
    ("text", "rounded"),
    [("4.2E17", True), ("4.2.1E17", False), ("42E1E7", False), ("4E", False)],
)
def test_only_one_point_and_one_exponent_make_a_rounded_number(text: str, rounded: bool) -> None:
    assert looks_rounded(text) is rounded
