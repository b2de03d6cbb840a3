"""`roster`: a file checked before any office exists, or read into an enrolment."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from desktop_app.cli import differences, words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, part, read_password, today
from desktop_app.cli.differences import difference_document
from desktop_app.cli.parser import Group
from desktop_app.cli.roster_folders import import_folder
from desktop_app.cli.roster_repairs import (
    add_changes,
    changes_in,
    others_lines,
    repair_lines,
)
from desktop_app.cli.schemes import named_scheme, scheme_ids
from desktop_app.domain.issues import Finding, Severity
from desktop_app.domain.rosters.headings import FIELD_NAMES
from desktop_app.domain.rosters.rosters import (
    RosterReport,
    file_report,
    repairs_document,
    report_document,
)
from desktop_app.errors import STORE, UserError, explain

if TYPE_CHECKING:
    from desktop_app.services.services import Services


def add_to(commands: Group) -> None:
    group = commands.group("roster", "名册:先查名单,读入申请")
    _add_check(group)
    imported = group.add("import", _import, "读入名册:合格的全部存入,有错的待补正")
    imported.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    imported.add_argument("file", type=words.path, metavar="FILE")
    _add_password(imported)
    _add_columns(imported)
    add_changes(imported)
    folder = group.add(
        "import-folder", import_folder, "读入文件夹里各单位的名册;中断后再读,已存入的不重复"
    )
    folder.add_argument("folder", type=words.path, metavar="DIR")
    folder.add_argument(
        "--opens-with",
        action="append",
        default=[],
        metavar="PATH|-",
        help="有打开密码的名册用这个文件里的密码;几个密码就写几次,逐个试",
    )
    preview = group.add("preview", _preview, "看读入会怎样:新增、退出和待补的,不存入")
    preview.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    preview.add_argument("file", type=words.path, metavar="FILE")
    _add_password(preview)
    _add_columns(preview)
    add_changes(preview)
    differences.add_to(group)
    columns = group.add("columns", _columns, "看名册的各列当作什么,前几格是什么")
    columns.add_argument("file", type=words.path, metavar="FILE")
    _add_password(columns)
    _add_columns(columns)
    _add_corrections(group)
    _add_people(group)


def _add_people(group: Group) -> None:
    people = group.add("people", _people, "名单上的人和待补正的行")
    people.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    people.add_argument("--after", type=words.count, default=0, metavar="LINE", help="从这一行之后")
    people.add_argument("--limit", type=words.positive, default=200, metavar="N")


def _add_check(group: Group) -> None:
    check = group.add("check", _check, "先查名单:不用机构数据,什么都不保存")
    check.add_argument("file", type=words.path, metavar="FILE")
    check.add_argument("--scheme", choices=scheme_ids(), metavar="ID", help="按哪个方案查")
    check.add_argument("--on", type=words.day, metavar="DATE", help="年龄按哪一天算")
    check.add_argument(
        "--repairs", action="store_true", help="也给出每一格能怎样整理(--json 的 repairs)"
    )
    _add_password(check)


def _add_corrections(group: Group) -> None:
    letter = group.add("corrections", _corrections, "存出《单位_需更正》,发还单位")
    letter.add_argument("file", type=words.path, metavar="FILE")
    letter.add_argument("--to", type=words.path, metavar="FILE", help="不写时存在名册旁边")
    letter.add_argument(
        "--enrolment", type=words.count, metavar="ENROLMENT", help="是这份申请的名单,也照台账核对"
    )
    _add_password(letter)
    letter.add_argument(
        "--locked-with",
        metavar="PATH|-",
        help="存出的文件加打开密码,密码写在这个文件里;空文件为不加密;不写时和原文件一样",
    )
    _add_columns(letter)
    add_changes(letter)


def _add_password(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--opens-with", metavar="PATH|-", help="文件有打开密码的,密码写在这个文件里;-为标准输入"
    )


def _add_columns(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        action="append",
        type=words.column,
        metavar="TITLE=FIELD",
        help="表头是TITLE的一列当作FIELD(如 号码=identity;=后面空着是不用);"
        "没有表头的列写@和列标,如 @C=identity;不写时照这家单位上次的",
    )


def _chosen(options: Namespace) -> dict[str, str] | None:
    return dict(options.column) if options.column else None


def _unlock(services: Services, options: Namespace) -> None:
    if options.opens_with:
        services.locked_files.unlock(options.file, read_password(options.opens_with))


def _people(options: Namespace) -> Answer:
    with at_desk(options) as services:
        people = services.rosters.list_people(options.enrolment, options.after, options.limit)
        parked = services.rosters.list_parked(options.enrolment)
    told = [
        f"{one.line_no}  {one.name}  {one.identity}  {one.state_label}  {one.note}".rstrip()
        for one in people
    ]
    told += [f"待补正  {one.name}  {one.where}  {one.reason}" for one in parked]
    return Answer({"people": people, "parked": parked}, tuple(told))


def _check(options: Namespace) -> Answer:
    # heavy: the workbook reader and the fonts
    from desktop_app.intake.workbooks import WorkbookReader  # noqa: PLC0415
    from desktop_app.services.rosters.roster_checks import check_roster  # noqa: PLC0415

    scheme = named_scheme(options.scheme) if options.scheme else None
    try:
        with WorkbookReader() as reader:
            if options.opens_with:
                reader.unlock(options.file, read_password(options.opens_with))
            _workbook, report = check_roster(reader, options.file, scheme, options.on or today())
    except Exception as error:
        known = explain(error)
        if known is None:
            raise
        report = file_report(_finding(known))
    unread = [one for one in report.findings if one.row is None and one.severity is Severity.ERROR]
    document = report_document(report) | (repairs_document(report) if options.repairs else {})
    return Answer(document, _lines(options.file.name, report), STORE if unread else 0)


def _finding(error: UserError) -> Finding:
    return Finding(None, None, None, error.code, Severity.ERROR, error.message + error.remedy)


def _lines(name: str, report: RosterReport) -> tuple[str, ...]:
    head = f"《{name}》:读入{report.rows_read},可用{len(report.accepted)}," + (
        f"待补{report.rejected},跳过{report.skipped}。"
    )
    return (head, *(_line(finding) for finding in report.findings))


def _line(finding: Finding) -> str:
    mark = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}
    row = None if finding.row is None else f"第{finding.row}行{finding.column or ''}"
    place = " · ".join(filter(None, (finding.sheet, row)))
    return f"{mark[finding.severity]}  {place}  {finding.message}"


def _import(options: Namespace) -> Answer:
    with at_desk(options) as services:
        with part(options, "plan"):
            _unlock(services, options)
            batch = services.rosters.plan_file(
                options.enrolment,
                options.file,
                columns=_chosen(options),
                changes=changes_in(options),
            ).value
        plan = services.rosters.plan_view(batch)
        with part(options, "carry-out"):
            stored = services.rosters.carry_out(batch).value
    return Answer(
        {"enrolment": options.enrolment, "stored": stored, "plan": plan},
        (
            f"读入{plan.rows_read},存入{stored}人,待补{plan.rejected}。{plan.participation}",
            *others_lines(plan),
        ),
    )


def _preview(options: Namespace) -> Answer:
    with at_desk(options) as services:
        with part(options, "plan"):
            _unlock(services, options)
            batch = services.rosters.plan_file(
                options.enrolment,
                options.file,
                columns=_chosen(options),
                changes=changes_in(options),
            ).value
        plan = services.rosters.plan_view(batch)
        difference = services.differences.of_plan(batch)
        with part(options, "drop"):
            services.rosters.drop_plan(batch)
    lines = [f"读入{plan.rows_read},可用{plan.accepted},待补{plan.rejected}。{plan.participation}"]
    document = {"plan": plan, "difference": difference_document(difference)}
    lines += [*others_lines(plan), difference.text, *repair_lines(plan)]
    return Answer({"enrolment": options.enrolment, **document}, tuple(lines))


def _columns(options: Namespace) -> Answer:
    with at_desk(options) as services:
        _unlock(services, options)
        columns = services.rosters.columns_of(options.file, columns=_chosen(options))
    lines = (
        f"{one.letter}  {one.title or '(没有表头)'}  {FIELD_NAMES.get(one.field or '', '不用')}"
        f"  {'、'.join(one.samples)}"
        for one in columns
    )
    return Answer({"columns": columns}, tuple(lines))


def _corrections(options: Namespace) -> Answer:
    password = read_password(options.locked_with) if options.locked_with else None
    with at_desk(options) as services:
        _unlock(services, options)
        saved = services.rosters.save_corrections(
            options.file,
            options.to,
            options.enrolment,
            _chosen(options),
            password,
            changes_in(options),
        )
    told = {"file": saved.path, "locked": saved.locked, "own_looks": saved.own_looks}
    return Answer(told, (f"已存为 {saved.path}", saved.text))
