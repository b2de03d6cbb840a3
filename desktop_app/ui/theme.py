"""Colours, type size and style sheet of the window: light or dark, normal or large type."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.paths import resource_path

LARGE = 1.25
NORMAL = 1.0


@dataclass(frozen=True, slots=True)
class Palette:
    """Names are what a colour is for; `tone` properties of labels and cells use the same names."""

    ink: str
    quiet: str
    line: str
    paper: str
    wash: str
    stripe: str
    head: str
    track: str
    rail: str
    rail_on: str
    rail_ink: str
    rail_mark: str
    late: str
    warn: str
    good: str
    link: str
    main: str
    main_over: str
    main_off: str
    main_off_ink: str
    main_ink: str
    late_wash: str
    good_wash: str
    warn_wash: str
    link_wash: str
    chosen: str
    later: str
    scroll: str


LIGHT = Palette(
    ink="#1f2328", quiet="#5b6472", line="#dfe3e8", paper="#ffffff", wash="#f5f6f8",
    stripe="#fafbfc", head="#f0f2f5", track="#e8ebf0", rail="#22304a", rail_on="#31446a",
    rail_ink="#c9d3e6", rail_mark="#e4b363", late="#b42318", warn="#93590a", good="#2e7d4f",
    link="#1d5fbf", main="#1d5fbf", main_over="#174f9f", main_off="#b9c6da", main_off_ink="#44546e",
    main_ink="#ffffff", late_wash="#fdecea", good_wash="#e9f5ee", warn_wash="#fdf3e1",
    link_wash="#e8f0fb", chosen="#dbe8fa", later="#d5dae1", scroll="#848e9d",
)  # fmt: skip
DARK = Palette(
    ink="#e6e8eb", quiet="#a2abb8", line="#3a4150", paper="#232831", wash="#1a1e25",
    stripe="#272d37", head="#2c323d", track="#363d4a", rail="#141a26", rail_on="#2a3a5a",
    rail_ink="#aab6cc", rail_mark="#e4b363", late="#ff8a7a", warn="#f0b45c", good="#67c48d",
    link="#82b4ff", main="#2f6fd0", main_over="#3d80e4", main_off="#3b4a63", main_off_ink="#a9b4c6",
    main_ink="#ffffff", late_wash="#46251f", good_wash="#1f3a2b", warn_wash="#43341a",
    link_wash="#22344f", chosen="#2d456b", later="#4a5261", scroll="#7d8798",
)  # fmt: skip


@dataclass(slots=True)
class _State:
    palette: Palette = LIGHT
    scale: float = NORMAL


_state = _State()


@lru_cache(maxsize=1)
def _template() -> str:
    """Read once, before the window opens: switching the theme later touches no file."""
    return resource_path("theme", "window.qss").read_text(encoding="utf-8")


def apply(app: QApplication, *, dark: bool = False, large: bool = False) -> None:
    _state.palette = DARK if dark else LIGHT
    _state.scale = LARGE if large else NORMAL
    app.setPalette(_qt_palette(_state.palette))
    font = app.font()
    font.setPixelSize(px(13))
    app.setFont(font)
    app.setStyleSheet(style_sheet(_state.palette, _state.scale))


def style_sheet(palette: Palette, scale: float) -> str:
    text = Template(_template()).substitute(
        asdict(palette), folder=resource_path("theme").as_posix()
    )
    return re.sub(r"\b(\d+)px", lambda found: f"{_scaled(int(found[1]), scale)}px", text)


def px(size: int) -> int:
    """A length of the normal window in pixels at the type size in force."""
    return _scaled(size, _state.scale)


def colour(name: str) -> QColor:
    return QColor(getattr(_state.palette, name))


def is_dark() -> bool:
    return _state.palette is DARK


def is_large() -> bool:
    return _state.scale != NORMAL


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a label another colour: late, warn, good, link, quiet or nothing."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _scaled(size: int, scale: float) -> int:
    return size if size <= 2 else round(size * scale)  # hair lines stay hair lines


def _qt_palette(colours: Palette) -> QPalette:
    role, made = QPalette.ColorRole, QPalette()
    pairs = {
        role.Window: colours.wash,
        role.Base: colours.paper,
        role.AlternateBase: colours.stripe,
        role.Text: colours.ink,
        role.WindowText: colours.ink,
        role.ButtonText: colours.ink,
        role.Button: colours.paper,
        role.ToolTipBase: colours.paper,
        role.ToolTipText: colours.ink,
        role.PlaceholderText: colours.quiet,
        role.Highlight: colours.chosen,
        role.HighlightedText: colours.ink,
        role.Link: colours.link,
    }
    for one, value in pairs.items():
        made.setColor(one, QColor(value))
    return made
