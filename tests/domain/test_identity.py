"""Identity numbers of residents, Hong Kong, Macao and Taiwan residents, foreigners."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import IdentityKind, Sex
from desktop_app.domain.identity import (
    check_identity,
    identity_18,
    longer_form,
    looks_rounded,
    plain_resident,
)
from desktop_app.domain.issues import Severity

ON = datetime.date(2026, 12, 1)
BORN = st.dates(min_value=datetime.date(1900, 1, 1), max_value=ON)


def _number(place: str, born: datetime.date, sequence: int) -> str:
    return identity_18(f"{place}{born:%Y%m%d}{sequence:03d}")


def _codes(number: str) -> list[str]:
    return [problem.code for problem in check_identity(number, ON).problems]


def test_the_standard_s_example_is_a_woman_s_valid_number() -> None:
    judged = check_identity("34052419800101001X", ON)
    assert judged.valid
    assert judged.kind is IdentityKind.RESIDENT
    assert judged.born == datetime.date(1980, 1, 1)
    assert judged.sex is Sex.MALE  # 001 is odd
    assert judged.problems == ()


@given(BORN, st.integers(min_value=0, max_value=999))
def test_every_completed_number_is_valid_and_says_who(born: datetime.date, seq: int) -> None:
    number = _number("999999", born, seq)
    judged = check_identity(number, ON)
    assert (judged.valid, judged.problems, judged.born) == (True, (), born)
    assert judged.sex is (Sex.MALE if seq % 2 else Sex.FEMALE)
    assert plain_resident(number) == (judged.born, judged.sex)


@given(BORN, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(
    born: datetime.date, seq: int, place: int, step: int
) -> None:
    number = _number("420000", born, seq)
    wrong = str((int(number[place]) + step) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assert not check_identity(changed, ON).valid
    assert plain_resident(changed) is None


@given(st.text(alphabet="0123456789Xx ’'９ABC", max_size=20))
def test_the_short_way_never_says_more_than_the_rules(text: str) -> None:
    short = plain_resident(text)
    judged = check_identity(text)
    if short is not None:
        assert (judged.valid, judged.born, judged.sex, judged.problems) == (True, *short, ())


@given(st.text(max_size=24))
def test_no_text_breaks_the_check(text: str) -> None:
    judged = check_identity(text, ON)
    assert judged.valid is not any(
        problem.severity is Severity.ERROR for problem in judged.problems
    )
    assert judged.valid or (judged.born is None and judged.sex is None)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "identity-missing"),
        ("　", "identity-missing"),
        ("99999919900101001", "identity-length"),
        ("9999991990010100166", "identity-length"),
        ("99999919900101OO16", "identity-characters"),
        ("99999919900101X016", "identity-characters"),
        ("护照E12345678", "identity-characters"),
        ("12345A", "identity-characters"),
        ("99999919900101A", "identity-characters"),
        ("99999919900101001５5", "identity-length"),
        ("999999199001010017", "identity-check-digit"),
        (identity_18("99999919900230001"), "identity-birth-date"),
        (identity_18("99999918000101001"), "identity-birth-date"),
        (identity_18("99999920270101001"), "identity-birth-date"),
        ("4.2E+17", "identity-damaged"),
        ("4.28261990010100e+17", "identity-damaged"),
        ("999999900230001", "identity-birth-date"),
    ],
)
def test_wrong_numbers_are_refused_with_their_code(number: str, code: str) -> None:
    judged = check_identity(number, ON)
    assert code in [problem.code for problem in judged.problems]
    assert not judged.valid


def test_a_small_x_is_valid_with_a_warning() -> None:
    judged = check_identity("34052419800101001x", ON)
    assert judged.valid
    assert judged.number == "34052419800101001X"
    assert [(one.code, one.severity) for one in judged.problems] == [
        ("identity-lower-x", Severity.WARNING)
    ]


def test_spaces_width_and_apostrophe_are_cleaned_away() -> None:
    assert check_identity(" '340524 19800101 001Ｘ", ON).number == "34052419800101001X"


def test_fifteen_digits_are_valid_and_the_longer_form_is_offered() -> None:
    judged = check_identity("340524800101001", ON)
    assert (judged.valid, judged.kind) == (True, IdentityKind.RESIDENT_15)
    assert (judged.born, judged.sex) == (datetime.date(1980, 1, 1), Sex.MALE)
    (problem,) = judged.problems
    assert (problem.code, problem.severity) == ("identity-15-digits", Severity.WARNING)
    assert "34052419800101001X" in problem.message
    assert longer_form("340524800101001") == "34052419800101001X"


def test_an_even_last_digit_of_fifteen_is_a_woman() -> None:
    assert check_identity("340524800101002", ON).sex is Sex.FEMALE


@pytest.mark.parametrize("place", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan(place: str) -> None:
    judged = check_identity(_number(place, datetime.date(1990, 5, 6), 12), ON)
    assert (judged.valid, judged.kind) == (True, IdentityKind.HMT_RESIDENCE)
    assert (judged.sex, judged.problems) == (Sex.FEMALE, ())


def test_foreigners_new_cards_give_a_birth_date_but_no_sex() -> None:
    judged = check_identity("943760199803056672", ON)
    assert (judged.valid, judged.kind) == (True, IdentityKind.FOREIGN_PERMANENT)
    assert (judged.born, judged.sex) == (datetime.date(1998, 3, 5), None)
    assert judged.problems == ()


def test_foreigners_old_cards_are_three_letters_and_twelve_digits() -> None:
    judged = check_identity("abc110198001011", ON)
    assert (judged.number, judged.valid) == ("ABC110198001011", True)
    assert (judged.kind, judged.born) == (IdentityKind.FOREIGN_PERMANENT, None)


@pytest.mark.parametrize("place", ["000000", "190000", "840000", "910000"])
def test_an_unknown_place_only_warns(place: str) -> None:
    judged = check_identity(_number(place, datetime.date(1990, 5, 6), 12), ON)
    assert judged.valid
    assert [one.severity for one in judged.problems] == [Severity.WARNING]
    assert _codes(judged.number) == ["identity-region"]


def test_a_number_that_ends_in_zeros_is_told_to_be_rounded() -> None:
    (problem,) = check_identity("999999199005060000", ON).problems
    assert (problem.code, "取整" in problem.message) == ("identity-check-digit", True)


def test_birth_date_and_check_digit_are_both_told() -> None:
    assert _codes("999999199002300010") == ["identity-birth-date", "identity-check-digit"]


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "1" * 16 + "X", "１" * 17])
def test_only_seventeen_digits_are_completed(body: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        identity_18(body)


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("3405241980010100", None),
        ("ab0524198001010019", None),
        ("34052419８00101001X", None),
        ("3405241980010100AX", None),
        ("34052419800101001x", None),
    ],
)
def test_the_short_way_leaves_odd_numbers_to_the_rules(number: str, plain: None) -> None:
    assert plain_resident(number) is plain


@pytest.mark.parametrize(
    ("text", "rounded"),
    [("4.2E+17", True), ("4E17", True), ("E17", False), ("4.2", False), ("4.2E+x", False)],
)
def test_a_rounded_number_is_recognised(text: str, rounded: bool) -> None:
    assert looks_rounded(text) is rounded
