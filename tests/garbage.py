"""When a run looks for garbage: not while it collects, and not among what lasts to its end."""

from __future__ import annotations

import gc

OBJECTS = 10_000  # made before the youngest are looked through; by itself Python waits for 700


def look_for_none() -> None:
    """Nearly all that is made while tests are collected stays."""
    gc.disable()


def look_among_new() -> None:
    """Leave modules, tests and tables alone: they are a hundred times what a test makes."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, 10, 10)
