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
    clerk.go("办理")
    clerk.pick("单位", name)
    clerk.key("Return")
    clerk.until(lambda: clerk.find("单位资料"), "the unit's page")


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
    clerk.choose_file("读入失败名单或回执", path)
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
