"""The plug is pulled at drawn instants: the clerk sits down again, and the ledger is looked at."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from db.codes import Role
from desktop_app.services.services import Services
from tests.window import desk, money_office
from tests.window.clerk import PATIENCE, Clerk
from tests.window.desk import Who

FIRST_SPREAD, LATER = 0.2, 2.0  # of a start of the program; how much later each time
Look = Callable[[Services], object]
Meanwhile = Callable[[], None] | None


class Plug:
    """Looks at a copy of the office, so that the window itself recovers what was cut.

    How long a start of the program took says how fast the machine is just now.
    """

    def __init__(self, clerk: Clerk, folder: Path, seed: int) -> None:
        self.clerk, self.chance = clerk, random.Random(seed)
        self.cuts: list[str] = []
        self._copy, self._begun, self._start = folder / "looked-at", time.monotonic(), 0.0

    def sit_down(self, who: Who = desk.CLERK) -> None:
        desk.sign_in(self.clerk, who)
        self._start = time.monotonic() - self._begun

    def until_done(
        self, what: str, begin: Callable[[], None], done: Look, then: Meanwhile = None
    ) -> None:
        """Begin an act, be cut behind its last key, and begin it again until it is found done.

        Args:
            what: the act, for the list of cuts.
            begin: does it up to its last key.
            done: whether the ledger has it.
            then: what happens in the ledger before the program is started again.
        """
        spread, found = FIRST_SPREAD, False
        while not found:
            begin()
            found = bool(self.pull(what, done, spread, then))
            spread *= LATER

    def pull(
        self, what: str, look: Look, spread: float = FIRST_SPREAD, then: Meanwhile = None
    ) -> object:
        """Kill the program at an instant within `spread`; gives what is found, and signs in."""
        time.sleep(self.chance.uniform(0, spread * self._start))
        program = self.clerk.program
        helpers = _children(program.pid)
        program.send_signal(signal.SIGKILL)
        assert program.wait(timeout=10) == -signal.SIGKILL
        _wait_for_the_end(helpers)
        self.cuts.append(what)
        found = self._look(look)
        if found and then is not None:
            then()
        self._begun = time.monotonic()
        self.clerk.restart()
        self.sit_down()
        return found

    def _look(self, look: Look) -> object:
        shutil.copytree(self.clerk.office, self._copy)
        try:
            with money_office.signed_in(self._copy, Role.REVIEWER) as signed:
                check_whole(signed.services)
                return look(signed.services)
        finally:
            shutil.rmtree(self._copy)


def check_whole(services: Services) -> None:
    """What holds at every instant: nothing in part, nothing twice, no fen astray."""
    assert services.audits.verify_chain().ok
    assert services.audits.verify_attachments().ok
    lines = services.statements.list_lines()
    assert len(lines) == sum(one.new_lines for one in services.statements.list_statements())
    booked = [one.line.id for one in services.matching.list_booked()]
    assert len(set(booked)) == len(booked)
    tie = services.ties.tie()
    assert [one for one in tie.proofs if not one.holds] == []
    run = services.print_runs.last()
    numbers = [one.number for one in run.lines if one.number] if run is not None else []
    assert len(set(numbers)) == len(numbers)


def _children(pid: int) -> list[Path]:
    tasks = Path(f"/proc/{pid}/task")
    found = [one.joinpath("children").read_text().split() for one in tasks.iterdir()]
    return [Path("/proc") / child for children in found for child in children]


def _wait_for_the_end(helpers: list[Path]) -> None:
    """The processes that read files end with the program that began them."""
    until = time.monotonic() + PATIENCE
    while any(one.exists() for one in helpers):
        assert time.monotonic() < until, f"{helpers} outlive the program"
        time.sleep(0.05)
