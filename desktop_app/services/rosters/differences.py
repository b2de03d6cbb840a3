"""The difference a list makes: shown before it is stored, signed when the case is approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.codes import Handling, RowState
from db.models.imports import ImportBatch, ImportRow
from db.queries import enrolments as queries
from desktop_app.domain.rosters.differences import changes
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, look
from desktop_app.services.cases import cases
from desktop_app.services.cases.cases import Case
from desktop_app.services.desk import Desk
from desktop_app.services.rosters.difference_figures import Stored, figures_of
from desktop_app.services.rosters.difference_lines import counted, digest_of, lines_of
from desktop_app.services.rosters.difference_sides import (
    base_of,
    beyond,
    joining,
    list_before,
    list_now,
    refused,
)
from desktop_app.services.rosters.roster_rows import unpacked
from desktop_app.services.views.differences import DifferenceView

SHORT = 12  # digits of the digest that a history shows


class DifferenceService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @look()
    def of_plan(self, batch_id: int) -> DifferenceView:
        """What a waiting roster would make of the unit's list."""
        with self.desk.database.reading() as uow:
            session = uow.session
            batch = session.get(ImportBatch, batch_id)
            if batch is None or batch.enrolment_id is None:
                raise UserError("plan-gone", "没有这份预览。", "请重新读入文件。")
            case = cases.load(session, batch.enrolment_id)
            parked = select(ImportRow).where(
                ImportRow.batch_id == batch_id, ImportRow.state_code == RowState.PARKED
            )
            waiting = session.scalars(parked.order_by(ImportRow.seq)).all()
            return _difference(session, self.desk, case, unpacked(batch.waiting), waiting)

    @look()
    def of_case(self, enrolment_id: int) -> DifferenceView | None:
        """The whole list of a case beside the one before; None where the unit keeps its list."""
        with self.desk.database.reading() as uow:
            return of_case(uow.session, self.desk, cases.load(uow.session, enrolment_id))


def of_case(session: Session, desk: Desk, case: Case) -> DifferenceView | None:
    if case.enrolment.handling_code == Handling.BY_UNIT:
        return None
    waiting = [row for row, _file in queries.parked_rows(session, case.enrolment.id)]
    return _difference(session, desk, case, None, waiting)


def sign(tx: Transaction, case: Case, digest: str) -> tuple[str, dict[str, int | str | None]]:
    """What history and audit say of the difference that is signed; refused if it is another now."""
    view = of_case(tx.session, tx.desk, case)
    if view is None or view.digest != digest:
        raise UserError(
            "difference-stale",
            "名单或金额在您看过差异之后有变动,没有审核通过。",
            "请看过现在的差异再审核。",
        )
    told = {f"difference_{one.kind}": one.people for one in view.counts if one.people}
    note = f"签阅差异,{view.text}(摘要{digest[:SHORT]})"
    return note, {"difference": digest, **told}


def _difference(
    session: Session,
    desk: Desk,
    case: Case,
    planned: Sequence[RosterRow] | None,
    parked: Iterable[ImportRow],
) -> DifferenceView:
    """`planned` people would be stored beside those who are on the case's list."""
    base, here = base_of(session, case), list_now(session, case)
    there = {one.key for one in here}
    came = zip(planned or (), joining(session, planned or ()), strict=True)
    new = [(row.sex, one) for row, one in came if one.key not in there]
    before, waiting = list_before(session, base, desk.local), refused(session, parked)
    after = [*here, *(one for _sex, one in new)]
    found = changes(before, after, waiting, beyond(session, case, (before, after, waiting)))
    stored = None if planned is None else Stored(len(after), [sex for sex, _one in new])
    figures = figures_of(session, desk, case, base, stored)
    year = case.enrolment.year
    return DifferenceView(
        unit_name=case.unit.name,
        year=year,
        from_year=base.year,
        addition=base.addition,
        counts=counted(found),
        figures=figures,
        lines=lines_of(found),
        digest=digest_of((year, base.year), figures, found),
    )
