"""计算过程: how an application's amount and cover came about, each step with its source."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.services.views.quotes import QuoteView
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars


class QuoteDialog(QDialog):
    """Shows the worksheet that is kept with the case; nothing can be changed in it."""

    def __init__(self, unit_name: str, quote: QuoteView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"计算过程 · {unit_name}")
        self.setModal(True)
        self.setMinimumSize(theme.px(640), theme.px(420))
        self.close_button = button("关闭(Esc)", self.reject, name="关闭")
        self.summary = label(result_words(quote), "h2", wrap=True)
        self.notes = [(f"待核对:{name}", "warn") for name in quote.to_confirm]
        self.notes += [(problem, "late") for problem in quote.problems]
        foot = QHBoxLayout()
        foot.addWidget(label(kept_words(quote), "quiet", wrap=True), 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.summary)
        for text, tone in self.notes:
            layout.addWidget(label(text, tone=tone, wrap=True))
        layout.addWidget(_steps(quote), 1)
        layout.addLayout(foot)


def _steps(quote: QuoteView) -> QScrollArea:
    inside = QWidget()
    lines = QGridLayout(inside)
    lines.setColumnStretch(1, 1)
    lines.setVerticalSpacing(theme.px(4))
    for at, step in enumerate(quote.steps):
        lines.addWidget(label(f"{at + 1}", "quiet"), 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(label(step.text, wrap=True), 2 * at, 1)
        clause = f"依据:{step.clause}" if step.clause else ""
        lines.addWidget(label(clause, "quiet", wrap=True), 2 * at + 1, 1)
    lines.setRowStretch(2 * len(quote.steps), 1)
    area = QScrollArea()
    steady_bars(area)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setAccessibleName("计算过程的各步")
    return area


def result_words(quote: QuoteView) -> str:
    """The amount, what of it the unit transfers, months and cover."""
    words = []
    if quote.total_fen is not None:
        words.append(f"{'估算 ' if quote.estimate else ''}合计 {yuan(quote.total_fen)} 元")
    if quote.due_fen is not None and quote.due_fen != quote.total_fen:
        words.append(f"单位应缴 {yuan(quote.due_fen)} 元" if quote.due_fen else "单位不用缴款")
    if quote.first is not None and quote.last is not None:
        words.append(f"{quote.months} 个月")
        words.append(f"{chinese_date(quote.first)}0时 至 {chinese_date(quote.last)}24时")
    return " · ".join(words) or "还算不出金额"


def kept_words(quote: QuoteView) -> str:
    version = f"按方案第{quote.version_no}版计算"
    return f"{version},审核通过时存档,不再改动。" if quote.kept else f"{version},审核通过时存档。"
