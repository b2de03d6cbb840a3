"""What dev.py promises before the program itself runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import deb, dev, dev_env, dev_system, package

LISTED = ("run", "test", "check", "cli", "shots", "bench", "soak", "mutants", "package")


def call(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = str(dev_env.ROOT / "build_scripts" / "dev.py")
    return subprocess.run(
        [sys.executable, script, *args], cwd=folder, capture_output=True, text=True, check=False
    )


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = call("help", folder=tmp_path)
    assert done.returncode == 0
    assert set(LISTED) == set(dev.COMMANDS)
    assert all(f"\n  {name} " in done.stdout for name in LISTED)


@pytest.mark.parametrize("args", [(), ("biuld",), ("check", "extra"), ("package", "extra")])
def test_wrong_usage_is_answered_with_the_list_and_exit_2(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    done = call(*args, folder=tmp_path)
    assert done.returncode == 2
    assert not done.stdout
    assert "package" in done.stderr


def test_the_program_is_found_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(dev_env.ensure()), "-c", "import desktop_app; print(desktop_app.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(done.stdout.strip()).parent == dev_env.ROOT / "desktop_app"


def test_a_python_that_does_not_fit_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, answer in {"old": "3 9 /old", "new": "3 14 /new", "mid": "3 12 /mid python"}.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho '{answer}'\n")
        program.chmod(0o755)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    names = ["absent", "broken", "old", "new", "mid"]
    monkeypatch.setattr(
        dev_env, "_candidates", lambda: iter([[str(tmp_path / name)] for name in names])
    )
    assert dev_env.find_python() == "/mid python"
    monkeypatch.setattr(dev_env, "_candidates", lambda: iter([[str(tmp_path / "old")]]))
    with pytest.raises(dev_system.SetupError) as caught:
        dev_env.find_python()
    assert str(caught.value).count(". ") == 0  # one sentence
    assert "3.11 to 3.13" in str(caught.value)


def test_the_scripts_run_on_a_python_too_old_for_the_program() -> None:
    """They have to say that the Python is too old, so they may not use what came later than 3.8."""
    import ast  # noqa: PLC0415

    for name in ("dev.py", "dev_env.py", "dev_system.py"):
        text = (dev_env.ROOT / "build_scripts" / name).read_text(encoding="utf-8")
        ast.parse(text, feature_version=(3, 8))


def test_a_library_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = tmp_path / "one.c"
    source.write_text("int one(void) { return 1; }\n")
    library, program = tmp_path / "libone.so", tmp_path / "libuser.so"
    try:
        subprocess.run(
            ["cc", "-shared", "-Wl,-soname,libone.so.9", "-o", library, source], check=True
        )
        subprocess.run(
            ["cc", "-shared", "-Wl,--no-as-needed", "-o", program, source, library], check=True
        )
    except FileNotFoundError:
        pytest.skip("no C compiler here")
    assert dev_system.missing_libraries([program]) == ["libone.so.9"]


def test_every_tool_tier_gives_a_command_that_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev_system, "find_tool", lambda _: None)
    for tier, tools in dev_system.TOOLS.items():
        reason = dev_system.skip_reason(tier)
        assert "apt-get install" in reason
        assert all(name in reason for name in tools.values())


def test_without_root_the_exact_command_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_system, "is_root", lambda: False)
    monkeypatch.setattr(dev_system, "is_debian", lambda: True)
    with pytest.raises(dev_system.SetupError, match=r"apt-get install -y .* libgl1"):
        dev_system.install_packages(["libgl1"], "the window")


def test_the_lock_names_no_package_index_and_has_a_hash_for_every_package() -> None:
    lines = dev_env.LOCK.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    packages = [number for number, line in enumerate(lines) if "==" in line and line[0] != " "]
    assert len(packages) > 30
    assert all("--hash=sha256:" in lines[number + 1] for number in packages)


def test_the_package_lists_licences_of_what_it_carries_and_of_nothing_else() -> None:
    text = deb._licences()
    assert "PySide6_Essentials" in text
    assert "SIL Open Font License" in text
    assert "mypy" not in text
    assert package.version()[0].isdigit()
