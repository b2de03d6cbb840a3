"""Identity numbers: residents, Hong Kong, Macao and Taiwan residents, foreigners who live here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from db.codes import IdentityKind, Sex
from desktop_app.domain.issues import Problem, Severity, has_error
from desktop_app.domain.texts import clean_number

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, MOD 11-2
_CHECK = "10X98765432"  # by the weighted sum modulo 11
_ZEROS = 48 * sum(_WEIGHTS)  # what the digits' ASCII offset adds to the sum
_HMT_PLACES = frozenset(("810000", "820000", "830000"))
SAMPLE_PLACE = "999999"  # no such place: numbers of invented people
_PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71,),
    )
    for code in codes
)
_OLDEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Identity:
    """What a number says; `born` and `sex` only where the number is valid and says so."""

    number: str
    kind: IdentityKind
    valid: bool
    problems: tuple[Problem, ...]
    born: datetime.date | None
    sex: Sex | None


def check_character(body: str) -> str:
    """The check character of 17 ASCII digits."""
    return _CHECK[(sum(map(mul, _WEIGHTS, body.encode())) - _ZEROS) % 11]


def identity_18(body: str) -> str:
    """Complete 17 digits to an 18-character number."""
    if len(body) != 17 or not (body.isascii() and body.isdigit()):
        raise ValueError("a number's body is 17 digits")
    return body + check_character(body)


@lru_cache(maxsize=65536)
def birth_date(digits: str) -> datetime.date | None:
    """The date that 8 digits name; None where there is no such day since 1900."""
    try:
        born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born.year >= _OLDEST_YEAR else None


@lru_cache(maxsize=8192)
def _place_sum(digits: str) -> int:
    """What the place adds to the weighted sum; -1 for a place that deserves a closer look."""
    if not (digits.isascii() and digits.isdigit()):
        return -1
    if digits[:2] not in _PROVINCES and digits != SAMPLE_PLACE:
        return -1
    return sum(map(mul, _WEIGHTS[:6], map(int, digits)))


@lru_cache(maxsize=65536)
def _birth_sum(digits: str) -> tuple[datetime.date | None, int]:
    if not (digits.isascii() and digits.isdigit()):
        return None, 0
    return birth_date(digits), sum(map(mul, _WEIGHTS[6:14], map(int, digits)))


_SEQUENCES: dict[str, tuple[int, Sex]] = {
    f"{number:03d}": (
        sum(map(mul, _WEIGHTS[14:], map(int, f"{number:03d}"))),
        Sex.MALE if number % 2 else Sex.FEMALE,
    )
    for number in range(1000)
}


def plain_resident(number: str) -> tuple[datetime.date, Sex] | None:
    """Birth date and sex of a faultless resident number in capitals; None for all others.

    The short way for long rosters: sums of the number's parts are remembered. Whatever it does
    not take is judged by `check_identity`.
    """
    if len(number) != 18:
        return None
    place = _place_sum(number[:6])
    born, days = _birth_sum(number[6:14])
    tail = _SEQUENCES.get(number[14:17])
    if place < 0 or born is None or tail is None:
        return None
    if number[17] != _CHECK[(place + days + tail[0]) % 11]:
        return None
    return born, tail[1]


def check_identity(number: str, on: datetime.date | None = None) -> Identity:
    """Judge a number as typed.

    Args:
        number: the text; spaces, full width and a leading apostrophe are cleaned away.
        on: the day the question is asked: nobody is born after it.
    """
    cleaned = clean_number(number)
    upper = cleaned.upper()
    warnings: tuple[Problem, ...] = ()
    if cleaned != upper and upper.endswith("X") and len(upper) == 18:
        warnings = (_problem("identity-lower-x", "末位应为大写X,已按大写处理", Severity.WARNING),)
    if len(upper) == 18:
        return _check_18(upper, on, warnings)
    if len(upper) == 15:
        return _check_15(upper, on)
    return _refused(upper, _shape_problem(upper))


def looks_rounded(text: str) -> bool:
    """Whether a spreadsheet turned a long number into 4.2E+17."""
    mantissa, mark, exponent = text.upper().partition("E")
    return bool(
        mark
        and exponent.lstrip("+").isdigit()
        and mantissa.replace(".", "", 1).isdigit()
        and mantissa.isascii()
    )


def _shape_problem(number: str) -> Problem:
    if not number:
        return _problem("identity-missing", "身份证号没有填写,请补上")
    if looks_rounded(number):
        return _problem(
            "identity-damaged",
            "身份证号被表格改成了科学计数,后几位已丢失,请把单元格设为文本后重新填写",
        )
    misplaced = len(number) == 18  # an X that is not the last
    if misplaced or not all(char in "0123456789X" for char in number):
        return _problem("identity-characters", "身份证号里有数字和X以外的字符,请核对后改正")
    return _problem("identity-length", f"身份证号应为18位,现在是{len(number)}位,请核对后改正")


def _check_18(number: str, on: datetime.date | None, warnings: tuple[Problem, ...]) -> Identity:
    body = number[:17]
    if not (number.isascii() and body.isdigit() and (number[17].isdigit() or number[17] == "X")):
        return _refused(number, _shape_problem(number))
    problems = list(warnings)
    born = birth_date(number[6:14])
    if born is None or (on is not None and born > on):
        problems.append(_problem("identity-birth-date", _birth_text(number[6:14], born)))
    if number[17] != check_character(body):
        problems.append(_problem("identity-check-digit", _check_text(number)))
    kind = _kind_of(number)
    if not _place_known(number, kind):
        problems.append(
            _problem(
                "identity-region",
                f"身份证号开头的地区代码{number[:6]}不常见,请核对",
                Severity.WARNING,
            )
        )
    return _judged(number, kind, tuple(problems), born)


def _check_15(number: str, on: datetime.date | None) -> Identity:
    if number.isascii() and number[:3].isalpha() and number[3:].isdigit():
        return Identity(number, IdentityKind.FOREIGN_PERMANENT, True, (), None, None)
    if not (number.isascii() and number.isdigit()):
        return _refused(number, _shape_problem(number))
    longer = longer_form(number)
    born = birth_date(longer[6:14])
    if born is None or (on is not None and born > on):
        problem = _problem("identity-birth-date", _birth_text(longer[6:14], born))
        return Identity(number, IdentityKind.RESIDENT_15, False, (problem,), None, None)
    problem = _problem(
        "identity-15-digits",
        f"这是15位旧身份证号,对应的18位号码是{longer},请向本人核对后改用18位",
        Severity.WARNING,
    )
    sex = Sex.MALE if int(number[14]) % 2 else Sex.FEMALE
    return Identity(number, IdentityKind.RESIDENT_15, True, (problem,), born, sex)


def longer_form(number: str) -> str:
    """The 18-character form of a 15-digit number."""
    return identity_18(f"{number[:6]}19{number[6:]}")


def _check_text(number: str) -> str:
    if number.endswith("000"):
        return "身份证号末位校验不符,末三位000多半是被表格取整,请按证件重新填写"
    return "身份证号末位校验不符,请向本人核对后改正"


def _birth_text(digits: str, born: datetime.date | None) -> str:
    what = "不是有效日期" if born is None else "晚于今天"
    return f"身份证号中的出生日期{digits}{what},请核对后改正"


def _kind_of(number: str) -> IdentityKind:
    if number[:6] in _HMT_PLACES:
        return IdentityKind.HMT_RESIDENCE
    if number[0] == "9" and not number.startswith(SAMPLE_PLACE):
        return IdentityKind.FOREIGN_PERMANENT
    return IdentityKind.RESIDENT


def _place_known(number: str, kind: IdentityKind) -> bool:
    if kind is IdentityKind.FOREIGN_PERMANENT:
        return number[1:3] in _PROVINCES
    return (
        kind is IdentityKind.HMT_RESIDENCE
        or number[:2] in _PROVINCES
        or number.startswith(SAMPLE_PLACE)
    )


def _judged(
    number: str, kind: IdentityKind, problems: tuple[Problem, ...], born: datetime.date | None
) -> Identity:
    if problems and has_error(problems):
        return Identity(number, kind, False, problems, None, None)
    sex = None
    if kind is not IdentityKind.FOREIGN_PERMANENT:  # the sources give no parity for foreigners
        sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(number, kind, True, problems, born, sex)


def _refused(number: str, problem: Problem) -> Identity:
    return Identity(number, IdentityKind.UNKNOWN, False, (problem,), None, None)


def _problem(code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, severity, message)
