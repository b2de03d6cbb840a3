"""存档案包: a year's finished files, or a box of them, into a folder that goes elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.views.archives import ArchiveYear
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import form_layout
from desktop_app.ui.dialogs.fields import ChoiceField, ask_folder
from desktop_app.ui.folders import show_folder
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

NOTE = (
    "每卷一个文件夹:开出的单据和收回的材料;另有目录、说明、校验清单和一个核对用的小程序。"
    "接收的一方不用本软件,也核对得出缺少、改动、改名、多出的文件。"
)
NOTHING = "还没有办结的申请:核对档案并办结以后,这里才有。"
WHOLE = "全部"


class ArchivePackageDialog(QDialog):
    """Stays open behind a package, so that its seal can be copied onto the hand-over list."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._years: dict[str, ArchiveYear] = {}
        self._folder = Path()
        self.setWindowTitle("存档案包")
        self.setModal(True)
        self.setMinimumWidth(theme.px(600))
        self.banner, self.busy = Banner(), BusyStrip()
        self.sentence = label("正在看哪些年度有办结的档案…", "h2", wrap=True)
        self.year, self.box = ChoiceField(()), ChoiceField(())
        self.seal = label("", wrap=True)
        self.seal.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.seal.setAccessibleName("校验清单的 SHA-256")
        self.open_button = button("打开文件夹(&O)", self.show_package, name="打开文件夹")
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self.main_button = main_button("存到文件夹…", self.choose)
        self._lay_out()
        self.busy.cancelled.connect(lambda: self._tasks.cancel(self._ticket))
        self.year.currentIndexChanged.connect(self._offer_boxes)
        self.box.currentIndexChanged.connect(self._say)
        self._enable(False)
        tasks.read(
            self, services.archive_packages.years, self._show, on_error=self.banner.show_failure
        )

    def _lay_out(self) -> None:
        form = form_layout()
        for title, field in (("年度", self.year), ("盒", self.box)):
            name = label(title)
            name.setBuddy(field)
            field.setAccessibleName(title)
            form.addRow(name, field)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.main_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.banner)
        layout.addWidget(self.sentence)
        layout.addLayout(form)
        layout.addWidget(label(NOTE, "quiet", wrap=True))
        layout.addWidget(self.seal)
        layout.addWidget(self.busy)
        layout.addLayout(foot)
        self.seal.hide()
        self.open_button.hide()

    def choose(self) -> None:
        folder = ask_folder(self, "档案包存到哪个文件夹")
        if folder is not None:
            self.save_to(folder)

    def save_to(self, folder: Path) -> None:
        """Write the chosen files into a new folder below this one."""
        chosen = self._years[self.year.value()].year
        call = partial(
            self._services.archive_packages.package, chosen, folder, self.box.value() or None
        )
        self.banner.clear()
        self.busy.start("正在存档案包…")
        self._enable(False)
        self._ticket = self._tasks.save(
            self,
            call,
            self._made,
            on_error=self.banner.show_failure,
            on_step=self.busy.step,
            on_ended=self._ended,
        )

    def show_package(self) -> None:
        show_folder(self._tasks, self, self._folder, self._say_gone)

    def reject(self) -> None:
        """While a package is written Esc stops it; then it closes."""
        if self.busy.isVisible():
            self._tasks.cancel(self._ticket)
        else:
            super().reject()

    def _show(self, years: Sequence[ArchiveYear]) -> None:
        self._years = {str(one.year): one for one in years}
        for key in self._years:
            self.year.addItem(f"{key}年度", key)
        if years:
            self._enable(True)
            self.main_button.setFocus()
        else:
            self.sentence.setText(NOTHING)

    def _offer_boxes(self) -> None:
        chosen = self._years[self.year.value()]
        self.box.clear()
        self.box.addItem(WHOLE, "")
        for box, cases in chosen.boxes:
            self.box.addItem(f"{box}({cases}卷)", box)

    def _say(self) -> None:
        chosen = self._years[self.year.value()]
        cases = dict(chosen.boxes).get(self.box.value(), chosen.cases)
        box = f"{self.box.value()}号盒" if self.box.value() else ""
        self.sentence.setText(f"{chosen.year}年度{box}办结的档案共 {cases} 卷。")

    def _made(self, told: dict[str, Any]) -> None:
        self._folder = Path(told["folder"])
        size = told["size"] / 1_000_000
        self.banner.show_good(
            f"已存:{told['cases']} 卷,{told['files']} 个文件,{size:.1f} MB。", told["folder"]
        )
        self.seal.setText(f"校验清单的 SHA-256,请抄在移交清单上:\n{told['sha256']}")
        self.seal.show()
        self.open_button.show()

    def _ended(self) -> None:
        self.busy.end()
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for part in (self.year, self.box, self.main_button):
            part.setEnabled(on)

    def _say_gone(self, there: bool) -> None:
        if not there:
            self.banner.show_warning("档案包的文件夹不在那里了,或打不开。", str(self._folder))
