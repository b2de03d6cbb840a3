"""Stamped paper comes back by beep or scan until the file is complete."""

from __future__ import annotations

from pathlib import Path

from desktop_app.intake.page_codes import read_pages
from tests.paper_scans import as_pdf, pages_of, worn
from tests.window.clerk import Clerk
from tests.window.desk import answer


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


def bring_back(clerk: Clerk, beeped: Path, stack: Path, pages: int) -> None:
    """One form by its beep, once too often and once misread; the others in one scan."""
    code = code_of(beeped)
    clerk.key("ctrl+r")
    clerk.see("收件(盖章件收回)")
    beep(clerk, code, "还缺")
    beep(clerk, code, "重复")
    beep(clerk, f"{code[:-1]}{'0' if code[-1] != '0' else '1'}", "没有收")
    clerk.drop(stack, clerk.see("把扫描的 PDF、TIFF 或照片拖到这里"))
    clerk.see(f"归入 {pages} 页", patience=60 + 3 * pages)
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
    clerk.press("办结")
    clerk.see(f"还没有核对:{boxes[-1].removesuffix('已核对')}。")
    clerk.tick(boxes[-1])
    clerk.press("办结")
    clerk.gone("逐份核对")


def scan_stack(folder: Path, forms: list[Path]) -> tuple[Path, int]:
    """The stamped copies of several forms from one sheet feeder, turned and dirty.

    Returns:
        the scan and how many pages it has.
    """
    pages = [page for form in forms for page in pages_of(form.read_bytes())]
    scan = as_pdf([worn(page, seed) for seed, page in enumerate(pages)], folder / "stack.pdf")
    return scan, len(pages)
