"""Build the one-folder program and, on Debian, its .deb; `dev.py package` calls this."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from build_scripts import deb
from build_scripts.dev_env import ROOT
from build_scripts.dev_system import SetupError, install_packages, is_debian, say

NAME = "mutual-aid-desk"


def build_bundle(out: Path, work: Path) -> Path:
    """Run PyInstaller; gives the folder that holds both programs."""
    _need_python_library()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(work)]
    done = subprocess.run([*command, str(ROOT / "build_scripts/app.spec")], cwd=ROOT, check=False)
    if done.returncode:
        raise SetupError("PyInstaller could not build the program.")
    bundle = out / NAME
    for library in bundle.glob("_internal/libpython*.so*"):  # debugging symbols: 17 of its 23 MB
        if shutil.which("strip"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    return bundle


def version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _need_python_library() -> None:
    """PyInstaller carries libpython along; Debian keeps it in a package of its own."""
    name = f"libpython{sys.version_info[0]}.{sys.version_info[1]}"
    home = Path(sys.base_prefix)
    if is_debian() and home == Path("/usr") and not any(home.glob(f"lib/*/{name}.so.1*")):
        install_packages([name], "packaging")


def main() -> int:
    out = ROOT / "dist"
    try:
        bundle = build_bundle(out, ROOT / "build" / "app")
        say(f"Program: {bundle}")
        if is_debian() and shutil.which("dpkg-deb") and shutil.which("objdump"):
            say(f"Package: {deb.build(bundle, version(), out)}")
    except SetupError as error:
        say(str(error))
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
