"""One version of a scheme: a form for each part, its text last, every fault at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.scheme_blocks import Offer, add
from desktop_app.domain.scheme_faults import Fault, SchemeError
from desktop_app.domain.scheme_guide import open_counts, place_words, short_message
from desktop_app.domain.scheme_items import copied, with_value, without_value
from desktop_app.domain.scheme_terms import PARTS, part_of
from desktop_app.domain.schemes import scheme_from
from desktop_app.domain.toml_edit import values_of
from desktop_app.domain.toml_map import ITEM
from desktop_app.domain.toml_tables import move_item, remove_item, remove_table
from desktop_app.ui import theme
from desktop_app.ui.pages.scheme_form import SchemeForm, tables_of
from desktop_app.ui.pages.scheme_rehearsal import SchemeRehearsal
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label, main_button

if TYPE_CHECKING:
    from desktop_app.services.scheme_views import SchemeText
    from desktop_app.services.services import Services

TRIAL, TEXT = "trial", "text"  # the pages after the parts
TITLES = {**PARTS, TRIAL: "试算", TEXT: "文本"}
SHAPE = "文本里这一段的写法,表单改不了。"
SHAPE_REMEDY = "请在“文本”页里改;可以照着随程序提供的方案。"
PAUSE_MS = 400  # after the last key in the text, before it is judged


def faults_of(text: str) -> tuple[Fault, ...]:
    """What is wrong with a scheme's text."""
    try:
        scheme_from(text)
    except SchemeError as error:
        return error.faults
    return ()


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
        self.line, self.text, self._saved = shown.line, shown.text, shown.text
        self.locked, self._warned = not shown.line.draft, False
        self.faults: tuple[Fault, ...] = ()
        self.banner = Banner()
        self.parts, self.pages, self.source = QListWidget(), QStackedWidget(), QPlainTextEdit()
        self.trial = SchemeRehearsal(services, tasks, lambda: self.text)
        self.form: SchemeForm | None = None
        self.save_button = main_button("保存(Ctrl+S)", self.save)
        self.activate_button = button("启用…", partial(self.activate_wanted.emit, self.line))
        self.draft_button = button("由这一版新建草稿", partial(self.draft_wanted.emit, self.line))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()
        self.parts.setCurrentRow(0)
        self.judge()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.line.title, "h2"), 1)
        back = button("返回(&B)", self.leave)
        for one in (back, self.draft_button, self.activate_button, self.save_button):
            head.addWidget(one)
        self.draft_button.setVisible(self.locked)
        self.activate_button.setVisible(not self.locked)
        self.save_button.setVisible(not self.locked)
        for key, text in TITLES.items():
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, theme.px(30)))
            self.parts.addItem(item)
        self.parts.setAccessibleName("方案的各部分")
        self.parts.setFixedWidth(theme.px(186))
        self.source.setAccessibleName("方案文本")
        self.source.setReadOnly(self.locked)
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
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
        self.source.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._read_source)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def part(self) -> str:
        item = self.parts.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else TEXT

    @property
    def changed(self) -> bool:
        return self.text != self._saved

    def show_part(self) -> None:
        """The form of the chosen part, made anew from the text; the text itself where chosen."""
        self._read_typed()
        self._drop_form()
        if self.part == TRIAL:
            self.trial.begin(ready=not self.faults)
            self.pages.setCurrentWidget(self.trial)
            return
        if self.part == TEXT or any(not fault.key for fault in self.faults):
            with QSignalBlocker(self.source):
                self.source.setPlainText(self.text)
            self.pages.setCurrentWidget(self.source)
            self._go_to_fault()
            return
        self.form = SchemeForm(self.text, self.part, locked=self.locked)
        self.form.edited.connect(self._edit)
        self.form.added.connect(self._add)
        self.form.copied.connect(self._copy)
        self.form.moved.connect(self._move)
        self.form.removed.connect(self._remove)
        self.form.show_faults(self.faults)
        self.pages.addWidget(self.form)
        self.pages.setCurrentWidget(self.form)

    def judge(self) -> None:
        """Find what is wrong now, and say it at the field, at the part and on top."""
        self.faults = faults_of(self.text)
        if self.form is not None:
            self.form.show_faults(self.faults)
        self._count()
        if self.faults:
            more = f"(共 {len(self.faults)} 处)" if len(self.faults) > 1 else ""
            first = self.faults[0]
            part = TITLES[_place(first)]
            remedy = f"请在“{part}”里改这一项。" if first.key else first.remedy
            self.banner.show_warning(f"{self._told(first)}{more}", remedy)
        else:
            self.banner.clear()
        self.save_button.setEnabled(not self.faults and self.changed)
        self.activate_button.setEnabled(not self.faults and not self.changed)

    def _count(self) -> None:
        """Beside each part: what is wrong with it, and what of it is still to be confirmed."""
        wrong = Counter(_place(fault) for fault in self.faults)
        readable = all(fault.key for fault in self.faults)
        open_ = open_counts(self.text) if readable else {}
        for row in range(self.parts.count()):
            item = self.parts.item(row)
            key = str(item.data(Qt.ItemDataRole.UserRole))
            told = [f"{wrong[key]}处错"] if wrong[key] else []
            told += [f"{open_[key]}项待核对"] if open_.get(key) else []
            item.setText(" · ".join((TITLES[key], *told[:1])))
            item.setToolTip(" · ".join((TITLES[key], *told)))
            tone = "late" if wrong[key] else "warn" if told else "ink"
            item.setForeground(theme.colour(tone))

    def _told(self, fault: Fault) -> str:
        """A fault in words; one of the text itself as it is told."""
        if not fault.key:
            return fault.text
        values = values_of(self.text)
        words = " · ".join(place_words(fault.key, values))
        return f"{words} {short_message(fault, values)}。"

    def save(self) -> None:
        self._read_typed()
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
        if self.changed and not self._warned:
            self._warned = True
            self.banner.show_warning("有修改还没有保存。", "按“保存”;再按一次“返回”就放弃修改。")
        else:
            self.back.emit()

    def _on_saved(self, text: str) -> None:
        self._saved, self._warned = text, False
        self.judge()
        self.banner.show_good("草稿已保存。", "试算、比较后由负责人启用;启用以后这一版不再改。")

    def _refuse(self, error: BaseException) -> None:
        self.judge()
        self.banner.show_failure(error)

    def _edit(self, path: str, value: Any) -> None:
        there = self.form is not None and path in self.form.fields
        if value is None:
            self._rearrange(partial(without_value, self.text, path))
        elif not there:
            self._rearrange(partial(with_value, self.text, path, value), path)
        elif self._changed(partial(with_value, self.text, path, value)):
            assert self.form is not None
            if set(self.form.fields) != self._paths():
                self._anew(path)

    def _paths(self) -> set[str]:
        """The key paths that the form of this part would have now."""
        return {leaf.path for own in tables_of(self.text, self.part).values() for leaf in own}

    def _add(self, offer: Offer) -> None:
        try:
            text, place = add(self.text, offer)
        except KeyError:
            self.banner.show_warning(SHAPE, SHAPE_REMEDY)
            return
        self._take(text)
        self._anew(place)

    def _copy(self, path: str) -> None:
        self._rearrange(partial(copied, self.text, path), _neighbour(path, 1))

    def _move(self, path: str, by: int) -> None:
        self._rearrange(partial(move_item, self.text, path, by), _neighbour(path, by))

    def _remove(self, path: str) -> None:
        act = remove_item if ITEM.match(path) else remove_table
        self._rearrange(partial(act, self.text, path))

    def _rearrange(self, change: Callable[[], str], then: str = "") -> None:
        if self._changed(change):
            self._anew(then)

    def _changed(self, change: Callable[[], str]) -> bool:
        try:
            text = change()
        except KeyError:
            self.banner.show_warning(SHAPE, SHAPE_REMEDY)
            return False
        self._take(text)
        return True

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

    def _read_typed(self) -> None:
        """Take what was typed into the text a moment ago."""
        if self._pause.isActive():
            self._pause.stop()
            self._read_source()

    def _read_source(self) -> None:
        if not self.locked:
            self._take(self.source.toPlainText())

    def _take(self, text: str) -> None:
        self.text, self._warned = text, False
        self.judge()

    def _go_to_fault(self) -> None:
        if self.faults:
            block = self.source.document().findBlockByNumber(self.faults[0].line - 1)
            self.source.setTextCursor(QTextCursor(block))
            self.source.centerCursor()

    def _drop_form(self) -> None:
        if self.form is not None:
            self.pages.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None


def _place(fault: Fault) -> str:
    return part_of(fault.key) if fault.key else TEXT


def _neighbour(path: str, by: int) -> str:
    found = ITEM.match(path)
    return f"{found['list']}[{int(found['place']) + by}]" if found else path
