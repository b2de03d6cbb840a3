"""The window after sign-in: rail, search box, and the page one is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.errors import explain
from desktop_app.services.done import Area
from desktop_app.services.views.board import Slice
from desktop_app.services.views.offices import OfficeView
from desktop_app.services.views.search import Hit
from desktop_app.ui import theme
from desktop_app.ui.first_field import focus_first
from desktop_app.ui.pages.home.home_page import HomePage
from desktop_app.ui.pages.units.choose_unit import ChooseUnitDialog
from desktop_app.ui.pasted import Source
from desktop_app.ui.rail import Rail
from desktop_app.ui.search_box import SearchBox
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services
    from desktop_app.ui.pages.units.unit_page import UnitPage

Maker = Callable[..., QWidget]
PLACES = {"check": "home", "chase": "home", "receive": "units"}  # pages without a place in the rail


_BACK = {"chase": "home", "check": "home", "receive": "units"}  # where a page leads back to


class MainWindow(QWidget):
    """Pages are made when first shown; one unit's page at a time stands under 办理."""

    sign_out = Signal()
    preferences_changed = Signal(object)  # Preferences
    bug = Signal(object)  # an exception that is nobody's fault but the program's
    titled = Signal(str)

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services, self._tasks = services, tasks
        self._pages: dict[str, QWidget] = {}
        self.unit_page: UnitPage | None = None
        self.rail, self.banner = Rail(), Banner()
        self.search = SearchBox(services, tasks)
        self.demo = label("演示县", "demo")
        self.demo.hide()
        self.saving = label("正在保存…", "quiet")
        self.saving.hide()
        self.user_button = button("", self.sign_out.emit, kind="link", name="换人登录")
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._lay_out()
        self._connect()
        self.show_page("home")
        tasks.read(self, services.office.view, self._show_office)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addSpacing(theme.px(10))
        top.addWidget(self.saving)
        top.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.user_button)
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(22), theme.px(14), theme.px(22), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.search.opened.connect(self.open_hit)
        self.search.copied.connect(lambda text: self.banner.show_good("已复制一句话。", text))
        self._tasks.failed.connect(self._on_failed)
        self._tasks.changed.connect(self._on_changed)
        self._tasks.busy_changed.connect(self.saving.setVisible)
        QShortcut(QKeySequence("Ctrl+K"), self, self._focus_search)
        QShortcut(QKeySequence("Ctrl+R"), self, partial(self.show_page, "receive"))
        QShortcut(QKeySequence("Ctrl+Shift+O"), self, self.sign_out.emit)

    @property
    def page_key(self) -> str:
        shown = self.stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "unit")

    def show_page(self, key: str) -> QWidget:
        """Go to a page of the rail, or to the roster check."""
        if key == "units" and self.unit_page is not None and self.page_key != "unit":
            return self._show(self.unit_page, "units")  # back to the unit one was working on
        return self._show(self.page(key), PLACES.get(key, key))

    def page(self, key: str) -> Any:
        if key not in self._pages:
            self._pages[key] = _make(key, self._services, self._tasks)
            self._wire(key, self._pages[key])
            self.stack.addWidget(self._pages[key])
        return self._pages[key]

    def open_unit(self, unit_id: int, case_id: int | None = None) -> UnitPage:
        """Open a unit at its newest case, or at the one that was looked for."""
        if self.unit_page is None or self.unit_page.unit_id != unit_id:
            self._drop_unit_page()
            from desktop_app.ui.pages.units.unit_page import UnitPage  # noqa: PLC0415 - see _make

            self.unit_page = UnitPage(self._services, self._tasks, unit_id)
            self.unit_page.back.connect(self._leave_unit)
            self.stack.addWidget(self.unit_page)
        self.unit_page.show_case(case_id)
        self._show(self.unit_page, "units")
        return self.unit_page

    def open_slice(self, slice_: Slice) -> None:
        """Show the list of the units that a number of the first page counts."""
        page = self.page("units")
        self._show(page, "units")
        page.show_slice(slice_)

    def open_hit(self, hit: Hit) -> None:
        """A person's hit opens the person; any other its claim, its case or its unit."""
        if hit.kind == "claim":
            self.open_claim(hit.id)
        elif hit.kind == "member":
            self.show_page("find")
            self.page("find").show_person(hit)
        elif hit.unit_id is not None:
            self.open_unit(hit.unit_id, hit.enrolment_id)
        else:
            self.banner.show_info(f"{hit.title}:{hit.detail or '没有所在单位'}")

    def open_claim(self, claim_id: int) -> None:
        self.show_page("claims")
        self.page("claims").open_with_papers(claim_id)

    def check_files(self, sources: tuple[Source, ...]) -> None:
        self.show_page("check")
        self.page("check").check_files(sources)

    def choose_unit(self, source: Source, guess: int | None) -> ChooseUnitDialog:
        dialog = ChooseUnitDialog(self._services, self._tasks, guess, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.picked.connect(lambda unit_id: self.store_roster(unit_id, source))
        dialog.open()
        return dialog

    def store_roster(self, unit_id: int, source: Source) -> None:
        """Open the unit and let its page plan the roster as if it had been dropped there."""
        page = self.open_unit(unit_id)
        if page.shown is not None:
            page.acts.files.read_roster(source)
        else:
            once = Qt.ConnectionType.SingleShotConnection
            page.loaded.connect(partial(page.acts.files.read_roster, source), once)

    def go(self, key: str) -> None:
        """Where the first steps of an empty office lead."""
        if key == "new-unit":
            self.show_page("units")
            self.page("units").register()
        elif key in ("figures", "backups", "look", "opening", "calendar", "schemes", "layouts"):
            self.show_page("more")
            self.page("more").show_tab(key)
        elif key == "shelves":
            self.show_page("receive")
            self.page("receive").show_shelves()
        else:
            self.show_page(key)

    def _show(self, page: QWidget, place: str) -> QWidget:
        self.banner.clear()
        self.rail.mark(place)
        self.stack.setCurrentWidget(page)
        focus_first(page)
        return page

    def _wire(self, key: str, page: Any) -> None:
        if key in ("home", "chase", "units", "receive", "reports"):
            page.open_unit.connect(self.open_unit)
        if key in _BACK:
            page.back.connect(partial(self.show_page, _BACK[key]))
        if key == "home":
            page.check_files.connect(self.check_files)
            page.open_slice.connect(self.open_slice)
            page.go.connect(self.go)
        elif key == "check":
            page.store_wanted.connect(self.choose_unit)
        elif key == "units":
            page.receive.connect(partial(self.show_page, "receive"))
        elif key == "find":
            page.open_hit.connect(self.open_hit)
            page.open_case.connect(self.open_unit)
            page.open_claim.connect(self.open_claim)
        elif key == "more":
            page.preferences_changed.connect(self.preferences_changed)
            page.sign_out.connect(self.sign_out)

    def _leave_unit(self) -> None:
        self._drop_unit_page()
        self.show_page("units")

    def _drop_unit_page(self) -> None:
        if self.unit_page is not None:
            self.stack.removeWidget(self.unit_page)
            self.unit_page.deleteLater()
            self.unit_page = None

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_office(self, office: OfficeView) -> None:
        self.demo.setVisible(office.demo)
        self.user_button.setText(f"{office.user.name} · {office.user.role_label}")
        self.user_button.setAccessibleName(f"换人登录,现在是{self.user_button.text()}")
        self.user_button.setToolTip("换人登录  Ctrl+Shift+O")
        self.rail.foot.setText(f"{office.county}\n经办机构")
        self.titled.emit(office.name)

    def _on_failed(self, _owner: object, error: BaseException) -> None:
        known = explain(error)
        if known is None:
            self.bug.emit(error)
        else:
            self.banner.show_error(known)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.OFFICE in areas:
            self._tasks.read(self, self._services.office.view, self._show_office)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.answers.hide()


def _make(key: str, services: Services, tasks: TaskRunner) -> QWidget:
    """Make a page. Its module is imported now, so that the first page shows sooner."""
    if key == "home":
        return HomePage(services, tasks)
    return _MAKERS[key]()(services, tasks)


def _check() -> Maker:
    from desktop_app.ui.pages.roster_check_page import RosterCheckPage  # noqa: PLC0415

    return RosterCheckPage


def _units() -> Maker:
    from desktop_app.ui.pages.units.units_page import UnitsPage  # noqa: PLC0415

    return UnitsPage


def _receive() -> Maker:
    from desktop_app.ui.pages.reception.reception_page import ReceptionPage  # noqa: PLC0415 - see _make

    return ReceptionPage


def _claims() -> Maker:
    from desktop_app.ui.pages.claims.claims_page import ClaimsPage  # noqa: PLC0415

    return ClaimsPage


def _find() -> Maker:
    from desktop_app.ui.pages.find.find_page import FindPage  # noqa: PLC0415

    return FindPage


def _reports() -> Maker:
    from desktop_app.ui.pages.reports.reports_page import ReportsPage  # noqa: PLC0415

    return ReportsPage


def _more() -> Maker:
    from desktop_app.ui.pages.more.more_page import MorePage  # noqa: PLC0415

    return MorePage


def _chase() -> Maker:
    from desktop_app.ui.pages.chase_page import ChasePage  # noqa: PLC0415 - see _make

    return ChasePage


_MAKERS: dict[str, Callable[[], Maker]] = {
    "check": _check,
    "chase": _chase,
    "units": _units,
    "receive": _receive,
    "claims": _claims,
    "find": _find,
    "reports": _reports,
    "more": _more,
}
