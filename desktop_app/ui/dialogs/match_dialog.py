"""认款: one bank line booked as what somebody says it pays for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.domain.matching.evidence import is_person
from desktop_app.domain.money import yuan
from desktop_app.services.views.matching import MatchLine, MoneyLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import Call
from desktop_app.ui.dialogs.fields import ChoiceField
from desktop_app.ui.dialogs.match_parts import PartsDialog
from desktop_app.ui.dialogs.payment_dialogs import PAYERS
from desktop_app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop_app.services.services import Services

PERSONAL = (
    "从个人账户付的钱不能算缴费:登记后申请停在缴费这一步,"
    "请在单位页“退回单位重缴”,由单位对公账户重缴。"
)


class MatchDialog(PartsDialog):
    """The amounts stand as proposed; the clerk changes them, or adds another application."""

    def __init__(
        self, services: Services, tasks: TaskRunner, match: MatchLine, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, tasks, ("认款", "认款"), parent)
        self._match = match
        self.line = ChoiceField(tuple((str(one.id), _line_words(one)) for one in match.lines))
        self.payer = ChoiceField(PAYERS)
        several = len(match.lines) > 1
        self.add_note(_line_words(match.lines[0]), "h2").setVisible(not several)
        if several:
            self.add_note(f"这家付了 {len(match.lines)} 笔,一笔一笔登记。", "")
        self.add_row("流水", self.line, "line")
        self.add_row("付款账户", self.payer, "person")
        self.body.addLayout(self.form)
        self.memo = self.add_note("")
        self.person_note = self.add_note(PERSONAL, "")
        theme.set_tone(self.person_note, "warn")
        self.add_note("\n".join(f"· {reason}" for reason in match.reasons))
        self.lay_parts([(one, 0) for one in match.candidates], self.chosen.fen)
        self.add_question("line-recorded", "again", "是另一笔钱,照样认款")
        self.form.setRowVisible(self.line, several)
        self.line.currentIndexChanged.connect(self._take_line)
        self.payer.currentIndexChanged.connect(self._tell_person)
        self._take_line()

    @property
    def chosen(self) -> MoneyLine:
        return self._match.lines[max(self.line.currentIndex(), 0)]

    def calls(self) -> Sequence[Call]:
        person = self.payer.value() == "person"
        book = self.services.matching.book
        return [partial(book, self.chosen.id, self.parts.parts(), person, self.sure.isChecked())]

    def _take_line(self) -> None:
        """Fill in what is proposed for the chosen line."""
        self.ask_anew()
        line = self.chosen
        account = f"账号 {line.payer_account}" if line.payer_account else ""
        memo = f"摘要:{line.memo}" if line.memo else ""
        self.memo.setText("　".join(filter(None, (account, memo))))
        self.memo.setVisible(bool(self.memo.text()))
        self.payer.setCurrentIndex(int(is_person(line.payer_name)))
        self.set_room(line.fen)
        own = [part for part in self._match.parts if part.line == line.id]
        self.parts.set_amounts({part.enrolment_id: part.fen for part in own})
        self._tell_person()
        self.tell()

    def _tell_person(self) -> None:
        self.person_note.setVisible(self.payer.value() == "person")


def _line_words(line: MoneyLine) -> str:
    return f"{line.day}  {line.payer_name or '(没有户名)'}  {yuan(line.fen)} 元"
