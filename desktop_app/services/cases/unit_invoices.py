"""A unit's invoice particulars, as its cases, forms and the province's fields take them."""

from __future__ import annotations

from db.models.units import Unit
from desktop_app.domain.invoices import Invoice, invoice_of


def unit_invoice(unit: Unit) -> Invoice:
    codes = (unit.invoice_code, unit.employer_code, unit.union_code)
    return invoice_of(unit.name, unit.invoice_title, *codes)
