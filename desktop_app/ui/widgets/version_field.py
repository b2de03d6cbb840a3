"""Which version of the scheme is confirmed by; shown only where there is more than one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from desktop_app.services.versions.scheme_views import VersionChoice


class VersionField(QComboBox):
    """The drive's version stands first; what was chosen stays chosen while it is offered."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("方案的版次")
        self.setToolTip("在办的申请和申领用的是以前的版次时,在这里选那一版来确认")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.hide()

    def version_id(self) -> int | None:
        """The version chosen; None while none is known."""
        found: int | None = self.currentData()
        return found

    def offer(self, versions: Sequence[VersionChoice]) -> None:
        before = self.version_id()
        with QSignalBlocker(self):
            self.clear()
            for one in versions:
                self.addItem(one.label, one.id)
            self.setCurrentIndex(max(self.findData(before), 0) if versions else -1)
        self.setVisible(len(versions) > 1)
