"""`print`, `archive`: what leaves the office on paper, and comes back."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.cli import archives, print_runs, seals, words
from desktop_app.cli.answers import Answer
from desktop_app.cli.desks import at_desk
from desktop_app.cli.enrolments import case_answer
from desktop_app.cli.parser import Group, Parser
from desktop_app.documents.kinds import FormOf, keys_of
from desktop_app.exchange.files import disk_faults
from desktop_app.services.drafts import ReissueDraft

_FORMS = keys_of(FormOf.CASE)


def add_to(commands: Group) -> None:
    _add_prints(commands.group("print", "单据"))
    _add_archives(commands.group("archive", "盖章件、票据与档案"))
    seals.add_to(commands)


def _add_prints(group: Group) -> None:
    issue = _on_case(group.add("issue", _issue, "开出单据;内容没变的仍是原来那张"))
    issue.add_argument("form", choices=_FORMS, metavar="FORM", help="、".join(_FORMS))
    issue.add_argument("--provisional", action="store_true", help="暂用的,以后换成正式的")
    issue.add_argument("--to", type=words.path, metavar="FILE", help="同时存为PDF")
    group.add("provisional", _provisional, "列出还没有换成正式的暂用单据")
    save = group.add("save", _save, "把开出的单据存为PDF")
    save.add_argument("issued", type=words.count, metavar="ISSUED")
    save.add_argument("file", type=words.path, metavar="FILE")
    void = group.add("void", _void_form, "作废开出的单据,写明原因")
    void.add_argument("issued", type=words.count, metavar="ISSUED")
    void.add_argument("--reason", required=True, metavar="TEXT")
    batch = group.add("batch", _batch, "几家单位的单据一次开出,各存一个PDF")
    batch.add_argument("folder", type=words.path, metavar="DIR")
    batch.add_argument("units", type=words.count, nargs="+", metavar="UNIT")
    print_runs.add_forms(batch)
    print_runs.add_to(group)


def _add_archives(group: Group) -> None:
    stamped = _on_case(group.add("stamped", _stamped, "盖章件收回"))
    stamped.add_argument("form", metavar="FORM")
    stamped.add_argument("--scan", type=words.path, metavar="FILE")
    receipt = _on_case(group.add("receipt", _receipt, "登记票据"))
    receipt.add_argument("number", metavar="NUMBER")
    receipt.add_argument("--on", type=words.day, required=True, metavar="DATE")
    receipt.add_argument("--fen", type=words.positive, required=True, metavar="FEN")
    receipt.add_argument("--file", type=words.path, metavar="FILE")
    reissue = _on_case(group.add("reissue-receipt", _reissue_receipt, "票据红冲,重开一张"))
    reissue.add_argument(
        "number", metavar="NUMBER", nargs="?", default="", help="重开的票据号码;钱已全部退还的不写"
    )
    reissue.add_argument("--red", required=True, metavar="NUMBER", help="红字票据号码")
    reissue.add_argument("--on", type=words.day, required=True, metavar="DATE")
    reissue.add_argument("--fen", type=words.count, required=True, metavar="FEN")
    reissue.add_argument("--reason", required=True, metavar="TEXT")
    reissue.add_argument("--file", type=words.path, metavar="FILE")
    void = _on_case(group.add("void-receipt", _void_receipt, "作废登记错的票据"))
    void.add_argument("--reason", required=True, metavar="TEXT")
    _on_case(group.add("finish", _finish, "档案已核,办结"))
    package = group.add("package", _package, "一个年度办结的档案存成档案包,不用本程序也能核对")
    package.add_argument("year", type=words.count, metavar="YEAR")
    package.add_argument("folder", type=words.path, metavar="DIR")
    package.add_argument("--box", metavar="BOX", help="只要这一盒")
    archives.add_to(group)


def _on_case(parser: Parser) -> Parser:
    parser.add_argument("enrolment", type=words.count, metavar="ENROLMENT")
    return parser


def _issue(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.provisional:
            issued = services.prints.issue_provisional(options.enrolment, options.form).value
        else:
            issued = services.prints.issue(options.enrolment, options.form).value
        number = services.prints.number_of(issued)
        if options.to is not None:
            services.prints.save_pdf(issued, options.to)
        forms = services.enrolments.get(options.enrolment).forms
    form = next(form for form in forms if form.key == options.form)
    document = {"issued": issued, "form": form, "file": options.to}
    return Answer(document, (f"{form.label}  {number}  单据{issued}",))


def _provisional(options: Namespace) -> Answer:
    with at_desk(options) as services:
        lines = services.prints.list_provisional()
    told = tuple(f"{one.number}  {one.issued_on}  {one.unit}  {one.label}" for one in lines)
    return Answer({"forms": lines}, told or ("没有还在暂用的单据。",))


def _batch(options: Namespace) -> Answer:
    forms = print_runs.forms_of(options)
    made, refused = [], []
    with at_desk(options) as services:
        with disk_faults(options.folder):
            options.folder.mkdir(parents=True, exist_ok=True)
        for line in services.print_batches.plan(tuple(options.units), forms).lines:
            if line.refusal or line.enrolment_id is None:
                refused.append(line)
                continue
            if line.further:
                issued = services.forms.issue(line.form_key, line.enrolment_id).value
            else:
                issued = services.prints.issue(line.enrolment_id, line.form_key).value
            number = services.prints.number_of(issued)
            file = services.prints.save_in(issued, options.folder)
            made.append({"unit": line.unit, "form": line.form_key, "number": number, "file": file})
    told = [f"{one['number']}  {one['file']}" for one in made]
    told += [f"{line.unit}  {line.form_label}  {line.refusal}" for line in refused]
    return Answer({"issued": made, "refused": refused}, tuple(told))


def _save(options: Namespace) -> Answer:
    with at_desk(options) as services:
        saved = services.prints.save_pdf(options.issued, options.file)
    return Answer({"issued": options.issued, "file": saved}, (f"已存为 {saved}",))


def _void_form(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.prints.void(options.issued, options.reason)
        number = services.prints.number_of(options.issued)
    return Answer({"issued": options.issued, "number": number}, (f"{number} 已作废",))


def _stamped(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.archives.receive_stamped(options.enrolment, options.form, options.scan)
        return case_answer(services.enrolments.get(options.enrolment))


def _receipt(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.archives.record_receipt(
            options.enrolment, options.number, options.on, options.fen, options.file
        )
        return case_answer(services.enrolments.get(options.enrolment))


def _reissue_receipt(options: Namespace) -> Answer:
    draft = ReissueDraft(options.red, options.number, options.on, options.fen, options.reason)
    with at_desk(options) as services:
        services.receipts.reissue(options.enrolment, draft, options.file)
        return case_answer(services.enrolments.get(options.enrolment))


def _void_receipt(options: Namespace) -> Answer:
    with at_desk(options) as services:
        services.archives.void_receipt(options.enrolment, options.reason)
        return case_answer(services.enrolments.get(options.enrolment))


def _finish(options: Namespace) -> Answer:
    with at_desk(options) as services:
        number = services.archives.finish(options.enrolment).value
        case = services.enrolments.get(options.enrolment)
    return Answer({"archive": number, "enrolment": case}, (f"已办结,档案号{number}",))


def _package(options: Namespace) -> Answer:
    with at_desk(options) as services:
        made = services.archive_packages.package(options.year, options.folder, options.box).value
    said = f"已存档案包:{made['cases']}卷,{made['files']}个文件  {made['folder']}"
    return Answer({"package": made}, (said, f"校验清单的 SHA-256:{made['sha256']}"))
