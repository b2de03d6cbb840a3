"""A dialog whose act may be asked about once more: a tick says that it is rightly so."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.errors import UserError
from desktop_app.ui.dialogs.base import ActDialog
from desktop_app.ui.tasks import TaskRunner


class AskedDialog(ActDialog):
    """The tick shows after the refusal it answers, and goes when what was asked about changes."""

    def __init__(
        self, tasks: TaskRunner, title: str, button_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, title, button_text, parent)
        self._asks = ""
        self.sure = QCheckBox()
        self.sure.hide()

    def add_question(self, code: str, key: str, text: str) -> None:
        """Show `text` to be ticked after a refusal with this code; `key` is its `where`."""
        self._asks, self._fields[key] = code, self.sure
        self.sure.setText(text)
        self.sure.setAccessibleName(text)
        self.body.addWidget(self.sure)

    def ask_anew(self) -> None:
        self.sure.setChecked(False)
        self.sure.hide()

    def show_error(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.code == self._asks:
            self.sure.show()
        super().show_error(error)
