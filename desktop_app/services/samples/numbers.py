"""Invented numbers that pass their checks and can belong to nobody: region 999999, free ranges."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from db.codes import Sex
from desktop_app.domain.bank import luhn_holds
from desktop_app.domain.identity import SAMPLE_PLACE, identity_18
from desktop_app.domain.uscc import check_uscc, credit_check_character


def luhn_digit(body: str) -> str:
    return next(digit for digit in "0123456789" if luhn_holds(body + digit))


class Numbers:
    """Draws each number once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._accounts: dict[str, str] = {}
        self._phones = iter(rng.sample(range(10_000), 10_000))

    def born(self, on: date, years: int) -> date:
        """A birth date of somebody who is `years` old on the day, away from his birthday."""
        return date(on.year - years, on.month, 1) - timedelta(days=self._rng.randint(20, 330))

    def identity(self, born: date, sex: Sex) -> str:
        while True:
            sequence = self._rng.randrange(1 if sex is Sex.MALE else 2, 998, 2)
            number = identity_18(f"{SAMPLE_PLACE}{born:%Y%m%d}{sequence:03d}")
            if number not in self._taken:
                self._taken.add(number)
                return number

    def phone(self) -> str:
        return f"1990000{next(self._phones):04d}"

    def card(self) -> str:
        body = SAMPLE_PLACE + self._digits(12)
        return body + luhn_digit(body)

    def credit_code(self, department: str) -> str:
        body = department + SAMPLE_PLACE + self._digits(8)
        # Of the characters that may stand inside, one is right by GB 11714.
        bodies = (body + inner for inner in "0123456789X")
        codes = (each + credit_check_character(each) for each in bodies)
        return next(code for code in codes if not check_uscc(code).problems)

    def account(self, shared_by: str | None = None) -> str:
        """A corporate account; one that several units pay from is drawn once."""
        if shared_by is None:
            return "9999" + self._digits(13)
        return self._accounts.setdefault(shared_by, "9999" + self._digits(13))

    def _digits(self, count: int) -> str:
        return "".join(self._rng.choices("0123456789", k=count))
