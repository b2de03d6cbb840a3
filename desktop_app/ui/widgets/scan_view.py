"""Attached scans beside what one reviews: one after the other, page by page, drawn as needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
)

from desktop_app.errors import explain
from desktop_app.ui import theme
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label, styled
from desktop_app.ui.widgets.page_pane import PagePane

if TYPE_CHECKING:
    from desktop_app.intake.scan_pages import DrawnPage

WIDTHS = (1200, 2400)  # pixels a page is drawn across: the second where it is enlarged
OPENING = "正在打开…"


class Draw(Protocol):
    """Gives a page of a file; runs off the GUI thread."""

    def __call__(self, *, number: int, width: int) -> DrawnPage: ...


@dataclass(frozen=True, slots=True)
class ShownScan:
    """A file to look at."""

    title: str
    draw: Draw
    pages: int = 1  # as far as is known before it is drawn


class ScanView(QFrame):
    """Keys work wherever the cursor is in the window: one types beside it."""

    def __init__(self, tasks: TaskRunner, empty: str = "没有附件。") -> None:
        super().__init__()
        styled(self, "card")
        self.setAccessibleName("附件")
        self._tasks, self._empty, self._ticket = tasks, empty, 0
        self._scans: tuple[ShownScan, ...] = ()
        self._page, self._pages, self._drawn, self._at_end = 1, 1, 0, False
        self.choice = QComboBox()
        self.choice.setAccessibleName("看哪一份附件")
        self.choice.setToolTip("下一份 Ctrl+PageDown,上一份 Ctrl+PageUp")
        self.choice.setMinimumContentsLength(12)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.place = label("", "quiet")
        self.pane = PagePane()
        self.message = label(empty, "quiet", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tools: dict[str, QPushButton] = {}
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._begin)
        self.pane.leafed.connect(self.leaf)
        self.pane.resized.connect(self._sharpen)
        self._tell()

    def show_scans(self, scans: Sequence[ShownScan], first: int = 0) -> None:
        """Look at these files, beginning with the `first`."""
        self._scans = tuple(scans)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([scan.title for scan in self._scans])
        self.choice.setCurrentIndex(first if self._scans else -1)
        self.choice.blockSignals(False)
        self._begin()

    def leaf(self, way: int) -> None:
        """A page on or back; where there is none, nothing happens."""
        if 1 <= self._page + way <= self._pages:
            self._page, self._at_end = self._page + way, way < 0
            self._open()

    def change_scan(self, way: int) -> None:
        if 0 <= self.choice.currentIndex() + way < len(self._scans):
            self.choice.setCurrentIndex(self.choice.currentIndex() + way)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.choice, 1)
        head.addWidget(self.place)
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(4))
        for key, text, keys, act in self._acts():
            made = button(text, act, kind="link")
            made.setToolTip(keys[0].replace("PgDown", "PageDown").replace("PgUp", "PageUp"))
            self.tools[key] = made
            bar.addWidget(made)
            self._keys(keys, act)
        bar.addStretch(1)
        self._keys(("Ctrl+PgDown",), partial(self.change_scan, 1))
        self._keys(("Ctrl+PgUp",), partial(self.change_scan, -1))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.pane)
        layout = QVBoxLayout(self)
        margin = theme.px(8)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.px(4))
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        layout.addLayout(bar)
        self.setMinimumSize(theme.px(360), theme.px(300))

    def _acts(self) -> tuple[tuple[str, str, tuple[str, ...], Callable[[], object]], ...]:
        pane = self.pane
        return (
            ("back", "上页", ("PgUp",), pane.go_up),
            ("on", "下页", ("PgDown",), pane.go_down),
            ("smaller", "缩小", ("Ctrl+-",), pane.reduce),
            ("larger", "放大", ("Ctrl++", "Ctrl+="), pane.enlarge),
            ("fit", "整宽", ("Ctrl+0",), pane.fit_width),
            ("turn", "旋转", ("Ctrl+T",), pane.turn),
        )

    def _keys(self, keys: Sequence[str], act: Callable[[], object]) -> None:
        for one in keys:
            QShortcut(QKeySequence(one), self, act)

    def _begin(self) -> None:
        at = self.choice.currentIndex()
        self._page, self._pages = 1, self._scans[at].pages if at >= 0 else 1
        self._at_end = False
        self.pane.upright()
        self._open()

    def _open(self) -> None:
        self._drawn = 0
        self.pane.clear()
        self.say(OPENING if self._scans else self._empty)
        self._tell()
        self._ask(self._width())

    def _width(self) -> int:
        wanted = self.pane.pixels_wanted()
        return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])

    def _sharpen(self) -> None:
        """A page that was enlarged is drawn again, larger; the old picture stays until then."""
        if self._drawn and self._width() > self._drawn:
            self._ask(self._width())

    def _ask(self, width: int) -> None:
        self._tasks.drop(self._ticket)
        at = self.choice.currentIndex()
        if not 0 <= at < len(self._scans):
            return
        afresh, self._drawn = not self._drawn, width
        self._ticket = self._tasks.read(
            self,
            partial(load, self._scans[at].draw, self._page, width),
            partial(self._show, afresh=afresh),
            on_error=self.fail,
        )

    def _show(self, drawn: tuple[int, QImage], *, afresh: bool) -> None:
        self._pages, image = drawn
        self._stack.setCurrentWidget(self.pane)
        self.pane.show_picture(image, afresh=afresh)
        if afresh and self._at_end:
            self.pane.turn_to(end=True)
        self._tell()

    def fail(self, error: BaseException) -> None:
        """One sentence in the page's place; the other pages and files can be looked at."""
        told = explain(error)
        if told is None:  # only what can be mended comes here
            raise error
        self.pane.clear()
        self.say(f"{told.message}{told.remedy}")

    def say(self, text: str) -> None:
        self.message.setText(text)
        self._stack.setCurrentWidget(self.message)

    def _tell(self) -> None:
        there = bool(self._scans)
        text = f"第{self._page}/{self._pages}页" if there else ""
        self.place.setText(text)
        self.pane.setAccessibleName(f"{self.choice.currentText()} {text}".strip())
        self.choice.setVisible(there)
        for made in self.tools.values():
            made.setVisible(there)


def load(draw: Draw, number: int, width: int) -> tuple[int, QImage]:
    """How many pages there are, and one of them as a picture; runs off the GUI thread."""
    drawn = draw(number=number, width=width)
    return drawn.pages, QImage.fromData(drawn.png)
