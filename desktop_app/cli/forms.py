"""`form`: forms beside the way of a case or a claim: certificates, notices, lists, blank sheets."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group
from desktop_app.documents.kinds import KINDS, FormOf
from desktop_app.documents.own_layouts import layout_text

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
    _add_layouts(group)


def _add_layouts(group: Group) -> None:
    every = tuple(kind.key for kind in KINDS)
    for name, run, text in (
        ("layout", _layout, "取出单据现在的版式,存为文件,供修改"),
        ("keep-layout", _keep_layout, "换成本机构自己的版式;已经开出的不变"),
    ):
        parser = group.add(name, run, text)
        parser.add_argument("form", choices=every, metavar="FORM", help="、".join(every))
        parser.add_argument("file", type=words.path, metavar="FILE")
    preview = group.add("layout-preview", _preview, "用演示内容看版式印出来的样子;不改动任何版式")
    preview.add_argument("form", choices=every, metavar="FORM", help="、".join(every))
    preview.add_argument(
        "file", type=words.path, nargs="?", metavar="FILE", help="不写的,看现在用的版式"
    )
    preview.add_argument("--save", type=words.path, metavar="PDF", help="存为PDF")
    logo = group.add("layout-logo", _logo, "把标志图片放进取出的版式文件,印在页眉左边")
    logo.add_argument("file", type=words.path, metavar="FILE", help="版式文件,改好存回去")
    logo.add_argument("picture", type=words.path, metavar="PICTURE", help="PNG或JPEG")
    drop = group.add("drop-layout", _drop_layout, "恢复原来的版式")
    drop.add_argument("form", choices=every, metavar="FORM")


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


def _layout(options: Namespace) -> Answer:
    with at_desk(options) as services:
        file = services.layouts.save(options.form, options.file)
    return Answer({"form": options.form, "file": file}, (f"已存为 {file}",))


def _keep_layout(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.layouts.keep(options.form, options.file)
    return Answer({"form": options.form, "own": True}, ("已换成本机构自己的版式。",))


def _preview(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.file is None:
            text = services.layouts.text_of(options.form).text
        else:
            text = layout_text(options.file)
        made = services.layouts.preview(options.form, text, target=options.save)
    document = {"form": options.form, "pages": len(made.pages), "file": options.save}
    return Answer(document, (f"版式可以用,演示单据共{len(made.pages)}页。",))


def _logo(options: Namespace) -> Answer:
    with at_desk(options) as services:
        text = layout_text(options.file)
        services.layouts.put_logo(text, options.picture, options.file)
    return Answer({"file": options.file}, (f"标志已放进 {options.file}",))


def _drop_layout(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.layouts.drop(options.form)
    return Answer({"form": options.form, "own": False}, ("已恢复原来的版式。",))
