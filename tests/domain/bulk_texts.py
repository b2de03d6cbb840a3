"""Random benefits within what a bulk run takes; all figures are 演示."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

SOURCE = 'source = "演示"\n'
OTHERS = ("other", "third")  # plans that may share a ceiling
_PARTS = (1, 3, 7, 40, 70, 99, 100, 1000)


def bulk_text(draw: random.Random, *, accumulates: bool | None = None) -> str:
    """A plan's benefits: brackets, rate or steps, with whatever may go with them."""
    if accumulates is None:
        accumulates = draw.random() < 0.5
    most = draw.choice((3_000, 900_000))
    bands = draw.randint(1, 6)
    text = SOURCE + _open(draw)
    if draw.random() < 0.3:
        text += f"known_until = {date(2025, 1, 1) + timedelta(days=draw.randint(0, 364))}\n"
    if draw.random() < 0.3:
        text += f"known_from = {date(2024, 1, 2) + timedelta(days=draw.randint(0, 364))}\n"
    over = "period" if accumulates else "case"
    if accumulates or draw.random() < 0.5:
        text += f'[accumulation]\nover = "{over}"\n{SOURCE}{_open(draw)}'
    text += _part(draw, most, bands)
    text += _deductible(draw, most, once=accumulates)
    if draw.random() < 0.4:
        text += f"[minimum]\nfen = {draw.randint(0, most // 3)}\n{SOURCE}{_open(draw)}"
    if draw.random() < 0.2:
        text += "[waiting]\nto_confirm = true\n"
    return text + _ceilings(draw, most, accumulates) + _classes(draw, most, text)


def borders(text: str) -> list[int]:
    """The sums at which a benefit changes its course."""
    return [int(one) for one in re.findall(r"fen = (\d+)", text)]


def _open(draw: random.Random) -> str:
    return "to_confirm = true\n" if draw.random() < 0.4 else ""


def _share(draw: random.Random) -> str:
    whole = draw.choice(_PARTS)
    return f'share = "{draw.randint(0, whole)}/{whole}"'


def _rising(draw: random.Random, most: int, count: int) -> list[int]:
    return sorted({draw.choice((0, draw.randint(0, most))) for _ in range(count)})


def _part(draw: random.Random, most: int, count: int) -> str:
    kind = draw.choice(("brackets", "brackets", "rate", "steps"))
    text = f'[[parts]]\nid = "aid"\nkind = "{kind}"\n{SOURCE}{_open(draw)}'
    if kind == "rate":
        return f"{text}{_share(draw)}\n"
    starts = _rising(draw, most, count)
    if kind == "steps":
        sums = sorted(draw.randint(0, most) for _ in starts)
        lines = [
            f"{{ from_fen = {one}, fen = {sum_} }}" for one, sum_ in zip(starts, sums, strict=True)
        ]
        return f"{text}steps = [{', '.join(lines)}]\n"
    opened = [", to_confirm = true" if draw.random() < 0.3 else "" for _ in starts]
    lines = [
        f"{{ above_fen = {one}, {_share(draw)}{more} }}"
        for one, more in zip(starts, opened, strict=True)
    ]
    return f"{text}bands = [{', '.join(lines)}]\n"


def _deductible(draw: random.Random, most: int, *, once: bool) -> str:
    kind = draw.choice(("none", "unknown", "same", "later", "period"))
    text = f"[deductible]\n{SOURCE}"
    fen = draw.randint(0, most // 2)
    if kind == "none" or (kind == "period" and not once):
        return ""
    if kind == "unknown":
        return f"{text}to_confirm = true\n"
    if kind == "period":
        return f'{text}{_open(draw)}per = "period"\nfen = {fen}\n'
    later = f"later_fen = {draw.randint(0, fen)}\n" if kind == "later" else ""
    return f"{text}{_open(draw)}fen = {fen}\n{later}"


def _ceilings(draw: random.Random, most: int, accumulates: bool) -> str:
    text = ""
    for _ in range(draw.choice((0, 1, 1, 2, 3))):
        per = "period" if accumulates else draw.choice(("period", "case"))
        plans = draw.sample(("demo", *OTHERS), draw.randint(0, 3)) if per == "period" else []
        names = ", ".join(f'"{plan}"' for plan in plans)
        text += f'[[ceilings]]\nper = "{per}"\nfen = {draw.randint(0, 2 * most)}\n'
        text += f"plans = [{names}]\n{SOURCE}{_open(draw)}"
    if draw.random() < 0.2:
        per = draw.choice(("period", "lifetime"))
        text += f'[[ceilings]]\nper = "{per}"\nto_confirm = true\n'
    return text


def _classes(draw: random.Random, most: int, text: str) -> str:
    """Classes with other shares, another deductible, or both."""
    bands = text.count("above_fen") or text.count('kind = "rate"')
    found = ""
    for key, label in (("hardship", "特困"), ("worker", "劳模"))[: draw.choice((0, 0, 1, 2))]:
        found += f'[classes.{key}]\nlabel = "{label}"\n{SOURCE}{_open(draw)}'
        if bands and draw.random() < 0.7:
            shares = ", ".join(f"{{ {_share(draw)} }}" for _ in range(bands))
            found += f"bands = [{shares}]\n"
        if draw.random() < 0.5:
            found += f"deductible_fen = {draw.randint(0, most // 2)}\n"
            if 'per = "period"\nfen' not in text and draw.random() < 0.5:
                found += f"later_deductible_fen = {draw.randint(0, most // 2)}\n"
    return found
