"""待遇条款确认: each open clause of the benefits, confirmed with the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from db.codes import FigureState
from desktop_app.domain.money import parse_yuan
from desktop_app.domain.scheme_editor.clause_words import ClauseField
from desktop_app.domain.scheme_editor.scheme_shares import typed_share
from desktop_app.domain.schemes.clauses import GIVEN, NONE, READ, Ruling
from desktop_app.errors import UserError
from desktop_app.services.done import Area
from desktop_app.services.schemes.clause_views import ClauseLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import label, main_button
from desktop_app.ui.widgets.version_field import VersionField

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.versions.scheme_views import VersionChoice

TONES = {FigureState.TO_CONFIRM.value: "late", FigureState.DEMO.value: "warn"}
BY_DRAFT = "方案里还没有写这项待遇:请在“高级:方案”新建草稿,按文件写入后启用。"
WAYS = {READ: "照此标准", NONE: "没有这项规定", GIVEN: "填文件里的数"}

COLUMNS: tuple[Column[ClauseLine], ...] = (
    Column("条款", lambda c: c.label, width=250),
    Column("方案里的读法", lambda c: c.reading or "没有写", width=230,
           tone=lambda c: "" if c.reading else "quiet"),
    Column("状态", lambda c: c.state_label, width=80, tone=lambda c: TONES.get(c.state, "good")),
    Column("确认为", lambda c: c.said, width=170),
    Column("依据", lambda c: c.document_no, wide=True),
)  # fmt: skip


class ClausesCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("待遇条款确认", "没有确认的条款,只作估算,不拨付", parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner, self.version = Banner(), VersionField()
        self.table: RowsTable[ClauseLine] = RowsTable(
            COLUMNS, name="待遇条款", empty="没有要确认的待遇条款。"
        )
        self.way, self.document = ChoiceField(()), QLineEdit()
        self.note = label("", tone="warn", wrap=True)
        self.inputs: dict[str, QLineEdit | ChoiceField] = {}
        self._values = QHBoxLayout()
        self.confirm_button = main_button("确认条款(&K)", self.confirm)
        for part in (self.banner, self.note):
            self.add(part)
        self.add(self.table, 1)
        self.add(self._form())
        self.table.chosen.connect(self._fill)
        self.way.currentIndexChanged.connect(self._on_way)
        self.document.returnPressed.connect(self.confirm)
        self.head.insertWidget(1, self.version)
        self.version.activated.connect(lambda _at: self._read())
        tasks.changed.connect(self._on_changed)
        self._fill(None)
        self.reload()

    def _form(self) -> QHBoxLayout:
        self.way.setAccessibleName("怎样确认")
        self.way.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.document.setAccessibleName("条款依据的文件名称和文号")
        self.document.setPlaceholderText("文件名称和文号")
        row = QHBoxLayout()
        row.addWidget(self.way)
        row.addLayout(self._values)
        document_label = label("依据文件(&W)")
        document_label.setBuddy(self.document)
        row.addWidget(document_label)
        row.addWidget(self.document, 1)
        row.addWidget(self.confirm_button)
        return row

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        call = self._services.schemes.list_confirmable
        self._ticket = self._tasks.read(
            self, call, self._offer, on_error=unread(self.banner.show_failure, self.table)
        )

    def _offer(self, versions: tuple[VersionChoice, ...]) -> None:
        self.version.offer(versions)
        self._read()

    def _read(self) -> None:
        self._tasks.drop(self._ticket)
        call = partial(self._services.clauses.list_clauses, self.version.version_id())
        self._ticket = self._tasks.read(
            self, call, self._show, on_error=unread(self.banner.show_failure, self.table)
        )

    def confirm(self) -> None:
        line = self.table.current_row()
        if line is None or not self.confirm_button.isEnabled():
            return
        try:
            ruling = Ruling(self.way.value(), self.document.text().strip(), self._typed(line))
        except UserError as error:
            self.banner.show_error(error)
            return
        if not ruling.document:
            self.banner.show_warning("请填依据文件。", "条款写在哪份文件里,就填哪份的名称和文号。")
            self.document.setFocus()
            return
        self.confirm_button.setEnabled(False)
        self._tasks.save(
            self,
            partial(
                self._services.clauses.confirm_clause, line.key, ruling, self.version.version_id()
            ),
            lambda _none: self.banner.show_good(f"已确认:{line.label}。"),
            on_error=self.banner.show_failure,
            on_ended=lambda: self._fill(self.table.current_row()),
        )

    def _typed(self, line: ClauseLine) -> Mapping[str, Any]:
        if self.way.value() != GIVEN:
            return {}
        return {one.name: _value(one, self.inputs[one.name]) for one in line.fields}

    def _show(self, lines: tuple[ClauseLine, ...]) -> None:
        self.table.set_rows(lines)
        self._fill(self.table.current_row())

    def _fill(self, line: ClauseLine | None) -> None:
        ways = _ways(line) if line else ()
        with QSignalBlocker(self.way):
            self.way.clear()
            for way in ways:
                self.way.addItem(WAYS[way], way)
        for one in (self.way, self.document, self.confirm_button):
            one.setEnabled(bool(ways))
        self.note.setText(BY_DRAFT if line and line.by_draft else "")
        self.note.setVisible(bool(self.note.text()))
        confirmed = line is not None and line.state != FigureState.TO_CONFIRM
        self.document.setText(line.document_no if line and confirmed else "")
        self._on_way()

    def _on_way(self) -> None:
        """The fields of the values are there only where values are typed."""
        while (item := self._values.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.inputs = {}
        line = self.table.current_row()
        if line is None or self.way.currentData() != GIVEN:
            return
        for one in line.fields:
            made = ChoiceField(one.choices) if one.kind == "choice" else QLineEdit()
            made.setAccessibleName(one.label)
            made.setMaximumWidth(theme.px(120))
            self.inputs[one.name] = made
            self._values.addWidget(label(one.label))
            self._values.addWidget(made)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.SCHEMES in areas:
            self.reload()


def _ways(line: ClauseLine) -> tuple[str, ...]:
    ways = [READ] * line.may_read + [GIVEN] * bool(line.fields) + [NONE] * line.may_be_absent
    return () if line.by_draft else tuple(ways)


def _value(one: ClauseField, made: QLineEdit | ChoiceField) -> Any:
    if isinstance(made, ChoiceField):
        return made.value()
    text = made.text().strip()
    try:
        return typed_share(text) if one.kind == "share" else parse_yuan(text)
    except ValueError as error:
        made.setFocus()
        wanted = str(error) if one.kind == "share" else "请填金额,单位是元。"
        raise UserError("figure-wrong", f"“{one.label}”里的“{text}”不能用。", wanted) from None
