"""The choice of the scheme, the drive's year and its aim, as an office is asked at its start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UserError
from desktop_app.services.views.schemes import SchemeOffer, StartView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import CountField, LineField, TextField
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.steady_bars import steady_bars


class StartFields(QWidget):
    """`chosen` carries the offer the cursor came to."""

    chosen = Signal(object)  # SchemeOffer
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[SchemeOffer, ...] = ()
        self.list = QListWidget()
        steady_bars(self.list)
        self.list.setAccessibleName("方案")
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(4))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        self.year = TextField(hint="如 2027")
        self.aim = CountField(hint="上级下达的人数,可以不填")
        fields: tuple[tuple[LineField, str], ...] = (
            (self.year, "办理年度"),
            (self.aim, "目标人数"),
        )
        for field, name in fields:
            field.setAccessibleName(name)
            field.returnPressed.connect(self.entered)
        self.locked = label("", "quiet", wrap=True)
        self.locked.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        for at, (text, field) in enumerate(
            (("办理年度(&Y)", self.year), ("目标人数(&M)", self.aim))
        ):
            named = label(text)
            named.setBuddy(field)
            grid.addWidget(named, 0, 2 * at)
            grid.addWidget(field, 0, 2 * at + 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.locked)
        layout.addLayout(grid)

    def show_view(self, view: StartView) -> None:
        """Offer the schemes; the one the office goes by is chosen, and none is at the first."""
        self._offers = view.offers
        self.list.clear()
        for offer in view.offers:
            item = QListWidgetItem(f"{offer.title}\n{offer.about}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.title},{offer.about}")
            self.list.addItem(item)
        keys = [offer.key for offer in view.offers]
        self.list.setCurrentRow(keys.index(view.scheme) if view.scheme in keys else -1)
        self.list.scrollToItem(self.list.currentItem())
        self.list.setVisible(view.may_choose)
        self.locked.setVisible(not view.may_choose)
        self.locked.setText(f"方案:{view.title}。已经按它办过业务,不在这里换。")
        self.year.setText(str(view.year))
        self.aim.setText("" if view.target is None else str(view.target))

    def scheme(self) -> SchemeOffer | None:
        at = self.list.currentRow()
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def needed_scheme(self) -> SchemeOffer:
        found = self.scheme()
        if found is None:
            raise UserError(
                "scheme-missing",
                "还没有选方案。",
                "请选本机构办理的那个方案;细则不同的,建好后可以改成自己的一版。",
                "scheme",
            )
        return found

    def year_value(self) -> int:
        text = self.year.needed("year", "办理年度").removesuffix("年").strip()
        if not (text.isdecimal() and len(text) == 4):
            raise UserError(
                "year", f"“办理年度”里的“{text}”不是年份。", "请写四位数的年份,如 2027。", "year"
            )
        return int(text)

    def aim_value(self) -> int | None:
        return self.aim.value("people", "目标人数")

    def go_to(self, where: str) -> None:
        {"year": self.year, "people": self.aim}.get(where, self.list).setFocus()

    def _on_row(self, at: int) -> None:
        if 0 <= at < len(self._offers):
            self.chosen.emit(self._offers[at])
