"""System libraries and tools by tier: what is missing, and installing it on Debian when root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Proven in a bare Debian 12 root: Qt needs these to show a window, on a screen or off it.
QT_PACKAGES = [
    "libglib2.0-0", "libgl1", "libegl1", "libx11-6", "libxkbcommon0", "libdbus-1-3",
    "libfontconfig1", "libfreetype6", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1",
    "libxcb-shape0", "libxkbcommon-x11-0",
]  # fmt: skip
QT_PROBES = [
    "lib/libQt6Widgets.so.6",
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqoffscreen.so",
]

# What the tests start, by tier: command that must be found -> Debian package.
TOOLS = {
    "screen": {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "xclip": "xclip"},
    "paper": {"pdftotext": "poppler-utils"},
    "office": {"soffice": "libreoffice-calc"},
    "faults": {"strace": "strace"},
    "server": {"initdb": "postgresql"},
    "bare-root": {"debootstrap": "debootstrap"},
    "package": {"dpkg-deb": "dpkg", "objdump": "binutils"},
}


class SetupError(Exception):
    """One sentence for the person at the keyboard: what is missing and the command for it."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def is_debian() -> bool:
    return Path("/etc/debian_version").is_file() and shutil.which("apt-get") is not None


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find_tool(command: str) -> str | None:
    """The path of a command; PostgreSQL keeps its server commands off the PATH."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return shutil.which(command) or next(
        (str(home / command) for home in homes if (home / command).is_file()), None
    )


def missing_packages(tier: str) -> list[str]:
    return [package for command, package in TOOLS[tier].items() if not find_tool(command)]


def skip_reason(*tiers: str) -> str:
    """Why tests of these tiers cannot run here, with the command for it; else empty."""
    packages = [package for tier in tiers for package in missing_packages(tier)]
    return f"needs: {apt_command(packages)}" if packages else ""


def apt_command(packages: list[str]) -> str:
    return "apt-get install -y --no-install-recommends " + " ".join(packages)


def install_tools(*tiers: str) -> None:
    """Install what these tiers lack; where that cannot be, say how, and let their tests skip."""
    packages = [package for tier in tiers for package in missing_packages(tier)]
    if not packages:
        return
    if is_debian() and is_root():
        install_packages(packages, "the tests of " + ", ".join(tiers))
    elif sys.platform.startswith("linux"):
        say(f"Some tests will be skipped; as root, run this for them: {apt_command(packages)}")


def install_packages(packages: list[str], purpose: str) -> None:
    if not is_debian():
        raise SetupError(
            f"Missing for {purpose}: {', '.join(packages)} (names of Debian packages)."
        )
    if not is_root():
        raise SetupError(f"Missing for {purpose}; run this as root: {apt_command(packages)}")
    say(f"Installing for {purpose}: {' '.join(packages)}")
    with one_at_a_time(Path(tempfile.gettempdir()) / "mutual-aid-desk-apt.lock"):
        _install(packages, purpose)


def _install(packages: list[str], purpose: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=600", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if _has_package_lists() and not _words_of_failure(install, environment):
        return
    _words_of_failure([*apt, "update"], environment)  # lists may be missing or old
    failed = _words_of_failure(install, environment)
    if failed:
        raise SetupError(f"{failed}\nThis failed, for {purpose}: {apt_command(packages)}")


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process holds this lock file; the system lets go of it at any end."""
    with lock.open("a+b") as file:
        if sys.platform == "win32":
            _lock_on_windows(file.fileno())
        else:
            import fcntl  # noqa: PLC0415 - exists on Unix only

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lock_on_windows(number: int) -> None:
    if sys.platform != "win32":
        return
    import msvcrt  # noqa: PLC0415 - exists on Windows only

    while True:
        os.lseek(number, 0, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            time.sleep(0.2)
        else:
            return


def ensure_qt_libraries(qt_home: Path) -> None:
    """Look at the libraries Qt's own files ask for, and install them where they are not there."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries([qt_home / probe for probe in QT_PROBES])
    if not missing:
        return
    if not is_debian():
        raise SetupError(f"The window needs these system libraries: {', '.join(missing)}")
    install_packages(QT_PACKAGES, "the window (" + ", ".join(missing) + ")")
    still = missing_libraries([qt_home / probe for probe in QT_PROBES])
    if still:
        raise SetupError(f"The window still needs these system libraries: {', '.join(still)}")


def missing_libraries(files: list[Path]) -> list[str]:
    present = [str(file) for file in files if file.is_file()]
    if not present or not shutil.which("ldd"):
        return []
    done = subprocess.run(["ldd", *present], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "=> not found" in line]
    return sorted({line.split()[0] for line in lines})


def _has_package_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _words_of_failure(command: list[str], environment: dict[str, str]) -> str:
    """Run in silence; the end of what it said when it failed, else empty."""
    done = subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return (done.stdout[-2000:] or "no words") if done.returncode else ""


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
