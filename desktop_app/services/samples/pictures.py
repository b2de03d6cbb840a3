"""Certificates, proofs and bank slips as pictures: invented, and marked so across the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.money import capitals, yuan
from desktop_app.domain.schemes.scheme_parts import Payee
from desktop_app.services.samples.drawing import Drawing
from desktop_app.services.samples.shapes import Person, SampleSlip

_COLUMNS, _ROW = 3, 23
_REGISTERED = date(2019, 5, 6)
_FOOT = "演示样张:内容均为虚构,不具有任何效力"


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    number: str
    bank: str


def draw_certificate(title: str, code: str, pairs: list[tuple[str, str]]) -> bytes:
    """A registration certificate: title, code, and what it says of the unit."""
    sheet = Drawing(840, 560)
    sheet.frame(20, 20, 820, 540, 3)
    sheet.centred(80, f"{title}(演示)", 36)
    sheet.centred(132, f"统一社会信用代码  {code}", 22)
    sheet.pairs(200, [*pairs, ("登记日期", f"{_REGISTERED:%Y年%m月%d日}")], 50)
    sheet.centred(510, _FOOT, 16)
    return sheet.png()


def draw_slip(slip: SampleSlip, payer: Account, payee: Payee, unit: str) -> bytes:
    sheet = Drawing(960, 560, mark="演示回单")
    sheet.centred(50, "银行电子回单(演示)", 32)
    sheet.text(60, 100, f"交易日期 {slip.paid_on:%Y-%m-%d}", 19)
    sheet.right(900, 100, f"流水号 {slip.number}", 19)
    sheet.frame(50, 125, 910, 490)
    for y in (257, 389):
        sheet.line(50, y, 910, y)
    _draw_account(sheet, 150, "付款人", payer)
    _draw_account(sheet, 282, "收款人", Account(payee.name, payee.account, payee.bank))
    sheet.text(70, 418, f"金额  ¥{yuan(slip.amount_fen)}    {capitals(slip.amount_fen)}", 20)
    sheet.text(70, 460, f"用途  {unit} {slip.people}人会费", 18)
    sheet.centred(528, _FOOT, 16)
    return sheet.png()


def _draw_account(sheet: Drawing, top: int, who: str, account: Account) -> None:
    sheet.text(70, top + 42, who, 22)
    lines = (("户名", account.name), ("账号", account.number), ("开户行", account.bank))
    for place, (label, value) in enumerate(lines):
        sheet.text(190, top + place * 42, label, 18, grey=True)
        sheet.text(280, top + place * 42, value, 20)


def draw_proof(unit: str, code: str, people: tuple[Person, ...], on: date) -> bytes:
    """The insurance office's proof for a unit: everyone on its payroll."""
    rows = -(-len(people) // _COLUMNS)
    sheet = Drawing(900, 230 + max(rows, 12) * _ROW + 90)
    sheet.centred(60, "社会保险缴纳证明(单位专用)(演示)", 32)
    sheet.text(50, 115, f"单位名称 {unit}", 19)
    sheet.text(50, 145, f"统一社会信用代码 {code}", 19)
    sheet.text(50, 175, f"{on:%Y年%m月} 职工基本医疗保险 参保 {len(people)} 人", 19)
    sheet.line(50, 200, 850, 200)
    for place, person in enumerate(people):
        column, row = divmod(place, max(rows, 1))
        x, y = 50 + column * 275, 222 + row * _ROW
        sheet.text(x, y, f"{place + 1:>3}  {person.name}", 15)
        sheet.right(x + 258, y, f"{person.identity[:6]}****{person.identity[-4:]}", 13)
    sheet.centred(sheet.height - 40, _FOOT, 16)
    return sheet.png()


def draw_paper(title: str, pairs: list[tuple[str, str]], mark: str = "演示样张") -> bytes:
    """Any other paper somebody brings, as labelled lines."""
    sheet = Drawing(760, 200 + len(pairs) * 48 + 80, mark=mark)
    sheet.centred(70, f"{title}(演示)", 32)
    sheet.line(60, 115, 700, 115)
    sheet.pairs(160, pairs, 48)
    sheet.centred(sheet.height - 40, _FOOT, 16)
    return sheet.png()
