"""The lines of a roster before they have a place on a sheet, and how units spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from db.codes import Sex
from desktop_app.domain.identity import SAMPLE_PLACE, identity_18
from desktop_app.domain.tables import Cell, CellError
from desktop_app.services.samples.numbers import luhn_digit
from desktop_app.services.samples.people import invent_person
from desktop_app.services.samples.shapes import Person
from desktop_app.services.samples.workshop import Workshop

_FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789X"}


@dataclass(slots=True)
class RosterLine:
    """One person as the unit typed him; what a reader must say to it is kept beside."""

    person: Person
    cells: dict[str, Cell]
    codes: set[str] = field(default_factory=set)
    rejected: bool = False

    def reject(self, code: str) -> None:
        self.codes.add(code)
        self.rejected = True

    def spoil(self, column: str, value: Cell, code: str) -> None:
        self.cells[column] = value
        self.reject(code)

    def note(self, column: str, value: Cell, code: str) -> None:
        """A value that is taken, with a warning or a word on its cleaning."""
        self.cells[column] = value
        self.codes.add(code)


def line_of(person: Person) -> RosterLine:
    return RosterLine(
        person,
        {
            "name": person.name,
            "sex": "男" if person.sex is Sex.MALE else "女",
            "born": person.born,
            "identity": person.identity,
            "phone": person.phone,
            "card": person.card,
        },
    )


def _other_check_digit(line: RosterLine) -> None:
    number = line.person.identity
    wrong = "0123456789"[(int(number[-1]) + 3) % 10] if number[-1] != "X" else "7"
    line.spoil("identity", number[:-1] + wrong, "identity-check-digit")


def _impossible_birth(line: RosterLine) -> None:
    number = line.person.identity
    body = f"{SAMPLE_PLACE}{line.person.born.year}0231{number[14:17]}"
    line.spoil("identity", identity_18(body), "identity-birth-date")


def _letter_for_digit(line: RosterLine) -> None:
    number = line.person.identity
    typed = number.replace("0", "O", 1) if "0" in number else number.replace("1", "I", 1)
    line.spoil("identity", typed, "identity-characters")


def _fifteen_digits(line: RosterLine) -> None:
    number = line.person.identity
    line.note("identity", number[:6] + number[8:17], "identity-15-digits")


def _other_sex(line: RosterLine) -> None:
    line.spoil("sex", "女" if line.person.sex is Sex.MALE else "男", "sex-mismatch")


def _other_birth(line: RosterLine) -> None:
    born = line.person.born
    line.spoil("born", date(born.year - 1, born.month, min(born.day, 28)), "birth-mismatch")


def _wrong_card(line: RosterLine) -> None:
    body = line.person.card[:-1]
    line.note("card", body + str((int(luhn_digit(body)) + 1) % 10), "bank-card")


def _cleaned_name(line: RosterLine) -> None:
    name = line.person.name
    line.note("name", f"{name[0]}  {name[1:]}" if len(name) < 4 else f" {name} ", "cleaned")


FAULTS: dict[str, Callable[[RosterLine], None]] = {
    "name-missing": lambda line: line.spoil("name", None, "name-missing"),
    "name-digit": lambda line: line.spoil("name", line.person.name + "2", "name-characters"),
    "name-private-use": lambda line: line.spoil(
        "name", line.person.name[0] + "\ue863", "name-unencodable"
    ),
    "identity-missing": lambda line: line.spoil("identity", None, "identity-missing"),
    "identity-short": lambda line: line.spoil(
        "identity", line.person.identity[:9] + line.person.identity[10:], "identity-length"
    ),
    "identity-letter": _letter_for_digit,
    "identity-check-digit": _other_check_digit,
    "identity-birth-date": _impossible_birth,
    "identity-number": lambda line: line.spoil(
        "identity", float(line.person.identity[:17] + "0"), "identity-damaged"
    ),
    "identity-scientific": lambda line: line.spoil(
        "identity", f"{float(line.person.identity[:17] + '0'):.5E}", "identity-damaged"
    ),
    "identity-15": _fifteen_digits,
    "sex": _other_sex,
    "born": _other_birth,
    "formula": lambda line: line.spoil("identity", CellError("#N/A"), "formula-error"),
    "phone": lambda line: line.note("phone", line.person.phone[:-1], "phone"),
    "card": _wrong_card,
    "spaced-name": _cleaned_name,
    "spaced-identity": lambda line: line.note(
        "identity",
        " ".join((line.person.identity[:6], line.person.identity[6:14], line.person.identity[14:])),
        "cleaned",
    ),
    "full-width": lambda line: line.note(
        "identity", line.person.identity.translate(_FULL_WIDTH), "cleaned"
    ),
    "apostrophe": lambda line: line.note("identity", "'" + line.person.identity, "cleaned"),
    "lower-x": lambda line: line.note("identity", line.person.identity.lower(), "cleaned"),
}


def _fits(fault: str, person: Person) -> bool:
    if fault == "identity-15":  # only those born in the nineteen hundreds had one
        return person.born.year < 2000
    return person.identity.endswith("X") is (fault == "lower-x")


def spoil_lines(lines: list[RosterLine], faults: tuple[str, ...], rng: Random) -> None:
    """Give each fault a line of its own that has none yet."""
    clean = [line for line in lines if not line.codes]
    rng.shuffle(clean)
    for fault in faults:
        line = next(each for each in clean if _fits(fault, each.person))
        clean.remove(line)
        if fault == "duplicate":
            _repeat(lines, line)
        else:
            FAULTS[fault](line)


def _repeat(lines: list[RosterLine], line: RosterLine) -> None:
    line.codes.add("duplicate-in-file")
    again = RosterLine(line.person, dict(line.cells))
    again.reject("duplicate-in-file")
    lines.append(again)


def too_young(shop: Workshop) -> RosterLine:
    """A school leaver of fifteen on the list."""
    line = line_of(invent_person(shop, Sex.FEMALE, 15))
    line.reject("age-below")
    return line
