"""编辑版式: a layout's text at the left, the page that it prints at the right while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.documents.layout_lines import LayoutError
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ask_file
from desktop_app.ui.printing import load_pages
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button
from desktop_app.ui.widgets.line_editor import LineEditor
from desktop_app.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.views.forms import LayoutLine, LayoutText

PICTURES = "图片 (*.png *.jpg *.jpeg)"
PAUSE_MS = 500  # after the last key, before the page is drawn anew
A4_INCHES = 8.27
HINT = (
    "引号里的字可以直接改;花括号里的({unit_name}等)印的时候自动填。"
    "位置、宽、高的单位是毫米,size 是字号。右边是演示内容。"
)
UNSAVED = "改动还没有保存。"


class LayoutDialog(QDialog):
    """What is wrong is told below with its line; meanwhile the last good page stays."""

    saved = Signal(bool)  # whether the layout is now the office's own

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        line: LayoutLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._layouts, self._tasks, self._key = services.layouts, tasks, line.key
        self._ticket, self._saving = 0, False
        self._known: LayoutText | None = None
        self._good, self._wrong = "", False  # the text whose page is shown; one is not drawn
        self.setWindowTitle(f"编辑版式:{line.label}")
        self.setModal(True)
        self.banner = Banner()
        self.editor, self.pages = LineEditor("版式文字"), PageStack("预览")
        self.editor.setEnabled(False)
        self.carried_button = button("恢复原来的(&Y)", self.put_carried, name="恢复原来的版式")
        self.logo_button = button("放入标志(&L)…", self._choose_logo, name="放入标志图片")
        self.line_button = button("到这一行(&G)", self._go_to_fault, name="到有误的一行")
        self.cancel_button = button("取消(Esc)", self.reject, name="取消")
        self.save_button = main_button("保存(Ctrl+S)", self.save)
        self.state = label("正在读取…", "quiet")
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.editor.textChanged.connect(self._on_typed)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        self._offer()
        tasks.read(
            self,
            partial(self._layouts.text_of, self._key),
            self._show,
            on_error=self.banner.show_failure,
        )

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        sides.addWidget(self.editor, 1)
        sides.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        for one in (self.logo_button, self.carried_button, self.line_button, self.state):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        layout.setSpacing(theme.px(8))
        layout.addWidget(label(HINT, "quiet", wrap=True))
        layout.addLayout(sides, 1)
        layout.addWidget(self.banner)
        layout.addLayout(foot)
        over = self.parentWidget()
        room = over.window().size() if over is not None else self.screen().availableSize()
        self.resize(room.width() - theme.px(24), room.height() - theme.px(24))

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def is_changed(self) -> bool:
        return self._known is not None and self.text != self._known.text

    def refresh(self) -> None:
        """Draw the page of what stands in the editor now."""
        self._pause.stop()
        self._tasks.drop(self._ticket)
        text = self.text
        dpi = max(50, int(self.pages.room / A4_INCHES))
        call = partial(_drawn, self._layouts, self._key, text, dpi)
        self._ticket = self._tasks.read(
            self, call, partial(self._show_pages, text), on_error=self._tell_fault
        )

    def save(self) -> None:
        """Keep what is good; the carried layout's own text drops the office's."""
        if not self.save_button.isEnabled() or self._known is None:
            return
        carried = self.text == self._known.carried
        if carried:
            call = partial(self._layouts.drop, self._key)
        else:
            call = partial(self._layouts.keep, self._key, self.text)
        self._set_saving(True)
        self._tasks.save(
            self,
            call,
            lambda _value: self._on_saved(not carried),
            on_error=self.banner.show_failure,
            on_ended=partial(self._set_saving, False),
        )

    def put_carried(self) -> None:
        """The carried text into the editor; it goes once it is saved, Ctrl+Z takes it back."""
        if self._known is not None:
            self._take(self._known.carried)

    def put_logo(self, picture: Path) -> None:
        """A picture into the head; Ctrl+Z takes it back."""
        call = partial(self._layouts.put_logo, self.text, picture)
        self._tasks.read(self, call, self._take, on_error=self.banner.show_failure)

    def _choose_logo(self) -> None:
        chosen = ask_file(self, "选择标志图片", PICTURES)
        if chosen is not None:
            self.put_logo(chosen)

    def _take(self, text: str) -> None:
        self.editor.replace_all(text)
        self.refresh()

    def reject(self) -> None:
        """What was typed is given up at the second Esc only."""
        if self._saving:
            return
        if self.is_changed and self.banner.text != UNSAVED:
            self.banner.show_warning(UNSAVED, "按“保存”;再按一次“取消”就放弃这些改动。")
            return
        self._tasks.drop(self._ticket)
        super().reject()

    def _show(self, known: LayoutText) -> None:
        self._known = known
        self.editor.setPlainText(known.text)
        self.editor.setEnabled(True)
        self.editor.setFocus()
        self.refresh()

    def _on_typed(self) -> None:
        if self.banner.text == UNSAVED:
            self.banner.clear()
        self._pause.start()
        self._offer()

    def _show_pages(self, text: str, images: Sequence[QImage]) -> None:
        self._good, self._wrong = text, False
        self.pages.show_pages(images)
        self.editor.mark(0)
        if self.banner.text != UNSAVED:
            self.banner.clear()
        self._offer()

    def _tell_fault(self, error: BaseException) -> None:
        self._wrong = True
        self.editor.mark(error.line if isinstance(error, LayoutError) else 0)
        self.banner.show_failure(error)
        self._offer()

    def _go_to_fault(self) -> None:
        self.editor.go_to(self.editor.marked)

    def _on_saved(self, own: bool) -> None:
        self.saved.emit(own)
        super().accept()

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.editor.setEnabled(not saving)
        self._offer()

    def _offer(self) -> None:
        """Only what can be done now is to be pressed; beside it stands why."""
        known = self._known
        good = known is not None and self._good == self.text
        self.save_button.setEnabled(good and self.is_changed and not self._saving)
        self.logo_button.setEnabled(known is not None and not self._saving)
        self.carried_button.setEnabled(known is not None and self.text != known.carried)
        self.line_button.setVisible(self.editor.marked > 0)
        if known is None:
            return
        if self._wrong:
            self.state.setText("右边是改错以前的样子")
        elif not good:
            self.state.setText("正在画预览…")
        elif not self.is_changed:
            self.state.setText("没有改动")
        else:
            self.state.setText("可以保存,从下一次开出起用")


def _drawn(layouts: Any, key: str, text: str, dpi: int) -> tuple[QImage, ...]:
    """Runs off the GUI thread."""
    made = layouts.preview(key, text, dpi)
    return load_pages(lambda: made.pages)
