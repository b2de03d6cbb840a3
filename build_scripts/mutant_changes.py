"""What mutmut is asked for: to write every change of the rules, and to show some of them.

Run in the copy of the tree that `build_scripts.mutants` lays out; mutmut takes its settings
from the pyproject.toml there.

    python -m build_scripts.mutant_changes write
    python -m build_scripts.mutant_changes show < NAMES
"""

from __future__ import annotations

import json
import os
import sys

from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant

from build_scripts.mutant_results import CHANGED


def write() -> None:
    """Write every change of the configured modules below `mutants/`."""
    CHANGED.mkdir()
    os.environ["MUTANT_UNDER_TEST"] = "mutant_generation"
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    mutmut.create_mutants(os.cpu_count() or 1)


def main(arguments: list[str]) -> int:
    if arguments == ["write"]:
        write()
    else:
        print(json.dumps({name: get_diff_for_mutant(name) for name in sys.stdin.read().split()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
