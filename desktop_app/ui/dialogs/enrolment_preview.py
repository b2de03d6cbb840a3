"""What a new application would be, told while it is typed: amounts a head, cover, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.domain.dates import chinese_date
from desktop_app.domain.enrolments import Missing
from desktop_app.domain.money import yuan
from desktop_app.services.views.quotes import ChangePreview, HeadLine, PartLine, StartPreview
from desktop_app.services.views.turnout import TurnoutLine
from desktop_app.ui import theme
from desktop_app.ui.dialogs.case import told
from desktop_app.ui.widgets.labels import label


class PreviewPanel(QWidget):
    """Three lines at most: what stands against it, what it costs, what it covers."""

    def __init__(self) -> None:
        super().__init__()
        self.refusal, self.money, self.cover = (label("", wrap=True) for _ in range(3))
        theme.set_tone(self.refusal, "late")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for one in (self.refusal, self.money, self.cover):
            one.hide()
            column.addWidget(one)

    def show_preview(self, preview: StartPreview) -> None:
        self.show_refusal(preview.refusal)
        self._say(self.money, "" if preview.refusal else money_words(preview))
        theme.set_tone(self.money, "warn" if preview.estimate else "")
        self._say(self.cover, "" if preview.refusal else cover_words(preview))

    def show_refusal(self, refusal: Missing | None) -> None:
        self._say(self.refusal, told(refusal) if refusal is not None else "")
        if refusal is not None:
            for one in (self.money, self.cover):
                self._say(one, "")

    def _say(self, line: QLabel, text: str) -> None:
        line.setText(text)
        line.setVisible(bool(text))


def turnout_words(line: TurnoutLine, *, told: bool = True) -> str:
    """在职 107 人,参加 80 人,应不少于 86 人,还差 6 人.

    `told` says that the number of those who join is known.
    """
    everyone = "(须全员参加)" if line.needed == line.at_work else ""
    least = f"应不少于 {line.needed} 人{everyone}"
    if not told:
        return f"{line.label} {line.at_work} 人,{least}"
    answer = f"还差 {line.missing} 人" if line.missing else "已够"
    return f"{line.label} {line.at_work} 人,参加 {line.joining} 人,{least},{answer}"


def money_words(preview: StartPreview) -> str:
    """每人75.00元:上级工会25.00元(不由单位缴),单位和职工50.00元; estimates are marked."""
    told_heads = ";".join(head_words(head) for head in preview.heads)
    if not preview.to_confirm:
        return told_heads
    names = "、".join(preview.to_confirm)
    if not any(head.fen for head in preview.heads):
        return f"{names}待核对:可以先收名单,确认后才能缴费。"
    return f"估算 {told_heads}({names}待核对,核对前不得据此收款)"


def change_words(preview: ChangePreview, by_unit: str = "") -> str:
    """86 人,应缴由 5,160.00 元变为 8,600.00 元,多 3,440.00 元.

    `by_unit` is the system in which the unit itself says its amount, where it does.
    """
    if by_unit:
        return f"单位自办:金额以{by_unit}里的为准,改好后请再登记自办情况。"
    if not preview.people:
        return "名单还没有读入,金额在读入后算出。"
    before, after = preview.before_fen, preview.after_fen
    if after is None:
        return "改后的金额待核对。"
    if before is None:
        return f"{preview.people} 人,改后应缴 {yuan(after)} 元。"
    if before == after:
        return f"{preview.people} 人,应缴 {yuan(after)} 元,不变。"
    more = "多" if after > before else "少"
    gap = yuan(abs(after - before))
    return f"{preview.people} 人,应缴由 {yuan(before)} 元变为 {yuan(after)} 元,{more} {gap} 元。"


def head_words(head: HeadLine) -> str:
    if not head.fen:
        return f"{head.label}免费"
    amount = f"{head.label} {yuan(head.fen)} 元"
    return f"{amount}:{parts_words(head.parts)}" if len(head.parts) > 1 else amount


def parts_words(parts: Iterable[PartLine]) -> str:
    return ",".join(
        f"{part.label} {yuan(part.fen)} 元{'' if part.demanded else '(不由单位缴)'}"
        for part in parts
    )


def cover_words(preview: StartPreview) -> str:
    words = [f"原保障到{chinese_date(preview.ends)}"] if preview.asks_ends and preview.ends else []
    if preview.first is not None and preview.last is not None:
        days = f"自{chinese_date(preview.first)}0时起至{chinese_date(preview.last)}24时止"
        words += [f"缴 {preview.months} 个月", f"保障期{days}"]
    return ";".join([*words, *(text.rstrip("。") for text in preview.warnings)])
