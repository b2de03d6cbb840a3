"""A registration that goes back and forth, then a new case by pasted cells."""

from __future__ import annotations

from desktop_app.services.samples.shapes import SampleUnit
from tests.window.clerk import Clerk
from tests.window.desk import find_unit

ALL_JOIN_UNDER = 100  # 演示: as the sample county confirmed it
SHARE = 80  # per cent of a larger unit's people, and of its women


def _share_of(unit: SampleUnit, people: int) -> int:
    return people if unit.at_work < ALL_JOIN_UNDER else -(-people * SHARE // 100)


def register(clerk: Clerk, unit: SampleUnit) -> None:
    """Particulars with one slip of the pen, certificates let fall on their lines."""
    clerk.go("办理")
    clerk.key("ctrl+n")
    clerk.see("统一社会信用代码")
    clerk.fill("单位名称", f"{unit.name}分校")
    clerk.choose("单位类型", "事业单位")
    clerk.fill("统一社会信用代码", unit.employer_code)
    clerk.fill("工会统一社会信用代码", unit.union_code)
    clerk.fill("在职职工", str(unit.at_work))
    clerk.fill("其中女职工", str(unit.women))
    clerk.fill("联系人", unit.contact_name)
    clerk.fill("联系电话", unit.phone)
    for title, paper in (
        ("统一社会信用代码证书", unit.certificate),
        ("工会法人资格证书", unit.union_certificate),
    ):
        clerk.drop_in_field(title, paper)
        clerk.see(paper.name)
    clerk.shot("register-with-certificates")
    clerk.press("登记")
    clerk.see("这家单位刚登记")


def return_unit(clerk: Clerk, name: str, reason: str) -> None:
    find_unit(clerk, name)
    clerk.press("审核开户")
    clerk.has_keys("审核开户")
    clerk.fill("退回原因", reason)
    clerk.press("退回")
    clerk.see(f"登记已退回:{reason}")


def rename_unit(clerk: Clerk, old: str, name: str) -> None:
    find_unit(clerk, old)
    clerk.key("F2")
    clerk.has_keys("单位资料")
    clerk.fill("单位名称", name)
    clerk.key("Return")
    clerk.see(name)


def open_unit(clerk: Clerk, name: str) -> None:
    find_unit(clerk, name)
    clerk.press("审核开户")
    clerk.has_keys("审核开户")
    clerk.key("Return")
    clerk.see("今年还没有申请")


def start_case(clerk: Clerk, unit: SampleUnit) -> None:
    """Participation follows what is typed."""
    find_unit(clerk, unit.name)
    clerk.press("新建申请")
    needed = _share_of(unit, unit.at_work)
    clerk.fill("参加职工", str(needed - 2))
    clerk.see(f"参加 {needed - 2} 人,应不少于 {needed} 人")
    clerk.see("还差 2 人")
    clerk.fill("参加职工", str(unit.at_work))
    clerk.see(f"参加 {unit.at_work} 人,应不少于 {needed} 人")
    clerk.see("已够")
    clerk.tick("住院医疗")
    clerk.tick("女职工特殊疾病")
    women = _share_of(unit, unit.women)
    clerk.see(f"女职工 {unit.women} 人,应不少于 {women} 人")
    clerk.shot("turnout-while-typing")
    clerk.press("新建申请")
    clerk.see("0 人在内")


def paste_people(clerk: Clerk, unit: SampleUnit) -> str:
    """Copied in a spreadsheet, pasted on the page; the last digit of the first number is off.

    Returns:
        the number as it should be.
    """
    lines = ["姓名\t身份证号\t手机号"]
    lines += [f"{one.name}\t{one.identity}\t{one.phone}" for one in unit.workers]
    right = unit.workers[0].identity
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    text = "\r\n".join(lines).replace(right, wrong) + "\r\n"
    clerk.enter_table("名单")
    clerk.copy(text.encode(), "UTF8_STRING")
    clerk.key("ctrl+v")
    clerk.see(f"可用 {len(unit.workers) - 1} 人")
    clerk.shot("pasted")
    clerk.key("Return")
    clerk.see("1 人待补")
    return right


def mend_parked(clerk: Clerk, person: str, number: str) -> None:
    clerk.turn_to("待补正 1")
    clerk.pick("待补正", person)
    clerk.fill("身份证号", number)
    clerk.shot("parked")
    clerk.press("存入这一行")
    clerk.gone("待补正 1")


def undo_mending(clerk: Clerk) -> None:
    clerk.press("撤销上一步")
    clerk.has_keys("撤销")
    clerk.key("Return")
    clerk.see("1 人待补")
