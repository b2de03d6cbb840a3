"""Layouts: an office takes one out, changes its wording and places, and lays its own over it."""

from __future__ import annotations

from pathlib import Path

from db.files import write_atomically
from db.models.office import OfficeSetting
from desktop_app.documents.codes import code_text, page_code
from desktop_app.documents.forms.parts import Form, Words
from desktop_app.documents.kinds import BY_KEY, KINDS, FormKind
from desktop_app.documents.layout_files import carried_text
from desktop_app.documents.logos import with_logo
from desktop_app.documents.own_layouts import layout_text, tried_page
from desktop_app.documents.pages import page_images
from desktop_app.documents.pictures import MOST_BYTES
from desktop_app.documents.samples.every import sample_form
from desktop_app.errors import FileError, UserError
from desktop_app.intake.page_codes import read_pages
from desktop_app.services.acts import Transaction, act, look
from desktop_app.services.desk import Desk
from desktop_app.services.done import Area
from desktop_app.services.own_layouts import own_text, setting_of
from desktop_app.services.papers.form_parts import title_of
from desktop_app.services.permissions import Permission
from desktop_app.services.targets import require_file
from desktop_app.services.versions.drive_versions import drive_version
from desktop_app.services.versions.scheme_texts import scheme_of
from desktop_app.services.views.forms import LayoutLine, LayoutPreview, LayoutText

READ_DPI = 200  # as a scanner reads it


class LayoutService:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @act("layout.keep", Permission.MANAGE, Area.OFFICE)
    def keep(self, tx: Transaction, form_key: str, layout: Path | str) -> None:
        """Lay the office's own layout, a file or its text, over the one that is carried.

        What was issued stays as it is; what is issued from now on goes by the new one.

        Raises:
            UserError: no such form, or this is no layout of it.
        """
        kind = _kind(form_key)
        text = layout if isinstance(layout, str) else layout_text(layout)
        where = kind.layout if isinstance(layout, str) else layout.name
        form = sample_form(kind.key)
        _require_code(tried_page(text, where, form), form, where)
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
        write_atomically(target, (text or carried_text(kind.layout)).encode())
        return str(target)

    @look()
    def text_of(self, form_key: str) -> LayoutText:
        """The layout that goes now and the one that is carried, as texts."""
        kind = _kind(form_key)
        with self.desk.database.reading() as uow:
            own = own_text(uow.session, kind.layout)
        carried = carried_text(kind.layout)
        return LayoutText(own or carried, carried, own is not None)

    @look()
    def preview(
        self, form_key: str, text: str, dpi: int = 100, target: Path | None = None
    ) -> LayoutPreview:
        """An invented form, marked 演示, laid out by this text; no layout is changed.

        With `target` its PDF is written to that file.

        Raises:
            UserError: no such form; `layout-invalid` with the line at fault, as `keep` would.
        """
        kind = _kind(form_key)
        if target is not None:
            require_file(self.desk, target)
        with self.desk.database.reading() as uow:
            words = scheme_of(drive_version(uow.session, self.desk)).words
        said = Words(words.person, words.fee, words.join, words.benefit)
        form = sample_form(kind.key, title_of(kind, words), said)
        pdf = tried_page(text, kind.layout, form)
        if target is not None:
            write_atomically(target, pdf)
        return LayoutPreview(pdf, page_images(pdf, dpi))

    @look()
    def put_logo(self, text: str, picture: Path, target: Path | None = None) -> str:
        """The layout's text with this picture in its head; no layout is changed.

        With `target` the text is written to that file.

        Raises:
            FileError: `file-missing`; `picture-invalid`, no PNG or JPEG, damaged or too large.
        """
        if target is not None:
            require_file(self.desk, target)
        try:
            with picture.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError:
            raise FileError(
                "file-missing", "找不到或不能读取这个文件。", "请核对路径。", str(picture)
            ) from None
        made = with_logo(text, content)
        if target is not None:
            write_atomically(target, made.encode())
        return made


def _kind(form_key: str) -> FormKind:
    kind = BY_KEY.get(form_key)
    if kind is None:
        raise UserError("form-unknown", f"没有“{form_key}”这种单据。", "请重新选择。")
    return kind


def _require_code(pdf: bytes, form: Form, where: str) -> None:
    """What is printed must be found again when it comes back: by its code, read from each page.

    Raises:
        FileError: `layout-invalid`; the code is missing, hidden or too blurred to be read.
    """
    for number, page in enumerate(page_images(pdf, READ_DPI), 1):
        if page_code(code_text(form), number) not in next(read_pages(page, "png")).codes:
            raise FileError(
                "layout-invalid",
                f"第{number}页的二维码读不出来,印出来盖章后收不回来。",
                "请在页首保留二维码,四周留空,不要让文字、图片盖住它。",
                where,
            )


def _put(tx: Transaction, kind: FormKind, text: str | None) -> None:
    row = tx.session.get(OfficeSetting, setting_of(kind.layout))
    if row is None:
        tx.session.add(OfficeSetting(key=setting_of(kind.layout), value=text))
    else:
        row.value = text
