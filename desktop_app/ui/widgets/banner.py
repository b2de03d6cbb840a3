"""A strip that says what went wrong and what to do, in place; hidden while there is nothing."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError, explain
from desktop_app.ui import theme
from desktop_app.ui.widgets.labels import button, label, styled

# A key of a field or of the scheme's file is for the program, not for reading.
_KEY = re.compile(r"[a-z][a-z0-9_]*$|(?:plans|coverage|funding|participation|eligibility|claims)\.")


class Banner(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled(self, "banner")
        self.message = label("", wrap=True)
        self.remedy = label("", "quiet", wrap=True)
        self.close_button = button("知道了", self.clear, kind="link", name="关闭提示")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.message)
        texts.addWidget(self.remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        layout.addLayout(texts, 1)
        layout.addWidget(self.close_button)
        self.hide()

    @property
    def text(self) -> str:
        return self.message.text()

    def show_error(self, error: UserError) -> None:
        told = error.where and error.where not in error.message and not _KEY.match(error.where)
        where = f"({error.where})" if told else ""
        self._say(f"{error.message}{where}", error.remedy, "late")

    def show_failure(self, error: BaseException) -> None:
        """For TaskRunner's on_error: whatever the user can mend."""
        known = explain(error)
        if known is None:
            raise error
        self.show_error(known)

    def show_info(self, text: str, remedy: str = "") -> None:
        self._say(text, remedy, "")

    def show_good(self, text: str, remedy: str = "") -> None:
        self._say(text, remedy, "good")

    def show_warning(self, text: str, remedy: str = "") -> None:
        self._say(text, remedy, "warn")

    def show_bad(self, text: str, remedy: str = "") -> None:
        self._say(text, remedy, "late")

    def clear(self) -> None:
        self.message.setText("")
        self.remedy.setText("")
        self.hide()

    def _say(self, text: str, remedy: str, tone: str) -> None:
        self.message.setText(text)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.setAccessibleName(text)
        self.setAccessibleDescription(remedy)
        theme.set_tone(self, tone)
        self.show()
