"""A payment against what was due, told in people rather than in yuan where that is possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from db.codes import PaymentState
from desktop_app.domain.money import yuan
from desktop_app.domain.texts import clean_number, heading


def difference_in_words(
    due_fen: int,
    paid_fen: int,
    due_people: int,
    paid_people: int | None = None,
    total_fen: int | None = None,
) -> str:
    """What a bank slip lacks or has too much, in words; empty where it agrees.

    Such as 少2人的钱:名单86人应缴8,600.00元,回单8,400.00元. Where unions bear a part, the whole
    `total_fen` is told too.
    """
    slip = yuan(paid_fen) if paid_people is None else f"{paid_people}人{yuan(paid_fen)}"
    compared = f"名单{due_people}人应缴{due_text(due_fen, total_fen)},回单{slip}元"
    gap = due_fen - paid_fen
    if gap:
        word = "少" if gap > 0 else "多"
        return f"{word}{_gap_text(abs(gap), due_fen, due_people)}:{compared}"
    if paid_people is not None and paid_people != due_people:
        return f"金额相符,人数不符:{compared}"
    return ""


def short_in_words(due_fen: int, kept_fen: int, back_fen: int, *, waits: bool = False) -> str:
    """What is missing of money that had arrived; empty where enough of it is kept.

    Such as 已退600.00元,还差600.00元; of what was asked back and `waits` it is said that it was
    asked for.
    """
    gap = due_fen - kept_fen
    if gap <= 0:
        return ""
    back = f"{'已申请退费' if waits else '已退'}{yuan(back_fen)}元,"
    return f"{back if back_fen else ''}还差{yuan(gap)}元"


def system_in_words(
    system: str, listed: tuple[int, int | None], shown: tuple[int | None, int | None]
) -> str:
    """How what the upper office's system shows differs from the list, each as people and fen.

    What nobody looked up, or the list does not come to yet, is not compared. Such as
    省系统84人,名单86人,少2人;省系统8,400.00元,名单8,600.00元,少200.00元.
    """
    parts = []
    (people, fen), (seen_people, seen_fen) = listed, shown
    if seen_people is not None and seen_people != people:
        gap = f"{_less_or_more(seen_people - people)}{abs(seen_people - people)}人"
        parts.append(f"{system}{seen_people}人,名单{people}人,{gap}")
    if fen is not None and seen_fen is not None and seen_fen != fen:
        gap = f"{_less_or_more(seen_fen - fen)}{yuan(abs(seen_fen - fen))}元"
        parts.append(f"{system}{yuan(seen_fen)}元,名单{yuan(fen)}元,{gap}")
    return ";".join(parts)


def _less_or_more(gap: int) -> str:
    return "少" if gap < 0 else "多"


def payer_in_words(
    payer: tuple[str, str | None], names: Iterable[str | None], account: str | None
) -> str:
    """How the payer on a slip, name and account, differs from who is known to pay for the unit.

    The unit itself, or the payer it named, may pay; what is not known is not compared.
    """
    name, number = payer
    known = list(dict.fromkeys(one for one in names if one))
    parts = []
    if heading(name) not in {heading(one) for one in known}:
        parts.append(f"付款户名“{name}”不是“{'”或“'.join(known)}”")
    if number and account and clean_number(number) != clean_number(account):
        parts.append(f"付款账号{number}不是登记的{account}")
    return ";".join(parts)


def part_state(whole: str, agrees: bool | None) -> PaymentState:
    """How one enrolment's part of a transfer stands; what left the book left it whole."""
    if whole in (PaymentState.RETURNED, PaymentState.VOID) or agrees is None:
        return PaymentState(whole)
    return PaymentState.AGREES if agrees else PaymentState.DIFFERS


def whole_state(agree: Collection[bool | None], left_fen: int) -> PaymentState:
    """How a transfer stands by its parts: it agrees where all of them do and nothing is left."""
    if False in agree or left_fen:
        return PaymentState.DIFFERS
    return PaymentState.RECORDED if None in agree or not agree else PaymentState.AGREES


def due_text(due_fen: int, total_fen: int | None = None) -> str:
    """What the unit transfers, and of which whole where unions bear the rest."""
    if total_fen is None or total_fen == due_fen:
        return f"{yuan(due_fen)}元"
    return f"{yuan(due_fen)}元(合计{yuan(total_fen)}元,其余由工会承担)"


def _gap_text(gap: int, due_fen: int, people: int) -> str:
    """The gap in whole people where everyone pays the same, else in yuan."""
    if people > 0 and due_fen > 0 and due_fen % people == 0:
        each = due_fen // people
        if gap % each == 0:
            return f"{gap // each}人的钱"
    return f"{yuan(gap)}元"
