"""A batch on its way to the printer, kept form by form: what a jam or a cut stopped goes on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.codes import PrintPartState, PrintReason
from db.models.enrolments import Enrolment
from db.models.papers import IssuedForm
from db.models.prints import PrintBatch, PrintBatchPart
from db.queries import prints as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.papers.batch_forms import FORMS, FURTHER, BatchForms, unknown_form
from desktop_app.services.papers.form_codes import tidy
from desktop_app.services.papers.print_run_views import run_view
from desktop_app.services.papers.prints import count_copy
from desktop_app.services.permissions import Permission
from desktop_app.services.views.print_batches import RunView

MOST_COPIES = 20
_WAITS, _SENT, _PRINTED = PrintPartState.WAITS, PrintPartState.SENT, PrintPartState.PRINTED


class PrintRunService:
    """A form is marked as sent before the printer gets it and as printed after.

    Cut in between, nobody but the clerk at the printer knows which: the next form is not sent
    before the last good one is named.
    """

    def __init__(self, desk: Desk, forms: BatchForms) -> None:
        self.desk, self._forms = desk, forms

    @act("print.begin-batch", Permission.PRINT, Area.PRINTS)
    def begin(
        self, tx: Transaction, forms: Sequence[tuple[int, str]], copies: int, reason: str
    ) -> int:
        """Keep which forms of which cases are to be printed, each once, in this order.

        A batch that this desk has not printed to its end is given up for it.

        Args:
            tx: the transaction.
            forms: a case and a kind of form each.
            copies: of each form.
            reason: why once more, for those that were printed before.
        """
        if not forms or not 1 <= copies <= MOST_COPIES:
            raise UserError(
                "batch-empty", "没有要打印的单据,或者份数不对。", f"份数是1到{MOST_COPIES}。"
            )
        why = _reason(reason)
        for enrolment_id, form_key in forms:
            if form_key not in (*FORMS, *FURTHER):
                raise unknown_form(form_key)
            if tx.session.get(Enrolment, enrolment_id) is None:
                raise UserError("enrolment-unknown", "没有这份申请。", "请刷新后再试。")
        for before in tx.session.scalars(_of_desk(self.desk).where(PrintBatch.ended_at.is_(None))):
            before.ended_at = tx.now
        batch = tx.add(
            PrintBatch(
                desk_id=self.desk.desk_id,
                begun_at=tx.now,
                begun_by=tx.user_id,
                copies=copies,
                reason_code=why,
            )
        )
        tx.session.flush()
        for place, (enrolment_id, form_key) in enumerate(dict.fromkeys(forms), start=1):
            tx.session.add(
                PrintBatchPart(
                    print_batch_id=batch.id,
                    place=place,
                    enrolment_id=enrolment_id,
                    form_key=form_key,
                    state_code=_WAITS,
                    spoilt=False,
                )
            )
        tx.audit(f"print_batch {batch.id}", forms=len(set(forms)), copies=copies)
        return batch.id

    @act("print.send", Permission.PRINT, Area.PRINTS, Area.ENROLMENTS)
    def send(self, tx: Transaction, batch_id: int, place: int) -> int:
        """Fix the form as the case is now and say that the printer gets it; gives its id."""
        part = _part(tx.session, _open(tx.session, batch_id), place, _WAITS)
        unsure = queries.sent(tx.session, batch_id)
        if unsure is not None:
            raise _is_unsure(tx.session, unsure)
        issued = self._forms.issue(tx, part.form_key, part.enrolment_id)
        # An unused number is given back with all that this transaction has read.
        part = _part(tx.session, _open(tx.session, batch_id), place, _WAITS)
        part.issued_form_id, part.state_code = issued, _SENT
        # Beside a case's way it is none of the case's acts: it hinders no 撤销.
        beside = part.form_key in FURTHER
        subject = f"print_batch {batch_id}" if beside else f"enrolment {part.enrolment_id}"
        tx.audit(subject, batch=batch_id, place=place, issued_form=issued)
        return issued

    @act("print.printed", Permission.PRINT, Area.PRINTS)
    def printed(self, tx: Transaction, batch_id: int, place: int, printer: str) -> int:
        """The printer has taken all copies; each is a line of the register. Gives how many wait."""
        batch = _open(tx.session, batch_id)
        part = _part(tx.session, batch, place, _SENT)
        _count(tx, batch, part, printer)
        waiting = _left(tx.session, batch)
        batch.ended_at = None if waiting else tx.now
        tx.audit(f"issued_form {part.issued_form_id}", batch=batch_id, copies=batch.copies)
        return waiting

    @act("print.not-taken", Permission.PRINT, Area.PRINTS)
    def take_back(self, tx: Transaction, batch_id: int, place: int) -> None:
        """The printer refused the form before it took a page: it waits again."""
        part = _part(tx.session, _open(tx.session, batch_id), place, _SENT)
        part.state_code = _WAITS
        tx.audit(f"print_batch {batch_id}", place=place)

    @act("print.go-on", Permission.PRINT, Area.PRINTS)
    def go_on_behind(self, tx: Transaction, batch_id: int, last_good: str, printer: str) -> int:
        """Whatever came out behind the last good form is spoilt and waits again.

        Args:
            tx: the transaction.
            batch_id: the batch, also one that is at its end.
            last_good: the number on the last good form or the end of it; empty: none is good.
            printer: for a form that came out without the program's knowledge.

        Returns:
            How many forms wait.
        """
        batch = _get(tx.session, batch_id)
        good = _named(tx.session, batch, tidy(last_good))
        spoilt = 0
        for part in queries.parts(tx.session, batch.id):
            if part.place <= good and part.state_code == _SENT:
                _count(tx, batch, part, printer)
            elif part.place > good and part.state_code != _WAITS:
                part.spoilt = part.spoilt or part.state_code == _PRINTED
                part.state_code = _WAITS
                spoilt += 1
        waiting = _left(tx.session, batch)
        batch.ended_at = None if waiting else tx.now
        tx.audit(f"print_batch {batch.id}", behind=good, spoilt=spoilt, left=waiting)
        return waiting

    @act("print.end-batch", Permission.PRINT, Area.PRINTS)
    def end(self, tx: Transaction, batch_id: int) -> None:
        """What was not printed is given up; it can be printed as always."""
        batch = _open(tx.session, batch_id)
        batch.ended_at = tx.now
        tx.audit(f"print_batch {batch.id}", left=_left(tx.session, batch))

    @look(Permission.PRINT)
    def last(self) -> RunView | None:
        """The last batch that was begun at this desk, at its end or not."""
        query = _of_desk(self.desk).order_by(PrintBatch.id.desc()).limit(1)
        with self.desk.database.reading() as uow:
            batch = uow.session.scalars(query).first()
            return None if batch is None else run_view(uow.session, batch)

    @look(Permission.PRINT)
    def get(self, batch_id: int) -> RunView:
        with self.desk.database.reading() as uow:
            return run_view(uow.session, _get(uow.session, batch_id))


def _of_desk(desk: Desk) -> Select[PrintBatch]:
    return select(PrintBatch).where(PrintBatch.desk_id == desk.desk_id)


def _reason(reason: str) -> PrintReason:
    if reason not in set(PrintReason) - {PrintReason.FIRST}:
        raise UserError("reason-missing", "没有写再次打印的原因。", "请选择再次打印的原因。")
    return PrintReason(reason)


def _get(session: Session, batch_id: int) -> PrintBatch:
    batch = session.get(PrintBatch, batch_id)
    if batch is None:
        raise UserError("batch-unknown", "没有这一批打印。", "请刷新后再试。")
    return batch


def _open(session: Session, batch_id: int) -> PrintBatch:
    batch = _get(session, batch_id)
    if batch.ended_at is not None:
        raise UserError("batch-ended", "这一批已经打完了。", "请从单位列表里重新打印。")
    return batch


def _part(session: Session, batch: PrintBatch, place: int, state: PrintPartState) -> PrintBatchPart:
    part = session.get(PrintBatchPart, (batch.id, place))
    if part is None or part.state_code != state:
        raise UserError(
            "batch-part", f"这一批的第{place}张现在不能这样办。", "请刷新后看它打到了哪里。"
        )
    return part


def _left(session: Session, batch: PrintBatch) -> int:
    session.flush()
    return queries.count_left(session, batch.id)


def _count(tx: Transaction, batch: PrintBatch, part: PrintBatchPart, printer: str) -> None:
    """Every copy of it is a line of the register."""
    assert part.issued_form_id is not None  # it was sent
    again = PrintReason.JAM if part.spoilt else PrintReason(batch.reason_code)
    count_copy(tx, part.issued_form_id, again, printer)
    for _more in range(batch.copies - 1):
        count_copy(tx, part.issued_form_id, PrintReason.EXTRA, printer)
    part.state_code = _PRINTED


def _named(session: Session, batch: PrintBatch, number: str) -> int:
    """The place of the form with this number; 0 where none is named."""
    if not number:
        return 0
    numbers = queries.numbers(session, batch.id)
    found = [one for one in numbers if one == number or one.endswith(number)]
    if len(found) != 1:
        told = "不止一张" if found else "没有"
        raise UserError(
            "batch-number",
            f"这一批打印过的单据里,编号是“{number}”的{told}。",
            "请照最后一张好的单据右上角的编号再输一次。",
            "last_good",
        )
    return numbers[found[0]]


def _is_unsure(session: Session, part: PrintBatchPart) -> UserError:
    assert part.issued_form_id is not None  # it was sent
    number = session.get_one(IssuedForm, part.issued_form_id).number
    return UserError(
        "batch-unsure",
        f"上次打到{number}时中断了,它有没有印好还不知道。",
        "请看打印机里最后一张好的是哪一张,填它的编号,再接着打。",
        "last_good",
    )
