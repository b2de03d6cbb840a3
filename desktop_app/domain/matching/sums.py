"""Which of several amounts make up a sum, as far as that can be told for certain."""

from __future__ import annotations

from collections.abc import Mapping

_MOST_SUMS = 20_000  # beyond, nobody could tell that there is no other way


def ways(amounts: Mapping[int, int], total: int) -> tuple[frozenset[int], ...] | None:
    """Return how amounts make up the total: no way, the only one, or two of more.

    Args:
        amounts: by key; those of nothing make up nothing.
        total: more than nothing.

    Returns:
        None where there are too many sums to look through.
    """
    reached: dict[int, tuple[frozenset[int], ...]] = {0: (frozenset(),)}
    for key, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0])):
        if not 0 < amount <= total:
            continue
        more = {
            fen + amount: tuple(way | {key} for way in found)
            for fen, found in reached.items()
            if fen + amount <= total
        }
        for fen, found in more.items():
            reached[fen] = (reached.get(fen, ()) + found)[:2]
        if len(reached) > _MOST_SUMS:
            return None
    return reached.get(total, ())
