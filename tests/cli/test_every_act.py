"""Every act of a service has its command; those of the scheme editor are the window's alone."""

from __future__ import annotations

import inspect
import re
import typing
from pathlib import Path

import desktop_app.cli
from desktop_app.services.acts import Declaration
from desktop_app.services.services import Services

# A scheme is edited piece by piece in the window; on the command line it is a file, checked whole.
EDITOR = {
    "scheme_editing.activate",
    "scheme_editing.drop_draft",
    "scheme_editing.new_draft",
    "scheme_editing.new_draft_of_preset",
    "scheme_editing.save_part",
    "scheme_editing.save_text",
    "schemes.take_over",
}
# A printer is chosen and counted where the print dialog is: here a paper is saved as a file.
PRINTER = {"prints.record_copy"}
# `roster import-folder` stores file by file through the function that the window asks, too.
FOLDER = {"rosters.import_list"}


def test_every_act_has_its_command() -> None:
    folder = Path(desktop_app.cli.__file__).parent
    source = "\n".join(module.read_text("utf-8") for module in sorted(folder.glob("*.py")))
    missing = set()
    for field, service in typing.get_type_hints(Services).items():
        for name, method in inspect.getmembers(service, inspect.isfunction):
            declared = getattr(method, "__declaration__", None)
            saves = isinstance(declared, Declaration) and declared.saves
            if saves and not re.search(rf"\b{field}\.{name}\b", source):
                missing.add(f"{field}.{name}")
    assert missing == EDITOR | PRINTER | FOLDER
