"""The mutation tool tells a tested rule from an untested one, and leaves the tree as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from build_scripts import mutants

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mutmut forks")

SOURCE = '''
def allowed(age: int, limit: int = 60) -> bool:
    """Text with 3 and True stays."""
    return age >= 16 and age <= limit
'''
BORDERS = "assert allowed(16) and allowed(60) and not allowed(15) and not allowed(61)"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one rule, its test still to be written."""
    for name in ("desktop_app/domain", "tests/domain", "db", "resources", "build_scripts"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("desktop_app", "desktop_app/domain"):
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "desktop_app/domain/ages.py").write_text(SOURCE)
    (tmp_path / "desktop_app/domain/words.py").write_text("AGE = 'age'\n")
    (tmp_path / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\nmarkers = ['integration', 'soak']\npythonpath = ['.']\n"
    )
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    return tmp_path


def write_test(project: Path, body: str) -> None:
    (project / "tests/domain/test_ages.py").write_text(
        f"from desktop_app.domain.ages import allowed\n\n\ndef test_it():\n    {body}\n"
    )


def test_a_rule_whose_borders_are_tested_leaves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_test(project, BORDERS)
    assert mutants.main(["domain/ages"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(" 0 not: 100.0 %")
    assert (project / "desktop_app/domain/ages.py").read_text() == SOURCE


def test_borders_that_no_test_asks_for_are_reported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_test(project, "assert allowed(30)")
    assert mutants.main([]) == 1
    *survivors, module, together = capsys.readouterr().out.splitlines()
    assert any("desktop_app/domain/ages.py" in line and "age > 16" in line for line in survivors)
    assert module.startswith("desktop_app.domain.ages: ")
    assert together.startswith("together: ")


def test_a_test_that_fails_before_anything_is_changed_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_test(project, "assert allowed(99)")
    assert mutants.main(["domain/ages"]) == 1
    assert "together" not in capsys.readouterr().out


def test_an_unknown_module_is_wrong_usage(project: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        mutants.main(["domain/nothing"])
    assert ended.value.code == 2
