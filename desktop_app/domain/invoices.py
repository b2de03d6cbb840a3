"""What a unit's receipt is made out to: its title and its tax number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.texts import clean_number
from desktop_app.domain.uscc import check_uscc

# A taxpayer's number has 15, 17, 18 or 20 characters; that of 18 is the credit code.
_LENGTHS = (15, 17, 20)
_CREDIT_CODE = 18
_PLAIN = re.compile("[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Invoice:
    """Whom a receipt names; without a code it cannot be made out."""

    title: str
    code: str

    @property
    def text(self) -> str:
        return f"抬头 {self.title} · 税号 {self.code or '未填'}"


def invoice_of(name: str, title: str | None, *codes: str | None) -> Invoice:
    """A unit's invoice particulars: what was given for it, else its own name and codes.

    Args:
        name: of the unit.
        title: given for invoices.
        *codes: the number given for invoices, then the employer's code, then the union's.
    """
    return Invoice(title or name, next((code for code in codes if code), ""))


def tax_number(text: str) -> tuple[str, str]:
    """A tax number in its plain form, and what is wrong with it; empty where nothing is."""
    number = clean_number(text).upper()
    if len(number) == _CREDIT_CODE:
        checked = check_uscc(number)
        return number, "" if checked.valid else checked.problems[0].message
    if len(number) not in _LENGTHS:
        return number, f"税号应为15、17、18或20位,现在是{len(number)}位,请对照证件改正"
    if not _PLAIN.fullmatch(number):
        return number, "税号只有数字和大写字母,请对照证件改正"
    return number, ""
