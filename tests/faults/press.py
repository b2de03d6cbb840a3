"""A clerk's program that prints the last batch form by form, until somebody kills it.

Its printer is a file: a form's number stands in it once the sheet has come out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.codes import PrintPartState
from desktop_app.services.services import Services
from tests.faults.acts import county


def come_out(tray: Path, number: str) -> None:
    with tray.open("ab", buffering=0) as file:
        file.write(f"{number}\n".encode())


def go_on(services: Services, tray: Path) -> None:
    """As the window does: mark as sent, print, count."""
    run = services.print_runs.last()
    assert run is not None
    for line in run.lines:
        if line.state != PrintPartState.PRINTED:
            issued = services.print_runs.send(run.id, line.place).value
            come_out(tray, services.prints.number_of(issued))
            services.print_runs.printed(run.id, line.place, "演示打印机")


if __name__ == "__main__":
    staff = county.opened(Path(sys.argv[1]))
    go_on(staff.clerk, Path(sys.argv[2]))
    staff.database.close()
    os._exit(0)
