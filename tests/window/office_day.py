"""The desk beside the straight way: returns, refusals, differences, paper, last year's books."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from desktop_app.intake.page_codes import read_pages
from desktop_app.services.samples.shapes import SampleUnit
from tests.paper_scans import as_pdf, pages_of, worn
from tests.window.clerk import Clerk

Who = tuple[str, str]  # name and password
CLERK: Who = ("王丽", "yanshi-wangli-1")
REVIEWER: Who = ("张敏", "yanshi-zhangmin-2")
HEAD: Who = ("陈国华", "yanshi-chenguo-3")


def sign_in(clerk: Clerk, who: Who) -> None:
    name, password = who
    clerk.see("用户(U)", patience=40)
    clerk.choose("用户(U)", name)
    clerk.fill("密码", password, secret=True)
    clerk.key("Return")
    clerk.see(f"换人登录,现在是{name}", patience=40)


def change_to(clerk: Clerk, who: Who) -> None:
    clerk.press("换人登录")
    sign_in(clerk, who)


def find_unit(clerk: Clerk, name: str) -> None:
    """From the list; the place leads back to the unit one was at, where there is one."""
    clerk.go("办理")
    clerk.until(lambda: clerk.find("单位", "table") or clerk.find("单位资料"), "units or one unit")
    if clerk.find("单位资料") is None:
        clerk.pick("单位", name)
        clerk.key("Return")
    clerk.until(lambda: clerk.find("单位资料"), "the unit's page")
    clerk.see(name)


def answer(clerk: Clerk, title: str, **fields: str) -> None:
    """Fill the dialog with this title and press its blue button by Enter."""
    clerk.has_keys(title)
    for field, text in fields.items():
        clerk.fill(field, text)
    clerk.key("Return")


# A list that the reviewer returns in part


def mark(clerk: Clerk, person: str, reason: str) -> None:
    clerk.pick("名单", person)
    clerk.press("标记退回")
    answer(clerk, "标记退回", 原因=reason)


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
    clerk.key("Return")
    clerk.see("下一步:登记业务号")


# The province's answers


def export(clerk: Clerk, folder: Path) -> Path:
    """The upload folder of the case on the page, its dialog left open."""
    folder.mkdir()
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


def read_failures(clerk: Clerk, path: Path) -> None:
    clerk.press("上报往来")
    clerk.has_keys("上报往来")
    clerk.press("读入失败名单或回执")
    clerk.choose_file("省系统的失败名单或回执", path)
    clerk.see("收下 85 人,退回 3 人,1 行对不上")
    clerk.see("覃不在")
    clerk.shot("failures-read")
    clerk.key("Escape")
    clerk.see("退回 3")


# Money that does not agree


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


# Paper that comes back


def print_next(clerk: Clerk, title: str, target: Path) -> Path:
    """The blue button prints a form; it is kept as PDF."""
    clerk.press("下一步:打印")
    clerk.see("出具后编号和内容固定")
    clerk.key("Return")
    return keep(clerk, title, target)


def open_form(clerk: Clerk, title: str, target: Path) -> Path:
    """A form that was issued before, kept as PDF from its preview."""
    clerk.press(f"{title}:")
    return keep(clerk, title, target)


def issue(clerk: Clerk, title: str, target: Path) -> Path:
    clerk.press(f"{title}:打印")
    clerk.see("出具后编号和内容固定")
    clerk.key("Return")
    return keep(clerk, title, target)


def keep(clerk: Clerk, title: str, target: Path) -> Path:
    clerk.see("第1页,共", patience=30)
    clerk.see(f"{title} ")
    clerk.press("另存PDF")
    clerk.choose_file("另存PDF", target)
    clerk.see("已另存为")
    clerk.key("Escape")
    return target


def code_of(pdf: Path) -> str:
    """What a scanner reads on the form's first page."""
    page = next(iter(read_pages(pdf.read_bytes(), "pdf")))
    [text] = page.codes
    return text


def beep(clerk: Clerk, text: str, told: str) -> None:
    """A scanner types the code and Enter, wherever the cursor is."""
    clerk.write(text)
    clerk.key("Return")
    clerk.see(told)


def bring_back(clerk: Clerk, beeped: Path, stack: Path) -> None:
    """One form by its beep, once too often and once misread; the others in one scan."""
    code = code_of(beeped)
    clerk.key("ctrl+r")
    clerk.see("收件(盖章件收回)")
    beep(clerk, code, "还缺")
    beep(clerk, code, "重复")
    beep(clerk, f"{code[:-1]}{'0' if code[-1] != '0' else '1'}", "没有收")
    clerk.drop(stack, clerk.see("把扫描的 PDF 或照片拖到这里"))
    clerk.see("归入 5 页", patience=60)
    clerk.shot("reception")


def complete_file(clerk: Clerk, handover: Path) -> None:
    """Receipt, hand-over list, every paper ticked: 办结 waits for the last tick."""
    clerk.press("下一步:登记票据")
    answer(clerk, "登记会费票据", 票据号码="YS00000099")
    clerk.see("下一步:核对档案并办结")
    issue(clerk, "互助保障活动档案移交清单", handover)
    clerk.press("下一步:核对档案并办结")
    clerk.see("逐份核对")
    boxes = [one.name for one in clerk.front() if one.role == "check box"]
    for box in boxes[:-1]:
        clerk.tick(box)
    assert not clerk.until(lambda: clerk.find("办结", "push button"), "the button").enabled
    clerk.tick(boxes[-1])
    clerk.press("办结")
    clerk.gone("逐份核对")


def scan_stack(folder: Path, forms: list[Path]) -> Path:
    """The stamped copies of several forms from one sheet feeder, turned and dirty."""
    pages = [page for form in forms for page in pages_of(form.read_bytes())]
    return as_pdf([worn(page, seed) for seed, page in enumerate(pages)], folder / "stack.pdf")


# A unit whose registration goes back and forth


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


# A new case by pasted cells, one of them wrong


def start_case(clerk: Clerk, unit: SampleUnit) -> None:
    """Participation follows what is typed."""
    find_unit(clerk, unit.name)
    clerk.press("新建申请")
    clerk.fill("参加职工", str(unit.at_work - 2))
    clerk.see(f"应不少于 {unit.at_work} 人(须全员参加),还差 2 人")
    clerk.fill("参加职工", str(unit.at_work))
    clerk.see(f"参加 {unit.at_work} 人,应不少于 {unit.at_work} 人(须全员参加),已够")
    clerk.tick("住院医疗")
    clerk.tick("女职工特殊疾病")
    clerk.see(f"女职工 {unit.women} 人,应不少于 {unit.women} 人")
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


# Last year's books, and a claim on their cover


def take_over_books(clerk: Clerk, workbook: Path) -> None:
    clerk.go("更多")
    clerk.turn_to("期初建账")
    clerk.drop(workbook, clerk.see("把上年的单位表和名单拖到这里"))
    clerk.see("新登记 12 家")
    clerk.shot("opening")
    clerk.key("F10")
    clerk.see("已存入:单位 12 家")


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
        clerk.key("Down")
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


# Board and search


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
