"""Receipts are made out to what was given for them, else to the unit itself."""

from __future__ import annotations

import pytest

from desktop_app.domain.invoices import Invoice, invoice_of, tax_number

CODE, UNION, TAX = "9199999919522170XT", "81999999031971838U", "421022199901011"


@pytest.mark.parametrize(
    ("title", "codes", "invoice"),
    [
        (None, (None, CODE, UNION), Invoice("水厂", CODE)),
        ("县财政局", (TAX, CODE, UNION), Invoice("县财政局", TAX)),
        ("", ("", None, UNION), Invoice("水厂", UNION)),
        (None, (None, None, None), Invoice("水厂", "")),
    ],
)
def test_what_was_given_for_receipts_comes_first(
    title: str | None, codes: tuple[str | None, ...], invoice: Invoice
) -> None:
    assert invoice_of("水厂", title, *codes) == invoice


def test_the_particulars_are_told_in_words() -> None:
    assert Invoice("水厂", CODE).text == f"抬头 水厂 · 税号 {CODE}"
    assert Invoice("水厂", "").text == "抬头 水厂 · 税号 未填"


@pytest.mark.parametrize(
    ("typed", "number", "wrong"),
    [
        (CODE, CODE, ""),
        ("919999 9919522170xt", CODE, ""),
        (TAX, TAX, ""),
        ("42102219990101112", "42102219990101112", ""),
        ("4210221999010111234A", "4210221999010111234A", ""),
        ("9199999919522170XA", "9199999919522170XA", "统一社会信用代码末位校验不符"),
        ("4210", "4210", "现在是4位"),
        ("42102219990101-", "42102219990101-", "只有数字和大写字母"),
    ],
)
def test_a_tax_number_is_judged_by_its_length(typed: str, number: str, wrong: str) -> None:
    found, told = tax_number(typed)
    assert found == number
    assert wrong in told
    assert bool(told) == bool(wrong)
