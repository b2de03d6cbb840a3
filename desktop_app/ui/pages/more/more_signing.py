"""高级:签名: what the office signs its forms with, on or off; any PDF's signatures looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.signatures import span_text
from desktop_app.services.done import Area
from desktop_app.services.views.signing import CheckedFile, SigningView
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import ActDialog, opened
from desktop_app.ui.dialogs.checked_signatures_dialog import CheckedSignaturesDialog
from desktop_app.ui.dialogs.signing_dialogs import STAMP, KeyFileDialog, ProgramDialog
from desktop_app.ui.pasted import Source
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.drop_area import DropArea
from desktop_app.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from desktop_app.services.services import Services

HINT = (
    f"{STAMP}电子签名默认不用。有本机构数字证书的可以启用:在单据的预览里按“签名…”,"
    "签名件另存,原来的单据不变。证书的密码每次签名时输入,不保存。"
)
OFF, UNCHOSEN = "已停用", "没有启用:还没有选证书"
CHECK = "收到的、发出的PDF都可以核对:谁签的、什么时候、签后有没有改动、证书由谁签发。不联网。"
BY_HEAD = "由负责人选证书、启用或停用。"


class SigningCard(Card):
    """Off until the head chooses; everybody sees what stands."""

    def __init__(
        self, services: Services, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("电子签名", parent=parent)
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.view: SigningView | None = None
        self.banner = Banner()
        self.state = label("正在读取…", "h2")
        self.stale = label("", tone="late", wrap=True)
        self.about = label("", wrap=True)
        self.file_button = button("选证书文件(&F)…", self.choose_file, name="选证书文件")
        self.program_button = button(
            "用外部签名程序(&P)…", self.choose_program, name="用外部签名程序"
        )
        self.switch_button = button("启用(&Q)", self.switch)
        row = QHBoxLayout()
        for made in (self.file_button, self.program_button, self.switch_button):
            made.setEnabled(False)
            row.addWidget(made)
        row.addStretch(1)
        self.by_head = label(BY_HEAD, "quiet")
        self.by_head.hide()
        for part in (self.banner, label(HINT, "quiet", wrap=True), self.state, self.stale):
            self.add(part)
        self.add(self.about)
        self.add(row)
        self.add(self.by_head)
        self.stale.hide()
        self.about.hide()
        tasks.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        self._tasks.drop(self._ticket)
        self._ticket = self._tasks.read(
            self, self._services.signing.view, self._show, on_error=self.banner.show_failure
        )

    def choose_file(self) -> ActDialog:
        return self._open(KeyFileDialog(self._services, self._tasks, self.window()))

    def choose_program(self) -> ActDialog:
        return self._open(ProgramDialog(self._services, self._tasks, self.window()))

    def switch(self) -> None:
        if self.view is not None:
            on = not self.view.on
            told = "已启用电子签名。" if on else "已停用电子签名,已经签的不变。"
            self._tasks.save(
                self,
                partial(self._services.signing.switch, on),
                lambda _none: self.banner.show_good(told),
                on_error=self.banner.show_failure,
            )

    def _open(self, dialog: ActDialog) -> ActDialog:
        told = "证书核对过了,已启用电子签名。"
        dialog.saved.connect(lambda _print: self.banner.show_good(told))
        return opened(dialog)

    def _show(self, view: SigningView) -> None:
        self.view = view
        self.state.setText("已启用" if view.on else OFF if view.certificate else UNCHOSEN)
        theme.set_tone(self.state, ("late" if view.stale else "good") if view.on else "quiet")
        self.stale.setText(f"{view.stale}。" if view.stale else "")
        self.stale.setVisible(bool(view.stale))
        self.about.setText(about_text(view))
        self.about.setVisible(view.certificate is not None)
        self.switch_button.setText("停用(&Q)" if view.on else "启用(&Q)")
        self.switch_button.setAccessibleName("停用电子签名" if view.on else "启用电子签名")
        self.file_button.setEnabled(view.may_set)
        self.program_button.setEnabled(view.may_set)
        self.switch_button.setEnabled(view.may_set and view.certificate is not None)
        why = "" if view.certificate else "请先选证书文件或外部签名程序"
        self.switch_button.setToolTip(why)
        self.by_head.setVisible(not view.may_set)

    def _on_changed(self, areas: frozenset[Area]) -> None:
        if Area.OFFICE in areas:
            self.reload()


class CheckArea(DropArea):
    """核对签名: a PDF is chosen or let go here, and a dialog tells what its signatures say."""

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__(
            "核对签名",
            "把要核对的PDF拖到这里,或者按右边的按钮选。",
            CHECK,
            "PDF (*.pdf);;所有文件 (*)",
            "核对签名(&Y)…",
        )
        self._services, self._tasks, self._ticket = services, tasks, 0
        self.banner = Banner()
        self.add(self.banner)
        self.files_dropped.connect(self.check)

    def check(self, found: tuple[Source, ...]) -> None:
        path = found[0]
        if isinstance(path, Path):
            self.banner.show_info(f"正在核对《{path.name}》…")
            self._tasks.drop(self._ticket)
            self._ticket = self._tasks.read(
                self,
                partial(self._services.signatures.check, path),
                self._tell,
                on_error=self.banner.show_failure,
            )

    def _tell(self, checked: CheckedFile) -> None:
        self.banner.clear()
        opened(CheckedSignaturesDialog(checked, self.window()))


class SigningPage(QWidget):
    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self.card, self.check = SigningCard(services, tasks), CheckArea(services, tasks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.card)
        column.addWidget(self.check)
        column.addStretch(1)


def about_text(view: SigningView) -> str:
    """The certificate and where its key is, a line each."""
    one = view.certificate
    if one is None:
        return ""
    by = "自己签发(没有别的机构证明)" if one.self_issued else one.issuer
    kind = "证书文件" if view.way == "file" else "外部签名程序"
    return (
        f"签名人:{one.subject}\n签发者:{by}\n有效期:{span_text(one)}\n"
        f"{kind}:{' '.join((view.place, *view.arguments))}"
    )
