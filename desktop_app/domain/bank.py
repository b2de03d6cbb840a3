"""Bank numbers: a person's card by Luhn, a bank's 12 digits; company accounts have no check."""

from __future__ import annotations

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.texts import clean_number

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # digit sum of the doubled digit


def luhn_holds(number: str) -> bool:
    digits = [int(char) for char in reversed(number)]
    return (sum(digits[::2]) + sum(_DOUBLED[digit] for digit in digits[1::2])) % 10 == 0


def check_bank_card(number: str) -> tuple[Problem, ...]:
    """A person's card: 13 to 19 digits that pass the Luhn check; a doubt is only a warning."""
    text = clean_number(number).replace("-", "")
    if not (text.isascii() and text.isdigit() and 13 <= len(text) <= 19):
        return (_warning("bank-card", "银行卡号应为13至19位数字,请向本人核对"),)
    if not luhn_holds(text):
        return (_warning("bank-card", "银行卡号校验不符,请向本人核对"),)
    return ()


def check_bank_no(number: str) -> tuple[Problem, ...]:
    """A bank's own number (行号): 12 digits, ISO 7064 MOD 11,10; a doubt is only a warning."""
    text = clean_number(number)
    if not (text.isascii() and text.isdigit() and len(text) == 12):
        return (_warning("bank-no", "行号应为12位数字,请核对"),)
    rest = 10
    for char in text[:11]:
        rest = ((rest + int(char)) % 10 or 10) * 2 % 11
    if (rest + int(text[11])) % 10 != 1:
        return (_warning("bank-no", "行号校验不符,请核对"),)
    return ()


def _warning(code: str, message: str) -> Problem:
    return Problem(code, Severity.WARNING, message)
