"""A roster as pages show it: what a file holds, what it would do, who is on the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.domain.issues import Finding
from desktop_app.domain.rosters.columns import Placed
from desktop_app.domain.rosters.repairs import Repair


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """先查名单: what is wrong with a file, before any unit or scheme exists."""

    file_name: str
    rows_read: int
    accepted: int
    rejected: int
    skipped: int
    findings: tuple[Finding, ...]
    unit_id: int | None  # the unit the file's name or title speaks of, where one is found
    unit_name: str | None
    # whose the row with a finding is, by sheet and row; empty where the row has no name
    names: Mapping[tuple[str | None, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a roster would do; saved as a waiting batch outside the ledger."""

    batch_id: int
    file_name: str
    rows_read: int
    accepted: int
    rejected: int
    skipped: int
    new_people: int
    known_people: int
    findings: tuple[Finding, ...]
    participation: str
    due_fen: int | None
    columns: tuple[Placed, ...] = ()
    again: str = ""  # that nobody is new, and whether this very file was stored before
    drift: str = ""  # how the columns differ from the unit's last file; empty where they agree
    repairs: tuple[Repair, ...] = ()  # of each kind the first ones, taken or not
    edits: tuple[Repair, ...] = ()  # what was typed over cells
    # by kind of repair how many there are and how many are taken
    repair_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    digest: str = ""  # of the file, SHA-256
    others: str = ""  # the units, not this one, whose list the file says it is


@dataclass(frozen=True, slots=True)
class PersonLine:
    line_no: int
    member_id: int
    name: str
    identity: str  # masked
    sex_label: str
    age: int | None
    plans: str
    contribution_fen: int | None
    state_label: str
    note: str  # why the upper office or the reviewer sent the person back
    sent_back: bool = False  # and nobody has decided yet
    joining: bool = True  # listed or covered; not who was sent back or has withdrawn
    marked: bool = False  # by the reviewer, to be returned


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Who of a case's whole list fits what was typed: how many, and the first of them."""

    total: int
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A refused row that waits with the case for correction (待补正)."""

    batch_id: int
    seq: int
    where: str  # 名册.xlsx · Sheet1 · 第7行
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParkedCell:
    """One cell of such a row, to be put right.

    Args:
        field: which column, such as identity.
        title: its heading.
        text: what stands there.
        wrong: whether a finding speaks against this cell.
    """

    field: str
    title: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class SavedLetter:
    """《需更正》 as it was written.

    Args:
        locked: it opens with a password only.
        own_looks: it looks as the unit's file does; otherwise the rows stand in plain sheets.
    """

    path: str
    locked: bool
    own_looks: bool

    @property
    def text(self) -> str:
        return "打开它要用密码,请另行告诉单位。" if self.locked else "可以发回单位改正。"
