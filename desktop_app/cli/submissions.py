"""`submission`: what goes up to the province as files or typed by hand, and its answers."""

from __future__ import annotations

from argparse import Namespace
from itertools import groupby

from desktop_app.cli import words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.desks import at_desk
from desktop_app.cli.enrolments import case_answer
from desktop_app.cli.parser import Group, Parser
from desktop_app.exchange.files import disk_faults
from desktop_app.services.drafts import PersonDraft
from desktop_app.services.views.submissions import AnswerResult


def add_to(commands: Group) -> None:
    group = commands.group("submission", "上报、对照录入与回复")
    export = _on_case(group.add("export", _export, "导出上报文件夹和压缩包"))
    export.add_argument("folder", type=words.path, metavar="DIR")
    export.add_argument("--profile", metavar="ID", help="方案里的哪个入口;不写就是第一个")
    _on_case(group.add("list", _list, "列出上报和回复"))
    entry = _on_case(group.add("entry", _entry, "对照录入:逐项写出要录入的内容"))
    entry.add_argument("--profile", metavar="ID", help="方案里的哪个入口;不写就是第一个")
    failures = _on_case(group.add("failures", _failures, "读入失败人员名单"))
    failures.add_argument("file", type=words.path, metavar="FILE")
    answer = _on_case(group.add("acknowledge", _acknowledge, "读入回执"))
    answer.add_argument("file", type=words.path, metavar="FILE")
    _on_case(group.add("waiting", _waiting, "列出退回后还没有处理的人"))
    sent_back = _on_case(group.add("sent-back", _sent_back, "处理上报后退回的人"))
    sent_back.add_argument("lines", type=words.count, nargs="+", metavar="LINE", help="名单行号")
    way = sent_back.add_mutually_exclusive_group(required=True)
    way.add_argument("--withdraw", metavar="REASON", help="不再参加")
    way.add_argument("--resend", metavar="REASON", help="原样重报")
    way.add_argument("--correct", nargs=2, metavar=("NAME", "IDENTITY"), help="改正后重报,一次一人")


def _on_case(parser: Parser) -> Parser:
    parser.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    return parser


def _export(options: Namespace) -> Answer:
    with at_desk(options) as services:
        with disk_faults(options.folder):
            options.folder.mkdir(parents=True, exist_ok=True)
        submission = services.submissions.export(
            options.enrolment, options.folder, options.profile
        ).value
        exported = services.submissions.exported(submission)
    return Answer(
        {"submission": exported},
        (f"{exported.number}  {exported.people}人  {exported.folder}", *exported.files),
    )


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        found = services.exchanges.view(options.enrolment)
    lines = [f"{one.kind}  {one.name}  {one.people}人  {one.detail}" for one in found.lines]
    return Answer({"exchange": found}, tuple(lines))


def _entry(options: Namespace) -> Answer:
    with at_desk(options) as services:
        parts = services.exchanges.entry(options.enrolment, options.profile)
    lines: list[str] = []
    for part in parts:
        lines.append(part.title)
        for whose, fields in groupby(part.fields, key=lambda field: field.whose):
            lines += [f"  {whose}"] if whose else []
            lines += [f"  {field.label}  {field.value}".rstrip() for field in fields]
    return Answer({"entry": parts}, tuple(lines))


def _waiting(options: Namespace) -> Answer:
    with at_desk(options) as services:
        people = services.sent_back.list_people(options.enrolment)
    lines = [f"{one.line_no}  {one.name}  {one.identity}  {one.note}" for one in people]
    return Answer({"people": people}, tuple(lines) or ("没有退回后还没有处理的人。",))


def _failures(options: Namespace) -> Answer:
    with at_desk(options) as services:
        answer = services.submission_answers.read_failures(options.enrolment, options.file).value
        return _told(services.submission_answers.get(answer))


def _acknowledge(options: Namespace) -> Answer:
    with at_desk(options) as services:
        answer = services.submission_answers.acknowledge(options.enrolment, options.file).value
        return _told(services.submission_answers.get(answer))


def _sent_back(options: Namespace) -> Answer:
    case, lines = options.enrolment, tuple(options.lines)
    with at_desk(options) as services:
        if options.withdraw is not None:
            services.sent_back.withdraw(case, lines, options.withdraw)
        elif options.resend is not None:
            services.sent_back.resend(case, lines, options.resend)
        else:
            if len(lines) > 1:
                raise UsageError("一次只能改正一个人。", "请只写一个行号。", "LINE")
            services.sent_back.correct(case, lines[0], PersonDraft(*options.correct))
        return case_answer(services.enrolments.get(case))


def _told(result: AnswerResult) -> Answer:
    lines = [f"通过{result.accepted}人,未通过{result.failed}人,对不上{result.unknown}行"]
    lines += [f"  {name}  {reason}" for name, reason in result.lines]
    return Answer({"answer": result}, tuple(lines))
