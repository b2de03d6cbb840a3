"""A Debian package around the one-folder program; what it depends on is read from its own files."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path

from build_scripts.dev_env import ROOT
from build_scripts.dev_system import SetupError

NAME = "mutual-aid-desk"
HOME = Path("usr/lib") / NAME
# Loaded while running, so that no file names them: the fonts' configuration, GL's own parts.
ALSO_NEEDED = ("fontconfig-config",)
# Only printing and Wayland ask for these (the window runs on X too); the program starts without.
OPTIONAL = {
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
DESKTOP = """\
[Desktop Entry]
Type=Application
Name=职工医疗互助经办
Name[en]=Mutual Aid Desk
Comment=县级工会职工医疗互助经办
Exec=/usr/bin/mutual-aid-desk-window
Icon=mutual-aid-desk
Terminal=false
Categories=Office;
StartupNotify=true
"""


def build(bundle: Path, version: str, out: Path) -> Path:
    """Lay the tree out and pack it with fast compression; gives the .deb."""
    architecture = _output("dpkg", "--print-architecture").strip()
    package = out / f"{NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(prefix="deb-", dir=out) as folder:
        tree = Path(folder) / "tree"
        _lay_out(bundle, tree)
        size = sum(file.stat().st_size for file in tree.rglob("*") if file.is_file()) // 1024
        depends, recommends = needed_packages(bundle)
        control = tree / "DEBIAN" / "control"
        control.parent.mkdir()
        control.write_text(
            f"Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}\n"
            "Maintainer: Mutual Aid Desk <mutual-aid-desk@localhost>\n"
            f"Installed-Size: {size}\nSection: misc\nPriority: optional\n"
            f"Depends: {', '.join(depends)}\n"
            + (f"Recommends: {', '.join(recommends)}\n" if recommends else "")
            + "Description: desk of a county office that runs workers' mutual medical aid\n"
            " Rosters in, printed forms and packages for the province out.\n",
            encoding="utf-8",
        )
        tree.chmod(0o755)
        _output(
            "dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(package)
        )
    return package


def _lay_out(bundle: Path, tree: Path) -> None:
    shutil.copytree(bundle, tree / HOME, symlinks=True)
    commands = tree / "usr/bin"
    commands.mkdir(parents=True)
    for name in (NAME, f"{NAME}-window"):
        (commands / name).symlink_to(Path("/") / HOME / name)
    share = tree / "usr/share"
    _write(share / "applications" / f"{NAME}.desktop", DESKTOP)
    _write(share / "doc" / NAME / "copyright", _licences())
    for suffix, folder in ((".svg", "scalable"), (".png", "256x256")):
        icon = share / "icons/hicolor" / folder / "apps" / f"{NAME}{suffix}"
        icon.parent.mkdir(parents=True)
        shutil.copyfile(ROOT / "resources/icons" / f"app{suffix}", icon)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def _licences() -> str:
    """What is carried along and under which licence, as each package says of itself."""
    lines = ["Carried along, each under its own licence:", ""]
    for one in _carried():
        fields = one.metadata.json
        said = str(fields.get("license_expression") or fields.get("license") or "")
        classified = [
            value.split(" :: ")[-1]
            for value in one.metadata.get_all("Classifier") or []
            if value.startswith("License ::")
        ]
        licence = said.splitlines()[0] if said else ", ".join(classified) or "see its own files"
        lines.append(f"{one.name} {one.version}: {licence}")
    lines += [
        "",
        "Noto Sans SC, Noto Serif SC: SIL Open Font License 1.1 (its text lies beside them)",
    ]
    return "\n".join(lines) + "\n"


def _carried() -> list[metadata.Distribution]:
    """The packages that the program needs to run, and what these need in turn."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    waiting = [*project["dependencies"], "psycopg", "psycopg-binary"]
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        name = re.split(r"[^\w.-]", waiting.pop(), maxsplit=1)[0].lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system, by its marker
            continue
        waiting += [one for one in found[name].requires or [] if "extra ==" not in one]
    return [found[name] for name in sorted(found)]


def needed_packages(bundle: Path) -> tuple[list[str], list[str]]:
    """The packages that hold the libraries which the bundle asks for and does not carry."""
    files = [file for file in bundle.rglob("*") if file.is_file() and _is_elf(file)]
    carried = {file.name for file in bundle.rglob("*")}
    headers = _output("objdump", "-p", *map(str, files))
    wanted = set(re.findall(r"^\s+NEEDED\s+(\S+)$", headers, re.MULTILINE)) - carried
    recommends = [package for library, package in OPTIONAL.items() if library in wanted]
    packages = {_package_of(name) for name in wanted - OPTIONAL.keys()}
    versions = re.findall(r"\bGLIBC_(\d+)\.(\d+)", headers)
    newest = max((int(major), int(minor)) for major, minor in versions)
    packages.discard("libc6")
    depends = {f"libc6 (>= {newest[0]}.{newest[1]})", *ALSO_NEEDED} | packages
    return sorted(depends), sorted(recommends)


def _is_elf(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def _package_of(library: str) -> str:
    """The package that owns the library which the loader would take here."""
    cache = _output("/sbin/ldconfig", "-p")
    found = re.search(rf"^\s+{re.escape(library)} .*=> (\S+)$", cache, re.MULTILINE)
    if not found:
        raise SetupError(f"Nothing here holds {library}, which the program asks for.")
    path = Path(found.group(1)).resolve()
    for candidate in (path, Path(str(path).removeprefix("/usr"))):
        done = subprocess.run(
            ["dpkg-query", "-S", str(candidate)], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    raise SetupError(f"No package owns {path}, which the program asks for.")


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"{command[0]} failed: {done.stderr.strip()[-500:]}")
    return done.stdout
