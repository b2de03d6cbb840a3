"""Where a run keeps its files: in memory where there is plenty, for they are thrown away."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 6 << 30  # bare machines, their packages and a server's databases


def stay_in_memory() -> None:
    """Let temporary files of this run lie there, unless somebody says where they shall lie."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return False  # programs are installed there and started
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(shutil.disk_usage(MEMORY).free, available // 2) >= ROOM
