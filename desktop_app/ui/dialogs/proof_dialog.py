"""证明与名单: everyone of the proof of insurance and of the list, those to be looked at first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.proofs.comparison import Standing
from desktop_app.services.views.proofs import ProofLine, ProofView
from desktop_app.ui import theme
from desktop_app.ui.cells_file import save_cells
from desktop_app.ui.dialogs.fields import ask_file, ask_target
from desktop_app.ui.rows_model import Column
from desktop_app.ui.table import RowsTable
from desktop_app.ui.tasks import TaskRunner
from desktop_app.ui.widgets.banner import Banner
from desktop_app.ui.widgets.drop_area import WORKBOOKS
from desktop_app.ui.widgets.labels import button, label, main_button, short_identity

if TYPE_CHECKING:
    from desktop_app.services.services import Services

PROOFS = f"证明 (*.pdf {WORKBOOKS} *.png *.jpg *.jpeg *.tif *.tiff);;所有文件 (*)"
CELLS = "表格文件 (*.csv)"
READING = "正在读证明…"
HINT = "名单有证明无的人,请单位说明是否已参保;仅按姓名对上的,证明里没有号码,请留意。"
_TONES = {
    Standing.ROSTER_ONLY: "late",
    Standing.NAME_DIFFERS: "warn",
    Standing.PROOF_ONLY: "",
    Standing.AGREES: "good",
}
_ORDER = {standing: at for at, standing in enumerate(Standing)}


def _line_no(line: ProofLine) -> str:
    return "" if line.line_no is None else str(line.line_no)


def _tone(line: ProofLine) -> str:
    return _TONES[Standing(line.standing)]


COLUMNS: tuple[Column[ProofLine], ...] = (
    Column("结果", lambda p: p.standing_label, lambda p: _ORDER[Standing(p.standing)], 110, _tone),
    Column("行", _line_no, lambda p: p.line_no or 0, 44, right=True),
    Column("名单姓名", lambda p: p.name, None, 96),
    Column("名单证号", lambda p: short_identity(p.identity), None, 76, whole=lambda p: p.identity),
    Column("证明姓名", lambda p: p.proof_name, None, 96),
    Column("证明号码", lambda p: p.number, None, 164),
    Column("怎样对上", lambda p: p.way, None, 150, lambda _p: "quiet"),
    Column("证明中的位置", lambda p: p.where, None, 110, lambda _p: "quiet"),
    Column("说明", lambda p: p.note, None, 240, lambda _p: "warn", wide=True),
)


class ProofDialog(QDialog):
    """Shows what was compared, or compares; another file can be compared in its place."""

    def __init__(
        self,
        services: Services,
        tasks: TaskRunner,
        case_id: int,
        view: ProofView | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._case_id = services, tasks, case_id
        self._name = "证明与名单"
        self.setModal(True)
        self.setWindowTitle("证明与名单")
        self.banner = Banner()
        self.sentence, self.hint = label("", "h2", wrap=True), label(HINT, "quiet", wrap=True)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("筛选姓名、结果、号码")
        self.filter.setAccessibleName("筛选姓名、结果、号码")
        self.table: RowsTable[ProofLine] = RowsTable(
            COLUMNS, name="证明与名单", empty="还没有可以核对的证明。"
        )
        self.table.reached_from(self.filter)
        self.file_button = button("核对另一份文件(&O)…", self.choose, name="核对另一份文件")
        self.copy_button = button("复制全部(&C)", self.table.copy_all, name="复制全部")
        self.save_button = button("存成表格文件(&S)…", self.save, name="存成表格文件")
        self.close_button = main_button("关闭(Esc)", self.accept)
        self._lay_out()
        self.filter.textChanged.connect(self.table.set_filter)
        if view is not None:
            self.show_view(view)
        else:
            self._say(READING)
            self._read(partial(services.proofs.compare_kept, case_id))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.file_button)
        foot.addStretch(1)
        for made in (self.copy_button, self.save_button, self.close_button):
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(10))
        for widget in (self.banner, self.sentence, self.hint, self.filter):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        over = self.parentWidget()
        room = over.window().size() if over is not None else self.screen().availableSize()
        wide, high = room.width() - theme.px(40), room.height() - theme.px(40)
        self.resize(max(min(theme.px(1200), wide), 900), max(min(theme.px(660), high), 480))
        self.table.setFocus()

    def show_view(self, view: ProofView) -> None:
        self.banner.clear()
        self.setWindowTitle(f"证明与名单 · {view.file_name}")
        self._name = f"证明与名单_{Path(view.file_name).stem}"
        self._say(f"{view.sentence}。")
        self.table.set_rows(view.lines)
        self._set_ready()

    def choose(self) -> None:
        path = ask_file(self, "核对另一份证明", PROOFS)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Compare a file that is not kept; a refusal leaves what is shown."""
        self._read(partial(self._services.proofs.compare_file, self._case_id, path))

    def _read(self, call: Callable[[], ProofView]) -> None:
        self.file_button.setEnabled(False)
        self.file_button.setText(READING)
        self._tasks.read(
            self,
            call,
            self.show_view,
            on_error=self._fail,
            on_ended=self._on_ended,
        )

    def _fail(self, error: BaseException) -> None:
        if not self.table.rows_model.rows:
            self._say("没有核对。")
        self.banner.show_failure(error)

    def save(self) -> None:
        chosen = ask_target(self, "存成表格文件", f"{self._name}.csv", CELLS)
        if chosen is not None:
            ends = chosen.suffix.lower() == ".csv"
            self.save_to(chosen if ends else chosen.with_name(f"{chosen.name}.csv"))

    def save_to(self, target: Path) -> None:
        lines = [[column.title for column in COLUMNS]]
        lines += [[column.full_text(row) for column in COLUMNS] for row in self.table.shown_rows()]
        self._tasks.read(
            self,
            partial(save_cells, lines, target),
            lambda saved: self.banner.show_good(f"已存:{saved}"),
            on_error=self.banner.show_failure,
        )

    def _on_ended(self) -> None:
        self.file_button.setEnabled(True)
        self.file_button.setText("核对另一份文件(&O)…")

    def _say(self, text: str) -> None:
        self.sentence.setText(text)
        self._set_ready()

    def _set_ready(self) -> None:
        there = bool(self.table.rows_model.rows)
        for made in (self.copy_button, self.save_button):
            made.setEnabled(there)
