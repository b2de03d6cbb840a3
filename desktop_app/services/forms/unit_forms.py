"""What each further form of a unit says."""

from __future__ import annotations

from typing import Any

from db.models.units import Unit
from db.queries.units import contact_of
from desktop_app.documents.forms.units import FieldSheet, OfficerChange, UnitRegistration
from desktop_app.services.cases.unit_invoices import unit_invoice
from desktop_app.services.forms.asking import Asked


def field_sheet(asked: Asked) -> FieldSheet:
    return FieldSheet(**asked.begin())


def registration(asked: Asked) -> UnitRegistration:
    unit = asked.owner.unit
    if unit is None:
        return UnitRegistration(**asked.begin())
    return UnitRegistration(
        **asked.begin(),
        **_reached(asked, unit),
        at_work=unit.at_work,
        women=unit.women,
        account_name=unit.payer_name or "",
        account=unit.payer_account or "",
        bank=unit.payer_bank or "",
        bank_no=unit.payer_bank_no or "",
        invoice_title=unit_invoice(unit).title,
        invoice_code=unit_invoice(unit).code,
    )


def officer_change(asked: Asked) -> OfficerChange:
    unit = asked.owner.unit
    return OfficerChange(**asked.begin(), **(_reached(asked, unit) if unit else {}))


def _reached(asked: Asked, unit: Unit) -> dict[str, Any]:
    contact = contact_of(asked.session, unit.id)
    if contact is None:
        return {}
    return {"office_phone": contact.office_phone or "", "email": contact.email or ""}
