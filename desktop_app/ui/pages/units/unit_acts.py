"""What can be done on a unit's page and the ways to it: one line an act, so that one is added here.

A way is a key, a button or link of a card, or something let go over the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.ui.pages.units.unit_case import CaseCard
from desktop_app.ui.pages.units.unit_corrections import UnitCorrections
from desktop_app.ui.pages.units.unit_dialogs import UnitDialogs
from desktop_app.ui.pages.units.unit_exchange import UnitExchange
from desktop_app.ui.pages.units.unit_files import UnitFiles
from desktop_app.ui.pages.units.unit_money import MoneyCard
from desktop_app.ui.pages.units.unit_people import PeopleCard
from desktop_app.ui.pages.units.unit_prints import UnitPrints
from desktop_app.ui.pages.units.unit_reading import UnitReadingPage
from desktop_app.ui.pages.units.unit_side import FormsCard, PapersCard
from desktop_app.ui.pasted import sources_in
from desktop_app.ui.widgets.drop_area import FileDrops


@dataclass(frozen=True, slots=True)
class Cards:
    """The parts of the page that have buttons."""

    case: CaseCard
    people: PeopleCard
    papers: PapersCard
    money: MoneyCard
    forms: FormsCard


@dataclass(frozen=True, slots=True)
class Way:
    """One act with the signals and keys that lead to it."""

    do: Callable[..., object]
    signals: tuple[SignalInstance, ...] = ()
    keys: tuple[str, ...] = ()

    def lead(self, page: UnitReadingPage) -> None:
        for signal in self.signals:
            signal.connect(self.do)
        for keys in self.keys:
            shortcut = QShortcut(QKeySequence(keys), page, self.do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


class UnitActs:
    """The acts of one page; the table says how each is reached."""

    def __init__(self, page: UnitReadingPage, cards: Cards) -> None:
        self._page, self._cards = page, cards
        self.dialogs, self.files, self.prints = (
            UnitDialogs(page),
            UnitFiles(page),
            UnitPrints(page, cards.forms.further_button),
        )
        self.corrections = UnitCorrections(
            page, self.dialogs, cards.people, cards.case.correct_button
        )
        self.exchange = UnitExchange(page)
        self._drops = FileDrops(page, sources_in)
        for way in self.table():
            way.lead(page)

    def table(self) -> tuple[Way, ...]:
        cards, dialogs, exchange = self._cards, self.dialogs, self.exchange
        files, prints = self.files, self.prints
        return (
            Way(cards.case.press_blue, keys=("Ctrl+Return", "Ctrl+Enter")),
            Way(dialogs.take_next, (cards.case.next_pressed,)),
            Way(dialogs.undo, (cards.case.undo.pressed,), ("Ctrl+Z",)),
            Way(dialogs.take_back, (cards.case.take_back_pressed,)),
            Way(dialogs.take, (cards.papers.act_pressed, cards.money.act_pressed)),
            Way(dialogs.look_at, (cards.papers.look_pressed, cards.money.look_pressed)),
            Way(dialogs.open_account, (cards.case.open_pressed,)),
            Way(dialogs.send_unit_back, (cards.case.return_unit_pressed,)),
            Way(dialogs.start_enrolment, (cards.case.start_pressed,)),
            Way(dialogs.renew, (cards.case.renew_pressed,)),
            Way(dialogs.edit_unit, keys=("F2",)),
            Way(self.corrections.ask, (cards.case.correct_pressed,), ("F7",)),
            Way(dialogs.follow, (cards.people.follow_pressed,)),
            Way(
                dialogs.send_payment_back,
                (cards.case.return_payment_pressed, cards.money.return_pressed),
            ),
            Way(dialogs.take_part_out, (cards.money.part_pressed,)),
            Way(exchange.open, (cards.case.exchange_pressed,)),
            Way(exchange.open_strip, (cards.case.strip_pressed, dialogs.strip_wanted), ("F8",)),
            Way(cards.people.turn_to_search, keys=("Ctrl+F",)),
            Way(cards.people.turn_to_sent_back, (cards.case.sent_back_pressed,)),
            Way(dialogs.mark_people, (cards.people.review.mark_pressed,)),
            Way(dialogs.unmark_people, (cards.people.review.unmark_pressed,)),
            Way(dialogs.correct_person, (cards.people.sent_back.correct_pressed,)),
            Way(dialogs.resend_people, (cards.people.sent_back.resend_pressed,)),
            Way(dialogs.withdraw_people, (cards.people.sent_back.withdraw_pressed,)),
            Way(dialogs.drop_row, (cards.people.parked.drop_pressed,)),
            Way(dialogs.show_steps, (cards.money.steps_pressed,)),
            Way(dialogs.cancel_refund, (cards.money.cancel_refund_pressed,)),
            Way(dialogs.change_plans, (cards.money.plans_pressed,), ("Ctrl+M",)),
            Way(dialogs.set_funding, (cards.money.funding_pressed,), ("Ctrl+L",)),
            Way(
                files.choose_roster,
                (cards.people.roster_pressed, dialogs.roster_wanted),
                ("F3",),
            ),
            Way(files.paste, keys=("Ctrl+V",)),
            Way(files.take, (self._drops.files_dropped,)),
            Way(files.take_for, (cards.papers.attach,)),
            Way(files.read_roster, (dialogs.joiners,)),
            Way(files.choose_paper, (cards.papers.choose, dialogs.paper_wanted)),
            Way(prints.print_form, (cards.forms.print_pressed,)),
            Way(prints.further, (cards.forms.further_pressed,)),
            Way(prints.print_set, (cards.forms.set_pressed,), ("Ctrl+P",)),
            Way(prints.forms.show_issued, (dialogs.issued,)),
        )
