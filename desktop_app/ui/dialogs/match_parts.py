"""Money shared out by hand: a field for each application, the rest told while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.money import yuan
from desktop_app.errors import UserError
from desktop_app.services.drafts import PaymentPart
from desktop_app.services.views.matching import OwedLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.asked import AskedDialog
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import MoneyField
from desktop_app.ui.dialogs.match_choose import ChooseOwedDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services

_HIGH = 4  # rows that always show, however small the screen


class PartFields(QWidget):
    """The applications, what each still owes, and what of the money it gets; blank is nothing."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.owed: dict[int, OwedLine] = {}
        self.fields: dict[int, MoneyField] = {}
        self._room = 0
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self.area = QScrollArea()
        steady_bars(self.area)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.nothing = label("没有想到是哪家单位的,请按“添加申请”查找。", "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.nothing)
        layout.addWidget(self.area, 1)
        self._fit()

    def set_room(self, fen: int) -> None:
        """What there is to be shared out."""
        self._room = fen

    def offer(self, owed: OwedLine, fen: int = 0) -> MoneyField:
        """Add an application, or find its field again."""
        if owed.enrolment_id in self.fields:
            return self.fields[owed.enrolment_id]
        row, title = len(self.fields), f"{owed.unit_name} 认款(元)"
        field = MoneyField(fen or None)
        field.setAccessibleName(title)
        field.setFixedWidth(theme.px(150))
        field.textChanged.connect(self.changed)
        owes = f"还欠 {yuan(owed.fen)} 元" if owed.fen else "已经缴清"
        fill = button("填上", partial(self.fill, owed.enrolment_id), name=f"{title}:填上能填的")
        fill.setEnabled(bool(owed.fen))
        self._grid.addWidget(label(owed.unit_name, wrap=True), row, 0)
        self._grid.addWidget(label(owes, "quiet"), row, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(field, row, 2)
        self._grid.addWidget(fill, row, 3)
        self.owed[owed.enrolment_id], self.fields[owed.enrolment_id] = owed, field
        self._fit()
        self.changed.emit()
        return field

    def fill(self, enrolment_id: int) -> None:
        """All that the application owes, as far as the money reaches."""
        self.fields[enrolment_id].clear()
        rest = max(self._room - self.total(), 0)
        self.fields[enrolment_id].setText(yuan(min(rest, self.owed[enrolment_id].fen)))

    def set_amounts(self, fen: dict[int, int]) -> None:
        for enrolment_id, field in self.fields.items():
            amount = fen.get(enrolment_id, 0)
            field.setText(yuan(amount) if amount else "")

    def total(self) -> int:
        """What is typed so far; what is no amount yet counts nothing."""
        found = 0
        for enrolment_id in self.fields:
            try:
                found += self._fen(enrolment_id) or 0
            except UserError:
                continue
        return found

    def parts(self) -> tuple[PaymentPart, ...]:
        told = ((one, self._fen(one)) for one in self.fields)
        return tuple(PaymentPart(one, fen) for one, fen in told if fen)

    def over(self) -> OwedLine | None:
        """An application that would get more than it owes."""
        for part in self.parts():
            if part.fen > self.owed[part.enrolment_id].fen:
                return self.owed[part.enrolment_id]
        return None

    def short(self) -> list[tuple[OwedLine, int]]:
        """The applications that get something and still owe something, with how much."""
        left = [(self.owed[one.enrolment_id], one.fen) for one in self.parts()]
        return [(owed, owed.fen - fen) for owed, fen in left if owed.fen > fen]

    def _fen(self, enrolment_id: int) -> int | None:
        owed = self.owed[enrolment_id]
        return self.fields[enrolment_id].value(f"part-{enrolment_id}", owed.unit_name)

    def _fit(self) -> None:
        rows = len(self.fields)
        self.nothing.setVisible(not rows)
        self.area.setVisible(bool(rows))
        self.area.setMinimumHeight(theme.px(44) * min(rows, _HIGH) + theme.px(6))


class PartsDialog(AskedDialog):
    """Shares money out; a subclass says what money and what becomes of it."""

    def __init__(
        self, services: Services, tasks: TaskRunner, words: tuple[str, str], parent: QWidget | None
    ) -> None:
        super().__init__(tasks, *words, parent)
        self.services, self.room_fen = services, 0
        self.parts = PartFields()
        self.add_button = button("添加申请(&A)…", self.add_application, name="添加别的单位的申请")
        self.told = label("", wrap=True)
        self.setMinimumWidth(theme.px(640))

    def lay_parts(self, offered: Sequence[tuple[OwedLine, int]], fen: int) -> None:
        """Below what the subclass says: the fields, the button, the sums."""
        self.body.addWidget(self.parts, 1)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.told)
        self.parts.changed.connect(self.tell)
        self.set_room(fen)
        for owed, amount in offered:
            self._fields[f"part-{owed.enrolment_id}"] = self.parts.offer(owed, amount)
        first: QWidget = next(iter(self.parts.fields.values()), None) or self.add_button
        first.setFocus()
        self.tell()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its fields ask for, and never higher than the window or screen it is over."""
        over = self.parentWidget()
        room = (
            over.window().height() if over is not None else self.screen().availableSize().height()
        )
        self.resize(self.width(), min(self.sizeHint().height(), room - theme.px(40)))
        super().showEvent(event)

    def set_room(self, fen: int) -> None:
        self.room_fen = fen
        self.parts.set_room(fen)

    def add_application(self) -> ChooseOwedDialog:
        dialog = ChooseOwedDialog(self.services, self.tasks, self)
        dialog.picked.connect(self._add)
        return opened(dialog)

    def _add(self, owed: OwedLine) -> None:
        field = self.parts.offer(owed)
        self._fields[f"part-{owed.enrolment_id}"] = field
        if not field.text():
            self.parts.fill(owed.enrolment_id)
        for other in self.parts.fields.values():
            other.deselect()  # of several that were added only the last is to be typed over
        field.setFocus()
        field.selectAll()

    def tell(self) -> None:
        """What is shared out, what is left, and what is too much."""
        try:
            over, told = self.parts.over(), self.parts.total()
        except UserError as error:
            self._say(error.message, "late")
            return
        rest = self.room_fen - told
        text = f"这笔 {yuan(self.room_fen)} 元,认 {yuan(told)} 元,"
        if rest < 0:
            self._say(f"{text}多填了 {yuan(-rest)} 元。", "late")
        elif over is not None:
            self._say(f"“{over.unit_name}”只欠 {yuan(over.fen)} 元,多的留作余款。", "late")
        elif rest:
            self._say(f"{text}余款 {yuan(rest)} 元(以后转给别的申请或退回)。", "warn")
        elif short := self.parts.short():
            first, more = short[0], f"等 {len(short)} 份" if len(short) > 1 else ""
            owes = yuan(sum(fen for _owed, fen in short))
            self._say(f"{text}分完了;“{first[0].unit_name}”{more}还欠 {owes} 元。", "warn")
        else:
            self._say(f"{text}正好分完。", "good")

    def _say(self, text: str, tone: str) -> None:
        self.told.setText(text)
        theme.set_tone(self.told, tone)
