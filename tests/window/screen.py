"""A screen of 1366×768 with a window manager and the bus of screen readers, for one test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import ImageGrab

from tests import programs
from tests.programs import stop

PACKAGES = (
    "xvfb", "openbox", "xdotool", "xclip", "dbus", "at-spi2-core", "gir1.2-atspi-2.0",
    "python3-gi",
)  # fmt: skip
COMMANDS = ("Xvfb", "openbox", "xdotool", "xclip", "dbus-daemon")
TYPELIB = "girepository-1.0/Atspi-2.0.typelib"
SYSTEM_PYTHON = "/usr/bin/python3"


def install() -> str:
    """Install what is missing; the command to give by hand where that is not allowed."""
    return programs.install(PACKAGES, _is_complete)


def _is_complete() -> bool:
    if any(shutil.which(command) is None for command in COMMANDS):
        return False
    told = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"],
        capture_output=True,
        check=False,
    )
    return told.returncode == 0


class Screen:
    """`environment` is what a program needs to appear on it."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self.environment: dict[str, str] = {}
        self.display = ""

    def __enter__(self) -> Self:
        runtime = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="screen-")))
        runtime.chmod(0o700)
        self.display = f":{self._start_x(runtime)}"
        bus = self._start_bus(runtime)
        self.environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in ("WAYLAND_DISPLAY", "SESSION_MANAGER")
            },
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LANG": "C.UTF-8",
        }
        self.start(["openbox", "--sm-disable"], HOME=str(runtime))
        self._wait_for_manager()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def start(self, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        """Start a program on the screen; it ends with the screen at the latest."""
        process = subprocess.Popen(
            command,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._open.callback(stop, process)
        return process

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=20, check=False,
        )  # fmt: skip
        return done.stdout.decode("utf-8", "replace")

    def copy(self, data: bytes, kind: str) -> None:
        """Put data on the clipboard; xclip stays behind to hand it out, so its end is not read."""
        subprocess.run(
            ["xclip", "-selection", "clipboard", "-t", kind],
            env=self.environment, input=data, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=20, check=True,
        )  # fmt: skip

    def picture(self, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=self.display).save(target)

    def _start_x(self, runtime: Path) -> int:
        told, tell = os.pipe()
        with (runtime / "x.log").open("wb") as log:
            process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1366x768x24",
                 "-nolisten", "tcp", "-noreset"],
                pass_fds=(tell,), stdout=log, stderr=log,
            )  # fmt: skip
        os.close(tell)
        self._open.callback(stop, process)
        with os.fdopen(told, "rb") as answer:
            return int(answer.readline())

    def _start_bus(self, runtime: Path) -> str:
        address = f"unix:path={runtime / 'bus'}"
        process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--address={address}"],
            env={**os.environ, "DISPLAY": self.display, "XDG_RUNTIME_DIR": str(runtime)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._open.callback(stop, process)
        until = time.monotonic() + 10
        while not (runtime / "bus").exists():
            assert time.monotonic() < until, "the message bus did not start"
            time.sleep(0.05)
        return address

    def _wait_for_manager(self) -> None:
        until = time.monotonic() + 10
        while not self.run("xdotool", "get_desktop").strip():
            assert time.monotonic() < until, "the window manager did not start"
            time.sleep(0.1)
