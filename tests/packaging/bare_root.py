"""A bare Debian root to install into; its mounts live in their own namespace and cannot stay."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.dev_system import is_root, skip_reason

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mutual-aid-desk"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SOCKETS = Path("/tmp/.X11-unix")
PASSED_ON = ("proxy", "_ca_bundle", "ssl_cert_file")


def cannot_run_here() -> str:
    if not sys.platform.startswith("linux") or not is_root():
        return "a bare root is made by root on Linux"
    if _os_release().get("ID") != "debian":
        return "a bare root is made from the Debian archives of the machine"
    if shutil.which("unshare") is None:
        return "no unshare"
    apart = ["unshare", "--mount", "--propagation", "private", "true"]
    if subprocess.run(apart, capture_output=True, check=False).returncode != 0:
        return "a bare root needs mount namespaces; a root inside a root has none"
    return skip_reason("bare-root", "package")


@dataclass
class BareRoot:
    """A folder that looks like a fresh machine to whatever runs in it."""

    path: Path
    mounts: list[Path] = field(default_factory=list)  # read-only, at the same place
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *command: str, folder: str = "/", **environment: str) -> subprocess.Popen[str]:
        """Start a command in the root; it ends with its mounts and children when it is killed."""
        root = shlex.quote(str(self.path))
        steps = [f"mount -t proc proc {root}/proc", f"mount --rbind /dev {root}/dev"]
        for mount in self.mounts:
            place = shlex.quote(str(mount))
            steps += [f"mkdir -p {root}{place}", f"mount --bind -o ro {place} {root}{place}"]
        words = shlex.join(["/bin/sh", "-c", f"cd {shlex.quote(folder)} && {shlex.join(command)}"])
        steps.append(f"exec chroot {root} {words}")
        unshare = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork"]
        return subprocess.Popen(
            [*unshare, "--kill-child", "/bin/sh", "-ec", "\n".join(steps)],
            env={"PATH": PATH, "HOME": "/root", **self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(
        self, *command: str, folder: str = "/", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        with self.start(*command, folder=folder, **environment) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def must(self, *command: str, folder: str = "/", **environment: str) -> str:
        done = self.run(*command, folder=folder, **environment)
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def install(self, *packages: str) -> None:
        self.must("apt-get", "-qq", "update")
        self.must(
            "apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages,
            DEBIAN_FRONTEND="noninteractive",
        )  # fmt: skip


def make(folder: Path) -> BareRoot:
    """Unpack a minimal Debian of this machine's release, with this machine's package sources."""
    root = BareRoot(folder / "root")
    root.path.mkdir()
    subprocess.run(["tar", "-xf", _base(), "-C", str(root.path)], check=True)
    _take_apt_settings(root)
    _take_pip_settings(root)
    return root


def _base() -> Path:
    codename = _os_release()["VERSION_CODENAME"]
    base = CACHE / f"debian-{codename}-minbase.tar"
    if base.is_file():
        return base
    CACHE.mkdir(parents=True, exist_ok=True)
    making = CACHE / f"making-{os.getpid()}"
    mirror = _debian_sources()[0].split()[1]
    try:
        subprocess.run(
            ["debootstrap", "--variant=minbase", codename, str(making), mirror],
            check=True,
            capture_output=True,
        )
        part = base.with_suffix(f".{os.getpid()}")
        # Device files are mounted in from outside; package archives are dead weight.
        left_out = ["--exclude=./dev/*", "--exclude=./var/cache/apt/*.bin"]
        left_out += ["--exclude=./var/cache/apt/archives/*.deb"]
        subprocess.run(["tar", "-cf", str(part), *left_out, "-C", str(making), "."], check=True)
        part.rename(base)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return base


def _os_release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip('"') for key, value in pairs}


def _debian_sources() -> list[str]:
    """Lines for sources.list: the Debian archives this machine reads, the main one first."""
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(LABEL)|deb $(REPO_URI) $(RELEASE) $(COMPONENT)",
         "Identifier: Packages"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = dict.fromkeys(
        line.split("|", 1)[1] for line in done.stdout.splitlines() if line.startswith("Debian")
    )
    codename = _os_release()["VERSION_CODENAME"]
    return sorted(found, key=lambda line: (line.split()[2] != codename, line))


def _take_apt_settings(root: BareRoot) -> None:
    sources = root.path / "etc/apt/sources.list"
    sources.write_text("\n".join(_debian_sources()) + "\n", encoding="utf-8")
    for part in ("etc/apt/apt.conf.d", "etc/apt/auth.conf.d"):
        if Path("/", part).is_dir():
            shutil.copytree(Path("/", part), root.path / part, dirs_exist_ok=True)
    for part in ("etc/resolv.conf", "etc/hosts"):
        shutil.copyfile(Path("/", part), root.path / part)


def _take_pip_settings(root: BareRoot) -> None:
    """Give pip and ssl in the root the settings they have outside, whatever those are."""
    for name, value in os.environ.items():
        if name.lower().endswith(PASSED_ON):
            root.environment[name] = value
    done = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        key, value = line.split("=", 1)
        option = key.rsplit(".", 1)[1].upper().replace("-", "_")
        root.environment[f"PIP_{option}"] = value.strip().strip("'\"")
    for name, value in root.environment.items():
        if value.startswith("/") and Path(value).is_file():
            root.environment[name] = _carry(root, Path(value))
        else:
            root.mounts += [path for path in _local_paths(value) if path not in root.mounts]


def _local_paths(value: str) -> Iterator[Path]:
    for word in value.split():
        if word.startswith("file:"):
            # A package index points to its files by relative links beside it.
            yield Path(unquote(urlsplit(word).path)).parent
        elif word.startswith("/") and Path(word).is_dir():
            yield Path(word)


def _carry(root: BareRoot, file: Path) -> str:
    """Copy to a place of its own: Debian's ca-certificates would write over the usual one."""
    copy = Path("/srv/outside", *file.parts[1:])
    place = root.path / copy.relative_to("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, place)
    return str(copy)
