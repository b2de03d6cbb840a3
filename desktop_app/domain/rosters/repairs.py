"""Repairs of a roster's cells: what stands there, what is proposed, whether a clerk takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

CellKey: TypeAlias = tuple[str | None, int, str]  # sheet, row, field

SPACES = "spaces"
FULL_WIDTH = "full-width"
LOWER_X = "lower-x"
DOTS = "dots"
MARKS = "marks"
SHORT_NUMBER = "15-digits"
PHONE_DECIMAL = "phone-decimal"
DATE = "date"
BIRTH = "birth-by-number"
SEX = "sex-by-number"
LAST_ROSTER = "last-roster"
EDIT = "edit"  # typed by a clerk, proposed by nobody

KIND_NAMES = {
    SPACES: "空格、不可见字符",
    FULL_WIDTH: "全角字符",
    LOWER_X: "小写x",
    DOTS: "姓名间隔点",
    MARKS: "号码里的横线、区号",
    SHORT_NUMBER: "15位旧号换18位",
    PHONE_DECIMAL: "手机号成了小数",
    DATE: "出生日期写法",
    BIRTH: "出生日期照身份证号",
    SEX: "性别照身份证号",
    LAST_ROSTER: "上年名单的身份证号",
}
# Taken without a word, because nothing is lost; a clerk may decline them.
BY_DEFAULT = frozenset((SPACES, FULL_WIDTH, LOWER_X, DOTS, MARKS, SHORT_NUMBER))
# Somebody must look at each: never all of a kind.
ONE_BY_ONE = frozenset((BIRTH, SEX, LAST_ROSTER))


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell's repair."""

    sheet: str | None
    row: int
    column: str  # its letter
    field: str
    kind: str
    before: str  # as it stands in the file
    after: str
    taken: bool
    name: str = ""  # whose row it is

    @property
    def key(self) -> CellKey:
        return self.sheet, self.row, self.field


@dataclass(frozen=True, slots=True)
class Changes:
    """What a clerk says of a file's cells before it is judged.

    Args:
        edits: what is typed over cells.
        kinds: whether all repairs of a kind are taken.
        answers: whether the repair of one cell is taken; comes before its kind's answer.
        hidden_rows: whether the people in hidden rows are read.
        hidden_sheets: whether the lists on hidden sheets are read.
        of: the SHA-256 of the file that was looked at, where somebody looked; its cells are meant.
    """

    edits: Mapping[CellKey, str] = field(default_factory=dict)
    kinds: Mapping[str, bool] = field(default_factory=dict)
    answers: Mapping[CellKey, bool] = field(default_factory=dict)
    hidden_rows: bool = True
    hidden_sheets: bool = False
    of: str = field(default="", compare=False)

    def takes(self, key: CellKey, kind: str) -> bool:
        told = self.answers.get(key)
        if told is None and kind not in ONE_BY_ONE:
            told = self.kinds.get(kind)
        return kind in BY_DEFAULT if told is None else told

    @property
    def edits_by_row(self) -> dict[tuple[str | None, int], dict[str, str]]:
        rows: dict[tuple[str | None, int], dict[str, str]] = {}
        for (sheet, row, name), text in self.edits.items():
            rows.setdefault((sheet, row), {})[name] = text
        return rows


NO_CHANGES = Changes()
