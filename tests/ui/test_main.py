"""The application as the program makes it: Chinese throughout, its own font, its options."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from desktop_app import logs
from desktop_app.main import _log_to
from desktop_app.ui import theme
from desktop_app.ui.crash import CrashHook
from desktop_app.ui.theme import DARK, LARGE, LIGHT, NORMAL


def test_standard_buttons_and_dates_are_chinese(qtbot: QtBot, dressed: None) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "取消"
    day = QLocale().toString(QDate(2026, 12, 1), QLocale.FormatType.LongFormat)
    assert day == "2026年12月1日星期二"


def test_the_carried_font_draws_rare_names(qtbot: QtBot, dressed: None) -> None:
    label = QLabel("䶮㛃𬭎堃")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert QFontInfo(label.font()).family() == "Noto Sans SC"
    assert all(label.fontMetrics().inFontUcs4(ord(letter)) for letter in label.text())


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_stands_out_from_what_it_is_written_on(palette: theme.Palette) -> None:
    pairs = [
        (ink, ground)
        for ink in ("ink", "quiet", "late", "warn", "good", "link")
        for ground in ("paper", "wash", "stripe")
    ]
    pairs += [("ink", "chosen"), ("main_ink", "main"), ("rail_ink", "rail"), ("quiet", "head")]
    pairs += [
        ("ink", "late_wash"),
        ("ink", "warn_wash"),
        ("ink", "good_wash"),
        ("warn", "warn_wash"),
    ]
    weak = [pair for pair in pairs if _contrast(*(getattr(palette, one) for one in pair)) < 4.5]
    assert weak == []


def _contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.1, where 4.5 is the least for body text."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_large_type_widens_lengths_but_not_hair_lines() -> None:
    normal, large = (theme.style_sheet(LIGHT, scale) for scale in (NORMAL, LARGE))
    assert "font-size: 20px" in normal
    assert "font-size: 25px" in large
    assert "border: 1px solid" in large
    assert "$" not in large


def test_an_uncaught_fault_is_logged_without_its_words_and_shown(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = CrashHook()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hook.install()
    error = ValueError("覃世芳")
    with caplog.at_level(logging.CRITICAL), qtbot.waitSignal(hook.crashed) as crashed:
        sys.excepthook(ValueError, error, None)
    assert crashed.args == [error]
    assert "ValueError" in caplog.text
    assert "覃世芳" not in caplog.text


CHILD = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop_app import main
turn = QApplication.exec
def end_soon():
    QTimer.singleShot(700, QApplication.closeAllWindows)
    return turn()
QApplication.exec = staticmethod(end_soon)
sys.exit(main.main(sys.argv[1:]))
"""


def start(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own: windows open, turn for a moment, close."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "LOCALAPPDATA": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", CHILD, *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "level"),
    [("", logging.INFO), ('log_level = "ERROR"', logging.ERROR), ("log_level", logging.INFO)],
)
def test_the_window_logs_as_the_office_is_set(tmp_path: Path, settings: str, level: int) -> None:
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    root = logging.getLogger()
    before = root.level
    try:
        _log_to(tmp_path / "own", tmp_path)
        assert root.level == level
        assert (tmp_path / "own" / "logs" / logs.FILE_NAME).exists()
    finally:
        logs.close()
        root.setLevel(before)


def test_the_program_starts_logs_and_ends_when_its_window_closes(tmp_path: Path) -> None:
    ended = start(tmp_path, "--office", str(tmp_path / "office"))
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "mutual-aid-desk" / "logs").is_dir()
    assert not (tmp_path / "office").exists()


def test_nobody_waits_for_what_only_signing_needs() -> None:
    code = """
import sys
import desktop_app.main, desktop_app.bootstrap, desktop_app.cli.door
from desktop_app.ui import main_window
from desktop_app.ui.dialogs import preview_dialog
from desktop_app.ui.pages.more import more_page
print(sorted(name for name in sys.modules if name.startswith("pyhanko")))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_a_wrong_option_is_wrong_usage(tmp_path: Path) -> None:
    ended = start(tmp_path, "--nonsense")
    assert ended.returncode == 2
    assert "--nonsense" in ended.stderr
