"""The drive's paper makes its round: printed in one batch, scanned back, boxed and packed."""

from __future__ import annotations

from pathlib import Path

from tests.paper_scans import as_pdf, pages_of, worn
from tests.print_queue import PrintQueue
from tests.window import desk
from tests.window.clerk import Clerk
from tests.window.desk import answer

NOTICE, CONFIRMATION = "职工医疗互助金缴费通知单", "职工医疗互助参加确认书"
LIST = "职工医疗互助参加名单"
BATCH, TOLD, LAST_GOOD = "要打印的单据", "批量打印", "最后一张好的编号"
JAMMED, GOOD = 8, 6  # forms sent when the clerk stops, and those that came out whole
SLOW = 180.0  # seconds for a whole batch on a busy machine


def open_batch(clerk: Clerk, unit: str, forms: int) -> None:
    """The confirmation in place of the notice."""
    choose_all(clerk, unit)
    clerk.see("要打印")
    clerk.tick(CONFIRMATION)
    clerk.untick(NOTICE)
    clerk.see(f"要打印 {forms} 张")
    clerk.shot("batch")


def choose_all(clerk: Clerk, unit: str) -> None:
    """Every unit of the list is chosen to be printed."""
    desk.to_list(clerk)
    clerk.pick("单位", unit)
    clerk.key("ctrl+a")
    clerk.press("打印单据")
    clerk.has_keys(TOLD)


def print_until_it_jams(clerk: Clerk, queue: PrintQueue) -> str:
    """Stop behind some forms; gives the number on the last that came out whole."""
    clerk.press("打印")
    clerk.until(lambda: len(queue.jobs) >= JAMMED or None, "the first forms", SLOW)
    clerk.press("取消")
    clerk.see("卡纸了?")
    clerk.shot("jam")
    return clerk.rows(BATCH)[GOOD - 1][2].name


def print_the_rest(clerk: Clerk, queue: PrintQueue, last_good: str, forms: int) -> list[bytes]:
    """What lies on the desk in the end: every form once, in the order of the list."""
    before = len(queue.jobs)
    clerk.fill(LAST_GOOD, last_good)
    clerk.press("从最后一张好的后面接着打")
    clerk.see(f"这一批共 {forms} 张", SLOW)
    clerk.until(lambda: len(queue.jobs) >= before + forms - GOOD or None, "the rest", SLOW)
    clerk.shot("batch-done")
    clerk.key("Escape")
    return [*queue.jobs[:GOOD], *queue.jobs[before:]]


def print_anew(clerk: Clerk, queue: PrintQueue, unit: str, title: str) -> bytes:
    """A form is void and comes out under another number; the old paper is still about."""
    before = len(queue.jobs)
    desk.find_unit(clerk, unit)
    clerk.press(f"{title}:打开")
    clerk.see("第1页,共")
    clerk.press("作废这张单据")
    answer(clerk, "作废单据", 原因="盖错了章")
    clerk.press(f"{title}:打印")
    clerk.see("出具后编号和内容固定")
    clerk.key("Return")
    clerk.see("第1页,共")
    clerk.press("打印")
    clerk.until(lambda: len(queue.jobs) > before or None, "the new form", SLOW)
    clerk.until(lambda: clerk.find("单位资料"), "the unit's page")
    return queue.jobs[-1]


def scan(papers: list[bytes], path: Path) -> tuple[Path, int]:
    """One stack off the sheet feeder, and how many pages it has."""
    pages = [page for paper in papers for page in pages_of(paper)]
    return as_pdf([worn(page, seed) for seed, page in enumerate(pages)], path), len(pages)


def file_stack(clerk: Clerk, stack: Path, told: str) -> None:
    drop_stack(clerk, stack)
    clerk.see(told, SLOW)
    clerk.shot("scans-filed")


def drop_stack(clerk: Clerk, stack: Path) -> None:
    desk.to_list(clerk)
    clerk.press("收盖章件")
    clerk.see("收件(盖章件收回)")
    clerk.drop(stack, clerk.see("把扫描的 PDF、TIFF 或照片拖到这里"))


def finish(clerk: Clerk, unit: str) -> None:
    tick_and_finish(clerk, unit)
    clerk.gone("逐份核对")


def tick_and_finish(clerk: Clerk, unit: str) -> None:
    """Up to the button that closes the file."""
    desk.find_unit(clerk, unit)
    clerk.press("下一步:核对档案并办结")
    clerk.see("逐份核对")
    for box in [one.name for one in clerk.front() if one.role == "check box"]:
        clerk.tick(box)
    clerk.shot("checklist")
    clerk.press("办结")


def put_in_box(clerk: Clerk, unit: str, files: int, box: str) -> None:
    desk.to_list(clerk)
    clerk.press("收盖章件")
    clerk.press("档案")
    clerk.has_keys("档案")
    clerk.see(f"办结的档案共 {files} 卷")
    clerk.pick("档案", unit)
    clerk.key("ctrl+a")
    clerk.press("登记盒号、柜位")
    answer(clerk, "登记盒号、柜位", 盒号=box, 柜位="三排二层")
    clerk.see(f"已登记 {files} 卷的位置")
    clerk.shot("shelf")
    clerk.key("Escape")


def pack(clerk: Clerk, files: int, folder: Path) -> Path:
    """The year's files as a folder that anybody verifies."""
    folder.mkdir()
    write_package(clerk, files, folder)
    clerk.see(f"已存:{files} 卷", SLOW)
    clerk.shot("package")
    clerk.key("Escape")
    [package] = folder.iterdir()
    return package


def write_package(clerk: Clerk, files: int, folder: Path) -> None:
    """Up to the key that begins it."""
    clerk.press("存档案包")
    clerk.has_keys("存档案包")
    clerk.see(f"办结的档案共 {files} 卷")
    clerk.press("存到文件夹")
    clerk.choose_file("档案包存到哪个文件夹", folder)


def set_old_paper_aside(clerk: Clerk, unit: str) -> None:
    """The tray says in full why a page stayed there."""
    clerk.see(f"{unit}的“参加名单”")
    clerk.press("搁置选中的页")
    clerk.see("已搁置 1 页,仍然保存着。")
