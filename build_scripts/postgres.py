"""A throw-away PostgreSQL server for tests: found or installed, started, removed at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts.dev_system import (
    SetupError,
    find_tool,
    install_packages,
    is_root,
    missing_packages,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "postgres"
START_SECONDS = 60.0
# The data are thrown away, so nothing is waited for on the disk.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB")


@contextmanager
def running_server() -> Iterator[str]:
    """Give the URL of a fresh server reached by a Unix socket that only this user can open."""
    if os.name == "nt":
        raise SetupError("The tests on PostgreSQL run on Linux; or set TEST_DATABASE_URL.")
    if missing_packages("server"):
        install_packages(missing_packages("server"), "the tests on PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 bytes at most
    try:
        _hand_over(folder)
        _as_server(
            "initdb", "-D", str(folder / "data"), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        server = _start(folder)
        try:
            _wait_until_ready(server, folder)
            yield f"postgresql+psycopg://{SUPERUSER}@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast" shutdown: open transactions roll back
            server.wait(timeout=START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root, so the folder becomes the server user's."""
    if is_root():
        os.chown(folder, *_server_user())


def _server_user() -> tuple[int, int]:
    import pwd  # noqa: PLC0415 - exists on Unix only

    owner = pwd.getpwnam(SUPERUSER)
    return owner.pw_uid, owner.pw_gid


def _command(name: str, *args: str) -> list[str]:
    path = find_tool(name)
    if path is None:
        raise SetupError(f"PostgreSQL has no {name} here.")
    # The kernel ends the server even when the process that started it is killed.
    prefix = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    if is_root():
        if not prefix:
            raise SetupError("To start PostgreSQL as another user than root, install util-linux.")
        user, group = _server_user()
        prefix += [f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    return [*prefix, path, *args]


def _as_server(name: str, *args: str) -> None:
    done = subprocess.run(
        _command(name, *args), cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SetupError(f"{name} failed: {done.stderr.strip()}")


def _start(folder: Path) -> subprocess.Popen[bytes]:
    options = [word for setting in FAST for word in ("-c", setting)]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            _command("postgres", "-D", str(folder / "data"), "-k", str(folder), "-h", "", *options),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    ready = find_tool("pg_isready") or "pg_isready"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        done = subprocess.run([ready, "-q", "-h", str(folder), "-U", SUPERUSER], check=False)
        if done.returncode == 0:
            return
        time.sleep(0.05)
    raise SetupError(f"PostgreSQL did not start: {(folder / 'server.log').read_text()[-500:]}")


def main(args: list[str]) -> int:
    """Run a command with TEST_DATABASE_URL set; without one, print the URL and wait."""
    with running_server() as url:
        if args:
            environment = {**os.environ, "TEST_DATABASE_URL": url}
            return subprocess.run(args, env=environment, check=False).returncode
        print(url, flush=True)
        say("Ctrl+C stops and removes it.")
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
