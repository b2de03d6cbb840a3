"""核对签名: what the signatures of a PDF say, one card each; nothing is stored."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.dates import clock_text
from desktop_app.domain.signatures import span_text
from desktop_app.services.views.signing import CheckedFile, CheckedSignature
from desktop_app.ui import theme
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import label, main_button
from desktop_app.ui.widgets.steady_bars import steady_bars

NONE = "这份PDF没有电子签名。"
NOTE = "这里只核对电子签名,不核对纸面印章;盖章仍以纸面印章为准。"
ORDER = ("late", "warn", "good")


def told(checked: CheckedFile) -> tuple[str, str]:
    """The whole file in one sentence, and its tone."""
    count = len(checked.signatures)
    if not count:
        return NONE, "warn"
    tone = min((one.tone for one in checked.signatures), key=ORDER.index)
    if tone == "late":
        bad = sum(one.tone == "late" for one in checked.signatures)
        return f"共{count}处签名,有{bad}处不能作准,请看下面。", tone
    if tone == "warn":
        return f"共{count}处签名,签过的内容没有改动,但签名之后有追加,请看下面。", tone
    return f"共{count}处签名,都完好,签名后文件没有改动。", tone


def signature_card(at: int, one: CheckedSignature) -> Card:
    """Who and when, whole or not, and what is known of who signed."""
    who = one.certificate.subject if one.certificate else "读不出签名人"
    card = Card(f"{at}. {who}")
    card.title.setWordWrap(True)
    card.head.setStretch(0, 1)
    card.head.setStretch(1, 0)
    when = clock_text(one.signed_at) if one.signed_at else "没有写明"
    card.add(label(one.text, tone=one.tone, wrap=True))
    card.add(label(one.trust, tone="" if one.ours else "warn", wrap=True))
    card.add(label(f"签名时间:{when}(签名人电脑上的时间)", "quiet", wrap=True))
    if one.certificate is not None:
        card.add(label(f"证书有效期:{span_text(one.certificate)}", "quiet", wrap=True))
    return card


class CheckedSignaturesDialog(QDialog):
    def __init__(self, checked: CheckedFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"核对签名 · {checked.file}")
        self.setModal(True)
        self.resize(theme.px(640), theme.px(460))
        self.banner = Banner()
        self.banner.close_button.hide()
        self._say(checked)
        self.cards = [signature_card(at, one) for at, one in enumerate(checked.signatures, 1)]
        foot = QHBoxLayout()
        foot.addWidget(label(NOTE, "quiet", wrap=True), 1)
        foot.addWidget(main_button("关闭", self.accept))
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addWidget(self._room(), 1)
        layout.addLayout(foot)

    def _say(self, checked: CheckedFile) -> None:
        sentence, tone = told(checked)
        line, ours = checked.registered, ""
        if line is not None:
            when = clock_text(line.signed_at)
            ours = f"是本机构登记的签名件:{line.number},{when} {line.signed_by}签。"
        banner = self.banner
        say = {"good": banner.show_good, "warn": banner.show_warning, "late": banner.show_bad}
        say[tone](sentence, ours)

    def _room(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        room = QScrollArea()
        steady_bars(room)
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setAccessibleName("各处签名")
        return room
