"""Cuts acts short at random instants and at each system call, and judges what is left.

An act is a module with
    prepare(folder)            makes an office there
    secrets_of(folder)         its Secrets, for the checks of the file itself
    open_session(folder)       gives an object with perform(number) -> str and close();
                               perform must be repeatable: the same number gives the same text
    found(folder)              gives (numbers of the operations found whole, faults seen)
Numbers run from 0. After every fault the harness makes the standard checks: the ledger opens by
itself; integrity, references and the cipher's seals are good; every reported operation is there
once; none is there in part; the interrupted one, repeated, is done once and answers the same.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from db.copies import contents, opened
from db.errors import ConflictError, StorageError, StorageKind
from db.files import LEDGER

ROOT = Path(__file__).resolve().parents[2]
CALLS = (
    "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink",
    "mkdir", "link", "rmdir", "unlinkat", "sendfile", "copy_file_range",
)  # fmt: skip
_ENDLESS = 1 << 30
_PATIENCE = 60.0


@dataclass
class Figures:
    """What a run of faults came to."""

    points: int = 0
    acked: int = 0
    done_unreported: int = 0  # finished, but cut before the program could say so
    refused: int = 0
    seconds: float = 0.0
    by_call: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rate = self.points / self.seconds if self.seconds else 0
        return (
            f"{self.points} faults, {rate:.1f} a second, {self.acked} acts reported,"
            f" {self.done_unreported} done unreported, {self.refused} refused {dict(self.by_call)}"
        )


@dataclass(frozen=True)
class Report:
    kind: str  # acked, refused, done, bug
    number: int
    text: str


class FaultFoundError(AssertionError):
    """The act broke a promise."""


class Bench:
    """One act, prepared once; each fault works on a fresh copy of its office."""

    def __init__(self, act_name: str, folder: Path) -> None:
        self.act: Any = importlib.import_module(act_name)
        self._folder, self._prepared = folder, folder / "prepared"
        self.act.prepare(self._prepared)
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote", act_name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._zygote.communicate()

    def kill_at_random(self, times: int, seed: int, *, opened: bool = False) -> Figures:
        """Kill -9 at random instants of an endless loop of acts; `opened`: not while it opens."""
        chance, figures = random.Random(seed), Figures()
        self._time_of(1)  # the first child waits for the imports
        spread = self._time_of(2, opened=opened)
        started = time.monotonic()
        for _ in range(times):
            office, signs = self._fresh()
            pid = self._start(office, signs, _ENDLESS)
            if opened:
                self._wait_for_session(signs)
            time.sleep(chance.uniform(0, spread))
            with suppress(ProcessLookupError):  # it ended by itself; its report says why
                os.kill(pid, signal.SIGKILL)
            self._ended()
            self._judge(office, signs, figures)
            if not figures.acked:  # the machine has slowed down since the spread was measured
                spread *= 1.25
        figures.seconds = time.monotonic() - started
        return figures

    def kill_at_each_call(self, count: int = 2, every: int = 1) -> Figures:
        """Kill at each system call that changes files, in `count` acts; `every` thins them out."""
        return self._at_each_call("signal=SIGKILL", "", count, every)

    def fail_each_call(
        self, errno_name: str, *, sticky: bool, count: int = 2, every: int = 1
    ) -> Figures:
        """Let each such call fail, once or from then on; the same session must go on afterwards."""
        return self._at_each_call(f"error={errno_name}", "+" if sticky else "", count, every)

    def fill_the_disk(self, disk: Path) -> Figures:
        """Perform on a small disk until it is full, free space, and go on in the same session."""
        office, figures = disk / "office", Figures()
        shutil.copytree(self._prepared, office)
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(300_000))
        session, acked = self.act.open_session(office), dict[int, str]()
        try:
            while True:
                acked[len(acked)] = session.perform(len(acked))
        except StorageError as error:
            if error.kind != StorageKind.FULL:
                raise FaultFoundError(f"a full disk is called {error!r}") from error
            figures.refused += 1
        ballast.unlink()
        acked[len(acked)] = session.perform(len(acked))
        session.close()
        shutil.copytree(office, self._folder / "filled")  # the checks need room of their own
        if faults := self._standard_checks(self._folder / "filled", acked, figures):
            raise FaultFoundError("\n".join(faults))
        figures.points, figures.acked = 1, len(acked)
        return figures

    def _at_each_call(self, what: str, sticky: str, count: int, every: int) -> Figures:
        figures, started = Figures(), time.monotonic()
        points = [(call, n) for call, top in self._calls(count).items() for n in range(1, top + 1)]
        for call, n in points[::every]:
            office, signs = self._fresh()
            pid = self._start(office, signs, count, hold=True)
            with _traced(pid, f"inject={call}:{what}:when={n}{sticky}") as tracer:
                (signs / "go").touch()
                self._go_on_when_refused(tracer, signs)
            self._ended()
            figures.by_call[call] += 1
            self._judge(office, signs, figures)
        figures.seconds = time.monotonic() - started
        return figures

    def _go_on_when_refused(self, tracer: subprocess.Popen[str], signs: Path) -> None:
        """Take the fault away at the first refusal, as when space is freed."""
        limit = time.monotonic() + _PATIENCE
        while tracer.poll() is None:
            if any(report.kind == "refused" for report in _reports(signs)):
                tracer.send_signal(signal.SIGINT)  # lets go of the child
                tracer.wait(_PATIENCE)
                (signs / "again").touch()
                return
            if time.monotonic() > limit:
                raise FaultFoundError("the act hangs")
            time.sleep(0.002)

    def _calls(self, count: int) -> Counter[str]:
        """Count the calls of a run without faults."""
        office, signs = self._fresh()
        pid = self._start(office, signs, count, hold=True)
        listing = signs / "calls"
        with _traced(pid, "trace=" + ",".join(f"?{call}" for call in CALLS), listing) as tracer:
            (signs / "go").touch()
            tracer.wait(_PATIENCE)
        self._ended()
        self._judge(office, signs, Figures())
        words = (line.split(maxsplit=1)[1] for line in listing.read_text().splitlines())
        names = (word.split("(")[0] for word in words if "(" in word)
        return Counter(name for name in names if name in CALLS)

    def _wait_for_session(self, signs: Path) -> None:
        limit = time.monotonic() + _PATIENCE
        while not (signs / "opened").exists():
            if time.monotonic() > limit:
                raise FaultFoundError("the session does not open")
            time.sleep(0.002)

    def _time_of(self, count: int, *, opened: bool = False) -> float:
        office, signs = self._fresh()
        started = time.monotonic()
        self._start(office, signs, count)
        if opened:
            self._wait_for_session(signs)
            started = time.monotonic()
        self._ended()
        elapsed = time.monotonic() - started
        self._judge(office, signs, Figures())
        return elapsed

    def _fresh(self) -> tuple[Path, Path]:
        office, signs = self._folder / "office", self._folder / "signs"
        for folder in (office, signs):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._prepared, office)
        signs.mkdir()
        return office, signs

    def _start(self, office: Path, signs: Path, count: int, *, hold: bool = False) -> int:
        task = {"folder": str(office), "signs": str(signs), "count": count, "hold": hold}
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(task) + "\n")
        self._zygote.stdin.flush()
        return self._said()

    def _ended(self) -> int:
        return self._said()

    def _said(self) -> int:
        assert self._zygote.stdout is not None
        return int(self._zygote.stdout.readline())

    def _judge(self, office: Path, signs: Path, figures: Figures) -> None:
        reports = _reports(signs)
        acked = {report.number: report.text for report in reports if report.kind == "acked"}
        faults = [report.text for report in reports if report.kind == "bug"]
        faults += self._standard_checks(office, acked, figures)
        if faults:
            raise FaultFoundError("\n".join(faults))
        figures.points += 1
        figures.acked += len(acked)
        figures.refused += sum(report.kind == "refused" for report in reports)

    def _standard_checks(self, office: Path, acked: dict[int, str], figures: Figures) -> list[str]:
        count = len(acked)
        faults = _file_faults(office / LEDGER, self.act.secrets_of(office).database_key)
        numbers, seen = self.act.found(office)
        faults += seen
        if sorted(numbers) not in (list(range(count)), list(range(count + 1))):
            faults.append(f"{count} reported, found {sorted(numbers)}")
        figures.done_unreported += len(numbers) > count
        faults += self._repeat(office, acked)
        numbers, seen = self.act.found(office)
        if sorted(numbers) != list(range(count + 1)):
            faults.append(f"after the repeat of {count}: found {sorted(numbers)}")
        return faults + seen

    def _repeat(self, office: Path, acked: dict[int, str]) -> list[str]:
        """Do the last reported act and the interrupted one again, the latter twice."""
        session = self.act.open_session(office)
        faults: list[str] = []
        try:
            last = len(acked) - 1
            if acked and session.perform(last) != acked[last]:
                faults.append(f"act {last} repeated gives another result")
            if session.perform(last + 1) != session.perform(last + 1):
                faults.append(f"act {last + 1} repeated gives another result")
            return faults
        except (ConflictError, StorageError) as error:
            return [*faults, f"repeated, it is refused: {error}"]
        finally:
            session.close()


@contextmanager
def _traced(
    pid: int, expression: str, output: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Attach strace; when the block begins, it holds the process."""
    calls = expression.split(":", maxsplit=1)[0].replace("inject=", "trace=")
    command = ["strace", "-f", "-p", str(pid), "-e", calls, "-e", expression]
    command += ["-e", "signal=none", "-o", str(output or os.devnull)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    if "attached" not in said:
        tracer.kill()
        raise RuntimeError(f"strace: {said}")
    try:
        yield tracer
    finally:
        tracer.communicate(timeout=_PATIENCE)


def _reports(signs: Path) -> list[Report]:
    path = signs / "reports"
    if not path.exists():
        return []
    return [Report(*json.loads(line)) for line in path.read_bytes().splitlines()]


def _file_faults(ledger: Path, key: bytes) -> list[str]:
    """Let the ledger recover by itself, then check every page and reference of it."""
    try:
        with opened(ledger, key, writable=True) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        contents(ledger, key)
    except Exception as error:  # whatever it is, it is the finding
        return [f"the ledger does not open clean: {error!r}"]
    return []
