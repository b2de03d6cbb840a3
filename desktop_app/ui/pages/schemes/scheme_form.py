"""One part of a scheme as a form, made from the scheme's text: a card for each of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.scheme_editor.scheme_blocks import Offer, may_go, offers
from desktop_app.domain.scheme_editor.scheme_choices import is_id
from desktop_app.domain.scheme_editor.scheme_guide import INTROS, field_word, short_message
from desktop_app.domain.scheme_editor.scheme_options import may_lack, optional_keys
from desktop_app.domain.scheme_editor.scheme_terms import PARTS, part_of, path_words
from desktop_app.domain.schemes.scheme_faults import Fault
from desktop_app.domain.toml.toml_edit import Leaf, leaves, value_at, values_of
from desktop_app.domain.toml.toml_lines import below
from desktop_app.domain.toml.toml_map import ITEM, is_within
from desktop_app.ui import theme
from desktop_app.ui.dialogs.base import form_layout
from desktop_app.ui.pages.schemes.scheme_choice_fields import field_for
from desktop_app.ui.pages.schemes.scheme_fields import SchemeField
from desktop_app.ui.widgets.card import Card
from desktop_app.ui.widgets.labels import button, label
from desktop_app.ui.widgets.steady_bars import steady_bars

NOTHING = "这个方案没有这一部分。"
TO_ADD = "需要时按右上方的“添加…”。"
FIXED = ("id", "version")  # a scheme keeps its id; versions are counted


def tables_of(text: str, part: str) -> dict[str, list[Leaf]]:
    """The values of a part by the table they stand in, as the text orders them, claims last."""
    found: dict[str, list[Leaf]] = {}
    for leaf in sorted(leaves(text), key=lambda one: is_within(one.path, "claims")):
        if part_of(leaf.path) == part:
            found.setdefault(leaf.path.rpartition(".")[0], []).append(leaf)
    return found


class SchemeForm(QScrollArea):
    edited = Signal(str, object)  # key path, value; None takes the key out
    added = Signal(object)  # Offer
    copied = Signal(str)  # an item of a list
    moved = Signal(str, int)  # an item, up (-1) or down (1)
    removed = Signal(str)  # an item, or a table that a scheme can be without

    def __init__(self, text: str, part: str, *, locked: bool) -> None:
        super().__init__()
        self.part, self.locked, self.values = part, locked, values_of(text)
        self.fields: dict[str, SchemeField] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(PARTS[part])
        steady_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(10))
        tables = tables_of(text, part)
        self._offers = () if locked else offers(part, self.values)
        column.addLayout(self._head(set(tables)))
        for table, values in tables.items():
            column.addWidget(self._card(table, values))
        if not self.fields:
            text = NOTHING if locked else NOTHING + TO_ADD
            column.addWidget(label(text, "quiet", wrap=True))
        column.addStretch(1)
        self.setWidget(inside)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Each fault at its field, or at the first field of the table it is about."""
        told: dict[str, str] = {}
        for fault in faults:
            path = self._nearest(fault.key)
            if path:
                told.setdefault(path, short_message(fault, self.values))
        for path, field in self.fields.items():
            field.show_fault(told.get(path, ""))

    def go_to(self, table: str) -> None:
        """Show a table, the cursor in its first field."""
        path = next((path for path in self.fields if is_within(path, table)), None)
        if path is not None:
            field = self.fields[path]
            first = next(
                (
                    one
                    for one in field.findChildren(QWidget)
                    if one.focusPolicy() & Qt.FocusPolicy.TabFocus
                ),
                field,
            )
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, partial(self._show, field))

    def scroll_to(self, place: int) -> None:
        QTimer.singleShot(0, self, partial(self.verticalScrollBar().setValue, place))

    def _show(self, field: SchemeField) -> None:
        card = field.parentWidget()
        if card is not None and card is not self.widget():
            self.verticalScrollBar().setValue(card.y())
        self.ensureWidgetVisible(field)

    def _nearest(self, key: str) -> str:
        if not key or key in self.fields:
            return key
        inside = next((path for path in self.fields if is_within(path, key)), "")
        above = key.rpartition(".")[0]
        return inside or next(
            (path for path in self.fields if above and is_within(path, above)), ""
        )

    def _head(self, tables: set[str]) -> QHBoxLayout:
        """What the part is about, and what can be added that no card of its own stands for."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(label(INTROS[self.part], "quiet", wrap=True), 1)
        free = [offer for offer in self._offers if offer.owner not in tables]
        if free:
            made = button("添加…(&J)", name=f"添加到{PARTS[self.part]}")
            menu = QMenu(made)
            for offer in free:
                menu.addAction(self._offered(offer), partial(self.added.emit, offer))
            made.setMenu(menu)
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _offered(self, offer: Offer) -> str:
        if not offer.owner.endswith("]"):
            return offer.label
        return f"{' · '.join(path_words(offer.owner, self.values))}:{offer.label}"

    def _card(self, table: str, values: Sequence[Leaf]) -> Card:
        title = " · ".join(path_words(table, self.values)) or PARTS[self.part]
        card = Card(title)
        card.title.setWordWrap(True)
        card.head.setStretchFactor(card.title, 1)
        there = {leaf.path.rpartition(".")[2] for leaf in values}
        if not self.locked:
            optional = optional_keys(table, self.values)
            missing = {key: value for key, value in optional.items() if key not in there}
            self._add_adder(card, table, missing, title)
            self._add_item_buttons(card, table, title)
        form = form_layout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for leaf in sorted(values, key=lambda leaf: is_id(leaf.path, self.values)):
            if not self.locked or table == "" or not is_id(leaf.path, self.values):
                form.addRow(field_word(leaf.path), self._field(leaf, table, title))
        card.add(form)
        return card

    def _field(self, leaf: Leaf, table: str, title: str) -> SchemeField:
        optional = may_lack(table, leaf.path.rpartition(".")[2], self.values)
        locked = self.locked or leaf.path in FIXED
        name = f"{title} · {field_word(leaf.path)}"
        field = field_for(
            leaf.path, leaf.value, name, self.values, optional=optional, locked=locked
        )
        field.edited.connect(partial(self.edited.emit, leaf.path))
        field.removed.connect(partial(self.edited.emit, leaf.path, None))
        self.fields[leaf.path] = field
        return field

    def _add_adder(self, card: Card, table: str, missing: dict[str, Any], title: str) -> None:
        """A menu of the keys and the blocks that the table may still have."""
        own = [offer for offer in self._offers if offer.owner == table]
        if not missing and not own:
            return
        made = button("添加…", kind="link", name=f"添加:{title}")
        menu = QMenu(made)
        for offer in own:
            menu.addAction(offer.label, partial(self.added.emit, offer))
        if own and missing:
            menu.addSeparator()
        for key, value in missing.items():
            path = below(table, key)
            menu.addAction(field_word(path), partial(self.edited.emit, path, value))
        made.setMenu(menu)
        card.head.addWidget(made)

    def _add_item_buttons(self, card: Card, table: str, title: str) -> None:
        found = ITEM.match(table)
        acts: list[tuple[str, partial[None]]] = []
        if found is not None:
            place, count = int(found["place"]), len(value_at(self.values, found["list"]))
            if place > 1:
                acts.append(("上移", partial(self.moved.emit, table, -1)))
            if place < count:
                acts.append(("下移", partial(self.moved.emit, table, 1)))
            acts.append(("复制这一项", partial(self.copied.emit, table)))
        if found is not None or may_go(table):
            acts.append(("删去", partial(self.removed.emit, table)))
        for text, act in acts:
            card.head.addWidget(button(text, act, kind="link", name=f"{text}:{title}"))
