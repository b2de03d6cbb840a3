"""Finds the repairs of a judged row, and judges the row anew with those that are taken."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from db.codes import Sex
from desktop_app.domain.contacts import phone_is_valid, phone_number
from desktop_app.domain.identity import Identity, check_identity, longer_form
from desktop_app.domain.issues import Problem, Severity
from desktop_app.domain.names import MIDDLE_DOT, normalise_name
from desktop_app.domain.rosters import repairs as kinds
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.last_roster import LastRoster, as_shown, may_be_damaged
from desktop_app.domain.rosters.repairs import Changes, Repair
from desktop_app.domain.rosters.roster_cells import text_of
from desktop_app.domain.rosters.roster_people import Judgement, PersonRules
from desktop_app.domain.tables import Cell, column_letter
from desktop_app.domain.texts import clean, clean_number

_NEEDED = ("name", "identity")  # without which there is no person
_GROUPS = re.compile(r"\d+")
_WHOLE_PHONE = 11
Row = tuple[str | None, int]


class Mender:
    """One file's repairs.

    Args:
        rules: judge a row again once a cell is repaired.
        changes: what a clerk takes and declines.
        last: gives last period's roster of the unit; asked only where a number is damaged.
    """

    def __init__(
        self, rules: PersonRules, changes: Changes, last: Callable[[], LastRoster] | None
    ) -> None:
        self._rules, self._changes, self._ask = rules, changes, last
        self._last: LastRoster | None = None

    def mend(
        self, row: Row, cells: tuple[Cell, ...], columns: Mapping[str, int], judged: Judgement
    ) -> tuple[tuple[Cell, ...], Judgement, list[Repair]]:
        """The row with the repairs that are taken, its judgement, and every repair found."""
        name = normalise_name(text_of(cells[columns["name"]]))
        found = []
        for field, kind, after in self._proposed(cells, columns, judged):
            at = columns[field]
            taken = self._changes.takes((*row, field), kind)
            before = (as_shown if kind == kinds.LAST_ROSTER else text_of)(cells[at])
            found.append(Repair(*row, column_letter(at), field, kind, before, after, taken, name))
        accepted = [one for one in found if one.taken and one.kind not in kinds.BY_DEFAULT]
        if accepted:
            repaired = list(cells)
            for one in accepted:
                repaired[columns[one.field]] = one.after
            cells = tuple(repaired)
            judged = self._rules.judge(*row, cells, columns)
            told = [(one.field, _told(one)) for one in accepted]
            judged = judged._replace(problems=(*judged.problems, *told))
        for one in found:
            if not one.taken and one.kind in kinds.BY_DEFAULT:
                judged = _left(judged, one)
        return cells, judged, found

    def _proposed(
        self, cells: Sequence[Cell], columns: Mapping[str, int], judged: Judgement
    ) -> Iterator[tuple[str, str, str]]:
        """Field, kind and text of each repair."""
        wrong = {field for field, one in judged.problems if one.severity is Severity.ERROR}
        codes = {one.code for _field, one in judged.problems}
        identity = _identity(cells[columns["identity"]])
        short = "identity-15-digits" in codes and "identity" not in wrong
        for field in judged.cleaned:
            if field not in wrong and not (short and field == "identity"):
                yield field, *_cleaning(field, text_of(cells[columns[field]]))
        if short:
            yield "identity", kinds.SHORT_NUMBER, longer_form(identity.number)
        if "phone" in codes and (phone := _whole_phone(text_of(cells[columns["phone"]]))):
            yield "phone", kinds.PHONE_DECIMAL, phone
        yield from _by_number(cells, columns, codes, identity)
        if "identity" in wrong and (number := self._number_before(cells, columns)):
            yield "identity", kinds.LAST_ROSTER, number

    def _number_before(self, cells: Sequence[Cell], columns: Mapping[str, int]) -> str | None:
        damaged = cells[columns["identity"]]
        if self._ask is None or not may_be_damaged(damaged) or _identity(damaged, whole=True).valid:
            return None
        if self._last is None:
            self._last = self._ask()
        return self._last.number_of(normalise_name(text_of(cells[columns["name"]])), damaged)


def _by_number(
    cells: Sequence[Cell], columns: Mapping[str, int], codes: set[str], identity: Identity
) -> Iterator[tuple[str, str, str]]:
    """What the identity number says of birth date and sex, where the row says otherwise."""
    if "birth-mismatch" in codes and identity.born is not None:
        same = identity.born in _readings(text_of(cells[columns["born"]]))
        yield "born", kinds.DATE if same else kinds.BIRTH, identity.born.isoformat()
    if "sex-mismatch" in codes:
        yield "sex", kinds.SEX, "男" if identity.sex is Sex.MALE else "女"


def _identity(cell: Cell, *, whole: bool = False) -> Identity:
    """What the number says, as the row's rules see it; `whole` takes no number of a float."""
    return check_identity("" if whole and not isinstance(cell, str) else text_of(cell))


