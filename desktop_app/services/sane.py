"""What nobody can mean who types it, a number or a name: refused in words, before it is stored."""

from __future__ import annotations

import unicodedata

from desktop_app.errors import UserError

MOST_FEN = 10**12  # ten thousand million yuan: sums of many still fit the ledger
MOST_PEOPLE = 10**7
MOST_TEXT = 400
LONGEST_REASON = 300  # the history holds it with a few words before
_BREAKS = frozenset(("Cc", "Zl", "Zp"))  # control characters, line and paragraph separators


def check_line(text: str | None, what: str, field: str) -> None:
    """Refuse line breaks and control characters in what is one line on every form and list."""
    if any(unicodedata.category(char) in _BREAKS for char in text or ""):
        raise UserError(
            "control-character",
            f"{what}里有换行或看不见的控制字符。",
            "请删去这一项,重新输入。",
            field,
        )


def check_money(fen: int, what: str, field: str = "fen", *, least: int = 1) -> None:
    if fen < least:
        words = "须大于零" if least else "不能小于零"
        raise UserError("amount", f"{what}{words}。", "请照票据或通知填写。", field)
    if fen > MOST_FEN:
        raise UserError("amount", f"{what}大得不合情理。", "请核对是否多打了几位。", field)


def check_people(count: int, what: str, field: str = "people") -> None:
    if count <= 0:
        raise UserError("people", f"{what}须大于零。", "请照单位说明填写。", field)
    if count > MOST_PEOPLE:
        raise UserError("people", f"{what}大得不合情理。", "请核对是否多打了几位。", field)


def stated_reason(text: str) -> str:
    why = text.strip()
    if not why:
        raise UserError("reason-missing", "没有写原因。", "请写明为什么要改。", "reason")
    if len(why) > LONGEST_REASON:
        raise UserError(
            "reason-long", "原因写得太长。", f"请写在{LONGEST_REASON}字以内。", "reason"
        )
    return why


def needed_text(text: str, what: str, where: str) -> str:
    """A sentence that an act cannot do without, trimmed."""
    text = text.strip()
    if not text:
        raise UserError("reason-missing", f"没有写{what}。", "请填写后再办。", where)
    if len(text) > MOST_TEXT:
        raise UserError("text-too-long", f"{what}超过{MOST_TEXT}字。", "请写得短一些。", where)
    return text
