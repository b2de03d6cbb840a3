"""高级 · 方案: the office's schemes and their versions, edited, compared and activated."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.dates import CHINA
from desktop_app.services.done import Area
from desktop_app.services.versions.scheme_views import SchemeText, VersionLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.scheme_dialogs import ActivateDialog, PresetDialog
from desktop_app.ui.pages.schemes.scheme_compare import SchemeCompare
from desktop_app.ui.pages.schemes.scheme_editor import SchemeEditor
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable, unread
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services

NOTE = "启用过的版本不能再改。要改,先由它新建草稿,改好、比较过,再由负责人启用。"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}"


def in_force_text(line: VersionLine) -> str:
    """The days a version is made for: 自2027-01-01起, 2023-01-01至2023-12-31."""
    first, last = _day(line.effective_from), _day(line.effective_until)
    if not last:
        return f"自{first}起" if first else "不限"
    return f"{first}至{last}" if first else f"至{last}"


def _activated(line: VersionLine) -> str:
    return "" if line.activated_at is None else f"{line.activated_at.astimezone(CHINA):%Y-%m-%d}"


def _tone(line: VersionLine) -> str:
    if line.draft:
        return "warn"
    return "good" if line.in_force else "quiet"


COLUMNS: tuple[Column[VersionLine], ...] = (
    Column("方案", lambda v: v.name, width=250, wide=True),
    Column("版本", lambda v: f"第{v.version_no}版", lambda v: v.version_no, 70),
    Column("状态", lambda v: v.state_label, width=124, tone=_tone),
    Column("施行日期", in_force_text, lambda v: _day(v.effective_from), width=190),
    Column("启用日期", _activated, width=104),
    Column("在用(件)", lambda v: str(v.uses), lambda v: v.uses, 84, right=True),
)


class SchemesCard(Card):
    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("方案", parent=parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner = Banner()
        self.table: RowsTable[VersionLine] = RowsTable(
            COLUMNS, name="方案的版本", empty="还没有方案。"
        )
        self.editor: SchemeEditor | None = None
        self.open_button = main_button("打开(&K)", self.open_chosen)
        self.draft_button = button("由所选新建草稿(&N)", self.new_draft)
        self.compare_button = button("比较两版(&C)", self.compare)
        self.activate_button = button("启用…", self.activate)
        self.drop_button = button("放弃草稿", self.drop)
        self.preset_button = button("由样例新建…", self.ask_presets)
        self.comparison = SchemeCompare(services, tasks)
        self.views, self.listing = QStackedWidget(), QWidget()
        self._lay_out()
        self.table.opened.connect(lambda _line: self.open_chosen())
        self.table.chosen.connect(self._on_chosen)
        self.comparison.back.connect(self.show_list)
        tasks.changed.connect(self._on_changed)
        self._on_chosen(None)
        self.reload()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for one in (
            self.open_button, self.draft_button, self.compare_button, self.activate_button,
            self.drop_button, self.preset_button,
        ):  # fmt: skip
            row.addWidget(one)
        row.addStretch(1)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(row)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(label(NOTE, "quiet", wrap=True))
        self.views.addWidget(self.listing)
        self.views.addWidget(self.comparison)
        self.add(self.views, 1)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self,
            self._services.scheme_editing.list_versions,
            self._show,
            on_error=unread(self.banner.show_failure, self.table),
        )

    def show_list(self) -> None:
        for one in (self.title, self.right):
            one.show()
        self.views.setCurrentWidget(self.listing)
        self._drop_editor()
        self.table.setFocus()

    def open_chosen(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self.open_version(line.id)

    def open_version(self, version_id: int) -> None:
        call = partial(self._services.scheme_editing.text_of, version_id)
        self._tasks.read(self, call, self._edit, on_error=self.banner.show_failure)

    def new_draft(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._begin_from(line)

    def compare(self) -> None:
        """The two chosen versions; where one is chosen, it and the one in force."""
        chosen = [line.id for line in self.table.selected_rows()]
        self.comparison.show_versions(self.table.rows_model.rows, chosen)
        self.views.setCurrentWidget(self.comparison)

    def activate(self) -> ActivateDialog | None:
        line = self.table.current_row()
        return self._ask_activation(line) if line is not None and line.draft else None

    def drop(self) -> None:
        line = self.table.current_row()
        if line is not None and line.draft:
            call = partial(self._services.scheme_editing.drop_draft, line.id)
            done = partial(self.banner.show_good, f"已放弃{line.title}。")
            self._save(call, lambda _none: done())

    def ask_presets(self) -> None:
        self._tasks.read(
            self,
            self._services.scheme_editing.list_presets,
            self._choose_preset,
            on_error=self.banner.show_failure,
        )

    def _choose_preset(self, presets: Any) -> None:
        dialog = PresetDialog(self._services, self._tasks, presets, self)
        dialog.saved.connect(self.open_version)
        opened(dialog)

    def _ask_activation(self, line: VersionLine) -> ActivateDialog:
        dialog = ActivateDialog(self._services, self._tasks, line, self)
        dialog.saved.connect(lambda _none: self._on_activated(line))
        return opened(dialog)

    def _on_activated(self, line: VersionLine) -> None:
        self.show_list()
        self.banner.show_good(
            f"已启用 {line.name} 第{line.version_no}版。", "待核对的金额请到“方案金额确认”里确认。"
        )

    def _begin_from(self, line: VersionLine) -> None:
        self._save(partial(self._services.scheme_editing.new_draft, line.id), self.open_version)

    def _save(self, call: Any, then: Any) -> None:
        self.banner.clear()
        self._tasks.save(self, call, then, on_error=self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if self.editor is not None and self.views.currentWidget() is self.editor:
            self.editor.banner.show_failure(error)
        else:
            self.banner.show_failure(error)

    def _edit(self, shown: SchemeText) -> None:
        self._drop_editor()
        self.banner.clear()
        self.editor = SchemeEditor(self._services, self._tasks, shown)
        self.editor.back.connect(self.show_list)
        self.editor.activate_wanted.connect(self._ask_activation)
        self.editor.draft_wanted.connect(self._begin_from)
        for one in (self.title, self.right):  # the version's own title stands there
            one.hide()
        self.views.addWidget(self.editor)
        self.views.setCurrentWidget(self.editor)

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.views.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    def _show(self, lines: tuple[VersionLine, ...]) -> None:
        self.table.set_rows(lines)
        self._on_chosen(self.table.current_row())

    def _on_chosen(self, line: VersionLine | None) -> None:
        for one in (self.open_button, self.draft_button, self.compare_button):
            one.setEnabled(line is not None)
        for one in (self.activate_button, self.drop_button):
            one.setEnabled(line is not None and line.draft)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.SCHEMES in areas:
            self.reload()
