"""Bare roots and the built package, for the tests that install the program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts import deb, package
from build_scripts.dev_env import ROOT
from tests.packaging import bare_root


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bare_root.BareRoot]:
    folder = tmp_path_factory.mktemp("machine")
    yield bare_root.make(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def built_package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("package")
    bundle = package.build_bundle(folder, ROOT / "build" / "app")
    yield deb.build(bundle, package.version(), folder)
    shutil.rmtree(folder)
