"""What a screen reader is told of a window, one JSON answer a line; run by the system's Python."""

from __future__ import annotations

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402

LEAVES = {"table", "tree", "tree table", "push button", "label", "combo box"}
STATES = ("ACTIVE", "ENABLED", "FOCUSED", "CHECKED", "EDITABLE", "MODAL", "SELECTED")
TEXTS = {"text", "password text", "spin button", "combo box"}


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(3000, 15000)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer: Any = ANSWERS[asked["ask"]](asked)
        except Exception as error:  # the window may have gone in between: the asker tries again
            answer = {"gone": repr(error)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201


def widgets(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    application = _application(asked["pid"])
    if application is not None:
        for at in range(application.get_child_count()):
            _walk(application.get_child_at_index(at), (at,), found)
    return found


def cells(asked: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The rows of a table, each cell with its text and place."""
    table = _application(asked["pid"])
    for at in asked["path"]:
        table = table.get_child_at_index(at)
    grid = table.get_table_iface()
    rows = min(grid.get_n_rows(), asked["rows"])
    columns = grid.get_n_columns()
    return [[_cell(grid.get_accessible_at(row, column)) for column in range(columns)]
            for row in range(rows)]  # fmt: skip


def _cell(cell: Any) -> dict[str, Any]:
    return {"name": cell.get_name(), **_place(cell)}


def _application(pid: int) -> Any:
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(at)
        if application is not None and application.get_process_id() == pid:
            application.clear_cache()
            return application
    return None


def _walk(widget: Any, path: tuple[int, ...], found: list[dict[str, Any]]) -> None:
    if widget is None:
        return
    states = widget.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING):
        return
    role = widget.get_role_name()
    told: dict[str, Any] = {"path": path, "role": role, "name": widget.get_name()}
    told["states"] = [s for s in STATES if states.contains(getattr(Atspi.StateType, s))]
    told["text"] = _text(widget) if role in TEXTS else ""
    told["label"] = _label(widget) if role in TEXTS else ""
    found.append({**told, **_place(widget)})
    if role in LEAVES:
        return
    for at in range(widget.get_child_count()):
        _walk(widget.get_child_at_index(at), (*path, at), found)


def _text(widget: Any) -> str:
    text = widget.get_text_iface()
    return "" if text is None else Atspi.Text.get_text(text, 0, -1)


def _label(widget: Any) -> str:
    for relation in widget.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return str(relation.get_target(0).get_name())
    return ""


def _place(widget: Any) -> dict[str, int]:
    box = widget.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


ANSWERS = {"widgets": widgets, "cells": cells}

if __name__ == "__main__":
    main()
