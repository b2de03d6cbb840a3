"""The narrow window that stays on top of the site: one value after another, one key copies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.services.done import Area
from desktop_app.services.views.submissions import EntryPart
from desktop_app.ui.strip.own_clipboard import OwnClipboard
from desktop_app.ui.strip.places import keep_place, place_of
from desktop_app.ui.strip.stops import Key, Route, Stop, stops_of
from desktop_app.ui.strip.strip_layout import StripLayout
from desktop_app.ui.tasks import TaskRunner

HEARS = {Area.ENROLMENTS, Area.MEMBERS, Area.SUBMISSIONS, Area.UNITS}
READING = "正在读取…"
BLANK = "(空着)"
ALL_DONE = "全部录完了"
NOT_COPIED = "没有复制上:剪贴板正被别的程序占用。请再按一次。"


@dataclass(frozen=True, slots=True)
class EntryJob:
    """What is typed into which system, and how it is read."""

    key: str  # of the case and the entrance it goes in by
    unit_name: str
    system: str
    read: Callable[[], tuple[EntryPart, ...]]


class EntryStrip(QWidget):
    """Its own window, of no parent: one that belongs to the desk's would be minimised with it."""

    closed = Signal()
    number_wanted = Signal()  # everything is entered: the number the site gave

    def __init__(
        self, tasks: TaskRunner, job: EntryJob, reached: dict[str, Key],
        clipboard: OwnClipboard | None = None,
    ) -> None:  # fmt: skip
        """`reached` keeps how far each case has got, while the program runs."""
        super().__init__(None, _flags())
        self.job, self.route = job, Route()
        self._tasks, self._reached, self._ticket = tasks, reached, 0
        self._clipboard = clipboard or OwnClipboard()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(f"对照录入 · {job.unit_name}")
        self.shown = StripLayout(self)
        self._connect()
        self.shown.box.show_value(READING, READING, "quiet")
        self.setGeometry(place_of(self.sizeHint().expandedTo(self.minimumSize())))
        self.reload()

    def _connect(self) -> None:
        shown = self.shown
        shown.box.taken.connect(self.take)
        shown.box.moved.connect(self._step)
        shown.part.activated.connect(self._go_to_part)
        shown.person.returnPressed.connect(self._find_person)
        for key, press, act in (
            ("F8", shown.take_button, self.take),
            ("Shift+F8", shown.back_button, self.back),
            ("F9", shown.skip_button, self.skip),
            ("PgUp", shown.before_button, self.person_before),
            ("PgDown", shown.person_button, self.next_person),
            ("Esc", shown.close_button, self.close),
        ):
            press.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setAutoRepeat(False)
        QShortcut(QKeySequence("Ctrl+F"), self, shown.person.setFocus)
        self._tasks.changed.connect(self._on_changed)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self.close)

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        failed = self.shown.banner.show_failure
        self._ticket = self._tasks.read(self, self.job.read, self._show, on_error=failed)

    def take(self) -> None:
        """Copy the value and go on to the next; past the last one, ask for the number."""
        stop = self.route.now
        if stop is None:
            if self.route.stops:
                self.number_wanted.emit()
            return
        if not self._clipboard.put(stop.value):
            self.shown.tell(NOT_COPIED, "late")
            return
        self.route.ahead()
        self._draw()
        self.shown.tell(_told(stop), "good" if stop.value else "warn")

    def back(self) -> None:
        self._move(self.route.back)

    def skip(self) -> None:
        self._move(self.route.ahead)

    def next_person(self) -> None:
        self._move(self.route.next_person)

    def person_before(self) -> None:
        self._move(self.route.person_before)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was copied of people does not stay behind on the clipboard."""
        self._clipboard.take_back()
        place = self.geometry().topLeft()
        # Nobody waits for it, and not here: it writes a file.
        keep = partial(keep_place, place.x(), place.y())
        self._tasks.read(self._tasks, keep, lambda _none: None)
        self.closed.emit()
        super().closeEvent(event)

    def _step(self, by: int) -> None:
        self._move(self.route.ahead if by > 0 else self.route.back)

    def _go_to_part(self) -> None:
        self._move(partial(self.route.go_to_part, self.shown.part.currentText()))
        self.shown.box.setFocus()

    def _find_person(self) -> None:
        text = self.shown.person.text().strip()
        if not text:
            return
        found = self.route.go_to_person(text)
        self._draw()
        self.shown.tell("" if found else f"名单里没有“{text}”。", "late")
        if found:
            self.shown.box.setFocus()

    def _move(self, move: Callable[[], None]) -> None:
        move()
        self._draw()
        self.shown.tell("")

    def _show(self, parts: tuple[EntryPart, ...]) -> None:
        reached = self._reached.get(self.job.key)
        self.route = Route(stops_of(parts))
        if reached is not None:
            self.route.go_to(reached)
        self.shown.offer(self.route.parts)
        self._draw()

    def _draw(self) -> None:
        route, stop = self.route, self.route.now
        self.shown.count(route.at, len(route.stops))
        if stop is not None:
            self._reached[self.job.key] = stop.key
            self._show_stop(stop)
            return
        self.shown.place(f"{self.job.system}里提交以后,把业务号登记回来", "")
        self.shown.box.show_value(ALL_DONE, ALL_DONE, "good")
        self.shown.take_button.setText("登记业务号(F8)…")

    def _show_stop(self, stop: Stop) -> None:
        shown = self.shown
        shown.place(stop.where, stop.label)
        shown.part.setCurrentText(stop.part)
        text = stop.value or BLANK
        shown.box.show_value(
            text, f"{stop.label} {text} {stop.where}", "" if stop.value else "quiet"
        )
        shown.take_button.setText("复制,到下一项(F8)" if stop.value else "空着,到下一项(F8)")

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & HEARS:
            self.reload()


def _flags() -> Qt.WindowType:
    kind = Qt.WindowType
    return (
        kind.Window
        | kind.CustomizeWindowHint
        | kind.WindowTitleHint
        | kind.WindowCloseButtonHint
        | kind.WindowStaysOnTopHint
    )


def _told(stop: Stop) -> str:
    if not stop.value:
        return f"“{stop.label}”没有内容,网页上空着。"
    return f"已复制“{stop.label}”,到网页里粘贴。"
