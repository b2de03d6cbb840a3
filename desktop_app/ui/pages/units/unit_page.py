"""One unit's whole work on one page: steps, people, papers, money, forms, history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db.codes import UnitState
from desktop_app.ui import theme
from desktop_app.ui.dialogs.proof_strip import ProofStrip, has_both
from desktop_app.ui.pages.units.unit_acts import Cards, UnitActs
from desktop_app.ui.pages.units.unit_case import CaseCard
from desktop_app.ui.pages.units.unit_money import MoneyCard, from_books
from desktop_app.ui.pages.units.unit_people import PeopleCard
from desktop_app.ui.pages.units.unit_reading import (
    Shown,
    UnitReadingPage,
    facts_text,
    reviews_now,
)
from desktop_app.ui.pages.units.unit_side import FormsCard, PapersCard
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars

if TYPE_CHECKING:
    from desktop_app.services.services import Services


class UnitPage(UnitReadingPage):
    """Lays the cards out and draws them; what can be done stands in the table of acts."""

    back = Signal()

    def __init__(
        self, services: Services, tasks: TaskRunner, unit_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, tasks, unit_id, parent)
        self.heading, self.facts = label("", "h1"), label("", "quiet", wrap=True)
        self.case_card = CaseCard()
        self.people = PeopleCard(services, tasks)
        self.papers, self.money, self.forms = PapersCard(), MoneyCard(), FormsCard()
        self.proof = ProofStrip(services, tasks)
        self.papers.add(self.proof)
        self.proof_button = button("证明与名单…", self.proof.open, kind="link")
        self.papers.head.insertWidget(1, self.proof_button)
        self.acts = UnitActs(
            self, Cards(self.case_card, self.people, self.papers, self.money, self.forms)
        )
        self.back_button = button("返回列表(&B)", self.back.emit, name="返回列表")
        self.newest_button = button(
            "回到最新的申请(&Z)", partial(self.show_case, None), name="回到最新的申请"
        )
        self.newest_button.hide()
        self.edit_button = button("单位资料(F2)", self.acts.dialogs.edit_unit, name="单位资料")
        self._lay_out()
        leave = QShortcut(QKeySequence("Alt+Left"), self, self.back.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.reload()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.facts, 1)
        head.addWidget(self.newest_button)
        head.addWidget(self.edit_button)
        head.addWidget(self.back_button)
        inside = QWidget()
        side = QVBoxLayout(inside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(6))
        for card in (self.papers, self.money, self.forms):
            side.addWidget(card)
        side.addStretch(1)
        self.side = QScrollArea()
        steady_bars(self.side)
        self.side.setWidget(inside)
        self.side.setWidgetResizable(True)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setAccessibleName("材料、缴费和文书")
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(12))
        lower.addWidget(self.people, 7)
        lower.addWidget(self.side, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.case_card)
        layout.addLayout(lower, 1)

    def draw(self, shown: Shown) -> None:
        draft = shown.unit.draft
        self.heading.setText(draft.name)
        self.facts.setText(facts_text(draft, shown.unit))
        if shown.case is None:
            self.case_card.show_waiting(shown.unit, may_review=shown.may_review)
            self.people.show_nothing("新建申请后,把名单拖到这一页。")
            ended = shown.unit.state == UnitState.ENDED
            self.papers.show_lines("单位证书", shown.unit.papers, closed=ended)
            self.forms.show_none()
        else:
            self.case_card.show_case(shown.case, shown.offers)
            if shown.older:
                self.case_card.hide_beginnings()
            self.people.show_case(shown.case)
            self.people.offer_addition(None if shown.older else shown.offers.addition)
            for card in (self.papers, self.money, self.forms):
                card.show_case(shown.case)
        self.proof.show_case(shown.case)
        kept = shown.case is not None and has_both(shown.case)
        self.proof_button.setVisible(kept and self.proof.isHidden())
        self.case_card.show_undo(shown.undo)
        marked = shown.case.marked if shown.case else 0
        self.people.show_review(marked, may_review=reviews_now(shown.case))
        self.newest_button.setVisible(shown.older)
        self.money.setVisible(shown.case is not None)
        self.forms.setVisible(shown.case is None or not from_books(shown.case))
        self.papers.setVisible(shown.case is None or not from_books(shown.case))
        self.edit_button.setEnabled(shown.unit.state != UnitState.ENDED)
