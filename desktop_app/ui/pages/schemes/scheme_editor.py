"""One version of a scheme: a form for each part, its text last, every fault at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.scheme_editor.scheme_draft import SchemeDraft
from desktop_app.domain.scheme_editor.scheme_guide import fault_words
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.ui import theme
from desktop_app.ui.pages.schemes.scheme_form import SchemeForm, tables_of
from desktop_app.ui.pages.schemes.scheme_parts_list import TEXT, TITLES, TRIAL, PartsList, place_of
from desktop_app.ui.pages.schemes.scheme_rehearsal import SchemeRehearsal
from desktop_app.ui.pages.schemes.scheme_source import SchemeSource
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.services.versions.scheme_views import SchemeText

SHAPE = "文本里这一段的写法,表单改不了。"
SHAPE_REMEDY = "请在“文本”页里改;可以照着随程序提供的方案。"


class SchemeEditor(QWidget):
    """Edits stay here until they are saved; a version that has been activated is only shown."""

    back = Signal()
    activate_wanted = Signal(object)  # VersionLine
    draft_wanted = Signal(object)  # VersionLine to begin from

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        shown: SchemeText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editing, self._tasks = services.scheme_editing, tasks
        self.line, self.draft = shown.line, SchemeDraft(shown.text)
        self.locked, self._warned = not shown.line.draft, False
        self.banner = Banner()
        self.parts, self.pages = PartsList(), QStackedWidget()
        self.source = SchemeSource(locked=self.locked)
        self.trial = SchemeRehearsal(services, tasks, lambda: self.text)
        self.form: SchemeForm | None = None
        self.save_button = main_button("保存(Ctrl+S)", self.save)
        self.activate_button = button("启用…", partial(self.activate_wanted.emit, self.line))
        self.undo_button = button("撤销", self.undo, name="撤销上一处修改")
        self.draft_button = button("由这一版新建草稿", partial(self.draft_wanted.emit, self.line))
        self._lay_out()
        self._connect()
        self.parts.setCurrentRow(0)
        self.judge()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.line.title, "h2"), 1)
        back = button("返回(&B)", self.leave)
        head.addWidget(back)
        for one in (self.draft_button, self.undo_button, self.activate_button, self.save_button):
            head.addWidget(one)
            one.setVisible(self.locked is (one is self.draft_button))
        self.pages.addWidget(self.source)
        self.pages.addWidget(self.trial)
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(10))
        lower.addWidget(self.parts)
        lower.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addLayout(lower, 1)

    def _connect(self) -> None:
        self.parts.currentItemChanged.connect(lambda _now, _before: self.show_part())
        self.source.typed.connect(self._take)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def part(self) -> str:
        return self.parts.part

    @property
    def text(self) -> str:
        return self.draft.text

    @property
    def faults(self) -> Sequence[Fault]:
        return self.draft.faults

    def show_part(self) -> None:
        """The form of the chosen part, made anew from the text; the text itself where chosen."""
        self.source.finish()
        self._drop_form()
        if self.part == TRIAL:
            self.trial.begin(ready=not self.faults)
            self.pages.setCurrentWidget(self.trial)
            return
        if self.part == TEXT or any(not fault.key for fault in self.faults):
            self.source.show_text(self.text, self.faults[0].line if self.faults else None)
            self.pages.setCurrentWidget(self.source)
            return
        self.form = SchemeForm(self.text, self.part, locked=self.locked)
        self.form.edited.connect(self._edit)
        self.form.added.connect(lambda offer: self._change(partial(self.draft.add, offer)))
        self.form.copied.connect(lambda path: self._change(partial(self.draft.copy, path)))
        self.form.moved.connect(lambda path, by: self._change(partial(self.draft.move, path, by)))
        self.form.removed.connect(lambda path: self._change(partial(self.draft.remove, path)))
        self.form.show_faults(self.faults)
        self.pages.addWidget(self.form)
        self.pages.setCurrentWidget(self.form)

    def judge(self) -> None:
        """Say what is wrong now at the field, at the part and on top."""
        if self.form is not None:
            self.form.show_faults(self.faults)
        self.parts.count_up(self.text, self.faults)
        if self.faults:
            more = f"(共 {len(self.faults)} 处)" if len(self.faults) > 1 else ""
            first = self.faults[0]
            part = TITLES[place_of(first)]
            remedy = f"请在“{part}”里改这一项。" if first.key else first.remedy
            self.banner.show_warning(f"{fault_words(first, self.text)}{more}", remedy)
        else:
            self.banner.clear()
        self.save_button.setEnabled(not self.faults and self.draft.changed)
        self.activate_button.setEnabled(not self.faults and not self.draft.changed)
        self.undo_button.setEnabled(self.draft.can_undo)

    def undo(self) -> None:
        self.source.finish()
        self._change(self.draft.undo)

    def save(self) -> None:
        self.source.finish()
        if self.save_button.isEnabled() and not self.locked:
            text = self.text
            self.save_button.setEnabled(False)
            self._tasks.save(
                self,
                partial(self._editing.save_text, self.line.id, text),
                lambda _none: self._on_saved(text),
                on_error=self._refuse,
            )

    def leave(self) -> None:
        """Back to the list; edits that are not saved are asked about once."""
        if self.draft.changed and not self._warned:
            self._warned = True
            self.banner.show_warning("有修改还没有保存。", "按“保存”;再按一次“返回”就放弃修改。")
        else:
            self.back.emit()

    def _on_saved(self, text: str) -> None:
        self.draft.saved(text)
        self._warned = False
        self.judge()
        self.banner.show_good("草稿已保存。", "试算、比较后由负责人启用;启用以后这一版不再改。")

    def _refuse(self, error: BaseException) -> None:
        self.judge()
        self.banner.show_failure(error)

    def _edit(self, path: str, value: Any) -> None:
        """A field that is there keeps its place, unless fields came or went with its value."""
        there = self.form is not None and path in self.form.fields
        if value is None or not there:
            self._change(partial(self.draft.edit, path, value))
        elif self._done(partial(self.draft.edit, path, value)) is not None:
            assert self.form is not None
            if set(self.form.fields) != self._paths():
                self._anew(path)

    def _paths(self) -> set[str]:
        """The key paths that the form of this part would have now."""
        return {leaf.path for own in tables_of(self.text, self.part).values() for leaf in own}

    def _change(self, change: Callable[[], str]) -> None:
        """Change the text, and show the form of it anew."""
        place = self._done(change)
        if place is not None:
            self._anew(place)

    def _done(self, change: Callable[[], str]) -> str | None:
        """Where people go on; None where the text has no place for the change."""
        try:
            place = change()
        except KeyError:
            self.banner.show_warning(SHAPE, SHAPE_REMEDY)
            return None
        self._warned = False
        self.judge()
        return place

    def _anew(self, then: str) -> None:
        """Make the form again, after the button that asked has finished; go on at a table."""
        place = self.form.verticalScrollBar().value() if self.form is not None else 0
        QTimer.singleShot(0, self, partial(self._show_again, then, place))

    def _show_again(self, then: str, place: int) -> None:
        self.show_part()
        if self.form is not None:
            self.form.scroll_to(place)
            if then:
                self.form.go_to(then)

    def _take(self, text: str) -> None:
        self.draft.take(text)
        self._warned = False
        self.judge()

    def _drop_form(self) -> None:
        if self.form is not None:
            self.pages.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
