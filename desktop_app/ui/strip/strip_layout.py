"""What the strip is made of: where one is, the value, what was copied, the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.strip.value_box import ValueBox
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

WIDTH = 400


class StripLayout:
    """Lays out the widgets in their window; what they do is the window's."""

    def __init__(self, window: QWidget) -> None:
        self.banner, self.box = Banner(), ValueBox()
        self.where, self.name = label("", "quiet", wrap=True), label("", "h2")
        self.at = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(4))
        self.bar.setAccessibleName("录入进度")
        self.told = label("", "quiet", wrap=True)
        self.told.setMinimumHeight(theme.px(20))
        self.part = QComboBox()
        self.part.setAccessibleName("跳到哪一部分")
        self.person = QLineEdit()
        self.person.setPlaceholderText("找人:姓名或第几人(Ctrl+F)")
        self.person.setAccessibleName("找人:姓名或第几人")
        self.take_button = main_button("复制,到下一项(F8)")
        self.back_button = _small("上一项", "Shift+F8")
        self.skip_button = _small("跳过", "F9", ",不复制")
        self.before_button = _small("上一人", "PgUp")
        self.person_button = _small("下一人", "PgDn")
        self.close_button = button("关闭(Esc)", kind="link", name="关闭")
        self._fill(window)
        window.setMinimumWidth(theme.px(WIDTH))
        self.box.setFocus()

    def _fill(self, window: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.at)
        moves, find = QHBoxLayout(), QHBoxLayout()
        for made in (self.back_button, self.skip_button, self.before_button, self.person_button):
            moves.addWidget(made)
        moves.addStretch(1)
        moves.addWidget(self.close_button)
        find.addWidget(self.part, 1)
        find.addWidget(self.person, 1)
        for row in (moves, find):
            row.setSpacing(theme.px(6))
        layout = QVBoxLayout(window)
        layout.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(8))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.banner)
        layout.addWidget(self.where)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.take_button)
        layout.addLayout(moves)
        layout.addLayout(find)

    def place(self, where: str, name: str) -> None:
        self.where.setText(where)
        self.name.setText(name)

    def tell(self, text: str, tone: str = "") -> None:
        """What the last key did."""
        self.told.setText(text)
        theme.set_tone(self.told, tone)

    def offer(self, parts: tuple[str, ...]) -> None:
        self.part.clear()
        self.part.addItems(list(parts))
        self.part.setEnabled(len(parts) > 1)

    def count(self, at: int, whole: int) -> None:
        self.at.setText(f"{min(at + 1, whole)}/{whole}" if whole else "")
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(at)


def _small(text: str, keys: str, more: str = "") -> QPushButton:
    """A button whose key stands in its tool tip: the strip is narrow."""
    made = button(text, name=f"{text}{more}")
    made.setToolTip(f"{text}{more}  {keys}")
    made.setAccessibleDescription(keys)
    return made
