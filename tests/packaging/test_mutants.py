"""The mutation tool changes exactly one place, and tells a tested rule from an untested one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from build_scripts import mutants

SOURCE = '''
def allowed(age: int, limit: int = 60) -> bool:
    """Text with 3 and True stays."""
    return age >= 16 and age <= limit
'''


def test_every_mutant_differs_from_the_source_and_from_the_others() -> None:
    made = list(mutants.mutants_of(Path("rule.py"), SOURCE))
    texts = {one.text for one in made}
    assert len(texts) == len(made) == 5  # two comparisons, one connective, two numbers
    assert ast.unparse(ast.parse(SOURCE)) not in texts
    assert all("Text with 3 and True stays." in text for text in texts)


@pytest.mark.parametrize(
    ("tests", "unnoticed"),
    [
        ("assert allowed(16) and allowed(60) and not allowed(15) and not allowed(61)", 0),
        ("assert allowed(30)", 5),
    ],
)
def test_borders_that_no_test_asks_for_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    tests: str, unnoticed: int,
) -> None:  # fmt: skip
    (tmp_path / "desktop_app/domain").mkdir(parents=True)
    (tmp_path / "tests/domain").mkdir(parents=True)
    for name in ("db", "resources", "build_scripts"):
        (tmp_path / name).mkdir()
    (tmp_path / "desktop_app/__init__.py").touch()
    (tmp_path / "desktop_app/domain/__init__.py").touch()
    (tmp_path / "desktop_app/domain/ages.py").write_text(SOURCE)
    (tmp_path / "tests/domain/test_ages.py").write_text(
        f"from desktop_app.domain.ages import allowed\n\n\ndef test_it():\n    {tests}\n"
    )
    (tmp_path / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\nmarkers = ['integration', 'soak']\n"
    )
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    code = mutants.main(["domain/ages"])
    assert code == (1 if unnoticed else 0)
    assert f"5 changes, {5 - unnoticed} noticed, {unnoticed} not" in capsys.readouterr().out
