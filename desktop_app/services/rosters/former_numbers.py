"""People who come in again by a number that the office has corrected since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from db.queries import namesakes as queries
from db.queries.members import Known
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.former import Met, Renumbered, met
from desktop_app.domain.rosters.rosters import RosterRow
from desktop_app.services.rosters.namesakes import note
from desktop_app.services.search_keys import masked

_CODE = "identity-former"


def former_numbers(
    session: Session, rows: Sequence[RosterRow], known: Mapping[str, Known]
) -> dict[str, Met]:
    """Whom numbers mean that nobody has now and somebody of the row's name had before."""
    new = [row.identity for row in rows if row.identity not in known]
    found = queries.renumbered(session, new) if new else {}
    met_by: dict[str, Met] = {}
    for row in rows if found else ():
        if row.identity in found:
            one = met(row, [Renumbered(*before) for before in found[row.identity]])
            if one is not None:
                met_by[row.identity] = one
    return met_by


def former_notes(rows: Sequence[RosterRow], former: Mapping[str, Met]) -> Iterator[Finding]:
    """A word at each row that such a number stands in."""
    for row in rows if former else ():
        one = former.get(row.identity)
        if one is None:
            continue
        if one.sure:
            text = f"{row.name}的身份证号台账已更正为{masked(one.number)},按更正后的号码存入,请核对"
        else:
            text = (
                f"这个身份证号以前登记的也是“{row.name}”,台账已更正为{one.number},出生日期不同,"
                "是同一人的,请改为更正后的号码"
            )
        yield note(row, _CODE, text)


def met_twice(rows: Sequence[RosterRow], sure: Mapping[str, str]) -> Iterator[Finding]:
    """Rows with a former number of somebody who stands in another row of the list, too.

    `sure` are the present numbers by the former ones.
    """
    if not sure:
        return
    first = {row.identity: row for row in rows if row.identity not in sure}
    for row in rows:
        if row.identity not in sure:
            continue
        other = first.setdefault(sure[row.identity], row)
        if other is not row:
            sheet = "" if row.sheet == other.sheet else f"“{other.sheet}”"
            text = f"与{sheet}第{other.row}行是同一人,这一行是更正以前的身份证号,请删去多余的一行"
            yield Finding(
                row.sheet, row.row, None, "duplicate-in-file", Severity.ERROR, text, "identity"
            )
