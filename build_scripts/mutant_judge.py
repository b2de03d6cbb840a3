"""A plugin of pytest that judges mutmut's changes by one collection: a forked child for each.

mutmut itself collects the tests anew for every change, which takes longer than most tests. Here a
child of the collected session runs the tests that pass through the changed function, first those
that noticed its other changes, and ends at the first failure.

`JUDGE_PART` says what to do: empty learns which tests pass through which function; "0/2" judges
the first of two shares of the changes named in the file of `JUDGE_NAMES`.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import time
from collections import defaultdict
from pathlib import Path
from types import FunctionType

import pytest
from _pytest.outcomes import TEST_OUTCOME, Skipped
from mutmut.mutation import trampoline
from mutmut.state import state

from build_scripts.mutant_results import (
    NO_TESTS,
    NOTICED,
    SURVIVED,
    TIMEOUT,
    function_of,
    judged_in,
    share,
)  # fmt: skip

LEARNT = Path("judge-learnt.json")
LEAST_SECONDS, TIMES_LONGER = 5, 4  # a change that makes the tests run on and on ends here
MOST_MEMORY = 2 << 30  # bytes
MOST_SECONDS = 60  # what would take longer together is not asked: the score is worse for it


class Hooks:
    """What a conftest may do for the judge."""

    def pytest_mutants_read_ahead(self) -> None:
        """Read what many tests share, once for all changes that have no part in reading it."""

    def pytest_mutants_forget(self) -> None:
        """Forget what was read: the change may alter how it is read."""


class Wrapper:
    """What stands in a rule's place and asks, at every call, which change is looked at.

    It is told once instead: to call the rule as it was, until the rule itself is changed.
    """

    def __init__(self, function: FunctionType) -> None:
        cells = function.__closure__ or ()
        self._cell = cells[function.__code__.co_freevars.index("trampoline")]
        self._asking = self._cell.cell_contents
        names = self._asking.__code__.co_freevars
        known = self._asking.__closure__[names.index("mutants_dict")].cell_contents
        self.functions = {f"{function.__module__}.{function_of(name)}" for name in known}
        self._cell.cell_contents = function.__wrapped__

    def changed(self) -> None:
        self._cell.cell_contents = self._asking


def _wrappers() -> dict[str, Wrapper]:
    """The wrapper of every function that has changes."""
    found: dict[str, Wrapper] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_name == "_trampoline_wrapper":
            wrapper = Wrapper(one)
            found |= dict.fromkeys(wrapper.functions, wrapper)
    return found


class Learner:
    """Learns which tests pass through which function, and how long they take."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        for function in state()._stats:
            self.tests[function].append(item.nodeid)
        state()._stats.clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        LEARNT.write_text(json.dumps([self.tests, self.seconds]), "utf-8")


class Judge:
    """Judges its share of the changes, one after another."""

    def __init__(self, changes: list[str], part: Path) -> None:
        self.changes, self.part = changes, part
        self.tests, self.seconds = json.loads(LEARNT.read_text("utf-8"))
        self.items: dict[str, pytest.Item] = {}
        self.noticers: dict[str, list[str]] = defaultdict(list)
        self.noticed: dict[str, int] = defaultdict(int)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.hook = session.config.hook
        self.read = self.read_ahead()
        self.wrappers = _wrappers()
        gc.collect()
        gc.freeze()  # a child does not copy what it only reads
        with self.part.open("w", encoding="utf-8") as file:
            for change in self.changes:
                file.write(json.dumps([change, self.judged(change)]) + "\n")
                file.flush()
        return True

    def read_ahead(self) -> set[str]:
        """Let the tests read what they share; give the functions that have a part in it."""
        trampoline.get_mutant_under_test = lambda: "stats"
        self.hook.pytest_mutants_read_ahead()
        found = set(state()._stats)
        state()._stats.clear()
        return found

    def judged(self, change: str) -> str:
        """What becomes of a change in a child of this process."""
        tests = self.in_turn(function_of(change))
        if not tests:
            return NO_TESTS
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self.tried(change, tests, writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            noticer = pipe.read()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended < 0:
            return TIMEOUT
        if not noticer:
            return NOTICED if ended else SURVIVED
        firsts = self.noticers[function_of(change)]
        if noticer in firsts:
            firsts.remove(noticer)
        firsts.insert(0, noticer)
        self.noticed[noticer] += 1
        return NOTICED

    def in_turn(self, function: str) -> list[str]:
        """What noticed changes of this function before, then what noticed most for its time."""
        firsts = self.noticers[function]
        others = [one for one in self.tests.get(function, ()) if one not in firsts]
        found, seconds = list(firsts), 0.0
        for one in sorted((one for one in others if one in self.items), key=self._worth):
            seconds += self._cost(one)
            if seconds < MOST_SECONDS:
                found.append(one)
        return found

    def _worth(self, test: str) -> float:
        return -(self.noticed[test] + 0.1) / (self._cost(test) + 0.01)

    def _cost(self, test: str) -> float:
        return float(self.seconds.get(test, 0))

    def tried(self, change: str, tests: list[str], pipe: int) -> None:
        """The child: name the test that notices the change to `pipe` and end, never return."""
        failed = True
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            os.environ["MUTANT_UNDER_TEST"] = change  # for processes that a test starts
            trampoline.get_mutant_under_test = lambda: change
            self.wrappers[function_of(change)].changed()
            if function_of(change) in self.read:
                self.hook.pytest_mutants_forget()
            noticer = self.noticed_by(tests)
            os.write(pipe, noticer.encode())
            failed = bool(noticer)
        finally:  # an error that pytest itself did not get over is noticed, too
            os._exit(failed)

    def bound(self, item: pytest.Item) -> None:
        """End the child where a test goes on and on; it is noticed, too."""
        allowed = LEAST_SECONDS + TIMES_LONGER * self._cost(item.nodeid)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + allowed), hard))

    def noticed_by(self, tests: list[str]) -> str:
        items = [self.items[one] for one in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.bound(item)
            if fails(item, following):
                return item.nodeid
        return ""


def fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Whether a test fails; without the report of how, which takes longer than most tests."""
    try:
        item.ihook.pytest_runtest_setup(item=item)
        item.ihook.pytest_runtest_call(item=item)
    except Skipped:
        pass
    except TEST_OUTCOME:
        return True
    item.ihook.pytest_runtest_teardown(item=item, nextitem=following)
    return False


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(Hooks)


def pytest_configure(config: pytest.Config) -> None:
    wanted = os.environ["JUDGE_PART"]
    if not wanted:
        config.pluginmanager.register(Learner())
        return
    part, parts = map(int, wanted.split("/"))
    changes = Path(os.environ["JUDGE_NAMES"]).read_text("utf-8").split()
    config.pluginmanager.register(Judge(share(changes, part, parts), judged_in(part)))
