"""Files that come in on a unit's page: each goes where it belongs, or is asked about."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog

from db.codes import CaseState, Handling
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.ui.dialogs.fields import ask_file
from desktop_app.ui.dialogs.import_plan_dialog import ImportPlanDialog
from desktop_app.ui.dialogs.proof_dialog import PROOFS
from desktop_app.ui.dialogs.proof_strip import PROOF
from desktop_app.ui.dialogs.what_is_dialog import WhatIsDialog
from desktop_app.ui.incoming import Kind, kind_of, unknown_text
from desktop_app.ui.pages.units.unit_files_queue import FileQueue
from desktop_app.ui.pages.units.unit_people import gathers_list
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage
from desktop_app.ui.pages.units.unit_scans import UnitScans
from desktop_app.ui.pasted import Source, copied, sources_in
from desktop_app.ui.widgets.drop_area import ROSTERS, SCANS


class UnitFiles:
    """A workbook is planned as a roster, a scan is asked about; refusals stand on the page."""

    def __init__(self, page: UnitReadingPage) -> None:
        self._page = page
        self._queue = FileQueue(page, self._take)
        self._scans = UnitScans(page, self._queue)
        self._aimed = ""  # the paper on whose line the next file was let go

    def choose_roster(self) -> None:
        view = self._view()
        if view is None or view.handling == Handling.BY_UNIT or not gathers_list(view):
            return
        path = ask_file(self._page, "读入名单", ROSTERS)
        if path is not None:
            self.take((path,))

    def choose_paper(self, key: str) -> None:
        path = ask_file(self._page, "添加材料", PROOFS if key == PROOF else SCANS)
        if path is not None:
            self.take_for(key, (path,))

    def paste(self) -> None:
        """The clipboard's files, the cells copied in a spreadsheet, or a copied picture."""
        sources = sources_in(copied())
        if sources:
            self.take(sources)
        else:
            self._page.banner.show_info(
                "剪贴板里没有文件、表格或图片。",
                "请复制名单文件、表格里的名单(连表头)或一张图片,再回来粘贴。",
            )

    def read_roster(self, source: Source) -> QDialog | None:
        """A roster that was checked before; gives its dialog, none where it is refused."""
        self.take((source,))
        return self._queue.dialog

    def take(self, sources: tuple[Source, ...]) -> None:
        """Let go on the page, pasted or chosen."""
        if self._page.shown is not None:
            self._queue.add(sources)

    def take_for(self, key: str, sources: tuple[Source, ...]) -> None:
        """Let go on the line of a paper: the first scan is that paper, the rest is asked about."""
        if self._page.shown is not None:
            self._aimed = key
            self._queue.add(sources)

    def _take(self, source: Source) -> None:
        kind, aimed = kind_of(source), self._aimed
        self._aimed = ""
        if kind is Kind.ROSTER and aimed == PROOF:  # a proof may be a workbook
            self._scans.take(aimed, source)
        elif kind is Kind.ROSTER:
            self._roster(source)
        elif kind is Kind.UNKNOWN:
            self._queue.refuse(*unknown_text(Path(source.name)))
        elif aimed:
            self._scans.take(aimed, source)
        else:
            self._ask(source)

    def _roster(self, source: Source) -> None:
        """Only a case that still gathers its list takes one."""
        page, view = self._page, self._view()
        if view is None or view.state in (CaseState.FINISHED, CaseState.VOID):
            self._queue.refuse("还没有可以收名单的申请。", "请先开户并新建申请,再拖名单。")
        elif view.handling == Handling.BY_UNIT:
            self._queue.refuse("单位自办的申请不收名单。", "请登记自办情况:人数、金额和业务号。")
        elif not gathers_list(view):
            self._queue.refuse(
                f"这份申请现在是“{view.step_label}”,不再收名单。", "如要改名单,请先退回。"
            )
        else:
            self._queue.open(ImportPlanDialog(page.services, page.tasks, view.id, source, page))

    def _ask(self, source: Source) -> None:
        choices = self._scans.choices()
        if not choices:
            self._queue.refuse(f"“{source.name}”没有收:这里不再收材料。", "")
            return
        dialog = WhatIsDialog(source, choices, self._queue.place, self._page)
        dialog.accepted.connect(partial(self._on_told, dialog, source))
        dialog.rejected.connect(partial(self._on_skipped, dialog))
        dialog.open()

    def _on_told(self, dialog: WhatIsDialog, source: Source) -> None:
        dialog.deleteLater()
        if dialog.chosen is not None:
            dialog.chosen.take(source)

    def _on_skipped(self, dialog: WhatIsDialog) -> None:
        dialog.deleteLater()
        if dialog.stopped:
            self._queue.stop()
        self._queue.go_on()

    def _view(self) -> EnrolmentView | None:
        return self._page.shown.case if self._page.shown else None
