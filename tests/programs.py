"""Programs of the system that a test starts: installed where they are missing, ended with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence


def install(packages: Sequence[str], is_there: Callable[[], bool]) -> str:
    """Install what is missing; the command to give by hand where that is not allowed."""
    if is_there():
        return ""
    how = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return how
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], how.split()):
        subprocess.run(command, env=quiet, capture_output=True, check=False)
    return "" if is_there() else how


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, whether it still runs or not, and close what it wrote into."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
