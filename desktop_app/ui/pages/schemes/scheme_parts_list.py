"""The parts of a scheme as a list, with how many of each are wrong or still to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop_app.domain.scheme_editor.scheme_guide import open_counts
from desktop_app.domain.scheme_editor.scheme_terms import PARTS, part_of
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.ui import theme
from desktop_app.ui.widgets.steady_bars import steady_bars

TRIAL, TEXT = "trial", "text"  # the pages after the parts
TITLES = {**PARTS, TRIAL: "试算", TEXT: "文本"}


def place_of(fault: Fault) -> str:
    """The page on which a fault is mended."""
    return part_of(fault.key) if fault.key else TEXT


class PartsList(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        for key, text in TITLES.items():
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, theme.px(30)))
            self.addItem(item)
        self.setAccessibleName("方案的各部分")
        steady_bars(self)
        self.setFixedWidth(theme.px(186))

    @property
    def part(self) -> str:
        item = self.currentItem()
        return self._key(item) if item else TEXT

    def count_up(self, text: str, faults: Sequence[Fault]) -> None:
        """Beside each part: what is wrong with it, else what of it is still to be confirmed."""
        wrong = Counter(place_of(fault) for fault in faults)
        readable = all(fault.key for fault in faults)
        still_open = open_counts(text) if readable else {}
        for row in range(self.count()):
            item = self.item(row)
            key = self._key(item)
            told = [f"{wrong[key]}处错"] if wrong[key] else []
            told += [f"{still_open[key]}项待核对"] if still_open.get(key) else []
            item.setText(" · ".join((TITLES[key], *told[:1])))
            item.setToolTip(" · ".join((TITLES[key], *told)))
            tone = "late" if wrong[key] else "warn" if told else "ink"
            item.setForeground(theme.colour(tone))

    def _key(self, item: QListWidgetItem) -> str:
        return str(item.data(Qt.ItemDataRole.UserRole))
