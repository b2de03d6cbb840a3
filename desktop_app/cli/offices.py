"""Placeholder."""

from __future__ import annotations

from desktop_app.cli.parser import Group


def add_to(commands: Group) -> None:
    return
