"""证明与名单 in one line: how the kept proof stands to the list; pressed, it opens the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.codes import CaseState, Handling
from desktop_app.errors import explain
from desktop_app.services.views.enrolments import EnrolmentView
from desktop_app.services.views.proofs import ProofView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.case import THERE
from desktop_app.ui.dialogs.proof_dialog import ProofDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

PROOF = "insurance-proof"
COMPARING = "证明与名单:正在核对…"
UNREADABLE = "证明与名单:不能逐人核对"
BY_PERSON, WHY = "逐人看…", "看原因…"
UNTIL_REVIEW = ("enrolment.submit", "enrolment.approve")  # the next act


class ProofStrip(QWidget):
    """There only until the review, where a case has a list and a proof of it."""

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self._services, self._tasks, self._ticket = services, tasks, 0
        self._case_id = 0
        self.view: ProofView | None = None
        self.text = label("", "quiet", wrap=True)
        self.button = button(BY_PERSON, self.open, kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_case(self, case: EnrolmentView | None) -> None:
        """Compare anew: its list or its proof may have changed."""
        self._tasks.drop(self._ticket)
        before, self._case_id = self._case_id, case.id if case is not None else 0
        if before != self._case_id:
            self.view = None
            self._tell(COMPARING)
        if case is None or not has_both(case) or case.next_act not in UNTIL_REVIEW:
            self.view = None
            self.hide()
            return
        self.show()
        self._ticket = self._tasks.read(
            self,
            partial(self._services.proofs.compare_kept, case.id),
            self._show,
            on_error=self._fail,
        )

    def open(self) -> ProofDialog:
        """The table; where the kept proof cannot be read, it says why there."""
        return opened(
            ProofDialog(self._services, self._tasks, self._case_id, self.view, self.window())
        )

    def _show(self, view: ProofView) -> None:
        self.view = view
        late = view.roster_only or view.name_differs or view.stopped
        self._tell(f"{view.sentence}。", "warn" if late else "good")

    def _fail(self, error: BaseException) -> None:
        known = explain(error)
        if known is None:  # only what can be mended comes here
            raise error
        self.view = None
        self._tell(UNREADABLE, told=f"{known.message}{known.remedy}")

    def _tell(self, text: str, tone: str = "", told: str = "") -> None:
        self.button.setText(WHY if told else BY_PERSON)
        self.button.setAccessibleName(f"证明与名单:{self.button.text()}")
        self.text.setText(text.replace(" 人", "\N{NO-BREAK SPACE}人"))  # kept on one line
        self.text.setToolTip(told)
        self.text.setAccessibleDescription(told)
        theme.set_tone(self.text, tone)


def has_both(case: EnrolmentView) -> bool:
    """Whether the office keeps a list and a proof of it."""
    listed = case.handling == Handling.ON_BEHALF and case.people and case.state != CaseState.VOID
    return bool(listed) and any(
        paper.key == PROOF and paper.state in THERE and paper.attachment_id is not None
        for paper in case.papers
    )
