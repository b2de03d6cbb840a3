"""`form`: forms beside the way of a case or a claim: certificates, notices, lists, blank sheets."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.documents.kinds import KINDS, FormOf

_FORMS = tuple(kind.key for kind in KINDS if kind.further)
_OF = tuple(of.value for of in FormOf)


def add_to(commands: Group) -> None:
    group = commands.group("form", "其他文书:证明、告知书、名册、空白表")
    offered = group.add("list", _list, "某单位、申请、申领、个人或本机构可开的其他文书")
    offered.add_argument("of", choices=_OF, metavar="OF", help="、".join(_OF))
    offered.add_argument("id", type=words.count, nargs="?", metavar="ID")
    issue = group.add("issue", _issue, "开出其他文书;内容没变的仍是原来那张")
    issue.add_argument("form", choices=_FORMS, metavar="FORM", help="、".join(_FORMS))
    issue.add_argument("id", type=words.count, nargs="?", metavar="ID", help="本机构的不写")
    issue.add_argument("--to", type=words.path, metavar="FILE", help="同时存为PDF")


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        offered = services.forms.offered(((options.of, options.id),))
    told = [f"{one.key}  {one.label}  {one.why_not}".rstrip() for one in offered]
    return Answer({"forms": offered}, tuple(told))


def _issue(options: Namespace) -> Answer:
    with at_desk(options) as services:
        issued = services.forms.issue(options.form, options.id).value
        if options.to is not None:
            services.prints.save_pdf(issued, options.to)
        form = services.forms.get(issued)
    document = {"issued": issued, "form": form, "file": options.to}
    return Answer(document, (f"{form.label}  {form.number}  单据{issued}",))
