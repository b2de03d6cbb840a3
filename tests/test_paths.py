"""Carried files and the office folder are found from wherever the program starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import paths


def test_carried_fonts_are_found_from_another_folder(tmp_path: Path) -> None:
    code = "from desktop_app.paths import resource_path as r; print(r('fonts').is_dir())"
    root = Path(paths.__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "True"


def test_every_carried_font_has_its_licence_beside_it() -> None:
    fonts = paths.resource_path("fonts")
    families = {file.name.split("_")[0] for file in fonts.glob("*.ttf")}
    assert families == {"NotoSansSC", "NotoSerifSC"}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (fonts / f"{family}.OFL.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the XDG rules hold elsewhere")
@pytest.mark.parametrize("named", ["", "relative/folder"])
def test_an_unusable_data_folder_falls_back_to_the_users_own(named: str) -> None:
    office = paths.default_office({"XDG_DATA_HOME": named})
    assert office == Path.home() / ".local" / "share" / "mutual-aid-desk" / "office"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the XDG rules hold elsewhere")
def test_the_data_folder_that_the_user_named_is_taken(tmp_path: Path) -> None:
    office = paths.default_office({"XDG_DATA_HOME": str(tmp_path)})
    assert office == tmp_path / "mutual-aid-desk" / "office"


def test_settings_and_logs_lie_in_the_office_folder(tmp_path: Path) -> None:
    assert paths.settings_file(tmp_path) == tmp_path / "settings.toml"
    assert paths.logs_folder(tmp_path) == tmp_path / "logs"
