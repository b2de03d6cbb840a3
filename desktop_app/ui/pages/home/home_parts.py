"""Parts of the first page: the drive by area, the first steps of an empty office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.services.board.progress import share_text
from desktop_app.services.views.board import Board, Mark, Slice
from desktop_app.ui import theme
from desktop_app.ui.pages.home.home_numbers import NumberGrid, area_rows, area_titles
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars


class AreasCard(Card):
    """The drive by area, and the people in it; every count opens its list."""

    opened = Signal(object)  # Slice

    def __init__(self) -> None:
        super().__init__("集中办理进度")
        self.numbers = NumberGrid()
        self.numbers.opened.connect(self.opened)
        self.area = QScrollArea()
        steady_bars(self.area)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.numbers)
        column.addStretch(1)
        self.area.setWidget(inside)
        self.heads = [button("", partial(self._open, at), kind="link") for at in range(3)]
        self.aim, self.backup = label("", wrap=True), label("", "quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(8))
        self.bar.hide()
        self._slices: tuple[Slice, ...] = ()
        people = QGridLayout()
        people.setContentsMargins(0, 0, 0, 0)
        people.setVerticalSpacing(0)
        for at, head in enumerate(self.heads):
            people.addWidget(head, 0, at, Qt.AlignmentFlag.AlignLeft)
        self.add(self.area, 1)
        self.add(people)
        self.add(self.bar)
        self.add(self.aim)
        self.add(self.backup)

    def show_board(self, board: Board) -> None:
        self.set_right(f"{board.year} 年度")
        self.numbers.show_rows(area_titles(board), area_rows(board))
        counts = (
            ("已报", board.reported, Mark.REPORTED),
            (board.paid_word, board.paid, Mark.PAID),
            ("办结", board.finished, Mark.FINISHED),
        )
        self._slices = tuple(Slice(mark) for _word, _heads, mark in counts)
        for head, (word, heads, _mark) in zip(self.heads, counts, strict=True):
            head.setText(f"{word} {heads.people:,} 人")
            head.setAccessibleName(f"{word}{heads.people}人,打开列表")
        self.aim.setText(aim_sentence(board))
        self.bar.setVisible(bool(board.target))
        self.bar.setRange(0, max(board.target or 0, 1))
        self.bar.setValue(min(board.paid.people, board.target or 0))
        self.bar.setAccessibleName(self.aim.text())
        self.backup.setText(f"上次备份 {board.last_backup}")

    def _open(self, at: int) -> None:
        if self._slices:
            self.opened.emit(self._slices[at])


class _Note(QWidget):
    """A line with the way to what it speaks of; hidden while there is nothing to say."""

    go = Signal(str)

    def __init__(self, way: str, place: str) -> None:
        super().__init__()
        self.text = label("", tone="warn")
        self.button = button(way, partial(self.go.emit, place), kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()


class CalendarNote(_Note):
    """That a year's 放假安排 is not entered."""

    def __init__(self) -> None:
        super().__init__("去录入", "calendar")

    def show_years(self, years: Sequence[int]) -> None:
        listed = "、".join(str(year) for year in years)
        self.text.setText(f"{listed}年放假安排未录入,工作日暂按周末和固定节日推算。")
        self.button.setAccessibleName(f"去录入{listed}年放假安排")
        self.setVisible(bool(years))


class LoansNote(_Note):
    """That files lent out should be back."""

    def __init__(self) -> None:
        super().__init__("去催还", "shelves")
        self.button.setAccessibleName("去催还借出的档案")

    def show_count(self, count: int) -> None:
        self.text.setText(f"借出的档案有 {count} 卷过了应还日期。")
        self.setVisible(count > 0)


def aim_sentence(board: Board) -> str:
    """The aim and how much of it stands: people for whom nothing more is to be paid."""
    if not board.target:
        return "还没有定目标人数"
    return f"目标 {board.target:,} 人,按{board.paid_word}人数{share_text(board, '完成 ')}"


class FirstSteps(QWidget):
    """What an empty office does first; each is a big button."""

    check = Signal()
    begin = Signal()
    go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        card = Card("从这里开始", "还没有单位")
        grid = QGridLayout()
        grid.setSpacing(theme.px(12))
        steps: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (
                "1  登记第一家单位",
                "填单位名称和代码,拖入证件照片。",
                partial(self.go.emit, "new-unit"),
            ),
            ("2  先查一份名单", "不用先建单位,查完能把问题发回去。", self.check.emit),
            (
                "3  核对方案和各项费用",
                "选方案、年度、目标;费用凭文件一次确认,才能出缴费通知单。",
                self.begin.emit,
            ),
            (
                "4  导入上年台账",
                "期初建账:上年的单位和名单一次导入,今年按名单续保。",
                partial(self.go.emit, "opening"),
            ),
        )
        self.buttons = []
        for at, (title, text, act) in enumerate(steps):
            big = button(f"{title}\n\n{text}", act, kind="big", name=title)
            self.buttons.append(big)
            grid.addWidget(big, at // 2, at % 2)
        card.add(grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)
