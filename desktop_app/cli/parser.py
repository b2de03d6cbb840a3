"""The command line's grammar: options before or after COMMAND, every complaint in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NoReturn

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError

PROGRAM = "mutual-aid-desk"
Run = Callable[[argparse.Namespace], Answer]

_COMPLAINTS = (
    (r"the following arguments are required: (?P<a>.+)", "缺少{a}。"),
    (r"unrecognized arguments: (?P<a>.+)", "不认识“{a}”。"),
    (r"argument (?P<a>[^:]+): invalid choice: (?P<b>.+?) \(choose from (?P<c>.*)\)",
     "{a}不能是{b},可用的有:{c}。"),
    (r"argument (?P<a>[^:]+): expected .+", "{a}后面少了内容。"),
    (r"argument (?P<a>[^:]+): ignored explicit argument (?P<b>.+)", "{a}后面不带内容{b}。"),
    (r"argument (?P<a>[^:]+): not allowed with argument (?P<b>.+)", "{a}不能与{b}同时使用。"),
    (r"one of the arguments (?P<a>.+) is required", "{a}要有其中一个。"),
    (r"argument (?P<a>[^:]+): (?P<b>.+)", "{a}:{b}"),
)  # fmt: skip


class HelpAsked(Exception):  # noqa: N818 - not a fault
    """--help was given; carries the text."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Never prints and never exits: it raises."""

    def __init__(self, *, helps: bool = True, **given: Any) -> None:
        given |= {"add_help": False, "allow_abbrev": False, "formatter_class": _Formatter}
        super().__init__(**given)
        self._positionals.title, self._optionals.title = "内容", "选项"
        if helps:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        raise UsageError(_chinese(message), f"用法见:{self.prog} --help")

    def print_help(self, file: IO[str] | None = None) -> None:  # type: ignore[override]
        raise HelpAsked(self.format_help())


class Group:
    """Commands that share their first word."""

    def __init__(self, parser: Parser, common: Parser) -> None:
        self._common = common
        self._parts = parser.add_subparsers(
            title="命令", metavar="COMMAND", required=True, parser_class=Parser
        )

    def group(self, name: str, text: str) -> Group:
        parser = self._parts.add_parser(name, help=text, description=text, parents=[self._common])
        return Group(parser, self._common)

    def add(self, name: str, run: Run, text: str) -> Parser:
        parser = self._parts.add_parser(name, help=text, description=text, parents=[self._common])
        parser.set_defaults(run=run)
        return parser


def root() -> tuple[Parser, Group]:
    """The parser and where commands are added to it."""
    common = Parser(helps=False, argument_default=argparse.SUPPRESS)
    options = common.add_argument_group("各命令共用的选项")
    options.add_argument("--office", type=Path, metavar="DIR", help="机构数据所在的文件夹")
    options.add_argument("--json", action="store_true", help="标准输出只有一份JSON")
    options.add_argument("--user", metavar="NAME", help="登录的用户名")
    options.add_argument("--password-file", metavar="PATH|-", help="密码文件;-为标准输入")
    options.add_argument("--operation", type=words.operation, metavar="UUID", help="操作编号")
    parser = Parser(
        prog=PROGRAM,
        description="职工医疗互助经办:不写命令则打开窗口。",
        parents=[common],
    )
    return parser, Group(parser, common)


def wants_json(argv: list[str]) -> bool:
    """Whether --json was given, also where the rest of the line is wrong."""
    end = argv.index("--") if "--" in argv else len(argv)
    return "--json" in argv[:end]


def _chinese(message: str) -> str:
    for pattern, text in _COMPLAINTS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return text.format(**found.groupdict())
    return f"命令写法有误:{message}"
