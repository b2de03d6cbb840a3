"""Units: registered, checked, opened, returned, listed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from db.codes import PaperState, UnitState
from db.models.office import Area as AreaRecord
from db.models.papers import Attachment
from db.models.units import Unit, UnitContact, UnitPaper
from db.queries import units as queries
from desktop_app.errors import UserError
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.files import keep_read, look_at
from desktop_app.services.permissions import Permission
from desktop_app.services.search_keys import keys_of
from desktop_app.services.units.unit_checks import check_unit
from desktop_app.services.units.unit_twins import ask_about_similar, refuse_same
from desktop_app.services.units.unit_views import unit_row, unit_view
from desktop_app.services.views.units import UNIT_PAPERS, UnitRow, UnitView

Papers = tuple[tuple[str, Path], ...]


class UnitService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("unit.register", Permission.REGISTER, Area.UNITS)
    def register(
        self, tx: Transaction, draft: UnitDraft, papers: Papers = (), again: bool = False
    ) -> int:
        """Save a unit that waits for the office's check, with its certificates or not at all.

        Args:
            tx: given by `act`.
            draft: what was typed; the same name twice is refused.
            papers: keys of `UNIT_PAPERS` with a picture or PDF each.
            again: there is a similar unit, and this is another one.
        """
        check_unit(draft)
        scans = [(_known(key), path, look_at(self.desk, path)) for key, path in papers]
        refuse_same(tx.session, self.desk, draft)
        if not again:
            ask_about_similar(tx.session, self.desk, draft)
        unit = Unit(state_code=UnitState.REGISTERED, registered_at=tx.now)
        self._fill(tx, unit, draft)
        tx.add(unit)
        tx.session.flush()
        self._set_contact(tx, unit, draft)
        for key, path, scan in scans:
            _add_paper(tx, unit.id, key, keep_read(tx, path, scan))
        tx.audit(f"unit {unit.id}", papers=len(scans))
        return unit.id

    @act("unit.edit", Permission.REGISTER, Area.UNITS, Area.ENROLMENTS)
    def edit(self, tx: Transaction, unit_id: int, draft: UnitDraft) -> None:
        check_unit(draft)
        unit = _get(tx.session, unit_id)
        refuse_same(tx.session, self.desk, draft, unit_id)
        self._fill(tx, unit, draft)
        self._set_contact(tx, unit, draft)
        tx.audit(f"unit {unit.id}")

    @act("unit.open", Permission.REVIEW, Area.UNITS)
    def open(self, tx: Transaction, unit_id: int) -> None:
        """审核开户: the office has checked the registration."""
        unit = _get(tx.session, unit_id)
        if unit.state_code == UnitState.OPEN:
            raise UserError("unit-open", f"“{unit.name}”已经开户。", "不用再审核。")
        unit.state_code = UnitState.OPEN
        tx.audit(f"unit {unit.id}")

    @act("unit.return", Permission.REVIEW, Area.UNITS)
    def return_(self, tx: Transaction, unit_id: int, reason: str) -> None:
        if not reason.strip():
            raise UserError("reason-missing", "没有写退回的原因。", "请写明要单位补什么。")
        unit = _get(tx.session, unit_id)
        unit.state_code, unit.note = UnitState.RETURNED, reason.strip()
        tx.audit(f"unit {unit.id}")

    @act("unit.attach-paper", Permission.REGISTER, Area.UNITS)
    def attach_paper(self, tx: Transaction, unit_id: int, paper_key: str, path: Path) -> None:
        key, scan = _known(paper_key), look_at(self.desk, path)
        _get(tx.session, unit_id)
        _add_paper(tx, unit_id, key, keep_read(tx, path, scan))
        tx.audit(f"unit {unit_id}", paper=paper_key)

    @look()
    def list_units(self, year: int) -> tuple[UnitRow, ...]:
        with self.desk.database.reading() as uow:
            return tuple(
                unit_row(uow.session, unit, area, contact, case)
                for unit, area, contact, case in queries.list_rows(uow.session, year)
            )

    @look()
    def list_areas(self) -> tuple[str, ...]:
        with self.desk.database.reading() as uow:
            return tuple(queries.area_names(uow.session))

    @look()
    def get(self, unit_id: int) -> UnitView:
        with self.desk.database.reading() as uow:
            return unit_view(uow.session, _get(uow.session, unit_id))

    def _fill(self, tx: Transaction, unit: Unit, draft: UnitDraft) -> None:
        keys = keys_of(draft.name, self.desk.sounds())
        unit.name, unit.name_key = draft.name.strip(), keys.name_key
        unit.initials, unit.sort_key = keys.initials, keys.sort_key
        unit.employer_code, unit.union_code = draft.employer_code, draft.union_code
        unit.kind_code, unit.town = draft.kind, draft.town
        unit.at_work, unit.women = draft.at_work, draft.women
        unit.payer_name, unit.payer_account = draft.payer_name, draft.payer_account
        unit.payer_bank, unit.payer_bank_no = draft.payer_bank, draft.payer_bank_no
        unit.invoice_title, unit.invoice_code = draft.invoice_title, draft.invoice_code
        unit.area_id = self._area(tx, draft.area)

    def _area(self, tx: Transaction, name: str | None) -> int | None:
        if not name:
            return None
        area = queries.area_by_name(tx.session, name)
        if area is None:
            sort_no = len(queries.area_names(tx.session)) + 1
            area = tx.add(AreaRecord(name=name, sort_no=sort_no))
            tx.session.flush()
        return area.id

    def _set_contact(self, tx: Transaction, unit: Unit, draft: UnitDraft) -> None:
        """A new officer is a new row: who spoke for the unit before stays known."""
        known = queries.contact_of(tx.session, unit.id)
        if not draft.contact_name:
            return
        if known is not None and known.name == draft.contact_name:
            known.phone = draft.contact_phone
            return
        if known is not None:
            known.until_on = self.desk.today()
        tx.add(
            UnitContact(
                unit_id=unit.id,
                name=draft.contact_name,
                phone=draft.contact_phone,
                from_on=self.desk.today(),
            )
        )


def _known(paper_key: str) -> str:
    if paper_key not in UNIT_PAPERS:
        raise UserError("paper-unknown", f"没有“{paper_key}”这种证件。", "请重新选择。")
    return paper_key


def _add_paper(tx: Transaction, unit_id: int, key: str, file: Attachment) -> None:
    kept = PaperState.KEPT
    tx.add(UnitPaper(unit_id=unit_id, paper_key=key, state_code=kept, attachment_id=file.id))


def _get(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise UserError("unit-unknown", "没有这个单位。", "请刷新单位列表后再试。")
    return unit
