"""What comes back: people whom the reviewer or the province returns, money that differs."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.window.clerk import Clerk
from tests.window.desk import answer, wait_ready


def mark(clerk: Clerk, person: str, reason: str) -> None:
    clerk.pick("名单", person)
    clerk.press("标记退回")
    answer(clerk, "标记退回", 原因=reason)


def find_person(clerk: Clerk, person: str) -> None:
    """By typing, wherever in the list he stands."""
    clerk.turn_to("名单")
    clerk.fill("在名单里找", person)
    clerk.until(lambda: len(clerk.rows("名单")) == 1 or None, f"“{person}” alone in the list")


def return_marked(clerk: Clerk, shot: str) -> None:
    clerk.press("下一步:审核通过")
    clerk.see("标记了退回")
    clerk.shot(shot)
    clerk.press("退回")
    clerk.see("已退回:名单里有2人须补正")


def put_right(clerk: Clerk, person: str, name: str) -> None:
    clerk.pick("退回", person)
    clerk.press("改正重报")
    clerk.has_keys("改正重报")
    clerk.until(lambda: clerk.text_of("证件号码") or None, "the whole number")
    answer(clerk, "改正重报", 姓名=name)


def send_again(clerk: Clerk, person: str, reason: str) -> None:
    clerk.pick("退回", person)
    clerk.press("原样重报")
    answer(clerk, "原样重报", 原因=reason)


def submit(clerk: Clerk) -> None:
    clerk.press("下一步:提交审核")
    clerk.see("提交后由另一位同事审核")
    clerk.key("Return")
    clerk.see("下一步:审核通过")


def approve(clerk: Clerk) -> None:
    clerk.press("下一步:审核通过")
    clerk.see("提交人:")
    wait_ready(clerk, "审核通过")
    clerk.key("Return")
    clerk.see("下一步:登记业务号")


def export(clerk: Clerk, folder: Path) -> Path:
    """The upload folder of the case on the page, its dialog left open."""
    folder.mkdir(exist_ok=True)
    clerk.press("下一步:登记业务号")
    clerk.press("导出上报文件夹")
    clerk.choose_file("上报文件夹放在哪里", folder)
    clerk.see("已导出")
    return next(path for path in folder.iterdir() if path.is_dir())


def enter_number(clerk: Clerk, number: str) -> None:
    clerk.fill("业务号", number)
    clerk.press("登记业务号")
    clerk.see("下一步:登记缴费")


def failure_list(path: Path, people: list[tuple[str, str]]) -> Path:
    """In the platform's layout: a damaged name, one named twice, one rounded number, a stranger."""
    (damaged, first), (twice, second), (rounded, third) = people
    book = Workbook()
    book.active.append(["失败人员名单"])
    book.active.append(["序号", "参保人姓名", "身份证号", "手机号", "失败原因"])
    book.active.append([1, f"{damaged[0]}?", first, "", "姓名与公安信息不符(演示)"])
    book.active.append([2, twice, second, "", "该人员已由其他单位上报(演示)"])
    book.active.append([3, twice, second, "", "该人员已由其他单位上报(演示)"])
    book.active.append([4, rounded, float(third[:17] + "0"), "", "未通过核验(演示)"])
    book.active.append([5, "覃不在", "999999199001011234", "", "未通过核验(演示)"])
    book.save(path)
    return path


def read_failures(clerk: Clerk, path: Path, accepted: int) -> None:
    clerk.press("上报往来")
    clerk.has_keys("上报往来")
    clerk.press("读入失败名单或回执")
    clerk.choose_file("省系统的失败名单或回执", path)
    clerk.see(f"收下 {accepted} 人,退回 3 人,1 行对不上")
    clerk.see("覃不在")
    clerk.shot("failures-read")
    clerk.key("Escape")
    clerk.see("退回 3")


def pay(clerk: Clerk, slip: Path, number: str, amount: str = "", *, personal: bool = False) -> None:
    clerk.press("下一步:登记缴费")
    clerk.drop(slip, clerk.see("把银行回单拖到这里"))
    clerk.see(slip.name)
    if amount:
        clerk.fill("金额(元)", amount)
        clerk.see("金额比应缴")
    if personal:
        clerk.choose("付款账户", "个人账户")
    clerk.fill("回单编号", number)
    clerk.shot(f"pay-{number}")
    clerk.press("登记")


def return_payment(clerk: Clerk, told: str) -> None:
    """The page says what is wrong with the money; the unit pays again."""
    clerk.see(told)
    clerk.shot("payment-differs")
    clerk.press("退回单位重缴")
    clerk.has_keys("退回单位重缴")
    if not clerk.text_of("原因"):
        clerk.fill("原因", "须由单位对公账户缴纳")
    clerk.key("Return")
    clerk.see("下一步:登记缴费")
