"""`scheme`: the programmes this program carries, and files that would be one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.domain.figures import figure_label, figures_of
from desktop_app.domain.issues import Severity
from desktop_app.domain.scheme_faults import Fault, SchemeError
from desktop_app.domain.scheme_warnings import scheme_warnings
from desktop_app.domain.schemes import Scheme, scheme_from
from desktop_app.paths import resource_path
from desktop_app.services.scheme_files import read_scheme_text


def scheme_ids() -> list[str]:
    return sorted(file.stem for file in resource_path("schemes").glob("*.toml"))


def named_scheme(scheme_id: str) -> Scheme:
    file = resource_path("schemes", f"{scheme_id}.toml")
    return scheme_from(file.read_text("utf-8"), file.name)


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
    confirm.add_argument("--document", required=True, metavar="TEXT", help="依据的文件")
    year = group.add("year", _year, "设定办理年度")
    year.add_argument("year", type=words.year, metavar="YEAR")


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
        value = "-" if figure.value is None else figure.value
        lines.append(f"{figure_label(scheme, key)}  {value}  {state}")
    return Answer({"scheme": scheme, "to_confirm": open_keys}, tuple(lines))


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
    with at_desk(options) as services:
        services.schemes.confirm_figure(options.key, options.value, options.document)
        figures = services.schemes.list_figures()
    return Answer(
        {"figures": figures},
        tuple(f"{one.path}  {one.label}  {one.value}  {one.state_label}" for one in figures),
    )


def _year(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.schemes.set_year(options.year)
    return Answer({"year": options.year}, (f"办理年度:{options.year}",))


def _open_keys(scheme: Scheme) -> list[str]:
    return [key for key, figure in figures_of(scheme).items() if figure.open]
