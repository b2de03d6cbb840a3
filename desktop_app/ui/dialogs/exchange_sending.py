"""The upper part of 上报往来: by which entrance, into which folder, and the four ways on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.services.done import Done
from desktop_app.services.views.submissions import ProfileChoice
from desktop_app.ui import theme
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.remembered import remembered
from desktop_app.ui.widgets.labels import button, label

FOLDER, ENTRANCE = "upload_folder", "upload_entrance"
NO_FOLDER = "第一次导出时选一个文件夹,以后都放在那里"
Export = Callable[[int, Path, str | None], Done[int]]


class SendingPart(QWidget):
    """Begins with what was chosen last on this machine."""

    def __init__(self) -> None:
        super().__init__()
        self.folder: Path | None = None
        self.entrance = ChoiceField(())
        self.entrance.setAccessibleName("上报入口")
        self._entrance_name = label("上报入口")
        self._place = label("", wrap=True)
        self._place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.change_button = button("换文件夹(&P)…", kind="link", name="换一个存放上报的文件夹")
        self.export_button = button("导出上报文件夹(&E)", name="导出上报文件夹")
        self.strip_button = button("对照录入(F8)", name="对照录入")
        self.strip_button.setToolTip("一个小窗口浮在网页上面,逐项复制;业务号登记在这里")
        self.answer_button = button("读入失败名单或回执(&F)…", name="读入失败名单或回执")
        self.answer_button.setToolTip("也可以把文件拖到这里,或复制后按 Ctrl+V")
        self.open_button = button("打开文件夹(&O)", name="打开文件夹")
        self._lay_out()
        kept = remembered.get(FOLDER, "")
        self.use_folder(Path(kept) if kept else None)
        self.offer(())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._entrance_name, 0, 0)
        grid.addWidget(self.entrance, 0, 1, 1, 2)
        grid.addWidget(label("存到"), 1, 0)
        grid.addWidget(self._place, 1, 1)
        grid.addWidget(self.change_button, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for made in (self.export_button, self.open_button, self.strip_button, self.answer_button):
            buttons.addWidget(made)
        buttons.addStretch(1)
        grid.addLayout(buttons, 2, 0, 1, 3)
        grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(grid)

    def use_folder(self, folder: Path | None) -> None:
        self.folder = folder
        self._place.setText(NO_FOLDER if folder is None else str(folder))
        theme.set_tone(self._place, "quiet" if folder is None else "")
        self.change_button.setVisible(folder is not None)

    def offer(self, entrances: tuple[ProfileChoice, ...]) -> None:
        """The scheme's entrances; where there is one, nothing is to be chosen."""
        if self.entrance.count() != len(entrances):
            for one in entrances:
                self.entrance.addItem(one.title, one.id)
            last = self.entrance.findData(remembered.get(ENTRANCE, ""))
            self.entrance.setCurrentIndex(max(0, last))
        for part in (self._entrance_name, self.entrance):
            part.setVisible(len(entrances) > 1)

    @property
    def chosen(self) -> str | None:
        """The entrance; None is the scheme's first."""
        return self.entrance.value() or None if self.entrance.count() else None


def export_into(export: Export, case_id: int, folder: Path, entrance: str | None) -> Done[int]:
    """Export and remember where to; runs off the GUI thread."""
    done = export(case_id, folder, entrance)
    remembered.put(**{FOLDER: str(folder), ENTRANCE: entrance or ""})
    return done
