"""The main job as a clerk does it, act by act; `test_main_job` walks it and reads the result."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from desktop_app.services.samples.shapes import Person, SampleUnit
from tests.window.clerk import Clerk
from tests.window.desk import wait_ready

OFFICE, COUNTY = "明山县总工会(演示)", "明山县"
CLERK, REVIEWER, HEAD = ("周丽", "jingban"), ("吴敏", "fuhe"), ("郑国华", "fuze")
STAFF = (("经办员", CLERK), ("复核员", REVIEWER), ("负责人", HEAD))
FEES = {"住院医疗": "60", "重大疾病": "20", "女职工特殊疾病": "15", "意外伤害": "20"}
LIMIT = "100"
SCHEME = "咸丰县职工互助保障"
DOCUMENT = "演示文件第1号"
NOTICE, APPLICATION = "职工互助保障会费缴费通知单", "在职职工互助保障活动申请书"
MEMBER_LIST, CONFIRMATION = "互助保障活动会员名单", "互助保障活动确认书"
STAMPED = (APPLICATION, MEMBER_LIST, CONFIRMATION)
BUSINESS_NO = "HB-YS-000123"
RECEIPT_NO = "YS00000001"


@dataclass(frozen=True, slots=True)
class Job:
    clerk: Clerk
    unit: SampleUnit
    out: Path


def password(login: str) -> str:
    return f"yanshi-{login}-1"


def set_up_office(clerk: Clerk, *, figures: bool = False) -> None:
    """First start; the figures that the scheme still needs at once, or later one by one."""
    clerk.see("下一步:选方案")
    clerk.fill("机构名称", OFFICE)
    clerk.fill("县(市、区)", COUNTY)
    for role, (name, login) in STAFF:
        clerk.fill(f"{role}姓名", name)
        clerk.fill(f"{role}密码", password(login), secret=True)
        clerk.fill(f"{role}密码再输一次", password(login), secret=True)
    clerk.shot("first-start")
    clerk.press("下一步:选方案")
    clerk.take(SCHEME)
    clerk.shot("first-start-scheme")
    clerk.press("下一步:核对费用")
    clerk.see("住院医疗会费")
    clerk.shot("first-start-figures")
    if figures:
        type_figures(clerk)
    clerk.press("建立本机构")
    clerk.see("登录", patience=60)


def type_figures(clerk: Clerk) -> None:
    for plan, fee in FEES.items():
        clerk.fill(f"{plan}会费", fee)
        clerk.fill(f"{plan}限购份数(其他单位)", "1")
    clerk.fill("须全员参加的单位人数界限", LIMIT)
    clerk.fill("依据文件的名称和文号", DOCUMENT)


def sign_in(clerk: Clerk, who: tuple[str, str]) -> None:
    name, login = who
    clerk.see("用户(U)", patience=40)
    clerk.choose("用户(U)", name)
    clerk.fill("密码", password(login), secret=True)
    clerk.key("Return")
    clerk.see("工作台", patience=40)
    clerk.see(f"换人登录,现在是{name}")


def change_to(clerk: Clerk, who: tuple[str, str]) -> None:
    clerk.press("换人登录")
    sign_in(clerk, who)


def confirm_figures(clerk: Clerk) -> None:
    clerk.go("更多")
    clerk.turn_to("方案金额确认")
    rows = [[cell.name for cell in row] for row in clerk.rows("方案里的数值")]
    clerk.shot("figures")
    for label in [row[0] for row in rows if row[2] == "待核对"]:
        clerk.pick("方案里的数值", label)
        plan = next((plan for plan in FEES if plan in label), "")
        fee = FEES[plan] if plan and "会费" in label else ("1" if plan else LIMIT)
        clerk.fill("数值", fee)
        clerk.fill("依据文件的名称和文号", DOCUMENT)
        clerk.press("确认")
        clerk.see(f"已确认:{label}")


def check_roster(job: Job) -> None:
    clerk = job.clerk
    clerk.go("工作台")
    clerk.drop(roster(job.unit), clerk.see("把单位发来的花名册拖到这里"))
    expected = job.unit.expected
    assert expected is not None
    clerk.see(f"可用 {expected.accepted}")
    clerk.shot("roster-check")


def roster(unit: SampleUnit) -> Path:
    assert unit.roster is not None
    return unit.roster


def register_unit(job: Job) -> None:
    clerk, unit = job.clerk, job.unit
    clerk.go("办理")
    clerk.key("ctrl+n")
    clerk.see("统一社会信用代码")
    clerk.fill("单位名称", unit.name)
    clerk.choose("单位类型", "事业单位")
    clerk.fill("统一社会信用代码", unit.employer_code)
    clerk.fill("工会统一社会信用代码", unit.union_code)
    clerk.fill("在职职工", str(unit.at_work))
    clerk.fill("其中女职工", str(unit.women))
    clerk.fill("联系人", unit.contact_name)
    clerk.fill("联系电话", unit.phone)
    clerk.fill("付款账号", unit.payer_account)
    clerk.shot("register-unit")
    clerk.key("Return")
    clerk.see("这家单位刚登记")
    clerk.press("统一社会信用代码证书:添加")
    clerk.choose_file("添加材料", unit.certificate)
    clerk.see("材料已存入")
    clerk.shot("unit-registered")


def find_unit(job: Job) -> None:
    """Open the unit from the list, as another person does who has just signed in."""
    clerk = job.clerk
    clerk.go("办理")
    clerk.pick("单位", job.unit.name)
    clerk.key("Return")
    clerk.until(lambda: clerk.find("单位资料"), "the unit's page")


def open_unit(job: Job) -> None:
    clerk = job.clerk
    find_unit(job)
    clerk.press("审核开户")
    clerk.until(lambda: clerk.find("开户", "push button"), "the question")
    clerk.key("Return")
    clerk.see("今年还没有申请")


def start_enrolment(job: Job) -> None:
    clerk = job.clerk
    find_unit(job)
    clerk.press("新建申请")
    for plan in FEES:
        clerk.tick(f"{plan}")
    clerk.shot("new-enrolment")
    clerk.press("新建申请")
    clerk.see("0 人在内")


def drop_roster(job: Job) -> None:
    clerk, expected = job.clerk, job.unit.expected
    assert expected is not None
    people = clerk.until(lambda: clerk.find("名单", "table"), "the list of people")
    clerk.drop(roster(job.unit), people)
    clerk.see(f"可用 {expected.accepted} 人")


def read_roster(job: Job) -> None:
    drop_roster(job)
    job.clerk.shot("import-plan")
    job.clerk.key("Return")
    job.clerk.see(f"{len(job.unit.accepted)} 人在内")


def attach_proof(job: Job) -> None:
    clerk = job.clerk
    assert job.unit.proof is not None
    clerk.press("湖北省社会保险缴纳证明(单位专用):添加")
    clerk.choose_file("添加材料", job.unit.proof)
    clerk.see("材料已存入")


def submit(job: Job) -> None:
    job.clerk.shot("ready-to-submit")
    job.clerk.press("下一步:提交审核")
    job.clerk.see("提交后由另一位同事审核")
    job.clerk.key("Return")
    job.clerk.see("下一步:审核通过")


def approve(job: Job) -> None:
    find_unit(job)
    job.clerk.press("下一步:审核通过")
    job.clerk.see(f"提交人:{CLERK[0]}")
    wait_ready(job.clerk, "审核通过")  # the difference from last period is read first
    job.clerk.shot("review")
    job.clerk.key("Return")
    job.clerk.see("下一步:登记业务号")


def hand_over_to_province(job: Job) -> None:
    clerk = job.clerk
    job.out.mkdir(exist_ok=True)
    clerk.press("下一步:登记业务号")
    clerk.press("导出上报文件夹")
    clerk.choose_file("上报文件夹放在哪里", job.out)
    clerk.see("已导出")
    clerk.shot("exported")
    clerk.fill("业务号", BUSINESS_NO)
    clerk.press("登记业务号")
    clerk.see("下一步:登记缴费")


def type_into_the_site(job: Job) -> None:
    """The strip gives value after value; Esc takes it away, and what it copied with it."""
    clerk = job.clerk
    clerk.until(lambda: clerk.find("对照录入"), "the page with its ways to the province")
    clerk.key("F8")
    clerk.has_keys("对照录入")
    clerk.see("单位名称")  # the list of what is typed is read by now
    clerk.key("F8")
    clerk.see("已复制“单位名称”")
    assert clerk.copied() == job.unit.name
    clerk.key("Next", "F8", "F8")  # the first person's name, then number
    clerk.see("已复制“身份证号”")
    assert clerk.copied() in {person.identity for person in job.unit.accepted}
    clerk.shot("strip")
    clerk.key("Escape")
    clerk.see("下一步:登记业务号")
    assert clerk.copied() == ""


def print_form(job: Job, title: str) -> None:
    """Issue a form from its line and keep it as PDF."""
    job.clerk.press(f"{title}:打印")
    keep_issued(job, title)


def keep_issued(job: Job, title: str) -> None:
    clerk = job.clerk
    clerk.see("出具后编号和内容固定")
    clerk.key("Return")
    clerk.see("第1页,共", patience=30)
    clerk.see(f"{title} ")  # and its number: the window's title names the kept file
    clerk.shot(f"preview-{title}")
    clerk.press("另存PDF")
    clerk.choose_file("另存PDF", job.out / f"{title}.pdf")
    clerk.see("已另存为")
    clerk.key("Escape")


def pay(job: Job) -> None:
    clerk = job.clerk
    assert job.unit.slip is not None
    clerk.press("下一步:登记缴费")
    clerk.drop(job.unit.slip, clerk.see("把银行回单拖到这里"))
    clerk.see(job.unit.slip.name)
    clerk.see("金额和人数与名单一致")
    clerk.fill("回单编号", "YS-0001")
    clerk.shot("payment")
    clerk.press("登记")
    clerk.see("下一步:登记省办到账")


def confirm_money(job: Job) -> None:
    clerk = job.clerk
    find_unit(job)
    clerk.press("下一步:登记省办到账")
    first = time.localtime()
    clerk.fill("保障生效日", time.strftime("%Y-%m-%d", first))
    clerk.see(f"保障期自{first.tm_year}年{first.tm_mon}月{first.tm_mday}日0时起")
    clerk.fill("计划书编号", "演示计划书1号")
    clerk.shot("confirm-money")
    clerk.press("登记到账")
    clerk.see("下一步:打印确认书")


def print_confirmation(job: Job) -> None:
    job.clerk.press("下一步:打印确认书")
    keep_issued(job, CONFIRMATION)
    job.clerk.see("下一步:登记盖章件收回")


def bring_back(job: Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记盖章件收回")
    for title in STAMPED:
        clerk.tick(f"{title}已盖章收回")
    clerk.shot("stamped")
    clerk.press("登记收回")
    clerk.see("下一步:登记票据")


def record_receipt(job: Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:登记票据")
    clerk.fill("票据号码", RECEIPT_NO)
    clerk.press("登记")
    clerk.gone("票据号码")


def finish(job: Job) -> None:
    clerk = job.clerk
    clerk.press("下一步:核对档案并办结")
    clerk.see("逐份核对")
    for box in [w for w in clerk.front() if w.role == "check box"]:
        clerk.tick(box.name)
    clerk.shot("finish")
    clerk.press("办结")
    clerk.gone("逐份核对")


def register_claim(job: Job, person: Person) -> None:
    clerk = job.clerk
    clerk.go("申领")
    clerk.press("登记申领")
    clerk.fill("事发日期", time.strftime("%Y-%m-%d"))
    clerk.fill("找人", person.identity[-4:])
    clerk.pick("找到的人", person.name)
    clerk.choose("互助项目", "住院医疗")
    clerk.fill("申领金额(元)", "3200.50")
    clerk.shot("claim")
    clerk.press("登记")
    clerk.see("申领 3,200.50 元")
    clerk.shot("claim-registered")
