"""A real print queue for one test: CUPS on loopback, its printer a socket that keeps each job."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from pypdf import PdfReader

from tests import programs

PACKAGES = ("cups", "cups-client")
SERVER, BACKEND = Path("/usr/sbin/cupsd"), Path("/usr/lib/cups/backend/socket")
QUEUE = "办公室打印机"
START = 15.0  # seconds
QUIET = 1.0  # seconds without another job


def install() -> str:
    """Install what is missing; the command to give by hand where that is not allowed."""
    return programs.install(PACKAGES, lambda: all(map(Path.exists, (SERVER, BACKEND))))


class PrintQueue:
    """`environment` is what a program needs to find it; `jobs` are what was printed, in order."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._paper = socket.create_server(("127.0.0.1", 0))
        self.jobs: list[bytes] = []
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._open.callback(self._paper.close)
        root = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="cups-")))
        root.chmod(0o755)
        port = _free_port()
        settings = _write_settings(root, port, self._paper.getsockname()[1])
        server = subprocess.Popen(
            [SERVER, "-f", "-c", str(settings), "-s", str(settings.with_name("cups-files.conf"))],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._open.callback(programs.stop, server)
        threading.Thread(target=self._take_jobs, daemon=True).start()
        self.environment = {"CUPS_SERVER": f"127.0.0.1:{port}"}
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def pages(self) -> list[list[str]]:
        """The size of each page of each job, in millimetres."""
        return [[_size(page) for page in PdfReader(io.BytesIO(job)).pages] for job in self.jobs]

    def settle(self) -> None:
        """Wait until nothing comes any more of what was sent."""
        seen, until = -1, time.monotonic() + START
        while self._asked("-o").strip() or len(self.jobs) != seen:
            seen = len(self.jobs)
            if time.monotonic() > until and len(self.jobs) == seen:
                return  # what is left there was cut while it was sent: it never becomes paper
            time.sleep(QUIET)

    def _take_jobs(self) -> None:
        while True:
            try:
                printer, _ = self._paper.accept()
            except OSError:  # closed: the test is over
                return
            with printer, printer.makefile("rb") as paper:
                self.jobs.append(paper.read())

    def _wait(self) -> None:
        until = time.monotonic() + START
        while QUEUE not in self._asked("-p"):
            assert time.monotonic() < until, "the print server did not start"
            time.sleep(0.1)

    def _asked(self, what: str) -> str:
        asked = subprocess.run(
            ["lpstat", what],
            env={**os.environ, **self.environment},
            capture_output=True,
            check=False,
        )
        return asked.stdout.decode("utf-8", "replace")


def _write_settings(root: Path, port: int, printer: int) -> Path:
    folders = {name: root / name for name in ("etc", "spool", "temp", "cache", "run", "log")}
    for folder in folders.values():
        folder.mkdir()
    anyone = "Order allow,deny\nAllow all\n"
    (folders["etc"] / "cupsd.conf").write_text(
        f"Listen 127.0.0.1:{port}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n"
        f"<Location />\n{anyone}</Location>\n"
        f"<Policy default>\n<Limit All>\n{anyone}</Limit>\n</Policy>\n"
    )
    (folders["etc"] / "cups-files.conf").write_text(
        f"ServerRoot {folders['etc']}\nRequestRoot {folders['spool']}\n"
        f"TempDir {folders['temp']}\nCacheDir {folders['cache']}\nStateDir {folders['run']}\n"
        f"DataDir /usr/share/cups\nServerBin /usr/lib/cups\n"
        + "".join(f"{one}Log {folders['log']}/{one}\n" for one in ("Access", "Error", "Page"))
    )
    (folders["etc"] / "printers.conf").write_text(
        f"<DefaultPrinter {QUEUE}>\nDeviceURI socket://127.0.0.1:{printer}\nState Idle\n"
        "Accepting Yes\nShared No\nJobSheets none none\nErrorPolicy retry-job\n</DefaultPrinter>\n",
        "utf-8",
    )
    return folders["etc"] / "cupsd.conf"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


def _size(page: object) -> str:
    box = page.mediabox  # type: ignore[attr-defined] # pypdf does not type its pages' boxes
    return f"{float(box.width) / 72 * 25.4:.0f}×{float(box.height) / 72 * 25.4:.0f}"
