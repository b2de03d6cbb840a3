"""Layouts: an office takes one out, changes its wording and places, and lays its own over it."""

from __future__ import annotations

from pathlib import Path

from db.files import write_atomically
from db.models.office import OfficeSetting
from desktop_app.documents.kinds import BY_KEY, KINDS, FormKind
from desktop_app.documents.own_layouts import own_template
from desktop_app.errors import FileError, UserError
from desktop_app.paths import resource_path
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.own_layouts import own_text, setting_of
from desktop_app.services.papers.form_parts import title_of
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_file
from desktop_app.services.versions.drive_versions import drive_version
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.views.forms import LayoutLine

MOST_BYTES = 600_000  # with its pictures, which stand in it as base64


class LayoutService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("layout.keep", Permission.MANAGE, Area.OFFICE)
    def keep(self, tx: Transaction, form_key: str, file: Path) -> None:
        """Lay the office's own layout over the one that is carried.

        What was issued stays as it is; what is issued from now on goes by the new one.

        Raises:
            UserError: no such form, or the file is no layout of this form.
        """
        kind, text = _kind(form_key), _read(file)
        own_template(text, file.name, kind.layout)
        _put(tx, kind, text)
        tx.audit("office", layout=kind.layout, bytes=len(text))

    @act("layout.drop", Permission.MANAGE, Area.OFFICE)
    def drop(self, tx: Transaction, form_key: str) -> None:
        """Go back to the layout that is carried."""
        kind = _kind(form_key)
        if own_text(tx.session, kind.layout) is None:
            raise UserError("layout-carried", "这张单据用的就是原来的版式。", "不用恢复。")
        _put(tx, kind, None)
        tx.audit("office", layout=kind.layout)

    @look()
    def list_layouts(self) -> tuple[LayoutLine, ...]:
        """Every form, named in the words of the drive's scheme, and whether its layout is ours."""
        with self.desk.database.reading() as uow:
            session = uow.session
            words = scheme_of(drive_version(session, self.desk)).words
            return tuple(
                LayoutLine(
                    kind.key, title_of(kind, words), own_text(session, kind.layout) is not None
                )
                for kind in KINDS
            )

    @look()
    def save(self, form_key: str, target: Path) -> str:
        """Write the layout that goes now to a file, to be changed; gives the file's path."""
        kind = _kind(form_key)
        require_file(self.desk, target)
        with self.desk.database.reading() as uow:
            text = own_text(uow.session, kind.layout)
        if text is None:
            text = resource_path("forms", f"{kind.layout}.toml").read_text("utf-8")
        write_atomically(target, text.encode())
        return str(target)


def _kind(form_key: str) -> FormKind:
    kind = BY_KEY.get(form_key)
    if kind is None:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    return kind


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError:
        raise FileError(
            "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(file)
        ) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > MOST_BYTES:
        raise FileError(
            "layout-invalid",
            f"“{file.name}”不是版式文件。",
            "请先取出原来的版式,用记事本改,另存为时编码选UTF-8。",
            str(file),
        )
    return text


def _put(tx: Transaction, kind: FormKind, text: str | None) -> None:
    row = tx.session.get(OfficeSetting, setting_of(kind.layout))
    if row is None:
        tx.session.add(OfficeSetting(key=setting_of(kind.layout), value=text))
    else:
        row.value = text
