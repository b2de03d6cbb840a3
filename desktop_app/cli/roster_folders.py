"""`roster import-folder`: a folder of units' lists read in, with a report by file and by unit."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING

from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, read_password

if TYPE_CHECKING:
    from desktop_app.services.views.roster_folders import FolderLine


def import_folder(options: Namespace) -> Answer:
    # heavy: the services
    from desktop_app.services.rosters import folder_imports  # noqa: PLC0415

    passwords = [read_password(file) for file in options.opens_with]
    with at_desk(options) as services:
        folder = services.roster_folders.open(options.folder)
        imported = folder_imports.import_folder(services, folder, _say, passwords)
        lines = tuple(imported)
        waiting = services.roster_folders.without_list(folder)
    units = folder_imports.by_unit(lines)
    states = Counter(line.state.value for line in lines)
    document = {
        "folder": options.folder,
        "files": lines,
        "units": units,
        "without_list": waiting,
        "total": {
            "files": len(lines),
            **{state: states[state] for state in ("stored", "again", "refused")},
            "units": len(units),
            "people": sum(line.stored for line in lines),
        },
    }
    head = (
        f"{len(lines)}个文件:存入{states['stored']},以前已存入{states['again']},"
        f"没有读入{states['refused']}。共存入{sum(line.stored for line in lines)}人。"
    )
    tail = (f"还没有名单的单位:{'、'.join(waiting)}",) if waiting else ()
    return Answer(document, (head, *(_told(line) for line in lines), *tail))


def _told(line: FolderLine) -> str:
    if line.message:
        return f"没有读入  {line.file}  {line.unit_name}  {line.message}{line.remedy}"
    counts = line.counts
    told = (
        f"读入{counts.rows_read},可用{counts.accepted},待补{counts.rejected},跳过{counts.skipped}"
    )
    done = "以前已存入" if line.state.value == "again" else f"存入{line.stored}人"
    return f"{done}  {line.file}  {line.unit_name}  {told}。{counts.drift}"


def _say(done: int, total: int) -> None:
    """How far it has come, where somebody is looking."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
