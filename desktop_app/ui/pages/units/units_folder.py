"""The lists of many units, brought in from one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ask_folder
from desktop_app.ui.dialogs.roster_folder_dialog import RosterFolderDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class UnitsFolder:
    def __init__(self, services: Services, tasks: TaskRunner, page: QWidget) -> None:
        self._services, self._tasks, self._page = services, tasks, page
        self.button = button("读入一批名单…", self.read, name="读入一批名单")
        self.button.setToolTip("各单位的名单在一个文件夹里:按文件名和表头认出单位,一次存入")

    def read(self) -> RosterFolderDialog | None:
        folder = ask_folder(self._page, "各单位的名单在哪个文件夹")
        if folder is None:
            return None
        return opened(RosterFolderDialog(self._services, self._tasks, folder, self._page))
