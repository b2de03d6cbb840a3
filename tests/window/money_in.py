"""The bank's lines become what units have paid: read, booked, split, set aside, given back."""

from __future__ import annotations

from pathlib import Path

from tests.window import desk
from tests.window.clerk import Clerk
from tests.window.desk import answer

STATEMENTS, MATCHING = "银行流水", "认款"


def open_report(clerk: Clerk, tab: str) -> None:
    clerk.go("报表")
    clerk.turn_to(tab)


def read_statement(clerk: Clerk, statement: Path, lines: int, *, first: bool) -> None:
    store_statement(clerk, statement, lines, first=first)
    clerk.see(f"已存入:流水 {lines} 笔")


def store_statement(clerk: Clerk, statement: Path, lines: int, *, first: bool) -> None:
    """Up to the key that stores it; a whole day of an account that is new the first time."""
    drop_statement(clerk, statement)
    clerk.has_keys("读入流水")
    clerk.see(f"流水 {lines} 笔:新的 {lines} 笔")
    if first:
        clerk.tick("是第一次读入的新账户")
    clerk.shot("statement")
    clerk.press("存入")


def drop_statement(clerk: Clerk, statement: Path) -> None:
    """The bank's file falls on its list."""
    open_report(clerk, STATEMENTS)
    clerk.drop(statement, clerk.until(lambda: clerk.find(STATEMENTS, "table"), "the bank's lines"))


def book_certain(clerk: Clerk, lines: int) -> None:
    say_certain(clerk, lines)
    clerk.see(f"已认款 {lines} 笔。")


def say_certain(clerk: Clerk, lines: int) -> None:
    """Up to the key that books them."""
    clerk.press(f"认款可以确定的 {lines} 笔")
    clerk.has_keys(MATCHING)
    clerk.see(f"可以确定的流水 {lines} 笔")
    clerk.key("Return")


def book(clerk: Clerk, payer: str, told: str, *, units: tuple[str, ...] = (), left: int) -> None:
    """One line by hand, as it is proposed or shared out to units that are looked for.

    Args:
        told: what the dialog says of the money as it is shared out.
        left: how many lines wait behind it.
    """
    share_out(clerk, payer, told, units)
    clerk.see(f"待认款 {left} 笔")


def share_out(clerk: Clerk, payer: str, told: str, units: tuple[str, ...]) -> None:
    """Up to the button that books it."""
    clerk.pick("待认款", payer)
    clerk.press("认款选中的一笔")
    clerk.has_keys(MATCHING)
    for unit in units:
        clerk.press("添加别的单位的申请")
        clerk.has_keys("添加申请")
        clerk.fill("筛选单位", unit)
        clerk.pick("还欠钱的申请", unit)
        clerk.press("就是这家")
        clerk.has_keys(MATCHING)
    clerk.see(told)
    clerk.shot(f"book-{payer}")
    clerk.press("认款")


def set_aside(clerk: Clerk, payer: str, why: str, left: int) -> None:
    clerk.pick("待认款", payer)
    clerk.press("选中的一笔不是缴费")
    answer(clerk, "不是缴费", 原因=why)
    clerk.see("已登记为不是缴费")
    clerk.see(f"待认款 {left} 笔")


def ask_refund(clerk: Clerk, payer: str, why: str) -> None:
    """What pays for nothing goes back to its payer."""
    clerk.turn_to("余款")
    clerk.pick("余款", payer)
    clerk.press("余款申请退费")
    answer(clerk, "余款申请退费", 退费原因=why)
    clerk.see("已申请退费")


def refund_arrived(clerk: Clerk, payer: str) -> None:
    clerk.pick("余款", payer)
    clerk.press("登记余款退费到账")
    answer(clerk, "余款退费到账")
    clerk.see("已登记退费到账。")


def confirm_money(clerk: Clerk, unit: str) -> None:
    say_money_is_there(clerk, unit)
    clerk.see("下一步:打印确认书")


def say_money_is_there(clerk: Clerk, unit: str) -> None:
    """Somebody else does, up to the button that keeps it."""
    desk.find_unit(clerk, unit)
    clerk.press("下一步:登记到账")
    clerk.has_keys("登记到账")
    clerk.shot("confirm-money")
    clerk.press("登记到账")


def record_receipt(clerk: Clerk, unit: str, number: str) -> None:
    desk.find_unit(clerk, unit)
    clerk.press("互助金收据:登记")
    answer(clerk, "登记票据", 票据号码=number)
    clerk.see("号码已登记")


def look_at_tie(clerk: Clerk, told: str) -> None:
    open_report(clerk, "对账")
    clerk.see("各项相等")
    clerk.see(told)
    clerk.shot("tie")
