"""Pictures of a roster's repairs and rows, over the preview of its import."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import openpyxl

from desktop_app.domain.identity import identity_18
from desktop_app.domain.rosters.repairs import LAST_ROSTER, NO_CHANGES, Repair
from desktop_app.services.services import Services
from desktop_app.services.views.rosters import ImportPlan
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.repairs_dialog import RepairsDialog
from desktop_app.ui.main_window import MainWindow
from tests.shots.album import Album, shown

HEAD = ("序号", "姓名", "身份证号", "手机号", "性别", "出生日期")


def roster_changes(album: Album, services: Services, look: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "清溪镇中心小学名册.xlsx"
        _write(path)
        _over_a_unit(album, services, path, look)


def _over_a_unit(album: Album, services: Services, path: Path, look: str) -> None:
    with shown(MainWindow(services, album.tasks)) as window:
        for unit in services.units.list_units(services.schemes.current_year()):
            page = window.open_unit(unit.id)
            album.settle()
            if page.people.roster_button.isEnabled() and page.people.roster_button.isVisible():
                dialog = page.acts.files.read_roster(path)
                album.settle()
                _take(album, dialog, look)
                return


def _take(album: Album, dialog: ImportPlanDialog, look: str) -> None:
    decide = dialog.changes.decide()
    assert decide is not None
    plan = decide.plan
    album.dialog(decide, f"{look}import-repairs")
    album.dialog(
        opened(RepairsDialog(_with_damaged(plan), NO_CHANGES, dialog)),
        f"{look}import-damaged-number",
    )
    rows = dialog.changes.look_through()
    album.settle()
    assert rows is not None
    assert rows.model is not None
    rows.model.setData(rows.model.index(0, 2), "王改正")
    album.dialog(rows, f"{look}import-rows")
    album.dialog(dialog, f"{look}import-with-repairs")


def _with_damaged(plan: ImportPlan) -> ImportPlan:
    """The same file, had last year's list two of its damaged numbers."""
    found = tuple(
        Repair("名单", row, "C", "identity", LAST_ROSTER, f"{whole[:15]}000", whole, row == 9, name)
        for row, name, whole in (
            (9, "赵演示", identity_18("99999919850317123")),
            (31, "孙演示", identity_18("99999919791104204")),
        )
    )
    return replace(plan, repairs=found, repair_counts={LAST_ROSTER: (2, 1)})


def _write(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet.append(HEAD)
    for at in range(1, 41):
        number = identity_18(f"9999991980{at % 12 + 1:02d}{at % 28 + 1:02d}{2 * at + 1:03d}")
        name = f"王 演{'一二三四五六七八九十'[at % 10]}" if at % 4 == 0 else "李演示"
        phone = f"1990000{at:04d}.0" if at % 9 == 0 else f"199-0000-{at:04d}"
        sex = "女" if at % 13 == 0 else "男"
        born = f"{number[8:10]}{number[10:12]}{number[12:14]}" if at % 7 == 0 else None
        shown_number = float(number[:15] + "000") if at % 11 == 0 else number
        sheet.append((at, name, shown_number, phone, sex, born))
    sheet.row_dimensions[6].hidden = True
    _hide_a_list(book)
    book.save(path)


def _hide_a_list(book: openpyxl.Workbook) -> None:
    gone = book.create_sheet("去年")
    gone.append(HEAD)
    gone.append((1, "周演示", identity_18("99999919850607203"), "19900009999", "男", None))
    gone.sheet_state = "hidden"
