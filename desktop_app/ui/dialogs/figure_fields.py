"""The open figures of a scheme, a field for each, and the one document that all stand in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.figures import check_figure
from desktop_app.domain.money import parse_yuan, yuan
from desktop_app.errors import UserError
from desktop_app.services.views.schemes import FigureLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import LineField, TextField
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.steady_bars import steady_bars

DOCUMENT_HINT = "文件名称和文号,如:某工办发〔2026〕3号"
NOTE = "都出自同一份文件的,填上数和文件一次确认;没有文件的空着,以后在“更多 → 方案金额确认”里补。"


def is_money(line: FigureLine) -> bool:
    return line.path.endswith("_fen")


def typed_value(line: FigureLine, text: str) -> int:
    """A figure as typed: yuan or a whole number."""
    try:
        value = parse_yuan(text.strip()) if is_money(line) else int(text)
    except ValueError:
        value = -1
    if value < 0:
        kind = "金额,单位是元,最多两位小数" if is_money(line) else "整数"
        raise UserError("figure-wrong", f"“{text}”不能用。", f"请填{kind}。", line.path)
    return value


def plain_text(line: FigureLine) -> str:
    """A figure's value as it is typed; empty where none is known."""
    if line.value is None:
        return ""
    return yuan(line.value) if is_money(line) else str(line.value)


class FigureFields(QWidget):
    """What stays empty stays open; an obvious reading stands in the field in grey."""

    entered = Signal()  # Enter in a field

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[FigureLine, ...] = ()
        self.fields: dict[str, LineField] = {}
        self.document = TextField(hint=DOCUMENT_HINT)
        self.document.setAccessibleName("依据文件的名称和文号")
        self.document.returnPressed.connect(self.entered)
        self.area = QScrollArea()
        steady_bars(self.area)
        self.area.setWidgetResizable(True)
        self.nothing = label("这个方案没有待核对的数,直接往下办。", "quiet", wrap=True)
        named = label("依据文件(&D)")
        named.setBuddy(self.document)
        below = QGridLayout()
        below.addWidget(named, 0, 0)
        below.addWidget(self.document, 0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(label(NOTE, "quiet", wrap=True))
        layout.addWidget(self.nothing)
        layout.addWidget(self.area, 1)
        layout.addLayout(below)
        self.offer(())

    def offer(self, lines: Sequence[FigureLine]) -> None:
        """Show these figures; what was typed for one of them stays."""
        typed = {path: field.text() for path, field in self.fields.items()}
        self._lines, self.fields = tuple(lines), {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(3, 1)
        for row, line in enumerate(self._lines):
            self._add(grid, row, line, typed.get(line.path, ""))
        grid.setRowStretch(len(self._lines), 1)
        self.area.setWidget(inside)
        self.area.setVisible(bool(self._lines))
        self.nothing.setVisible(not self._lines)

    def _add(self, grid: QGridLayout, row: int, line: FigureLine, typed: str) -> None:
        field = LineField(typed or (plain_text(line) if line.state != "to-confirm" else ""))
        field.setAccessibleName(line.label)
        field.setMaximumWidth(theme.px(130))
        field.returnPressed.connect(self.entered)
        if line.value is not None:
            field.setPlaceholderText(f"参考 {plain_text(line)}")
        named = label(line.label)
        named.setBuddy(field)
        grid.addWidget(named, row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(label("元" if is_money(line) else "", "quiet"), row, 2)
        grid.addWidget(label(line.document_no or "没有公开来源", "quiet", wrap=True), row, 3)
        self.fields[line.path] = field

    def values(self) -> tuple[tuple[str, int], ...]:
        """What is typed and is not confirmed like that already.

        Raises:
            UserError: `figure-wrong`, its `where` is the figure's key path.
        """
        found = []
        for line in self._lines:
            text = self.fields[line.path].text().strip()
            known = plain_text(line) if line.state != "to-confirm" else ""
            if text and text != known:
                found.append((line.path, _checked(line, text)))
        return tuple(found)

    def document_text(self, given: bool) -> str:
        """The document's name; asked for where figures are given, and only there."""
        text = self.document.text().strip()
        if given and not text:
            raise UserError(
                "document-missing",
                "填了数,没有写依据文件。",
                "请填写文件名称和文号;还没有文件的,把数清空,以后再确认。",
                "document",
            )
        if text and not given:
            raise UserError(
                "figures-missing",
                "填了依据文件,没有填数。",
                "请填写文件里的数,或者清空依据文件。",
                "document",
            )
        return text

    def go_to(self, where: str) -> None:
        """Put the cursor where a refusal points to."""
        self.fields.get(where, self.document).setFocus()


def _checked(line: FigureLine, text: str) -> int:
    """A figure within its range; a refusal names it and points to its field."""
    try:
        value = typed_value(line, text)
        check_figure(line.path, value)
    except UserError as error:
        raise UserError(
            error.code, f"{line.label}:{error.message}", error.remedy, line.path
        ) from error
    return value
