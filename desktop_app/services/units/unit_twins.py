"""Whether a unit that is being registered is there already: refused, or asked about."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.office import Office
from db.queries import units as queries
from desktop_app.domain.unit_names import alike, core_of
from desktop_app.errors import UserError
from desktop_app.services.desk import Desk
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.search_keys import keys_of

Known = tuple[int, str]  # a unit's id and its name
ASKED = "unit-similar"
MOST_NAMED = 3


class KnownUnitError(UserError):
    """A unit that is there already, or seems to be; `units` are those meant."""

    def __init__(self, code: str, told: tuple[str, str], where: str, units: list[Known]) -> None:
        super().__init__(code, *told, where)
        self.units = tuple(units)


def refuse_same(session: Session, desk: Desk, draft: UnitDraft, own_id: int | None = None) -> None:
    """Refuse the name of another unit, and the code of another union."""
    named = queries.by_name_key(session, keys_of(draft.name, desk.sounds()).name_key)
    found = [(unit.id, unit.name) for unit in named if unit.id != own_id]
    if found:
        told = (
            f"已经有名叫“{draft.name}”的单位。",
            "请打开它接着办;若确是另一家,请把名称写完整以便区分。",
        )
        raise KnownUnitError("unit-exists", told, "name", found)
    coded = queries.by_union_code(session, draft.union_code) if draft.union_code else ()
    found = [(unit.id, unit.name) for unit in coded if unit.id != own_id]
    if found:
        told = (
            f"这个工会统一社会信用代码已经登记在“{found[0][1]}”名下。",
            "请打开它接着办;若那里登记错了,请先改正那里的代码。",
        )
        raise KnownUnitError("unit-exists", told, "union_code", found)


def ask_about_similar(session: Session, desk: Desk, draft: UnitDraft) -> None:
    """Ask before a unit is added beside one with nearly its name, or with its employer's code.

    An equal employer's code is no proof that it is the same unit, and so is never refused: a
    branch or a school without legal status goes by the code of its legal person, and several
    unions may stand under one employer. Only a union's own code (81…) names one union.
    """
    coded = queries.by_employer_code(session, draft.employer_code) if draft.employer_code else ()
    found = [(unit.id, unit.name) for unit in coded]
    where = "employer_code" if found else "name"
    found += [one for one in _similar(session, desk, draft.name) if one not in found]
    if not found:
        return
    names = "、".join(f"“{name}”" for _id, name in found[:MOST_NAMED])
    more = f"等{len(found)}家" if len(found) > MOST_NAMED else ""
    why = "信用代码相同的单位" if where == "employer_code" else "相近的单位"
    told = (f"已有{why}:{names}{more}。", "是同一家就打开它;确是另一家,可以仍然新增。")
    raise KnownUnitError(ASKED, told, where, found[:MOST_NAMED])


def _similar(session: Session, desk: Desk, name: str) -> list[Known]:
    county = session.scalars(select(Office.county)).one()
    core, sounds = core_of(name, county), desk.sounds()
    return [
        (row[0], row[1])
        for row in queries.names_of_all(session)
        if alike(core, core_of(row[1], county), sounds)
    ]
