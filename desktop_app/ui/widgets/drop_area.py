"""What comes from outside: dropped, pasted or chosen; nothing is opened here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.tables import WORKBOOK_ENDS
from desktop_app.ui import theme
from desktop_app.ui.pasted import Source, paste_sources, paths_in
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

WORKBOOKS = " ".join(f"*{end}" for end in WORKBOOK_ENDS)
ROSTERS = f"名单 ({WORKBOOKS});;所有文件 (*)"
SCANS = "图片和PDF (*.png *.jpg *.jpeg *.tif *.tiff *.pdf);;所有文件 (*)"


class FileDrops(QObject):
    """Lets any widget take files: `FileDrops(widget).files_dropped.connect(...)`.

    `take` says what of a drag is taken; by default its files only.
    """

    files_dropped = Signal(object)  # tuple[Source, ...]
    hovered = Signal(bool)

    def __init__(
        self, widget: QWidget, take: Callable[[QMimeData], tuple[Source, ...]] = paths_in
    ) -> None:
        super().__init__(widget)
        self._in = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(
            event, QDragEnterEvent | QDropEvent
        ):
            takes = bool(self._in(event.mimeData()))
            if takes:
                event.acceptProposedAction()
            self.hovered.emit(takes)
            return takes
        if kind == QEvent.Type.DragLeave:
            self.hovered.emit(False)
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hovered.emit(False)
            return self._take(event)
        return False

    def _take(self, event: QDropEvent) -> bool:
        found = self._in(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.files_dropped.emit(found)
        return bool(found)


class DropArea(Card):
    """A card that takes files by drop, by Ctrl+V (also copied cells), or by its button."""

    files_dropped = Signal(object)  # tuple[Source, ...]

    def __init__(
        self,
        title: str,
        hint: str,
        note: str = "",
        filters: str = ROSTERS,
        choose: str = "选择文件…",
    ) -> None:
        super().__init__(title)
        self._filters = filters
        self.hint, self.note = label(hint, wrap=True), label(note, "quiet", wrap=True)
        self.choose_button = button(choose, self.choose, name=f"{title}:选择文件")
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(4))
        texts.addWidget(self.hint)
        if note:
            texts.addWidget(self.note)
        row = QHBoxLayout()
        row.addLayout(texts, 1)
        row.addWidget(self.choose_button)
        self.add(row, 1)
        drops = FileDrops(self)
        drops.files_dropped.connect(self.files_dropped)
        drops.hovered.connect(self._hover)

    def choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.title.text(), "", self._filters)
        if name:
            self.files_dropped.emit((Path(name),))

    def paste(self) -> bool:
        """Take the clipboard's files or cells; False where it holds neither."""
        found = paste_sources()
        if found:
            self.files_dropped.emit(found)
        return bool(found)

    def _hover(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        self.style().unpolish(self)
        self.style().polish(self)
