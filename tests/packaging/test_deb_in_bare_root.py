"""The Debian package installs and works on a machine without Python and without Chinese fonts.

Soak, as the package is built anew: `dev.py soak deb`.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from build_scripts.dev_system import skip_reason
from tests.packaging.bare_root import SOCKETS, BareRoot, cannot_run_here

NEEDS = cannot_run_here() or skip_reason("screen", "paper")
pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.xdist_group("bare-root"),
    pytest.mark.timeout(900),
    pytest.mark.skipif(bool(NEEDS), reason=NEEDS),
]
COUNTY = "/tmp/county"
PEOPLE = [("冉𬭎", "999999199003070016"), ("向堃", "999999198512120024"), ("田㛃", "9999991990")]


@pytest.fixture(scope="module")
def desk(machine: BareRoot, built_package: Path) -> BareRoot:
    (machine.path / "tmp/desk.deb").hardlink_to(built_package)
    machine.install("/tmp/desk.deb")
    return machine


@pytest.fixture(scope="module")
def answer(desk: BareRoot) -> dict[str, Any]:
    """What `demo` says of the sample county that it makes there."""
    told: dict[str, Any] = json.loads(desk.must("mutual-aid-desk", "--json", "demo", COUNTY))
    return told


@pytest.fixture
def screen(desk: BareRoot) -> Iterator[str]:
    SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    desk.mounts.append(SOCKETS)
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        yield ":" + server.stdout.readline().strip()
        server.terminate()
    desk.mounts.remove(SOCKETS)


def test_the_machine_has_no_python_and_no_chinese_font(desk: BareRoot) -> None:
    assert desk.run("sh", "-c", "command -v python3 python").returncode != 0
    fonts = {file.stem.split("-")[0] for file in desk.path.glob("usr/share/fonts/**/*.ttf")}
    assert fonts <= {"DejaVuSans", "DejaVuSansMono", "DejaVuSerif"}


def test_every_library_the_program_asks_for_is_there(desk: BareRoot) -> None:
    home = "/usr/lib/mutual-aid-desk/_internal"
    files = [
        "/" + str(file.relative_to(desk.path)) for file in desk.path.glob(f"{home[1:]}/**/*.so*")
    ]
    listed = desk.run("ldd", *files, LD_LIBRARY_PATH=f"{home}:{home}/PySide6/Qt/lib").stdout
    assert "libQt6Widgets.so.6 =>" in listed
    lacking = {line.split()[0] for line in listed.splitlines() if "not found" in line}
    assert {name for name in lacking if not name.startswith("libwayland-")} == set()


def test_the_sample_county_is_made_and_its_papers_are_there(
    desk: BareRoot, answer: dict[str, Any]
) -> None:
    county = desk.path / COUNTY[1:]
    named = answer["files"]
    for name in ("notice", "application", "roster", "confirmation", "archive_list"):
        assert (county / named[name]).read_bytes().startswith(b"%PDF-")
    assert named["province_workbooks"]
    assert all((county / name).is_file() for name in named["province_workbooks"])
    assert answer["counts"]["units"] > 0
    text = subprocess.run(
        ["pdftotext", str(county / named["confirmation"]), "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "确认书" in text.replace(" ", "")


def test_a_workbook_is_read_by_the_packaged_child_process(desk: BareRoot) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "姓名", "身份证号"])
    for number, (name, identity) in enumerate(PEOPLE, start=1):
        sheet.append([number, name, identity])
    book.save(desk.path / "tmp/roster.xlsx")
    answer = json.loads(
        desk.must("mutual-aid-desk", "roster", "check", "roster.xlsx", "--json", folder="/tmp")
    )
    assert answer["rows_read"] == len(PEOPLE)
    assert [(one["row"], one["code"]) for one in answer["findings"] if one["row"] == 4] == [
        (4, "identity-length")
    ]


def test_a_damaged_workbook_is_one_sentence_and_exit_4(desk: BareRoot) -> None:
    (desk.path / "tmp/broken.xlsx").write_bytes(b"PK\x03\x04 and nothing else")
    done = desk.run("mutual-aid-desk", "--json", "roster", "check", "/tmp/broken.xlsx")
    assert done.returncode == 4, done.stderr[-2000:]
    assert [one["code"] for one in json.loads(done.stdout)["findings"]] == ["file-damaged"]


@pytest.mark.usefixtures("answer")
def test_the_window_comes_up_and_names_the_office_it_opened(desk: BareRoot, screen: str) -> None:
    window = desk.start("mutual-aid-desk-window", "--office", f"{COUNTY}/office", DISPLAY=screen)
    try:
        title = _visible_title(screen, window, holding="演示")
    finally:
        window.kill()
        _, err = window.communicate()
    assert "总工会" in title, err[-4000:]
    assert "Traceback" not in err


def _visible_title(screen: str, window: subprocess.Popen[str], holding: str) -> str:
    """The title that shows these words within a minute; empty when the program ended first."""
    find = ["xdotool", "search", "--onlyvisible", "--name", holding, "getwindowname"]
    end = time.monotonic() + 60
    while time.monotonic() < end and window.poll() is None:
        done = subprocess.run(
            find, env={"DISPLAY": screen, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.stdout.strip():
            return done.stdout.strip()
        time.sleep(0.2)
    return ""
