"""Takes a command line to its command and its answer to the outside: one exit, one document."""

from __future__ import annotations

import functools
import io
import logging
import os
import sys

from desktop_app import logs, paths
from desktop_app.cli import (
    calendars,
    claims,
    demo,
    drives,
    enrolments,
    forms,
    matching,
    offices,
    openings,
    papers,
    receptions,
    renewals,
    rosters,
    rules,
    scans,
    schemes,
    signing,
    statements,
    submissions,
    ties,
    units,
)
from desktop_app.cli.answers import BUG, INTERRUPTED, USAGE, Answer, as_json, error_document
from desktop_app.cli.parser import HelpAsked, Parser, root, wants_json
from desktop_app.errors import STORE, UserError, explain

_log = logging.getLogger(__name__)
_SUBJECTS = (
    demo, schemes, rules, calendars, rosters, units, enrolments, papers, forms, submissions,
    receptions, claims, drives, offices, openings, renewals, scans, ties,
    statements, matching, signing,
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would write the local code page
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        answer = _answer(arguments)
    finally:
        logs.close()
    return _tell(answer, as_document=wants_json(arguments))


def _answer(arguments: list[str]) -> Answer:
    try:
        options = _grammar().parse_args(arguments)
        answer: Answer = options.run(options)
    except HelpAsked as asked:
        return Answer({"help": str(asked)}, (str(asked).rstrip(),))
    except KeyboardInterrupt:
        return refused(UserError("cancelled", "已停止,没有保存。"), INTERRUPTED)
    except UnicodeEncodeError as error:
        if not _of_another_encoding(arguments):
            return _bug(error)
        return refused(
            UserError(
                "encoding", "命令里的文字或文件名不是UTF-8编码。", "请改正文字,或先把文件改名。"
            ),
            USAGE,
        )
    except Exception as error:  # the last stop before the outside: a bug has an answer too
        known = explain(error)
        return refused(known, known.exit_code) if known else _bug(error)
    return answer


@functools.cache
def _grammar() -> Parser:
    """Every command there is: half a tenth of a second to make, so once a process."""
    parser, commands = root()
    for subject in _SUBJECTS:
        subject.add_to(commands)
    return parser


def refused(error: UserError, exit_code: int) -> Answer:
    notes = (error.message, error.remedy, error.where or "")
    return Answer(error_document(error), (), exit_code, tuple(filter(None, notes)))


def _of_another_encoding(arguments: list[str]) -> bool:
    return any("\udc80" <= letter <= "\udcff" for word in arguments for letter in word)


def _bug(error: Exception) -> Answer:
    log = _log_file()
    _log.error("command failed", exc_info=error)
    return refused(
        UserError("bug", "程序出错,这一步没有完成。", "请把日志交给技术人员。", log), BUG
    )


def _log_file() -> str | None:
    """Where the office's log lies, or the user's own where no office was opened."""
    for handler in logging.getLogger().handlers:
        if handler.get_name() == logs.FILE_NAME and isinstance(handler, logging.FileHandler):
            return handler.baseFilename
    folder = paths.logs_folder(paths.default_office().parent)
    try:
        logs.setup(folder)
    except OSError:  # a read-only profile: the answer comes all the same
        logs.close()
        return None
    return str(folder / logs.FILE_NAME)


def _tell(answer: Answer, *, as_document: bool) -> int:
    """Print the answer; give the exit code, also where nobody can take it."""
    try:
        for note in answer.notes:
            print(note, file=sys.stderr)
        for line in (as_json(answer.document),) if as_document else answer.lines:
            print(line)
        print(end="", flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the rest goes nowhere
        return answer.exit_code if isinstance(error, BrokenPipeError) else STORE
    return answer.exit_code
