"""监视文件夹: what the scanner or document camera puts there is received by itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.errors import explain
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ask_folder
from desktop_app.ui.remembered import remembered
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.intake.lying_files import LyingFile
    from desktop_app.services.papers.scan_folders import Glance
    from desktop_app.services.services import Services

FOLDER = "scan_folder"
EVERY_MS = 4_000  # a file that lies unchanged for so long is whole
NONE = "扫描仪、高拍仪存到哪个文件夹,可以在这里监视:新扫的自动收。"


class ScanFolderStrip(QWidget):
    """Looks while its page is shown; a file that was refused is not tried again as it is."""

    files_found = Signal(object)  # tuple[Path, ...]

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._looking = False
        self._lying: frozenset[LyingFile] = frozenset()
        self._done: set[LyingFile] = set()
        self.taken = 0
        kept = remembered.get(FOLDER, "")
        self.folder: Path | None = Path(kept) if kept else None
        self.text = label("", "quiet", wrap=True)
        self.choose_button = button("监视文件夹(&W)…", self.choose, kind="link", name="监视文件夹")
        self.stop_button = button("不再监视", self.stop, kind="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.choose_button)
        layout.addWidget(self.stop_button)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._say()

    def choose(self) -> None:
        folder = ask_folder(self, "扫描仪存到哪个文件夹")
        if folder is not None:
            self.watch(folder)

    def watch(self, folder: Path) -> None:
        """Look there from now on, also the next time the program is started."""
        self.folder, self.taken = folder, 0
        self._lying = frozenset()
        self._keep(str(folder))
        self._say()
        self.look()

    def stop(self) -> None:
        self.folder = None
        self._keep("")
        self._say()

    def look(self) -> None:
        """Look once; an answer that is still awaited is not asked for twice."""
        if self.folder is None or self._looking:
            return
        self._looking = True
        self._tasks.read(
            self,
            partial(
                self._services.scan_folders.look_in,
                self.folder,
                self._lying,
                frozenset(self._done),
            ),
            partial(self._show, self.folder),
            on_error=self._fail,
            on_ended=self._ended,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _keep(self, folder: str) -> None:
        self._tasks.read(self, partial(remembered.put, **{FOLDER: folder}), lambda _none: None)

    def _show(self, folder: Path, glance: Glance) -> None:
        if folder != self.folder:
            return
        self._lying = glance.lying
        self._done |= {*glance.whole, *glance.known}
        self.taken += len(glance.whole)
        self._say()
        if glance.whole:
            self.files_found.emit(tuple(file.path for file in glance.whole))

    def _fail(self, error: BaseException) -> None:
        known = explain(error)
        if known is None:
            raise error
        self._lying = frozenset()
        self._say(f"{known.message}{known.remedy}")

    def _ended(self) -> None:
        self._looking = False

    def _say(self, trouble: str = "") -> None:
        watches = self.folder is not None
        taken = f",已收 {self.taken} 个文件" if self.taken else ""
        text = f"正在监视 {self.folder}{taken}。" if watches else NONE
        self.text.setText(f"监视的文件夹 {self.folder}:{trouble}" if trouble else text)
        theme.set_tone(self.text, "late" if trouble else "")
        self.choose_button.setVisible(not watches)
        self.stop_button.setVisible(watches)