def _cleaning(field: str, before: str) -> tuple[str, str]:
    """The kind of a loss-free cleaning, by the most telling thing in it, and its outcome."""
    wide = any("\uff01" <= char <= "\uff5e" for char in before)
    if field == "name":
        after = normalise_name(before)
        dotted = MIDDLE_DOT in after and _letters(before) != _letters(after)
        return kinds.DOTS if dotted else kinds.FULL_WIDTH if wide else kinds.SPACES, after
    plain = clean_number(before)
    if field == "identity":
        after = plain.upper()
        other = kinds.LOWER_X
    else:
        after = phone_number(before) if field == "phone" else plain.replace("-", "")
        other = kinds.MARKS
    if wide:
        return kinds.FULL_WIDTH, after
    return other if plain != after else kinds.SPACES, after


def _letters(text: str) -> str:
    return clean(text).replace(" ", "")


def _whole_phone(text: str) -> str:
    """The number that a spreadsheet wrote as 13800138000.0; "" where digits are lost."""
    plain = clean_number(text)
    mantissa = plain.upper().partition("E")[0]
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return ""
    if sum(char.isdigit() for char in mantissa) < _WHOLE_PHONE or value != value.to_integral():
        return ""
    number = f"{value:.0f}"
    return number if phone_is_valid(number) else ""


def _readings(text: str) -> set[datetime.date]:
    """The days that a text may mean: parts in any order, years of two digits."""
    groups = _GROUPS.findall(clean(text).partition(":")[0])
    if len(groups) == 1 and len(groups[0]) == 6:
        one = groups[0]
        groups = [one[:2], one[2:4], one[4:]]
    elif len(groups) == 1 and len(groups[0]) == 8:
        one = groups[0]
        groups = [one[:4], one[4:6], one[6:]]
    return _days(groups[:3])


def _days(parts: Sequence[str]) -> set[datetime.date]:
    if len(parts) != 3 or any(len(part) > 4 for part in parts):
        return set()
    first, second, third = parts
    days = set()
    for year, month, day in ((first, second, third), (first, third, second)):
        days |= _day(year, month, day)
    for year, month, day in ((third, first, second), (third, second, first)):
        days |= _day(year, month, day)
    return days


def _day(year: str, month: str, day: str) -> set[datetime.date]:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    days = set()
    for one in years if len(year) in (2, 4) else ():
        try:
            days.add(datetime.date(one, int(month), int(day)))
        except ValueError:
            continue
    return days


def _left(judged: Judgement, one: Repair) -> Judgement:
    """The row with a cell left as it stands: no person has such a name or number."""
    name = FIELD_NAMES[one.field]
    needed = one.field in _NEEDED
    message = f"{name}“{one.before}”没有接受整理,{'待改正' if needed else '照原样留着'},请核对"
    severity = Severity.ERROR if needed else Severity.WARNING
    problem = Problem("repair-declined", severity, message)
    person = judged.person
    if person is not None:
        if needed:
            person = None
        elif one.field == "phone":
            person = person._replace(phone=one.before)
        else:
            person = person._replace(bank_card=one.before)
    cleaned = [field for field in judged.cleaned if field != one.field]
    return Judgement(person, (*judged.problems, (one.field, problem)), cleaned)


def _told(one: Repair) -> Problem:
    message = f"{FIELD_NAMES[one.field]}已由“{one.before}”改为“{one.after}”,请核对"
    return Problem("repaired", Severity.INFO, message)
