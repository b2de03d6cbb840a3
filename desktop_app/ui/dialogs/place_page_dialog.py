"""A scanned page without a code: which paper of the unit's newest case it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.errors import UserError
from desktop_app.services.views.papers import PaperLine
from desktop_app.ui.dialogs.base import ActDialog, Call
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desktop_app.services.services import Services


@dataclass(frozen=True, slots=True)
class CaseOfUnit:
    """What the dialog needs of the unit that was chosen."""

    unit: str
    year: int
    enrolment_id: int
    papers: tuple[PaperLine, ...]


def read_case(services: Services, unit_id: int) -> CaseOfUnit:
    """The unit's newest case and its papers; runs off the GUI thread."""
    unit = services.units.get(unit_id)
    if not unit.enrolments:
        raise UserError(
            "enrolment-unknown",
            f"“{unit.draft.name}”还没有申请。",
            "请核对是不是这家单位;没有归处的页可以先留着。",
        )
    newest = unit.enrolments[0]
    case = services.enrolments.get(newest.id)
    return CaseOfUnit(unit.draft.name, newest.year, newest.id, case.papers)


class PlacePageDialog(ActDialog):
    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        case: CaseOfUnit,
        pages: tuple[int, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, "归到单位的申请", "归入", parent)
        self._place = services.receptions.assign_to_case
        self._case, self._pages = case, pages
        self.add_note(f"{case.unit} · {case.year} 年度申请 · {len(pages)} 页", "")
        self.paper = QComboBox()
        for line in case.papers:
            self.paper.addItem(f"{line.label}　{line.state_label}", line.key)
        self.add_row("这一页是", self.paper, "paper")
        self.body.addLayout(self.form)
        self.behind = label("", "quiet", wrap=True)
        self.body.addWidget(self.behind)
        self.paper.currentIndexChanged.connect(self._say_behind)
        self._say_behind()

    def _say_behind(self) -> None:
        """Nothing takes the place of what is there, which has to be said before."""
        line = self._case.papers[self.paper.currentIndex()]
        there = f"已有扫描件({line.note})" if line.note else "已有扫描件"
        text = f"{there},这几页接在后面。要换掉原来的,请在单位页面重新添加整份。"
        self.behind.setText(text if line.attachment_id is not None else "")

    def calls(self) -> Sequence[Call]:
        key = str(self.paper.currentData())
        return [partial(self._place, self._pages, self._case.enrolment_id, key)]
