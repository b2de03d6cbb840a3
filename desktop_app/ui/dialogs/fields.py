"""Fields the dialogs share: each gives a plain value or says what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QDate, QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop_app.domain.dates import parse_date
from desktop_app.domain.money import parse_yuan, yuan
from desktop_app.errors import UserError
from desktop_app.ui import theme
from desktop_app.ui.pasted import Source, copied, scans_in
from desktop_app.ui.widgets.drop_area import SCANS, FileDrops
from desktop_app.ui.widgets.labels import button, label


class LineField(QLineEdit):
    """One line; a copied file or picture is no text for it and is left to the page or dialog."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAcceptDrops(False)  # a file let go here is not its path

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+V to the page's own way of pasting where a file was copied."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _pastes_file(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _pastes_file(event):
            event.ignore()  # Qt would put nothing in the place of what is selected
        else:
            super().keyPressEvent(event)


def _pastes_file(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Paste) and bool(scans_in(copied()))


class TextField(LineField):
    """One line of text; blank is None."""

    def __init__(self, text: str | None = None, hint: str = "") -> None:
        super().__init__(text or "")
        self.setPlaceholderText(hint)

    def value(self) -> str | None:
        return self.text().strip() or None

    def needed(self, key: str, title: str) -> str:
        value = self.value()
        if value is None:
            raise UserError("field-missing", f"“{title}”还没有填。", "请填写后再保存。", key)
        return value


class MoneyField(LineField):
    """An amount in yuan as people type it; the value is in fen."""

    def __init__(self, fen: int | None = None) -> None:
        super().__init__("" if fen is None else yuan(fen))
        self.setPlaceholderText("元,例如 8,600.00")

    def value(self, key: str, title: str) -> int | None:
        if not self.text().strip():
            return None
        try:
            return parse_yuan(self.text())
        except (UserError, ValueError) as error:
            raise UserError(
                "amount-unreadable",
                f"“{title}”里的“{self.text()}”不是金额。",
                "请写成元,例如 8600 或 8,600.50。",
                key,
            ) from error

    def needed(self, key: str, title: str) -> int:
        value = self.value(key, title)
        if value is None:
            raise UserError("field-missing", f"“{title}”还没有填。", "请填写金额(元)。", key)
        return value


class CountField(LineField):
    """A whole number of people, or of what `unit` says; blank is None."""

    def __init__(self, count: int | None = None, hint: str = "人", unit: str = "人") -> None:
        super().__init__("" if count is None else str(count))
        self.setPlaceholderText(hint)
        self._unit = unit

    def value(self, key: str, title: str) -> int | None:
        text = self.text().strip().removesuffix(self._unit).strip()
        if not text:
            return None
        if not text.isdecimal() or len(text) > 7:
            raise UserError(
                "count-unreadable",
                f"“{title}”里的“{text}”不是{self._unit}数。",
                "请填写整数。",
                key,
            )
        return int(text)

    def needed(self, key: str, title: str) -> int:
        value = self.value(key, title)
        if value is None:
            raise UserError("field-missing", f"“{title}”还没有填。", "请填写人数。", key)
        return value


