"""Last year's books, a claim on their cover, the numbers of the board and the query."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.window.clerk import Clerk


def take_over_books(clerk: Clerk, workbook: Path, units: int) -> None:
    clerk.go("更多")
    clerk.turn_to("期初建账")
    clerk.drop(workbook, clerk.see("把上年的单位表和名单拖到这里"))
    clerk.see(f"新登记 {units} 家")
    clerk.shot("opening")
    clerk.key("F10")
    clerk.see(f"已存入:单位 {units} 家", patience=90)


def register_claim(clerk: Clerk, name: str, number: str, on: str) -> None:
    clerk.go("申领")
    clerk.press("登记申领")
    clerk.fill("事发日期", on)
    clerk.fill("找人", number[-4:])
    clerk.pick("找到的人", name)
    clerk.choose("互助项目", "住院医疗")
    clerk.fill("申领金额(元)", "3200.50")
    clerk.press("登记")
    clerk.see("资料须交纸质件")


def take_papers(clerk: Clerk) -> None:
    """A number for each paper: 1 where its copy is kept."""
    rows = clerk.rows("申领资料")
    clerk.pick("申领资料", rows[0][0].name)
    for _row in rows:
        clerk.key("1")
        clerk.settle()
    clerk.gone("份资料,请登记收到的资料")


def find_claim(clerk: Clerk, name: str) -> None:
    clerk.go("申领")
    clerk.pick("申领", name)


def move_claim(clerk: Clerk, label: str, then: str) -> None:
    clerk.press(f"下一步:{label}")
    clerk.has_keys(label)
    clerk.key("Return")
    clerk.see(then)


def decide_claim(clerk: Clerk, amount: str) -> None:
    clerk.press("下一步:登记省办决定")
    clerk.has_keys("省办核定")
    clerk.fill("核定金额(元)", amount)
    clerk.shot("decision")
    clerk.key("Return")
    clerk.see("下一步:登记到账日")


def carry_claim(
    clerk: Clerk, name: str, to_reviewer: Callable[[], None], to_clerk: Callable[[], None]
) -> None:
    """From its papers to 已告知, the review by another person."""
    take_papers(clerk)
    move_claim(clerk, "资料已收齐", "复核须由另一位同事办理")
    to_reviewer()
    find_claim(clerk, name)
    move_claim(clerk, "复核", "下一步:已上报省办")
    to_clerk()
    find_claim(clerk, name)
    move_claim(clerk, "已上报省办", "下一步:登记省办决定")
    decide_claim(clerk, "1500.50")
    move_claim(clerk, "登记到账日", "下一步:已告知本人")
    move_claim(clerk, "已告知本人", "已办结")


def open_number(clerk: Clerk, button: str) -> list[str]:
    """The units behind a number of the board."""
    clerk.go("工作台")
    clerk.press(button)
    clerk.until(lambda: clerk.find("单位", "table"), "the list of units")
    clerk.see("全部显示")
    return [row[1].name for row in clerk.rows("单位")]


def ask(clerk: Clerk, text: str, answer: str) -> None:
    clerk.go("查询")
    clerk.fill("查询内容", text)
    clerk.row("查询结果", answer)
    clerk.shot("query")
