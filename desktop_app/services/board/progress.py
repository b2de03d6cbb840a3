"""The drive in one sentence, for a message or the phone; the same numbers as the board."""

from __future__ import annotations

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.money import yuan
from desktop_app.services.views.board import Board


def share_text(board: Board, word: str = "完成目标") -> str:
    """完成目标45.0%, counted in people with nothing more to pay; empty without an aim."""
    if not board.target:
        return ""
    return f"{word}{board.paid.people * 100 / board.target:.1f}%"


def progress_text(board: Board) -> str:
    """截至…,单位x家、职工y人、金额z元,完成目标…%; then what is handed in and finished."""
    paid, money = board.paid, f"、金额{yuan(board.paid.fen)}元" if board.asks_money else ""
    text = (
        f"截至{chinese_date(board.today)},{board.year}年度{board.paid_word}单位{paid.units}家、"
        f"职工{paid.people:,}人{money}"
    )
    share = share_text(board)
    if share:
        text += f",{share}"
    reported, finished = board.reported, board.finished
    return (
        f"{text};已报单位{reported.units}家、职工{reported.people:,}人,"
        f"未报{board.whole.unreported}家;办结{finished.units}家、职工{finished.people:,}人。"
    )
