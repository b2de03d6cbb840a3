"""The office as a whole: created, searched, backed up, restored, verified."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from db.codes import Role
from desktop_app.cli import starts, words
from desktop_app.cli.answers import Answer, UsageError
from desktop_app.cli.desks import at_desk, office_folder, read_password, who
from desktop_app.cli.folders import fresh
from desktop_app.cli.parser import Group

if TYPE_CHECKING:
    from desktop_app.services.offices.audits import Audit
    from desktop_app.services.views.persons import PersonView

_ROLES = [role.value for role in Role]


def add_to(commands: Group) -> None:
    create = commands.group("office", "机构").add("create", _create, "在 --office 建立机构")
    create.add_argument("--name", required=True, help="机构名称")
    create.add_argument("--county", required=True, help="所在县")
    create.add_argument(
        "--staff",
        nargs=4,
        action="append",
        required=True,
        metavar=("LOGIN", "NAME", "ROLE", "PASSWORD-FILE"),
        help=f"一位用户,至少两位;ROLE:{'、'.join(_ROLES)}",
    )
    create.add_argument("--scheme", metavar="ID", help="方案,见 scheme list;不写为咸丰")
    starts.add_drive(create)
    find = commands.add("find", _find, "查人、单位、业务号")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=words.positive, default=50, metavar="N")
    person = commands.add("person", _person, "一个人的保障、申请、申领和还差的步骤")
    person.add_argument("member", type=words.positive, metavar="MEMBER-ID", help="见 find")
    backup = commands.add("backup", _backup, "备份并核对")
    backup.add_argument("--to", type=words.path, metavar="DIR", help="不写则在机构文件夹内")
    restore = commands.add("restore", _restore, "从备份恢复到 --office")
    restore.add_argument("backup", type=words.path, metavar="BACKUP")
    verify = commands.add("verify", _verify, "核对机构数据,或一份备份")
    verify.add_argument("backup", type=words.path, nargs="?", metavar="BACKUP")


def _create(options: Namespace) -> Answer:
    folder, start = office_folder(options), None
    if options.scheme is not None:
        start = starts.start_of(options, options.scheme)
    elif starts.is_said(options):
        raise UsageError("缺少--scheme。", "年度、目标和数要与方案一起写。")
    # heavy: the ledger
    from desktop_app import bootstrap  # noqa: PLC0415
    from desktop_app.services.offices.offices import NewUser, OfficeDraft  # noqa: PLC0415

    users = []
    for login, name, role, password_file in options.staff:
        if role not in _ROLES:
            raise UsageError(f"没有“{role}”这种职责。", f"可用的有:{'、'.join(_ROLES)}。")
        users.append(NewUser(login, name, Role(role), read_password(password_file)))
    draft = OfficeDraft(options.name, options.county, start=start)
    with fresh(folder, "这个文件夹里已有文件,没有在里面建立机构。"):
        bootstrap.create_office(folder, draft, users)
    document = {"office": folder, "name": options.name, "users": [user.login for user in users]}
    return Answer(document, (f"已建立“{options.name}”:{folder}",))


def _find(options: Namespace) -> Answer:
    with at_desk(options) as services:
        hits = services.search.find(options.text, options.limit)
    return Answer(hits, tuple(f"{hit.title}  {hit.detail}" for hit in hits) or ("没有找到。",))


def _person(options: Namespace) -> Answer:
    with at_desk(options) as services:
        view = services.persons.get(options.member)
    return Answer(view, (view.sentence, *_covers_told(view)))


def _covers_told(view: PersonView) -> list[str]:
    lines = [f"  {one.plan} {one.period} {one.state_label} {one.unit}" for one in view.covers]
    lines += [f"  {one.year}年度 {one.unit} {one.plans} {one.step_label}" for one in view.cases]
    lines += [f"  申领{one.number} {one.plan} {one.step_label}" for one in view.claims]
    return lines + [f"  {one.what}:{one.reason}" for one in view.waiting]


def _backup(options: Namespace) -> Answer:
    with at_desk(options) as services:
        made = services.backups.back_up(options.to).value
    return Answer({"backup": made}, (f"已备份并核对:{made}",))


def _restore(options: Namespace) -> Answer:
    folder, (login, password) = office_folder(options), who(options)
    from desktop_app import bootstrap  # noqa: PLC0415 - heavy

    generation = bootstrap.restore(options.backup, folder, login, password)
    return Answer(
        {"office": folder, "generation": generation}, (f"已恢复到 {folder},号段从{generation}起。",)
    )


def _verify(options: Namespace) -> Answer:
    with at_desk(options) as services:
        if options.backup is not None:
            services.backups.verify(str(options.backup))
            return Answer({"ok": True, "backup": options.backup}, ("备份完好。",))
        audit = services.audits.verify_all()
    return Answer(_document(audit), tuple(_lines(audit)))


def _document(audit: Audit) -> dict[str, Any]:
    return {
        "ok": audit.ok,
        "audit": audit.chain,
        "attachments": audit.attachments,
        "counts": audit.counts,
        "worksheets": audit.worksheets,
        "quotes": audit.quotes,
    }


def _lines(audit: Audit) -> list[str]:
    chain, kept, sheets, quotes = audit.chain, audit.attachments, audit.worksheets, audit.quotes
    return [
        "机构数据完好。" if audit.ok else "机构数据有问题,请从最近的备份恢复或联系技术人员。",
        f"操作记录{chain.lines}条" + (f",从{chain.first_bad}起不连续" if chain.first_bad else ""),
        f"附件{kept.files}件" + (f",{len(kept.bad)}件缺失或损坏" if kept.bad else ""),
        f"核算{sheets.sheets}份" + (f",重算不符:{'、'.join(sheets.bad)}" if sheets.bad else ""),
        f"申请的算法{quotes.quotes}份"
        + (f",重算不符:{'、'.join(quotes.bad)}" if quotes.bad else ""),
    ]
