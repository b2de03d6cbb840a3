"""Files that come in on a unit's page: rosters and scans, dropped, pasted or chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from db.codes import CaseState, Handling
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.fields import ask_file
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.pages.unit_people import gathers_list
from desktop_app.ui.pages.unit_reading import UnitReadingPage
from desktop_app.ui.pasted import Source
from desktop_app.ui.widgets.drop_area import ROSTERS, SCANS, paste_sources


class UnitFiles:
    """Plans a roster in its dialog and stores a scan at once; refusals stand on the page."""

    def __init__(self, page: UnitReadingPage) -> None:
        self._page, self._services, self._tasks = page, page.services, page.tasks

    def choose_roster(self) -> None:
        view = self._view()
        if view is None or view.handling == Handling.BY_UNIT or not gathers_list(view):
            return
        path = ask_file(self._page, "读入名单", ROSTERS)
        if path is not None:
            self.read_roster(path)

    def paste_roster(self) -> None:
        """The clipboard's file, or the cells copied in a spreadsheet."""
        sources = paste_sources()
        if sources:
            self.read_roster(sources[0])
        else:
            self._page.banner.show_info(
                "剪贴板里没有文件或表格。",
                "请复制名单文件,或在表格里选中名单(连表头)复制,再回来粘贴。",
            )

    def drop_rosters(self, paths: tuple[Path, ...]) -> ActDialog | None:
        return self.read_roster(paths[0])

    def read_roster(self, source: Source) -> ActDialog | None:
        """Plan a dropped roster; only a case that still gathers its list takes one."""
        view, banner = self._view(), self._page.banner
        if view is None or view.state in (CaseState.FINISHED, CaseState.VOID):
            banner.show_warning("还没有可以收名单的申请。", "请先开户并新建申请,再拖名单。")
            return None
        if not gathers_list(view):
            banner.show_warning(
                f"这份申请现在是“{view.step_label}”,不再收名单。", "如要改名单,请先退回。"
            )
            return None
        banner.clear()
        return opened(ImportPlanDialog(self._services, self._tasks, view.id, source, self._page))

    def choose_paper(self, key: str) -> None:
        path = ask_file(self._page, "添加材料", SCANS)
        if path is not None:
            self.attach_paper(key, path)

    def attach_paper(self, key: str, path: Path) -> None:
        """A paper of the case; where there is none yet, a certificate of the unit."""
        page = self._page
        if page.shown is None:
            return
        page.banner.clear()
        if page.shown.case is None:
            call = partial(self._services.units.attach_paper, page.unit_id, key, path)
        else:
            case_id = page.shown.case.id
            call = partial(self._services.enrolments.attach_paper, case_id, key, path)
        self._tasks.save(page, call, self._on_attached, on_error=page.banner.show_failure)

    def _view(self) -> EnrolmentView | None:
        return self._page.shown.case if self._page.shown else None

    def _on_attached(self, _value: object) -> None:
        self._page.banner.show_good("材料已存入。")
