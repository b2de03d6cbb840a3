"""收件: stamped papers come back, one beep a paper from anywhere on the page, or as a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UserError, explain
from desktop_app.services.views.receptions import ReceivedPaper, ScanResult
from desktop_app.ui import theme
from desktop_app.ui.dialogs.archive_package_dialog import ArchivePackageDialog
from desktop_app.ui.dialogs.archive_shelf_dialog import ArchiveShelfDialog
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import LineField
from desktop_app.ui.dialogs.seal_dialogs import SealJournalDialog
from desktop_app.ui.pages.reception.reception_tray import TrayCard
from desktop_app.ui.pages.reception.scan_folder_strip import ScanFolderStrip
from desktop_app.ui.pasted import Source
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.busy import BusyStrip
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import SCANS, DropArea
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.papers.scan_sorting import Groups
    from desktop_app.services.services import Services

HINT = "扫单据右上角的二维码,或输入编号后按 Enter"
TONES = {"already-back": "warn", "form-several": "warn"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of what came in since the page was opened."""

    word: str  # said beside the colour: 已收回, 缺页, 没有收 ...
    tone: str
    what: str  # unit and paper, or one sentence
    count: str
    detail: str
    unit_id: int | None = None


COLUMNS: tuple[Column[Entry], ...] = (
    Column("结果", lambda e: e.word, None, 84, lambda e: e.tone),
    Column("单位、单据", lambda e: e.what, None, 240, wide=True),
    Column("收齐", lambda e: e.count, None, 64),
    Column("还缺什么,怎么办", lambda e: e.detail, None, 250, wide=True),
)


def entry_of(paper: ReceivedPaper) -> Entry:
    what = f"{paper.unit}　{paper.label}"
    count = f"{paper.back}/{paper.of}" if paper.of else ""
    if not paper.stamped:
        pages = "、".join(map(str, paper.missing_pages))
        rest = f"第 {pages} 页" if pages else "余下的页"
        left = f"收到 {paper.pages}/{paper.pages_of} 页,请把{rest}也扫进来"
        return Entry("缺页", "warn", what, count, left, paper.unit_id)
    if paper.filed_with:
        left = f"扫描件归到了{paper.filed_with},收齐 {paper.pages_of} 页"
        return Entry("已归入", "good", what, count, left, paper.unit_id)
    if paper.missing:
        left = f"还缺{'、'.join(paper.missing)}"
    else:
        left = f"收齐了,现在是“{paper.step_label}”"
    return Entry("已收回", "good", what, count, left, paper.unit_id)


def sentence(entry: Entry) -> str:
    return f"{entry.what}　{entry.count}".rstrip()


