"""The throw-away PostgreSQL server really serves, and really goes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_scripts import postgres
from build_scripts.dev_env import ROOT
from build_scripts.dev_system import skip_reason

psycopg = pytest.importorskip("psycopg")

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(bool(skip_reason("server")), reason=skip_reason("server")),
    pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets and users"),
]


def plain(url: str) -> str:
    return url.replace("+psycopg", "")


def test_it_serves_with_the_extension_that_overlap_rules_need_and_is_gone_afterwards() -> None:
    with postgres.running_server() as url, psycopg.connect(plain(url)) as connection:
        folder = Path(url.split("host=")[1])
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute(
            "CREATE TABLE cover (member int, days daterange,"
            " EXCLUDE USING gist (member WITH =, days WITH &&))"
        )
        connection.execute("INSERT INTO cover VALUES (1, '[2026-01-01,2027-01-01)')")
        with pytest.raises(psycopg.errors.ExclusionViolation):
            connection.execute("INSERT INTO cover VALUES (1, '[2026-12-31,2027-06-01)')")
    assert not folder.exists()


def test_two_servers_run_side_by_side_without_seeing_each_other() -> None:
    with postgres.running_server() as one, postgres.running_server() as other:
        with psycopg.connect(plain(one)) as connection:
            connection.execute("CREATE TABLE only_here (x int)")
        with psycopg.connect(plain(other)) as connection:
            found = connection.execute("SELECT to_regclass('only_here')").fetchone()
    assert found == (None,)


def test_the_server_ends_when_the_process_that_started_it_is_killed() -> None:
    starter = subprocess.Popen(
        [sys.executable, str(ROOT / "build_scripts/postgres.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert starter.stdout is not None
    with starter:
        with psycopg.connect(plain(starter.stdout.readline().strip())) as connection:
            row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        data = Path(row[0])
        server = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(starter.pid, signal.SIGKILL)
    end = time.monotonic() + 20
    while time.monotonic() < end and Path(f"/proc/{server}").exists():
        time.sleep(0.1)
    assert not Path(f"/proc/{server}").exists()
    shutil.rmtree(data.parent)
