"""`sign`: the office's electronic signature, signed forms, the signatures of any PDF.

盖章仍以纸面印章为准: nothing here stands for a stamp.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk, read_password
from desktop_app.cli.parser import Group, Parser
from desktop_app.services.drafts import KeyDraft
from desktop_app.services.views.signing import CheckedFile, SigningView


def add_to(commands: Group) -> None:
    group = commands.group("sign", "电子签名(默认不用;盖章仍以纸面印章为准)")
    group.add("show", _show, "本机构签名用的证书,是否启用")
    chosen = _opened(group.add("use-file", _use_file, "用证书文件(.pfx、.p12)签名,并启用"))
    chosen.add_argument("file", type=words.path, metavar="FILE")
    program = group.add("use-program", _use_program, "用外部签名程序签名,并启用;先试签一次")
    program.add_argument("certificate", type=words.path, metavar="CERTIFICATE")
    program.add_argument("program", type=words.path, metavar="PROGRAM")
    program.add_argument("--argument", action="append", metavar="TEXT", help="可写几次")
    group.add("on", _on, "启用")
    group.add("off", _off, "停用;已经签的不变")
    form = _opened(group.add("form", _form, "给开出的单据签名,原来的单据不变"))
    form.add_argument("issued", type=words.count, metavar="ISSUED")
    form.add_argument("--file", type=words.path, metavar="FILE", help="证书文件不在设置的位置时")
    form.add_argument("--to", type=words.path, metavar="FILE", help="同时存为PDF")
    listed = group.add("list", _list, "一张单据的签名件")
    listed.add_argument("issued", type=words.count, metavar="ISSUED")
    save = group.add("save", _save, "把签名件存为PDF")
    save.add_argument("signed", type=words.count, metavar="SIGNED")
    save.add_argument("file", type=words.path, metavar="FILE")
    verify = group.add("verify", _verify, "核对一份PDF的签名")
    verify.add_argument("file", type=words.path, metavar="FILE")


def _opened(parser: Parser) -> Parser:
    parser.add_argument("--opens-with", metavar="PATH|-", help="证书密码的文件;-为标准输入")
    return parser


def _key(options: Namespace, file: Path | None = None) -> KeyDraft:
    return KeyDraft(read_password(options.opens_with) if options.opens_with else "", file)


def _show(options: Namespace) -> Answer:
    with at_desk(options) as services:
        return _shown(services.signing.view())


def _use_file(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.signing.use_file(options.file, _key(options))
        return _shown(services.signing.view())


def _use_program(options: Namespace) -> Answer:
    arguments = tuple(options.argument or ())
    with at_desk(options) as services:
        services.signing.use_program(options.program, arguments, options.certificate)
        return _shown(services.signing.view())


def _on(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.signing.switch(True)
        return _shown(services.signing.view())


def _off(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.signing.switch(False)
        return _shown(services.signing.view())


def _form(options: Namespace) -> Answer:
    with at_desk(options) as services:
        signed = services.signatures.sign(options.issued, _key(options, options.file)).value
        if options.to is not None:
            services.signatures.save_pdf(signed, options.to)
        lines = services.signatures.list_signed(options.issued)
    line = next(one for one in lines if one.id == signed)
    document = {"signed": signed, "form": line, "file": options.to}
    return Answer(document, (f"{line.number}  签名件{signed}  {line.subject}",))


def _list(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = services.signatures.list_signed(options.issued)
    told = tuple(f"签名件{one.id}  {one.subject}  {one.signed_by}" for one in lines)
    return Answer({"signed": lines}, told)


def _save(options: Namespace) -> Answer:
    with at_desk(options) as services:
        saved = services.signatures.save_pdf(options.signed, options.file)
    return Answer({"signed": options.signed, "file": saved}, (f"已存为 {saved}",))


def _verify(options: Namespace) -> Answer:
    with at_desk(options) as services:
        checked = services.signatures.check(options.file)
    return Answer(checked, _words(checked))


def _shown(view: SigningView) -> Answer:
    who = view.certificate.subject if view.certificate else "还没有选证书"
    told = (f"{'已启用' if view.on else '没有启用'}  {who}", view.stale)
    return Answer({"signing": view}, tuple(filter(None, told)))


def _words(checked: CheckedFile) -> tuple[str, ...]:
    if not checked.signatures:
        return ("这份PDF没有电子签名。",)
    told = [
        f"{one.certificate.subject if one.certificate else '不明'}  {one.text}{one.trust}"
        for one in checked.signatures
    ]
    if checked.registered:
        told.append(f"是本机构登记的签名件:{checked.registered.number}。")
    return tuple(told)
