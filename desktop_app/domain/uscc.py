"""Unified social credit codes of units and unions, GB 32100-2015."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.issues import Problem, Severity, has_error
from desktop_app.domain.texts import clean_number

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, positions 9 to 16
# First character (registering department) -> second characters it may give.
_DEPARTMENTS = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "123",
    "A": "19",
    "N": "1239",
    "Y": "1",
}


@dataclass(frozen=True, slots=True)
class CreditCode:
    code: str
    valid: bool
    problems: tuple[Problem, ...]


def credit_check_character(body: str) -> str:
    """The check character of the first 17 characters."""
    total = sum(_VALUES[char] * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def is_union_code(code: str) -> bool:
    """Whether the code is a trade union's own, not an employer's."""
    return code.startswith("8")


def division_of(code: str | None) -> str | None:
    """The division code (GB/T 2260) in a credit code; None for central and reserved ones."""
    division = (code or "")[2:8]
    if len(division) < 6 or not division.isdigit() or division.startswith(("10", "99")):
        return None
    return division


def check_uscc(code: str) -> CreditCode:
    """Judge a code as typed; lower case and spaces are cleaned away."""
    number = clean_number(code).upper()
    problems = _problems(number)
    return CreditCode(number, not has_error(problems), problems)


def _problems(number: str) -> tuple[Problem, ...]:
    if not number:
        return (_problem("uscc-missing", "统一社会信用代码没有填写,请补上"),)
    if len(number) != 18:
        return (
            _problem(
                "uscc-length", f"统一社会信用代码应为18位,现在是{len(number)}位,请对照证书改正"
            ),
        )
    wrong = sorted({char for char in number if char not in _VALUES})
    if wrong:
        return (
            _problem(
                "uscc-characters",
                f"统一社会信用代码里不会出现“{''.join(wrong)}”,请对照证书改正",
            ),
        )
    return tuple(_content_problems(number))


def _content_problems(number: str) -> list[Problem]:
    problems = []
    if not number[2:8].isdigit():
        problems.append(
            _problem("uscc-region", "统一社会信用代码第3至8位应是地区代码数字,请对照证书改正")
        )
    if credit_check_character(number[:17]) != number[17]:
        problems.append(_problem("uscc-check-digit", "统一社会信用代码末位校验不符,请对照证书改正"))
    if number[1] not in _DEPARTMENTS.get(number[0], ""):
        problems.append(
            _problem(
                "uscc-department",
                f"统一社会信用代码开头“{number[:2]}”不是已知的登记类别,请对照证书核对",
                Severity.WARNING,
            )
        )
    if not problems and _inner_check(number[8:16]) != number[16]:
        problems.append(
            _problem(
                "uscc-inner-check",
                "统一社会信用代码第9至17位的组织机构代码校验不符,少数真实代码也如此,请对照证书核对",
                Severity.WARNING,
            )
        )
    return problems


def _inner_check(body: str) -> str:
    """GB 11714 counts letters A to Z as 10 to 35."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _problem(code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message)
