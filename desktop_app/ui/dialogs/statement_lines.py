"""The lines of a statement's file: what each is, and what a person says of the doubtful ones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop_app.domain.money import yuan
from desktop_app.domain.statements.statement_words import FIELD_NAMES, MEMO, MONEY
from desktop_app.services.views.statements import LineView, PlannedLine
from desktop_app.ui.dialogs.columns_dialog import ColumnWords
from desktop_app.ui.rows_model import Column

NEW, KNOWN, DOUBTFUL = "new", "known", "doubtful"
_STATES = {NEW: "新的", KNOWN: "已有", DOUBTFUL: "看不准"}
_TONES = {NEW: "good", KNOWN: "quiet", DOUBTFUL: "late"}


def _lacks(chosen: Collection[str]) -> list[str]:
    lacking = [] if "day" in chosen else [FIELD_NAMES["day"]]
    return lacking if MONEY & set(chosen) else [*lacking, "金额(或收入、支出)"]


COLUMN_WORDS = ColumnWords(
    FIELD_NAMES,
    _lacks,
    "看各列的前几格,认错的改过来;红字的列要指明。这个账户以后同样表头的文件也照这样读。",
    frozenset({MEMO}),
)


@dataclass(slots=True)
class LineRow:
    """A line, and what a person said of it where it is doubtful."""

    line: PlannedLine
    answer: str = ""

    @property
    def doubtful(self) -> bool:
        return self.line.standing == DOUBTFUL

    @property
    def state(self) -> str:
        if self.doubtful and self.answer:
            return f"算{_STATES[self.answer]}"
        return _STATES[self.line.standing]

    @property
    def tone(self) -> str:
        return _TONES[self.answer or self.line.standing]

    @property
    def place(self) -> str:
        return f"第{self.line.row}行"


def money_in(fen: int) -> str:
    return yuan(fen) if fen > 0 else ""


def money_out(fen: int) -> str:
    return yuan(-fen) if fen < 0 else ""


def held(fen: int | None) -> str:
    return "" if fen is None else yuan(fen)


LINE_COLUMNS: tuple[Column[LineRow], ...] = (
    Column("行", lambda r: r.place, lambda r: (r.line.sheet or "", r.line.row), 64),
    Column("新旧", lambda r: r.state, None, 66, lambda r: r.tone),
    Column("日期", lambda r: str(r.line.day), None, 92),
    Column(
        "收入", lambda r: money_in(r.line.amount_fen), lambda r: r.line.amount_fen, 92, right=True
    ),
    Column(
        "支出", lambda r: money_out(r.line.amount_fen), lambda r: -r.line.amount_fen, 92, right=True
    ),
    Column(
        "余额", lambda r: held(r.line.balance_fen), lambda r: r.line.balance_fen or 0, 100,
        right=True,
    ),
    Column("对方户名", lambda r: r.line.name, None, 170),
    Column("摘要", lambda r: r.line.memo, None, 150, wide=True),
)  # fmt: skip
STORED_COLUMNS: tuple[Column[LineView], ...] = (
    Column("日期", lambda r: str(r.day), None, 92),
    Column("收入", lambda r: money_in(r.amount_fen), lambda r: r.amount_fen, 100, right=True),
    Column("支出", lambda r: money_out(r.amount_fen), lambda r: -r.amount_fen, 100, right=True),
    Column("余额", lambda r: held(r.balance_fen), lambda r: r.balance_fen or 0, 108, right=True),
    Column("对方户名", lambda r: r.name, None, 190),
    Column("摘要", lambda r: r.memo, None, 190, wide=True),
    Column(
        "", lambda r: "已登记" if r.used else r.mark_label, None, 100,
        lambda r: "good" if r.used else "quiet",
    ),
)  # fmt: skip
