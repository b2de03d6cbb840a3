"""`scan`: the kept scans of a unit or an application, listed and given out."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.parser import Group


def add_to(commands: Group) -> None:
    group = commands.group("scan", "附件")
    listed = group.add("list", _list, "列出一家单位的证书,一份申请的材料和回单,或一笔申领的资料")
    of = listed.add_mutually_exclusive_group(required=True)
    of.add_argument("--unit", type=words.count, metavar="UNIT")
    of.add_argument("--enrolment", type=words.count, metavar="ENROLMENT")
    of.add_argument("--claim", type=words.count, metavar="CLAIM")
    save = group.add("save", _save, "把附件另存为文件")
    save.add_argument("attachment", type=words.count, metavar="ATTACHMENT")
    save.add_argument("file", type=words.path, metavar="FILE")


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.unit is not None:
            services.units.get(options.unit)  # says so where there is none
            lines = services.scans.of_unit(options.unit)
        elif options.claim is not None:
            lines = services.claims.list_scans(options.claim)
        else:
            lines = services.scans.of_enrolment(options.enrolment)
    texts = (f"{one.attachment_id}  {one.label}  {one.file_name}  {one.pages}页" for one in lines)
    return Answer({"scans": lines}, tuple(texts))


def _save(options: Namespace) -> Answer:
    with at_desk(options) as services:
        path = services.scans.save(options.attachment, options.file)
    return Answer({"file": path}, (path,))
