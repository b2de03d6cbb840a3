"""Credit codes, bank numbers, phones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.bank import check_bank_card, check_bank_no
from desktop_app.domain.contacts import check_phone, phone_number
from desktop_app.domain.uscc import check_uscc, credit_check_character, is_union_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _codes(code: str) -> list[str]:
    return [problem.code for problem in check_uscc(code).problems]


def test_the_standard_s_example_is_valid() -> None:
    judged = check_uscc("91350100m000100y43")
    assert (judged.code, judged.valid, judged.problems) == ("91350100M000100Y43", True, ())


@given(st.text(alphabet=ALPHABET, min_size=9, max_size=9), st.integers(0, 16), st.integers(1, 30))
def test_any_single_wrong_character_is_noticed(body: str, place: int, step: int) -> None:
    code = "91999999" + body
    code += credit_check_character(code)
    assert check_uscc(code).valid
    wrong = ALPHABET[(ALPHABET.index(code[place]) + step) % 31]
    assert not check_uscc(code[:place] + wrong + code[place + 1 :]).valid


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("", ["uscc-missing"]),
        ("91350100M000100Y4", ["uscc-length"]),
        ("91350100M000100I43", ["uscc-characters"]),
        ("91350100M000100Y44", ["uscc-check-digit"]),
        ("9135A100M000100Y43", ["uscc-region", "uscc-check-digit"]),
    ],
)
def test_wrong_codes_are_refused_with_their_code(code: str, wanted: list[str]) -> None:
    assert _codes(code) == wanted
    assert not check_uscc(code).valid


def test_an_unknown_department_only_warns() -> None:
    code = "99350100M000100Y4"
    code += credit_check_character(code)
    assert _codes(code) == ["uscc-department"]
    assert check_uscc(code).valid


def test_a_wrong_organisation_code_inside_only_warns() -> None:
    code = "91350100M000100X4"
    code = code[:16] + "0" + credit_check_character(code[:16] + "0")
    assert _codes(code) == ["uscc-inner-check"]
    assert check_uscc(code).valid


def test_a_union_s_own_code_starts_with_eight() -> None:
    assert is_union_code("81420000000000000X")
    assert not is_union_code("91350100M000100Y43")


@pytest.mark.parametrize("number", ["104521020015", "104 521 020 015"])
def test_the_province_s_bank_number_passes(number: str) -> None:
    assert check_bank_no(number) == ()


@pytest.mark.parametrize("number", ["104521020016", "10452102001", "10452102001A"])
def test_a_doubtful_bank_number_warns(number: str) -> None:
    (problem,) = check_bank_no(number)
    assert (problem.code, problem.severity.value) == ("bank-no", "warning")


@pytest.mark.parametrize("number", ["9999990000000006", "9999 9900 0000 0006"])
def test_cards_pass_luhn(number: str) -> None:
    assert check_bank_card(number) == ()


@pytest.mark.parametrize("number", ["9999990000000007", "123456", "9" * 20, "卡号"])
def test_a_doubtful_card_warns(number: str) -> None:
    (problem,) = check_bank_card(number)
    assert (problem.code, problem.severity.value) == ("bank-card", "warning")


@pytest.mark.parametrize(
    "raw", ["19900001111", "199 0000 1111", "199-0000-1111", "+8619900001111", "8619900001111"]
)
def test_phone_numbers_are_brought_to_eleven_digits(raw: str) -> None:
    assert phone_number(raw) == "19900001111"
    assert check_phone(raw) == ()


@pytest.mark.parametrize("raw", ["0718-6822222", "1990000111", "29900001111", "无"])
def test_other_phone_numbers_warn(raw: str) -> None:
    (problem,) = check_phone(raw)
    assert (problem.code, problem.severity.value) == ("phone", "warning")
