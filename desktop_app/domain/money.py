"""Money in whole fen: read from text, shown, written in capitals, split so that parts add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from desktop_app.domain.texts import clean

FIRST_YEAR = 2000  # no office keeps money matters that are older
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MOST_FEN = 10**12 * 100  # above, 亿 would have to stand twice


def parse_yuan(text: str | int | float | Decimal) -> int:
    """Fen of an amount in yuan as people write it: full width, commas, ￥, 元.

    Raises:
        ValueError: no amount, or one with parts of a fen.
    """
    if isinstance(text, (int, float, Decimal)):
        raw = str(text)
    else:
        raw = clean(text).replace(" ", "").replace(",", "").replace("，", "")
        raw = raw.removeprefix("人民币").removeprefix("¥").removeprefix("￥").removesuffix("元")
    try:
        fen = Decimal(raw) * 100
    except InvalidOperation:
        raise ValueError("not an amount in yuan") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError("an amount ends at the fen")
    return int(fen)


def yuan(fen: int) -> str:
    """Such as 1,234.50."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def capitals(fen: int) -> str:
    """The amount in capitals, after the annex of 支付结算办法; zero is 人民币零元整.

    Raises:
        ValueError: a negative amount, or one of a million million yuan.
    """
    if not 0 <= fen < _MOST_FEN:
        raise ValueError("capitals are written for amounts from zero to below 万亿")
    whole, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    text = f"{_whole(whole)}元" if whole else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif rest and whole:
        text += "零"
    text += f"{_DIGITS[rest]}分" if rest else "整"
    return f"人民币{text}" if fen else "人民币零元整"


def _whole(number: int) -> str:
    """Whole yuan in capitals: what stands above 亿 is written first, as its own number."""
    above, below = divmod(number, 10**8)
    text = f"{_below(above)}亿" if above else ""
    if text and 0 < below < 10**7:
        text += "零"
    return text + _below(below)


def _below(number: int) -> str:
    """A number below 亿."""
    above, below = divmod(number, 10**4)
    text = f"{_group(above)}万" if above else ""
    if text and 0 < below < 1000:
        text += "零"
    return text + _group(below)


def _group(number: int) -> str:
    """A number below 万; one 零 for every gap between its digits."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def split(total_fen: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split by weight so that the parts add up to the whole.

    Each part gets its share rounded down; the fen that are left go to the largest remainders,
    the first of equals before the others.
    """
    whole = sum(weights)
    if total_fen < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("a split needs a total from zero and weights that are not all zero")
    parts = [total_fen * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: -(total_fen * weights[at] % whole))
    for at in order[: total_fen - sum(parts)]:
        parts[at] += 1
    return tuple(parts)
