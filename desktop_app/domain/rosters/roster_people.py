"""One row of a roster judged as a person: name, identity, contacts, plans, what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.codes import IdentityKind, Sex
from desktop_app.domain.eligibility import AgeLimits
from desktop_app.domain.identity import check_identity, longer_form, plain_resident
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.names import LONGEST, check_name, is_han, normalise_name
from desktop_app.domain.rosters.plain_rows import PlainRows
from desktop_app.domain.rosters.roster_cells import (
    Read,
    birth_differs,
    is_error,
    plain_phone,
    read_bank_card,
    read_identity,
    read_phone,
    read_sex,
    text_of,
)
from desktop_app.domain.rosters.roster_plans import read_plans, read_share_cell
from desktop_app.domain.rosters.roster_values import RosterRow
from desktop_app.domain.schemes.schemes import Scheme
from desktop_app.domain.tables import Cell, CellError
from desktop_app.domain.texts import clean

_INDIFFERENT = frozenset(("number", "remark", "unit"))  # an error cell there harms nobody


class _Identity(NamedTuple):
    number: str
    kind: IdentityKind
    sex: Sex | None
    born: datetime.date | None


_UNKNOWN = _Identity("", IdentityKind.UNKNOWN, None, None)


class Judgement(NamedTuple):
    """A row's person where no error stands against it, with all problems by field."""

    person: RosterRow | None
    problems: Sequence[tuple[str, Problem]]
    cleaned: Sequence[str]  # fields that needed loss-free cleaning


