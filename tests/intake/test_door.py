"""The one door: which arguments open the window, the command line or the child."""

from __future__ import annotations

import pytest

from desktop_app.__main__ import _names_command, main


@pytest.mark.parametrize("arguments", [[], ["--office", "县总"], ["--office=县总"]])
def test_no_command_opens_the_window(arguments: list[str]) -> None:
    assert not _names_command(arguments)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["scheme", "list"], ["--office", "县总", "verify"], ["--json", "demo"]],
)
def test_a_command_goes_to_the_command_line(arguments: list[str]) -> None:
    assert _names_command(arguments)


def test_the_worker_comes_before_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.intake.worker.main", lambda: 7)
    assert main(["--worker"]) == 7
