"""Phone numbers of people: mobile numbers of the mainland."""

from __future__ import annotations

from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.texts import clean_number


def phone_number(raw: str) -> str:
    """A mobile number as stored: no spaces, hyphens or +86."""
    text = clean_number(raw).replace("-", "")
    if len(text) > 11:
        text = text.removeprefix("+").removeprefix("86")
    return text


def phone_is_valid(number: str) -> bool:
    return len(number) == 11 and number[0] == "1" and number.isdigit() and number.isascii()


def check_phone(raw: str) -> tuple[Problem, ...]:
    """A doubt about a phone number is only a warning."""
    if phone_is_valid(phone_number(raw)):
        return ()
    return (Problem("phone", Severity.WARNING, "手机号应为11位数字,请核对"),)
