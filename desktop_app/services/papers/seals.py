"""用印登记: a seal put on printed forms is recorded once, for all forms of a case or a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from db.codes import IssueState
from db.files import write_atomically
from db.models.papers import IssuedForm
from db.models.seals import SealUse, SealUsePrint
from db.queries import seals as queries
from desktop_app.documents.table_workbooks import Table, TableColumn, tables_workbook
from desktop_app.domain.dates import chinese_date
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import SealDraft
from desktop_app.services.permissions import Permission
from desktop_app.services.sane import check_line, needed_text, stated_reason
from desktop_app.services.targets import require_file
from desktop_app.services.views.seals import SealLine

_SEALED = (IssueState.VALID, IssueState.PROVISIONAL)
LONGEST, MOST_COPIES = 120, 99
_COLUMNS = (
    TableColumn("日期", 13),
    TableColumn("印章", 24),
    TableColumn("单据编号", 40),
    TableColumn("单位", 34),
    TableColumn("每张份数", 10, "number"),
    TableColumn("申请人", 12),
    TableColumn("保管人", 12),
    TableColumn("登记人", 12),
    TableColumn("作废原因", 30),
)


class SealService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look(Permission.PRINT)
    def list_uses(self) -> tuple[SealLine, ...]:
        """The journal, the newest first; void lines stay in it."""
        with self.desk.database.reading() as uow:
            return _lines(uow.session)

    @look(Permission.PRINT)
    def export(self, target: Path) -> str:
        """Write the journal as a workbook; returns its path.

        Raises:
            FileError: the file cannot be written.
        """
        require_file(self.desk, target)
        today = self.desk.today()
        below = f"截至{chinese_date(today)}"
        table = Table("用印登记", "用印登记", below, _COLUMNS, [_row(o) for o in self.list_uses()])
        write_atomically(target, tables_workbook([table], today))
        return str(target)

    @look(Permission.PRINT)
    def numbers_of_batch(self, batch_id: int) -> tuple[str, ...]:
        """Numbers of a batch's prints in force, in its order."""
        with self.desk.database.reading() as uow:
            return tuple(form.number for form in queries.of_batch(uow.session, batch_id))

    @act("seal.record", Permission.PRINT, Area.PRINTS)
    def record(self, tx: Transaction, draft: SealDraft) -> int:
        """One line for all these prints; returns its id.

        Raises:
            UserError: `form-unknown` where a number is of no print and no case;
                `form-not-valid` of a print that is void or replaced; `date` of a day to come.
        """
        if draft.used_on > self.desk.today():
            raise UserError("date", "用印日期还没有到。", "请填今天或以前的日期。", "used_on")
        if not 1 <= draft.copies <= MOST_COPIES:
            raise UserError(
                "seal-copies", f"每张份数须在1至{MOST_COPIES}之间。", "请照实际份数填写。", "copies"
            )
        forms = _forms(tx.session, draft.numbers)
        use = tx.add(
            SealUse(
                used_on=draft.used_on,
                seal=_line(draft.seal, "印章", "seal"),
                copies=draft.copies,
                asked_by=_line(draft.asked_by, "申请人", "asked_by"),
                kept_by=_line(draft.kept_by, "保管人", "kept_by"),
                recorded_at=tx.now,
                recorded_by=tx.user_id,
            )
        )
        tx.session.flush()
        for form in forms:
            tx.session.add(SealUsePrint(seal_use_id=use.id, issued_form_id=form.id))
        tx.audit(f"seal_use {use.id}", forms=len(forms), copies=draft.copies)
        return use.id

    @act("seal.void", Permission.PRINT, Area.PRINTS)
    def void(self, tx: Transaction, use_id: int, reason: str) -> None:
        """作废 of a line that was recorded wrong; it stays with its reason."""
        why, use = stated_reason(reason), tx.session.get(SealUse, use_id)
        if use is None:
            raise UserError("seal-unknown", "没有这条用印登记。", "请刷新后再选。")
        if use.voided_at is not None:
            raise UserError("seal-void", f"这条用印登记已作废({use.void_for})。", "不用再作废。")
        use.voided_at, use.voided_by, use.void_for = tx.now, tx.user_id, why
        tx.audit(f"seal_use {use.id}")


def _forms(session: Session, numbers: Sequence[str]) -> tuple[IssuedForm, ...]:
    """Prints of these numbers, each once; a number of the province stands for its case's prints."""
    found: dict[int, IssuedForm] = {}
    for number in (one.strip().upper() for one in numbers if one.strip()):
        form = queries.by_number(session, number)
        if form is not None and form.state_code not in _SEALED:
            raise UserError(
                "form-not-valid", f"{number}已作废或已换发。", "要用的请打印现在有效的那一张。",
                "numbers",
            )  # fmt: skip
        forms = [form] if form is not None else queries.of_case(session, number)
        if not forms:
            raise UserError(
                "form-unknown", f"没有编号{number}的单据。", "请核对编号,或填业务号。", "numbers"
            )
        found |= {one.id: one for one in forms}
    if not found:
        raise UserError("form-unknown", "没有写单据编号。", "请填单据编号或业务号。", "numbers")
    return tuple(found.values())


def _line(text: str, what: str, field: str) -> str:
    text = needed_text(text, what, field)
    check_line(text, what, field)
    if len(text) > LONGEST:
        raise UserError("too-long", f"{what}最多{LONGEST}个字。", "请写得短一些。", field)
    return text


def _lines(session: Session) -> tuple[SealLine, ...]:
    prints: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for use_id, number, unit in queries.prints(session):
        prints[use_id].append((number, unit or ""))
    return tuple(
        SealLine(
            id=use.id,
            used_on=use.used_on,
            seal=use.seal,
            copies=use.copies,
            numbers=tuple(number for number, _unit in prints[use.id]),
            units=tuple(dict.fromkeys(unit for _number, unit in prints[use.id] if unit)),
            asked_by=use.asked_by,
            kept_by=use.kept_by,
            recorded_by=name,
            void_for=use.void_for or "",
        )
        for use, name in queries.uses(session)
    )


def _row(line: SealLine) -> tuple[str | int | None, ...]:
    return (
        line.used_on.isoformat(), line.seal, "\n".join(line.numbers), "\n".join(line.units),
        line.copies, line.asked_by, line.kept_by, line.recorded_by, line.void_for,
    )  # fmt: skip
