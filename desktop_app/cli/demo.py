"""`demo DIR`: the sample county made there and the whole main job walked on it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli import words
from desktop_app.cli.answers import Answer
from desktop_app.cli.folders import fresh
from desktop_app.cli.parser import Group
from desktop_app.domain.money import yuan

if TYPE_CHECKING:
    from desktop_app.services.samples.walk import Staff, Trail

OFFICE, UPLOADS, PRINTS = "office", "上报", "打印"
_FORMS = {
    "notice": "payment-notice",
    "application": "application",
    "roster": "member-list",
    "confirmation": "confirmation",
    "archive_list": "archive-list",
}


def add_to(commands: Group) -> None:
    parser = commands.add("demo", _demo, "建立演示县并走完全部主要工作")
    parser.add_argument("folder", type=words.path, metavar="DIR", help="不存在的或空的文件夹")


def _demo(options: Namespace) -> Answer:
    folder: Path = options.folder
    with fresh(folder, "这个文件夹里已有文件,没有建立演示县。"):
        document, passwords = _make(folder)
    counts = document["counts"]
    lines = (
        f"演示县在 {folder}",
        f"单位{counts['units']}家,{counts['people']}人,已收{yuan(counts['payments_fen'])}元,"
        f"上报{counts['submitted']}次,申领{counts['claims']}件",
        *_paths(document["files"]),
    )
    return Answer(document, lines, notes=passwords)


def _make(folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    # heavy: the whole program below the window
    from desktop_app import sample_office  # noqa: PLC0415 - heavy
    from desktop_app.services.samples import make_county  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    with sample_office.sample_staff(folder / OFFICE) as staff:
        county = make_county(folder)
        uploads = folder / UPLOADS
        uploads.mkdir()
        trail, answers = sample_office.walk_sample(staff, county, uploads)
        files = _save(staff, trail, folder)
        files["acknowledgement"] = answers.acknowledgement
        files["failure_list"] = answers.failure_list
        counts = staff.head.tallies.count()
    passwords = tuple(
        f"{login}  {name}  密码 {password}"
        for login, name, _role, password in sample_office.SAMPLE_USERS
    )
    document = {
        "files": _relative(files, folder),
        "counts": {name: getattr(counts, name) for name in counts.__slots__},
        "office": OFFICE,
        "stuck": trail.stuck,
    }
    return document, passwords


def _save(staff: Staff, trail: Trail, folder: Path) -> dict[str, Any]:
    """Save the first finished unit's papers as they were issued; name what it uploaded."""
    case = trail.finished[0]
    prints = folder / PRINTS
    prints.mkdir()
    forms = {form.key: form for form in staff.clerk.enrolments.get(case).forms}
    files: dict[str, Any] = {}
    for name, key in _FORMS.items():
        form = forms[key]
        assert form.issued_id is not None
        files[name] = prints / f"{form.label}.pdf"
        staff.clerk.prints.save_pdf(form.issued_id, files[name])
    exported = staff.clerk.submissions.exported(trail.exported[case])
    upload = Path(exported.folder)
    files["province_workbooks"] = sorted(upload.glob("*.xlsx"))
    files["package"] = upload.with_name(upload.name + ".zip")
    return files


def _relative(files: dict[str, Any], folder: Path) -> dict[str, Any]:
    def of(path: Path) -> str:
        return path.relative_to(folder).as_posix()

    return {
        name: [of(one) for one in value] if isinstance(value, list) else of(value)
        for name, value in files.items()
    }


def _paths(files: dict[str, Any]) -> Iterator[str]:
    for value in files.values():
        yield from value if isinstance(value, list) else (value,)
