"""Which of several amounts make up a sum, where they can do so in one way only."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd

_MOST_BITS = 2**28  # of all the steps; beyond, nobody waits to be told


def only_way(amounts: Mapping[int, int], total: int) -> frozenset[int] | None:
    """Return the amounts that make up the total; None where none do, or others do as well.

    Sums are the bits of whole numbers: those that can be reached, and those that can be reached
    in more ways than one.

    Args:
        amounts: by key; those of nothing make up nothing.
        total: more than nothing.

    Returns:
        None, too, where there are more sums than can be looked through.
    """
    usable = sorted((amount, key) for key, amount in amounts.items() if 0 < amount <= total)
    unit = gcd(*(amount for amount, _key in usable))
    if not usable or total % unit or len(usable) * (total // unit) > _MOST_BITS:
        return None
    goal = total // unit
    within = (1 << goal + 1) - 1
    reached, again, steps = 1, 0, [1]
    for amount, _key in usable:
        with_it = reached << amount // unit
        again = (again | again << amount // unit | reached & with_it) & within
        reached = (reached | with_it) & within
        steps.append(reached)
    if not reached >> goal & 1 or again >> goal & 1:
        return None
    return _walked_back(usable, steps, goal, unit)


def _walked_back(
    usable: list[tuple[int, int]], steps: list[int], goal: int, unit: int
) -> frozenset[int]:
    """Whatever the goal cannot be reached without is part of the way."""
    way = set()
    for (amount, key), before in zip(reversed(usable), reversed(steps[:-1]), strict=True):
        if not before >> goal & 1:
            way.add(key)
            goal -= amount // unit
    return frozenset(way)
