"""催办: which units have handed in nothing, not paid, not sent the stamped papers back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from db.models.office import Office
from desktop_app.domain.dates import CHINA, chinese_date
from desktop_app.domain.money import yuan
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.services.acts import look
from desktop_app.services.board.board_cases import Drive, JudgedCase
from desktop_app.services.board.board_lines import JudgedUnit, read_drive
from desktop_app.services.desk import Desk
from desktop_app.services.views.board import MARK_LABELS, NO_AREA, Mark
from desktop_app.services.views.calls import ChaseRow

ORDER = (Mark.UNREPORTED, Mark.UNPAID, Mark.UNSTAMPED)
_FAR = 9_999_999


class ChaseService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def list_rows(self, about: str = "", area: str = "") -> tuple[ChaseRow, ...]:
        """Return whom to call, by what is owed, then by area, what presses first."""
        with self.desk.database.reading() as uow:
            drive, units = read_drive(uow.session, self.desk)
            office = uow.session.scalars(select(Office.name)).one()
        places = {unit.row.area or NO_AREA: at for at, unit in enumerate(units)}
        rows = [
            row
            for unit in units
            for row in _owed(drive, unit, office)
            if about in ("", row.about) and area in ("", row.area)
        ]

        def place(row: ChaseRow) -> tuple[int, int, int]:
            due = row.due_on.toordinal() if row.due_on else _FAR
            return ORDER.index(Mark(row.about)), places[row.area], due

        return tuple(sorted(rows, key=place))


def _owed(drive: Drive, unit: JudgedUnit, office: str) -> Iterator[ChaseRow]:
    """A row for each thing the unit owes; an application may owe money and papers at once."""
    if Mark.UNREPORTED in unit.line.marks:
        yield _row(drive, unit, Mark.UNREPORTED, _unreported(drive, unit, office), None)
    for case in unit.cases:
        if case.unpaid:
            yield _row(drive, unit, Mark.UNPAID, _unpaid(case, unit.line.name, office), case)
        if case.unstamped:
            yield _row(drive, unit, Mark.UNSTAMPED, _unstamped(case, unit.line.name, office), case)


def _row(
    drive: Drive,
    unit: JudgedUnit,
    about: Mark,
    told: tuple[str, str],
    case: JudgedCase | None,
) -> ChaseRow:
    owes, message = told
    call: Row[Any] | None = drive.calls.get(unit.row.id)
    line = unit.line
    return ChaseRow(
        unit_id=line.id,
        enrolment_id=case.row.id if case else None,
        unit=line.name,
        area=line.area or NO_AREA,
        contact=line.contact,
        phone=line.phone,
        about=about.value,
        about_label=MARK_LABELS[about],
        owes=owes,
        due_on=line.due_on,
        due_label=line.due_label,
        due_text=line.due_text,
        message=message,
        calls=call.calls if call is not None else 0,
        last_call=_told(call) if call is not None else "",
        called_at=call.at if call is not None else None,
        again_on=call.again_on if call is not None else None,
    )


def _told(call: Row[Any]) -> str:
    return f"{call.at.astimezone(CHINA):%m-%d} {call.who}:{call.outcome or '已联系'}"


def _unreported(drive: Drive, unit: JudgedUnit, office: str) -> tuple[str, str]:
    """What is owed, and the message: in the scheme's words, with the day where one is known."""
    draft = next((case for case in unit.cases if case.open), None)
    owes = f"草稿{draft.row.people}人" if draft is not None and draft.row.people else "还没有名单"
    if draft is not None and draft.returned:
        owes = f"审核退回,{draft.returned}"
    until = drive.closes_on
    by = f"请于{chinese_date(until)}前" if until and until >= drive.desk.today() else "请尽快"
    ends = drive.ends.get(unit.row.id)
    cover = f"原保障到{chinese_date(ends)}24时止,过后不再保障。" if ends is not None else ""
    words = drive.scheme.words
    text = (
        f"{unit.line.name}:贵单位{drive.year}年度职工{words.join}名单还没有办妥。{cover}"
        f"{by}把名单(姓名、身份证号、手机号)发给我们,用单位现有的表格即可。——{office}"
    )
    return owes, text


def _unpaid(case: JudgedCase, unit: str, office: str) -> tuple[str, str]:
    row, words = case.row, case.scheme.words
    sum_text = f"{row.people}人" + ("" if row.due_fen is None else f" · {yuan(row.due_fen)}元")
    amount = "" if row.due_fen is None else f",应缴{words.fee}{yuan(row.due_fen)}元"
    if case.difference:
        owes = case.difference.split(":")[0]
        ask = f"已收到的回单与名单不符({case.difference}),请核对后办理。"
    else:
        owes, ask = sum_text, f"请由单位对公账户转账{_payee(case.scheme)},并把银行回单发给我们。"
    text = f"{unit}:贵单位{row.year}年度{words.join}申请已审核,共{row.people}人{amount}。{ask}"
    return owes, f"{text}——{office}"


def _payee(scheme: Scheme) -> str:
    payee = scheme.payee
    if payee is None:
        return ""
    return f"至:户名 {payee.name},账号 {payee.account},开户行 {payee.bank},行号 {payee.bank_no}"


def _unstamped(case: JudgedCase, unit: str, office: str) -> tuple[str, str]:
    papers = "、".join(case.scheme.paper(key).label for key in case.unstamped)
    text = f"{unit}:请把盖好章的{papers}尽快送回我处,以便归档办结。——{office}"
    return papers, text
