"""The later pages of the first start: the scheme with year and aim, then its open figures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.errors import UserError, explain
from desktop_app.services.views.schemes import SchemeOffer, StartView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.figure_fields import FigureFields
from desktop_app.ui.dialogs.start_answers import StartAnswers
from desktop_app.ui.dialogs.start_fields import StartFields
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, main_button

TOLD = (
    "第 2 页,共 3 页:办哪个方案、哪一年。",
    "第 3 页,共 3 页:方案还缺的数。没有文件的先空着,什么时候有了什么时候补。",
)


class StartSteps(QWidget):
    """`done` carries the StartDraft; nothing is kept before."""

    back = Signal()
    told = Signal(str)
    done = Signal(object)

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self.banner = banner
        self.start, self.figures = StartFields(), FigureFields()
        self._answers = StartAnswers(self.start, self.figures)
        self.next_button = main_button("下一步:核对费用", self.go_on)
        self.create_button = main_button("建立本机构", self.finish)
        self.stack = QStackedWidget()
        self._add("方案", self.start, self.next_button)
        self.figures_card = self._add("方案还缺的数", self.figures, self.create_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setMinimumHeight(theme.px(400))
        self.start.chosen.connect(self._offer)
        self.start.entered.connect(self.go_on)
        self.figures.entered.connect(self.finish)

    def _add(self, title: str, widget: QWidget, main: QPushButton) -> Card:
        card = Card(title)
        card.add(widget, 1)
        row = QHBoxLayout()
        row.addWidget(button("上一步", self.go_back))
        row.addStretch(1)
        row.addWidget(main)
        card.add(row)
        self.stack.addWidget(card)
        return card

    def show_view(self, view: StartView) -> None:
        self.start.show_view(view)
        self.go_to(0)

    def go_to(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.told.emit(TOLD[step])
        field = next(iter(self.figures.fields.values()), self.figures.document)
        (field if step else self.start.list).setFocus()

    def go_back(self) -> None:
        self.banner.clear()
        if self.stack.currentIndex():
            self.go_to(0)
        else:
            self.back.emit()

    def go_on(self) -> None:
        try:
            self.start.needed_scheme()
            self.start.year_value()
            self.start.aim_value()
        except UserError as error:
            self.show_refusal(error)
            return
        self.banner.clear()
        self.go_to(1)

    def finish(self) -> None:
        if not self.isEnabled():  # Enter, while it is being made
            return
        try:
            draft = self._answers.draft(self.start.needed_scheme().key)
        except UserError as error:
            self.show_refusal(error)
            return
        self.banner.clear()
        self.done.emit(draft)

    def show_refusal(self, error: BaseException) -> None:
        """Say it, and put the cursor on the page and the field it is about."""
        known = explain(error)
        where = known.where if known is not None else None
        field = self._answers.field_of(where)
        if field is not None:
            self.go_to((self.start, self.figures).index(field))
            field.go_to(where or "")
        self.banner.show_failure(error)

    def _offer(self, offer: SchemeOffer) -> None:
        self.figures.offer(offer.figures)
        self.figures_card.set_right(offer.title)
