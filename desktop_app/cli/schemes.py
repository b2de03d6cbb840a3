"""`scheme`: the programmes this program carries, and files that would be one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli import starts, words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.figures import figure_label, figure_text, figures_of
from desktop_app.domain.issues import Severity
from desktop_app.domain.scheme_editor.clause_words import clause_label
from desktop_app.domain.scheme_editor.scheme_warnings import scheme_warnings
from desktop_app.domain.schemes.clauses import GIVEN, NONE, READ, Ruling, open_spots
from desktop_app.domain.schemes.scheme_faults import Fault, SchemeError
from desktop_app.domain.schemes.schemes import Scheme, scheme_from
from desktop_app.domain.toml.toml_edit import values_of
from desktop_app.paths import resource_path
from desktop_app.services.versions.scheme_files import read_scheme_text

if TYPE_CHECKING:
    from desktop_app.services.schemes.clause_views import ClauseLine
    from desktop_app.services.services import Services


def scheme_ids() -> list[str]:
    return sorted(file.stem for file in resource_path("schemes").glob("*.toml"))


def named_scheme(scheme_id: str) -> Scheme:
    file = resource_path("schemes", f"{scheme_id}.toml")
    return scheme_from(file.read_text("utf-8"), file.name)


def _values(scheme_id: str) -> dict[str, Any]:
    return values_of(resource_path("schemes", f"{scheme_id}.toml").read_text("utf-8"))


def clause_names(scheme: Scheme) -> dict[str, str]:
    """The open clauses of a carried scheme by key: 住院医疗 · 起付线."""
    plans = {plan.id: plan.short_name for plan in scheme.plans}
    spots = open_spots(_values(scheme.id))
    return {spot.key: clause_label(spot, plans[spot.key.split(".")[1]]) for spot in spots}


def add_to(commands: Group) -> None:
    group = commands.group("scheme", "方案:程序自带的方案,检查方案文件")
    group.add("list", _list, "列出方案")
    show = group.add("show", _show, "显示一个方案")
    show.add_argument("id", choices=scheme_ids(), metavar="ID")
    check = group.add("check", _check, "检查方案文件")
    check.add_argument("file", type=words.path, metavar="FILE")
    confirm = group.add("confirm", _confirm, "负责人确认待核对的数,写明依据")
    confirm.add_argument("key", metavar="KEY", help="如 plans.hospital.fee_fen")
    confirm.add_argument("value", type=words.count, metavar="VALUE")
    confirm.add_argument(
        "--also",
        nargs=2,
        action="append",
        default=[],
        metavar=("KEY", "VALUE"),
        help="同一份文件里的另一个数,可写多次;一起确认,有一个不行就都不确认",
    )
    confirm.add_argument("--document", required=True, metavar="TEXT", help="依据的文件")
    _add_version(confirm)
    _add_version(group.add("clauses", _clauses, "列出待遇里待核对和已确认的条款"))
    group.add("versions", _versions, "列出可以确认的版次:新申请用的,和在办的申请、申领用的")
    clause = group.add("confirm-clause", _confirm_clause, "负责人逐条确认待遇条款,写明依据")
    clause.add_argument("key", metavar="KEY", help="如 plans.hospital.benefits.deductible")
    way = clause.add_mutually_exclusive_group(required=True)
    way.add_argument("--as-read", action="store_true", help="照方案里的标准")
    way.add_argument("--none", action="store_true", help="文件没有这项规定")
    way.add_argument("--values", type=words.json_object, metavar="JSON", help='如 {"fen": 50000}')
    clause.add_argument("--document", required=True, metavar="TEXT", help="依据的文件")
    _add_version(clause)
    year = group.add("year", _year, "设定办理年度")
    year.add_argument("year", type=words.year, metavar="YEAR")
    target = group.add("target", _target, "设定一个年度的目标人数")
    target.add_argument("year", type=words.year, metavar="YEAR")
    target.add_argument("people", type=words.positive, metavar="N")
    start = group.add("start", _start, "选定方案、办理年度、目标人数,一次确认几个待核对的数")
    start.add_argument("id", choices=scheme_ids(), metavar="ID")
    starts.add_drive(start)


def _add_version(parser: ArgumentParser) -> None:
    help_ = "哪一版,如 2;别的方案写 pinghu:1;不写为新申请用的一版"
    parser.add_argument("--version", dest="of_version", metavar="NO", help=help_)


def _list(_options: Namespace) -> Answer:
    schemes = [named_scheme(scheme_id) for scheme_id in scheme_ids()]
    return Answer(
        [
            {
                "id": scheme.id,
                "title": scheme.title,
                "region": scheme.region,
                "version": scheme.version,
                "plans": [plan.id for plan in scheme.plans],
                "to_confirm": _open_keys(scheme),
            }
            for scheme in schemes
        ],
        tuple(f"{scheme.id}  {scheme.title}" for scheme in schemes),
    )


def _show(options: Namespace) -> Answer:
    scheme = named_scheme(options.id)
    open_keys = _open_keys(scheme)
    lines = [f"{scheme.title}({scheme.region})"]
    lines += [f"项目  {plan.id}  {plan.name}" for plan in scheme.plans]
    for key, figure in figures_of(scheme).items():
        state = "待核对" if key in open_keys else f"依据:{figure.source}"
        value = figure_text(key, figure.value)
        lines.append(f"{figure_label(scheme, key)}  {value}  {state}")
    names = clause_names(scheme)
    lines += [f"{name}  待核对" for name in names.values()]
    clauses = list(names)
    document = {"scheme": scheme, "to_confirm": open_keys, "benefits_to_confirm": clauses}
    return Answer(document, tuple(lines))


def _check(options: Namespace) -> Answer:
    file: Path = options.file
    try:
        text = read_scheme_text(file)
        scheme = scheme_from(text, file.name)
    except SchemeError as error:
        return _faulty(error.faults)
    doubts = scheme_warnings(scheme, text, file.name)
    document = {
        "ok": True,
        "id": scheme.id,
        "problems": [],
        "warnings": [_problem(doubt, Severity.WARNING) for doubt in doubts],
        "to_confirm": _open_keys(scheme),
    }
    told = (f"提醒:{doubt.text}{doubt.remedy}" for doubt in doubts)
    return Answer(document, (f"方案“{scheme.title}”写法正确。", *told))


def _faulty(faults: Sequence[Fault]) -> Answer:
    document = {
        "ok": False,
        "id": None,
        "problems": [_problem(fault, Severity.ERROR) for fault in faults],
        "warnings": [],
        "to_confirm": [],
    }
    return Answer(document, tuple(fault.text + fault.remedy for fault in faults))


def _problem(fault: Fault, severity: Severity) -> dict[str, object]:
    return {
        "code": "scheme-invalid" if severity is Severity.ERROR else "scheme-doubt",
        "severity": severity,
        "message": fault.text,
        "file": fault.file,
        "key": fault.key,
        "line": fault.line,
        "column": fault.column,
        "remedy": fault.remedy,
    }


def _confirm(options: Namespace) -> Answer:
    also = words.figures(options.also)
    with at_desk(options) as services:
        version = _version(services, options)
        if also:
            values = ((options.key, options.value), *also)
            services.schemes.confirm_figures(values, options.document, version)
        else:
            services.schemes.confirm_figure(options.key, options.value, options.document, version)
        figures = services.schemes.list_figures(version)
    return Answer(
        {"figures": figures},
        tuple(
            f"{one.path}  {one.label}  {figure_text(one.path, one.value)}  {one.state_label}"
            for one in figures
        ),
    )


def _versions(options: Namespace) -> Answer:
    with at_desk(options) as services:
        versions = services.schemes.list_confirmable()
    return Answer({"versions": versions}, tuple(f"{one.name}  {one.label}" for one in versions))


def _version(services: Services, options: Namespace) -> int | None:
    """The version that was named; None for the drive's."""
    named: str | None = options.of_version
    return None if named is None else services.schemes.find_version(named)


