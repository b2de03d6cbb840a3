"""Parts of the first page: a number, the drive by area, the first steps of an empty office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.services.views.board import AreaProgress, Board
from desktop_app.services.views.units import UnitRow
from desktop_app.ui import theme
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label


class NumberCard(Card):
    """One count; its colour shows only while there is something to count."""

    def __init__(self, title: str, tone: str = "") -> None:
        super().__init__(title)
        self._tone = tone
        self.number, self.note = label("—", "num"), label("", "quiet", wrap=True)
        self.note.setMinimumHeight(theme.px(20))
        self.add(self.number)
        self.add(self.note)
        self.body.addStretch(1)

    def show_number(self, number: int, note: str) -> None:
        self.number.setText(str(number))
        self.note.setText(note)
        self.note.setToolTip(note)
        theme.set_tone(self.number, self._tone if number else "")
        self.setAccessibleName(f"{self.title.text()}:{number},{note}")


class AreasCard(Card):
    def __init__(self) -> None:
        super().__init__("集中办理进度")
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(10))
        self.grid.setVerticalSpacing(theme.px(8))
        self.grid.setColumnStretch(1, 1)
        self.people, self.backup = label("", wrap=True), label("", "quiet", wrap=True)
        self.add(self.grid)
        self.add(self.people)
        self.body.addStretch(1)
        self.add(self.backup)

    def show_board(self, board: Board) -> None:
        self.set_right(f"{board.year} 年度")
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, area in enumerate(board.areas):
            self.grid.addWidget(label(area.area), row, 0)
            self.grid.addWidget(_bar(area), row, 1, Qt.AlignmentFlag.AlignVCenter)
            self.grid.addWidget(label(f"{area.done}/{area.units} 家", "quiet"), row, 2)
        self.people.setText(people_sentence(board))
        self.backup.setText(f"上次备份 {board.last_backup}")


class CalendarNote(QWidget):
    """A line that a year's 放假安排 is not entered, with the way there; hidden while all are."""

    go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", tone="warn")
        self.button = button("去录入", partial(self.go.emit, "calendar"), kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def show_years(self, years: Sequence[int]) -> None:
        listed = "、".join(str(year) for year in years)
        self.text.setText(f"{listed}年放假安排未录入,工作日暂按周末和固定节日推算。")
        self.button.setAccessibleName(f"去录入{listed}年放假安排")
        self.setVisible(bool(years))


def people_sentence(board: Board) -> str:
    if not board.target:
        return f"全县 {board.people:,} 人在内,还没有定目标人数"
    share = board.people * 100 / board.target
    return f"全县 {board.people:,} 人,目标 {board.target:,} 人,完成 {share:.1f}%"


def progress_text(board: Board, units: Sequence[UnitRow]) -> str:
    """截至…, 单位x家、职工y人、金额z元, 完成目标…%."""
    joined = [unit for unit in units if unit.people]
    known = [unit.due_fen for unit in joined if unit.due_fen is not None]
    people = sum(unit.people for unit in joined)
    text = (
        f"截至{chinese_date(board.today)},{board.year}年度已报名单的单位{len(joined)}家、"
        f"职工{people:,}人、金额{yuan(sum(known))}元"
    )
    open_units = len(joined) - len(known)
    if open_units:
        text += f"(另有{open_units}家金额待核对)"
    if board.target:
        text += f",完成目标{people * 100 / board.target:.1f}%"
    return text + "。"


class FirstSteps(QWidget):
    """What an empty office does first; each is a big button."""

    check = Signal()
    go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        card = Card("从这里开始", "还没有单位")
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        steps = (
            (
                "1  登记第一家单位",
                "填单位名称和代码,拖入证件照片。",
                partial(self.go.emit, "new-unit"),
            ),
            ("2  先查一份名单", "不用先建单位,查完能把问题发回去。", self.check.emit),
            (
                "3  核对各项费用",
                "费用凭文件确认后,才能出缴费通知单。",
                partial(self.go.emit, "figures"),
            ),
        )
        self.buttons = []
        for title, text, act in steps:
            big = button(f"{title}\n\n{text}", act, kind="big", name=title)
            self.buttons.append(big)
            row.addWidget(big, 1)
        card.add(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)


def _bar(area: AreaProgress) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, max(area.units, 1))
    bar.setValue(area.done)
    bar.setTextVisible(False)
    bar.setFixedHeight(theme.px(8))
    bar.setAccessibleName(f"{area.area} {area.done}/{area.units} 家")
    return bar
