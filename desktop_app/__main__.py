"""The one door: no COMMAND opens the window, a COMMAND goes to cli, --worker to the child.

The imports stand inside on purpose: the child must not load Qt or the ledger, the command line
must not load Qt, and a frozen program starts its child by running itself again.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["--worker"]:
        from desktop_app.intake.worker import main as worker  # noqa: PLC0415

        return worker()
    if _names_command(arguments):
        from desktop_app.cli import main as command_line  # noqa: PLC0415

        return command_line(arguments)
    from desktop_app.main import main as window  # noqa: PLC0415

    return window(arguments)


def _names_command(arguments: list[str]) -> bool:
    """True when anything but the window's own option `--office DIR` is given."""
    rest = list(arguments)
    while rest and rest[0].partition("=")[0] == "--office":
        rest = rest[1:] if "=" in rest[0] else rest[2:]
    return bool(rest)


if __name__ == "__main__":
    sys.exit(main())