class DayField(QDateEdit):
    """A day; the keyboard's arrows and the calendar both set it."""

    def __init__(self, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy年M月d日")

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the field; between year, month and day go the arrows."""
        return QWidget.focusNextPrevChild(self, forward)

    def value(self) -> date:
        return cast(date, self.date().toPython())

    def set_day(self, day: date) -> None:
        self.setDate(QDate(day.year, day.month, day.day))


class CopiedDayField(LineField):
    """A day copied from a paper: nothing stands in it until it is typed."""

    def __init__(self, day: date | None = None, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        if day is not None:
            self.set_day(day)

    def value(self, key: str, title: str) -> date | None:
        text = self.text().strip()
        day = parse_date(text) if text else None
        if text and day is None:
            raise UserError(
                "day-unreadable",
                f"“{title}”里的“{text}”不是日期。",
                "请写成年月日,例如 2026-12-1。",
                key,
            )
        return day

    def needed(self, key: str, title: str) -> date:
        value = self.value(key, title)
        if value is None:
            hint = self.placeholderText() or "请填写后再保存"
            raise UserError("field-missing", f"“{title}”还没有填。", f"{hint}。", key)
        return value

    def set_day(self, day: date) -> None:
        self.setText(day.isoformat())


class ChoiceField(QComboBox):
    """One of several named values; digits choose as well."""

    def __init__(
        self, choices: tuple[tuple[str, str], ...], chosen: str | None = None, *, unset: str = ""
    ) -> None:
        """With `unset`, that text stands there until one is chosen; nothing is by itself."""
        super().__init__()
        for key, text in choices:
            self.addItem(text, key)
        self.setPlaceholderText(unset)
        self.setCurrentIndex(max(-1 if unset else 0, self.findData(chosen)))

    def value(self) -> str:
        """The key of the chosen one; empty while none is."""
        return cast(str, self.currentData() or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= self.count():
            self.setCurrentIndex(int(digit) - 1)
        else:
            super().keyPressEvent(event)


class EditableChoice(QComboBox):
    """A list one may also type into."""

    def __init__(self, text: str | None = None) -> None:
        super().__init__()
        self.setEditable(True)
        self.setEditText(text or "")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if (line := self.lineEdit()) is not None:  # it is the one that has the cursor
            line.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the dialog's blue button, also while the text is selected."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()

    def offer(self, choices: tuple[str, ...]) -> None:
        """Fill the list without losing what is typed."""
        typed = self.currentText()
        with QSignalBlocker(self):
            self.clear()
            self.addItems(list(choices))
            self.setEditText(typed)

    def value(self) -> str | None:
        return self.currentText().strip() or None


class FileField(QFrame):
    """One file, dropped here, pasted or chosen, or a copied picture; nothing is opened."""

    changed = Signal()

    def __init__(self, prompt: str = "把文件拖到这里,或", kinds: str = SCANS) -> None:
        super().__init__()
        self.source: Source | None = None
        self._kinds, self._prompt = kinds, prompt
        self.setProperty("class", "drop")
        FileDrops(self, scans_in).files_dropped.connect(self.take)
        self.label = label(prompt, "quiet")
        self.button = button("选择文件…", self.choose)
        self.button.setToolTip("复制了图片或文件,按 Ctrl+V 也能放进来")
        self.setFocusProxy(self.button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(10), 0, 0, 0)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)

    @property
    def path(self) -> Path | None:
        """The file where it is one on a disk."""
        return self.source if isinstance(self.source, Path) else None

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.button.setAccessibleName(f"{name}:选择文件")

    def set_path(self, path: Path | None) -> None:
        self.set_source(path)

    def set_source(self, source: Source | None) -> None:
        if self._kinds != SCANS and not isinstance(source, Path | None):
            return  # a copied picture is no workbook
        self.source = source
        self.label.setText(source.name if source else self._prompt)
        self.label.setToolTip(str(source) if isinstance(source, Path) else "")
        self.changed.emit()

    def take(self, found: tuple[Source, ...]) -> None:
        """The first of what was dropped or pasted."""
        self.set_source(found[0])

    def choose(self) -> None:
        chosen = ask_file(self, self.accessibleName() or "选择文件", self._kinds)
        if chosen is not None:
            self.set_path(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V while its button has the cursor."""
        found = scans_in(copied()) if event.matches(QKeySequence.StandardKey.Paste) else ()
        if found:
            self.take(found)
        else:
            super().keyPressEvent(event)


def ask_file(parent: QWidget, title: str, kinds: str = SCANS) -> Path | None:
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(chosen) if chosen else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def ask_target(parent: QWidget, title: str, name: str, kinds: str = "PDF (*.pdf)") -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None
