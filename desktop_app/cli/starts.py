"""How an office begins, as options: the drive's year and aim, figures of one document."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import UsageError
from desktop_app.services.drafts import StartDraft


def add_drive(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=words.year, metavar="YEAR", help="办理年度")
    parser.add_argument("--aim", type=words.positive, metavar="N", help="目标人数")
    parser.add_argument(
        "--figure",
        nargs=2,
        action="append",
        default=[],
        metavar=("KEY", "VALUE"),
        help="方案里待核对的一个数,可写多次;都出自--document这一份文件",
    )
    parser.add_argument("--document", default="", metavar="TEXT", help="依据的文件")


def start_of(options: Namespace, scheme: str) -> StartDraft:
    if options.year is None:
        raise UsageError("缺少--year。", "请写明办理年度,如 --year 2027。")
    figures = words.figures(options.figure)
    return StartDraft(scheme, options.year, options.aim, figures, options.document)


def is_said(options: Namespace) -> bool:
    """Whether anything of the drive was said, so that a scheme has to be named with it."""
    return bool(options.year or options.aim or options.figure or options.document)