def _clauses(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _told(services.clauses.list_clauses(_version(services, options)))


def _confirm_clause(options: Namespace) -> Answer:
    way = READ if options.as_read else NONE if options.none else GIVEN
    ruling = Ruling(way, options.document, options.values or {})
    with at_desk(options) as services:
        version = _version(services, options)
        services.clauses.confirm_clause(options.key, ruling, version)
        return _told(services.clauses.list_clauses(version))


def _told(clauses: Sequence[ClauseLine]) -> Answer:
    lines = [
        f"{one.key}  {one.label}  {one.said or one.reading or '-'}  {one.state_label}"
        for one in clauses
    ]
    return Answer({"clauses": clauses}, tuple(lines))


def _year(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.schemes.set_year(options.year)
    return Answer({"year": options.year}, (f"办理年度:{options.year}",))


def _target(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.schemes.set_target(options.year, options.people)
    text = f"{options.year}年度目标:{options.people}人"
    return Answer({"year": options.year, "target": options.people}, (text,))


def _start(options: Namespace) -> Answer:
    draft = starts.start_of(options, options.id)
    with at_desk(options) as services:
        services.starts.begin(draft)
        start = services.starts.view()
    lines = [f"{start.title}  {start.year}年度"]
    lines += [
        f"{one.path}  {one.label}  {figure_text(one.path, one.value)}  {one.state_label}"
        for one in start.figures
    ]
    document = {
        "scheme": start.scheme,
        "year": start.year,
        "target": start.target,
        "figures": start.figures,
    }
    return Answer(document, tuple(lines))


def _open_keys(scheme: Scheme) -> list[str]:
    return [key for key, figure in figures_of(scheme).items() if figure.open]
