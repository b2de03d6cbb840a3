"""`dev.py bench`: each benchmark beside its limit, both in this run; figures as text or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from tests.benchmarks import import_drive, import_one, papers, settle_year, start, tie
from tests.benchmarks.measure import Figures

BENCHMARKS: dict[str, Callable[[float], Figures]] = {
    "import-one": import_one.run,
    "import-drive": import_drive.run,
    "settle-year": settle_year.run,
    "pdf-roster": papers.pdf_roster,
    "pdf-forms": papers.pdf_forms,
    "export-workbook": papers.export_workbook,
    "start": start.run,
    "tie": tie.run,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - BENCHMARKS.keys())
    if unknown:
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    if sys.platform == "win32":
        sys.stderr.write(
            "Benchmarks count CPU time of child processes, which Windows does not keep.\n"
        )
        return 4
    measured = [BENCHMARKS[name](asked.scale) for name in asked.names or BENCHMARKS]
    if asked.json:
        answer = json.dumps([figures.as_json() for figures in measured], ensure_ascii=False)
    else:
        answer = "\n".join(figures.as_text() for figures in measured)
    sys.stdout.write(answer + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
