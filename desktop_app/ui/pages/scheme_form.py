"""One part of a scheme as a form, made from the scheme's text: a card for each of its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.scheme_blocks import Block, blocks_for
from desktop_app.domain.scheme_faults import Fault
from desktop_app.domain.scheme_terms import PARTS, key_word, part_of, path_words
from desktop_app.domain.scheme_typing import optional_keys
from desktop_app.domain.toml_edit import Leaf, leaves, values_of
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import form_layout
from desktop_app.ui.pages.scheme_fields import SchemeField, field_for
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label

NOTHING = "这个方案没有这一部分。要加,请按“添加”。"
IDS = frozenset(("id", "key"))  # for the program, not for people
FIXED = ("id", "version")  # a scheme keeps its id; versions are counted
_ITEM = re.compile(r"\[\d+\]$")


def tables_of(text: str, part: str) -> dict[str, list[Leaf]]:
    """The values of a part by the table they stand in, as the text orders them."""
    found: dict[str, list[Leaf]] = {}
    for leaf in leaves(text):
        if part_of(leaf.path) == part:
            found.setdefault(leaf.path.rpartition(".")[0], []).append(leaf)
    return found


def short_message(fault: Fault) -> str:
    """What is wrong, without the key path that it is about."""
    return fault.message.removeprefix(f"{fault.key} ")


def _key_of(leaf: Leaf) -> str:
    return leaf.path.rpartition(".")[2]


class SchemeForm(QScrollArea):
    edited = Signal(str, object)  # key path, value; None takes the key out
    copied = Signal(str)  # an item of a list
    added = Signal(object, object)  # Block, and for which plan
    removed = Signal(str)

    def __init__(self, text: str, part: str, *, locked: bool) -> None:
        super().__init__()
        self.part, self._values = part, values_of(text)
        self.fields: dict[str, SchemeField] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(PARTS[part])
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(10))
        offered = () if locked else blocks_for(part, self._values)
        if offered:
            column.addWidget(self._blocks(offered), 0, Qt.AlignmentFlag.AlignLeft)
        for table, values in tables_of(text, part).items():
            column.addWidget(self._card(table, values))
        if not self.fields:
            column.addWidget(label(NOTHING, "quiet", wrap=True))
        column.addStretch(1)
        inside.setDisabled(locked)
        self.setWidget(inside)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Each fault at its field, or at the first field of the table it is about."""
        told: dict[str, str] = {}
        for fault in faults:
            path = self._nearest(fault.key)
            if path:
                told.setdefault(path, f"{short_message(fault)}(文本第 {fault.line} 行 {fault.key})")
        for path, field in self.fields.items():
            field.show_fault(told.get(path, ""))

    def _nearest(self, key: str) -> str:
        if not key or key in self.fields:
            return key
        return next((path for path in self.fields if path.startswith((f"{key}.", f"{key}["))), "")

    def _card(self, table: str, values: Sequence[Leaf]) -> Card:
        title = " · ".join(path_words(table, self._values)) or PARTS[self.part]
        card = Card(title)
        optional = optional_keys(table)
        missing = {key: optional[key] for key in optional if not self._has(values, key)}
        if missing:
            card.head.addWidget(self._adder(table, missing, title))
        if _ITEM.search(table):
            for text, signal in (("复制这一项", self.copied), ("删去", self.removed)):
                act = partial(signal.emit, table)
                card.head.addWidget(button(text, act, kind="link", name=f"{text}:{title}"))
        form = form_layout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for leaf in sorted(values, key=lambda one: _key_of(one) in IDS):  # ids stand last
            key = _key_of(leaf)
            name = f"{title} · {key_word(key)}"
            field = field_for(leaf.path, leaf.value, name, self._values, optional=key in optional)
            field.setEnabled(leaf.path not in FIXED)
            field.edited.connect(partial(self.edited.emit, leaf.path))
            field.removed.connect(partial(self.edited.emit, leaf.path, None))
            form.addRow("标识(程序用)" if key in IDS else key_word(key), field)
            self.fields[leaf.path] = field
        card.add(form)
        return card

    def _blocks(self, offered: Sequence[tuple[Block, int | None, str]]) -> QPushButton:
        made = button("添加…(&J)", name=f"添加到{PARTS[self.part]}")
        menu = QMenu(made)
        for block, plan, title in offered:
            menu.addAction(title, partial(self.added.emit, block, plan))
        made.setMenu(menu)
        return made

    def _has(self, values: Sequence[Leaf], key: str) -> bool:
        return any(leaf.path.rpartition(".")[2] == key for leaf in values)

    def _adder(self, table: str, missing: Mapping[str, Any], title: str) -> QPushButton:
        made = button("加一条…", kind="link", name=f"加一条:{title}")
        menu = QMenu(made)
        for key, value in missing.items():
            path = f"{table}.{key}" if table else key
            menu.addAction(key_word(key), partial(self.edited.emit, path, value))
        made.setMenu(menu)
        return made
