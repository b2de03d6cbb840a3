"""The parent's hold on the child process: start, ask, wait with a clock, kill with its group."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import desktop_app
from desktop_app.intake.frames import (
    DONE,
    HEAD,
    LONGEST_FRAME,
    REFUSED,
    REQUEST_HEAD,
    FrameError,
    read_note,
)
from desktop_app.intake.refusals import FULL, Refusal

_PIECE = 1 << 20
_BEAT = 0.1  # how often the caller is asked whether to go on
_OUT_OF_MEMORY = {-6, 0xC0000409}  # Rust aborts when an allocation fails

if sys.platform == "win32":  # pragma: no cover - tried on Windows only
    import _winapi
    import msvcrt

    def _readable(stream: int, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while True:
            try:
                if _winapi.PeekNamedPipe(msvcrt.get_osfhandle(stream), 0)[0]:
                    return True
            except BrokenPipeError:
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(0.002)

    _GROUP = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    import select

    def _readable(stream: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    _GROUP = {"start_new_session": True}


def command() -> list[str]:
    """How this program starts its child; a frozen one runs itself, which knows --worker."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "desktop_app", "--worker"]


class Child:
    """One child process, started at the first question and after each death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    def ask(
        self, request: dict[str, str], seconds: float, beat: Callable[[], None]
    ) -> Iterator[tuple[bytes, bytes]]:
        """Send one question and yield the frames of its answer, the last one included.

        Whatever ends the answer early ends the child too: `beat` raising, the clock, an abandoned
        iterator, its memory. The next question starts a new one.

        Raises:
            Refusal: the child refused the file, died over it or took too long.
        """
        finished = False
        try:
            self._send({**request, "seconds": str(int(seconds) + 1)})
            stream = self._stream()
            end = time.monotonic() + seconds
            while not finished:
                kind, length = HEAD.unpack(self._take(stream, HEAD.size, end, beat))
                if length > LONGEST_FRAME:
                    raise FrameError("frame too long")
                body = self._take(stream, length, end, beat)
                finished = kind == DONE
                if kind == REFUSED:
                    reason = str(read_note(body).get("reason", ""))
                    finished = reason != FULL  # what it could not use it still holds
                    raise Refusal(reason)
                yield kind, body
        except (FrameError, ValueError) as error:
            raise Refusal("crashed") from error
        finally:
            if not finished:
                self.kill()

    def kill(self) -> None:
        """End the child and what it may have started, at once."""
        process, self._process = self._process, None
        if process is None:
            return
        if sys.platform == "win32":
            process.kill()  # its job object takes the rest along
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._close_pipes(process)

    def close(self) -> None:
        """Let an idle child end by itself; kill it where it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        self._close_pipes(process)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            self._process = process
            self.kill()

    def _send(self, request: dict[str, str]) -> None:
        body = json.dumps(request).encode()
        for last in (False, True):
            if self._process is not None and self._process.poll() is not None:
                self.kill()
            if self._process is None:
                self._process = self._start()
            try:
                assert self._process.stdin is not None
                self._process.stdin.write(REQUEST_HEAD.pack(len(body)) + body)
                self._process.stdin.flush()
                return
            except OSError as error:  # it died while idle: one more try with a new one
                self.kill()
                if last:
                    raise Refusal("start") from error

    def _start(self) -> subprocess.Popen[bytes]:
        folder = str(Path(desktop_app.__file__).resolve().parents[1])
        paths = [folder, os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        try:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a panic prints pieces of the file
                env=environment,
                **_GROUP,  # type: ignore[call-overload]
            )
            return process
        except OSError as error:
            raise Refusal("start") from error

    def _stream(self) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def _take(self, stream: int, size: int, end: float, beat: Callable[[], None]) -> bytes:
        taken = bytearray()
        while len(taken) < size:
            left = end - time.monotonic()
            if left <= 0:
                raise Refusal("time")
            if not _readable(stream, min(left, _BEAT)):
                beat()
                continue
            piece = os.read(stream, min(size - len(taken), _PIECE))
            if not piece:
                raise Refusal(self._cause_of_death())
            taken += piece
        return bytes(taken)

    def _cause_of_death(self) -> str:
        assert self._process is not None
        try:
            code = self._process.wait(2)
        except subprocess.TimeoutExpired:
            return "crashed"
        if code in _OUT_OF_MEMORY:
            return FULL
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return "time"
        return "crashed"

    @staticmethod
    def _close_pipes(process: subprocess.Popen[bytes]) -> None:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # unsent bytes for a dead child
                    pipe.close()
