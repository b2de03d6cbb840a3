"""What the strip is made of: where one is, the value, what was copied, the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
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
        self.bar.setFixedHeight(theme.px(6))
        self.bar.setAccessibleName("录入进度")
        self.told = label("", "quiet", wrap=True)
        self.told.setMinimumHeight(theme.px(34))
        self.part = QComboBox()
        self.part.setAccessibleName("跳到哪一部分")
        self.person = QLineEdit()
        self.person.setPlaceholderText("找人:姓名或第几人(Ctrl+F)")
        self.person.setAccessibleName("找人:姓名或第几人")
        self.take_button = main_button("复制,到下一项(F8)")
        self.back_button = button("上一项(Shift+F8)", name="上一项")
        self.skip_button = button("跳过(F9)", name="跳过,不复制")
        self.before_button = button("上一人(PgUp)", name="上一人")
        self.person_button = button("下一人(PgDn)", name="下一人")
        self.close_button = button("关闭(Esc)", kind="link", name="关闭")
        self._fill(window)
        window.setMinimumWidth(theme.px(WIDTH))
        self.box.setFocus()

    def _fill(self, window: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.at)
        moves = QGridLayout()
        moves.setSpacing(theme.px(6))
        buttons = (self.back_button, self.skip_button, self.before_button, self.person_button)
        for at, made in enumerate(buttons):
            moves.addWidget(made, at // 2, at % 2)
        find = QHBoxLayout()
        find.addWidget(self.part, 1)
        find.addWidget(self.person, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(window)
        layout.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(8))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self.banner)
        layout.addWidget(self.where)
        layout.addLayout(head)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.take_button)
        layout.addLayout(moves)
        layout.addLayout(find)
        layout.addLayout(foot)

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