class PersonRules:
    """The rules for one file; Chinese characters found good in any file are remembered."""

    def __init__(
        self,
        scheme: Scheme | None,
        on: datetime.date,
        encodable: Callable[[str], str] | None,
        unit_kind: str | None,
    ) -> None:
        self._scheme, self._on = scheme, on
        self._encodable, self._unit_kind = encodable, unit_kind
        self._limits = AgeLimits(scheme.eligibility, on) if scheme is not None else None
        self._known = _known_to(encodable)

    def plain_rows(self, sheet: str | None, columns: Mapping[str, int]) -> PlainRows:
        """The short way for rows of a block."""
        return PlainRows(sheet, columns, self._known, self._limits, self._on)

    def judge(
        self, sheet: str | None, row: int, cells: Sequence[Cell], columns: Mapping[str, int]
    ) -> Judgement:
        """Judge a row; `cells` reaches at least to the last of `columns`."""
        problems: list[tuple[str, Problem]] = []
        cleaned: list[str] = []
        values = self._without_errors(cells, columns, problems)
        name = self._name(values.get("name"), problems, cleaned)
        identity = self._identity(values.get("identity"), problems, cleaned)
        sex = self._sex(values.get("sex"), identity, problems)
        over_age = self._over_age(values.get("born"), identity, sex, problems)
        phone = plain_phone(values.get("phone"))
        if phone is None:
            phone = _contact("phone", read_phone, values.get("phone"), problems, cleaned)
        card = _contact("bank_card", read_bank_card, values.get("bank_card"), problems, cleaned)
        plans = self._plans(values.get("plans"), sex, problems)
        shares = self._shares(values.get("shares"), plans, problems)
        remark = values.get("remark")
        if problems and any(problem.severity is Severity.ERROR for _, problem in problems):
            return Judgement(None, problems, cleaned)
        person = RosterRow(
            sheet,
            row,
            name,
            identity.number,
            identity.kind,
            sex,
            identity.born,
            phone,
            card,
            plans,
            shares,
            None if remark is None else clean(text_of(remark)) or None,
            over_age,
        )
        return Judgement(person, problems, cleaned)

    def _without_errors(
        self,
        cells: Sequence[Cell],
        columns: Mapping[str, int],
        problems: list[tuple[str, Problem]],
    ) -> dict[str, Cell]:
        """The row's cells by field; error cells are told and taken out."""
        values: dict[str, Cell] = {}
        for field, column in columns.items():
            cell = cells[column]
            if type(cell) is CellError or (
                type(cell) is str and cell[:1] == "#" and is_error(cell)
            ):
                if field not in _INDIFFERENT:
                    problems.append((field, _formula(cell)))
            elif cell is not None:
                values[field] = cell
        return values

    def _name(self, cell: Cell, problems: list[tuple[str, Problem]], cleaned: list[str]) -> str:
        raw = cell if isinstance(cell, str) else text_of(cell)
        if 0 < len(raw) <= LONGEST and self._known.issuperset(raw):
            return raw
        name = normalise_name(raw)
        if name != raw:
            cleaned.append("name")
        if name or not _told(problems, "name"):
            found = check_name(name, self._encodable)
            problems.extend(("name", problem) for problem in found)
            if not found:
                self._known.update(char for char in name if is_han(char))
        return name

    def _identity(
        self, cell: Cell, problems: list[tuple[str, Problem]], cleaned: list[str]
    ) -> _Identity:
        plain = plain_resident(cell) if isinstance(cell, str) else None
        if plain is not None and plain[0] <= self._on and isinstance(cell, str):
            return _Identity(cell, IdentityKind.RESIDENT, plain[1], plain[0])
        number, was_cleaned, damage = read_identity(cell)
        if damage or _told(problems, "identity"):
            problems.extend(("identity", problem) for problem in damage)
            return _UNKNOWN
        if was_cleaned:
            cleaned.append("identity")
        judged = check_identity(number or "", self._on)
        problems.extend(("identity", problem) for problem in judged.problems)
        if not judged.valid:
            return _UNKNOWN
        stored = judged.number
        if judged.kind is IdentityKind.RESIDENT_15:
            stored = longer_form(stored)
        return _Identity(stored, judged.kind, judged.sex, judged.born)

    def _sex(
        self, cell: Cell, identity: _Identity, problems: list[tuple[str, Problem]]
    ) -> Sex | None:
        told = read_sex(cell) if cell is not None else None
        if told is not None and identity.sex is not None and told is not identity.sex:
            word = "男" if identity.sex is Sex.MALE else "女"
            message = f"性别与身份证号不符(身份证号为{word}),请向本人核对后改正"
            problems.append(("sex", Problem("sex-mismatch", Severity.ERROR, message)))
        return identity.sex or told

    def _over_age(
        self,
        cell: Cell,
        identity: _Identity,
        sex: Sex | None,
        problems: list[tuple[str, Problem]],
    ) -> bool:
        """Judge the birth date and the age; whether the person needs the over-age paper."""
        born = identity.born
        if born is None:
            return False
        if cell is not None and birth_differs(cell, born):
            message = f"出生日期与身份证号不符(身份证号为{born}),请向本人核对后改正"
            problems.append(("born", Problem("birth-mismatch", Severity.ERROR, message)))
        problem = self._limits.problem(born, sex) if self._limits is not None else None
        if problem is None:
            return False
        problems.append(("identity", problem))
        return problem.code == "age-above"

    def _plans(
        self, cell: Cell, sex: Sex | None, problems: list[tuple[str, Problem]]
    ) -> tuple[str, ...] | None:
        if cell is None or self._scheme is None:
            return None
        named = read_plans(cell, self._scheme, sex)
        if named.problem is not None:
            problems.append(("plans", named.problem))
        return named.plans

    def _shares(
        self, cell: Cell, plans: tuple[str, ...] | None, problems: list[tuple[str, Problem]]
    ) -> int | None:
        if cell is None:
            return None
        named = read_share_cell(cell, self._scheme, plans, self._unit_kind)
        if named.problem is not None:
            problems.append(("shares", named.problem))
        return named.shares


@lru_cache(maxsize=8)
def _known_to(_encodable: Callable[[str], str] | None) -> set[str]:
    """The characters that were found good; the same set each time, for a drive's 1,500 files."""
    return set()


def _contact(
    field: str,
    read: Callable[[Cell], Read],
    cell: Cell,
    problems: list[tuple[str, Problem]],
    cleaned: list[str],
) -> str | None:
    if cell is None:
        return None
    value, was_cleaned, found = read(cell)
    if was_cleaned:
        cleaned.append(field)
    problems.extend((field, problem) for problem in found)
    return value


def _told(problems: list[tuple[str, Problem]], field: str) -> bool:
    return any(told == field for told, _ in problems)


def _formula(cell: str) -> Problem:
    message = f"单元格是公式错误{clean(cell)},请改为实际内容"
    return Problem("formula-error", Severity.ERROR, message)
