"""People of a list who may be one person under two numbers: in it, and on the period's lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from db.queries import namesakes as queries
from db.queries.members import Known
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.likely import Insured, Sign, Signs, likely_insured
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.cases.cases import Case
from desktop_app.services.search_keys import masked


def likely_notes(signs: Signs) -> Iterator[Finding]:
    """A word at each person whose namesake of the same birthday stands above."""
    for person, earlier in signs.later:
        other = "" if person.sheet == earlier.sheet else f"“{earlier.sheet}”"
        text = (
            f"第{person.row}行 {person.name}与{other}第{earlier.row}行同名同生日,身份证号不同,"
            "可能是同一人更正过号码,请核对"
        )
        yield note(person, "person-likely-same", text)


def insured_notes(
    session: Session, case: Case, signs: Signs, known: Mapping[str, Known]
) -> Iterator[Finding]:
    """A word at each person whom a list of the period may have already, under another number.

    `known` are the ledger's people by the list's numbers: nobody is held against himself.
    """
    found = queries.namesakes(session, signs.first)
    for one in known.values():
        found.pop(one.id, None)
    if not found:
        return
    enrolment = case.enrolment
    lists: dict[Sign, list[Insured]] = {}
    for id_, at in queries.insured(session, [*found], enrolment.year, case.scheme_id):
        own = at.unit_id == case.unit.id
        lists.setdefault(found[id_], []).append(Insured(at.number, at.unit, at.year, own))
    for sign, namesakes in lists.items():
        for row in signs.having(sign):
            other = likely_insured(row, namesakes)
            if other is not None:
                yield _likely(row, other)


def note(row: RosterRow, code: str, text: str) -> Finding:
    return Finding(row.sheet, row.row, None, code, Severity.WARNING, text, "identity")


def _likely(row: RosterRow, other: Insured) -> Finding:
    whose = "本单位" if other.own else f"“{other.unit}”"
    text = (
        f"{row.name}与{whose}{other.year}年度名单上的一人同名同生日,"
        f"身份证号不同({masked(other.number)}),可能是同一人更正过号码,请与本人核对"
    )
    return note(row, "likely-listed" if other.own else "likely-elsewhere", text)
