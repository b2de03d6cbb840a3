"""Pictures of electronic signatures: off, chosen, asked for, below a form, a PDF looked at."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from desktop_app import sample_office
from desktop_app.services.drafts import KeyDraft
from desktop_app.services.services import Services
from desktop_app.ui.dialogs.checked_signatures_dialog import CheckedSignaturesDialog
from desktop_app.ui.dialogs.preview_dialog import Form, PdfPreviewDialog
from desktop_app.ui.main_window import MainWindow
from tests.certificates import PASSWORD, made
from tests.shots.album import Album, shown


def signing(album: Album, services: Services, name: str) -> None:
    """The head at the desk: nothing chosen, then a certificate, then a form that is signed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        shown(MainWindow(services, album.tasks)) as window,
    ):
        window.go("signing")
        page = window.page("more").signing
        album.take(window, f"{name}signing-off")
        album.dialog(page.card.choose_file(), f"{name}signing-file")
        album.dialog(page.card.choose_program(), f"{name}signing-program")
        path = Path(folder) / "明山县总工会签名证书.pfx"
        now = sample_office.sample_clock()
        path.write_bytes(
            made(begins=now - timedelta(days=30), ends=now + timedelta(days=700)).file()
        )
        services.signing.use_file(path, KeyDraft(PASSWORD))
        page.card.reload()
        album.take(window, f"{name}signing-on")
        _of_a_form(album, services, window, name)
        target = Path(folder) / "已签名.pdf"
        issued = services.forms.issue("field-sheet").value
        services.signatures.save_pdf(
            services.signatures.sign(issued, KeyDraft(PASSWORD)).value, target
        )
        _checked(album, window, target, f"{name}signing-good")
        data = bytearray(target.read_bytes())
        data[data.index(b"stream") + 30] ^= 1
        target.write_bytes(data)
        _checked(album, window, target, f"{name}signing-changed")


def _of_a_form(album: Album, services: Services, window: MainWindow, name: str) -> None:
    issued = services.forms.issue("field-sheet").value
    number = services.prints.number_of(issued)
    shown_form = Form(issued, "入会现场登记表", number, 1, may_renew=True, may_void=True)
    dialog = PdfPreviewDialog(services, album.tasks, shown_form, window)
    dialog.open()
    album.take(dialog, f"{name}signing-preview")
    album.dialog(dialog.signed.sign(), f"{name}signing-sign")
    services.signatures.sign(issued, KeyDraft(PASSWORD))
    dialog.signed.reload()
    album.dialog(dialog, f"{name}signing-signed")
    dialog.deleteLater()


def _checked(album: Album, window: MainWindow, path: Path, name: str) -> None:
    window.page("more").signing.check.check((path,))
    album.settle()
    (dialog,) = (one for one in window.findChildren(CheckedSignaturesDialog) if one.isVisible())
    album.dialog(dialog, name)
