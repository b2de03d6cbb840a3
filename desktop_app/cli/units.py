"""`unit`: the units of the office, registered and opened."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from db.codes import UnitKind
from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group, Parser
from desktop_app.services.drafts import UnitDraft
from desktop_app.services.views.units import UNIT_PAPERS

_TEXTS = {
    "employer_code": "统一社会信用代码",
    "union_code": "工会的统一社会信用代码",
    "town": "乡镇",
    "area": "片区",
    "contact_name": "单位经办人",
    "contact_phone": "经办人电话",
    "payer_name": "付款户名",
    "payer_account": "付款账号",
    "payer_bank": "开户行",
    "payer_bank_no": "行号",
    "invoice_title": "开票抬头,不写就是单位名称",
    "invoice_code": "税号,不写就是统一社会信用代码",
}


def add_to(commands: Group) -> None:
    group = commands.group("unit", "单位")
    listed = group.add("list", _list, "列出单位")
    listed.add_argument("--year", type=words.positive, metavar="YEAR")
    register = group.add("register", _register, "登记单位")
    _add_particulars(register, needed=True)
    register.add_argument(
        "--paper", nargs=2, action="append", metavar=("KEY", "FILE"), default=[],
        help=f"证书图片或PDF,可写几次:{'、'.join(UNIT_PAPERS)}",
    )  # fmt: skip
    register.add_argument("--again", action="store_true", help="已有相近的单位,这是另一家")
    attach = group.add("attach", _attach, "存入证书")
    attach.add_argument("unit", type=words.count, metavar="UNIT")
    attach.add_argument("key", metavar="KEY")
    attach.add_argument("file", type=words.path, metavar="FILE")
    opened = group.add("open", _open, "审核开户")
    returned = group.add("return", _return, "把单位的登记退回去补")
    returned.add_argument("--reason", required=True, metavar="TEXT")
    edited = group.add("edit", _edit, "改单位资料,没有写的照旧")
    _add_particulars(edited, needed=False)
    offers = group.add("offers", _offers, "单位现在能不能新建申请、续保、增加人员")
    for one in (opened, returned, edited, offers):
        one.add_argument("unit", type=words.count, metavar="UNIT")


def _add_particulars(parser: Parser, *, needed: bool) -> None:
    parser.add_argument("--name", required=needed)
    parser.add_argument("--kind", choices=[kind.value for kind in UnitKind], required=needed)
    parser.add_argument("--at-work", type=words.count, metavar="N", help="在职职工")
    parser.add_argument("--women", type=words.count, metavar="N", help="其中女职工")
    for field, text in _TEXTS.items():
        parser.add_argument(f"--{field.replace('_', '-')}", metavar="TEXT", help=text)


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        rows = services.units.list_units(options.year or services.schemes.current_year())
    return Answer(
        rows,
        tuple(f"{r.id}  {r.name}  {r.state_label}  {r.step_label}  {r.people}人" for r in rows),
    )


def _register(options: Namespace) -> Answer:
    draft = UnitDraft(
        name=options.name,
        kind=options.kind,
        at_work=options.at_work,
        women=options.women,
        **{field: getattr(options, field) for field in _TEXTS},
    )
    papers = tuple((key, words.path(file)) for key, file in options.paper)
    with at_desk(options) as services:
        unit = services.units.get(services.units.register(draft, papers, options.again).value)
    return Answer({"unit": unit}, (f"已登记:{unit.id}  {unit.draft.name}",))


def _attach(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.units.attach_paper(options.unit, options.key, options.file)
        unit = services.units.get(options.unit)
    return Answer({"unit": unit}, tuple(f"{p.label}:{p.state_label}" for p in unit.papers))


def _open(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.units.open(options.unit)
        unit = services.units.get(options.unit)
    return Answer({"unit": unit}, (f"{unit.draft.name}:{unit.state_label}",))


def _return(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.units.return_(options.unit, options.reason)
        unit = services.units.get(options.unit)
    return Answer({"unit": unit}, (f"{unit.draft.name}:{unit.state_label}",))


def _edit(options: Namespace) -> Answer:
    fields = ("name", "kind", "at_work", "women", *_TEXTS)
    written = {field: getattr(options, field) for field in fields}
    given = {field: value for field, value in written.items() if value is not None}
    with at_desk(options) as services:
        known = services.units.get(options.unit).draft
        services.units.edit(options.unit, replace(known, **given))
        unit = services.units.get(options.unit)
    return Answer({"unit": unit}, (f"已改:{unit.id}  {unit.draft.name}",))


def _offers(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.units.get(options.unit)  # says so where there is none
        offers = services.offers.of_unit(options.unit)
    told = [f"新建申请:{'可以' if offers.start else '不可以'}"]
    for name, offer in (("按上年名单续保", offers.renewal), ("增加人员", offers.addition)):
        if offer is not None:
            told.append(f"{name}:{offer.why + offer.remedy or '可以'}")
    return Answer({"offers": offers}, tuple(told))