class ReceptionPage(QWidget):
    back = Signal()
    open_unit = Signal(int)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._entries: list[Entry] = []
        self._files: list[Path] = []
        self.text = LineField()
        self.text.setPlaceholderText(HINT)
        self.text.setAccessibleName("码或编号")
        self.word, self.told = label("", "h2"), label("", "h2", wrap=True)
        self.detail = label("在这一页的任何地方扫码都可以。", "quiet", wrap=True)
        self.drop = DropArea(
            "扫描件",
            "把扫描的 PDF、TIFF 或照片拖到这里,可以是许多单位的一叠",
            "每页按二维码归到各自的申请;读不出的留在“待归页”,一页不丢。",
            filters=SCANS,
        )
        self.folder = ScanFolderStrip(services, tasks)
        self.busy = BusyStrip()
        self.table: RowsTable[Entry] = RowsTable(
            COLUMNS, name="本次收到", empty="还没有收到。扫一张收一张,或拖入扫描件。"
        )
        self.whole = label("", wrap=True)  # of the line chosen, what its columns cut
        self.whole.hide()
        self.tray = TrayCard(services, tasks)
        self._lay_out()
        self._connect()
        self.first_field = self.text

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("收件(盖章件收回)", "h1"))
        head.addStretch(1)
        for made in (
            button("档案(&D)…", self.show_shelves, name="档案"),
            button("用印登记(&Y)…", self.show_seals, name="用印登记"),
            button("存档案包(&K)…", self.pack, name="存档案包"),
            button("返回(&B)", self.back.emit),
        ):
            head.addWidget(made)
        beeps = Card("扫一张,收一张")
        beeps.add(self.text)
        said = QHBoxLayout()
        said.addWidget(self.word)
        said.addWidget(self.told, 1)
        beeps.add(said)
        beeps.add(self.detail)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(beeps, 6)
        top.addWidget(self.drop, 5)
        self.card = Card("本次收到")
        self.card.add(self.table, 1)
        self.card.add(self.whole)
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(12))
        lower.addWidget(self.card, 6)
        lower.addWidget(self.tray, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(head)
        layout.addLayout(top)
        for strip in (self.folder, self.busy):
            layout.addWidget(strip)
        layout.addLayout(lower, 1)

    def _connect(self) -> None:
        self.text.returnPressed.connect(self.receive)
        self.drop.files_dropped.connect(self.receive_scans)
        self.folder.files_found.connect(self.receive_scans)
        self.busy.cancelled.connect(self._stop)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._tell)
        self.tray.placed.connect(self._log_paper)
        for key, act in (("Alt+Left", self.back.emit), ("Ctrl+V", self.paste)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for widget in self.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A scanner types wherever the cursor is: what is no field's goes to the code's field."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.text().strip().isprintable()
            and event.text().strip()
            and not isinstance(watched, QLineEdit | QAbstractSpinBox)
            and not event.modifiers() & ~_TYPED_WITH
        ):
            self.text.setFocus()
            self.text.insert(event.text())
            return True
        return super().eventFilter(watched, event)

    def paste(self) -> None:
        if not self.drop.paste():
            self.text.setFocus()
            self.text.paste()

    def show_shelves(self) -> ArchiveShelfDialog:
        """The finished files: where they lie, who has them."""
        return opened(ArchiveShelfDialog(self._services, self._tasks, self))

    def show_seals(self) -> SealJournalDialog:
        """Which prints a seal was put on, for whom, and who keeps it."""
        return opened(SealJournalDialog(self._services, self._tasks, self))

    def pack(self) -> ArchivePackageDialog:
        """A year's finished files as a folder for the archive."""
        return opened(ArchivePackageDialog(self._services, self._tasks, self))

    def receive(self) -> None:
        """Take one paper; the field is free again at once, for the next beep."""
        typed = self.text.text().strip()
        self.text.clear()
        if not typed:
            return
        call = partial(self._services.receptions.receive, typed)
        self._tasks.save(self, call, self._look_up, on_error=partial(self._refuse, typed))

    def receive_scans(self, sources: Sequence[Source]) -> None:
        """Take the files one after another; each is sorted whole or not at all."""
        waiting = bool(self._files)
        self._files += [source for source in sources if isinstance(source, Path)]
        if self._files and not waiting:
            self._next_scan()

    def _next_scan(self) -> None:
        """Read the file beside everything else, so that a beep need not wait for it."""
        path = self._files[0]
        self.busy.start(f"正在读 {path.name}")
        self._ticket = self._tasks.read(
            self,
            partial(self._services.receptions.read_scan, path),
            self._store_scan,
            on_error=partial(self._refuse, path.name),
            on_step=self.busy.step,
            on_ended=self._scan_ended,
        )

    def _store_scan(self, groups: Groups) -> None:
        self._tasks.save(
            self,
            partial(self._services.receptions.receive_scan, groups),
            self._look_up_scan,
            on_error=partial(self._refuse, groups.name),
        )

    def _scan_ended(self) -> None:
        self.busy.end()
        del self._files[:1]
        if self._files:
            self._next_scan()

    def _stop(self) -> None:
        """Stop the file that is being read and leave out those behind it."""
        del self._files[1:]
        self._tasks.cancel(self._ticket)

    def _look_up(self, issued_id: int) -> None:
        self._tasks.read(self, partial(self._services.receptions.get, issued_id), self._log_paper)

    def _look_up_scan(self, told: dict[str, Any]) -> None:
        self._tasks.read(self, partial(self._services.receptions.result, told), self._log_scan)

    def _log_paper(self, paper: ReceivedPaper) -> None:
        self._log(entry_of(paper))

    def _log_scan(self, result: ScanResult) -> None:
        for paper in result.papers:
            self._entries.insert(0, entry_of(paper))
        parts = [f"归入 {result.filed} 页"]
        parts += [f"待归 {result.tray} 页"] if result.tray else []
        parts += [f"以前收过 {result.again} 页"] if result.again else []
        tone = "warn" if result.tray or result.again else "good"
        text = f"扫描件共 {result.pages} 页:{','.join(parts)}"
        left = "待归的页在右边,看着图归到单据或单位。" if result.tray else ""
        self._log(Entry("已读", tone, text, "", left))

    def _refuse(self, typed: str, error: BaseException) -> None:
        known = explain(error)
        if known is None:
            raise error
        QApplication.beep()
        self._log(_refused(known, typed))

    def _log(self, entry: Entry) -> None:
        self._entries.insert(0, entry)
        self.word.setText(entry.word)
        self.told.setText(sentence(entry))
        self.detail.setText(entry.detail)
        for one in (self.word, self.told):
            theme.set_tone(one, entry.tone)
        self.text.setAccessibleDescription(f"{entry.word}:{sentence(entry)}。{entry.detail}")
        self.table.set_rows(self._entries)
        self.table.selectRow(0)
        back = sum(1 for one in self._entries if one.word == "已收回")
        self.card.set_right(f"已收回 {back} 份")

    def _tell(self, entry: Entry | None) -> None:
        """A line chosen in full; what came in last stands above already."""
        text = "" if entry is None else f"{entry.what}。{entry.detail}".replace("。。", "。")
        self.whole.setText(text)
        self.whole.setVisible(bool(text) and entry is not self._entries[0])

    def _open(self, entry: Entry) -> None:
        if entry.unit_id is not None:
            self.open_unit.emit(entry.unit_id)


_TYPED_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def _refused(error: UserError, typed: str) -> Entry:
    word = "重复" if error.code == "already-back" else "没有收"
    tone = TONES.get(error.code, "late")
    return Entry(word, tone, error.message, "", f"{error.remedy}({typed})")
