"""Starts acts in children that can be killed: it imports the act once and forks for each task.

It opens no database itself, so a fork is safe and costs a few milliseconds instead of a start.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from db.errors import StorageError

_ANYONE_MAY_TRACE = (0x59616D61, ctypes.c_ulong(-1))  # prctl(PR_SET_PTRACER, ANY)


class Child:
    """Performs numbered operations and reports each result; refusals are tried again when told."""

    def __init__(self, act: Any, task: dict[str, Any]) -> None:
        self._act, self._task = act, task
        self._folder = Path(task["folder"])
        self._signs = Path(task["signs"])
        self._reports = os.open(self._signs / "reports", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def run(self) -> None:
        try:
            if self._task["hold"]:
                ctypes.CDLL(None).prctl(*_ANYONE_MAY_TRACE, 0, 0, 0)
                self._wait_for("go")
            self._perform()
            self._report("done", 0, "")
        except BaseException:
            self._report("bug", 0, traceback.format_exc())

    def _perform(self) -> None:
        session, number, refused = None, 0, 0
        while number < self._task["count"]:
            try:
                if session is None:
                    session = self._act.open_session(self._folder)
                    (self._signs / "opened").touch()
                result = session.perform(number)
            except StorageError as error:
                refused += 1
                if refused > 3:
                    raise RuntimeError("refused again after the fault had gone") from error
                self._report("refused", number, error.kind.value)
                self._wait_for("again")
            else:
                self._report("acked", number, result)
                number += 1
        if session is not None:
            session.close()

    def _wait_for(self, sign: str) -> None:
        while not (self._signs / sign).exists():
            time.sleep(0.001)

    def _report(self, kind: str, number: int, text: str) -> None:
        # writev, because faults are injected into write
        os.writev(self._reports, [json.dumps([kind, number, text]).encode() + b"\n"])


def main() -> None:
    act = importlib.import_module(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            Child(act, json.loads(line)).run()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
