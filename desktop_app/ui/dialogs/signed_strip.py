"""Below a form's pages: its signed files, saved elsewhere, and the way to sign it.

Hidden where the office does not sign and this form never was signed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.services.done import Area
from desktop_app.services.views.signing import SignedLine, SigningView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import opened
from desktop_app.ui.dialogs.fields import ChoiceField, ask_target
from desktop_app.ui.dialogs.signing_dialogs import SignDialog
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

    Found = tuple[SigningView, tuple[SignedLine, ...]]

SIGNED = "已签名。要给别人的,请按“另存签名件…”。"


def read_signed(services: Services, issued_id: int) -> Found:
    return services.signing.view(), services.signatures.list_signed(issued_id)


def line_text(line: SignedLine) -> str:
    return f"{clock_text(line.signed_at)} {line.signed_by} · {line.subject}"


class SignedStrip(QWidget):
    def __init__(
        self, services: Services, tasks: TaskRunner, form: tuple[int, str], banner: Banner
    ) -> None:
        """`form` is the issued form's id and number; `banner` tells what came of an act."""
        super().__init__()
        self._services, self._tasks, self._form, self._banner = services, tasks, form, banner
        self._view: SigningView | None = None
        self.lines: tuple[SignedLine, ...] = ()
        self.text = label("", wrap=True)
        self.choice = ChoiceField(())
        self.choice.setAccessibleName("签名件")
        self.save_button = button("另存签名件(&E)…", self._choose_target, name="另存签名件")
        self.sign_button = button("签名(&G)…", self.sign, name="签名")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.text)
        row.addWidget(self.choice, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.sign_button)
        self.hide()
        tasks.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        call = partial(read_signed, self._services, self._form[0])
        self._tasks.read(self, call, self._show, on_error=self._banner.show_failure)

    def sign(self) -> SignDialog | None:
        if self._view is None:
            return None
        dialog = SignDialog(self._services, self._tasks, self._view, self._form, self.window())
        dialog.saved.connect(lambda _id: self._banner.show_good(SIGNED))
        return opened(dialog)

    def save_to(self, target: Path) -> None:
        line = self.chosen()
        if line is not None:
            self._tasks.read(
                self,
                partial(self._services.signatures.save_pdf, line.id, target),
                lambda path: self._banner.show_good(f"签名件已存为 {path}"),
                on_error=self._banner.show_failure,
            )

    def chosen(self) -> SignedLine | None:
        at = self.choice.currentIndex()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def _choose_target(self) -> None:
        line = self.chosen()
        if line is not None:
            name = f"{line.number.replace('/', '-')} 已签名.pdf"
            target = ask_target(self, "另存签名件", name)
            if target is not None:
                self.save_to(target)

    def _show(self, found: Found) -> None:
        self._view, self.lines = found
        view, there = self._view, bool(self.lines)
        signs = view.on and view.may_sign
        self.choice.clear()
        for line in self.lines:
            self.choice.addItem(line_text(line), str(line.id))
        self.choice.setCurrentIndex(0 if there else -1)
        self.choice.setVisible(there)
        self._row.setStretch(0, 0 if there else 1)  # the button keeps its size
        self.save_button.setVisible(there)
        self.sign_button.setVisible(signs)
        self.sign_button.setEnabled(not view.stale)
        self.sign_button.setToolTip(view.stale)
        said = "电子签名" if there else "还没有电子签名"
        stale = view.stale if signs else ""
        self.text.setText(f"{said}:{stale}" if stale else said)
        theme.set_tone(self.text, "late" if stale else "quiet")
        self.setVisible(signs or there)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if areas & {Area.OFFICE, Area.PRINTS}:
            self.reload()
