"""The frame every dialog shares: fields, one blue button, refusals shown inline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UserError, explain
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import FileField
from desktop_app.ui.pasted import Source, copied, scans_in
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

Call = Callable[[], Any]
D = TypeVar("D", bound=QDialog)
_KEY = re.compile(r"[a-z][a-z0-9_:-]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What a dialog says: its title, a sentence, its blue button."""

    title: str
    text: str
    button: str


def opened(dialog: D) -> D:
    """Open a dialog over its page; it goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def form_layout() -> QFormLayout:
    form = QFormLayout()
    form.setSpacing(theme.px(8))
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return form


class ActDialog(QDialog):
    """One act: fields above, the blue button (Enter) and 取消 (Esc) below.

    A subclass fills the form and gives `calls`; they are saved one after another, and the dialog
    closes when the last one is. A refusal keeps everything typed and is shown on top.
    """

    saved = Signal(object)  # the value of the last call

    def __init__(
        self, tasks: TaskRunner, title: str, button_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tasks, self.busy = tasks, False
        self._button_text = button_text
        self._left: list[Call] = []
        self._on_last: Callable[[Any], None] = self.finish
        self._focused: QWidget | None = None
        self._fields: dict[str, QWidget] = {}
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(theme.px(520))
        self.banner = Banner()
        self.form = form_layout()
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(10))
        self._lay_out()

    def _lay_out(self) -> None:
        self.main_button: QPushButton = main_button(self._button_text, self.accept)
        self.cancel_button: QPushButton = button("取消(Esc)", self.reject, name="取消")
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.main_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.banner)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(theme.px(16))
        self._sides.addWidget(self._content)
        layout.addLayout(self._sides, 1)
        layout.addLayout(self.foot)

    def lay_beside(self, part: QWidget) -> None:
        """Put a large part to the right of the fields, once those are all there."""
        self.body.addStretch(1)
        self._content.setFixedWidth(theme.px(400))
        self._sides.addWidget(part, 1)
        over = self.parentWidget()
        room = over.window().size() if over is not None else self.screen().availableSize()
        wide, high = room.width() - theme.px(40), room.height() - theme.px(40)
        self.resize(min(theme.px(1080), wide), min(theme.px(720), high))

    def calls(self) -> Sequence[Call]:
        """The saving calls over plain values; raises UserError for what is typed wrong.

        `where` of that error may name a field: the cursor goes there.
        """
        raise NotImplementedError

    def add_row(self, title: str, widget: QWidget, key: str = "") -> None:
        """Add a field with its label; `key` is the name an error's `where` points to it by."""
        name = label(title)
        name.setBuddy(widget)
        widget.setAccessibleName(title)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
        if key:
            self._fields[key] = widget
        self.form.addRow(name, widget)

    def add_note(self, text: str, kind: str = "quiet") -> QLabel:
        note = label(text, kind, wrap=True)
        self.body.addWidget(note)
        return note

    def accept(self) -> None:
        if self.main_button.isEnabled():
            self.act(self.calls, self.finish)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes through the fields first; the cursor starts in the first one."""
        content = [widget for widget in self._chain() if self._content.isAncestorOf(widget)]
        for before, after in pairwise([*content[-1:], self.cancel_button, self.main_button]):
            QWidget.setTabOrder(before, after)
        if self.focusWidget() is None and self._fields:
            next(iter(self._fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A copied picture or file goes into the fields for files, the empty ones first."""
        found = scans_in(copied()) if event.matches(QKeySequence.StandardKey.Paste) else ()
        if not (found and self.take_scans(found)):
            super().keyPressEvent(event)

    def take_scans(self, found: tuple[Source, ...]) -> bool:
        """Put files into the fields for them; whether there are such fields."""
        fields = [one for one in self.findChildren(FileField) if one.isEnabled()]
        fields.sort(key=lambda one: one.source is not None)
        if self.busy:
            return False
        for one, source in zip(fields, found, strict=False):
            one.take((source,))
        return bool(fields)

    def _chain(self) -> Iterator[QWidget]:
        """Every widget of the dialog, in the order of Tab."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            yield widget
            widget = widget.nextInFocusChain()

    def reject(self) -> None:
        if not self.busy:  # a save under way ends first: its answer must be seen
            super().reject()

    def act(self, calls: Callable[[], Sequence[Call]], then: Callable[[Any], None]) -> None:
        """Save what `calls` gives, one after another, up to the first refusal.

        `then` is told the last value; `finish` closes the dialog, another one keeps it open.
        """
        if self.busy:
            return
        try:
            self._left = list(calls())
        except UserError as error:
            self.show_error(error)
            return
        self._on_last = then
        self.banner.clear()
        if self._left:
            self.set_busy(True)
            self._save_next()
        else:
            then(None)

    def finish(self, value: Any) -> None:
        """Tell the value and close."""
        self.saved.emit(value)
        super().accept()

    def show_error(self, error: BaseException) -> None:
        told = explain(error)
        if told is None:  # only what can be mended comes here; a bug goes to the window
            raise error
        field = self._fields.get(told.where or "")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        if _KEY.fullmatch(told.where or ""):  # a field's key is for the cursor, not for reading
            told = UserError(told.code, told.message, told.remedy)
        self.banner.show_error(told)

    def set_busy(self, busy: bool) -> None:
        if busy:
            self._focused = self.focusWidget()
        self.busy = busy
        self._content.setEnabled(not busy)
        self.cancel_button.setEnabled(not busy)
        self.main_button.setEnabled(not busy)
        self.main_button.setText("正在保存…" if busy else self._button_text)
        if not busy and self._focused is not None:  # disabling took the cursor away
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_next(self) -> None:
        self.tasks.save(
            self,
            self._left.pop(0),
            self._on_saved,
            on_error=self.show_error,
            on_ended=self._on_ended,
        )

    def _on_ended(self) -> None:
        self.set_busy(False)

    def call_saved(self) -> None:
        """One call of several is saved; a retry after a later refusal must not repeat it."""

    def _on_saved(self, value: Any) -> None:
        self.call_saved()
        if self._left:
            self.set_busy(True)
            self._save_next()
        else:
            self._on_last(value)
